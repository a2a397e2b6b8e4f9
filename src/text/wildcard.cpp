#include "text/wildcard.h"

#include <algorithm>
#include <vector>

namespace chronus {
namespace {

// Which places in the text the pattern so far can lead to: one bit for each, from 0 to its length.
using Places = std::vector<bool>;

class Walk {
public:
    explicit Walk(std::string_view text) : text_(text), places_(text.size() + 1) { places_[0] = true; }

    bool ends() const { return places_.back(); }

    template <class Accepts>
    void one(Accepts&& accepts) {
        for (std::size_t at = text_.size(); at > 0; --at) places_[at] = places_[at - 1] && text_[at - 1] != '/' && accepts(text_[at - 1]);
        places_[0] = false;
    }
    void literal(char c) {
        for (std::size_t at = text_.size(); at > 0; --at) places_[at] = places_[at - 1] && text_[at - 1] == c;
        places_[0] = false;
    }
    void any_number() {
        for (std::size_t at = 1; at <= text_.size(); ++at)
            if (places_[at - 1] && text_[at - 1] != '/') places_[at] = true;
    }
    // One of the words between commas.
    void words(std::string_view words) {
        Places next(places_.size());
        for (std::size_t begin = 0; begin <= words.size();) {
            const std::size_t end = std::min(words.find(',', begin), words.size());
            const std::string_view word = words.substr(begin, end - begin);
            for (std::size_t at = 0; at + word.size() <= text_.size(); ++at)
                if (places_[at] && text_.substr(at, word.size()) == word) next[at + word.size()] = true;
            begin = end + 1;
        }
        places_ = std::move(next);
    }

private:
    std::string_view text_;
    Places places_;
};

bool is_in(std::string_view set, char c) {
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (i + 2 < set.size() && set[i + 1] == '-') {
            if (set[i] <= c && c <= set[i + 2]) return true;
            i += 2;
        } else if (set[i] == c) {
            return true;
        }
    }
    return false;
}

}  // namespace

bool has_wildcard(std::string_view text) { return text.find_first_of("*?[{") != std::string_view::npos; }

bool matches(std::string_view pattern, std::string_view text) {
    Walk walk(text);
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        const std::size_t close = c == '[' || c == '{' ? pattern.find(c == '[' ? ']' : '}', at + 1) : std::string_view::npos;
        const std::string_view inside = close == std::string_view::npos ? "" : pattern.substr(at + 1, close - at - 1);
        if (c == '?') {
            walk.one([](char) { return true; });
        } else if (c == '*') {
            walk.any_number();
        } else if (c == '[' && close != std::string_view::npos) {
            const bool others = inside.starts_with('!');
            walk.one([&](char one) { return is_in(inside.substr(others), one) != others; });
            at = close;
        } else if (c == '{' && close != std::string_view::npos) {
            walk.words(inside);
            at = close;
        } else {
            walk.literal(c);
        }
    }
    return walk.ends();
}

}  // namespace chronus
