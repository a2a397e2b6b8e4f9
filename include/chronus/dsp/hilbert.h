// A quarter of a turn between two outputs, by two chains of allpasses (R. Ansari, "IIR discrete-time Hilbert
// transformers", 1987; coefficients by the elliptic formula of L. de Soras, HIIR). As a complex number they hold no
// negative frequency above -74 dB, from 20 Hz to 20 Hz below half of 48 kHz.
#pragma once
#include <chronus/lanes.h>

namespace chronus {

template <class F>
struct Hilbert {
    struct Quadrature { F real, imaginary; };

    Quadrature operator()(F in) {
        const F real = real_(in, 0), now = imaginary_(in, 1);
        const Quadrature out{real, late_};
        late_ = now;
        return out;
    }

private:
    static constexpr int kSections = 7;
    static constexpr float kCoefficients[2 * kSections] = {
        0.0666498896f, 0.234323644f, 0.435314469f, 0.615205875f, 0.751630999f, 0.845234848f, 0.905673091f,
        0.943301095f,  0.966236344f, 0.980064432f, 0.988388484f, 0.993463326f, 0.996695398f, 0.998992942f};

    // Each section delays by two frames; what leaves one is the past of the next.
    struct Chain {
        F past[kSections + 1][2]{};
        F operator()(F x, int first) {
            for (int i = 0; i < kSections; ++i) {
                const F y = (x + past[i + 1][1]) * F(kCoefficients[first + 2 * i]) - past[i][1];
                past[i][1] = past[i][0];
                past[i][0] = x;
                x = y;
            }
            past[kSections][1] = past[kSections][0];
            past[kSections][0] = x;
            return x;
        }
    };

    Chain real_{}, imaginary_{};
    F late_{};
};

}  // namespace chronus
