// Elementary functions over float and Lanes, the same bits in both and on every x86-64: only IEEE additions,
// products, quotients and roots, no libm and no hardware approximations. Errors are the largest found by the
// tests over the stated range.
#pragma once
#include <chronus/lanes.h>

namespace chronus {

inline constexpr float kPi = 3.14159265358979323846f;

inline float abs(float x) { return __builtin_fabsf(x); }
inline Lanes abs(Lanes x) { return from_bits(bits_of(x) & IntLanes(0x7fffffff)); }
// min and max give b where either is NaN. The compiler does not find the one instruction in a select.
inline float min(float a, float b) { return a < b ? a : b; }
inline float max(float a, float b) { return a > b ? a : b; }
inline Lanes min(Lanes a, Lanes b) {
#if defined(__AVX512F__)
    return select(a < b, a, b);
#elif defined(__AVX2__)
    return Lanes(FloatVector(__builtin_ia32_minps256(a.v, b.v)));
#else
    return Lanes(FloatVector(__builtin_ia32_minps(a.v, b.v)));
#endif
}
inline Lanes max(Lanes a, Lanes b) {
#if defined(__AVX512F__)
    return select(a > b, a, b);
#elif defined(__AVX2__)
    return Lanes(FloatVector(__builtin_ia32_maxps256(a.v, b.v)));
#else
    return Lanes(FloatVector(__builtin_ia32_maxps(a.v, b.v)));
#endif
}
inline float sqrt(float x) { return __builtin_sqrtf(x); }
inline Lanes sqrt(Lanes x) {
    Lanes y;
    for (int i = 0; i < kLanes; ++i) y.v[i] = __builtin_sqrtf(x.v[i]);
    return y;
}

template <class F> F clamp(F x, F low, F high) { return min(max(x, low), high); }
template <class F> F mix(F a, F b, F amount) { return a + (b - a) * amount; }

// Largest whole number not above x. |x| < 2^31.
template <class F>
F floor(F x) {
    const F whole = to_float(truncate(x));
    return whole - select(x < whole, F(1.f), F(0.f));
}

// sin(2 pi x) for x in [-0.25, 0.25]. Relative error 2e-7, of rounding: the polynomial is good to 5e-9. It is
// summed in pairs (G. Estrin, 1960), as what waits least for what is before it costs least.
template <class F>
F sin_quarter(F x) {
    const F y = x * x, y2 = y * y;
    const F low = F(6.28318527379f) + y * F(-41.3416774784f);
    const F high = (F(81.6022312427f) + y * F(-76.5749921819f)) + y2 * F(39.7109181429f);
    return x * (low + y2 * high);
}

// sin(2 pi x) for x in [-0.5, 0.5], as centred(phase) gives it.
template <class F>
F sin_half(F x) {
    return sin_quarter(select(abs(x) > F(0.25f), select(x > F(0.f), F(0.5f), F(-0.5f)) - x, x));
}

// sin(2 pi place / 2^32) for a place in a cycle. The outer quarters are folded in, as whole numbers.
template <class F>
F sin_place(Int<F> place) {
    const Int<F> folded = as_int(Word<F>(0x80000000u) - as_word(place));
    return sin_quarter(to_float(select((place ^ (place << 1)) < Int<F>(0), folded, place)) * F(1.f / 4294967296.f));
}

// sin(2 pi x), cos(2 pi x) for any |x| < 2^22: x in turns, not radians. Error 2e-7.
template <class F>
F sin_turns(F x) {
    return sin_half(x - floor(x + F(0.5f)));
}
template <class F>
F cos_turns(F x) {
    const F r = x - floor(x + F(0.5f));
    return sin_quarter(F(0.25f) - abs(r));                                 // cos is even
}

// Lambert's quotient for the tangent, |z| <= pi / 4: relative error 3e-8 before rounding.
template <class F>
struct TanQuotient {
    F above, below;
};
template <class F>
TanQuotient<F> tan_quotient(F z) {
    const F y = z * z;
    return {z * (F(945.f) + y * (y - F(105.f))), F(945.f) + y * (F(15.f) * y - F(420.f))};
}

// tan(pi x) for x in [0, 0.499], as a prewarped cutoff needs it: x = cutoff / rate. Relative error 7e-7 up to 0.4,
// 1e-5 up to 0.49. By the double angle, with one division.
template <class F>
F tan_pi(F x) {
    const TanQuotient<F> q = tan_quotient(x * F(0.5f * kPi));
    return F(2.f) * q.above * q.below / ((q.below - q.above) * (q.below + q.above));
}

// 2^x for x in [-126, 127], clamped there. Relative error 1.5e-7.
template <class F>
F exp2(F x) {
    const F inside = clamp(x, F(-126.f), F(127.f));
    const F whole = floor(inside + F(0.5f));
    const F f = inside - whole;  // [-0.5, 0.5]
    const F y = F(1.f) + f * (F(0.693147206289f) + f * (F(0.240226513324f) + f * (F(0.0555032774147f) +
                f * (F(0.00961800541408f) + f * (F(0.00134002835426f) + f * F(0.000154758970337f))))));
    return y * from_bits((truncate(whole) + Int<F>(127)) << 23);
}

// log2(x) for normal positive x; anything below the smallest normal counts as that. Error 1.5e-7 * max(1,
// |log2 x|).
template <class F>
F log2(F x) {
    const Int<F> bits = bits_of(max(x, F(1.17549435e-38f)));
    const Int<F> shifted = bits - Int<F>(0x3f3504f3);  // so that the mantissa lies in [sqrt 1/2, sqrt 2)
    const Int<F> exponent = shifted >> 23;
    const F m = from_bits((shifted & Int<F>(0x007fffff)) + Int<F>(0x3f3504f3));
    const F s = (m - F(1.f)) / (m + F(1.f));
    const F y = s * s;
    const F series = F(2.88539008178f) + y * (F(0.961796682518f) + y * (F(0.577082467616f) +
                     y * (F(0.411717774912f) + y * F(0.340152780581f))));
    return to_float(exponent) + s * series;
}

// x^y for x > 0.
template <class F> F pow(F x, F y) { return exp2(y * log2(x)); }
// e^x. Relative error 3e-7 for |x| < 4, growing with |x|.
template <class F> F exp(F x) { return exp2(x * F(1.44269504089f)); }
// Decibels to gain.
template <class F> F gain_of(F decibels) { return exp2(decibels * F(0.166096404744f)); }

// tanh. Error 2e-7: below 0.5 by its own series quotient, above by exp2.
template <class F>
F tanh(F x) {
    const F a = abs(x), y = x * x;
    const F small = x * (F(945.f) + y * (F(105.f) + y)) / (F(945.f) + y * (F(420.f) + y * F(15.f)));
    const F e = exp2(min(a, F(10.f)) * F(2.88539008178f));
    const F large = F(1.f) - F(2.f) / (e + F(1.f));
    return select(a < F(0.5f), small, select(x < F(0.f), -large, large));
}

// tanh by Lambert's continued fraction, which reaches 1 at 4.97: a saturation curve at a third of the cost.
// Error 1e-4.
template <class F>
F tanh_lambert(F x) {
    const F a = clamp(x, F(-4.97f), F(4.97f)), y = a * a;
    return a * (F(135135.f) + y * (F(17325.f) + y * (F(378.f) + y))) /
           (F(135135.f) + y * (F(62370.f) + y * (F(3150.f) + y * F(28.f))));
}

// The same cut off sooner, so that it reaches 1 at 3, level: for loops, where its short way counts. Error
// 0.024.
template <class F>
F tanh_short(F x) {
    const F a = clamp(x, F(-3.f), F(3.f)), y = a * a;
    return a * (F(27.f) + y) / (F(27.f) + F(9.f) * y);
}

}  // namespace chronus
