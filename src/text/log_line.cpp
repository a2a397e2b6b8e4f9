// Reads one line of a log.
#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "text/caret.h"
#include "text/log.h"
#include "text/numbers.h"
#include "text/quote.h"

namespace chronus {
namespace {

constexpr std::string_view kExample = "00000001.80000000 /mod/voice1/freq f 440";

bool is_space(char c) {
    return c == ' ' || c == '\t';
}

template <class T>
constexpr std::string_view kNoun = "";
template <>
constexpr std::string_view kNoun<std::int32_t> = "a whole number of 32 bits (type i)";
template <>
constexpr std::string_view kNoun<float> = "a finite number in the range of a float (type f)";
template <>
constexpr std::string_view kNoun<std::int64_t> = "a whole number of 64 bits (type h)";
template <>
constexpr std::string_view kNoun<double> = "a finite number (type d)";

// Reads from left to right. The first thing that is wrong is kept, and all after it yields nothing.
class LineReader {
public:
    LineReader(std::string_view text, std::size_t number) : text_(text), number_(number) {}

    Result<LogLine> read() {
        read_time();
        read_address();
        if (!refusal_ && next_begins() && text_[at_] != '#') read_arguments();
        read_comment();
        if (refusal_) return *refusal_;
        return std::move(line_);
    }

private:
    void refuse(std::string_view what, std::size_t at) {
        if (!refusal_) refusal_ = Refusal{"file", point_at(what, text_, at, number_), std::string(kExample)};
    }

    bool next_begins() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
        return at_ < text_.size();
    }

    // The next run of characters between spaces, and where it began.
    std::string_view take_token() {
        next_begins();
        begin_ = at_;
        while (at_ < text_.size() && !is_space(text_[at_])) ++at_;
        return text_.substr(begin_, at_ - begin_);
    }

    static std::optional<std::uint64_t> read_ntp(std::string_view token) {
        const auto half = [&](std::size_t from) -> std::optional<std::uint64_t> {
            std::uint64_t value = 0;
            const char* end = token.data() + from + 8;
            const auto read = std::from_chars(token.data() + from, end, value, 16);
            if (read.ec != std::errc{} || read.ptr != end) return {};
            return value;
        };
        if (token.size() != 17 || token[8] != '.') return {};
        const auto seconds = half(0), fraction = half(9);
        if (!seconds || !fraction) return {};
        return *seconds << 32 | *fraction;
    }

    void read_time() {
        const std::string_view token = take_token();
        if (token.starts_with('@')) {
            const auto frame = read_as<std::int64_t>(token.substr(1));
            if (!frame || *frame < 0)
                return refuse("a frame is @ and a whole number from 0, as @48000", begin_);
            line_.time = {true, *frame, 0};
        } else if (const auto ntp = read_ntp(token)) {
            line_.time = {false, 0, *ntp};
        } else {
            refuse("a time is 8.8 hexadecimal digits, as 00000001.80000000, or a frame, as @48000", begin_);
        }
    }

    void read_address() {
        if (refusal_) return;
        const std::string_view token = take_token();
        if (!token.starts_with('/')) return refuse("an address that begins with / is missing", begin_);
        line_.message.address = token;
    }

    void read_arguments() {
        const std::string_view types = take_token();
        const std::size_t types_at = begin_;
        for (std::size_t i = 0; i < types.size() && !refusal_; ++i) {
            switch (types[i]) {
                case 'i':
                    read_one<std::int32_t>();
                    break;
                case 'f':
                    read_one<float>();
                    break;
                case 'h':
                    read_one<std::int64_t>();
                    break;
                case 'd':
                    read_one<double>();
                    break;
                case 's':
                    read_string();
                    break;
                case 'T':
                    read_silent(true, "#T");
                    break;
                case 'F':
                    read_silent(false, "#F");
                    break;
                case 'N':
                    read_silent(Nil{}, "Nil");
                    break;
                default:
                    refuse("a type is one of i f h d s T F N; strings need the type s", types_at + i);
            }
        }
    }

    template <class T>
    void read_one() {
        const std::string_view token = take_token();
        const auto value = read_as<T>(token);
        if (!value) {
            const std::string found =
                token.empty() ? "the line ends" : fmt::format("found '{}'", excerpt(token));
            return refuse(fmt::format("expected {}, {}", kNoun<T>, found), begin_);
        }
        line_.message.arguments.emplace_back(*value);
    }

    void read_string() {
        if (!next_begins() || text_[at_] != '"')
            return refuse("expected a string in double quotes (type s)", at_);
        auto quoted = read_quoted(text_, at_);
        if (!quoted) return refuse("this quote is never closed", at_);
        at_ = quoted->end;
        if (at_ < text_.size() && !is_space(text_[at_]))
            return refuse(
                "a space is missing after the closing quote; a quote inside a string is written \\\"", at_);
        line_.message.arguments.emplace_back(std::move(quoted->text));
    }

    void read_silent(Argument value, std::string_view as_oscdump) {
        line_.message.arguments.push_back(std::move(value));
        const std::size_t before = at_;
        if (take_token() != as_oscdump) at_ = before;
    }

    void read_comment() {
        if (refusal_ || !next_begins()) return;
        if (text_[at_] != '#') return refuse("more than the types announce; a comment begins with #", at_);
        const std::size_t skip = at_ + 1 < text_.size() && text_[at_ + 1] == ' ' ? 2 : 1;
        line_.comment = text_.substr(at_ + skip);
    }

    std::string_view text_;
    std::size_t number_ = 0;
    std::size_t at_ = 0;
    std::size_t begin_ = 0;
    LogLine line_;
    std::optional<Refusal> refusal_;
};

}  // namespace

Result<LogLine> read_log_line(std::string_view text, std::size_t number) {
    return LineReader(text, number).read();
}

}  // namespace chronus
