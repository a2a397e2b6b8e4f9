// Feed-forward compressor: gain reckoned in decibels, with a soft knee and a smooth, decoupled detector (D.
// Giannoulis, M. Massberg and J. Reiss, "Digital dynamic range compressor design", JAES 2012). Both sides are turned
// down alike, so that the image stands still.
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Compressor {
    struct Outputs { F left, right, reduction; };

    static constexpr Spec spec {
        .name    = "compressor",
        .aliases = "comp",
        .summary = "Compressor: turns down what is loud, by its own level or by another sound",
        .in      = { audio   ("left",      "left side").alias("in"),
                     audio   ("right",     "right side"),
                     audio   ("sidechain", "what is heard where `listen` says so: a kick, to pump").alias("key"),
                     decibels("threshold", -18, -60, 0, "from where on it is turned down"),
                     amount  ("ratio",     3, 1, 20, "3: of 3 dB more 1 is left; 20 limits").exponential(),
                     seconds ("attack",    0.005f, 0.0001f, 0.2f, "how soon it takes hold; longer lets the hit through")
                         .exponential(),
                     seconds ("release",   0.12f, 0.01f, 2, "how soon it lets go").exponential(),
                     decibels("knee",      6, 0, 24, "0 sets in at once, more sets in softly"),
                     decibels("makeup",    4, 0, 24, "louder afterwards").alias("gain"),
                     choice  ("detect",    "peak|rms", "peak is quick, rms goes by loudness"),
                     choice  ("listen",    "self|sidechain", "whose level counts"),
                     amount  ("mix",       1, "0 dry, 1 compressed; between, both side by side").alias("amount") },
        .out     = { audio   ("left",      "left side"),
                     audio   ("right",     "right side"),
                     control ("reduction", "0 at rest, -0.5 where it is half as loud: moves other things alike") },
    };

    F power {};                // of the last 10 ms
    F falling {}, smooth {};   // reduction in dB, as it lets go, and as it takes hold

    Outputs tick(Clock clock, F left, F right, F key, F threshold, F ratio, F attack, F release, F knee, F makeup,
                 F detect, F listen, F mixed) {
        const F loud = select(listen < F(0.5f), max(abs(left), abs(right)), abs(key));
        power += (loud * loud - power) * approach(F(0.01f), clock);
        // As a sine's, both ways tell its peak.
        const F level = F(3.0103f) * log2(select(detect < F(0.5f), loud * loud, F(2.f) * power));

        // Within the knee the slope grows from none to all of it.
        const F over = level - threshold, within = clamp(over + F(0.5f) * knee, F(0.f), knee);
        const F bent = within * within / (F(2.f) * max(knee, F(1e-3f))), beyond = max(over - F(0.5f) * knee, F(0.f));
        const F wanted = (bent + beyond) * (F(1.f) - F(1.f) / ratio);

        falling = max(wanted, falling + (wanted - falling) * approach(release, clock));
        smooth += (falling - smooth) * approach(attack, clock);
        const F gain = gain_of(-smooth), wet = mixed * gain * gain_of(makeup), all = F(1.f) - mixed + wet;
        return {left * all, right * all, gain - F(1.f)};
    }
};

CHRONUS_MODULE(Compressor)
