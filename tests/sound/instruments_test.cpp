// The instruments that are made of parts, and their presets: played with a line as they will be played, they are as loud as
// each other, do not clip, fall silent; and each of their parameters does something over its whole range and no harm at
// its ends.
#include <fmt/format.h>

#include "listen/meter.h"
#include "sound/measure.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

constexpr int kRate = 48000;

struct Performer {
    const char* type;
    int tempo;
    const char* line;      // of the song: the instrument is b
    double loudness;       // LUFS that it is meant to have
    double seconds, tail;  // it plays; after the last note it is silent
    double low, high;      // Hz: the middle of its spectrum lies between
};

constexpr const char* kDrums =
    "sequence b.kick: X...X...X...X...\nsequence b.snare: ....X.......X..x\nsequence b.hat: x.x.x.x.x.x.x.x.\n"
    "sequence b.open: ..X...X...X...X.\nsequence b.clap: ....X...........\nsequence b.rim: ...x......x.....\n"
    "sequence b.tom: .............x.x\nsequence b.ride: x...x...\nsequence b.crash: X............... ................\n";
constexpr const char* kChords =
    "/seq/add x b X_____x_X___.... notes=A3,F3\n/seq/add y b X_____x_X___.... notes=C4,A3\n/seq/add z b X_____x_X___.... notes=E4,C4\n";

const Performer kPlayers[] = {
    {"sub-bass", 128, "sequence b: X___..X_X_______\nmelody b: F1 F1 Ab1 C1 Eb1\n", -16, 4, 2, 30, 200},
    {"acid-bass", 130, "sequence b: X.xXx.X.x.X.xX..\nmelody b: C2 C2 C3> Eb2 G1 Bb2>\n", -27, 4, 2, 60, 1500},
    {"bass", 126, "sequence b: X.x.X_.xX.x_X_..\nmelody b: A1 A1 C2 G1\n", -18, 4, 4, 60, 800},
    {"reese", 174, "sequence b: X___..X_..X_____\nmelody b: F1 Ab1 Eb1\n", -15, 4, 2, 40, 800},
    {"voice", 120, "melody b: A3 _ _ C4> _ E4 _ . G4 _ _ _ E4 _ D4 .\n", -18, 4, 2, 150, 1000},
    {"chord", 126, "sequence b: ..X...X..X....x.\nmelody b: A3 A3 D4 E4\n", -21, 4, 2, 200, 1500},
    {"lead", 140, "melody b: A3 _ _ C4> _ E4 _ . G4 _ _ _ E4 _ D4 .\n", -17, 4, 9, 250, 3000},
    {"pad", 120, kChords, -19, 4, 14, 150, 2500},
    {"stab", 126, "sequence b: ..X...X..X....x.\nmelody b: A3 A3 D4 E4\n", -19, 4, 14, 300, 3000},
    {"keys", 120, kChords, -17, 4, 8, 150, 1500},
    {"bell", 120, "sequence b: X...x...X..x....\nmelody b: A4 C5 E5 G5\n", -20, 4, 16, 450, 3000},
    {"riser", 128, "sequence b: X___............ ................ ................\nmelody b: A2\n", -17, 4.5, 12, 300, 8000},
    {"kit-909", 130, kDrums, -16, 4, 5, 300, 5000},
    {"kit-808", 120, kDrums, -16, 4, 8, 80, 5000},
    {"kit-break", 174, kDrums, -16, 4, 5, 300, 6000},
    {"kit-industrial", 145, kDrums, -16, 4, 6, 200, 5000},
};

struct Take {
    Sound sound;
    double last = 0;  // dB: what is left at the end of the tail
};

Take played(const Performer& player, const std::string& settings, double seconds, double tail) {
    Instrument instrument;
    instrument.load(fmt::format("limiter off\ntempo {}\ncreate {} b {}\n{}play\n", player.tempo, player.type, settings, player.line));
    Take take{instrument.play(static_cast<std::int64_t>(seconds * kRate)), 0};
    instrument.done("stop");
    const Sound after = instrument.play(static_cast<std::int64_t>(tail * kRate));
    for (const auto* side : {&after.left, &after.right})
        if (side->size() > kRate / 10) take.last = std::max(take.last, sound::rms(*side, side->size() - kRate / 10));
    take.last = sound::decibels(take.last);
    return take;
}

double highest(const Sound& sound) { return std::max(sound::peak(sound.left), sound::peak(sound.right)); }

Figures figures_of(const Sound& sound) {
    Meter meter(kRate);
    meter.add(sound.left.data(), sound.right.data(), sound.left.size());
    return meter.finish();
}

// Hz: the middle of its energy.
double centroid(const Sound& sound) {
    constexpr std::size_t kWindow = 1 << 14;
    double all = 0, weighted = 0;
    for (const auto* side : {&sound.left, &sound.right})
        for (std::size_t at = 0; at + kWindow <= side->size(); at += kWindow) {
            const auto lines = sound::spectrum(&(*side)[at], kWindow);
            for (std::size_t k = 1; k < lines.size(); ++k) {
                all += lines[k] * lines[k];
                weighted += lines[k] * lines[k] * double(k) * kRate / kWindow;
            }
        }
    return weighted / all;
}

// How much of two sounds is not the same: 0 to 2.
double difference(const Sound& a, const Sound& b) {
    double apart = 0, all = 1e-12;
    for (std::size_t i = 0; i < a.left.size(); ++i) {
        apart += std::pow(a.left[i] - b.left[i], 2) + std::pow(a.right[i] - b.right[i], 2);
        all += std::pow(a.left[i], 2) + std::pow(b.left[i], 2) + std::pow(a.right[i], 2) + std::pow(b.right[i], 2);
    }
    return apart / all;
}

