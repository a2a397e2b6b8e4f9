// What a client knows of an instrument, read from its real answers.
#pragma once
#include "chronus/vocabulary.h"
#include "studio/instrument.h"

namespace chronus::hand {

inline Vocabulary known_of(Instrument& instrument) {
    const auto words = [&](const std::string& line) { return instrument.take(line).words; };
    Vocabulary vocabulary;
    read_commands(instrument.done("/schema commands"), vocabulary);
    read_types(words("/types"), vocabulary);
    read_modules(words("/list"), vocabulary);
    read_tracks(words("/seq/status"), vocabulary);
    std::vector<std::string> types;
    for (const auto& [name, type] : vocabulary.types) types.push_back(name);
    for (const std::string& name : types) read_type(name, instrument.done("/schema " + name), vocabulary);
    return vocabulary;
}

// A rack with a bass, a kick and a voice, and a track of the kick.
inline const Vocabulary& known() {
    static const Vocabulary vocabulary = [] {
        Instrument instrument;
        instrument.load("create reese bass\ncreate kick k\ncreate voice lead\nsequence k: X...\n");
        return known_of(instrument);
    }();
    return vocabulary;
}

}  // namespace chronus::hand
