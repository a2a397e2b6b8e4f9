// Chance for the tests: the same on every machine, and a stream of its own for every seed.
#pragma once
#include <cstddef>
#include <cstdint>

namespace chronus::laws {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}
    Dice(std::uint64_t a, std::uint64_t b, std::uint64_t c = 0) : Dice((a * 1000003 + b) * 1000003 + c) {}

    // SplitMix64 (Steele, Lea & Flood, 2014).
    std::uint64_t bits() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t count) { return bits() % count; }
    float unipolar() { return float(bits() >> 40) * 0x1p-24f; }
    float bipolar() { return 2 * unipolar() - 1; }

private:
    std::uint64_t state_;
};

}  // namespace chronus::laws
