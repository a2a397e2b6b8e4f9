#include "pattern/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "pattern/pass.h"
#include "text/caret.h"

namespace chronus::pattern {
namespace {

constexpr std::string_view kExample = "x...x...x.x.....";
constexpr std::string_view kLaneExample = "lane bass.cutoff: 200 400 <800 1600> .";
constexpr std::string_view kAfterValue = " \t\r\n\v\f|:*(@?!/[]<>{}";
constexpr std::string_view kBetween = " \t\r\n\v\f|";
constexpr std::string_view kSigns = ":*(@?!";
constexpr std::string_view kHits = "XxgFf";

// Reads from left to right; what it refuses stands at `at_` or where the thing began.
class StepReader {
public:
    explicit StepReader(std::string_view text, const ReadValue* read_value = nullptr) : text_(text), read_value_(read_value) {}

    Result<Steps> read() {
        auto steps = sequence("");
        if (!steps) return steps.refusal();
        if (steps->empty()) return refuse("missing", "a pattern has at least one step", text_.size());
        return Steps{std::move(*steps)};
    }
    Refusal refuse(std::string_view code, std::string_view what, std::size_t at) const {
        return {std::string(code), point_at(what, text_, at), std::string(read_value_ ? kLaneExample : kExample)};
    }

private:
    // Steps up to one of the signs that end it, or to the end of the text if there are none.
    Result<Sequence> sequence(std::string_view ends) {
        Sequence steps;
        for (skip(); at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos; skip()) {
            auto next = step();
            if (!next) return next.refusal();
            steps.push_back(std::move(*next));
        }
        return steps;
    }

    Result<Step> step() {
        const std::size_t begin = at_;
        auto read = bare_step();
        if (!read) return read;
        read->at = begin;
        for (std::string there; at_ < text_.size() && kSigns.find(text_[at_]) != std::string_view::npos;) {
            const char sign = text_[at_];
            if (there.find(sign) != std::string::npos)
                return refuse("syntax", fmt::format("{} is there twice", sign), at_);
            there += sign;
            if (const auto done = sign_of(*read); !done) return done.refusal();
        }
        return read;
    }

    Result<Step> bare_step() {
        Step step;
        switch (text_[at_]) {
            case '[': return within(Step::Kind::group, "]");
            case '<': return within(Step::Kind::turns, ">");
            case '{': return within(Step::Kind::choice, "/}");
            default: if (read_value_) return value();
        }
        switch (const char mark = text_[at_]) {
            case 'X': case 'x': case 'g': case 'F': case 'f': case '_': case '.': step.mark = mark; break;
            case '-': case '~': break;
            default: return no_step();
        }
        ++at_;
        return step;
    }

    Result<Step> value() {
        const std::size_t begin = at_, end = std::min(text_.find_first_of(kAfterValue, at_), text_.size());
        if (begin == end) return no_step();
        const std::string word(text_.substr(begin, end - begin));
        at_ = end;
        if (word == "." || word == "-" || word == "~" || word == "_") return Step{};
        const auto read = (*read_value_)(word);
        if (!read) return refuse(read.refusal().code, read.refusal().reason, begin);
        return Step{.mark = '=', .value = *read};
    }

    Refusal no_step() const {
        const std::string_view sign = text_.substr(at_, character_length(text_, at_));
        if (sign == "]" || sign == ">" || sign == "}") return refuse("syntax", fmt::format("{} closes nothing", sign), at_);
        if (kSigns.find(sign) != std::string_view::npos)
            return refuse("syntax", fmt::format("{} belongs directly behind a step", sign), at_);
        if (read_value_) return refuse("syntax", fmt::format("'{}' is no value", sign), at_);
        constexpr auto kWhat = "'{}' is no step; X x g are hits, f F flams, . - ~ rests, _ holds the step before";
        return refuse("syntax", fmt::format(kWhat, sign), at_);
    }

