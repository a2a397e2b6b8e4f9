// Steps as text.
#include <fmt/format.h>

#include <algorithm>

#include "pattern/steps.h"
#include "text/numbers.h"

namespace chronus::pattern {
namespace {

std::string print(const Sequence& sequence, bool apart);

std::string print_parts(const Step& step, bool apart) {
    switch (step.kind) {
        case Step::Kind::mark: return step.mark == '=' ? print_number(step.value) : std::string(1, step.mark);
        case Step::Kind::group: return "[" + print(step.parts.front(), apart) + "]";
        case Step::Kind::turns: return "<" + print(step.parts.front(), apart) + ">";
        case Step::Kind::choice: break;
    }
    std::string options;
    for (const Sequence& option : step.parts) options += (options.empty() ? "{" : apart ? " / " : "/") + print(option, apart);
    return options + "}";
}

std::string print_signs(const Step& step) {
    std::string signs;
    if (step.velocity > 0) signs += fmt::format(":{}", step.velocity);
    if (step.strokes > 1) signs += fmt::format("*{}", step.strokes);
    const Euclid& euclid = step.euclid;
    if (euclid.steps > 0 && euclid.later == 0) signs += fmt::format("({},{})", euclid.pulses, euclid.steps);
    if (euclid.steps > 0 && euclid.later > 0)
        signs += fmt::format("({},{},{})", euclid.pulses, euclid.steps, euclid.later);
    if (step.length > 1) signs += fmt::format("@{}", step.length);
    if (step.chance == 50) signs += "?";
    if (step.chance != 50 && step.chance != kCertain) signs += fmt::format("?{}", step.chance);
    if (step.copies > 1) signs += fmt::format("!{}", step.copies);
    return signs;
}

// Values are words, and a rest among them is one.
bool has_values(const Sequence& sequence) {
    return std::any_of(sequence.begin(), sequence.end(), [](const Step& step) {
        return step.mark == '=' || std::any_of(step.parts.begin(), step.parts.end(), has_values);
    });
}

std::string print(const Sequence& sequence, bool apart) {
    std::string text;
    for (const Step& step : sequence) text += (apart && !text.empty() ? " " : "") + print_parts(step, apart) + print_signs(step);
    return text;
}

}  // namespace

std::string print_steps(const Steps& steps) {
    return print(steps.steps, has_values(steps.steps));
}

}  // namespace chronus::pattern
