// Patterns by chance, of all that steps can be.
#pragma once
#include "laws/dice.h"
#include "pattern/steps.h"

namespace trees {

using namespace chronus::pattern;

class Trees {
public:
    explicit Trees(std::uint64_t seed) : dice_(seed) {}

    Steps steps() { return {sequence(1 + dice_.below(8), 3)}; }

private:
    Sequence sequence(std::size_t count, int depth) {
        Sequence made;
        while (count-- > 0) made.push_back(step(depth));
        return made;
    }
    int count(std::size_t most) { return 1 + static_cast<int>(dice_.below(most)); }
    bool rarely() { return dice_.below(8) == 0; }

    Step step(int depth) {
        Step made;
        if (depth > 0 && dice_.below(3) == 0) {
            made.kind = static_cast<Step::Kind>(1 + dice_.below(3));
            const std::size_t parts = made.kind == Step::Kind::choice ? 1 + dice_.below(3) : 1;
            for (std::size_t p = 0; p < parts; ++p) made.parts.push_back(sequence(1 + dice_.below(3), depth - 1));
        } else {
            made.mark = "XxgFf.._"[dice_.below(8)];
            const bool hits = made.mark != '.' && made.mark != '_';
            if (hits && rarely()) made.velocity = count(100);
        }
        if (rarely()) made.strokes = count(4);
        if (rarely()) {
            made.euclid.steps = count(9);
            made.euclid.pulses = static_cast<int>(dice_.below(static_cast<std::size_t>(made.euclid.steps) + 1));
            made.euclid.later = static_cast<int>(dice_.below(static_cast<std::size_t>(made.euclid.steps)));
        }
        if (rarely()) made.length = count(5);
        if (rarely()) made.chance = count(101) - 1;
        if (rarely()) made.copies = count(4);
        return made;
    }

    chronus::laws::Dice dice_;
};

}  // namespace trees
