#include "chronus/top_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace chronus::hand {
namespace {

constexpr double kQuietest = -60;    // dB, the left end of a meter
constexpr double kMuchLimiting = 6;  // dB: the mix is too loud from here on
constexpr double kMuchLoad = 70;     // per cent of a block's time
constexpr std::size_t kLongestName = 12, kBeat = 4, kBarSteps = 16;

double decibels(double factor) {
    return factor > 0 ? 20 * std::log10(factor) : -120;
}

std::string shown_db(double value) {
    return value <= -100 ? "-inf" : fmt::format("{:.1f}", value);
}

Piece meter(double db, std::size_t width, bool utf8) {
    const double part = std::clamp((db - kQuietest) / -kQuietest, 0.0, 1.0);
    const auto full = static_cast<std::size_t>(std::lround(part * static_cast<double>(width)));
    std::string bar;
    for (std::size_t i = 0; i < width; ++i) bar += i < full ? (utf8 ? "█" : "#") : (utf8 ? "·" : "-");
    return {bar, db > -0.5 ? Style::alarm : Style::plain};
}

Line title(const TopState& state, std::size_t columns) {
    Line line{{"chronus top", Style::strong}};
    if (state.answered)
        line.push_back(
            {fmt::format("  {} at {} Hz, {} frames{}", state.device, state.rate, state.device_frames,
                         state.latency_ms > 0 ? fmt::format(", {:.0f} ms", state.latency_ms) : ""),
             Style::plain});
    const std::string quit = "q quits";
    const std::size_t width = width_of(line);
    if (width + quit.size() + 2 <= columns)
        line.push_back({fmt::format("{:>{}}", quit, columns - width), Style::faint});
    return line;
}

Line transport(const TopState& state) {
    Line line{{state.playing ? "playing" : "stopped", state.playing ? Style::strong : Style::faint},
              {fmt::format("  {:g} bpm", state.bpm), Style::plain}};
    if (state.swing > 0) line.push_back({fmt::format("  swing {:.2g}", state.swing), Style::plain});
    line.push_back({fmt::format("  bar {}.{} ", state.bar, static_cast<int>(state.beat)), Style::strong});
    for (int beat = 1; beat <= 4; ++beat) {
        const bool now = state.playing && beat == static_cast<int>(state.beat);
        line.push_back({now ? "#" : ".", now ? Style::marked : Style::faint});
    }
    return line;
}

// Two meters of what was heard; of one block where nothing has been heard yet.
void add_meters(std::vector<Line>& lines, const TopState& state, std::size_t columns, bool utf8) {
    const std::size_t width = std::clamp<std::size_t>(columns / 2, 10, 60);
    const double peak = state.loudness ? state.loudness->true_peak_dbtp : decibels(state.peak);
    const double limiting = state.loudness ? state.loudness->limiting_db : state.limiting_db;
    lines.push_back({{"peak  ", Style::faint},
                     meter(peak, width, utf8),
                     {fmt::format(" {:>6} dBTP", shown_db(peak)), Style::plain},
                     {fmt::format("  limiting {:.1f} dB", limiting),
                      limiting > kMuchLimiting ? Style::alarm : Style::plain}});
    const double lufs = state.loudness ? state.loudness->lufs : -120;
    const double rms = state.loudness ? state.loudness->rms_dbfs : -120;
    lines.push_back({{"loud  ", Style::faint},
                     meter(lufs, width, utf8),
                     {fmt::format(" {:>6} LUFS", shown_db(lufs)), Style::plain},
                     {fmt::format("  rms {}", shown_db(rms)), Style::plain}});
}

Line health(const TopState& state) {
    Line line{{"load  ", Style::faint},
              {fmt::format("p50 {:.1f} %  ", state.load_p50_percent), Style::plain},
              {fmt::format("p99 {:.1f} %", state.load_p99_percent),
               state.load_p99_percent > kMuchLoad ? Style::alarm : Style::plain},
              {fmt::format("   {} xruns", state.xruns), state.xruns > 0 ? Style::alarm : Style::plain},
              {fmt::format("   {} faults", state.faults), state.faults > 0 ? Style::alarm : Style::plain},
              {fmt::format("   {} modules", state.modules), Style::plain}};
    if (!state.realtime) line.push_back({"   not real-time", Style::alarm});
    return line;
}

// How many steps fit in groups of a beat.
std::size_t steps_in(std::size_t columns) {
    return columns / (kBeat + 1) * kBeat + std::min(columns % (kBeat + 1), kBeat);
}

// The steps of the part that is played now, in groups of a beat, the one under way marked.
void add_steps(Line& line, const TrackLine& track, std::optional<std::size_t> now, std::size_t columns) {
    const std::size_t fit = steps_in(columns);
    std::size_t page = track.steps.size();
    if (page > fit)
        for (page = kBarSteps; page * 2 <= fit;) page *= 2;
    page = std::max<std::size_t>(1, std::min(page, fit));
    const std::size_t first = now.value_or(0) / page * page;
    const Style plain = track.muted ? Style::faint : Style::plain;
    std::string text;
    for (std::size_t i = first; i < std::min(first + page, track.steps.size()); ++i) {
        if (i > first && (i - first) % kBeat == 0) text += ' ';
        if (now == i) {
            line.push_back({text, plain});
            line.push_back({std::string(1, track.steps[i]), Style::marked});
            text.clear();
        } else {
            text += track.steps[i];
        }
    }
    line.push_back({text, plain});
}

void add_notes(Line& line, const TrackLine& track, std::optional<std::size_t> now) {
    const Style plain = track.muted ? Style::faint : Style::plain;
    for (std::size_t i = 0; i < track.notes.size(); ++i) {
        line.push_back({track.notes[i], now == i ? Style::marked : plain});
        line.push_back({" ", plain});
    }
}

Line track_line(const TrackLine& track, const TopState& state, std::size_t names, std::size_t columns) {
    const auto now = step_at(state.playing ? state.beats() : -1, state.swing, track.length());
    std::string name = track.name.substr(0, kLongestName);
    Line line{{fmt::format("{:<{}} ", name, names), track.muted ? Style::faint : Style::strong},
              {track.solo ? "s " : track.muted ? "m " : "  ", Style::faint}};
    const std::size_t left = columns > names + 3 ? columns - names - 3 : 1;
    if (track.steps.empty())
        add_notes(line, track, now);
    else
        add_steps(line, track, now, left);
    return line;
}

void add_tracks(std::vector<Line>& lines, const TopState& state, std::size_t columns, std::size_t rows) {
    if (state.tracks.empty()) lines.push_back({{"no tracks", Style::faint}});
    std::size_t names = 4;
    for (const TrackLine& track : state.tracks)
        names = std::max(names, std::min(track.name.size(), kLongestName));
    const std::size_t shown =
        state.tracks.size() <= rows ? state.tracks.size() : std::max<std::size_t>(rows, 1) - 1;
    for (std::size_t i = 0; i < shown; ++i)
        lines.push_back(track_line(state.tracks[i], state, names, columns));
    if (shown < state.tracks.size())
        lines.push_back({{fmt::format("... and {} more", state.tracks.size() - shown), Style::faint}});
}

Line costs_in_a_line(const TopState& state) {
    Line line{{"cost  ", Style::faint}};
    for (const auto& [type, percent] : state.costs)
        line.push_back({fmt::format("{} {:.0f} %   ", type, percent), Style::plain});
    return line;
}

void add_costs(std::vector<Line>& lines, const TopState& state, std::size_t rows, bool utf8) {
    constexpr std::size_t kMost = 10;
    if (state.costs.empty()) return;
    if (rows < 4) return lines.push_back(costs_in_a_line(state));
    for (std::size_t i = 0; i < std::min({kMost, rows, state.costs.size()}); ++i) {
        const auto& [type, percent] = state.costs[i];
        std::string bar;
        for (int part = 0; part < static_cast<int>(std::lround(percent / 2)); ++part) bar += utf8 ? "█" : "#";
        lines.push_back({{i == 0 ? "cost  " : "      ", Style::faint},
                         {fmt::format("{:<12} {:>5.1f} % {}", type, percent, bar), Style::plain}});
    }
}

}  // namespace

