#include "listen/words.h"

#include <cmath>

namespace chronus {
namespace {

// Two places: the ear hears no more.
float rounded(double value) {
    return static_cast<float>(std::round(value * 100) / 100);
}

}  // namespace

std::vector<Argument> words_of(const Figures& figures, const std::string& target, bool master) {
    std::vector<Argument> words;
    const auto add = [&](const char* name, Argument value) {
        words.emplace_back(std::string(name));
        words.push_back(std::move(value));
    };
    add("target", target);
    add("heard", std::string(figures.silent ? "SILENT" : figures.clipping ? "CLIPPING" : "sound"));
    add("seconds", rounded(figures.seconds));
    add("lufs_integrated", rounded(figures.integrated));
    add("lufs_momentary", rounded(figures.momentary));
    add("lufs_short_term", rounded(figures.short_term));
    add("true_peak_dbtp", rounded(figures.true_peak));
    add("rms_dbfs", rounded(figures.rms));
    add("crest_db", rounded(figures.crest));
    add("clipped_percent", static_cast<float>(figures.clipped));
    if (master) add("limiting_db", rounded(figures.limiting));
    for (std::size_t b = 0; b < kBands.size(); ++b) add(kBands[b].name, rounded(figures.bands[b]));
    add("lost_frames", figures.lost);
    return words;
}

}  // namespace chronus
