#include "figures/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "figures/plot.h"
#include "figures/response.h"

namespace chronus::figures {
namespace {

constexpr int kHalf = 300;  // where a spectrum ends and the wave beside it begins
constexpr std::size_t kLines = 1 << 16;

std::string number(double value) {
    const double rounded = value < 1 ? std::round(value * 100) / 100 : value < 100 ? std::round(value * 10) / 10 : std::round(value);
    return rounded >= 1000 ? fmt::format("{:.2g}k", rounded / 1000) : fmt::format("{:g}", rounded);
}

// A spectrum, and beside it three cycles of the wave.
void spectrum_and_wave(Canvas& canvas, const Samples& samples, double hertz) {
    const std::vector<double> lines = sound::spectrum(&samples[4800], kLines);
    Plot(canvas, hertz_axis(), even_axis(-150, 0, "dB"), 0, kHalf).curve([&](double at) {
        double most = 0;
        const double bin = at * kLines / kRate;
        for (auto k = std::size_t(bin); k <= std::size_t(bin * 1.0266) && k < lines.size(); ++k) most = std::max(most, lines[k]);
        return sound::decibels(most);
    }, blue);
    const double seconds = 3 / hertz;
    Samples cycles(samples.begin() + 4800, samples.begin() + 4800 + long(seconds * kRate) + 2);
    const double most = std::max(1.0, std::ceil(sound::peak(cycles) * 2) / 2);
    Plot wave(canvas, even_axis(0, seconds * 1000, "ms"), even_axis(-most, most, ""), kHalf);
    wave.curve([&](double at) {
        const double place = at / 1000 * kRate;
        const auto i = std::min(std::size_t(place), cycles.size() - 2);
        return cycles[i] + (place - double(i)) * (cycles[i + 1] - cycles[i]);
    }, red);
}

void source(Canvas& canvas, const Subject& subject) {
    const PublicPort* freq = subject.parameter("freq");
    const double hertz = freq ? 220 : 100;
    Stimulus stimulus = subject.always;
    if (freq) stimulus.set("freq", hertz);
    spectrum_and_wave(canvas, render(subject.type, stimulus, kLines + 9600).at(subject.out()), hertz);
}

void spectrogram(Canvas& canvas, const Samples& samples, double seconds) {
    Plot plot(canvas, even_axis(0, seconds, "s"), hertz_axis(40));
    plot.spectrogram(samples);
}

// Two notes; who has several gates and none that is called so, plays one after the other.
void voice(Canvas& canvas, const Subject& subject) {
    Stimulus stimulus = subject.always;
    std::vector<std::string> gates;
    for (const PublicPort& port : subject.type.inputs)
        if (port.meaning == CHRONUS_GATE) gates.push_back(port.name);
    if (gates.empty() || subject.type.input("gate")) gates = {"", ""};
    const double seconds = 2.4, apart = 2.4 / double(gates.size());
    for (std::size_t i = 0; i < gates.size(); ++i)
        stimulus.note(std::size_t((0.05 + double(i) * apart) * kRate), std::size_t(0.45 * apart * kRate), gates[i]);
    spectrogram(canvas, render(subject.type, stimulus, std::size_t(seconds * kRate)).at(subject.out()), seconds);
}

// A parameter from low to high: of a filter's cutoff inside its range, of choices all of them.
std::vector<double> steps_of(const PublicPort& port) {
    std::vector<double> steps;
    if (!port.choices.empty()) {
        for (std::size_t i = 0; i < std::min<std::size_t>(port.choices.size(), 5); ++i) steps.push_back(double(i));
    } else if (port.curve == CHRONUS_EXPONENTIAL && port.minimum > 0) {
        for (const double part : {0.15, 0.38, 0.62, 0.85})
            steps.push_back(port.minimum * std::pow(port.maximum / port.minimum, part));
    } else {
        for (const double part : {0.0, 0.33, 0.67, 1.0}) steps.push_back(port.minimum + part * (port.maximum - port.minimum));
    }
    return steps;
}

struct Curve {
    Response response;
    std::string word;
};

// An equalizer's gains, each alone at its largest: what does nothing at the defaults.
std::vector<Curve> gains_of(const Subject& subject, const Response& plain) {
    std::vector<Curve> curves;
    for (const PublicPort& port : subject.type.inputs) {
        if (port.meaning != CHRONUS_DECIBELS || curves.size() == 5) continue;
        const Response bent = response_of(subject.type, Stimulus(subject.always).set(port.name, port.maximum));
        double most = 0;
        for (double hertz = 30; hertz < 15000; hertz *= 1.5) most = std::max(most, std::fabs(bent.db(hertz) - plain.db(hertz)));
        if (most > 1) curves.push_back({bent, port.name});
    }
    return curves;
}

// Over the range of the parameter that it is named by; what has more teeth than the picture columns, as it is.
std::vector<Curve> sweep_of(const Subject& subject, const Response& plain) {
    int turns = 0;
    for (double hertz = 20; hertz < 10000; hertz += 20)
        turns += (plain.db(hertz + 20) > plain.db(hertz)) != (plain.db(hertz + 40) > plain.db(hertz + 20));
    const PublicPort* main = subject.main_parameter();
    if (turns > 40 || !main) return {{plain, "defaults"}};
    std::vector<Curve> curves;
    for (const double value : steps_of(*main)) {
        const std::string word = main->choices.empty() ? number(value) : main->choices[std::size_t(value)];
        const std::string said = main->choices.empty() ? fmt::format("{}", float(value)) : word;
        curves.push_back({response_of(subject.type, Stimulus(subject.always).set(main->name, said)), word});
    }
    return curves;
}

void filter(Canvas& canvas, const Subject& subject) {
    const Response plain = response_of(subject.type, subject.always);
    const auto [least, most] = plain.range_db(30, 15000);
    std::vector<Curve> curves;
    if (most - least < 3) curves = gains_of(subject, plain);
    const bool swept = curves.empty();
    if (swept) curves = sweep_of(subject, plain);
    double low = 0, high = -1000;
    for (const Curve& curve : curves) {
        const auto [least, most] = curve.response.range_db(20, 18000);
        low = std::min(low, least), high = std::max(high, most);
    }
    high = std::ceil(high / 6 + 0.1) * 6;
    low = std::max(high - 66, std::floor(low / 6 - 0.1) * 6);
    const PublicPort* main = subject.main_parameter();
    const bool deep = main && main->meaning == CHRONUS_HERTZ && main->maximum <= 200;
    Plot plot(canvas, deep ? hertz_axis(2, 2000) : hertz_axis(), even_axis(low, high, "dB"));
    for (std::size_t i = curves.size(); i-- > 0;) {
        plot.band([&](double from, double to) { return curves[i].response.range_db(from, to); }, std::uint8_t(blue + i));
        plot.legend(curves[i].word, std::uint8_t(blue + i));
    }
    if (swept && curves.size() > 1) plot.legend(main->name + ":", ink);
}

void dynamics(Canvas& canvas, const Subject& subject) {
    constexpr int kLeast = -60, kMost = 12;
    std::map<int, double> levels;
    for (int level = kLeast; level <= kMost; level += 2) {
        const Samples out = render(subject.type, subject.fed(tone(1000, std::pow(10, level / 20.0), kRate)), kRate).at(subject.out());
        levels[level] = std::max(-100.0, sound::decibels(sound::fit_sine(out.data() + 24000, 24000, 1000, kRate).amplitude));
    }
    Plot plot(canvas, even_axis(kLeast, kMost, "dB"), even_axis(kLeast, kMost, "dB"));
    plot.curve([](double in) { return in; }, pale);
    plot.curve([&](double in) {
        const int low = std::clamp(int(std::floor(in / 2)) * 2, kLeast, kMost - 2);
        return levels[low] + (in - low) / 2 * (levels[low + 2] - levels[low]);
    }, blue);
    plot.legend("in", pale);
    plot.legend("out", blue);
}

void shaper(Canvas& canvas, const Subject& subject) {
    const std::size_t frames = kLines + 9600;
    spectrum_and_wave(canvas, render(subject.type, subject.fed(tone(1244.5, 0.5, frames)), frames).at(subject.out()), 1244.5);
}

void space(Canvas& canvas, const Subject& subject) {
    const std::size_t frames = std::size_t(2.4 * kRate);
    spectrogram(canvas, render(subject.type, subject.fed(phrase(frames)), frames).at(subject.out()), 2.4);
}

// How loud each output is over the range of the first parameter, one input fed.
void level(Canvas& canvas, const Subject& subject) {
    const PublicPort* main = subject.main_parameter();
    if (!main) return space(canvas, subject);
    Stimulus stimulus = subject.always;
    const std::string in = subject.in();
    stimulus.cable(in, tone(1000, 0.5, kRate / 4));
    const int count = main->choices.empty() ? 61 : int(main->choices.size());
    std::vector<Take> takes;
    for (int i = 0; i < count; ++i) {
        const double value = main->minimum + (main->maximum - main->minimum) * i / std::max(1, count - 1);
        takes.push_back(render(subject.type, Stimulus(stimulus).set(main->name, main->choices.empty() ? fmt::format("{}", float(value)) : main->choices[std::size_t(i)]), kRate / 4));
    }
    Plot plot(canvas, even_axis(main->minimum, main->maximum, main->unit), even_axis(-42, 18, "dB"));
    std::uint8_t colour = blue;
    for (const auto& [output, first] : takes[0]) {
        plot.curve([&](double value) {
            const double place = (value - main->minimum) / (main->maximum - main->minimum) * (count - 1);
            const auto i = std::min(std::size_t(place), takes.size() - 2);
            const auto gain = [&](std::size_t take) { return sound::peak(takes[take].at(output), 6000) / 0.5; };
            return sound::decibels(gain(i) + (place - double(i)) * (gain(i + 1) - gain(i)));
        }, colour);
        plot.legend(output, colour++);
        if (colour > violet) break;
    }
    plot.legend(main->name + " -", ink);
}

// What moves others: steps, notes and a slow wave come in.
void control(Canvas& canvas, const Subject& subject) {
    const std::size_t frames = 2 * kRate;
    const Stimulus stimulus = control_stimulus(subject, frames);
    const Take take = render(subject.type, stimulus, frames);
    Samples sent = stimulus.cables.empty() ? Samples(frames) : stimulus.cables.begin()->second;
    for (const Note& note : stimulus.notes)
        if (stimulus.cables.empty()) std::fill_n(sent.begin() + long(note.at), note.length, note.velocity);
    double low = *std::min_element(sent.begin(), sent.end()), high = *std::max_element(sent.begin(), sent.end());
    for (const auto& [output, samples] : take)
        for (const float s : samples) low = std::min(low, double(s)), high = std::max(high, double(s));
    if (high - low < 0.1) high = low + 1;
    Plot plot(canvas, even_axis(0, 2, "s"), even_axis(low - 0.05 * (high - low), high + 0.05 * (high - low), ""));
    if (high > low && sound::peak(sent) > 0) plot.wave(sent, pale), plot.legend("in", pale);
    std::uint8_t colour = blue;
    for (const auto& [output, samples] : take) {
        plot.wave(samples, colour);
        plot.legend(output, colour++);
        if (colour > violet) break;
    }
}

}  // namespace

Canvas picture_of(const Subject& subject) {
    Canvas canvas;
    switch (subject.kind) {
        case Kind::source: source(canvas, subject); break;
        case Kind::voice: voice(canvas, subject); break;
        case Kind::filter: filter(canvas, subject); break;
        case Kind::dynamics: dynamics(canvas, subject); break;
        case Kind::shaper: shaper(canvas, subject); break;
        case Kind::space: space(canvas, subject); break;
        case Kind::level: level(canvas, subject); break;
        case Kind::control: control(canvas, subject); break;
    }
    return canvas;
}

}  // namespace chronus::figures
