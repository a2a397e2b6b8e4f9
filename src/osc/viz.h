// Levels and a spectrum for pages that draw them: /viz/levels, a float a module that plays notes, 0 to 1; /viz/names, their
// ids, when they change; /viz/spectrum, eight floats, 63 Hz to 8 kHz, an octave each.
#pragma once
#include <chrono>
#include <string>
#include <vector>

#include "studio/console.h"

namespace chronus {

class Viz {
public:
    // What is to be sent now; nothing between the tenths of a second. Has the audio thread measure while somebody draws.
    std::vector<Message> draw(Console& console, bool drawn);

private:
    void watch(Console& console, bool drawn);

    std::chrono::steady_clock::time_point next_{};
    std::vector<std::string> names_;
    std::uint64_t version_ = 0;
    bool drawn_ = false;
};

}  // namespace chronus