const Type& type_of(const Performer& player) {
    static const Types types(modules());
    const Type* type = types.find(player.type);
    if (!type) FAIL("there is no type " << player.type);
    return *type;
}

}  // namespace

TEST_CASE("instruments: each and each preset is as loud as it is meant to be, does not clip, and falls silent", "[instruments][sound]") {
    for (const Performer& player : kPlayers) {
        std::vector<std::string> presets{"default"};
        for (const auto& [name, preset] : type_of(player).presets) presets.push_back(name);
        CHECK(presets.size() >= 5);
        for (const std::string& preset : presets) {
            const Take take = played(player, "preset=" + preset, player.seconds, preset == "default" ? player.tail : 0);
            const Figures figures = figures_of(take.sound);
            INFO(player.type << " " << preset << ": " << figures.integrated << " LUFS, peak " << highest(take.sound) << ", centroid "
                             << centroid(take.sound) << " Hz, left at the end " << take.last << " dB");
            CHECK(figures.integrated == Approx(player.loudness).margin(4));
            CHECK(highest(take.sound) < 1);
            if (preset != "default") continue;
            CHECK(figures.integrated == Approx(player.loudness).margin(2));
            CHECK(take.last < -75);
            CHECK(centroid(take.sound) > player.low);
            CHECK(centroid(take.sound) < player.high);
        }
    }
}

namespace {

void check_parameters(const Performer& player) {
    const Type& type = type_of(player);
    std::size_t count = 0;
    for (const PublicPort& port : type.inputs) {
        if (!port.is_parameter() || type.pitch() == type.input(port.name)) continue;
        if (port.name.starts_with("send/")) continue;  // leads elsewhere
        ++count;
        const auto at = [&](float value) { return played(player, fmt::format("{}={}", port.name, value), 2, 0).sound; };
        const bool octaves = port.curve == CHRONUS_EXPONENTIAL && port.minimum > 0;
        const float middle = octaves ? std::sqrt(port.minimum * port.maximum) : (port.minimum + port.maximum) / 2;
        const Sound low = at(port.minimum), high = at(port.maximum), half = at(middle);
        INFO(player.type << " " << port.name << ": peaks " << highest(low) << ", " << highest(half) << ", " << highest(high));
        CHECK(highest(low) <= 2);
        CHECK(highest(half) <= 2);
        CHECK(highest(high) <= 2);
        CHECK(difference(low, half) > 3e-4);
        CHECK(difference(half, high) > 3e-4);
    }
    INFO(player.type);
    CHECK(count >= 4);
}

}  // namespace

TEST_CASE("instruments: each parameter of the first is heard over its whole range, and does no harm at its ends", "[instruments][sound]") {
    check_parameters(kPlayers[0]);
}

TEST_CASE("instruments: each parameter is heard over its whole range, and does no harm at its ends", "[.slow][instruments][sound]") {
    for (const Performer& player : kPlayers) check_parameters(player);
}

TEST_CASE("instruments: what is deep is in the middle", "[instruments][sound]") {
    for (const Performer& player : kPlayers) {
        const Sound sound = played(player, "", 3, 0).sound;
        constexpr std::size_t kWindow = 1 << 16;
        std::vector<float> middle(kWindow), side(kWindow);
        for (std::size_t i = 0; i < kWindow; ++i) {
            middle[i] = sound.left[i + 24000] + sound.right[i + 24000];
            side[i] = sound.left[i + 24000] - sound.right[i + 24000];
        }
        const auto m = sound::spectrum(middle.data(), kWindow), s = sound::spectrum(side.data(), kWindow);
        double deep_middle = 0, deep_side = 0, all = 0;
        for (std::size_t k = 1; k < m.size(); ++k) {
            const bool deep = double(k) * kRate / kWindow < 100;
            all += m[k] * m[k] + s[k] * s[k];
            if (deep) deep_middle += m[k] * m[k], deep_side += s[k] * s[k];
        }
        INFO(player.type << ": " << 10 * std::log10(deep_side / all) << " dB of it are deep and at the sides");
        CHECK(deep_side < std::max(0.1 * deep_middle, 1e-3 * all));
    }
}

TEST_CASE("riser: loudest at the end of its time, whatever came before, then gone", "[instruments][sound]") {
    Instrument instrument;
    instrument.load("limiter off\ncreate riser r time=1 space=0\n");
    for (int pass = 0; pass < 2; ++pass) {
        instrument.done("gate r 1");
        const Sound climb = instrument.play(kRate);
        for (int quarter = 1; quarter < 4; ++quarter) {
            const std::size_t from = static_cast<std::size_t>(quarter) * kRate / 4, less = kRate / 20;  // past what came before
            CHECK(sound::rms(climb.left, from + less, from + kRate / 4) > 1.3 * sound::rms(climb.left, from - kRate / 4 + less, from));
        }
        if (pass == 0) continue;  // the second begins while the first is at its top
        const Sound after = instrument.play(kRate / 2);
        CHECK(sound::rms(after.left, kRate / 4) < 0.003);
    }
}

TEST_CASE("kits: the closed hat ends the open one", "[instruments][sound]") {
    for (const char* type : {"kit-909", "kit-808", "kit-break", "kit-industrial"}) {
        const auto left = [&](bool closed) {
            Instrument instrument;
            instrument.load(fmt::format("limiter off\ncreate {} k room=0 open/decay=1.5 closed/level=0\ngate k.open 1\n", type));
            instrument.play(9600);
            if (closed) instrument.done("gate k.hat 1");
            return sound::rms(instrument.play(9600).left, 4800);
        };
        INFO(type << " " << left(false) << " " << left(true));
        CHECK(left(false) > 0.005);
        CHECK(left(true) < 0.02 * left(false));
    }
}
