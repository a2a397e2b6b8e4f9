#include "studio/moment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "text/numbers.h"
#include "text/words.h"

namespace chronus {
namespace {

constexpr double kMostBars = 100000, kMostSeconds = 86400;

Refusal no_moment(const std::string& text) {
    return {"syntax", fmt::format("{} is no moment: bar 9, bar 9 beat 3, next bar, next beat, +2 bars, +4 beats, +8 steps or +1.5 s", text),
            "/at \"bar 9\" play"};
}

// In beats; for seconds nothing.
std::optional<double> beats_of(const std::string& unit, const Timeline& timeline) {
    if (unit == "bar" || unit == "bars") return beats_a_bar(timeline);
    if (unit == "beat" || unit == "beats") return 1;
    if (unit == "step" || unit == "steps") return 0.25;
    return std::nullopt;
}

bool is_seconds(const std::string& unit) { return unit == "s" || unit == "second" || unit == "seconds"; }

double position(const Timeline& timeline, std::int64_t frame) {
    return static_cast<double>(timeline.beats_at(frame)) / static_cast<double>(timeline.per_beat());
}

Beats units_of(double beats, const Timeline& timeline) {
    return static_cast<Beats>(std::llround(beats * static_cast<double>(timeline.per_beat())));
}

When at_beat(double beat, const Timeline& timeline) { return {.beats = units_of(beat, timeline)}; }

// To a thousandth of a beat: what is as good as on a bar's line is on it.
std::string bar_and_beat(Beats beats, const Timeline& timeline) {
    const Beats grain = timeline.per_beat() / 1000, rounded = (beats + grain / 2) / grain * grain;
    const Bar bar = timeline.bar_at(rounded);
    const double beat = static_cast<double>(rounded - bar.begin) / static_cast<double>(timeline.per_beat());
    return fmt::format("bar {} beat {}", bar.number + 1, print_number(std::round((beat + 1) * 1000) / 1000));
}

// Words like +2 bars, or +2 and bars: a count and its unit.
std::optional<When> from_now(const std::vector<SplitWord>& words, const Timeline& timeline, std::int64_t frame) {
    if (words.size() != 2 || !words[0].text.starts_with('+')) return std::nullopt;
    const auto count = read_number(words[0].text);
    if (!count || !(*count >= 0)) return std::nullopt;
    if (is_seconds(words[1].text) && *count <= kMostSeconds)
        return When{.musical = false, .frame = frame + std::llround(*count * static_cast<double>(timeline.rate))};
    const auto unit = beats_of(words[1].text, timeline);
    if (!unit || *count > kMostBars) return std::nullopt;
    return at_beat(position(timeline, frame) + *count * *unit, timeline);
}

// bar 9, bar 9 beat 3, beat 17.
std::optional<Beats> counted(const std::vector<SplitWord>& words, const Timeline& timeline) {
    Beats beats = 0;
    if (words.empty() || words.size() % 2 != 0 || words.size() > 4) return std::nullopt;
    for (std::size_t i = 0; i < words.size(); i += 2) {
        const bool is_bar = i == 0 && words[0].text == "bar", is_beat = words[i].text == "beat" && (i == 0 || words[0].text == "bar");
        const auto count = read_number(words[i + 1].text);
        if ((!is_bar && !is_beat) || !count || !(*count >= 1) || *count > kMostBars * 4) return std::nullopt;
        if (is_beat) beats += units_of(*count - 1, timeline);
        const Beats begin = timeline.begin_of_bar(static_cast<std::int64_t>(*count) - 1);
        if (is_bar) beats = begin + static_cast<Beats>((*count - std::floor(*count)) * static_cast<double>(timeline.bar_at(begin).length));
    }
    return beats;
}

}  // namespace

bool When::comes_before(const Timeline& timeline, std::int64_t end) const {
    return musical ? timeline.running && timeline.comes_before(beats, end) : frame < end;
}

std::int64_t When::frame_on(const Timeline& timeline) const { return musical ? timeline.moment_of(beats).frame : frame; }

Result<Span> read_span(const std::string& text, const Timeline& timeline) {
    const Refusal refusal{"syntax", fmt::format("{} is no duration: 4 beats, 2 bars, 8 steps, 1.5 s or 300 ms; then linear, exponential or smooth", text), "/ramp voice2.filter/freq 4000 4 bars"};
    auto words = split_words(text, {.split_arrows = false});
    if (!words || words->empty() || words->size() > 2) return refusal;
    std::string number = (*words)[0].text, unit = words->size() == 2 ? (*words)[1].text : "s";
    // 4bars is 4 bars.
    if (const auto end = number.find_first_not_of("0123456789."); words->size() == 1 && end != std::string::npos && end > 0) {
        unit = number.substr(end);
        number.resize(end);
    }
    const auto count = read_number(number);
    if (!count || !(*count > 0)) return refusal;
    double length = 0;
    const auto beats = beats_of(unit, timeline);
    if (beats) length = *count * *beats * static_cast<double>(timeline.per_beat());
    else if (is_seconds(unit)) length = *count * static_cast<double>(timeline.rate);
    else if (unit == "ms") length = *count * 0.001 * static_cast<double>(timeline.rate);
    else return refusal;
    if (beats ? *count > kMostBars : length > kMostSeconds * static_cast<double>(timeline.rate)) return refusal;
    return Span{beats.has_value(), std::max<std::int64_t>(1, std::llround(length))};
}

std::string print_span(const Span& span, const Timeline& timeline) {
    const double length = static_cast<double>(span.length) / static_cast<double>(span.in_beats ? timeline.per_beat() : timeline.rate);
    return print_number(std::round(length * 1000) / 1000) + (span.in_beats ? " beats" : " s");
}

std::string print_position(std::int64_t frame, const Timeline& timeline) {
    return bar_and_beat(timeline.beats_at(frame), timeline);
}

Result<When> read_when(const std::string& text, const Timeline& timeline, std::int64_t frame) {
    const auto words = split_words(text, {.split_arrows = false});
    if (!words) return words.refusal();
    if (const auto when = from_now(*words, timeline, frame)) return *when;
    if (words->size() == 2 && (*words)[0].text == "next") {
        const Beats now = timeline.beats_at(frame), after = now + 1;
        const std::string& unit = (*words)[1].text;
        if (unit == "bar") return When{.beats = timeline.bar_line(after)};
        if (unit == "beat") return When{.beats = timeline.beat_line(after)};
        if (unit == "step") return When{.beats = (now / (timeline.per_beat() / 4) + 1) * (timeline.per_beat() / 4)};
        return no_moment(text);
    }
    const auto when = counted(*words, timeline);
    if (!when) return no_moment(text);
    if (timeline.running && timeline.beats_at(frame) > *when)
        return Refusal{"range", fmt::format("{} is over: it is {}", text, print_when({.beats = timeline.beats_at(frame)}, timeline, frame)),
                       "/at \"next bar\" play"};
    return When{.beats = *when};
}

std::optional<Beats> read_beat(const std::string& text, const Timeline& timeline) {
    const auto words = split_words(text, {.split_arrows = false});
    return words ? counted(*words, timeline) : std::nullopt;
}

double beats_a_bar(const Timeline& timeline) {
    return static_cast<double>(timeline.bars.latter.signature.bar(timeline.per_beat())) / static_cast<double>(timeline.per_beat());
}

std::string print_when(const When& when, const Timeline& timeline, std::int64_t frame) {
    if (!when.musical)
        return fmt::format("{} s from now, frame {}", print_number(static_cast<double>(when.frame - frame) / static_cast<double>(timeline.rate)), when.frame);
    const std::string text = bar_and_beat(when.beats, timeline);
    return timeline.running ? fmt::format("{}, frame {}", text, when.frame_on(timeline)) : text + ", once the transport plays";
}

}  // namespace chronus
