#include "laws/trial.h"

#include <fmt/format.h>
#include <xmmintrin.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <vector>

#include "guard/guard.h"
#include "laws/corners.h"
#include "laws/judge.h"
#include "laws/rig.h"
#include "laws/signals.h"

namespace chronus::laws {
namespace {

using Fault = std::optional<Refusal>;

constexpr std::size_t kBlocks = 200;
constexpr std::size_t kBatches[] = {1, 3, 8, 17};
constexpr std::size_t kMost = 17;
constexpr double kMostMegabytes = 64;       // of delay lines and tables, a module
constexpr double kMostDc = 0.3;             // of what is fed without any
constexpr double kRate = 48000;
constexpr double kMostOfBlock = 0.125;      // of a block's time, for one module
constexpr double kBlockNanoseconds = 1e9 * double{CHRONUS_BLOCK} / kRate;

class Trial {
public:
    Trial(const ModuleType& type, Teller& teller) : type_(type), teller_(teller) {}

    Fault run() {
        for (const auto check : {&Trial::prepare, &Trial::time, &Trial::repeat, &Trial::batches, &Trial::alone, &Trial::corners, &Trial::dc})
            if (Fault fault = (this->*check)()) return fault;
        teller_.figure("peak", peak_);
        return std::nullopt;
    }

private:
    // What it must not do while it plays is counted meanwhile.
    Fault watch(const std::string& what, const std::function<std::string()>& act) {
        teller_.at(what);
        const guard::Counting counting;
        const std::string wrong = act();
        if (guard::violations() > 0)
            return Refusal{"realtime", fmt::format("it does what no audio thread may: {} ({})", guard::last_violation(), what), ""};
        if ((_mm_getcsr() & kControl) != control_)
            return Refusal{"realtime", fmt::format("it changes how the processor rounds, or treats the smallest numbers ({})", what), ""};
        if (!wrong.empty()) return Refusal{"sound", wrong, ""};
        return std::nullopt;
    }

    Fault prepare() {
        teller_.at("prepare and reset");
        Rig rig(type_, 1);
        const double megabytes = static_cast<double>(rig.arena_bytes() + rig.type().state_size) * 0x1p-20;
        teller_.figure("megabytes", megabytes);
        if (megabytes > kMostMegabytes)
            return Refusal{"memory", fmt::format("a module of it takes {:.0f} MB; {:.0f} are the most", megabytes, kMostMegabytes), ""};
        return watch("reset", [&] {
            rig.reset();
            return rig.arenas_sufficed() ? "" : "after a reset it asks for more memory than before";
        });
    }

    // The same twice: chance must come of the seed.
    Fault repeat() {
        Rig one(type_, 3), other(type_, 3);
        return watch("the same twice", [&] {
            for (std::size_t block = 0; block < kBlocks / 4; ++block) {
                for (Rig* rig : {&one, &other}) {
                    anything(*rig, block);
                    rig->process(1);
                }
                for (std::size_t u = 0; u < one.count(); ++u)
                    if (const std::string found = difference(one, u, other); !found.empty())
                        return fmt::format("it is not the same twice: {} (block {})", found, block);
            }
            return std::string();
        });
    }

    Fault batches() {
        for (const std::size_t count : kBatches) {
            Rig together(type_, count), alone(type_, count);
            Fault fault = watch(fmt::format("random walks, {} at once", count), [&] {
                for (std::size_t block = 0; block < kBlocks; ++block)
                    if (const std::string found = compare(together, alone, block); !found.empty()) return found;
                return together.fences_stand() ? std::string() : std::string("it writes beyond its own memory");
            });
            if (fault) return fault;
        }
        return std::nullopt;
    }

    std::string compare(Rig& together, Rig& alone, std::size_t block) {
        for (Rig* rig : {&together, &alone}) {
            anything(*rig, block);
            rig->process(rig == &together ? rig->count() : 1);
        }
        for (std::size_t u = 0; u < alone.count(); ++u) {
            if (const std::string found = excess(alone, u); !found.empty())
                return fmt::format("{}, with everything moving, block {}", found, block);
            if (const std::string found = difference(together, u, alone); !found.empty())
                return fmt::format("in a batch of {} it sounds otherwise than alone: {} (block {})", together.count(), found, block);
            note_peak(alone, u);
        }
        return "";
    }

    Fault alone() { return settings("extremes of each parameter", one_at_a_time(type_.descriptor())); }
    Fault corners() { return settings("corners", random_corners(type_.descriptor(), 32)); }

    // Each sound for a fifth of the blocks.
    Fault settings(const std::string& what, const std::vector<Setting>& all) {
        constexpr std::size_t kAtOnce = 16;
        for (std::size_t first = 0; first < all.size(); first += kAtOnce) {
            Rig rig(type_, std::min(kAtOnce, all.size() - first));
            for (std::size_t u = 0; u < rig.count(); ++u) set(rig, u, all[first + u]);
            Fault fault = watch(what, [&] {
                for (std::size_t block = 0; block < kBlocks; ++block) {
                    const auto heard = [&](std::size_t u) { return Sound((u + block * kSounds / kBlocks) % kSounds); };
                    for (std::size_t u = 0; u < rig.count(); ++u) feed(rig, u, heard(u), block);
                    rig.process(rig.count());
                    for (std::size_t u = 0; u < rig.count(); ++u) {
                        note_peak(rig, u);
                        if (const std::string found = excess(rig, u); !found.empty())
                            return fmt::format("{}, with {}, block {}: {}", found, kSoundNames[int(heard(u))], block,
                                               text_of(rig.type(), all[first + u]));
                    }
                }
                return std::string();
            });
            if (fault) return fault;
        }
        return std::nullopt;
    }

