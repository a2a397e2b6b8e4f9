#include "text/words.h"

#include "text/caret.h"
#include "text/numbers.h"
#include "text/quote.h"

namespace chronus {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\v\f";

bool is_space(char c) {
    return kSpaces.find(c) != std::string_view::npos;
}

Refusal refuse(std::string_view what, std::string_view line, std::size_t at) {
    return {"syntax", point_at(what, line, at), "help \"kick\""};
}

class Splitter {
public:
    Splitter(std::string_view line, WordOptions options) : line_(line), options_(options) {}

    Result<std::vector<SplitWord>> split() {
        while (skip_spaces()) {
            if (is_arrow()) {
                words_.push_back({">", column(), false});
                ++at_;
                continue;
            }
            if (const auto done = take_word(); !done) return done.refusal();
        }
        return std::move(words_);
    }

private:
    int column() const { return static_cast<int>(at_) + 1; }
    bool is_arrow() const { return options_.split_arrows && line_[at_] == '>'; }
    bool at_end_of_word() const { return at_ == line_.size() || is_space(line_[at_]) || is_arrow(); }

    // False where there is nothing more to read.
    bool skip_spaces() {
        while (at_ < line_.size() && is_space(line_[at_])) ++at_;
        return at_ < line_.size() && line_[at_] != '#';
    }

    Result<Done> take_word() {
        SplitWord word{"", column(), line_[at_] == '"'};
        while (!at_end_of_word()) {
            if (line_[at_] != '"') {
                word.text += line_[at_++];
            } else if (const auto done = take_quoted(word); !done) {
                return done;
            }
        }
        words_.push_back(std::move(word));
        return Done{};
    }

    Result<Done> take_quoted(SplitWord& word) {
        const bool begins = static_cast<int>(at_) + 1 == word.column;
        if (!begins && line_[at_ - 1] != '=')
            return refuse("a quote may only begin a word or follow =; inside quotes write \\\"", line_, at_);
        const auto read = read_quoted(line_, at_);
        if (!read) return refuse("this quote is never closed", line_, at_);
        word.text += read->text;
        at_ = read->end;
        if (!at_end_of_word()) return refuse("a space is missing after the closing quote", line_, at_);
        return Done{};
    }

    std::string_view line_;
    WordOptions options_;
    std::size_t at_ = 0;
    std::vector<SplitWord> words_;
};

}  // namespace

Result<std::vector<SplitWord>> split_words(std::string_view line, WordOptions options) {
    return Splitter(line, options).split();
}

bool is_one_word(std::string_view text) {
    return !text.empty() && text.front() != '#' && text.find_first_of("\"\\>") == std::string_view::npos &&
           text.find_first_of(kSpaces) == std::string_view::npos;
}

std::string print_word(std::string_view text) {
    const auto whole = read_as<std::int32_t>(text);
    const bool as_number = read_number(text) && !(whole && print_number(*whole) == text);
    return is_one_word(text) && !as_number ? std::string(text) : quote(text);
}

}  // namespace chronus
