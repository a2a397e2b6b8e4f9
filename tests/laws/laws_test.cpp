// The laws: what every module type found in the module path must keep to, without its author writing a line.
#include <fmt/format.h>

#include <string>

#include "catch.h"
#include "guard/guard.h"
#include "host/library.h"
#include "laws/corners.h"
#include "laws/judge.h"
#include "laws/rig.h"
#include "laws/signals.h"

using namespace chronus;
using namespace chronus::laws;

namespace {

const Library& library() {
    static const Library all = Library::scan({CHRONUS_MODULE_PATH});
    return all;
}

// Runs a law for each type in a section of its own, so that a failure names the type. That a module neither
// allocates nor locks nor calls the system while it plays or is reset is a law too, and holds in all of them.
template <class Law>
void for_each_type(Law law) {
    const FlushToZero flush;
    for (const std::string& name : library().names()) DYNAMIC_SECTION(name) {
            const guard::Counting counting;
            law(*library().find(name));
            INFO("on the audio thread it did: " << guard::last_violation());
            CHECK(guard::violations() == 0);
        }
}

// The largest absolute value of a unit's audio outputs; NaN counts as infinite.
float peak(const Rig& rig, std::size_t u) {
    float most = 0;
    for (std::size_t o = 0; o < rig.type().output_count; ++o) {
        if (rig.type().outputs[o].meaning != CHRONUS_AUDIO) continue;
        for (int i = 0; i < CHRONUS_BLOCK; ++i) {
            const float x = std::fabs(rig.out(u, o)[i]);
            if (!(x <= most)) most = std::isnan(x) ? INFINITY : x;
        }
    }
    return most;
}

}  // namespace

TEST_CASE("law: every module file of the build is a module type", "[laws]") {
    for (const Refusal& problem : library().problems()) FAIL_CHECK(problem.reason);
}

TEST_CASE("law: a batch gives each module the bits it has alone", "[laws]") {
    for_each_type([](const ModuleType& type) {
        constexpr std::size_t kMost = 17;
        Rig alone(type, kMost);
        Rig together[] = {{type, 1}, {type, 3}, {type, 8}, {type, kMost}};
        for (std::size_t block = 0; block < 48; ++block) {
            anything(alone, block);
            alone.process(1);
            for (Rig& batch : together) {
                anything(batch, block);
                batch.process(batch.count());
                for (std::size_t u = 0; u < batch.count(); ++u) {
                    INFO("batch of " << batch.count() << ", module " << u << ", block " << block);
                    REQUIRE(difference(batch, u, alone) == "");
                }
            }
        }
        REQUIRE(alone.fences_stand());
        for (const Rig& batch : together) REQUIRE(batch.fences_stand());
    });
}

TEST_CASE("law: reset restores, also what has heard NaN", "[laws]") {
    for_each_type([](const ModuleType& type) {
        constexpr std::size_t kCount = 5;
        Rig fresh(type, kCount), used(type, kCount);
        for (const bool poisoned : {false, true}) {
            for (std::size_t block = 0; block < 64; ++block) {
                anything(used, 500 + block);
                for (std::size_t u = 0; poisoned && u < kCount; ++u)
                    for (std::size_t i = 0; i < used.type().input_count; ++i)
                        if (used.type().inputs[i].meaning == CHRONUS_AUDIO)
                            hold(used.in(u, i), u % 2 ? INFINITY : std::nanf(""));
                used.process(kCount);
            }
            REQUIRE(used.fences_stand());
            used.reset();
            fresh.reset();
            REQUIRE(used.arenas_sufficed());
            for (std::size_t block = 0; block < 32; ++block) {
                for (Rig* rig : {&fresh, &used}) {
                    anything(*rig, block);
                    rig->process(kCount);
                }
                for (std::size_t u = 0; u < kCount; ++u) {
                    INFO((poisoned ? "after NaN, module " : "module ") << u << ", block " << block);
                    REQUIRE(difference(used, u, fresh) == "");
                }
            }
        }
    });
}

namespace {

// Plays all sounds after another, each unit beginning with another one, with beats on the gates.
void try_settings(const ModuleType& type, const std::vector<Setting>& settings, double rate,
                  std::size_t blocks) {
    constexpr std::size_t kAtOnce = 32;
    const Sounds sounds(rate);
    for (std::size_t first = 0; first < settings.size(); first += kAtOnce) {
        Rig rig(type, std::min(kAtOnce, settings.size() - first), rate);
        for (std::size_t u = 0; u < rig.count(); ++u) set(rig, u, settings[first + u]);
        for (std::size_t block = 0; block < kSounds * blocks; ++block) {
            const auto heard = [&](std::size_t u) { return (u + block / blocks) % kSounds; };
            for (std::size_t u = 0; u < rig.count(); ++u)
                for (std::size_t i = 0; i < rig.type().input_count; ++i) {
                    if (rig.type().inputs[i].meaning == CHRONUS_AUDIO)
                        sounds.play(rig, u, i, laws::Sound(heard(u)), block);
                    if (rig.type().inputs[i].meaning == CHRONUS_GATE) beat(rig, u, i, block);
                }
            rig.process(rig.count());
            for (std::size_t u = 0; u < rig.count(); ++u) {
                const std::string found = excess(rig, u);
                if (found.empty()) continue;
                FAIL(fmt::format("{}: {}, {} s into {} at {} Hz", text_of(rig.type(), settings[first + u]),
                                 found, double(block * CHRONUS_BLOCK) / rate, kSoundNames[heard(u)], rate));
            }
        }
        REQUIRE(rig.fences_stand());
    }
}

}  // namespace

