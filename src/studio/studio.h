// The studio is a value: everything that is kept of the instrument. Undo, save and diff are copies of it.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "handoff/timeline.h"
#include "studio/bases.h"
#include "studio/shared.h"

namespace chronus {

// A port by the path of its module and its own name: {"bass/filter", "cutoff"}.
struct PortName {
    std::string module;
    std::string port;

    auto operator<=>(const PortName&) const = default;
};

// Which of several notes has its way: of a module with lanes, whose lane a new one takes; of one without, which is heard.
enum class Priority { last, low, high, quietest };

struct Module {
    std::string type;
    std::uint64_t birth = 0;             // counts creations: the same id born again is another module
    int poly = 1;
    Priority priority = Priority::last;
    Bases bases;

    bool operator==(const Module&) const = default;
};

// What a cable's gain counts in, where it leads to a parameter.
enum class CableUnit {
    natural,  // octaves for exponential parameters, else the parameter's own unit
    own       // always the parameter's own unit: "800Hz" sweeps a cutoff by 800 Hz either way
};

struct Cable {
    PortName from, to;
    float gain = 1;
    CableUnit unit = CableUnit::natural;
    bool delayed = false;    // it closed a loop: what goes through it comes a block later
    bool automatic = false;  // made by create; patch replaces it

    bool operator==(const Cable&) const = default;
};

struct Track {
    std::string module;
    std::string lane;    // the parameter that it leads, relative to the module; empty: it plays notes
    std::string steps;   // as it was written; of a lane: values
    std::string notes;
    std::map<std::string, std::string> keys;  // studio/track_keys.h: only what was given
    bool muted = false;
    bool solo = false;   // while there is one, only such are heard
    std::uint32_t slot = 0;

    bool operator==(const Track&) const = default;
};

// Tracks by name, as they are to play together.
using Scene = std::map<std::string, Track>;

// Scenes one after another, each so many times as long as it is.
struct Song {
    struct Part {
        std::string scene;
        int times = 1;

        bool operator==(const Part&) const = default;
    };
    std::vector<Part> parts;
    bool loop = false;  // then it begins again; else its last scene goes on

    bool operator==(const Song&) const = default;
};

struct Studio {
    SharedMap<Module> modules;
    SharedList<Cable> cables;                     // in order of their making
    SharedMap<Track> tracks;
    SharedMap<Scene> banks;                       // of a track's name: patterns of its own, by theirs
    SharedMap<Scene> scenes;
    Song song;
    std::map<std::string, std::string> aliases;   // another name for the beginning of a path
    std::int32_t tempo = 120000;                  // 1/1000 bpm
    float swing = 0;
    int swing_grid = 16;                          // of which note value every second one comes late: 16 are sixteenths
    Signature signature;
    double a4 = 440;                              // Hz, that notes are tuned to
    bool limiter = true;
    int bars = 0;                                 // length of the song; 0: it has none
    std::uint64_t seed = 1;
    std::uint64_t births = 0;

    bool operator==(const Studio&) const = default;
};

// The rack's own end: what reaches it is heard. It has two inputs, left and right.
inline constexpr const char* kOut = "out";

}  // namespace chronus
