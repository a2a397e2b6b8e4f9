// Module types whose output shows what they were given, so that the engine can be tested to the sample.
#pragma once
#include <chronus/abi.h>

#include <cstdint>
#include <limits>

namespace probes {

inline chronus_port port(const char* name, chronus_meaning meaning, float smoothing = 0.005f) {
    return {name, "", "", "", "", static_cast<std::uint32_t>(meaning), CHRONUS_LINEAR, -1e6f, 1e6f, 0, smoothing};
}

inline float value_of(const chronus_signal& signal, int i) { return signal.samples ? signal.samples[i] : signal.value; }

inline chronus_module_type type(const char* name, const chronus_port* in, std::uint32_t ins, const chronus_port* out,
                                std::uint32_t outs, std::uint32_t state_size) {
    chronus_module_type type{};
    type.abi_version = CHRONUS_ABI_VERSION;
    type.size = sizeof type;
    type.name = name;
    type.aliases = type.summary = "";
    type.inputs = in;
    type.input_count = ins;
    type.outputs = out;
    type.output_count = outs;
    type.state_size = state_size;
    type.state_alignment = 8;
    type.largest_gain = 20;
    return type;
}

// gate, level, in → held, onset, level, in: copies.
namespace echo {
enum In : std::uint16_t { gate, level, in };
enum Out : std::size_t { held, onset, level_out, through };
}  // namespace echo

inline const chronus_module_type& echo_type() {
    static const chronus_port in[] = {port("gate", CHRONUS_GATE), port("level", CHRONUS_AMOUNT), port("in", CHRONUS_AUDIO)};
    static const chronus_port out[] = {port("held", CHRONUS_AUDIO), port("onset", CHRONUS_AUDIO),
                                       port("level", CHRONUS_AUDIO), port("through", CHRONUS_AUDIO)};
    static const chronus_module_type made = [] {
        chronus_module_type made = type("echo", in, 3, out, 4, 8);
        made.reset = [](void*, std::uint64_t) {};
        made.process = [](const chronus_unit* units, std::uint32_t count, const chronus_clock*) {
            for (std::uint32_t u = 0; u < count; ++u)
                for (int i = 0; i < CHRONUS_BLOCK; ++i) {
                    const chronus_signal* in = units[u].in;
                    units[u].out[0][i] = value_of(in[0], i);
                    units[u].out[1][i] = in[0].onsets ? in[0].onsets[i] : 0;
                    units[u].out[2][i] = value_of(in[1], i);
                    units[u].out[3][i] = value_of(in[2], i);
                }
        };
        return made;
    }();
    return made;
}

// level → out: counts frames since it was reset, in 1/65536, or gives what `level` asks for: 1 NaN, 2 infinity, 3 a
// runaway, each in the last frame of a block only.
namespace counter {
enum In : std::uint16_t { fault };
constexpr float kNan = 1, kInfinity = 2, kRunaway = 3;
constexpr float kUnit = 1.0f / 65536;
}  // namespace counter

inline const chronus_module_type& counter_type() {
    static const chronus_port in[] = {port("fault", CHRONUS_AMOUNT, 0)};
    static const chronus_port out[] = {port("out", CHRONUS_AUDIO)};
    static const chronus_module_type made = [] {
        chronus_module_type made = type("counter", in, 1, out, 1, 8);
        made.reset = [](void* state, std::uint64_t) { *static_cast<std::int64_t*>(state) = 0; };
        made.process = [](const chronus_unit* units, std::uint32_t count, const chronus_clock*) {
            for (std::uint32_t u = 0; u < count; ++u) {
                auto& frames = *static_cast<std::int64_t*>(units[u].state);
                float* out = units[u].out[0];
                for (int i = 0; i < CHRONUS_BLOCK; ++i) out[i] = static_cast<float>(frames++ % 65536) * counter::kUnit;
                const float fault = units[u].in[0].value;
                float& last = out[CHRONUS_BLOCK - 1];
                if (fault == counter::kNan) last = std::numeric_limits<float>::quiet_NaN();
                if (fault == counter::kInfinity) last = -std::numeric_limits<float>::infinity();
                if (fault == counter::kRunaway) last = 1e6f;
            }
        };
        return made;
    }();
    return made;
}

}  // namespace probes
