// The way of a batch: states and signals of up to kLanes modules are turned into lanes, ticked side by side
// for one block, and turned back. An author never sees this.
#pragma once
#include <chronus/spec.h>
#include <chronus/state.h>

namespace chronus {

inline constexpr int kBlock = CHRONUS_BLOCK;

// Interleaves kLanes rows of kLanes values in log2(kLanes) stages: rows become columns.
template <int... I>
inline void transpose(Lanes* row, Places<I...>) {
    Lanes next[kLanes];
    for (int stage = 1; stage < kLanes; stage *= 2) {
        for (int i = 0; i < kLanes / 2; ++i) {
            const FloatVector a = row[i].v, b = row[i + kLanes / 2].v;
            next[2 * i].v = __builtin_shufflevector(a, b, (I / 2 + I % 2 * kLanes)...);
            next[2 * i + 1].v = __builtin_shufflevector(a, b, (kLanes / 2 + I / 2 + I % 2 * kLanes)...);
        }
        for (int i = 0; i < kLanes; ++i) row[i] = next[i];
    }
}
// Not memcpy: that goes by halves through the stack, and the load that follows waits for both.
typedef float FloatVectorAnywhere __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
inline Lanes load(const float* from) { return Lanes(*reinterpret_cast<const FloatVectorAnywhere*>(from)); }
inline IntLanes load(const int32_t* from) { return bits_of(load(reinterpret_cast<const float*>(from))); }
inline void store(float* to, Lanes x) { *reinterpret_cast<FloatVectorAnywhere*>(to) = x.v; }
inline void store(int32_t* to, IntLanes x) { store(reinterpret_cast<float*>(to), from_bits(x)); }

// kLanes signals of one block, as columns of what `each` makes of them: along time and only once where all are
// the same signal.
template <class Each>
inline void gather(const float* const* rows, Lanes* columns, Each&& each) {
    bool shared = true;
    for (int l = 1; l < kLanes; ++l) shared &= rows[l] == rows[0];
    if (shared) {
        float row[kBlock];
        for (int i = 0; i < kBlock; i += kLanes) store(row + i, each(load(rows[0] + i)));
        for (int i = 0; i < kBlock; ++i) columns[i] = Lanes(row[i]);
        return;
    }
    for (int i = 0; i < kBlock; i += kLanes) {
        Lanes tile[kLanes];
        for (int l = 0; l < kLanes; ++l) tile[l] = load(rows[l] + i);
        transpose(tile, PlacesUpTo<kLanes>{});
        for (int l = 0; l < kLanes; ++l) columns[i + l] = each(tile[l]);
    }
}
inline void scatter(const Lanes* columns, float* const* rows) {
    for (int i = 0; i < kBlock; i += kLanes) {
        Lanes tile[kLanes];
        for (int l = 0; l < kLanes; ++l) tile[l] = columns[i + l];
        transpose(tile, PlacesUpTo<kLanes>{});
        for (int l = 0; l < kLanes; ++l) store(rows[l] + i, tile[l]);
    }
}

template <template <class> class M>
struct Batch {
    static constexpr const Spec& spec = M<float>::spec;
    static constexpr int kIn = spec.in.count, kOut = spec.out.count;
    static constexpr int kWords = sizeof(M<float>) / 4;
    static_assert(__is_empty(M<float>) || sizeof(M<Lanes>) == kLanes * sizeof(M<float>),
                  "a state may hold only F, Phase<F>, Int<F>, Word<F>, Random<F> and arrays of these");
    static_assert(__is_trivially_copyable(M<float>), "a state is copied as bytes");

    static constexpr bool is_parameter(int i) {
        return spec.in[i].meaning != CHRONUS_AUDIO && spec.in[i].meaning != CHRONUS_GATE;
    }
    static constexpr bool is_gate(int i) { return spec.in[i].meaning == CHRONUS_GATE; }

    // Which parameters move in a block: none, all as far as anybody knows, or only the first in hertz. The last
    // is what is mostly modulated, and leaves all that depends on the others out of the loop.
    static constexpr int kNone = -1, kAny = -2;
    static constexpr int kPitch = [] {
        for (int i = 0; i < kIn; ++i)
            if (spec.in[i].meaning == CHRONUS_HERTZ) return i;
        return kNone;
    }();
    static constexpr bool kHasOthers = [] {
        bool others = false;
        for (int i = 0; i < kIn; ++i) others |= is_parameter(i) && i != kPitch;
        return others;
    }();
    // A module may say what its tick takes in place of the pitch: what depends on nothing else is then reckoned
    // along time, once for all that are swept by the same signal.
    static constexpr bool kHasCoefficient = requires(Lanes x, Clock c) { M<Lanes>::coefficient(x, c); };
    static_assert(!kHasCoefficient || (kPitch >= 0 && !__is_empty(M<float>)),
                  "a coefficient is made of the first input in hertz, for a module that has a state");

