#include "figures/kind.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <random>

#include "figures/response.h"

namespace chronus::figures {
namespace {

bool is_heard(const Samples& samples) { return sound::peak(samples) > 0.001; }

// How far the outputs of the same noise, sent at another time and another height, lie apart, in dB below it.
struct Strays {
    double height_db, time_db;
};

double apart_db(const Samples& one, std::size_t at, const Samples& other, std::size_t there, double gain, std::size_t frames) {
    double rest = 0, whole = 1e-30;
    for (std::size_t i = 0; i < frames; ++i) {
        const double x = one[at + i] * gain, e = other[there + i] - x;
        rest += e * e, whole += x * x;
    }
    return 10 * std::log10(rest / whole + 1e-20);
}

Strays strays_of(const Subject& subject) {
    constexpr std::size_t kFrames = 9600, kLater = 12345;
    const auto sent = [&](double height, std::size_t at) {
        Samples burst(at);
        for (float s : noise(height, kFrames)) burst.push_back(s);
        return render(subject.type, subject.fed(burst), kFrames + kLater).at(subject.out());
    };
    const Samples plain = sent(0.02, 0);
    return {apart_db(plain, 0, sent(0.04, 0), 0, 2, kFrames), apart_db(plain, 0, sent(0.02, kLater), kLater, 1, kFrames)};
}

bool is_flat(const Response& response) {
    double low = 1000, high = -1000;
    for (double hertz = 50; hertz < 15000; hertz *= 1.05)
        low = std::min(low, response.db(hertz)), high = std::max(high, response.db(hertz));
    return high - low < 1.5;
}

// A parameter at its largest or smallest bends what is flat at the defaults: an equalizer's gains.
bool can_bend(const Subject& subject) {
    for (const PublicPort& port : subject.type.inputs)
        if (port.meaning == CHRONUS_DECIBELS && !is_flat(response_of(subject.type, Stimulus().set(port.name, port.maximum)))) return true;
    return false;
}

bool rings_long(const Type& type) {
    Samples click(1);
    click[0] = 0.01f;
    Stimulus stimulus;
    for (const std::string& input : type.main_inputs()) stimulus.cable(input, click);
    const Samples tail = render(type, stimulus, kRate).at(type.main_outputs().at(0));
    return sound::peak(tail, 4800) > 0.02 * sound::peak(tail);
}

bool is_dynamics(const Subject& subject) {
    double least = 1000, most = -1000;
    for (double level = -50; level <= 0; level += 10) {
        const double height = std::pow(10, level / 20);
        const Samples out = render(subject.type, subject.fed(tone(1000, height, kRate)), kRate).at(subject.out());
        const sound::Fit fit = sound::fit_sine(out.data() + 24000, 24000, 1000, kRate);
        if (fit.amplitude < 1e-5) { least = -100; continue; }
        if (fit.rest > 0.03 * fit.amplitude) return false;
        least = std::min(least, sound::decibels(fit.amplitude / height)), most = std::max(most, sound::decibels(fit.amplitude / height));
    }
    return most - least > 0.8;
}

Kind kind_of_effect(const Subject& subject) {
    const Strays strays = strays_of(subject);
    const PublicPort* named = subject.main_parameter();
    const bool tuned = named && named->meaning == CHRONUS_HERTZ && (named->answers_to("cutoff") || named->answers_to("freq"));
    const double enough = tuned && named->answers_to("cutoff") ? -20 : -50;
    if (strays.height_db < enough && strays.time_db < enough) {
        if (!tuned && rings_long(subject.type)) return Kind::space;
        if (tuned || !is_flat(response_of(subject.type, subject.always)) || can_bend(subject)) return Kind::filter;
    }
    if (is_dynamics(subject)) return Kind::dynamics;
    if (strays.height_db > -50) return Kind::shaper;
    return strays.time_db > -50 ? Kind::space : Kind::level;
}

// A recording for who plays one, and for who wants more than one signal the others.
void provide(Subject& subject, bool others) {
    for (const PublicPort& port : subject.type.inputs) {
        if (port.meaning == CHRONUS_SOUND) subject.always.set(port.name, "break");
        const std::vector<std::string> main = subject.type.main_inputs();
        if (others && port.meaning == CHRONUS_AUDIO && std::find(main.begin(), main.end(), port.name) == main.end()) {
            Samples saw(3 * kRate);
            for (int n = 1; n < 100; ++n)
                for (std::size_t i = 0; i < saw.size(); ++i)
                    saw[i] += float(0.3 / n * std::sin(2 * M_PI * std::fmod(110.0 * n * double(i) / kRate, 1.0)));
            subject.always.cable(port.name, saw);
        }
    }
}

}  // namespace

std::string Subject::out() const {
    const auto main = type.main_outputs();
    return !main.empty() ? main[0] : type.outputs.at(0).name;
}

const PublicPort* Subject::parameter(const std::string& name) const {
    const auto found = type.input(name);
    return found && type.inputs[*found].is_parameter() ? &type.inputs[*found] : nullptr;
}

const PublicPort* Subject::main_parameter() const {
    for (const char* name : {"cutoff", "freq"})
        if (const PublicPort* port = parameter(name); port && port->meaning == CHRONUS_HERTZ) return port;
    for (const PublicPort& port : type.inputs)
        if (port.meaning == CHRONUS_HERTZ) return &port;
    for (const PublicPort& port : type.inputs)
        if (port.is_parameter()) return &port;
    return nullptr;
}

Stimulus Subject::fed(const Samples& signal) const {
    Stimulus stimulus = always;
    for (const std::string& input : type.main_inputs()) stimulus.cable(input, signal);
    return stimulus;
}

Subject subject_of(const Type& type) {
    Subject subject{type, Kind::control, {}};
    provide(subject, false);
    if (type.main_outputs().empty()) return subject;
    const auto sounds = [&](const Stimulus& stimulus) { return is_heard(render(type, stimulus, kRate / 2).at(subject.out())); };
    if (sounds(subject.always)) {
        subject.kind = Kind::source;
        return subject;
    }
    if (type.gate() && sounds(Stimulus(subject.always).note(0, kRate / 4))) {
        subject.kind = Kind::voice;
        return subject;
    }
    if (type.main_inputs().empty()) {
        subject.kind = Kind::voice;  // its gates go by other names
        return subject;
    }
    if (!sounds(subject.fed(noise(0.5, kRate / 2)))) provide(subject, true);
    subject.kind = kind_of_effect(subject);
    return subject;
}

Samples tone(double hertz, double height, std::size_t frames) {
    Samples samples(frames);
    for (std::size_t i = 0; i < frames; ++i) samples[i] = float(height * std::sin(2 * M_PI * std::fmod(hertz / kRate * double(i), 1.0)));
    return samples;
}

Samples noise(double height, std::size_t frames) {
    std::mt19937 chance(1);
    Samples samples(frames);
    for (float& s : samples) s = float(height * (double(chance()) / 2147483648.0 - 1));
    return samples;
}

Samples phrase(std::size_t frames) {
    Samples all(frames);
    const auto add = [&](double from, double to, const auto& wave) {
        for (auto i = std::size_t(from * kRate); i < std::min(frames, std::size_t(to * kRate)); ++i)
            all[i] += float(wave(double(i) / kRate - from));
    };
    const Samples hiss = noise(1, kRate);
    all[std::size_t(0.05 * kRate)] = 1;
    add(0.3, 0.8, [&](double t) { return 0.7 * std::exp(-10 * t) * std::sin(2 * M_PI * (55 * t + 3 * (1 - std::exp(-30 * t)))); });
    add(0.3, 0.4, [&](double t) { return 0.2 * std::exp(-60 * t) * hiss[std::size_t(t * kRate)]; });
    add(0.8, 1.1, [&](double t) { return 0.2 * hiss[std::size_t(t * kRate)]; });
    add(1.4, 1.9, [&](double t) {
        double saw = 0;
        for (int n = 1; n < 20; ++n) saw += std::sin(2 * M_PI * 440 * n * t) / n;
        return 0.3 * saw;
    });
    return all;
}

namespace {

bool moves(const Subject& subject, const Stimulus& stimulus) {
    const Samples out = render(subject.type, stimulus, kRate).at(subject.out());
    const auto [low, high] = std::minmax_element(out.begin(), out.end());
    return *high - *low > 0.01;
}

// A slow wave that ends in steps, at the audio inputs.
Stimulus movement(const Subject& subject, std::size_t frames) {
    Stimulus stimulus = subject.always;
    Samples wave = tone(1.5, 0.8, frames);
    for (std::size_t i = 1 + frames / 2; i < frames; ++i) wave[i] = i * 6 / frames % 2 ? 0.8f : -0.4f;
    for (const PublicPort& port : subject.type.inputs)
        if (port.meaning == CHRONUS_AUDIO && stimulus.cables.size() < 4) stimulus.cable(port.name, wave);
    return stimulus;
}

Samples octaves(std::size_t frames) {
    Samples steps(frames);
    for (std::size_t i = 0; i < frames; ++i) steps[i] = float(i * 4 / frames % 2);
    return steps;
}

}  // namespace

Stimulus control_stimulus(const Subject& subject, std::size_t frames) {
    Stimulus stimulus = movement(subject, frames);
    if (moves(subject, stimulus)) return stimulus;
    if (const auto pitch = subject.type.pitch()) stimulus.cable(subject.type.inputs[*pitch].name, octaves(frames));
    if (moves(subject, stimulus)) return stimulus;
    if (subject.type.gate())
        for (std::size_t at = kRate / 20; at + kRate / 4 < frames; at += kRate / 2) stimulus.note(at, kRate / 4);
    if (moves(subject, stimulus)) return stimulus;
    // What goes by the beat, and what has values that are all alike until somebody sets them.
    for (const PublicPort& port : subject.type.inputs) {
        if (std::find(port.choices.begin(), port.choices.end(), "1/8") != port.choices.end()) stimulus.set(port.name, "1/8");
        if (std::isdigit(port.name.back()) && port.is_parameter() && port.choices.empty())
            stimulus.set(port.name, port.minimum + (port.maximum - port.minimum) * std::fmod(0.618 * std::stod(port.name.substr(port.name.find_first_of("0123456789"))), 1.0));
    }
    return stimulus;
}

}  // namespace chronus::figures
