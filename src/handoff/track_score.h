// A pattern compiled for the audio thread: hits within one pass, what each drives, and when it takes over.
#pragma once
#include <cstdint>
#include <vector>

namespace chronus {

// Steps in 32.32 fixed point, counted from the transport's start.
using Steps32 = std::int64_t;
inline constexpr Steps32 kStep = Steps32{1} << 32;

struct Hit {
    Steps32 at;      // within the pass
    Steps32 length;  // to the end of its last step
    float velocity;
    bool tie;        // continues a note of the pass before, if one is held
};

struct NoteValue {
    float hertz;
    bool rest, slide, accent;
};

// What a hit writes: value + by_velocity * (velocity - 0.5), within the range.
struct Drive {
    std::uint16_t port;
    float value, by_velocity;
    float minimum, maximum;
};

enum class From : std::uint8_t { now, step, beat, bar, pass };

struct TrackScore {
    std::uint32_t slot = 0;
    std::uint32_t module = 0, generation = 0;
    std::uint16_t gate_port = 0, pitch_port = 0;
    bool has_pitch = false;        // pitch_port is one; without it there are no notes
    bool restart_notes = false;    // the first hit takes the first note
    bool audible = true;
    From from = From::step;
    std::int32_t steps_per_beat = 4, steps_per_bar = 16;
    Steps32 pass = 16 * kStep;
    float gate_fraction = 0.5f;    // of the last step of a hit
    std::vector<Hit> hits;         // by `at`
    std::vector<NoteValue> notes;  // one a hit, around and around
    std::vector<Drive> drives;
};

}  // namespace chronus