    // The inputs of one group of lanes. What is flat stands in one place; a row's frames are a stride apart.
    struct Inputs {
        struct Row {
            const Lanes* first;
            int stride;
            Lanes operator[](int i) const { return first[i * stride]; }
        };
        Row held[kIn ? kIn : 1], onsets[kIn ? kIn : 1];
        Lanes flat[kIn ? kIn : 1], none{};
        Lanes moving[kIn ? kIn : 1][kBlock], beginning[kIn ? kIn : 1][kBlock];
        int moves = kNone;
    };

    static const float* row(const chronus_signal& signal, float* filled) {
        if (signal.samples) return signal.samples;
        for (int i = 0; i < kBlock; ++i) filled[i] = signal.value;
        return filled;
    }

    static Lanes taken(Lanes x, const Clock& clock) {
        if constexpr (kHasCoefficient) return M<Lanes>::coefficient(x, clock);
        else return x;
    }

    static void read(const chronus_unit* units, int count, int input, const Clock& clock, Inputs& inputs) {
        float values[kLanes];
        bool flat = true, onsets = false;
        for (int l = 0; l < kLanes; ++l) {
            const chronus_signal& signal = units[l < count ? l : 0].in[input];
            values[l] = signal.value;
            flat &= signal.samples == nullptr;
            onsets |= signal.onsets != nullptr;
        }
        const bool pitch = input == kPitch;
        inputs.flat[input] = pitch ? taken(load(values), clock) : load(values);
        inputs.held[input] = {&inputs.flat[input], 0};
        inputs.onsets[input] = {&inputs.none, 0};
        if (!flat) {
            if (is_parameter(input)) inputs.moves = inputs.moves == kNone && pitch && kHasOthers ? kPitch : kAny;
            float filled[kLanes][kBlock];
            const float* rows[kLanes];
            for (int l = 0; l < kLanes; ++l)
                rows[l] = row(units[l < count ? l : 0].in[input], filled[l]);
            if (pitch) gather(rows, inputs.moving[input], [&](Lanes x) { return taken(x, clock); });
            else gather(rows, inputs.moving[input], [](Lanes x) { return x; });
            inputs.held[input] = {inputs.moving[input], 1};
        }
        if (is_gate(input) && onsets) {
            static const float none[kBlock] = {};
            const float* rows[kLanes];
            for (int l = 0; l < kLanes; ++l) {
                const float* own = units[l < count ? l : 0].in[input].onsets;
                rows[l] = own ? own : none;
            }
            gather(rows, inputs.beginning[input], [](Lanes x) { return x; });
            inputs.onsets[input] = {inputs.beginning[input], 1};
        }
    }

    template <int I, int Moves>
    static auto argument(const Inputs& inputs, const Lanes* flat, int i) {
        if constexpr (is_gate(I)) return Gate<Lanes>{inputs.held[I][i], inputs.onsets[I][i]};
        else if constexpr (is_parameter(I) && Moves != kAny && Moves != I) return flat[I];
        else return inputs.held[I][i];
    }

    // All of tick goes into the loop, however long it is, so that what does not change is reckoned before it.
    template <int Moves, int... I>
    __attribute__((noinline, flatten)) static void run(M<Lanes>& state, const Inputs& inputs,
                                              Lanes (*__restrict out)[kBlock], const Clock& time, Places<I...>) {
        static_assert(requires(M<Lanes> m, Clock c) { m.tick(c, argument<I, Moves>(inputs, nullptr, 0)...); },
                      "tick takes the Clock and then one argument an input of the Spec, in its order");
        // Copies of everything that does not change, so that the compiler sees it cannot.
        M<Lanes> s = state;
        const Clock clock = time;
        const Lanes flat[] = {inputs.flat[I]..., Lanes{}};
        if constexpr (requires { s.block(clock); }) s.block(clock);
        for (int i = 0; i < kBlock; ++i) {
            const auto y = s.tick(clock, argument<I, Moves>(inputs, flat, i)...);
            static_assert(sizeof y == kOut * sizeof(Lanes), "tick returns one F an output of the Spec");
            struct Each { Lanes out[kOut]; };
            const Each each = __builtin_bit_cast(Each, y);
            for (int o = 0; o < kOut; ++o) out[o][i] = each.out[o];
        }
        state = s;
    }

