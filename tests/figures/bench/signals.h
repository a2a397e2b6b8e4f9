// Eight signals that the program and the modules of its rack both see. They are the program's.
#pragma once
#include <cstdint>

namespace chronus::figures {

struct Signals {
    static constexpr int kWays = 8;
    float* rows[kWays] = {};
    std::int64_t begin = 0, length = 0;  // frames

    template <class Each>
    void each(std::int64_t frame, int count, Each each) const {
        for (int way = 0; way < kWays; ++way)
            for (int i = 0; i < count; ++i) {
                const std::int64_t at = frame + i - begin;
                each(way, i, rows[way] && at >= 0 && at < length ? &rows[way][at] : nullptr);
            }
    }
};

__attribute__((visibility("default"))) extern Signals sent, heard;

}  // namespace chronus::figures
