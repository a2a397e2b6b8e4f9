// Random edits under held notes.
#include <random>

#include "catch.h"
#include "engine/track_stand.h"

using namespace stand;

namespace {

class Storm {
public:
    Storm(std::uint64_t seed, std::uint16_t lanes) : chance_(seed), stand(kModules, lanes) { stand.start(); }

    void edit() {
        switch (below(8)) {
            case 0: stand.remove(slot()); break;
            case 1: stand.tempo(20 + static_cast<double>(below(979))); break;
            case 2: stand.swing(static_cast<float>(below(7)) / 10); break;
            case 3: {
                stand.stop();
                stand.run(64);
                closed_after_stop += stand.open_gates() == 0 && stand.driven(TrackStand::kCutoff) == 0;
                ++stops;
                stand.start();
                break;
            }
            default: stand.replace(random_score());
        }
        stand.run(static_cast<std::int64_t>(64 * below(100)));
    }
    std::size_t open_without_tracks() {
        for (std::uint32_t slot = 0; slot < kSlots; ++slot) stand.remove(slot);
        stand.run(64);
        return stand.open_gates() + stand.driven(TrackStand::kCutoff);
    }

    std::size_t stops = 0, closed_after_stop = 0;

private:
    static constexpr std::uint32_t kModules = 3, kSlots = 4;

    std::uint64_t below(std::uint64_t most) { return chance_() % most; }
    std::uint32_t slot() { return static_cast<std::uint32_t>(below(kSlots)); }
    TrackScore random_score() {
        TrackScore made = score("X", static_cast<From>(below(5)), slot());
        made.module = static_cast<std::uint32_t>(below(kModules));
        made.hits.clear();
        made.pass = static_cast<Steps32>(1 + below(20)) * kStep;
        made.audible = below(5) != 0;
        made.restart_notes = below(2) != 0;
        made.pace = {below(3) == 0 ? 3 : 4, 1};
        made.gate_fraction = static_cast<float>(below(9)) / 8;
        // Steps, and now and then a flurry of hits within a few frames.
        const auto stride = [&] { return below(4) == 0 ? kStep / 512 : static_cast<Steps32>(1 + below(4)) * kStep; };
        for (Steps32 at = 0; at < made.pass; at += stride()) {
            const Steps32 length = static_cast<Steps32>(1 + below(5)) * kStep;
            made.hits.push_back({at, length, 1, at == 0 && below(4) == 0});
        }
        if (below(2) != 0) {
            made.has_pitch = true;
            made.pitch_port = TrackStand::kPitch;
            const auto rarely = [&] { return below(4) == 0; };
            for (std::uint64_t n = below(4) + 1; n > 0; --n) made.notes.push_back({110, rarely(), rarely(), rarely()});
        }
        if (below(2) != 0) made.drives.push_back({TrackStand::kCutoff, 500, 100, 20, 20000});
        return made;
    }

    std::mt19937_64 chance_;

public:
    TrackStand stand;
};

}  // namespace

TEST_CASE("whatever is edited under held notes, no gate hangs and nothing stays driven", "[tracks]") {
    for (const std::uint16_t lanes : {1, 4})
        for (std::uint64_t seed = 1; seed <= 30; ++seed) {
            Storm storm(seed, lanes);
            INFO("seed " << seed << ", " << lanes << " lanes");
            for (int round = 0; round < 20; ++round) {
                for (int edit = 0; edit < 15; ++edit) storm.edit();
                REQUIRE(storm.open_without_tracks() == 0);
                storm.stand.played.clear();
            }
            CHECK(storm.closed_after_stop == storm.stops);
            CHECK(storm.stops > 10);
            storm.stand.retired();
        }
}

TEST_CASE("a voice that has lost its lane is let go without harm", "[tracks]") {
    TrackStand stand(2, 4);
    for (std::uint32_t slot = 0; slot < 4; ++slot) {
        TrackScore track = score("X_______", From::step, slot);
        track.module = 0;
        stand.replace(std::move(track));
    }
    stand.start();
    stand.run(6400);
    CHECK(stand.open_gates() == 4);
    stand.plan.entries[0].lanes = 2;  // as a plan with fewer lanes has it
    for (std::uint32_t slot = 0; slot < 4; ++slot) stand.remove(slot);
    stand.played.clear();
    stand.run(64);
    CHECK(stand.ends().size() == 2);
}
