// What the synthesizer costs: works rendered offline on one thread, CPU seconds and x real time; with --peers
// beside what others cost for the same, in turns, so that a busy machine is as busy for all.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>

#include "messages.h"
#include "peers.h"
#include "render.h"
#include "works.h"

namespace {

using namespace chronus;
using namespace chronus::bench;

struct Options {
    std::vector<std::string> works;
    double seconds = 30;
    int runs = 3;
    int rate = 48000;
    bool peers = false, types = false;
    std::vector<std::string> only;  // of the peers; none: all
    MessageLoad load;
};

void print(const std::string& name, double cost, double seconds, const std::string& more) {
    fmt::print("  {:<18} {:8.3f} s {:8.1f} x real time   {}\n", name, cost, seconds / cost, more);
    std::fflush(stdout);
}

void print_types(const Cost& cost) {
    double rest = 1;
    for (const TypeCost& type : cost.types) {
        rest -= type.share;
        if (type.share >= 0.005) fmt::print("    {:<16} {:8.3f} s {:7.1f} %\n", type.name, type.share * cost.audio, type.share * 100);
    }
    fmt::print("    {:<16} {:8.3f} s {:7.1f} %\n", "sums, the way out", rest * cost.audio, rest * 100);
}

// Ours once more, if it is the least so far.
Result<Done> again(const Library& library, const std::string& work, const Options& options, Cost& least) {
    const auto cost = render(library, work, options.seconds, options.rate);
    if (!cost) return cost.refusal();
    if (least.seconds == 0 || cost->seconds < least.seconds) least = *cost;
    return Done{};
}

Result<Done> run(const Library& library, const std::string& name, const Options& options) {
    const auto found = std::find_if(works().begin(), works().end(), [&](const Work& w) { return w.name == name; });
    fmt::print("{}: {}, {} s at {} Hz\n", name, found == works().end() ? "" : found->what, options.seconds, options.rate);
    const Desk desk;
    std::vector<Peer> others;
    if ((options.peers || !options.only.empty()) && found != works().end() && found->has_peers) others = peers(name, options.seconds, desk);
    std::erase_if(others, [&](const Peer& peer) {
        return !options.only.empty() && std::find(options.only.begin(), options.only.end(), peer.name) == options.only.end();
    });
    struct Result { std::string name; double seconds; };
    std::vector<Result> theirs;
    Cost ours;
    for (int i = 0; i < options.runs; ++i)
        if (const auto done = again(library, name, options, ours); !done) return done;
    for (const Peer& peer : others) {
        const auto seconds = measure(peer, options.runs);
        if (seconds) theirs.push_back({peer.name, *seconds});
        else fmt::print("  {:<18} not installed, or it failed\n", peer.name);
        if (const auto done = again(library, name, options, ours); !done) return done;
    }
    print("chronus", ours.seconds, options.seconds, fmt::format("bits {:016x}", ours.bits));
    if (options.types) print_types(ours);
    for (const Result& peer : theirs)
        print(peer.name, peer.seconds, options.seconds, fmt::format("{:.2f} x the CPU of chronus", peer.seconds / ours.seconds));
    return Done{};
}

}  // namespace

int main(int count, char** words) {
    Options options;
    CLI::App app{"What Music Chronus costs: CPU seconds, the least of some runs, to render works offline on one thread."};
    app.add_option("works", options.works, "messages (what a daemon takes over its sockets), sines, voices, studio, acid-dreams, acid, drum-and-bass, four-on-the-floor, or files; default: the first four");
    app.add_option("--seconds", options.seconds, "how much of each")->check(CLI::Range(0.01, 3600.0));
    app.add_option("--runs", options.runs, "of which the least counts")->check(CLI::Range(1, 100));
    app.add_option("--rate", options.rate, "frames a second (peers: 48000)")->check(CLI::Range(8000, 384000));
    app.add_flag("--peers", options.peers, "what others cost for the same, where they are installed");
    app.add_option("--peer", options.only, "only this one of them: scsynth, csound, …");
    app.add_flag("--types", options.types, "what each module type costs");
    app.add_option("--device", options.load.device, "messages: what the daemon plays on");
    app.add_option("--frames", options.load.frames, "messages: in a block of the device");
    app.add_option("--unix-rate", options.load.unix_rate, "messages a second over the UNIX socket");
    app.add_option("--udp-rate", options.load.udp_rate, "messages a second over UDP");
    CLI11_PARSE(app, count, words);
    if (options.works.empty())
        for (std::size_t i = 0; i < 4; ++i) options.works.push_back(works()[i].name);
    const Library library = Library::scan({CHRONUS_MODULE_PATH});
    for (const Refusal& problem : library.problems()) fmt::print(stderr, "chronus-bench: {}\n", problem.reason);
    for (const std::string& work : options.works) {
        options.load.seconds = options.seconds;
        const auto done = work == "messages" ? measure_messages(options.load) : run(library, work, options);
        if (done) continue;
        fmt::print(stderr, "chronus-bench: {}\n", done.refusal().reason);
        return 1;
    }
    return 0;
}