    // States word by word; what a short group lacks is filled up with its first module.
    static void take(const chronus_unit* units, int count, M<Lanes>& lanes) {
        float words[kWords][kLanes];
        for (int l = 0; l < kLanes; ++l) {
            const char* state = static_cast<const char*>(units[l < count ? l : 0].state);
            for (int w = 0; w < kWords; ++w) __builtin_memcpy(&words[w][l], state + 4 * w, 4);
        }
        __builtin_memcpy(static_cast<void*>(&lanes), words, kWords * sizeof(Lanes));
    }
    static void give(const chronus_unit* units, int count, const M<Lanes>& lanes, const Lanes (*out)[kBlock]) {
        float nowhere[kBlock];
        for (int o = 0; o < kOut; ++o) {
            float* rows[kLanes];
            for (int l = 0; l < kLanes; ++l) rows[l] = l < count ? units[l].out[o] : nowhere;
            scatter(out[o], rows);
        }
        float words[kWords][kLanes];
        __builtin_memcpy(words, static_cast<const void*>(&lanes), kWords * sizeof(Lanes));
        for (int l = 0; l < count; ++l) {
            char* state = static_cast<char*>(units[l].state);
            for (int w = 0; w < kWords; ++w) __builtin_memcpy(state + 4 * w, &words[w][l], 4);
        }
    }

    static void group(const chronus_unit* units, int count, const Clock& clock) {
        M<Lanes> lanes;
        take(units, count, lanes);
        Inputs inputs;
        for (int i = 0; i < kIn; ++i) read(units, count, i, clock, inputs);
        Lanes out[kOut][kBlock];
        if (inputs.moves == kNone) run<kNone>(lanes, inputs, out, clock, PlacesUpTo<kIn>{});
        else if (kHasOthers && inputs.moves == kPitch) run<kHasOthers ? kPitch : kAny>(lanes, inputs, out, clock, PlacesUpTo<kIn>{});
        else run<kAny>(lanes, inputs, out, clock, PlacesUpTo<kIn>{});
        give(units, count, lanes, out);
    }

    // Without state no sample waits for the one before: the lanes are kLanes samples of one module.
    template <int I, bool Flat>
    static auto samples_of(const chronus_unit& unit, const Lanes* flat, int i) {
        const chronus_signal& signal = unit.in[I];
        if constexpr (Flat && is_parameter(I)) return flat[I];
        const Lanes value = signal.samples ? load(signal.samples + i) : flat[I];
        if constexpr (is_gate(I)) return Gate<Lanes>{value, signal.onsets ? load(signal.onsets + i) : Lanes(0.f)};
        else return value;
    }
    template <bool Flat, int... I>
    static void along_time(const chronus_unit& unit, const Clock& clock, Places<I...>) {
        M<Lanes> stateless;
        const Lanes flat[] = {Lanes(unit.in[I].value)..., Lanes{}};
        for (int i = 0; i < kBlock; i += kLanes) {
            const auto y = stateless.tick(clock, samples_of<I, Flat>(unit, flat, i)...);
            static_assert(sizeof y == kOut * sizeof(Lanes), "tick returns one F an output of the Spec");
            struct Each { Lanes out[kOut]; };
            const Each each = __builtin_bit_cast(Each, y);
            for (int o = 0; o < kOut; ++o) store(unit.out[o] + i, each.out[o]);
        }
    }
    static bool has_flat_parameters(const chronus_unit& unit) {
        bool flat = true;
        for (int i = 0; i < kIn; ++i) flat &= !is_parameter(i) || !unit.in[i].samples;
        return flat;
    }

    static void process(const chronus_unit* units, uint32_t count, const chronus_clock* time) {
        const Clock clock = clock_of(*time);
        if constexpr (__is_empty(M<float>)) {
            for (uint32_t u = 0; u < count; ++u)
                if (has_flat_parameters(units[u])) along_time<true>(units[u], clock, PlacesUpTo<kIn>{});
                else along_time<false>(units[u], clock, PlacesUpTo<kIn>{});
        } else {
            for (uint32_t first = 0; first < count; first += kLanes)
                group(units + first, count - first < kLanes ? int(count - first) : kLanes, clock);
        }
    }
};

}  // namespace chronus
