#include "chronus/top_state.h"

#include <algorithm>

#include "chronus/table.h"

namespace chronus::hand {

void take_status(TopState& state, const std::vector<Argument>& values) {
    const Table status(values);
    state.device = status.text("device");
    state.rate = status.whole("rate", state.rate);
    state.device_frames = status.whole("device_frames", state.device_frames);
    state.latency_ms = status.number("latency_ms", state.latency_ms);
    state.realtime = status.is_true("realtime");
    state.xruns = status.whole("xruns", state.xruns);
    state.faults = status.whole("faults", state.faults);
    state.modules = status.whole("modules", state.modules);
    state.load_p50_percent = status.number("load_p50_percent", state.load_p50_percent);
    state.load_p99_percent = status.number("load_p99_percent", state.load_p99_percent);
    state.peak = status.number("peak", state.peak);
    state.limiting_db = status.number("limiting_db", state.limiting_db);
}

void take_tracks(TopState& state, const std::vector<Argument>& values) {
    const Table status(values);
    state.playing = status.is_true("playing");
    state.bpm = status.number("bpm", state.bpm);
    state.swing = status.number("swing", state.swing);
    state.bar = status.whole("bar", state.bar);
    state.beat = status.number("beat", state.beat);
    state.tracks = tracks_in(values);
}

void take_costs(TopState& state, const std::vector<Argument>& values) {
    state.costs.clear();
    for (std::size_t i = 0; i + 1 < values.size(); i += 2)
        if (const auto* type = std::get_if<std::string>(&values[i]))
            state.costs.emplace_back(*type, number_of(values[i + 1]).value_or(0));
    std::stable_sort(state.costs.begin(), state.costs.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
}

void take_loudness(TopState& state, const std::vector<Argument>& values) {
    const Table heard(values);
    if (!heard.find("lufs_momentary")) return;
    Loudness loudness;
    loudness.lufs = heard.number("lufs_momentary", loudness.lufs);
    loudness.true_peak_dbtp = heard.number("true_peak_dbtp", loudness.true_peak_dbtp);
    loudness.rms_dbfs = heard.number("rms_dbfs", loudness.rms_dbfs);
    loudness.limiting_db = heard.number("limiting_db", 0);
    loudness.clipping = heard.text("heard") == "CLIPPING";
    state.loudness = loudness;
}

}  // namespace chronus::hand
