#include "pattern/steps.h"

#include <fmt/format.h>

#include <optional>

#include "pattern/tokens.h"
#include "text/caret.h"

namespace chronus::pattern {
namespace {

constexpr std::string_view kExample = "x...x...x.x.....";

std::optional<Step> step_of(std::string_view mark) {
    if (mark == "X") return Step{kHardVelocity, false};
    if (mark == "x") return Step{kSoftVelocity, false};
    if (mark == "." || mark == "-" || mark == "~") return Step{};
    if (mark == "_") return Step{0, true};
    return {};
}

char mark_of(const Step& step) {
    constexpr float kBetween = (kSoftVelocity + kHardVelocity) / 2;
    if (step.tie) return '_';
    if (step.velocity > kBetween) return 'X';
    return step.velocity > 0 ? 'x' : '.';
}

Refusal refuse(std::string_view code, std::string_view what, std::string_view text, std::size_t at) {
    return {std::string(code), point_at(what, text, at), std::string(kExample)};
}

}  // namespace

Result<Steps> parse_steps(std::string_view text) {
    const std::vector<Token> tokens = step_tokens(text);
    if (tokens.empty()) return refuse("missing", "a pattern has at least one step", text, text.size());
    if (tokens.size() > kMostSteps) {
        const auto what =
            fmt::format("a pattern has at most {} steps, this one {}", kMostSteps, tokens.size());
        return refuse("range", what, text, tokens[kMostSteps].at);
    }
    Steps parsed;
    parsed.steps.reserve(tokens.size());
    for (const Token& token : tokens) {
        const auto step = step_of(token.text);
        if (!step) {
            constexpr auto kWhat = "'{}' is no step; X and x are hits, . - ~ rests, _ holds the step before";
            return refuse("syntax", fmt::format(kWhat, token.text), text, token.at);
        }
        parsed.steps.push_back(*step);
    }
    return parsed;
}

std::string print_steps(const Steps& steps) {
    std::string text;
    for (const Step& step : steps.steps) text += mark_of(step);
    return text;
}

}  // namespace chronus::pattern
