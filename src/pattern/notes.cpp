#include "pattern/notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "pattern/chord.h"
#include "pattern/pitch.h"
#include "text/caret.h"
#include "text/numbers.h"

namespace chronus::pattern {
namespace {

constexpr std::string_view kExample = "C2 . C2 G2 | Eb2 _ 55Hz C3^";
constexpr std::string_view kBetween = " \t\r\n\v\f|,";
constexpr std::string_view kAfterPitch = " \t\r\n\v\f|,^><[]!@*";
constexpr int kHighestMidi = 127;
constexpr int kFarthestDegree = 99;
constexpr int kMostStrokes = 128;  // as steps are cut

// "55" of "55Hz"; a word that doesn't say Hz stays as it is.
std::string_view without_hz(std::string_view word) {
    const std::size_t size = word.size();
    const bool says = size > 2 && (word[size - 2] | 0x20) == 'h' && (word[size - 1] | 0x20) == 'z';
    return says ? word.substr(0, size - 2) : word;
}

bool is_numeric(std::string_view word) {
    return word.find_first_not_of("0123456789.") == std::string_view::npos;
}

struct Token {
    std::string_view text;
    std::size_t at = 0;  // its first byte in the text
};

// The tokens of one kind, for the warning: enough of them to see what is meant.
class Examples {
public:
    void add(std::string_view token) {
        if (++count_ <= kShown) text_ += (count_ > 1 ? ", " : "") + std::string(token);
    }
    bool any() const { return count_ > 0; }
    std::string print() const {
        return count_ > kShown ? fmt::format("{} and {} more", text_, count_ - kShown) : text_;
    }

private:
    static constexpr int kShown = 8;
    int count_ = 0;
    std::string text_;
};

class NoteReader {
public:
    NoteReader(std::string_view text, const Tuning& tuning) : text_(text), a4_(tuning.a4), scale_(tuning.scale) {}

    Result<Notes> read() {
        Notes parsed;
        for (skip(); at_ < text_.size(); skip())
            if (const auto done = read_entry(parsed.notes, false); !done) return done.refusal();
        if (parsed.notes.empty()) return refuse("missing", "a list of notes has at least one", text_.size());
        if (hertz_.any() && midi_.any())
            parsed.warning = fmt::format("taken as hertz: {}; as MIDI notes: {} (for hertz, write a dot or Hz)",
                                         hertz_.print(), midi_.print());
        return parsed;
    }

private:
    Refusal refuse(std::string_view code, std::string_view what, std::size_t at) const {
        return {std::string(code), point_at(what, text_, at), std::string(kExample)};
    }

    // A note, a chord or turns, with the signs behind it, as often as it says.
    Result<Done> read_entry(std::vector<Note>& notes, bool turning) {
        const std::size_t begin = at_;
        auto note = next() == '<' && !turning ? read_turns() : next() == '[' ? read_chord() : read_pitch();
        if (!note) return note.refusal();
        if (note->tie && turning)
            return refuse("syntax", "a hold takes no turns; write the note once more, or the hold behind the >", begin);
        if (const auto done = read_accents(*note, turning); !done) return done;
        int copies = 1, length = 1;
        if (const auto done = read_counts(*note, copies, length, turning); !done) return done;
        if (!at_end(turning)) return not_a_note({text_.substr(begin, text_.find_first_of(kBetween, at_) - begin), begin});
        const std::size_t struck = static_cast<std::size_t>(note->strokes) * std::max<std::size_t>(note->turns.size(), 1);
        count_ += static_cast<std::size_t>(copies) * (static_cast<std::size_t>(length) - 1 + struck);
        if (count_ > kMostNotes) return refuse("range", fmt::format("a list has at most {} notes", kMostNotes), begin);
        for (; copies > 0; --copies)
            for (int step = 0; step < length; ++step) {
                const bool holds = step > 0 && !turning && !note->rest;
                notes.push_back(holds ? Note{.tie = true} : *note);
            }
        return Done{};
    }

