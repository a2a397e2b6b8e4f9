#include "figures/measures.h"

#include <ebur128.h>
#include <fmt/format.h>

#include <cmath>

#include "figures/response.h"
#include "sound/lines.h"

namespace chronus::figures {
namespace {

using Sentences = std::vector<std::string>;
constexpr double kHigh = 1244.5078;  // Eb6: its harmonics meet no bin of a spectrum twice
constexpr std::size_t kSettled = 48000, kLong = 1 << 16;

std::string db(double level) { return level < -150 ? "below -150" : fmt::format("{:.0f}", level); }

// A number that is not told as -0.
std::string signed_db(double level) {
    const double rounded = std::round(level * 10) / 10;
    return fmt::format("{:+.1f} dB", rounded == 0 ? 0.0 : rounded);
}
std::string frames_told(std::size_t frames) { return fmt::format("{} {}", frames, frames == 1 ? "frame" : "frames"); }

double loudness_of(const Samples& left, const Samples& right) {
    ebur128_state* state = ebur128_init(2, kRate, EBUR128_MODE_I);
    std::vector<float> both;
    for (std::size_t i = 0; i < left.size(); ++i) both.insert(both.end(), {left[i], right[i]});
    ebur128_add_frames_float(state, both.data(), left.size());
    double loudness = 0;
    ebur128_loudness_global(state, &loudness);
    ebur128_destroy(&state);
    return loudness;
}
double loudness_of(const Subject& subject, const Take& take) {
    const auto main = subject.type.main_outputs();
    return loudness_of(take.at(main.front()), take.at(main.back()));
}

std::string levels(const Subject& subject, const Take& take) {
    const double peak = sound::decibels(sound::peak(take.at(subject.out())));
    return fmt::format("Peak {:.1f} dB, loudness {:.1f} LUFS.", peak, loudness_of(subject, take));
}

double mean(const Samples& samples, std::size_t from) {
    double sum = 0;
    for (std::size_t i = from; i < samples.size(); ++i) sum += samples[i];
    return sum / double(samples.size() - from);
}

// 3 dB less an octave is pink noise.
std::string slope_of(const Samples& samples) {
    const std::vector<double> lines = sound::spectrum(&samples[kSettled], kLong);
    const auto band = [&](double hertz) {
        double power = 1e-30;
        const auto from = std::size_t(hertz * kLong / kRate);
        for (std::size_t k = from; k < 2 * from; ++k) power += lines[k] * lines[k];
        return 10 * std::log10(power / double(from));
    };
    return fmt::format("{:+.1f} dB an octave.", (band(5120) - band(80)) / 6);
}

Sentences source(const Subject& subject) {
    Stimulus stimulus = subject.always;
    const Take plain = render(subject.type, stimulus, 3 * kRate);
    Sentences told{levels(subject, plain)};
    if (!subject.parameter("freq")) return told.push_back(slope_of(plain.at(subject.out()))), told;
    const Samples wave = render(subject.type, stimulus.set("freq", kHigh), kSettled + kLong + kRate).at(subject.out());
    const sound::Lines lines = sound::lines_of(Samples(wave.begin() + long(kSettled), wave.end()), kHigh);
    // What is no single pitch has lines of its own beside the harmonics.
    if (lines.alias_sum_db > -40) return told;
    const double hertz = sound::frequency(&wave[kSettled], kRate, kHigh, kRate);
    told.push_back(fmt::format("At {:.1f} Hz: pitch within {} cents, worst line that is no harmonic {} dB, all of them {} dB.", kHigh,
                               std::fabs(sound::cents(hertz, kHigh)) < 0.01 ? "0.01" : fmt::format("{:.2f}", std::fabs(sound::cents(hertz, kHigh))),
                               db(lines.alias_db), db(lines.alias_sum_db)));
    const double offset = sound::decibels(std::fabs(mean(wave, kSettled)));
    told.push_back(offset < -80 ? "No offset." : fmt::format("Offset {} dB.", db(offset)));
    return told;
}

std::string strongest(const Samples& samples) {
    Samples padded = samples;
    padded.resize(std::max<std::size_t>(samples.size(), kLong));
    const std::vector<double> lines = sound::spectrum(padded.data(), kLong);
    const auto most = std::max_element(lines.begin() + 20, lines.end()) - lines.begin();
    return fmt::format("strongest at {:.0f} Hz", double(most) * kRate / kLong);
}

Sentences voice(const Subject& subject) {
    const bool plain = subject.type.input("gate").has_value();
    const std::string gate = plain || !subject.type.gate() ? "" : subject.type.inputs[*subject.type.gate()].name;
    const std::size_t held = kRate / 2;
    const Take take = render(subject.type, Stimulus(subject.always).note(0, held, gate), 8 * kRate);
    const Samples& samples = take.at(subject.out());
    const double peak = sound::peak(samples);
    if (peak == 0) return {"No sound at the defaults."};
    std::size_t first = 0, top = 0, last = samples.size();
    while (std::fabs(samples[first]) < 0.001 * peak) ++first;
    while (std::fabs(samples[top]) < 0.9 * peak) ++top;
    while (last > 0 && std::fabs(samples[last - 1]) < 0.001 * peak) --last;
    Sentences told{fmt::format("A note of half a second{}: {} It begins after {}, is at its height after {:.1f} ms, {}.",
                               gate.empty() ? "" : fmt::format(" at `{}`", gate), levels(subject, take),
                               frames_told(first), 1000.0 * double(top) / kRate, strongest(Samples(samples.begin() + long(first), samples.begin() + long(first + held))))};
    told.push_back(last >= samples.size() - 64 ? "It sounds on for more than 7 s." : fmt::format("60 dB down after {:.2g} s.", double(last) / kRate));
    return told;
}

Samples sine_through(const Subject& subject, double height, double hertz) {
    return render(subject.type, subject.fed(tone(hertz, height, kSettled + kLong)), kSettled + kLong).at(subject.out());
}

std::string bending(const Subject& subject) {
    const Samples out = sine_through(subject, 0.5, kHigh);
    const sound::Fit fit = sound::fit_sine(&out[kSettled], kLong - 1000, kHigh, kRate);
    if (fit.amplitude < 1e-4) return "";
    const sound::Lines lines = sound::lines_of(Samples(out.begin() + long(kSettled) - 256, out.end()), kHigh);
    const double whole = sound::decibels(fit.amplitude);
    std::string told = fmt::format("A sine of {:.1f} Hz, -6 dB: {}, what is added {} dB below it", kHigh, signed_db(whole + 6.02),
                                   db(whole - 3.01 - sound::decibels(fit.rest)));
    told += fmt::format(", worst line that is no harmonic {} dB", db(lines.alias_db - whole));
    return told + ".";
}

Sentences filter(const Subject& subject) {
    Sentences told;
    const PublicPort* cutoff = subject.parameter("cutoff");
    const Response plain = response_of(subject.type, subject.always);
    const auto [top, height] = top_of(plain);
    if (cutoff && cutoff->meaning == CHRONUS_HERTZ) {
        const double wanted = cutoff->maximum > 1000 ? 1000 : cutoff->initial;
        Stimulus still = subject.always;
        for (const char* name : {"res", "resonance"})
            if (const PublicPort* res = subject.parameter(name)) {
                still.set(name, res->minimum <= 0.5 && res->maximum > 2 ? 0.70710678 : res->minimum);
                break;
            }
        const Response flat = response_of(subject.type, still.set(cutoff->name, wanted));
        const double corner = corner_of(flat);
        const double slope = flat.db(4 * wanted) - flat.db(8 * wanted);
        if (corner > 0 && slope > 3)
            told.push_back(fmt::format("Set to {:g} Hz and without resonance it is {:.1f} dB down there, and 3 dB at {:.0f} Hz{}; {:.0f} dB an octave above.",
                                       wanted, flat.db(20) - flat.db(wanted), corner,
                                       std::fabs(sound::cents(corner, wanted)) < 100 ? fmt::format(" ({:+.1f} cents)", sound::cents(corner, wanted)) : "", slope));
    }
    const auto [least, most] = plain.range_db(30, 15000);
    told.push_back(most - least < 0.5 ? fmt::format("At the defaults alike at all frequencies: {}.", signed_db(most))
                                      : fmt::format("At the defaults highest at {:.0f} Hz: {}.", top, signed_db(height)));
    if (const std::string bent = bending(subject); !bent.empty()) told.push_back(bent);
    return told;
}

Sentences dynamics(const Subject& subject) {
    Sentences told;
    std::string gains;
    for (const int level : {-60, -40, -20, -10, 0}) {
        const Samples out = sine_through(subject, std::pow(10, level / 20.0), 1000);
        const double gain = sound::decibels(sound::fit_sine(&out[kSettled + 20000], 40000, 1000, kRate).amplitude) - level;
        gains += fmt::format("{}{} dB: {}", gains.empty() ? "" : ", ", level, gain < -100 ? "silent" : signed_db(gain));
    }
    told.push_back("Gain of a sine of 1 kHz at " + gains + ".");
    if (const std::string bent = bending(subject); !bent.empty()) told.push_back(bent);
    return told;
}

Sentences space(const Subject& subject) {
    const std::size_t frames = 3 * kRate;
    const Samples sent = phrase(frames);
    const Take take = render(subject.type, subject.fed(sent), frames);
    Samples click = noise(0.5, 64);
    click.push_back(0);
    const Samples tail = render(subject.type, subject.fed(click), 4 * kRate).at(subject.out());
    std::size_t last = tail.size();
    while (last > 0 && std::fabs(tail[last - 1]) < 0.001 * sound::peak(tail)) --last;
    const auto [least, most] = std::minmax_element(take.at(subject.out()).begin(), take.at(subject.out()).end());
    Sentences told{fmt::format("The phrase comes out {:+.1f} LU, with a peak of {:.1f} dB.", loudness_of(subject, take) - loudness_of(sent, sent),
                               sound::decibels(std::max<double>(*most, -*least)))};
    if (last > 4800) told.push_back(last >= tail.size() - 64 ? "A click is heard for more than 4 s." : fmt::format("A click is 60 dB down after {:.2g} s.", double(last) / kRate));
    return told;
}

Sentences level(const Subject& subject) {
    const Samples sent = tone(1000, 0.5, kRate);
    Stimulus stimulus = subject.always;
    std::string gains;
    for (const auto& [output, samples] : render(subject.type, stimulus.cable(subject.in(), sent), kRate)) {
        const double gain = sound::decibels(sound::peak(samples, kRate / 2) / 0.5);
        gains += fmt::format("{}{} {}", gains.empty() ? "" : ", ", output, gain < -150 ? "silent" : signed_db(gain));
    }
    return {fmt::format("A sine at `{}`: {}.", subject.in(), gains)};
}

double rounded(float value) {
    const double thousandths = std::round(value * 1000);
    return thousandths == 0 ? 0 : thousandths / 1000;
}

Sentences control(const Subject& subject) {
    std::string ranges;
    for (const auto& [output, samples] : render(subject.type, control_stimulus(subject, 2 * kRate), 2 * kRate)) {
        const auto [low, high] = std::minmax_element(samples.begin(), samples.end());
        ranges += fmt::format("{}`{}` from {:g} to {:g}", ranges.empty() ? "" : ", ", output, rounded(*low), rounded(*high));
    }
    return {"In the picture " + ranges + "."};
}

// The first frame at which anything of a click comes out, and what is left when nothing goes in.
Sentences generic(const Subject& subject) {
    if (subject.in().empty() || subject.kind == Kind::control || subject.kind == Kind::source || subject.kind == Kind::voice) return {};
    Sentences told;
    Samples click = noise(0.5, 64);
    click.push_back(0);
    const Samples out = render(subject.type, subject.fed(click), kRate).at(subject.out());
    std::size_t first = 0;
    while (first < out.size() && std::fabs(out[first]) < 0.001 * sound::peak(out)) ++first;
    if (first > 0 && first < out.size()) told.push_back(fmt::format("What goes in begins to come out {} later.", frames_told(first)));
    const double floor = sound::decibels(sound::rms(render(subject.type, subject.fed(Samples(64)), kRate).at(subject.out()), 24000));
    if (floor > -150) told.push_back(fmt::format("Of silence it makes {} dB.", db(floor)));
    return told;
}

}  // namespace

Sentences measures_of(const Subject& subject) {
    Sentences told;
    switch (subject.kind) {
        case Kind::source: told = source(subject); break;
        case Kind::voice: told = voice(subject); break;
        case Kind::filter: told = filter(subject); break;
        case Kind::dynamics: told = dynamics(subject); break;
        case Kind::shaper: told = {bending(subject)}; break;
        case Kind::space: told = space(subject); break;
        case Kind::level: told = level(subject); break;
        case Kind::control: told = control(subject); break;
    }
    for (std::string& sentence : generic(subject)) told.push_back(std::move(sentence));
    for (const auto& [parameter, value] : subject.always.settings) told.push_back(fmt::format("Here with `{}={}`.", parameter, value));
    std::erase(told, "");
    return told;
}

}  // namespace chronus::figures
