// What chronus top shows, as the daemon's answers tell it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "chronus/track_line.h"
#include "text/message.h"

namespace chronus::hand {

// What was heard lately at the master; dB.
struct Loudness {
    double lufs = -120, true_peak_dbtp = -120, rms_dbfs = -120, limiting_db = 0;
    bool clipping = false;
};

struct TopState {
    std::string trouble;    // why there is no daemon to ask; empty if it answers
    bool answered = false;  // at least once: the rest is what it said last

    std::string device;
    std::int64_t rate = 0, device_frames = 0;  // Hz; of a callback
    double latency_ms = 0;
    bool realtime = false;
    std::int64_t xruns = 0, faults = 0, modules = 0;
    double load_p50_percent = 0, load_p99_percent = 0;
    double peak = 0, limiting_db = 0;  // of one block

    bool playing = false;
    double bpm = 0, swing = 0, beat = 1;  // within the bar, from 1
    std::int64_t bar = 1;                 // from 1
    std::vector<TrackLine> tracks;
    std::vector<std::pair<std::string, double>> costs;  // per cent by type, the largest first
    std::optional<Loudness> loudness;

    // Since the transport's start.
    double beats() const { return 4 * static_cast<double>(bar - 1) + beat - 1; }
};

// Each takes over what one answer says; what it does not say stays as it was.
void take_status(TopState& state, const std::vector<Argument>& status);
void take_tracks(TopState& state, const std::vector<Argument>& seq_status);
void take_costs(TopState& state, const std::vector<Argument>& cost);
void take_loudness(TopState& state, const std::vector<Argument>& listen);

}  // namespace chronus::hand
