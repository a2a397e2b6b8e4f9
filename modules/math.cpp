// One signal reckoned with others, frame by frame.
#include <chronus/module.h>
using namespace chronus;

template <class F>
struct Math {
    static constexpr Spec spec {
        .name    = "math",
        .summary = "Sums, products, the lesser or greater of two, and any range brought to another",
        .in      = { audio  ("a",   "first signal").alias("in"),
                     amount ("b",   0, -10, 10, "second signal, or a number").smoothed(0),
                     amount ("c",   1, -10, 10, "for `map`: -1 to 1 becomes b to c").smoothed(0),
                     choice ("op",  "add|subtract|multiply|min|max|map|abs",
                             "a + b, a - b, a times b, the lesser, the greater, a range, a without its sign")
                         .alias("operation mode") },
        .out     = { control("out", "the result") },
    };

    F tick(Clock, F a, F b, F c, F op) {
        const auto is = [&](float which) { return abs(op - F(which)) < F(0.5f); };
        return select(is(0), a + b, select(is(1), a - b, select(is(2), a * b, select(is(3), min(a, b), select(is(4),
               max(a, b), select(is(5), b + (c - b) * (a + F(1.f)) * F(0.5f), abs(a)))))));
    }
};

CHRONUS_MODULE(Math)
