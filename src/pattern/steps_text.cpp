// Steps as text.
#include <fmt/format.h>

#include "pattern/steps.h"

namespace chronus::pattern {
namespace {

std::string print(const Sequence& sequence);

std::string print_parts(const Step& step) {
    switch (step.kind) {
        case Step::Kind::mark: return std::string(1, step.mark);
        case Step::Kind::group: return "[" + print(step.parts.front()) + "]";
        case Step::Kind::turns: return "<" + print(step.parts.front()) + ">";
        case Step::Kind::choice: break;
    }
    std::string options;
    for (const Sequence& option : step.parts) options += (options.empty() ? "{" : "/") + print(option);
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

std::string print(const Sequence& sequence) {
    std::string text;
    for (const Step& step : sequence) text += print_parts(step) + print_signs(step);
    return text;
}

}  // namespace

std::string print_steps(const Steps& steps) {
    return print(steps.steps);
}

}  // namespace chronus::pattern