    Result<Note> read_turns() {
        const std::size_t begin = at_++;
        Note note;
        for (skip(); at_ < text_.size() && next() != '>'; skip())
            if (const auto done = read_entry(note.turns, true); !done) return done.refusal();
        if (at_ == text_.size()) return refuse("syntax", "< is never closed", begin);
        if (note.turns.empty()) return refuse("syntax", "there is no note in it; for a rest write a .", at_);
        ++at_;
        return note;
    }

    Result<Note> read_chord() {
        const std::size_t begin = at_++;
        std::vector<double> pitches;
        for (skip(); at_ < text_.size() && next() != ']'; skip()) {
            const std::size_t at = at_;
            const auto note = read_pitch();
            if (!note) return note;
            if (note->hertz == 0 || !note->chord.empty()) return refuse("syntax", "a chord is of single notes", at);
            if (pitches.size() == kMostInChord)
                return refuse("range", fmt::format("a chord has at most {} notes", kMostInChord), at);
            pitches.push_back(note->hertz);
        }
        if (at_ == text_.size()) return refuse("syntax", "[ is never closed", begin);
        if (pitches.empty()) return refuse("syntax", "there is no note in it; for a rest write a .", at_);
        ++at_;
        return Note{.hertz = pitches.front(), .chord = {pitches.begin() + 1, pitches.end()}};
    }

    Result<Note> read_pitch() {
        const std::size_t end = std::min(text_.find_first_of(kAfterPitch, at_), text_.size());
        const Token word{text_.substr(at_, end - at_), at_};
        if (word.text.empty()) {
            if (next() == '^' || next() == '>') return refuse("syntax", "^ and > belong directly behind a note", at_);
            return not_a_note({text_.substr(at_, character_length(text_, at_)), at_});
        }
        at_ = end;
        const std::size_t colon = word.text.find(':');
        const auto root = read_word({word.text.substr(0, colon), word.at});
        if (!root || colon == std::string_view::npos) return root;
        return add_chord(*root, {word.text.substr(colon + 1), word.at + colon + 1});
    }

    Result<Note> add_chord(Note note, const Token& name) const {
        if (note.hertz == 0) return refuse("syntax", "a chord stands on a note", name.at);
        const auto chord = chord_of_name(name.text);
        if (!chord) {
            constexpr auto kWhat = "'{}' is no chord; there are {}";
            return refuse("syntax", fmt::format(kWhat, excerpt(name.text), chord_names()), name.at);
        }
        for (const int semitones : *chord) note.chord.push_back(hertz_of_midi(69 + semitones, note.hertz));
        if (note.chord.back() > kHighestHertz)
            return refuse("range", fmt::format("notes are from {} to {} Hz", kLowestHertz, kHighestHertz), name.at);
        return note;
    }

    Result<Note> read_word(const Token& word) {
        if (word.text == ".") return Note{.rest = true};
        if (word.text == "_") return Note{.tie = true};
        if (scale_)
            if (const auto degree = degree_of(word.text)) return in_range(hertz_of_midi(*degree, a4_), word);
        const std::string_view digits = without_hz(word.text);
        if (!digits.empty() && is_numeric(digits)) return read_number_word(word, digits);
        if (const auto midi = midi_of_name(word.text)) return in_range(hertz_of_midi(*midi, a4_), word);
        return not_a_note(word);
    }

    // 3, b7, 4#, -2, 0: a whole number, a semitone or two lower or higher.
    std::optional<int> degree_of(std::string_view word) const {
        int raised = 0;
        if (word.size() > 1 && word[0] == 'b') {
            raised = -1;
            word.remove_prefix(1);
        }
        while (word.size() > 1 && (word.back() == 'b' || word.back() == '#') && std::abs(raised) < 2) {
            raised += word.back() == '#' ? 1 : -1;
            word.remove_suffix(1);
        }
        const auto degree = read_as<int>(word);
        if (!degree || std::abs(*degree) > kFarthestDegree) return {};
        return scale_->midi_of(*degree) + raised;
    }

