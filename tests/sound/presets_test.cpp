// The presets that come with the module types: nothing in their files is wrong, each is heard, and none is another.
#include <fmt/format.h>

#include "listen/meter.h"
#include "sound/measure.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

// A note of half a second, or, of what has no gate, a saw that goes through.
Sound heard(const Type& type, const std::string& preset) {
    Instrument instrument;
    instrument.load(fmt::format("limiter off\ncreate {} m \"preset={}\"\n", type.name, preset));
    if (!type.gate()) instrument.load("create saw s quiet freq=110\npatch s > m 0.5\n");
    if (type.gate()) instrument.done("gate m 0.9");
    Sound sound = instrument.play(24000);
    if (type.gate()) instrument.done("gate m 0");
    const Sound rest = instrument.play(type.name == "riser" ? 7 * 48000 : 24000);  // that one comes slowly
    sound.left.insert(sound.left.end(), rest.left.begin(), rest.left.end());
    sound.right.insert(sound.right.end(), rest.right.begin(), rest.right.end());
    return sound;
}

Figures figures_of(const Sound& sound) {
    Meter meter(48000);
    meter.add(sound.left.data(), sound.right.data(), sound.left.size());
    return meter.finish();
}

double difference(const Sound& a, const Sound& b) {
    double apart = 0, all = 1e-12;
    for (std::size_t i = 0; i < a.left.size(); ++i) {
        apart += std::pow(a.left[i] - b.left[i], 2);
        all += std::pow(a.left[i], 2) + std::pow(b.left[i], 2);
    }
    return apart / all;
}

}  // namespace

TEST_CASE("presets: of all that come with the types, no line is wrong and each says what it sounds like", "[presets]") {
    const Types types(modules());
    for (const Refusal& problem : types.problems()) FAIL_CHECK(problem.reason);
    std::size_t count = 0;
    for (const auto& [name, type] : types.all())
        for (const auto& [preset, told] : type.presets) {
            INFO(name << " " << preset);
            ++count;
            CHECK_FALSE(told.doc.empty());
            CHECK_FALSE(told.bases.empty());
        }
    CHECK(count >= 50);
}

TEST_CASE("presets: each is heard, none is too loud, and no two of a type are alike", "[presets][sound]") {
    const Types types(modules());
    for (const auto& [name, type] : types.all()) {
        if (type.presets.empty()) continue;
        std::vector<std::pair<std::string, Sound>> known{{"default", heard(type, "default")}};
        for (const auto& [preset, told] : type.presets) {
            Sound sound = heard(type, preset);
            const Figures figures = figures_of(sound);
            const double highest = std::max(sound::peak(sound.left), sound::peak(sound.right));
            INFO(name << " " << preset << ": peak " << highest << ", " << figures.momentary << " LUFS");
            CHECK(highest > 0.05);
            CHECK(highest < 1.3);
            CHECK(figures.momentary > -40);
            CHECK(figures.momentary < -4);
            for (const auto& [other, its] : known) {
                INFO(other);
                CHECK(difference(sound, its) > 1e-3);
            }
            known.emplace_back(preset, std::move(sound));
        }
    }
}
