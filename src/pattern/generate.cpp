#include "pattern/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "pattern/euclid.h"
#include "pattern/pass.h"
#include "pattern/pitch.h"
#include "text/numbers.h"

namespace chronus::pattern {
namespace {

// Of the generator's own bits, as the library's distributions are free to differ.
class Chance {
public:
    explicit Chance(std::uint64_t seed) : bits_(seed) {}
    double part() { return static_cast<double>(bits_() >> 11) * 0x1p-53; }
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(part() * static_cast<double>(count)); }

private:
    std::mt19937_64 bits_;
};

// Step by step, what stands alone: copies and euclids one by one.
Sequence plain(const Steps& steps) {
    Sequence all;
    for (const Step& step : steps.steps) {
        Step one = step;
        one.copies = 1;
        one.euclid = {};
        const std::vector<bool> rhythm = euclid_of(step.euclid);
        for (int copy = 0; copy < step.copies; ++copy)
            for (const bool sounds : rhythm) all.push_back(sounds ? one : Step{.length = one.length});
    }
    return all;
}

bool is_hit(const Step& step) { return step.kind == Step::Kind::mark && step.mark != '.' && step.mark != '_'; }
bool is_rest(const Step& step) { return step.kind == Step::Kind::mark && step.mark == '.'; }

void change_hit(Sequence& all, std::size_t at, Chance& chance) {
    Step& step = all[at];
    switch (chance.below(4)) {
        case 0: step.mark = step.mark == 'X' ? 'x' : 'g'; step.velocity = 0; break;
        case 1: step.strokes = 2; break;
        case 2:
            if (at + 1 < all.size() && is_rest(all[at + 1])) std::swap(step, all[at + 1]);
            else step.mark = 'g';
            break;
        case 3: step = Step{.length = step.length}; break;
    }
}

}  // namespace

std::string euclid_text(const Euclid& euclid) {
    std::string text;
    for (const bool sounds : euclid_of(euclid)) text += sounds ? 'x' : '.';
    return text;
}

std::string answer(const Steps& call, double amount, std::uint64_t seed) {
    Pass pass;
    if (unfold(call, pass)) return {};
    std::vector<bool> taken(static_cast<std::size_t>(pass.steps));
    for (const PassHit& hit : pass.hits)
        for (std::int64_t step = hit.at.over / hit.at.under; step < pass.steps && Fraction{step, 1} < hit.end; ++step)
            taken[static_cast<std::size_t>(step)] = true;
    Chance chance(seed);
    std::string text;
    for (std::size_t step = 0; step < taken.size(); ++step) {
        const double weight = step % 4 == 2 ? 1.5 : step % 2 == 1 ? 1.0 : 0.5, drawn = chance.part();
        const bool plays = !taken[step] && drawn < std::min(1.0, amount * weight + std::max(0.0, amount - 0.9) * 10);
        text += !plays ? '.' : drawn < amount * weight / 3 ? 'X' : 'x';
    }
    return text;
}

std::string vary(const Steps& steps, double amount, std::uint64_t seed) {
    Sequence all = plain(steps);
    Chance chance(seed);
    for (std::size_t at = 1; at < all.size(); ++at) {
        if (chance.part() >= amount) continue;
        if (is_hit(all[at])) change_hit(all, at, chance);
        else if (is_rest(all[at])) all[at].mark = chance.part() < 0.7 ? 'g' : 'x';
    }
    return print_steps({all});
}

std::string arpeggio(const std::vector<double>& hertz, ArpMode mode, int octaves, int count, std::uint64_t seed, double a4) {
    std::vector<double> line;
    for (int octave = 0; octave < octaves; ++octave)
        for (const double one : hertz) line.push_back(std::ldexp(one, octave));
    std::sort(line.begin(), line.end());
    if (mode == ArpMode::down) std::reverse(line.begin(), line.end());
    if (mode == ArpMode::up_down && line.size() > 2)
        for (std::size_t i = line.size() - 2; i > 0; --i) line.push_back(line[i]);
    Chance chance(seed);
    std::string text;
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        const double one = line[mode == ArpMode::random ? chance.below(line.size()) : i % line.size()];
        const int midi = static_cast<int>(std::lround(69 + 12 * std::log2(one / a4)));
        const bool named = midi >= 0 && midi <= 127 && std::fabs(one / hertz_of_midi(midi, a4) - 1) < 1e-6;
        text += (text.empty() ? "" : " ") + (named ? name_of_midi(midi) : print_number(one) + "Hz");
    }
    return text;
}

}  // namespace chronus::pattern