    Result<Note> read_number_word(const Token& word, std::string_view digits) {
        const auto number = read_number(digits);
        if (!number) return not_a_note(word);
        const bool is_hertz = digits != word.text || digits.find('.') != std::string_view::npos;
        (is_hertz ? hertz_ : midi_).add(excerpt(word.text));
        if (is_hertz) return in_range(*number, word);
        if (scale_) return refuse("range", fmt::format("degrees are from -{0} to {0}", kFarthestDegree), word.at);
        if (*number <= kHighestMidi) return in_range(hertz_of_midi(static_cast<int>(*number), a4_), word);
        constexpr auto kWhat = "a number without a dot is a MIDI note, 0 to {}; for hertz write {}Hz";
        return refuse("range", fmt::format(kWhat, kHighestMidi, excerpt(word.text)), word.at);
    }

    Result<Note> in_range(double hertz, const Token& word) const {
        if (hertz >= kLowestHertz && hertz <= kHighestHertz) return Note{.hertz = hertz};
        constexpr auto kWhat = "'{}' is {:.6g} Hz; notes are from {} to {} Hz";
        return refuse("range", fmt::format(kWhat, excerpt(word.text), hertz, kLowestHertz, kHighestHertz), word.at);
    }

    Refusal not_a_note(const Token& word) const {
        constexpr auto kWhat = "'{}' is no note; write a name (C2 Eb2 F#3), {}, hertz (41.2 55Hz), . or _";
        return refuse("syntax", fmt::format(kWhat, excerpt(word.text), scale_ ? "a degree (1 b3 8)" : "a MIDI number (49)"), word.at);
    }

    // Within turns a > closes them. Behind them a sign is for all of them.
    Result<Done> read_accents(Note& note, bool turning) {
        for (bool accent = false, slide = false; next() == '^' || (next() == '>' && !turning); ++at_) {
            const char sign = next();
            if (note.rest) return refuse("syntax", "a rest can't be accented or slide", at_);
            if (note.tie && sign == '^') return refuse("syntax", "only the beginning of a note can be accented", at_);
            if (sign == '^' ? accent : slide) return refuse("syntax", fmt::format("{} is there twice", sign), at_);
            (sign == '^' ? accent : slide) = true;
            if (note.turns.empty()) (sign == '^' ? note.accent : note.slide) = true;
            for (Note& turn : note.turns)
                if (!turn.rest) (sign == '^' ? turn.accent : turn.slide) = true;
        }
        return Done{};
    }

    Result<Done> read_counts(Note& note, int& copies, int& length, bool turning) {
        for (std::string there; next() == '!' || next() == '@' || next() == '*';) {
            const char sign = next();
            if (there.find(sign) != std::string::npos)
                return refuse("syntax", fmt::format("{} is there twice", sign), at_);
            if (sign == '*' && (note.rest || note.tie || turning))
                return refuse("syntax", "only a note is struck several times, or all turns behind the >", at_);
            there += sign;
            ++at_;
            const auto number = read_count(sign == '*' ? kMostStrokes : static_cast<int>(kMostNotes));
            if (!number) return number.refusal();
            (sign == '!' ? copies : sign == '@' ? length : note.strokes) = *number;
        }
        return Done{};
    }

    Result<int> read_count(int most) {
        const std::size_t begin = at_;
        int count = 0;
        while (next() >= '0' && next() <= '9') count = std::min(count * 10 + (text_[at_++] - '0'), 1000000);
        if (begin != at_ && count >= 1 && count <= most) return count;
        return refuse(begin == at_ ? "syntax" : "range", fmt::format("a whole number from 1 to {} belongs here", most), begin);
    }

    char next() const { return at_ < text_.size() ? text_[at_] : ' '; }
    bool at_end(bool turning) const { return kBetween.find(next()) != std::string_view::npos || (turning && next() == '>'); }
    void skip() { at_ = std::min(text_.find_first_not_of(kBetween, at_), text_.size()); }

    std::string_view text_;
    double a4_ = 0;
    std::optional<Scale> scale_;
    std::size_t at_ = 0;
    std::size_t count_ = 0;  // of all that is played, turns and strokes among it
    Examples hertz_, midi_;
};

}  // namespace

Result<Notes> parse_notes(std::string_view text, const Tuning& tuning) {
    return NoteReader(text, tuning).read();
}

}  // namespace chronus::pattern
