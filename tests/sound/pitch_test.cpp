// The pitch of every oscillator over the whole range, and its phase after ten minutes.
#include "catch.h"
#include "sound/lines.h"

using namespace sound;

namespace {

constexpr size_t kWindow = 1 << 16;

// Turns of the fundamental at the middle of a window; what else sounds lies below its side lobes.
double phase_of(const Samples& wave, double hertz) {
    const std::vector<double>& window = window_of(kWindow);
    std::complex<double> sum = 0;
    for (size_t i = 0; i < kWindow; ++i) {
        const double turns = hertz / 48000 * (double(i) - double(kWindow - 1) / 2);
        sum += window[i] * wave[i] * std::polar(1.0, -2 * M_PI * (turns - std::round(turns)));
    }
    return std::arg(sum) / (2 * M_PI);
}

// How far the phase has come, in turns, besides the whole ones and what arithmetic says, after so many frames.
double drift(Specimen& s, double hertz, size_t frames) {
    s.render(2048);  // whatever begins has begun
    const std::string out = s.type().outputs[0].name;
    const double first = phase_of(s.render(kWindow, out), hertz);
    for (size_t left = frames - kWindow; left > 0;) {
        const size_t some = std::min<size_t>(left, 1 << 20);
        s.render(some);
        left -= some;
    }
    const long double turns = std::fmod((long double)hertz * frames, 48000.0L) / 48000;
    const double off = phase_of(s.render(kWindow, out), hertz) - first - double(turns);
    return off - std::round(off);
}

// As one wave that stays: seven saws of one pitch, one operator that is held.
Specimen& sounding(Specimen& s) {
    const std::string type = s.type().name;
    if (type == "supersaw") s.set("detune", 0);
    if (type != "fm") return s;
    s.set("level2", 0).set("level3", 0).set("sustain1", 1).note(0, 64).render(64);
    return s.set("gate", 1);
}

}  // namespace

TEST_CASE("oscillators are in tune to a millionth of a cent from 20 Hz to 20 kHz", "[sound][pitch]") {
    for (const char* type : {"sine", "saw", "square", "vco", "supersaw", "fm"})
        for (const float hertz : {20.f, 82.4069f, 440.f, 1244.5f, 4186.009f, 12345.6f, 20000.f}) {
            const size_t frames = kWindow * 3;
            Specimen s(type);
            const double off = drift(sounding(s.set("freq", hertz)), hertz, frames);
            const double cents_off = cents(hertz + off * 48000 / double(frames), hertz);
            INFO(type << " " << hertz << " Hz: " << cents_off << " cents");
            CHECK(std::fabs(cents_off) < 1e-6);
        }
}

TEST_CASE("oscillators have the phase that arithmetic says to a billionth of a turn after ten minutes",
          "[sound][pitch]") {
    for (const char* type : {"sine", "vco"}) {
        Specimen s(type);
        const double off = drift(sounding(s.set("freq", 1000.1f)), 1000.1f, size_t(48000) * 600);
        INFO(type << ": " << off);
        CHECK(std::fabs(off) < 1e-9);
    }
}
