#include "chronus/spot.h"

#include <algorithm>

namespace chronus::hand {
namespace {

struct Piece {
    std::string text;
    std::size_t begin = 0;
    bool open_quote = false;
};

// The words of a line that is not complete yet; the last one is that at the cursor and may be empty.
std::vector<Piece> pieces_of(std::string_view text, std::size_t from) {
    std::size_t first = text.find_first_not_of(" \t", from);
    const bool arrows = first != std::string_view::npos && text[first] != '/';
    std::vector<Piece> pieces;
    for (std::size_t at = from;;) {
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
        Piece piece{"", at, false};
        if (at < text.size() && text[at] == '"') {
            const std::size_t close = text.find('"', at + 1);
            piece.open_quote = close == std::string_view::npos;
            piece.text = text.substr(at + 1, piece.open_quote ? close : close - at - 1);
            at = piece.open_quote ? text.size() : close + 1;
        } else if (arrows && at < text.size() && text[at] == '>') {
            piece.text = ">";
            ++at;
            pieces.push_back(piece);
            if (at == text.size()) pieces.push_back({"", at, false});
            if (at == text.size()) return pieces;
            continue;
        } else {
            while (at < text.size() && text[at] != ' ' && text[at] != '\t' && !(arrows && text[at] == '>'))
                piece.text += text[at++];
        }
        pieces.push_back(piece);
        if (at == text.size()) return pieces;
    }
}

// The slot of the argument that follows `words`. A word that is meant, as >, may be left out.
const Slot* slot_after(const std::vector<std::string>& words, const std::string& typed,
                       const Phrase& phrase) {
    std::size_t slot = 0;
    const auto skip = [&](const std::string& word, bool last) {
        while (slot < phrase.slots.size() && phrase.slots[slot].is_literal()) {
            const std::string literal = phrase.slots[slot].literal();
            if (last ? literal.starts_with(word) : literal == word) return;
            ++slot;
        }
    };
    for (std::size_t i = 1; i < words.size(); ++i) {
        skip(words[i], false);
        if (slot < phrase.slots.size() && !phrase.slots[slot].many) ++slot;
    }
    skip(typed, true);
    return slot < phrase.slots.size() ? &phrase.slots[slot] : nullptr;
}

}  // namespace

std::vector<std::string> Spot::kinds() const {
    std::vector<std::string> all;
    if (!slot) return all;
    std::string rest = slot->name;
    for (const std::string separator : {", ", " or "})
        for (std::size_t at; (at = rest.find(separator)) != std::string::npos;)
            rest.replace(at, separator.size(), "\n");
    for (std::size_t at = 0; at <= rest.size();) {
        const std::size_t end = std::min(rest.find('\n', at), rest.size());
        std::string kind = rest.substr(at, end - at);
        for (const std::string article : {"at last ", "a ", "an "})
            if (kind.starts_with(article)) kind.erase(0, article.size());
        all.push_back(kind);
        at = end + 1;
    }
    return all;
}

std::string Spot::parameter() const {
    if (!phrase || !slot) return "";
    const bool is_value =
        slot->name == "value" || (slot->name == "parameter and value" && words.size() % 2 == 0);
    if (!is_value) return "";
    if (phrase->name.ends_with('*')) return words[0].substr(phrase->name.size() - 1);
    return with_slashes(words.back());
}

std::string Spot::type() const {
    if (!phrase || words.size() < 2) return "";
    for (std::size_t i = 0; i + 1 < words.size() && i < phrase->slots.size(); ++i)
        if (phrase->slots[i].name.starts_with("type") || phrase->slots[i].name == "effect") return words[i + 1];
    return "";
}

Spot spot_in(std::string_view text, const Vocabulary& vocabulary) {
    for (std::size_t from = 0;;) {
        const std::vector<Piece> pieces = pieces_of(text, from);
        Spot spot;
        for (std::size_t i = 0; i + 1 < pieces.size(); ++i) spot.words.push_back(pieces[i].text);
        spot.typed = pieces.back().text;
        spot.begin = pieces.back().begin;
        spot.within_quotes = pieces.back().open_quote;
        if (spot.words.empty()) return spot;
        spot.phrase = vocabulary.find(spot.words[0]);
        if (spot.phrase) spot.slot = slot_after(spot.words, spot.typed, *spot.phrase);
        if (!spot.slot || spot.slot->name != "line" || spot.within_quotes) return spot;
        // The line within the line begins where its first word does.
        std::size_t line = 1;
        for (const Slot& slot : spot.phrase->slots) {
            if (&slot == spot.slot) break;
            ++line;
        }
        from = pieces[std::min(line, pieces.size() - 1)].begin;
    }
}

std::vector<std::string> types_wanted(std::string_view text, const Vocabulary& vocabulary) {
    std::vector<std::string> wanted;
    const auto want = [&](const std::string& type) {
        const auto info = vocabulary.types.find(type);
        if (info == vocabulary.types.end() || info->second.known) return;
        if (std::find(wanted.begin(), wanted.end(), type) == wanted.end()) wanted.push_back(type);
    };
    Spot spot = spot_in(text, vocabulary);
    spot.words.push_back(spot.typed);
    want(spot.type());
    // Those of a module whose presets are offered.
    if (spot.phrase && spot.words.size() > 1 && spot.slot && spot.slot->name == "preset") want(vocabulary.type_at(spot.words[1]));
    for (std::string word : spot.words) {
        // /mod/bass/filter/q as well as bass.filter.q: each path that it may begin with.
        if (spot.phrase && spot.phrase->name.ends_with('*') && word.starts_with('/'))
            word.erase(0, spot.phrase->name.size() - 1);
        else if (word.starts_with('/') && word.find('/', 1) != std::string::npos)
            word.erase(0, word.find('/', 1) + 1);
        word = with_slashes(word);
        for (std::size_t slash = word.find('/'); slash != std::string::npos;
             slash = word.find('/', slash + 1))
            want(vocabulary.type_at(std::string_view(word).substr(0, slash)));
    }
    return wanted;
}

}  // namespace chronus::hand
