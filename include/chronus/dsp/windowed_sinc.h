// The ideal low-pass and the window that makes it finite, for kernels computed while compiling
// (J. F. Kaiser, "Nonrecursive digital filter design using the I0-sinh window function", 1974).
#pragma once

namespace chronus::kernel {

constexpr double kPi = 3.14159265358979323846;

// sin(pi x) to 1e-13 for any x that fits a long.
constexpr double sin_pi(double x) {
    const double r = x - 2.0 * double(long(x * 0.5 + (x < 0 ? -0.5 : 0.5)));  // [-1, 1]
    const double folded = r > 0.5 ? 1.0 - r : r < -0.5 ? -1.0 - r : r;        // [-0.5, 0.5]
    const double y = folded * kPi;
    double term = y, sum = y;
    for (int n = 3; n < 20; n += 2) sum += term *= -y * y / (n * (n - 1));
    return sum;
}

constexpr double sinc(double x) { return x * x < 1e-20 ? 1.0 : sin_pi(x) / (kPi * x); }

// The modified Bessel function I0 of the root of z2, to 1e-9.
constexpr double bessel0_of_root(double z2) {
    double term = 1, sum = 1;
    for (int n = 1; n < 60 && term > 1e-9 * sum; ++n) sum += term *= z2 / (4.0 * n * n);
    return sum;
}

// Kaiser's window over [-1, 1]; 0 outside. beta 8 leaves side lobes of about -82 dB, 10 of -100 dB.
struct Kaiser {
    double beta, middle;
    constexpr explicit Kaiser(double beta) : beta(beta), middle(bessel0_of_root(beta * beta)) {}
    constexpr double operator()(double x) const {
        return x * x >= 1 ? 0.0 : bessel0_of_root(beta * beta * (1 - x * x)) / middle;
    }
};

}  // namespace chronus::kernel