    void feed(Rig& rig, std::size_t u, Sound sound, std::size_t block) {
        for (std::size_t i = 0; i < rig.type().input_count; ++i) {
            if (rig.type().inputs[i].meaning == CHRONUS_AUDIO) sounds_.play(rig, u, i, sound, block);
            if (rig.type().inputs[i].meaning == CHRONUS_GATE) beat(rig, u, i, block);
        }
    }

    // What bends a wave gives it any mean it likes.
    static bool bends(const chronus_port& port) {
        const std::string_view name = port.name;
        return name == "fm" || name == "pm" || name == "am" || name == "sync";
    }

    // At rest, and with noise and notes: what comes out swings around nothing.
    Fault dc() {
        Rig rig(type_, 2);
        for (std::size_t u = 0; u < 2; ++u) set(rig, u, defaults(type_.descriptor()));
        std::vector<double> sums(2 * type_.descriptor().output_count);
        Fault fault = watch("DC", [&] {
            for (std::size_t block = 0; block < 3 * kBlocks; ++block) {
                feed(rig, 0, Sound::silence, block);
                feed(rig, 1, Sound::noise, block);
                for (std::size_t i = 0; i < rig.type().input_count; ++i)
                    if (bends(rig.type().inputs[i])) hold(rig.in(1, i), 0);
                rig.process(2);
                if (block < kBlocks) continue;
                for (std::size_t u = 0; u < 2; ++u)
                    for (std::size_t o = 0; o < rig.type().output_count; ++o)
                        for (int i = 0; i < CHRONUS_BLOCK; ++i) sums[u * rig.type().output_count + o] += rig.out(u, o)[i];
            }
            return std::string();
        });
        double most = 0;
        for (std::size_t s = 0; s < sums.size(); ++s) {
            const chronus_port& port = rig.type().outputs[s % rig.type().output_count];
            if (port.meaning != CHRONUS_AUDIO) continue;
            const double mean = std::fabs(sums[s]) / (2 * kBlocks * CHRONUS_BLOCK);
            most = std::max(most, mean);
            if (mean > kMostDc && !fault) fault = Refusal{"sound", fmt::format("{} stands {:.2f} off zero: DC", port.name, mean), ""};
        }
        teller_.figure("dc", most);
        return fault;
    }

    // First of all, so that what is slow is told to be that. The quickest quarter of the blocks tells what it takes: the
    // rest may have been somebody else's.
    Fault time() {
        const double alone = nanoseconds(1, 40);
        teller_.figure("ns_a_block", alone);
        if (alone > kMostOfBlock * kBlockNanoseconds)
            return Refusal{"time", fmt::format("a block takes {:.0f} us; {:.0f} are the most for one module", alone / 1000,
                                               kMostOfBlock * kBlockNanoseconds / 1000), ""};
        teller_.figure("ns_of_16", nanoseconds(16, kBlocks));
        return std::nullopt;
    }

    // A block of one of so many.
    double nanoseconds(std::size_t count, std::size_t blocks) {
        using Clock = std::chrono::steady_clock;
        teller_.at("its first blocks");
        const guard::Counting counting;  // what it does wrong is told later
        Rig rig(type_, count);
        for (std::size_t u = 0; u < count; ++u) set(rig, u, defaults(type_.descriptor()));
        std::vector<double> spent;
        for (std::size_t block = 0; block < blocks; ++block) {
            for (std::size_t u = 0; u < count; ++u) feed(rig, u, Sound::noise, block);
            const auto before = Clock::now();
            rig.process(count);
            spent.push_back(std::chrono::duration<double, std::nano>(Clock::now() - before).count());
        }
        const auto quarter = spent.begin() + static_cast<std::ptrdiff_t>(blocks / 4);
        std::nth_element(spent.begin(), quarter, spent.end());
        return *quarter / static_cast<double>(count);
    }

    void note_peak(const Rig& rig, std::size_t u) {
        for (std::size_t o = 0; o < rig.type().output_count; ++o)
            for (int i = 0; i < CHRONUS_BLOCK; ++i) peak_ = std::max(peak_, std::fabs(rig.out(u, o)[i]));
    }

    static constexpr unsigned kControl = 0xFFC0;  // of MXCSR: what is no flag

    const unsigned control_ = _mm_getcsr() & kControl;  // before the first block
    const ModuleType& type_;
    Teller& teller_;
    Sounds sounds_{kRate};
    float peak_ = 0;
};

}  // namespace

std::optional<Refusal> try_out(const ModuleType& type, Teller& teller) { return Trial(type, teller).run(); }

}  // namespace chronus::laws