std::vector<Line> draw(const TopState& state, Size size, bool utf8) {
    std::vector<Line> lines{title(state, size.columns)};
    if (!state.trouble.empty()) lines.push_back({{state.trouble, Style::alarm}});
    if (!state.trouble.empty())
        lines.push_back({{"It is looked for, and shown again once it answers.", Style::plain}});
    const std::size_t told = lines.size();
    if (state.answered) {
        lines.push_back(transport(state));
        add_meters(lines, state, size.columns, utf8);
        lines.push_back(health(state));
        lines.push_back({});
        const std::size_t left = size.rows > lines.size() ? size.rows - lines.size() : 0;
        const std::size_t for_costs = state.costs.empty() ? 0 : left > state.tracks.size() + 12 ? 11 : 2;
        add_tracks(lines, state, size.columns, left > for_costs ? left - for_costs : 1);
        if (for_costs > 0) lines.push_back({});
        if (size.rows > lines.size()) add_costs(lines, state, size.rows - lines.size(), utf8);
    }
    if (!state.trouble.empty())
        for (std::size_t i = told; i < lines.size(); ++i)
            for (Piece& piece : lines[i]) piece.style = Style::faint;
    if (lines.size() > size.rows) lines.resize(size.rows);
    for (Line& line : lines) line = cut_to(std::move(line), size.columns);
    return lines;
}

}  // namespace chronus::hand
