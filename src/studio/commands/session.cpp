// Commands about the logs of sessions.
#include <fstream>

#include "studio/console.h"
#include "studio/replay.h"
#include "text/log.h"
#include "text/message_text.h"
#include "text/numbers.h"

namespace chronus {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostShown = 30'000;  // bytes: what goes into a datagram

fs::path written(const Request& request) { return request.console.log() ? request.console.log()->file().path() : fs::path(); }

Result<fs::path> find(const Request& request) { return request.console.sessions().find(request.text(0), written(request)); }

Result<Words> list(Request& request) {
    Words words;
    for (const std::string& name : request.console.sessions().list()) {
        const auto file = request.console.sessions().find(name, {});
        const std::int64_t frames = file ? last_frame_of(*file) : -1;
        const bool now = file && *file == written(request);
        words.push_back(fmt::format("{} {:.1f} min{}", name, static_cast<double>(std::max<std::int64_t>(frames, 0)) / request.console.rate() / 60, now ? " (this)" : ""));
    }
    if (words.empty()) words.push_back(std::string("there are no sessions"));
    return words;
}

Result<Words> show(Request& request) {
    const auto file = find(request);
    if (!file) return file.refusal();
    const auto count = static_cast<std::size_t>(request.number(1));
    std::ifstream stream(*file, std::ios::binary);
    std::deque<std::string> lines;
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
        if (lines.size() > count) lines.pop_front();
    }
    std::string text;
    std::size_t first = lines.size();
    for (std::size_t bytes = 0; first > 0 && (bytes += lines[first - 1].size() + 1) <= kMostShown;) --first;
    for (std::size_t i = first; i < lines.size(); ++i) text += (text.empty() ? "" : "\n") + lines[i];
    return Words{text};
}

Result<Words> render(Request& request) {
    const auto file = find(request);
    if (!file) return file.refusal();
    if (!request.console.render_log) return request.refuse("device", "nobody renders here");
    fs::path out = request.text(1);
    if (out.empty()) out = file->stem().string() + ".wav";
    if (const auto begun = request.console.render_log(*file, out); !begun) return begun.refusal();
    return Words{out.string(), std::string("is being rendered")};
}

// What has no arguments would be sent with those of the line before: it gets one that changes nothing, where there is one.
bool make_sendable(Message& message) {
    const Command* command = find_command(message.address);
    if (message.address == "/sync" || message.address.starts_with("/session/")) return false;
    if (message.arguments.empty()) {
        if (!command || (command->takes.size() > 0 && message.address != "/play")) return false;
        message.arguments = {std::int32_t{1}};
    }
    for (const Argument& argument : message.arguments) {
        const auto* text = std::get_if<std::string>(&argument);
        if (text && (text->empty() || text->find_first_of(" \t\"\\\n#") != std::string::npos)) return false;
        if (std::holds_alternative<bool>(argument) || std::holds_alternative<Nil>(argument)) return false;
    }
    return true;
}

// As oscsendfile 0.31 reads it: times from the start, no comments, no strings with spaces.
Result<Words> export_to(Request& request) {
    const auto file = find(request);
    if (!file) return file.refusal();
    std::ifstream stream(*file, std::ios::binary);
    const auto lines = read_log(stream);
    if (!lines) return lines.refusal();
    fs::path out = *file;
    out.replace_extension(".oscsend");
    std::ofstream to(out, std::ios::binary);
    std::int32_t sent = 0, left = 0;
    std::vector<std::string> examples;
    std::int64_t origin = -1;
    for (LogLine line : *lines) {
        if (line.message.address == "/sync") continue;  // it parts batches of a replay
        if (origin < 0) origin = line.time.frame;
        if (!make_sendable(line.message)) {
            ++left;
            if (examples.size() < 5) examples.push_back(print_message(line.message));
            continue;
        }
        const auto frames = static_cast<unsigned __int128>(line.time.frame - origin);
        const auto ntp = static_cast<std::uint64_t>((frames << 32) / static_cast<unsigned>(request.console.rate())) + (std::uint64_t{1} << 32);
        to << print_log_line({.is_frame = false, .frame = 0, .ntp = ntp}, line.message) << '\n';
        ++sent;
    }
    if (!to.flush()) return Refusal{"file", "cannot write " + out.string(), "session export last"};
    Words words{out.string(), sent, std::string("messages"), left, std::string("left out")};
    for (const std::string& example : examples) words.push_back(example);
    return words;
}

// last bar 17 tempo 140 loop
Result<Replay::Wish> read_wish(Request& request) {
    Replay::Wish wish{.who = request.console.speaker()};
    for (std::size_t i = 1; i < request.count(); ++i) {
        const std::string word = request.text(i);
        const double number = i + 1 < request.count() ? number_of(request.message.arguments[i + 1]).value_or(0) : 0;
        if (word == "loop") wish.loop = true;
        else if (word == "bar" && number > 0) wish.bar = static_cast<int>(request.clamped("bar", number, 1, 1e6)), ++i;
        else if (word == "tempo" && number > 0) wish.tempo = request.clamped("tempo", number, 20, 999), ++i;
        else return request.refuse("syntax", fmt::format("{} is neither bar N nor tempo N nor loop", word));
    }
    return wish;
}

Result<Words> replay(Request& request) {
    if (request.text(0) == "off") {
        if (!request.console.replays()) return request.refuse("unknown", "nothing is being replayed");
        request.console.replay(std::nullopt);
        return Words{std::string("off")};
    }
    const auto file = find(request);
    if (!file) return file.refusal();
    const auto wish = read_wish(request);
    if (!wish) return wish.refusal();
    if (request.console.log()) request.console.log()->file().flush();
    std::ifstream stream(*file, std::ios::binary);
    auto lines = read_log(stream);
    if (!lines) return lines.refusal();
    if (lines->empty()) return Refusal{"file", file->string() + " has no messages", "session list"};
    Replay replay(std::move(*lines), request.console.rate(), *wish);
    Words words{file->stem().string(), static_cast<float>(static_cast<double>(replay.frames()) / request.console.rate()), std::string("s")};
    request.console.replay(std::move(replay));
    return words;
}

constexpr Takes kName = takes::text("name, last or this").or_else("this");

constexpr Command kCommands[] = {
    {"/session/list", {}, "The logs of sessions, the newest last.", "/session/list", Effect::none, list},
    {"/session/show", {kName, takes::whole("lines", 1, 100000).or_else("40")}, "The last lines of a session's log.", "/session/show this 10",
     Effect::none, show},
    {"/session/render", {kName, takes::text("file").or_else("")}, "Renders a session to a .wav or .flac, beside all else; an event tells when it is done.",
     "/session/render this", Effect::none, render},
    {"/session/replay", {takes::text("name, last, this or off"), takes::many("bar N, tempo N, loop").or_else("")},
     "Plays a session's log again, on an empty rack: from a bar on, at another tempo, over and over.", "/session/replay this bar 1", Effect::none, replay},
    {"/session/export", {kName}, "Writes what oscsendfile can send of a session beside its log, and tells what it cannot.", "/session/export this",
     Effect::none, export_to},
};

}  // namespace

std::span<const Command> session_commands() { return kCommands; }

}  // namespace chronus
