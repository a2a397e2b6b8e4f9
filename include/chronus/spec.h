// What a module says of itself: its ports and parameters, declared by meaning, which gives unit and curve.
#pragma once
#include <chronus/abi.h>

#include <initializer_list>

namespace chronus {

struct Port : chronus_port {
    // Seconds over which the engine smooths a change of a parameter (default 5 ms); 0 lets it jump.
    constexpr Port smoothed(float seconds) const { Port p = *this; p.smoothing = seconds; return p; }
    constexpr Port alias(const char* names) const { Port p = *this; p.aliases = names; return p; }
    constexpr Port linear() const { Port p = *this; p.curve = CHRONUS_LINEAR; return p; }
    // The index of the choice that a new module has made; the first if it is not said.
    constexpr Port starting(int choice) const { Port p = *this; p.initial = float(choice); return p; }
    constexpr Port exponential() const { Port p = *this; p.curve = CHRONUS_EXPONENTIAL; return p; }
};

inline constexpr float kSmoothing = 0.005f;

constexpr Port audio(const char* name, const char* doc) {
    return {{name, "", "", doc, "", CHRONUS_AUDIO, CHRONUS_LINEAR, 0, 0, 0, 0}};
}
// An output that moves other things and is not for the ear: it is never connected to the mix by itself.
constexpr Port control(const char* name, const char* doc) {
    return {{name, "", "", doc, "", CHRONUS_AMOUNT, CHRONUS_LINEAR, -1, 1, 0, 0}};
}
constexpr Port gate(const char* name, const char* doc) {
    return {{name, "", "", doc, "", CHRONUS_GATE, CHRONUS_LINEAR, 0, 1, 0, 0}};
}
constexpr Port hertz(const char* name, float initial, float low, float high, const char* doc) {
    return {{name, "", "Hz", doc, "", CHRONUS_HERTZ, CHRONUS_EXPONENTIAL, low, high, initial, kSmoothing}};
}
constexpr Port seconds(const char* name, float initial, float low, float high, const char* doc) {
    return {{name, "", "s", doc, "", CHRONUS_SECONDS, CHRONUS_LINEAR, low, high, initial, kSmoothing}};
}
constexpr Port decibels(const char* name, float initial, float low, float high, const char* doc) {
    return {{name, "", "dB", doc, "", CHRONUS_DECIBELS, CHRONUS_LINEAR, low, high, initial, kSmoothing}};
}
constexpr Port amount(const char* name, float initial, const char* doc) {
    return {{name, "", "", doc, "", CHRONUS_AMOUNT, CHRONUS_LINEAR, 0, 1, initial, kSmoothing}};
}
constexpr Port amount(const char* name, float initial, float low, float high, const char* doc) {
    return {{name, "", "", doc, "", CHRONUS_AMOUNT, CHRONUS_LINEAR, low, high, initial, kSmoothing}};
}
// choices: "sine|saw|square"; the module receives the index.
constexpr Port choice(const char* name, const char* choices, const char* doc) {
    int last = 0;
    for (const char* c = choices; *c; ++c) last += *c == '|';
    return {{name, "", "", doc, choices, CHRONUS_CHOICE, CHRONUS_LINEAR, 0, float(last), 0, 0}};
}

// Sounds are given by name. They change at a block's boundary.
constexpr Port sound(const char* name, const char* doc) {
    return {{name, "", "", doc, "", CHRONUS_SOUND, CHRONUS_LINEAR, 0, CHRONUS_SOUNDS - 1, 0, 0}};
}
constexpr Port wavetable(const char* name, const char* doc) {
    return {{name, "", "", doc, "", CHRONUS_WAVETABLE, CHRONUS_LINEAR, 0, CHRONUS_SOUNDS - 1, CHRONUS_BASIC_TABLE, 0}};
}

struct Ports {
    static constexpr int kMost = 32;
    chronus_port items[kMost]{};
    int count = 0;
    constexpr Ports() = default;
    constexpr Ports(std::initializer_list<Port> ports) {
        for (const Port& port : ports) items[count++] = port;  // a 33rd port does not compile
    }
    constexpr const chronus_port& operator[](int i) const { return items[i]; }
};

struct Spec {
    const char* name;
    const char* aliases = "";  // other names for the type, separated by spaces
    const char* summary;
    Ports in{};
    Ports out{};
    float largest_gain = 20;   // outputs stay within this for inputs within 1
};

}  // namespace chronus
