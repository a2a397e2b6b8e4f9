// What a module's state may be made of besides F: each has its own way into lanes, one word at a time.
#pragma once
#include <chronus/abi.h>
#include <chronus/lanes.h>

namespace chronus {

// The time of one block as a tick sees it. All of it is the same for every frame of the block.
struct Clock {
    float rate;      // frames a second
    float step;      // seconds a frame
    double turns;    // 2^64 / rate: hertz to phase a frame
    double beat;     // the transport at the block's first frame
    double tempo;    // beats a minute
    int64_t frame;   // the block's first frame
    bool plays;      // the transport runs
    float swing;     // by what part of swing_grid every second one comes late
    const chronus_sound* sounds;
    float swing_grid;  // beats
};

inline Clock clock_of(const chronus_clock& c) {
    return {float(c.rate), float(1.0 / c.rate), 18446744073709551616.0 / c.rate, c.beat, c.tempo, c.frame, c.plays != 0, c.swing, c.sounds,
            c.swing_grid > 0 ? c.swing_grid : 0.25f};
}

template <class F>
struct Gate {
    F held;   // 0, or the velocity
    F onset;  // 0, or at the frame where a note begins 0.5 + its age in samples, in (0, 1]
};

template <class F>
struct Stereo {
    F left, right;
};

// A place in a cycle as 64 bits, so that it neither drifts nor loses precision however long it runs.
template <class F>
struct Phase {
    Word<F> high{}, low{};
};

// The frequency as turns of a phase per frame. Exact to 53 bits; hoisted out of the loop where hertz is flat.
inline Phase<float> turns(float hertz, const Clock& clock) {
    const double whole = double(hertz) * clock.turns;
    double high = whole * (1.0 / 4294967296.0);
    high = double(int64_t(high)) - (high < double(int64_t(high)) ? 1.0 : 0.0);
    return {uint32_t(int32_t(high)), uint32_t(int32_t(whole - high * 4294967296.0 - 2147483648.0)) ^ 0x80000000u};
}
namespace detail {
inline constexpr int kHalf = kLanes / 2;
typedef float HalfFloats __attribute__((vector_size(4 * kHalf)));
typedef double HalfDoubles __attribute__((vector_size(8 * kHalf)));
typedef int32_t HalfInts __attribute__((vector_size(4 * kHalf)));
typedef int64_t HalfLongs __attribute__((vector_size(8 * kHalf)));
struct HalfPhase { HalfInts high, low; };

inline HalfPhase turns(HalfFloats hertz, double rate) {
    const HalfDoubles whole = __builtin_convertvector(hertz, HalfDoubles) * rate;
    const HalfDoubles scaled = whole * (1.0 / 4294967296.0);
    const HalfDoubles truncated = __builtin_convertvector(__builtin_convertvector(scaled, HalfInts), HalfDoubles);
    const HalfDoubles high = truncated - (HalfDoubles)((HalfLongs)(scaled < truncated) & (HalfLongs)(HalfDoubles{} + 1.0));
    return {__builtin_convertvector(high, HalfInts),
            __builtin_convertvector(whole - high * 4294967296.0 - 2147483648.0, HalfInts)};
}

template <int... I>
Phase<Lanes> turns(Lanes hertz, double rate, Places<I...>) {
    const FloatVector v = hertz.v;
    const HalfPhase first = turns(HalfFloats{v[I]...}, rate), second = turns(HalfFloats{v[I + kHalf]...}, rate);
    return {WordLanes((WordVector)(IntVector)__builtin_shufflevector(first.high, second.high, I..., (I + kHalf)...)),
            WordLanes((WordVector)(IntVector)__builtin_shufflevector(first.low, second.low, I..., (I + kHalf)...)) ^
                WordLanes(0x80000000u)};
}
}  // namespace detail

inline Phase<Lanes> turns(Lanes hertz, const Clock& clock) {
    return detail::turns(hertz, clock.turns, PlacesUpTo<detail::kHalf>{});
}

inline bool carries(uint32_t sum, uint32_t part) { return sum < part; }
inline Mask carries(WordLanes sum, WordLanes part) { return sum < part; }

// Moves the phase on by one frame. |hertz| must be below half the frame rate.
template <class F>
void advance(Phase<F>& phase, F hertz, const Clock& clock) {
    const Phase<F> step = turns(hertz, clock);
    phase.low += step.low;
    phase.high += step.high + select(carries(phase.low, step.low), Word<F>(1u), Word<F>(0u));
}

// The phase as a number in [0, 1), and in [-0.5, 0.5), to 24 bits.
template <class F>
F unit(const Phase<F>& phase) {
    return to_float(as_int(phase.high >> 8)) * F(1.0f / 16777216.0f);
}
template <class F>
F centred(const Phase<F>& phase) {
    return to_float(as_int(phase.high)) * F(1.0f / 4294967296.0f);
}

// Chance: xoroshiro64** (Blackman & Vigna, 2018), 32 bits a call. It is born with a mark in place of a seed;
// reset finds the mark and draws the seed from the module's own.
template <class F>
struct Random {
    static constexpr uint32_t kMark[2] = {0x43484153u, 0x4e434521u};
    Word<F> a{kMark[0]}, b{kMark[1]};

    Word<F> bits() {
        const Word<F> product = a * Word<F>(0x9E3779BBu);
        const Word<F> result = rotate(product, 5) * Word<F>(5u);
        const Word<F> mixed = a ^ b;
        a = rotate(a, 26) ^ mixed ^ (mixed << 9);
        b = rotate(mixed, 13);
        return result;
    }
    F bipolar() { return to_float(as_int(bits()) >> 8) * F(1.0f / 8388608.0f); }  // [-1, 1)
    F unipolar() { return to_float(as_int(bits() >> 8)) * F(1.0f / 16777216.0f); }  // [0, 1)

private:
    static Word<F> rotate(Word<F> x, int n) { return (x << n) | (x >> (32 - n)); }
};

}  // namespace chronus
