// The settings of its parameters that a module type is tried at.
#pragma once
#include <fmt/format.h>

#include <string>
#include <vector>

#include "laws/dice.h"
#include "laws/signals.h"

namespace chronus::laws {

using Setting = std::vector<float>;  // a value an input; what is no parameter has 0

inline Setting defaults(const chronus_module_type& type) {
    Setting setting;
    for (std::size_t i = 0; i < type.input_count; ++i) setting.push_back(type.inputs[i].initial);
    return setting;
}

// Low, default and high; of choices all.
inline std::vector<float> levels(const chronus_port& port) {
    if (!is_parameter(port)) return {0};
    if (port.meaning != CHRONUS_CHOICE) return {port.minimum, port.initial, port.maximum};
    std::vector<float> all;
    for (float choice = 0; choice <= port.maximum; ++choice) all.push_back(choice);
    return all;
}

// The defaults, and every level of every parameter alone.
inline std::vector<Setting> one_at_a_time(const chronus_module_type& type) {
    std::vector<Setting> settings{defaults(type)};
    for (std::size_t i = 0; i < type.input_count; ++i)
        for (const float level : levels(type.inputs[i]))
            if (level != type.inputs[i].initial && is_parameter(type.inputs[i])) {
                settings.push_back(defaults(type));
                settings.back()[i] = level;
            }
    return settings;
}

inline std::vector<Setting> random_corners(const chronus_module_type& type, std::size_t count) {
    Dice dice(count, type.input_count);
    std::vector<Setting> settings(count, defaults(type));
    for (Setting& setting : settings)
        for (std::size_t i = 0; i < type.input_count; ++i) {
            if (!is_parameter(type.inputs[i])) continue;
            const bool choice = type.inputs[i].meaning == CHRONUS_CHOICE;
            setting[i] = value_at(type.inputs[i], choice ? dice.unipolar() : float(dice.below(2)));
        }
    return settings;
}

// Each pair of levels of each two parameters stands in at least one setting. Greedy, as in AETG (Cohen,
// Dalal, Fredman & Patton, 1997): a row begins with a pair that is still missing and takes what covers most.
class Pairwise {
public:
    explicit Pairwise(const chronus_module_type& type) : size_(type.input_count) {
        for (std::size_t i = 0; i < size_; ++i) {
            levels_.push_back(levels(type.inputs[i]));
            if (levels_[i].size() > kMost) levels_[i].resize(kMost);
        }
        covered_.resize(size_ * size_ * kMost * kMost);
        for (std::size_t a = 0; a < size_; ++a)
            for (std::size_t b = a + 1; b < size_; ++b)
                for (std::size_t x = 0; x < levels_[a].size(); ++x)
                    for (std::size_t y = 0; y < levels_[b].size(); ++y)
                        if (!covers(a, x, b, y)) add_row(a, x, b, y);
    }
    std::vector<Setting> settings() const { return rows_; }

private:
    static constexpr std::size_t kMost = 32;  // levels; the choices beyond are tried alone only
    static constexpr std::size_t kOpen = kMost;

    char& covers(std::size_t a, std::size_t x, std::size_t b, std::size_t y) {
        return a < b ? covered_[((a * size_ + b) * kMost + x) * kMost + y] : covers(b, y, a, x);
    }

    void add_row(std::size_t a, std::size_t x, std::size_t b, std::size_t y) {
        std::vector<std::size_t> row(size_, kOpen);
        row[a] = x;
        row[b] = y;
        for (std::size_t i = 0; i < size_; ++i)
            if (row[i] == kOpen) row[i] = best_level(row, i);
        rows_.emplace_back(size_);
        for (std::size_t i = 0; i < size_; ++i) {
            rows_.back()[i] = levels_[i][row[i]];
            for (std::size_t j = 0; j < i; ++j) covers(j, row[j], i, row[i]) = 1;
        }
    }

    std::size_t best_level(const std::vector<std::size_t>& row, std::size_t parameter) {
        std::size_t best = 0, most = 0;
        for (std::size_t k = 0; k < levels_[parameter].size(); ++k) {
            // Ties turn from row to row, so that no level is preferred.
            const std::size_t level = (k + rows_.size()) % levels_[parameter].size();
            std::size_t gained = 1;
            for (std::size_t j = 0; j < size_; ++j)
                if (j != parameter && row[j] != kOpen) gained += !covers(j, row[j], parameter, level);
            if (gained > most) best = level, most = gained;
        }
        return best;
    }

    std::size_t size_;
    std::vector<std::vector<float>> levels_;
    std::vector<char> covered_;
    std::vector<Setting> rows_;
};

inline std::string text_of(const chronus_module_type& type, const Setting& setting) {
    std::string text = type.name;
    for (std::size_t i = 0; i < type.input_count; ++i)
        if (is_parameter(type.inputs[i])) text += fmt::format(" {}={}", type.inputs[i].name, setting[i]);
    return text;
}

}  // namespace chronus::laws
