// Constant-power panorama by a quarter of a sine: -3 dB on either side in the middle.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Pan {
    static constexpr Spec spec {
        .name    = "pan",
        .aliases = "panner",
        .summary = "Places a mono signal between left and right",
        .in      = { audio ("in",    "signal to place"),
                     amount("pan",   0, -1, 1, "-1 left, 0 middle, 1 right").alias("position") },
        .out     = { audio ("left",  "left side"),
                     audio ("right", "right side") },
    };

    Stereo<F> tick(Clock, F in, F pan) {
        const F turn = F(0.125f) + pan * F(0.125f);
        return {in * sin_quarter(F(0.25f) - turn), in * sin_quarter(turn)};
    }
};

CHRONUS_MODULE(Pan)
