// A pattern compiled for the audio thread: hits within one pass, what each drives, and when it takes over.
#pragma once
#include <cstdint>
#include <vector>

#include "handoff/groove.h"

namespace chronus {

struct Hit {
    Steps32 at;      // within the pass
    Steps32 length;  // to the end of its last step
    float velocity;  // of a lane: the value
    bool tie;        // continues what ends here, if a note is held
    Steps32 last = kStep;  // of its last step, of which the gate keeps its part
    std::uint32_t first_condition = 0, conditions = 0;  // it plays in passes in which all of them hold
    // The note it takes, counted from the next one, and how far the notes have moved on behind it, played or not.
    std::uint32_t note = 0, notes_on = 1;
};

// Of `of` equally many turns, or equally likely draws, those from `from` to before `to`.
struct Condition {
    bool by_chance;
    std::int64_t every;   // turns: passes until the next one
    std::uint32_t place;  // chance: each draw of a pass has a number of its own
    std::uint32_t of, from, to;
};

struct NoteValue {
    float hertz;
    bool rest, slide, accent;
    std::uint32_t first_above = 0, above = 0;  // the other notes of a chord
    std::uint32_t first_turn = 0, turns = 0;   // one of them each pass, in its place
};

// What a hit writes: value + by_velocity * (velocity - 0.5), within the range.
struct Drive {
    std::uint16_t port;
    float value, by_velocity;
    float minimum, maximum;
};

// What a hit does: it plays a note; or of a lane, it leads a parameter to its value, or from there to the next one's.
enum class Role : std::uint8_t { notes, steps, linear, exponential };

enum class From : std::uint8_t { now, step, beat, bar, pass, turn };

struct TrackScore {
    std::uint32_t slot = 0;
    std::uint32_t module = 0, generation = 0;
    std::uint16_t gate_port = 0, pitch_port = 0;
    bool has_pitch = false;        // pitch_port is one; without it there are no notes
    bool restart_notes = false;    // the first hit takes the first note
    bool audible = true;
    From from = From::step;
    Beats turn = 0;                // the beat, where it is said
    Role role = Role::notes;
    bool legato = false;           // a note that begins where one is held takes its gate over
    Pace pace;
    bool own_swing = false;        // else that of all
    Swing swing;
    Steps32 time_stray = 0;        // how far hits come early or late, by a draw each
    float velocity_stray = 0;      // by what part of it a velocity is more or less
    Steps32 pass = 16 * kStep;
    float gate_fraction = 0.5f;    // of the last step of a hit
    std::uint64_t seed = 0;        // of its chances
    std::vector<Hit> hits;         // by `at`
    std::vector<Condition> conditions;
    std::vector<NoteValue> notes;  // one a hit, around and around
    std::vector<NoteValue> turns;
    std::vector<float> above;      // hertz
    std::vector<Drive> drives;

    const NoteValue* note_at(std::uint64_t number, std::int64_t pass_number) const noexcept {
        if (notes.empty()) return nullptr;
        const NoteValue& note = notes[number % notes.size()];
        return note.turns == 0 ? &note : &turns[note.first_turn + static_cast<std::uint64_t>(pass_number) % note.turns];
    }

    // [any] How far the hit of a pass strays, and its velocity.
    Steps32 stray_of(std::size_t hit, std::int64_t pass_number) const noexcept;
    float velocity_of(std::size_t hit, std::int64_t pass_number) const noexcept;

    // [any] The same on every machine and however often it is asked.
    bool plays(const Hit& hit, std::int64_t pass_number) const noexcept;
};

// [any] A number that is as good as random, of the seed, the pass and the place of the draw.
constexpr std::uint32_t draw(std::uint64_t seed, std::int64_t pass, std::uint32_t place) noexcept {
    std::uint64_t z = seed + static_cast<std::uint64_t>(pass) * 0x9E3779B97F4A7C15u;
    for (int round = 0; round < 2; ++round) {  // SplitMix64's mixing (Steele, Lea & Flood, 2014)
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        z ^= z >> 31;
        if (round == 0) z += (place + std::uint64_t{1}) * 0xD1B54A32D192ED03u;
    }
    return static_cast<std::uint32_t>(z >> 32);
}

// Those of strays are apart from those of chances.
inline constexpr std::uint32_t kFirstStray = 1u << 30, kFirstVelocity = 3u << 30;

// [any] Two draws added up: -1 to 1, and most often near 0.
constexpr double stray(std::uint64_t seed, std::int64_t pass, std::uint32_t place) noexcept {
    const std::uint32_t one = draw(seed, pass, place), other = draw(~seed, pass, place);
    return (static_cast<double>(one) + static_cast<double>(other)) / 4294967296.0 - 1.0;
}

inline Steps32 TrackScore::stray_of(std::size_t hit, std::int64_t pass_number) const noexcept {
    if (time_stray == 0) return 0;
    return static_cast<Steps32>(stray(seed, pass_number, kFirstStray + static_cast<std::uint32_t>(hit)) * static_cast<double>(time_stray));
}

inline float TrackScore::velocity_of(std::size_t hit, std::int64_t pass_number) const noexcept {
    const float velocity = hits[hit].velocity;
    if (velocity_stray == 0) return velocity;
    const float strayed = velocity * (1 + velocity_stray * static_cast<float>(stray(seed, pass_number, kFirstVelocity + static_cast<std::uint32_t>(hit))));
    return strayed < 0.01f ? 0.01f : strayed > 1 ? 1 : strayed;
}

inline bool TrackScore::plays(const Hit& hit, std::int64_t pass_number) const noexcept {
    for (std::uint32_t c = hit.first_condition; c < hit.first_condition + hit.conditions; ++c) {
        const Condition& condition = conditions[c];
        const std::uint64_t turn = condition.by_chance
            ? std::uint64_t{draw(seed, pass_number, condition.place)} * condition.of >> 32
            : static_cast<std::uint64_t>(pass_number / condition.every) % condition.of;
        if (turn < condition.from || turn >= condition.to) return false;
    }
    return true;
}

}  // namespace chronus
