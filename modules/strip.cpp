// A channel strip of a mixing desk: fader, balance, mute, solo and two sends behind the fader. Patch several sources into
// one and it is a group. The balance is of constant power, 1 in the middle.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Strip {
    struct Outputs { F left, right, send1, send2; };

    static constexpr Spec spec {
        .name    = "strip",
        .aliases = "channel fader group bus",
        .summary = "Channel strip: level, pan, mute, solo and two sends; what is patched together into one is a group",
        .in      = { audio   ("left",  "left side; a mono signal comes to both").alias("in"),
                     audio   ("right", "right side"),
                     decibels("level", 0, -60, 12, "the fader: 0 as it comes, -60 is silence").alias("fader volume amp gain"),
                     amount  ("pan",   0, -1, 1, "-1 left, 0 as it comes, 1 right").alias("position balance"),
                     choice  ("mute",  "off|on", "silences it, its sends too").smoothed(kSmoothing),
                     choice  ("solo",  "off|on", "only strips that are on, and what they lead to or come from, are heard"),
                     choice  ("heard", "on|off", "off while others are solo: solo sees to it").smoothed(kSmoothing),
                     amount  ("send1", 0, 0, 2, "how much goes to the first effect, behind the fader").alias("a reverb"),
                     amount  ("send2", 0, 0, 2, "how much goes to the second").alias("b delay") },
        .out     = { audio   ("left",  "left side"),
                     audio   ("right", "right side"),
                     audio   ("send1", "to the first effect, mono"),
                     audio   ("send2", "to the second") },
        .largest_gain = 20,
    };

    Outputs tick(Clock, F left, F right, F level, F pan, F mute, F, F heard, F send1, F send2) {
        // The last 10 dB of the fader lead to silence.
        const F gain = exp2(level * F(0.166096405f)) * clamp((level + F(60.f)) * F(0.1f), F(0.f), F(1.f));
        const F open = gain * (F(1.f) - mute) * (F(1.f) - heard);
        const F turn = F(0.125f) + pan * F(0.125f), whole = F(1.41421356f) * open;
        const F l = left * whole * sin_quarter(F(0.25f) - turn), r = right * whole * sin_quarter(turn);
        const F middle = F(0.5f) * (l + r);
        return {l, r, middle * send1, middle * send2};
    }
};

CHRONUS_MODULE(Strip)
