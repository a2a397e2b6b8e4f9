// What the author of a module includes. A module is a struct over a number type F with a Spec, members that are
// its state at rest, and a tick for one sample (or, without F, a process for one block); CHRONUS_MODULE makes a
// module type of it. Optional: prepare(Arena&, double rate), block(Clock) before each block, and
// coefficient(F pitch, const Clock&), which makes of the first input in hertz what tick takes in its place.
#pragma once
#include <chronus/batch.h>
#include <chronus/math.h>

namespace chronus {

// Memory for delay lines and tables, zeroed; the same pieces come again when the module is reset.
class Arena {
public:
    explicit Arena(chronus_arena* host) : host_(host) {}
    template <class T>
    T* take(size_t count) { return static_cast<T*>(host_->take(host_, count * sizeof(T), alignof(T))); }
    float* floats(size_t count) { return static_cast<float*>(host_->take(host_, count * sizeof(float), 64)); }

private:
    chronus_arena* host_;
};

// One input of a whole-buffer module.
struct Input {
    const chronus_signal& signal;
    float operator[](int i) const { return signal.samples ? signal.samples[i] : signal.value; }
    bool flat() const { return signal.samples == nullptr; }
    float onset(int i) const { return signal.onsets ? signal.onsets[i] : 0.f; }
};

// One block of one whole-buffer module.
struct Block {
    Clock clock;
    const chronus_unit& unit;
    Input in(int port) const { return {unit.in[port]}; }
    float* out(int port) const { return unit.out[port]; }
    // What a port of sounds or wavetables stands for; without levels where there is none.
    const chronus_sound& sound(int port, int i) const {
        static constexpr chronus_sound kNone{};
        const int place = int(in(port)[i] + 0.5f);
        return clock.sounds && place > 0 && place < CHRONUS_SOUNDS ? clock.sounds[place] : kNone;
    }
};

#ifndef CHRONUS_LAYOUT
#define CHRONUS_LAYOUT 0  // the build gives a hash of the members' text
#endif

// Fills the descriptor of a state T (M<float>, or a whole-buffer module itself).
template <class T>
struct Descriptor {
    static void reset(void* state, uint64_t seed) {
        *static_cast<T*>(state) = T{};
        // A Random is found by the mark it is born with.
        for (size_t at = 0; at + 8 <= sizeof(T); at += 4) {
            uint32_t words[2];
            __builtin_memcpy(words, static_cast<char*>(state) + at, 8);
            if (words[0] != Random<float>::kMark[0] || words[1] != Random<float>::kMark[1]) continue;
            seed += 0x9E3779B97F4A7C15u;  // SplitMix64 (Steele, Lea & Flood, 2014)
            uint64_t z = (seed ^ (seed >> 30)) * 0xBF58476D1CE4E5B9u;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
            z = (z ^ (z >> 31)) | 1u;      // all zero is the one state that xoroshiro cannot leave
            __builtin_memcpy(static_cast<char*>(state) + at, &z, 8);
        }
    }
    static void prepare(void* state, chronus_arena* host, double rate) {
        Arena arena(host);
        static_cast<T*>(state)->prepare(arena, rate);
    }
    static constexpr chronus_module_type fill(void (*process)(const chronus_unit*, uint32_t, const chronus_clock*)) {
        void (*prepared)(void*, chronus_arena*, double) = nullptr;
        if constexpr (requires(T t, Arena a) { t.prepare(a, 48000.0); }) prepared = prepare;
        return {CHRONUS_ABI_VERSION, sizeof(chronus_module_type), T::spec.name, T::spec.aliases, T::spec.summary,
                T::spec.in.items, uint32_t(T::spec.in.count), T::spec.out.items, uint32_t(T::spec.out.count),
                sizeof(T), alignof(T), uint64_t(CHRONUS_LAYOUT) ^ sizeof(T) * 0x9E3779B97F4A7C15u,
                T::spec.largest_gain, reset, prepared, process};
    }
};

template <template <class> class M>
const chronus_module_type* describe() {
    static constexpr chronus_module_type type = Descriptor<M<float>>::fill(Batch<M>::process);
    return &type;
}

template <class M>
void process_each(const chronus_unit* units, uint32_t count, const chronus_clock* time) {
    const Clock clock = clock_of(*time);
    for (uint32_t u = 0; u < count; ++u) static_cast<M*>(units[u].state)->process(Block{clock, units[u]});
}

template <class M>
const chronus_module_type* describe() {
    static_assert(__is_trivially_copyable(M), "a state is copied as bytes");
    static constexpr chronus_module_type type = Descriptor<M>::fill(process_each<M>);
    return &type;
}

}  // namespace chronus

#define CHRONUS_MODULE(M) \
    extern "C" __attribute__((visibility("default"))) const chronus_module_type* chronus_module() { \
        return chronus::describe<M>();                                                              \
    }
