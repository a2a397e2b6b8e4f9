#include "pattern/notes.h"

#include <fmt/format.h>

#include "pattern/pitch.h"
#include "pattern/tokens.h"
#include "text/caret.h"
#include "text/numbers.h"

namespace chronus::pattern {
namespace {

constexpr std::string_view kExample = "C2 . C2 G2 | Eb2 _ 55Hz C3^";
constexpr std::string_view kSuffixes = "^>";
constexpr int kHighestMidi = 127;

// How a token said its pitch. The list is looked over for mixtures of the two kinds of number.
enum class Spelling { none, name, midi, hertz };

struct Spelled {
    Note note;
    Spelling spelling = Spelling::none;
};

// "55" of "55Hz"; a word that doesn't say Hz stays as it is.
std::string_view without_hz(std::string_view word) {
    const std::size_t size = word.size();
    const bool says = size > 2 && (word[size - 2] | 0x20) == 'h' && (word[size - 1] | 0x20) == 'z';
    return says ? word.substr(0, size - 2) : word;
}

bool is_numeric(std::string_view word) {
    return word.find_first_not_of("0123456789.") == std::string_view::npos;
}

class NoteReader {
public:
    NoteReader(std::string_view text, double a4) : text_(text), a4_(a4) {}

    Refusal refuse(std::string_view code, std::string_view what, std::size_t at) const {
        return {std::string(code), point_at(what, text_, at), std::string(kExample)};
    }

    Result<Spelled> read(const Token& token) const {
        const std::size_t size = token.text.find_last_not_of(kSuffixes) + 1;
        const Token word{token.text.substr(0, size), token.at};
        const Token suffix{token.text.substr(size), token.at + size};
        if (size == 0) return refuse("syntax", "^ and > belong directly behind a note", token.at);
        Result<Spelled> spelled = read_word(word);
        if (!spelled) return spelled;
        return add_suffix(*spelled, suffix);
    }

private:
    Result<Spelled> read_word(const Token& word) const {
        if (word.text == ".") return Spelled{{.rest = true}};
        if (word.text == "_") return Spelled{{.tie = true}};
        const std::string_view digits = without_hz(word.text);
        if (!digits.empty() && is_numeric(digits)) return read_number_word(word, digits);
        if (const auto midi = midi_of_name(word.text))
            return in_range(hertz_of_midi(*midi, a4_), Spelling::name, word);
        return not_a_note(word);
    }

    Result<Spelled> read_number_word(const Token& word, std::string_view digits) const {
        const auto number = read_number(digits);
        if (!number) return not_a_note(word);
        const bool is_hertz = digits != word.text || digits.find('.') != std::string_view::npos;
        if (is_hertz) return in_range(*number, Spelling::hertz, word);
        if (*number <= kHighestMidi)
            return in_range(hertz_of_midi(static_cast<int>(*number), a4_), Spelling::midi, word);
        constexpr auto kWhat = "a number without a dot is a MIDI note, 0 to {}; for hertz write {}Hz";
        return refuse("range", fmt::format(kWhat, kHighestMidi, excerpt(word.text)), word.at);
    }

    Result<Spelled> in_range(double hertz, Spelling spelling, const Token& word) const {
        if (hertz >= kLowestHertz && hertz <= kHighestHertz) return Spelled{{.hertz = hertz}, spelling};
        constexpr auto kWhat = "'{}' is {:.6g} Hz; notes are from {} to {} Hz";
        return refuse("range", fmt::format(kWhat, excerpt(word.text), hertz, kLowestHertz, kHighestHertz),
                      word.at);
    }

    Refusal not_a_note(const Token& word) const {
        constexpr auto kWhat =
            "'{}' is no note; write a name (C2 Eb2 F#3), a MIDI number (49), hertz (41.2 55Hz), . or _";
        return refuse("syntax", fmt::format(kWhat, excerpt(word.text)), word.at);
    }

    Result<Spelled> add_suffix(Spelled spelled, const Token& suffix) const {
        Note& note = spelled.note;
        for (std::size_t i = 0; i < suffix.text.size(); ++i) {
            const char sign = suffix.text[i];
            bool& mark = sign == '^' ? note.accent : note.slide;
            if (note.rest) return refuse("syntax", "a rest can't be accented or slide", suffix.at + i);
            if (note.tie && sign == '^')
                return refuse("syntax", "only the beginning of a note can be accented", suffix.at + i);
            if (mark) return refuse("syntax", fmt::format("{} is there twice", sign), suffix.at + i);
            mark = true;
        }
        return spelled;
    }

    std::string_view text_;
    double a4_ = 0;
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

}  // namespace

Result<Notes> parse_notes(std::string_view text, double a4) {
    const NoteReader reader(text, a4);
    const std::vector<Token> tokens = note_tokens(text);
    if (tokens.empty()) return reader.refuse("missing", "a list of notes has at least one", text.size());
    if (tokens.size() > kMostNotes) {
        const auto what = fmt::format("a list has at most {} notes, this one {}", kMostNotes, tokens.size());
        return reader.refuse("range", what, tokens[kMostNotes].at);
    }
    Notes parsed;
    Examples hertz, midi;
    for (const Token& token : tokens) {
        const auto spelled = reader.read(token);
        if (!spelled) return spelled.refusal();
        parsed.notes.push_back(spelled->note);
        if (spelled->spelling == Spelling::hertz) hertz.add(excerpt(token.text));
        if (spelled->spelling == Spelling::midi) midi.add(excerpt(token.text));
    }
    if (hertz.any() && midi.any())
        parsed.warning = fmt::format("taken as hertz: {}; as MIDI notes: {} (for hertz, write a dot or Hz)",
                                     hertz.print(), midi.print());
    return parsed;
}

}  // namespace chronus::pattern
