#include "figures/cost.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <numeric>

namespace chronus::figures {
namespace {

constexpr int kBlocks = 200, kPasses = 60;
constexpr double kHardly = 0.2;  // part by which costs differ from run to run on a machine that does other things too

double mean(const std::vector<double>& times) {
    return std::accumulate(times.begin(), times.end(), 0.0) / double(times.size());
}

double time_of(const Subject& subject, const Stimulus& stimulus, int count) {
    const BlockTimes times = block_times(subject.type, stimulus, count, kBlocks, kPasses);
    return std::max(1.0, (mean(times.with) - mean(times.without)) / count);
}

std::string two_digits(double value) {
    const double unit = std::pow(10, std::floor(std::log10(value)) - 1);
    return fmt::format("{:g}", std::max(0.1, std::round(value / unit) * unit));
}

}  // namespace

Cost cost_of(const Subject& subject) {
    constexpr std::size_t kFrames = kBlocks * CHRONUS_BLOCK;
    Stimulus stimulus = subject.kind == Kind::control ? control_stimulus(subject, kFrames) : subject.fed(noise(0.3, kFrames));
    if (subject.kind == Kind::voice)
        for (std::size_t at = 0; at < kFrames; at += kFrames / 3 + CHRONUS_BLOCK) stimulus.note(at, kFrames / 4);
    return {time_of(subject, stimulus, 1), time_of(subject, stimulus, 8)};
}

std::string cost_told(const Cost& cost, double saw, const std::string& before) {
    double alone = 0, of_eight = 0;
    if (std::sscanf(before.c_str(), "Costs %lf, of eight %lf each.", &alone, &of_eight) == 2) {
        const auto like = [](double now, double then) { return std::fabs(now - then) <= kHardly * then + 0.1; };
        if (like(cost.alone / saw, alone) && like(cost.of_eight / saw, of_eight)) return before;
    }
    return fmt::format("Costs {}, of eight {} each.", two_digits(cost.alone / saw), two_digits(cost.of_eight / saw));
}

}  // namespace chronus::figures
