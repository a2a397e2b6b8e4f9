#include "osc/happenings.h"

#include <fmt/format.h>

#include "studio/moment.h"

namespace chronus {
namespace {

constexpr double kSilenceSeconds = 2, kClipsApartSeconds = 1;

constexpr std::pair<const char*, Happenings> kNames[] = {
    {"answers", bit(Happening::answer)}, {"beat", bit(Happening::beat)}, {"bar", bit(Happening::bar)},
    {"transport", bit(Happening::transport)}, {"xrun", bit(Happening::xrun)}, {"clip", bit(Happening::clip)},
    {"silence", bit(Happening::silence)}, {"fault", bit(Happening::fault)}, {"record", bit(Happening::record)}, {"module", bit(Happening::module)},
    {"track", bit(Happening::track)}, {"client", bit(Happening::client)}, {"viz", bit(Happening::viz)}, {"all", kEvents}};

template <class... Words>
Happened event(Happening kind, const char* name, Words&&... words) {
    return {kind, {"/event", {std::string(name), Argument(std::forward<Words>(words))...}}};
}

}  // namespace

Result<Happenings> read_happening(const std::string& name) {
    std::string names;
    for (const auto& [known, bits] : kNames) {
        if (name == known) return bits;
        names += (names.empty() ? "" : ", ") + std::string(known);
    }
    return Refusal{"unknown", fmt::format("nothing is called {}: there is {}", name, names), "/notify 5007 beat bar"};
}

bool is_silent(const Telemetry& now, double seconds) {
    return now.sounded_at < 0 || static_cast<double>(now.frame - now.sounded_at) > seconds * static_cast<double>(now.timeline.rate);
}

std::vector<Happened> Watchman::look(const Telemetry& now, const Studio& studio, std::uint64_t version, std::uint64_t xruns) {
    std::vector<Happened> all;
    if (!begun_) {  // what was there before is no news
        begun_ = true;
        version_ = version;
        studio_ = studio;
        xruns_ = xruns;
        clips_ = now.clips;
        timeline_ = now.timeline;
        silent_ = is_silent(now, kSilenceSeconds);
    }
    follow_time(now, all);
    follow_sound(now, xruns, all);
    if (version_ != version) compare(studio, now.frame, all);
    version_ = version;
    return all;
}

void Watchman::follow_time(const Telemetry& now, std::vector<Happened>& all) {
    const Timeline& line = now.timeline;
    if (line.running != timeline_.running)
        all.push_back(event(Happening::transport, "transport", std::string(line.running ? "playing" : "stopped"),
                            static_cast<float>(line.tempo) / 1000, now.frame));
    const bool restarted = line.running && !timeline_.running;
    timeline_ = line;
    if (!line.running || restarted) bar_ = beat_ = -1;
    if (!line.running) return;
    // Of beats that went by unseen only the newest is told: late ones are no help.
    const Beats at = line.beats_at(now.frame);
    const Bar bar = line.bar_at(at);
    const std::int64_t in_bar = (at - bar.begin) / line.per_beat();
    if (in_bar == beat_ && bar.number + 1 == bar_) return;
    const std::int64_t number = bar.number + 1, frame = line.moment_of(bar.begin + in_bar * line.per_beat()).frame;
    if (number != bar_) all.push_back(event(Happening::bar, "bar", number, line.moment_of(bar.begin).frame));
    all.push_back(event(Happening::beat, "beat", number, in_bar + 1, frame));
    bar_ = number;
    beat_ = in_bar;
}

void Watchman::follow_sound(const Telemetry& now, std::uint64_t xruns, std::vector<Happened>& all) {
    if (xruns > xruns_) all.push_back(event(Happening::xrun, "xrun", static_cast<std::int64_t>(xruns - xruns_), now.frame));
    xruns_ = xruns;
    const double since = static_cast<double>(now.frame - clip_told_at_) / static_cast<double>(now.timeline.rate);
    if (now.clips > clips_ && (clip_told_at_ == 0 || since > kClipsApartSeconds)) {
        all.push_back(event(Happening::clip, "clip", static_cast<std::int64_t>(now.clips - clips_), now.frame));
        clips_ = now.clips;
        clip_told_at_ = now.frame;
    }
    if (const bool silent = is_silent(now, kSilenceSeconds); silent != silent_) {
        silent_ = silent;
        all.push_back(event(Happening::silence, silent ? "silence" : "sound", now.sounded_at));
    }
}

void Watchman::compare(const Studio& studio, std::int64_t frame, std::vector<Happened>& all) {
    const auto module = [&](const char* what, const std::string& id, const Module& one) {
        all.push_back(event(Happening::module, "module", std::string(what), id, one.type, frame));
    };
    const auto track = [&](const char* what, const std::string& name) {
        all.push_back(event(Happening::track, "track", std::string(what), name, frame));
    };
    for (const auto& [id, old] : studio_.modules) {
        const auto now = studio.modules.find(id);
        if (now == studio.modules.end() || now->second.birth != old.birth) module("removed", id, old);
    }
    for (const auto& [id, now] : studio.modules) {
        const auto old = studio_.modules.find(id);
        if (old == studio_.modules.end() || old->second.birth != now.birth) module("created", id, now);
    }
    for (const auto& [name, old] : studio_.tracks)
        if (!studio.tracks.contains(name)) track("ended", name);
    for (const auto& [name, now] : studio.tracks) {
        const auto old = studio_.tracks.find(name);
        if (old == studio_.tracks.end()) track("added", name);
        else if (!(old->second == now)) track("changed", name);
    }
    studio_ = studio;
}

}  // namespace chronus
