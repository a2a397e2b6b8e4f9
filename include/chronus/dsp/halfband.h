// Halfband filters for oversampling: two chains of allpasses, whose sum is the low-pass (R. Valenzuela and A.
// Constantinides, 1983; coefficients by the elliptic formula of L. de Soras, HIIR). Chosen over FIR because a
// chain is a tenth of the work; the phase is not linear, so what is mixed with their output should pass them
// too.
#pragma once
#include <chronus/lanes.h>

namespace chronus {

template <class F, int N>
struct AllpassChain {
    F past[N + 1]{};

    F operator()(F x, const float* coefficients, int first) {
        for (int i = 0; i < N; ++i) {
            const F y = past[i] + (x - past[i + 1]) * F(coefficients[first + 2 * i]);
            past[i] = x;
            x = y;
        }
        past[N] = x;
        return x;
    }
};

// Passes 0.44 of the lower rate, stops -91 dB from 0.56 on.
struct SteepHalfband {
    static constexpr int kSections = 4;
    static constexpr float kCoefficients[] = {0.047289853f, 0.172780611f, 0.338517958f, 0.506977679f,
                                              0.655273069f, 0.776489919f, 0.874512613f, 0.958945718f};
};
// For the second doubling: passes 0.21 of its lower rate, stops -83 dB from 0.79 on.
struct WideHalfband {
    static constexpr int kSections = 2;
    static constexpr float kCoefficients[] = {0.062142648f, 0.232386908f, 0.480164515f, 0.798911081f};
};

// The same edges with stops of -138 and -131 dB, where what folds back should not be heard between pure lines.
struct FineHalfband {
    static constexpr int kSections = 5;
    static constexpr float kCoefficients[] = {0.0212186694f, 0.0816374655f, 0.172636211f, 0.2829114f,
                                              0.40149605f,   0.519974364f,  0.63347722f,  0.740699649f,
                                              0.843465579f,  0.946342791f};
};
struct FineWideHalfband {
    static constexpr int kSections = 2;
    static constexpr float kCoefficients[] = {0.0385405432f, 0.15781482f, 0.373658507f, 0.732566622f};
};

template <class F, class Shape>
struct Doubler {
    AllpassChain<F, Shape::kSections> first{}, second{};
    void operator()(F in, F& early, F& late) {
        early = first(in, Shape::kCoefficients, 0);
        late = second(in, Shape::kCoefficients, 1);
    }
};

template <class F, class Shape>
struct Halver {
    AllpassChain<F, Shape::kSections> first{}, second{};
    F operator()(F early, F late) {
        return (first(late, Shape::kCoefficients, 0) + second(early, Shape::kCoefficients, 1)) * F(0.5f);
    }
};

// Four frames of four times the rate become one.
template <class F>
struct Quarterer {
    Halver<F, FineWideHalfband> halve{};
    Halver<F, FineHalfband> halve_again{};

    F operator()(const F* x) {
        const F early = halve(x[0], x[1]), late = halve(x[2], x[3]);
        return halve_again(early, late);
    }
};

// Applies a curve at four times the frame rate.
template <class F>
struct Oversampled {
    Doubler<F, SteepHalfband> up{};
    Doubler<F, WideHalfband> up_again{};
    Halver<F, WideHalfband> down_again{};
    Halver<F, SteepHalfband> down{};

    template <class Curve>
    F operator()(F in, Curve curve) {
        F twice[2];
        up(in, twice[0], twice[1]);
        for (F& x : twice) {
            F early, late;
            up_again(x, early, late);
            const F first = curve(early), second = curve(late);  // in the order of time
            x = down_again(first, second);
        }
        return down(twice[0], twice[1]);
    }
};

}  // namespace chronus
