// What can be said to the daemon just now: its commands, types, modules and tracks, as it tells them itself.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/message.h"

namespace chronus::hand {

// An argument of a command.
struct Slot {
    std::string
        name;  // "track"; of several kinds "id, parameter=value or quiet"; a word that is meant: 'to', >
    std::string kind;   // "text", "number", "whole number", "on or off", "text or number"
    std::string range;  // "20 .. 999 bpm"; empty if it has none
    std::string initial;
    bool optional = false;
    bool many = false;  // it and all that follow

    bool is_literal() const { return name == ">" || name.starts_with('\''); }
    std::string literal() const { return name == ">" ? name : name.substr(1, name.size() - 2); }
    std::string usage() const;  // "[gain]", "note…"
};

// A command by what a line begins with: "set", "tempo", "/seq/add", "/mod/*".
struct Phrase {
    std::string name, topic, help;
    std::vector<Slot> slots;
};

struct PortInfo {
    std::string name, kind, unit, doc;
    std::string low, high, initial;  // as numbers are printed; low and high are empty for choices
    std::vector<std::string> choices;

    bool is_parameter() const { return kind == "number" || kind == "choice"; }
    std::string range() const;  // "20 .. 8000 Hz", "sine|saw"
};

struct TypeInfo {
    std::string summary;
    bool known = false;  // its ports have been told
    std::vector<PortInfo> inputs, outputs;
    std::map<std::string, std::string> presets;  // name → what it sounds like
    std::map<std::string, std::string> parts;  // of a composite: id → type
};

struct Vocabulary {
    std::vector<Phrase> phrases;  // words before addresses, by name
    std::map<std::string, TypeInfo> types;
    std::map<std::string, std::string> modules;  // id → type
    std::vector<std::string> tracks, patches;
    std::map<std::string, std::string> values;  // "bass/cutoff" → "900 Hz", as far as it was asked

    // "/mod/bass/cutoff" is found as "/mod/*". Null if there is none.
    const Phrase* find(std::string_view first_word) const;
    // The type of a module or of a part of one: "bass", "bass/filter"; empty if there is none.
    std::string type_at(std::string_view path) const;
    // A parameter by "bass.cutoff", "bass/filter.cutoff" or with slashes alone. Null if it is unknown.
    const PortInfo* parameter(std::string_view path) const;
};

// "bass.filter.q" → "bass/filter/q"
std::string with_slashes(std::string_view path);

// Each reads one answer into the vocabulary; what cannot be read is left out.
void read_commands(std::string_view schema_commands_json, Vocabulary& vocabulary);
void read_type(const std::string& name, std::string_view schema_type_json, Vocabulary& vocabulary);
void read_types(const std::vector<Argument>& types, Vocabulary& vocabulary);
void read_modules(const std::vector<Argument>& list, Vocabulary& vocabulary);
void read_patches(const std::vector<Argument>& patch_list, Vocabulary& vocabulary);
void read_tracks(const std::vector<Argument>& seq_status, Vocabulary& vocabulary);

}  // namespace chronus::hand
