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
inline void store(float* to, Lanes x) { *reinterpret_cast<FloatVectorAnywhere*>(to) = x.v; }

// kLanes signals of one block, as columns.
inline void gather(const float* const* rows, Lanes* columns) {
    bool shared = true;
    for (int l = 1; l < kLanes; ++l) shared &= rows[l] == rows[0];
    if (shared) {
        for (int i = 0; i < kBlock; ++i) columns[i] = Lanes(rows[0][i]);
        return;
    }
    for (int i = 0; i < kBlock; i += kLanes) {
        Lanes tile[kLanes];
        for (int l = 0; l < kLanes; ++l) tile[l] = load(rows[l] + i);
        transpose(tile, PlacesUpTo<kLanes>{});
        for (int l = 0; l < kLanes; ++l) columns[i + l] = tile[l];
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
    static constexpr int kWords = __is_empty(M<float>) ? 0 : sizeof(M<float>) / 4;
    static_assert(__is_empty(M<float>) || sizeof(M<Lanes>) == kLanes * sizeof(M<float>),
                  "a state may hold only F, Phase<F>, Int<F>, Word<F>, Random<F> and arrays of these");
    static_assert(__is_trivially_copyable(M<float>), "a state is copied as bytes");

    static constexpr bool is_parameter(int i) {
        return spec.in[i].meaning != CHRONUS_AUDIO && spec.in[i].meaning != CHRONUS_GATE;
    }
    static constexpr bool is_gate(int i) { return spec.in[i].meaning == CHRONUS_GATE; }

    // The inputs of one group of lanes: parameters that are flat stay in `flat` and are invariants of the loop.
    struct Inputs {
        Lanes flat[kIn ? kIn : 1];
        Lanes moving[kIn ? kIn : 1][kBlock];
        Lanes onsets[kIn ? kIn : 1][kBlock];
        bool is_flat[kIn ? kIn : 1];
        bool flat_parameters = true;
    };

    static void spread(Inputs& inputs, int input) {
        for (int i = 0; i < kBlock; ++i) inputs.moving[input][i] = inputs.flat[input];
    }

    static const float* row(const chronus_signal& signal, float* filled) {
        if (signal.samples) return signal.samples;
        for (int i = 0; i < kBlock; ++i) filled[i] = signal.value;
        return filled;
    }

    static void read(const chronus_unit* units, int count, int input, Inputs& inputs) {
        float values[kLanes];
        bool flat = true, onsets = false;
        for (int l = 0; l < kLanes; ++l) {
            const chronus_signal& signal = units[l < count ? l : 0].in[input];
            values[l] = signal.value;
            flat &= signal.samples == nullptr;
            onsets |= signal.onsets != nullptr;
        }
        inputs.flat[input] = load(values);
        inputs.is_flat[input] = true;
        if (flat) {
            // Parameters wait: they are spread out only if another one moves.
            if (!is_parameter(input)) spread(inputs, input);
        } else {
            inputs.is_flat[input] = false;
            if (is_parameter(input)) inputs.flat_parameters = false;
            float filled[kLanes][kBlock];
            const float* rows[kLanes];
            for (int l = 0; l < kLanes; ++l)
                rows[l] = row(units[l < count ? l : 0].in[input], filled[l]);
            gather(rows, inputs.moving[input]);
        }
        if (is_gate(input)) {
            static const float none[kBlock] = {};
            const float* rows[kLanes];
            for (int l = 0; l < kLanes; ++l) {
                const float* own = units[l < count ? l : 0].in[input].onsets;
                rows[l] = onsets && own ? own : none;
            }
            gather(rows, inputs.onsets[input]);
        }
    }

    template <int I, bool Flat>
    static auto argument(const Inputs& inputs, const Lanes* flat, int i) {
        if constexpr (is_gate(I)) return Gate<Lanes>{inputs.moving[I][i], inputs.onsets[I][i]};
        else if constexpr (Flat && is_parameter(I)) return flat[I];
        else return inputs.moving[I][i];
    }

    template <bool Flat, int... I>
    __attribute__((noinline)) static void run(M<Lanes>& state, const Inputs& inputs,
                                              Lanes (*__restrict out)[kBlock], const Clock& time, Places<I...>) {
        static_assert(requires(M<Lanes> m, Clock c) { m.tick(c, argument<I, Flat>(inputs, nullptr, 0)...); },
                      "tick takes the Clock and then one argument an input of the Spec, in its order");
        // Copies of everything that does not change, so that the compiler sees it cannot.
        M<Lanes> s = state;
        const Clock clock = time;
        const Lanes flat[] = {inputs.flat[I]..., Lanes{}};
        if constexpr (requires { s.block(clock); }) s.block(clock);
        for (int i = 0; i < kBlock; ++i) {
            const auto y = s.tick(clock, argument<I, Flat>(inputs, flat, i)...);
            static_assert(sizeof y == kOut * sizeof(Lanes), "tick returns one F an output of the Spec");
            struct Each { Lanes out[kOut]; };
            const Each each = __builtin_bit_cast(Each, y);
            for (int o = 0; o < kOut; ++o) out[o][i] = each.out[o];
        }
        state = s;
    }

    static void group(const chronus_unit* units, int count, const Clock& clock) {
        // States word by word; what a short group lacks is filled up with its first module.
        float words[kWords ? kWords : 1][kLanes];
        for (int l = 0; l < kLanes; ++l) {
            const char* state = static_cast<const char*>(units[l < count ? l : 0].state);
            for (int w = 0; w < kWords; ++w) __builtin_memcpy(&words[w][l], state + 4 * w, 4);
        }
        M<Lanes> lanes;
        __builtin_memcpy(static_cast<void*>(&lanes), words, kWords * sizeof(Lanes));

        Inputs inputs;
        for (int i = 0; i < kIn; ++i) read(units, count, i, inputs);

        Lanes out[kOut][kBlock];
        if (inputs.flat_parameters) {
            run<true>(lanes, inputs, out, clock, PlacesUpTo<kIn>{});
        } else {
            for (int i = 0; i < kIn; ++i)
                if (is_parameter(i) && inputs.is_flat[i]) spread(inputs, i);
            run<false>(lanes, inputs, out, clock, PlacesUpTo<kIn>{});
        }

        float nowhere[kBlock];
        for (int o = 0; o < kOut; ++o) {
            float* rows[kLanes];
            for (int l = 0; l < kLanes; ++l) rows[l] = l < count ? units[l].out[o] : nowhere;
            scatter(out[o], rows);
        }
        __builtin_memcpy(words, static_cast<const void*>(&lanes), kWords * sizeof(Lanes));
        for (int l = 0; l < count; ++l) {
            char* state = static_cast<char*>(units[l].state);
            for (int w = 0; w < kWords; ++w) __builtin_memcpy(state + 4 * w, &words[w][l], 4);
        }
    }

    // Without state no sample waits for the one before: the lanes are kLanes samples of one module.
    template <int I>
    static auto samples_of(const chronus_unit& unit, int i) {
        const chronus_signal& signal = unit.in[I];
        const Lanes value = signal.samples ? load(signal.samples + i) : Lanes(signal.value);
        if constexpr (is_gate(I)) return Gate<Lanes>{value, signal.onsets ? load(signal.onsets + i) : Lanes(0.f)};
        else return value;
    }
    template <int... I>
    static void along_time(const chronus_unit& unit, const Clock& clock, Places<I...>) {
        M<Lanes> stateless;
        for (int i = 0; i < kBlock; i += kLanes) {
            const auto y = stateless.tick(clock, samples_of<I>(unit, i)...);
            static_assert(sizeof y == kOut * sizeof(Lanes), "tick returns one F an output of the Spec");
            struct Each { Lanes out[kOut]; };
            const Each each = __builtin_bit_cast(Each, y);
            for (int o = 0; o < kOut; ++o) store(unit.out[o] + i, each.out[o]);
        }
    }

    static void process(const chronus_unit* units, uint32_t count, const chronus_clock* time) {
        const Clock clock = clock_of(*time);
        if constexpr (__is_empty(M<float>)) {
            for (uint32_t u = 0; u < count; ++u) along_time(units[u], clock, PlacesUpTo<kIn>{});
            return;
        }
        for (uint32_t first = 0; first < count; first += kLanes)
            group(units + first, count - first < kLanes ? int(count - first) : kLanes, clock);
    }
};

}  // namespace chronus
