// What a type is good for, as its ports and its sound show it, and what it is tried with. No type is known by name.
#pragma once
#include "figures/rack.h"

namespace chronus::figures {

enum class Kind {
    source,    // sounds by itself
    voice,     // sounds when a note is played
    filter,    // linear, and not alike at every frequency
    dynamics,  // loud and soft get different gains, and a sine stays one
    shaper,    // a sine becomes something else
    space,     // what it does takes or changes with time
    level,     // linear and alike at every frequency: amplifiers, mixers
    control    // moves other modules
};

struct Subject {
    const Type& type;
    Kind kind;
    Stimulus always;  // what it needs to sound at all

    std::string in() const { return type.main_inputs().empty() ? "" : type.main_inputs()[0]; }
    std::string out() const;
    const PublicPort* parameter(const std::string& name) const;
    // The parameter that a filter is named by: its cutoff, else the first one in hertz, else the first.
    const PublicPort* main_parameter() const;
    // With the signal at all its main inputs.
    Stimulus fed(const Samples& signal) const;
};

Subject subject_of(const Type& type);

Samples tone(double hertz, double height, std::size_t frames);
Samples noise(double height, std::size_t frames);
// A click, a drum, a burst of noise, a saw: two seconds, and silence to what is asked for.
Samples phrase(std::size_t frames);
// What makes that move which moves others: a wave or steps; notes if that is not enough.
Stimulus control_stimulus(const Subject& subject, std::size_t frames);

}  // namespace chronus::figures
