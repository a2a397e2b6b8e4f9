// Real sessions, played on the classic studio and measured.
#include <ebur128.h>

#include <cmath>
#include <memory>

#include "render/recital.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

struct Measured {
    double true_peak_db;
    bool finite = true;
    std::vector<double> window_db;  // RMS of each window
    std::size_t refused = 0;
};

constexpr int kRate = 48000;

Measured render(const std::string& name, double window_seconds) {
    const auto session = read_session(text_of_file(CHRONUS_SOURCE_PATH "/tests/sessions/" + name), name, classic_studio(), kRate);
    REQUIRE(session);
    Offline offline(modules(), kRate);
    ebur128_state* meter = ebur128_init(2, kRate, EBUR128_MODE_TRUE_PEAK);
    Measured measured;
    double energy = 0;
    std::int64_t counted = 0;
    const auto window = static_cast<std::int64_t>(window_seconds * kRate);
    while (offline.frame() < session->last_frame()) {
        offline.feed(*session, [&](const Recital::Line&, const Outcome&) { ++measured.refused; });
        float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK], stereo[2 * CHRONUS_BLOCK];
        offline.block(left, right);
        for (int i = 0; i < CHRONUS_BLOCK; ++i) {
            stereo[2 * i] = left[i];
            stereo[2 * i + 1] = right[i];
            measured.finite &= std::isfinite(left[i]) && std::isfinite(right[i]);
            energy += left[i] * left[i] + right[i] * right[i];
        }
        ebur128_add_frames_float(meter, stereo, CHRONUS_BLOCK);
        counted += CHRONUS_BLOCK;
        if (counted < window) continue;
        measured.window_db.push_back(10 * std::log10(energy / (2.0 * static_cast<double>(counted)) + 1e-20));
        energy = 0;
        counted = 0;
    }
    double left = 0, right = 0;
    ebur128_true_peak(meter, 0, &left);
    ebur128_true_peak(meter, 1, &right);
    ebur128_destroy(&meter);
    measured.true_peak_db = 20 * std::log10(std::max(left, right));
    return measured;
}

}  // namespace

TEST_CASE("acid-dreams sounds from its first track to its last, without NaN or a peak over the ceiling") {
    constexpr double kWindow = 2.5;  // s: longer than a bar at its slowest, 110 bpm
    const Measured session = render("acid-dreams.osc", kWindow);
    CHECK(session.refused == 0);
    CHECK(session.finite);
    CHECK(session.true_peak_db < -0.9);
    for (std::size_t w = 2; w < static_cast<std::size_t>(176 / kWindow) - 1; ++w) {  // tracks play from 4 s to 176 s
        INFO("at " << static_cast<double>(w) * kWindow << " s");
        CHECK(session.window_db[w] > -60);
    }
}

TEST_CASE("anthem-breakbeat-174 sounds from its first gate to its last, without NaN or a peak over the ceiling") {
    constexpr double kWindow = 2;
    const Measured session = render("anthem-breakbeat-174.osc", kWindow);
    CHECK(session.refused == 0);
    CHECK(session.finite);
    CHECK(session.true_peak_db < -0.9);
    for (std::size_t w = 2; w + 1 < session.window_db.size(); ++w) {
        INFO("at " << static_cast<double>(w) * kWindow << " s");
        CHECK(session.window_db[w] > -60);
    }
}
