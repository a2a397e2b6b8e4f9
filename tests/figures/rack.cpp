#include "figures/rack.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <numeric>
#include <stdexcept>

#include "figures/bench/signals.h"
#include "render/offline.h"

namespace chronus::figures {

Signals sent, heard;

namespace {

constexpr std::int64_t kBefore = 4800;  // frames: fades and smoothing are over
constexpr std::size_t kWays = Signals::kWays;

struct Rack {
    Offline offline{library(), kRate};

    void say(const std::string& line) {
        const Outcome outcome = offline.console().take_line(line);
        if (!outcome.done) throw std::runtime_error(line + ": " + std::get<std::string>(outcome.words.at(1)));
    }
    void block() {
        float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK];
        offline.block(left, right);
    }
};

void create(Rack& rack, const Type& type, const Stimulus& stimulus, const std::string& id) {
    rack.say(fmt::format("create {} {} quiet", type.name, id));
    for (const auto& [parameter, value] : stimulus.settings) rack.say(fmt::format("set {}.{} {}", id, parameter, value));
}

// Cables are made one feed a module, so that no two are fed by the same signal in memory.
void feed(Rack& rack, const Stimulus& stimulus, const std::string& feed, const std::string& id) {
    if (stimulus.cables.empty()) return;
    rack.say(fmt::format("create feed {} quiet", feed));
    std::size_t way = 0;
    for (const auto& [input, samples] : stimulus.cables) {
        ++way;
        if (!id.empty()) rack.say(fmt::format("connect {}.o{} > {}.{}", feed, way, id, input));
    }
}

void lay_out(const Stimulus& stimulus, std::vector<Samples>& rows, std::size_t frames) {
    if (stimulus.cables.size() > kWays) throw std::runtime_error("more than eight signals");
    for (const auto& [input, samples] : stimulus.cables) {
        rows.push_back(samples);
        rows.back().resize(frames);
    }
    sent = {.begin = kBefore, .length = std::int64_t(frames)};
    for (std::size_t i = 0; i < rows.size(); ++i) sent.rows[i] = rows[i].data();
}

// What is to be said before the block that begins at `frame`.
void play(Rack& rack, const Stimulus& stimulus, std::int64_t frame, const std::string& id) {
    const auto within = [&](std::size_t at) { return std::int64_t(at) / CHRONUS_BLOCK == frame / CHRONUS_BLOCK; };
    for (const Note& note : stimulus.notes) {
        const std::string gate = note.gate.empty() ? id : id + "." + note.gate;
        if (within(note.at + note.length)) rack.say(fmt::format("/gate/{} 0", gate));
        if (within(note.at)) rack.say(fmt::format("/gate/{} {}", gate, note.velocity));
    }
}

// `count` modules, each with a feed of its own; without a type the feeds alone.
class Crowd {
public:
    Crowd(const Type* type, const Stimulus& stimulus, int count, int blocks)
        : stimulus_(stimulus), count_(type ? count : 0), least_(std::size_t(blocks), 1e12) {
        for (int i = 0; i < count; ++i) {
            if (type) create(rack_, *type, stimulus, fmt::format("x{}", i));
            feed(rack_, stimulus, fmt::format("f{}", i), type ? fmt::format("x{}", i) : "");
        }
        while (rack_.offline.frame() < kBefore) rack_.block();
        rack_.say("play");
    }
    void play_blocks() {
        sent.begin = rack_.offline.frame();
        for (std::size_t b = 0; b < least_.size(); ++b) {
            for (int i = 0; i < count_; ++i) play(rack_, stimulus_, std::int64_t(b) * CHRONUS_BLOCK, fmt::format("x{}", i));
            const auto before = std::chrono::steady_clock::now();
            rack_.block();
            const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - before;
            least_[b] = std::min(least_[b], taken.count());
        }
    }

    void forget() { std::fill(least_.begin(), least_.end(), 1e12); }
    double time() const { return std::accumulate(least_.begin(), least_.end(), 0.0) / double(least_.size()); }

private:
    Rack rack_;
    const Stimulus& stimulus_;
    int count_;
    std::vector<double> least_;
};

}  // namespace

Stimulus& Stimulus::set(const std::string& parameter, double value) {
    return set(parameter, fmt::format("{}", float(value)));
}

std::vector<std::filesystem::path>& more_folders() {
    static std::vector<std::filesystem::path> folders;
    return folders;
}

const Library& library() {
    static const Library all = [] {
        std::vector<std::filesystem::path> folders{CHRONUS_MODULE_PATH, CHRONUS_BENCH_PATH};
        folders.insert(folders.end(), more_folders().begin(), more_folders().end());
        return Library::scan(folders);
    }();
    return all;
}

Take render(const Type& type, const Stimulus& stimulus, std::size_t frames) {
    frames = (frames + CHRONUS_BLOCK - 1) / CHRONUS_BLOCK * CHRONUS_BLOCK;
    std::vector<Samples> rows;
    lay_out(stimulus, rows, frames);

    Rack rack;
    create(rack, type, stimulus, "x");
    feed(rack, stimulus, "f", "x");
    rack.say("create tap t quiet");
    Take take;
    heard = {.begin = kBefore, .length = std::int64_t(frames)};
    std::size_t way = 0;
    for (const PublicPort& port : type.outputs) {
        if (way == kWays) break;
        Samples& samples = take[port.name];
        samples.resize(frames);
        heard.rows[way++] = samples.data();
        // Gates are linked to gates; what they do is seen as a cable's signal.
        rack.say(fmt::format("connect x.{} > t.i{}", port.name, way));
    }
    while (rack.offline.frame() < kBefore) rack.block();
    rack.say("play");
    for (std::int64_t at = 0; at < std::int64_t(frames); at += CHRONUS_BLOCK) {
        play(rack, stimulus, at, "x");
        rack.block();
    }
    return take;
}

double cost_in_saws(const Type& type, const Stimulus& stimulus, int count, const Type& saw, int blocks, int passes) {
    constexpr int kSaws = 64;
    static const Stimulus nothing;
    std::vector<Samples> rows;
    lay_out(stimulus, rows, std::size_t(blocks) * CHRONUS_BLOCK);
    Crowd with(&type, stimulus, count, blocks), without(nullptr, stimulus, count, blocks);
    static Crowd saws(&saw, nothing, kSaws, blocks), feeds(nullptr, nothing, kSaws, blocks);  // they take a while to make
    saws.forget(), feeds.forget();
    for (int pass = 0; pass < passes; ++pass)
        for (Crowd* crowd : {&with, &without, &saws, &feeds}) crowd->play_blocks();
    return (with.time() - without.time()) / count / ((saws.time() - feeds.time()) / kSaws);
}

}  // namespace chronus::figures