TEST_CASE("law: outputs stay within the largest gain, with every parameter at both ends alone", "[laws]") {
    for_each_type(
        [](const ModuleType& type) { try_settings(type, one_at_a_time(type.descriptor()), 48000, 600); });
}

TEST_CASE("law: outputs stay within the largest gain, with each pair of ends of parameters", "[laws]") {
    for_each_type([](const ModuleType& type) {
        try_settings(type, Pairwise(type.descriptor()).settings(), 96000, 400);
    });
}

TEST_CASE("law: outputs stay within the largest gain, in 200 random corners", "[laws]") {
    for_each_type([](const ModuleType& type) {
        try_settings(type, random_corners(type.descriptor(), 200), 44100, 100);
    });
}

TEST_CASE("law: outputs stay within the largest gain, with everything moving at once", "[laws]") {
    for_each_type([](const ModuleType& type) {
        Rig rig(type, 16);
        for (std::size_t block = 0; block < 2000; ++block) {
            anything(rig, block);
            rig.process(rig.count());
            for (std::size_t u = 0; u < rig.count(); ++u) {
                INFO("module " << u << ", block " << block);
                REQUIRE(excess(rig, u) == "");
            }
        }
    });
}

namespace {

constexpr float kSilence = 1e-5f;  // -100 dB

// Audio into a modulation input is no sound that could end: an oscillator goes on without it.
bool is_effect(const chronus_module_type& type) {
    for (std::uint32_t i = 0; i < type.input_count; ++i) {
        const std::string_view name = type.inputs[i].name;
        if (type.inputs[i].meaning == CHRONUS_AUDIO && name != "fm" && name != "pm" && name != "am" &&
            name != "sync")
            return true;
    }
    return false;
}

// A gate that only begins anew what sounds anyway is called `restart`.
bool waits_for_notes(const chronus_module_type& type) {
    for (std::uint32_t i = 0; i < type.input_count; ++i)
        if (type.inputs[i].meaning == CHRONUS_GATE && type.inputs[i].name != std::string_view("restart")) return true;
    return false;
}

// Sounds by itself: what has neither sound nor notes to wait for, and what moves at a rate of its own.
bool is_source(const ModuleType& type) {
    return !is_effect(type.descriptor()) && (!waits_for_notes(type.descriptor()) || type.find_input("rate"));
}

}  // namespace

TEST_CASE("law: an effect that is starved falls silent within 30 s", "[laws]") {
    for_each_type([](const ModuleType& type) {
        if (!is_effect(type.descriptor())) return;
        Rig rig(type, 1);
        const std::size_t second = 48000 / CHRONUS_BLOCK;
        const Sounds sounds(48000);
        set(rig, 0, defaults(type.descriptor()));
        for (std::size_t block = 0; block < second; ++block) {
            for (std::size_t i = 0; i < rig.type().input_count; ++i) {
                if (rig.type().inputs[i].meaning == CHRONUS_AUDIO)
                    sounds.play(rig, 0, i, laws::Sound::noise, block);
                if (rig.type().inputs[i].meaning == CHRONUS_GATE) beat(rig, 0, i, block);
            }
            rig.process(1);
        }
        set(rig, 0, defaults(type.descriptor()));
        std::size_t silent = 0;
        float last = 0;
        for (std::size_t block = 0; block < 30 * second && silent < second; ++block) {
            rig.process(1);
            last = peak(rig, 0);
            silent = last < kSilence ? silent + 1 : 0;
        }
        INFO("after 30 s it is at " << last);
        CHECK(silent == second);
    });
}

TEST_CASE("law: what waits for a note is silent until one comes", "[laws]") {
    for_each_type([](const ModuleType& type) {
        if (is_effect(type.descriptor()) || is_source(type)) return;
        Rig rig(type, 8);
        for (std::size_t u = 0; u < rig.count(); ++u) set(rig, u, defaults(type.descriptor()));
        float most = 0;
        for (std::size_t block = 0; block < 1500; ++block) {
            rig.process(rig.count());
            for (std::size_t u = 0; u < rig.count(); ++u) most = std::fmax(most, peak(rig, u));
        }
        CHECK(most < kSilence);
    });
}
