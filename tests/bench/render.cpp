#include "render.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <bit>
#include <memory>

#include "render/offline.h"
#include "text/message_text.h"
#include "works.h"

namespace chronus::bench {
namespace {

// The counters of the engine are in cycles of its own clock; seconds come from the whole.
void share_out(Cost& cost, Console& console) {
    const Counters& counters = console.mail().counters;
    const double all = static_cast<double>(counters.cycles.load());
    const auto& names = console.roster().type_slots();
    for (std::size_t slot = 0; slot < names.size(); ++slot) {
        const double cycles = 16.0 * static_cast<double>(counters.type_cycles[slot].load());
        if (cycles > 0) cost.types.push_back({names[slot], cycles / all});
    }
    std::sort(cost.types.begin(), cost.types.end(), [](const TypeCost& a, const TypeCost& b) { return a.share > b.share; });
}

void add(std::uint64_t& hash, const float* samples) {
    for (int i = 0; i < CHRONUS_BLOCK; ++i)
        hash = (hash ^ std::bit_cast<std::uint32_t>(samples[i])) * 0x9E3779B97F4A7C15u;
}

}  // namespace

double cpu_seconds() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

Result<Cost> render(const Library& library, const std::string& work, double seconds, int rate) {
    const double begun = cpu_seconds();
    const auto recital = recital_of(work, rate);
    if (!recital) return recital.refusal();
    auto offline = std::make_unique<Offline>(library, rate);
    Result<Done> done = Done{};
    const auto refused = [&](const Recital::Line& line, const Outcome& outcome) {
        if (recital->is_song)
            done = Refusal{"work", fmt::format("{}: {}: {}", work, print_message(line.message), text_of(outcome.words.at(1)).value_or("")), ""};
    };
    Cost cost;
    const auto frames = static_cast<std::int64_t>(seconds * rate);
    double first_block = 0;
    while (offline->frame() < frames) {
        offline->feed(*recital, refused);
        if (!done) return done.refusal();
        float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK];
        if (offline->frame() == 0) first_block = cpu_seconds();
        offline->block(left, right);
        add(cost.bits, left);
        add(cost.bits, right);
    }
    const double end = cpu_seconds();
    cost.seconds = end - begun;
    cost.audio = end - first_block;
    share_out(cost, offline->console());
    return cost;
}

}  // namespace chronus::bench
