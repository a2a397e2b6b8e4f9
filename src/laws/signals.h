// What is sent into modules under test: sounds within -1..1, notes, and parameters that stand still or move.
#pragma once
#include <cmath>
#include <string_view>

#include "laws/dice.h"
#include "laws/rig.h"

namespace chronus::laws {

enum class Sound { noise, impulses, dc, silence, sweep };
inline constexpr int kSounds = 5;
inline constexpr std::string_view kSoundNames[kSounds] = {"noise", "impulses", "DC", "silence", "a sweep"};

inline void hold(chronus_signal& signal, float value) {
    signal = {nullptr, nullptr, value};
}

// `value` is meant only where there are no samples: whoever reads it all the same gets NaN.
inline void send(chronus_signal& signal, const float* samples) {
    signal = {samples, nullptr, std::nanf("")};
}

inline float value_at(const chronus_port& port, float place) {
    if (port.meaning == CHRONUS_CHOICE) return std::floor(place * port.maximum + 0.5f);
    const float value = port.curve == CHRONUS_EXPONENTIAL
                            ? port.minimum * std::pow(port.maximum / port.minimum, place)
                            : port.minimum + (port.maximum - port.minimum) * place;
    return std::fmin(std::fmax(value, port.minimum), port.maximum);
}

// A second of each sound, over and over. The sweep goes from 10 Hz to half the rate.
class Sounds {
public:
    explicit Sounds(double rate) : blocks_(std::size_t(rate) / CHRONUS_BLOCK) {
        const std::size_t frames = blocks_ * CHRONUS_BLOCK;
        const double octaves = std::log2(rate / 20);
        Dice dice(1);
        noise_.resize(frames);
        impulses_.resize(frames);
        sweep_.resize(frames);
        for (std::size_t i = 0; i < frames; ++i) {
            noise_[i] = dice.bipolar();
            impulses_[i] = i % 256 != 17 ? 0.f : i % 512 == 17 ? 1.f : -1.f;
            // The phase is the integral of 10 Hz x 2^(octaves x time).
            const double turns = 10 * (std::exp2(octaves * double(i) / rate) - 1) / (octaves * M_LN2);
            sweep_[i] = float(std::sin(2 * M_PI * turns));
        }
    }

    void play(Rig& rig, std::size_t u, std::size_t input, Sound sound, std::size_t block) const {
        chronus_signal& signal = rig.in(u, input);
        // Units and inputs begin at different places, so that no two hear the same.
        const std::size_t at = (block + 37 * u + 101 * input) % blocks_ * CHRONUS_BLOCK;
        switch (sound) {
            case Sound::noise:
                return send(signal, &noise_[at]);
            case Sound::impulses:
                return send(signal, &impulses_[at]);
            case Sound::dc:
                return hold(signal, (u + input) % 2 ? -1.f : 1.f);
            case Sound::silence:
                return hold(signal, 0);
            case Sound::sweep:
                return send(signal, &sweep_[at]);
        }
    }

private:
    std::size_t blocks_;
    std::vector<float> noise_, impulses_, sweep_;
};

// A note of full velocity every 24 blocks, 12 blocks long.
inline void beat(Rig& rig, std::size_t u, std::size_t input, std::size_t block) {
    chronus_signal& signal = rig.in(u, input);
    const std::size_t place = (block + 5 * u) % 24, at = (7 * u) % CHRONUS_BLOCK;
    hold(signal, place < 12 ? 1.f : 0.f);
    if (place != 0) return;
    float *held = rig.samples(u, input), *onsets = rig.onsets(u, input);
    for (std::size_t i = 0; i < CHRONUS_BLOCK; ++i) {
        held[i] = i < at ? 0.f : 1.f;
        onsets[i] = i == at ? 0.5f : 0.f;
    }
    send(signal, held);
    signal.onsets = onsets;
}

// One block of a gate on which notes begin and end at any frame, also while another is held.
inline void notes(Rig& rig, std::size_t u, std::size_t input, Dice& dice, bool held_before) {
    chronus_signal& signal = rig.in(u, input);
    const float velocity = 0.05f + 0.95f * dice.unipolar();
    const std::size_t at = dice.below(CHRONUS_BLOCK);
    float* onsets = rig.onsets(u, input);
    std::fill(onsets, onsets + CHRONUS_BLOCK, 0.f);
    onsets[at] = 0x1p-24f + dice.unipolar();
    switch (dice.below(4)) {
        case 0:
            hold(signal, held_before ? velocity : 0);
            break;
        case 1:
            signal = {nullptr, onsets, velocity};
            break;  // again, while held
        default: {
            float* held = rig.samples(u, input);
            for (std::size_t i = 0; i < CHRONUS_BLOCK; ++i) held[i] = (i >= at) != held_before ? velocity : 0;
            send(signal, held);
            if (!held_before) signal.onsets = onsets;
        }
    }
}

// One block of a parameter that moves over its whole range: gliding, or jumping about.
inline void move(Rig& rig, std::size_t u, std::size_t input, Dice& dice) {
    const chronus_port& port = rig.type().inputs[input];
    float* to = rig.samples(u, input);
    const bool jumps = port.meaning == CHRONUS_CHOICE || dice.below(3) == 0;
    const float from = dice.unipolar(), until = dice.unipolar();
    constexpr float kStep = 1.f / int(CHRONUS_BLOCK);
    float place = from;
    for (int i = 0; i < CHRONUS_BLOCK; ++i) {
        if (!jumps)
            place = from + (until - from) * float(i) * kStep;
        else if (dice.below(8) == 0)
            place = dice.below(2) ? dice.unipolar() : float(dice.below(2));
        to[i] = value_at(port, place);
    }
    send(rig.in(u, input), to);
}

inline void hiss(Rig& rig, std::size_t u, std::size_t input, Dice& dice) {
    float* to = rig.samples(u, input);
    for (int i = 0; i < CHRONUS_BLOCK; ++i) to[i] = dice.bipolar();
    send(rig.in(u, input), to);
}

// A block of everything, different for each unit and block, but the same for the same unit in any batch.
// Parameters: all flat, all moving, some units flat, some parameters flat, one alone moving in all units or in some, in turn.
inline void anything(Rig& rig, std::size_t block) {
    for (std::size_t u = 0; u < rig.count(); ++u)
        for (std::size_t i = 0; i < rig.type().input_count; ++i) {
            const chronus_port& port = rig.type().inputs[i];
            Dice dice(u, i, block), slow(u, i, 1000 + block / 8);
            const std::size_t way = block % 6;
            const bool its_turn = block / 6 % rig.type().input_count == i;
            const bool moves = way == 1 || (way == 2 && u % 3 == 1) || (way == 3 && dice.below(2)) || (way == 4 && its_turn) ||
                               (way == 5 && its_turn && u % 3 == 1);
            const float place = slow.unipolar();
            if (is_parameter(port) && moves)
                move(rig, u, i, dice);
            else if (is_parameter(port))
                hold(rig.in(u, i), value_at(port, place));
            else if (port.meaning == CHRONUS_GATE)
                notes(rig, u, i, dice, block % 2);
            else if (place < 0.2f)
                hold(rig.in(u, i), place < 0.1f ? 0 : dice.bipolar());
            else
                hiss(rig, u, i, dice);
        }
}

}  // namespace chronus::laws