    Result<Step> within(Step::Kind kind, std::string_view ends) {
        const std::size_t begin = at_;
        if (++depth_ > kMostDepth)
            return refuse("range", fmt::format("brackets stand in each other {} deep at most", kMostDepth), begin);
        Step step{.kind = kind};
        do {
            ++at_;
            auto part = sequence(ends);
            if (!part) return part.refusal();
            if (at_ == text_.size()) return refuse("syntax", fmt::format("{} is never closed", text_[begin]), begin);
            if (part->empty()) return refuse("syntax", "there is no step in it; for a rest write a .", at_);
            step.parts.push_back(std::move(*part));
        } while (text_[at_] != ends.back());
        ++at_;
        --depth_;
        return step;
    }

    Result<Done> sign_of(Step& step) {
        const std::size_t begin = at_;
        switch (text_[at_++]) {
            case ':':
                if (step.kind != Step::Kind::mark || kHits.find(step.mark) == std::string_view::npos)
                    return refuse("syntax", "only a hit has a velocity", begin);
                return count(step.velocity, 1, 100);
            case '*': return count(step.strokes, 1, kMostSteps);
            case '@': return count(step.length, 1, kMostSteps);
            case '!': return count(step.copies, 1, kMostSteps);
            case '?':
                step.chance = 50;
                return at_digit() ? count(step.chance, 0, kCertain) : Result<Done>(Done{});
            default: return euclid(step.euclid);
        }
    }

    Result<Done> euclid(Euclid& euclid) {
        int* const numbers[] = {&euclid.pulses, &euclid.steps, &euclid.later};
        for (std::size_t n = 0;; ++n) {
            skip();
            const std::size_t number = at_;
            if (const auto done = count(*numbers[n], n == 1, kMostEuclid); !done) return done;
            if (n == 1 && euclid.pulses > euclid.steps)
                return refuse("range", fmt::format("{} hits do not go into {} steps", euclid.pulses, euclid.steps), number);
            if (n == 2) euclid.later %= euclid.steps;
            skip();
            if (n > 0 && at_ < text_.size() && text_[at_] == ')') break;
            if (n == 2 || at_ == text_.size() || text_[at_] != ',')
                return refuse("syntax", "x(3,8) or x(3,8,2): hits, steps, and how many steps later", at_);
            ++at_;
        }
        ++at_;
        return Done{};
    }

    Result<Done> count(int& count, int least, int most) {
        const std::size_t begin = at_;
        if (!at_digit()) return refuse("syntax", fmt::format("a whole number from {} to {} belongs here", least, most), begin);
        count = 0;
        while (at_digit()) count = std::min(count * 10 + (text_[at_++] - '0'), 1000000);
        if (count < least || count > most)
            return refuse("range", fmt::format("this number is from {} to {}", least, most), begin);
        return Done{};
    }

    bool at_digit() const { return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; }
    void skip() { at_ = std::min(text_.find_first_not_of(kBetween, at_), text_.size()); }

    std::string_view text_;
    const ReadValue* read_value_;  // of a lane
    std::size_t at_ = 0;
    int depth_ = 0;
};

Result<Steps> parse(StepReader reader) {
    auto steps = reader.read();
    if (!steps) return steps;
    // What is right by its letters may still be too much to play.
    Pass pass;
    if (const auto fault = unfold(*steps, pass)) return reader.refuse("range", fault->what, fault->at);
    return steps;
}

}  // namespace

std::int64_t Step::weight() const {
    return std::int64_t{length} * copies * std::max(euclid.steps, 1);
}

bool Step::operator==(const Step& other) const {
    return kind == other.kind && mark == other.mark && value == other.value && parts == other.parts && velocity == other.velocity &&
           strokes == other.strokes && euclid == other.euclid && length == other.length && chance == other.chance &&
           copies == other.copies;
}

Result<Steps> parse_steps(std::string_view text) { return parse(StepReader(text)); }

Result<Steps> parse_lane(std::string_view text, const ReadValue& read) { return parse(StepReader(text, &read)); }

}  // namespace chronus::pattern
