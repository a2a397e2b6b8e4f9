// Exact fractions, to hold what is computed by integers against what it ought to be.
#pragma once
#include <cstdint>
#include <numeric>

namespace exact {

__extension__ using Wide = __int128;

struct Rational {
    Wide over = 0, under = 1;  // under > 0, no common factor

    Rational() = default;
    Rational(Wide numerator, Wide denominator = 1) {
        Wide a = numerator < 0 ? -numerator : numerator, b = denominator;
        while (b != 0) {
            const Wide rest = a % b;
            a = b;
            b = rest;
        }
        over = a == 0 ? 0 : numerator / a;
        under = a == 0 ? 1 : denominator / a;
    }
    friend Rational operator+(Rational a, Rational b) { return {a.over * b.under + b.over * a.under, a.under * b.under}; }
    friend Rational operator-(Rational a, Rational b) { return {a.over * b.under - b.over * a.under, a.under * b.under}; }
    friend Rational operator*(Rational a, Rational b) { return {a.over * b.over, a.under * b.under}; }
    friend Rational operator/(Rational a, Rational b) {
        return b.over > 0 ? Rational(a.over * b.under, a.under * b.over) : Rational(-a.over * b.under, -a.under * b.over);
    }

    std::int64_t floor() const {
        Wide whole = over / under;
        if (over % under < 0) --whole;
        return static_cast<std::int64_t>(whole);
    }
    // Halves go up.
    std::int64_t nearest() const { return (*this + Rational(1, 2)).floor(); }
    double value() const { return static_cast<double>(over) / static_cast<double>(under); }
};

}  // namespace exact
