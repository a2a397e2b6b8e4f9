// One module on a rack with nothing else: what is sent into it, said to it and played on it, and what comes out. What
// is rendered is what anybody hears, so shared objects and composites are measured alike.
#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/library.h"
#include "studio/type.h"

namespace chronus::figures {

using Samples = std::vector<float>;
using Take = std::map<std::string, Samples>;  // by output

constexpr int kRate = 48000;

struct Note {
    std::size_t at, length;
    std::string gate;  // empty: the module's own
    float velocity = 1;
};

struct Stimulus {
    std::map<std::string, Samples> cables;  // by input
    std::vector<Note> notes;                // in order; they begin and end with blocks
    std::vector<std::pair<std::string, std::string>> settings;

    Stimulus& cable(const std::string& input, Samples samples) { cables[input] = std::move(samples); return *this; }
    Stimulus& note(std::size_t at, std::size_t length, const std::string& gate = "") { notes.push_back({at, length, gate}); return *this; }
    Stimulus& set(const std::string& parameter, const std::string& value) { settings.emplace_back(parameter, value); return *this; }
    Stimulus& set(const std::string& parameter, double value);
};

// The module library with the two that send and hear.
// Module folders beside those of the build, from before the first look at the library.
std::vector<std::filesystem::path>& more_folders();
const Library& library();

// What eight outputs at most give in so many frames. The rack has stood for a while before, and the transport begins
// with it.
Take render(const Type& type, const Stimulus& stimulus, std::size_t frames);

// What `count` modules cost in a block, without what feeds them, in saws: what one of 64 costs. For each of so many blocks
// the least time of several passes counts, and the four racks take turns, as other programs run too.
double cost_in_saws(const Type& type, const Stimulus& stimulus, int count, const Type& saw, int blocks, int passes);

}  // namespace chronus::figures
