// Places within a pattern, exact: thirds of fifths of a step add up to steps again.
#pragma once
#include <cstdint>
#include <utility>

namespace chronus::pattern {

// Those who divide keep what is below the line within kFinest. Places are below 4096, so all that is made of two
// of them, and of an eighth of one, fits.
constexpr std::int64_t kFinest = std::int64_t{1} << 24;

struct Fraction {
    std::int64_t over = 0, under = 1;

    static Fraction of(__int128 over, __int128 under) {
        __int128 a = over, b = under;
        while (b != 0) a = std::exchange(b, a % b);
        if (a < 0) a = -a;  // what is below the line stays above 0
        return {static_cast<std::int64_t>(over / a), static_cast<std::int64_t>(under / a)};
    }
    friend Fraction operator+(Fraction a, Fraction b) {
        return of(static_cast<__int128>(a.over) * b.under + static_cast<__int128>(b.over) * a.under,
                  static_cast<__int128>(a.under) * b.under);
    }
    friend Fraction operator*(Fraction a, std::int64_t b) { return of(static_cast<__int128>(a.over) * b, a.under); }
    friend Fraction operator/(Fraction a, std::int64_t b) { return of(a.over, static_cast<__int128>(a.under) * b); }
    bool operator==(const Fraction&) const = default;
    friend bool operator<(Fraction a, Fraction b) {
        return static_cast<__int128>(a.over) * b.under < static_cast<__int128>(b.over) * a.under;
    }
    // In units of 1/scale, to the nearest.
    std::int64_t rounded(std::int64_t scale) const {
        return static_cast<std::int64_t>((static_cast<__int128>(over) * scale * 2 + under) / (static_cast<__int128>(under) * 2));
    }
};

}  // namespace chronus::pattern
