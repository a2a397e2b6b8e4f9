// Commands that record what is heard, or what was.
#include <ctime>

#include "studio/console.h"
#include "studio/names.h"
#include "studio/resolve.h"
#include "text/message_text.h"

namespace chronus {
namespace {

Refusal no_recorder(const Request& request) { return request.refuse("device", "nobody records here"); }

std::string name_for_now() {
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    char name[64];
    std::strftime(name, sizeof name, "%Y-%m-%d-%H%M%S.wav", &local);
    return name;
}

bool is_samples(const std::string& word) { return word == "16" || word == "24" || word == "float"; }

struct Wish {
    RecordWish record;
    std::string moment;  // empty: now
};

// The module that is meant: itself, a group's strip, or what a track plays.
std::string path_of_stem(const Request& request, const std::string& name) {
    std::string path = module_path_of(request.studio, name);
    const auto track = request.studio.tracks.find(name);
    if (track == request.studio.tracks.end() || type_at(request.studio, request.types(), path)) return path;
    return module_path_of(request.studio, track->second.module);
}

Result<Done> add_stem(Request& request, const std::string& name, RecordWish& wish) {
    const std::string path = path_of_stem(request, name);
    const Type* type = type_at(request.studio, request.types(), path);
    if (!type) return request.refuse("unknown", fmt::format("there is no module {}{}", name, did_you_mean(name, rack_names(request.studio))));
    if (type->main_outputs().empty()) return request.refuse("type", fmt::format("{} ({}) has no sound", name, type->name));
    const std::string id = path.substr(0, path.find('/'));
    wish.stems.push_back({name, {request.console.roster().index_of(path), static_cast<std::uint32_t>(request.studio.modules.at(id).birth)}});
    return Done{};
}

// Those whose sound reaches the mix.
std::vector<std::string> in_the_mix(const Studio& studio) {
    std::set<std::string> ids;
    for (const Cable& cable : studio.cables)
        if (cable.to.module == kOut) ids.insert(cable.from.module.substr(0, cable.from.module.find('/')));
    return {ids.begin(), ids.end()};
}

// What tracks play, each once.
std::vector<std::string> of_tracks(const Studio& studio) {
    std::map<std::string, std::string> by_module;
    for (const auto& [name, track] : studio.tracks)
        if (track.lane.empty()) by_module.emplace(track.module, name);
    std::vector<std::string> names;
    for (const auto& [module, name] : by_module) names.push_back(name);
    return names;
}

// jam.flac 24 stems bass k bar
Result<Wish> read_wish(Request& request) {
    Wish wish;
    bool stems = false;
    std::size_t named = 0, i = 0;
    for (; i < request.count(); ++i) {
        const std::string word = request.text(i);
        if (is_samples(word)) wish.record.samples = word;
        else if (word == "stems") stems = true;
        else if (stems && word == "tracks") {
            const auto tracks = of_tracks(request.studio);
            if (tracks.empty()) return request.refuse("unknown", "there are no tracks yet");
            for (const std::string& track : tracks)
                if (const auto added = add_stem(request, track, wish.record); !added) return added.refusal();
            ++named;
        } else if (stems && type_at(request.studio, request.types(), path_of_stem(request, word))) {
            if (const auto added = add_stem(request, word, wish.record); !added) return added.refusal();
            ++named;
        } else if (wish.record.name.empty() && (word.ends_with(".wav") || word.ends_with(".flac") || (i == 0 && !stems && word != "bar" && word != "beat" && word != "next"))) {
            wish.record.name = word.ends_with(".wav") || word.ends_with(".flac") ? word : word + ".wav";
        } else break;
    }
    if (stems && named == 0)
        for (const std::string& id : in_the_mix(request.studio))
            if (const auto added = add_stem(request, id, wish.record); !added) return added.refusal();
    if (wish.record.name.empty()) wish.record.name = name_for_now();
    wish.moment = request.rest(i);
    if (wish.moment == "bar" || wish.moment == "beat") wish.moment = "next " + wish.moment;
    return wish;
}

Result<Words> wait_for(Request& request, const std::string& moment, std::vector<Argument> rest) {
    const Telemetry& now = request.telemetry();
    const auto when = read_when(moment, now.timeline, now.frame);
    if (!when) return when.refusal();
    request.console.wait_for(*when, {request.message.address, std::move(rest)});
    return Words{"queued until " + print_when(*when, now.timeline, now.frame)};
}

Result<Words> start(Request& request) {
    if (!request.console.recordings()) return no_recorder(request);
    auto wish = read_wish(request);
    if (!wish) return wish.refusal();
    wish->record.from = wish->moment.empty() ? std::max(request.at, request.telemetry().frame) : Recordings::kLater;
    if (!wish->moment.empty()) {
        const Telemetry& now = request.telemetry();
        if (const auto when = read_when(wish->moment, now.timeline, now.frame); !when) return when.refusal();
    }
    const auto file = request.console.recordings()->start(wish->record);
    if (!file) return file.refusal();
    if (!wish->moment.empty()) return wait_for(request, wish->moment, {wish->record.name});
    Words words{*file, std::string("from"), wish->record.from};
    if (!wish->record.stems.empty()) words.push_back(fmt::format("with {} stems", wish->record.stems.size()));
    return words;
}

Result<Words> stop(Request& request) {
    if (!request.console.recordings()) return no_recorder(request);
    std::string moment = request.rest(0);
    if (moment == "bar" || moment == "beat") moment = "next " + moment;
    if (!moment.empty()) return wait_for(request, moment, {});
    const std::int64_t frame = std::max(request.at, request.telemetry().frame);
    const auto files = request.console.recordings()->stop(frame);
    if (!files) return files.refusal();
    Words words;
    for (const std::string& file : *files) words.push_back(file);
    words.insert(words.end(), {std::string("to"), frame});
    return words;
}

Result<Words> status(Request& request) {
    if (!request.console.recordings()) return no_recorder(request);
    return request.console.recordings()->status();
}

// Whole bars, up to the bar line that was passed last.
Result<std::pair<std::int64_t, std::int64_t>> bars_before(Request& request, int count) {
    const Telemetry& now = request.telemetry();
    const Timeline& line = now.timeline;
    if (!line.running) return request.refuse("syntax", "the transport stands: say how many seconds");
    const Bar bar = line.bar_at(line.beats_at(now.frame));
    const Beats end = bar.begin, begin = line.begin_of_bar(std::max<std::int64_t>(bar.number - count, 0));
    if (begin == end) return request.refuse("range", "no bar is over yet");
    return std::pair(request.console.line_at(begin).moment_of(begin).frame, request.console.line_at(end).moment_of(end).frame);
}

// record last 64 bars jam.flac, record last 30 s jam.flac
Result<Words> last(Request& request) {
    if (!request.console.recordings()) return no_recorder(request);
    PastWish wish;
    wish.name = request.text(2);
    const std::string unit = request.text(1);
    const double count = request.number(0);
    if (unit == "bars" || unit == "bar") {
        const auto bars = bars_before(request, static_cast<int>(count));
        if (!bars) return bars.refusal();
        wish.from = bars->first;
        wish.to = bars->second;
    } else {
        const auto span = read_span(fmt::format("{} {}", count, unit), request.telemetry().timeline);
        if (!span) return span.refusal();
        if (span->in_beats) return request.refuse("syntax", "what is kept is counted in bars or seconds");
        wish.to = request.telemetry().frame;
        wish.from = std::max<std::int64_t>(wish.to - span->length, 0);
    }
    if (request.console.log()) wish.log = request.console.log()->file().path();
    wish.about = fmt::format("{}: frames {} to {}", wish.name, wish.from, wish.to);
    const auto kept = request.console.recordings()->keep(wish);
    if (!kept) return kept.refusal();
    if (kept->second > wish.from) request.notes.push_back("no more is kept");
    return Words{kept->first, static_cast<float>(static_cast<double>(wish.to - kept->second) / request.console.rate()), std::string("s from"), kept->second};
}

constexpr Takes kStart = takes::many("file, 16, 24 or float, stems [module or track…], stems tracks, bar or a moment").or_else("");
constexpr Takes kMoment = takes::many("bar or a moment").or_else("");

constexpr Command kCommands[] = {
    {"/record/start", {kStart}, "Writes what is heard to a .wav or .flac, from now or from a moment on; with stems, each module of the mix too, or those that are named, or what each track plays.",
     "/record/start jam.flac", Effect::none, start},
    {"/record/stop", {kMoment}, "Ends all recordings, now or at a moment.", "/record/stop", Effect::none, stop},
    {"/record/status", {}, "What is being recorded, and how much of the past is kept.", "/record/status", Effect::none, status},
    {"/record/last", {takes::number("count", 0, 100000), takes::text("bars or s"), takes::text("file")},
     "Writes what was heard already: whole bars, or seconds; the log of the session goes beside it.", "/record/last 4 s jam.flac", Effect::none, last},
    {"/engine/record/start", {kStart}, "As /record/start.", "/engine/record/start take1", Effect::none, start},
    {"/engine/record/stop", {kMoment}, "As /record/stop.", "/engine/record/stop", Effect::none, stop},
    {"/engine/record/status", {}, "As /record/status.", "/engine/record/status", Effect::none, status},
};

}  // namespace

std::span<const Command> record_commands() { return kCommands; }

}  // namespace chronus
