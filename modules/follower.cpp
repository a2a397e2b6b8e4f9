// Envelope follower: rectified or squared, up in one time and down in another (the smooth, decoupled detector of D.
// Giannoulis, M. Massberg and J. Reiss, JAES 2012).
#include <chronus/dsp/tpt.h>
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Follower {
    static constexpr Spec spec {
        .name    = "follower",
        .aliases = "envelope-follower env-follower",
        .summary = "Follower: the loudness of a sound, to move others with",
        .in      = { audio  ("in",      "sound to follow"),
                     seconds("attack",  0.005f, 0.0001f, 1, "how soon it rises").exponential(),
                     seconds("release", 0.1f, 0.001f, 5, "how soon it falls").exponential(),
                     amount ("gain",    1, 0, 10, "how far it moves for a sound of 1").alias("amount"),
                     choice ("detect",  "peak|rms", "peak is quick, rms goes by loudness") },
        .out     = { control("out",     "0 in silence, for a sine its height") },
    };

    F power {}, falling {}, level {};

    F tick(Clock clock, F in, F attack, F release, F gain, F detect) {
        power += (in * in - power) * approach(F(0.01f), clock);
        const F loud = select(detect < F(0.5f), abs(in), sqrt(F(2.f) * power));
        falling = max(loud, falling + (loud - falling) * approach(release, clock));
        level += (falling - level) * approach(attack, clock);
        return level * gain;
    }
};

CHRONUS_MODULE(Follower)
