// What a module of a type shows to the outside, whether it is one shared object or made of others.
#pragma once
#include <chronus/abi.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/library.h"
#include "refusal/refusal.h"
#include "sounds/shelf.h"
#include "studio/studio.h"

namespace chronus {

struct PublicPort {
    std::string name;
    std::vector<std::string> aliases;
    std::string unit, doc;
    std::vector<std::string> choices;
    chronus_meaning meaning = CHRONUS_AUDIO;
    chronus_curve curve = CHRONUS_LINEAR;
    float minimum = 0, maximum = 0, initial = 0;
    std::vector<PortName> inside;  // of a composite: what it stands for, as paths below the module

    bool is_parameter() const { return meaning != CHRONUS_AUDIO && meaning != CHRONUS_GATE; }
    bool answers_to(std::string_view text) const;
    // Where its names come from, if it is a sound or a wavetable.
    std::optional<Shelf::Kind> shelf() const;
    // It has names for its values, and none between.
    bool has_names() const { return !choices.empty() || shelf(); }
};

// A module inside a composite.
struct Part {
    std::string id;
    Module module;
    bool shared = false;  // it said poly=1: one for all lanes of the composite
};

// Settings of a type that go by a name. What it does not name stands at its default.
struct Preset {
    std::string name, doc;
    Bases bases;
};

struct Type {
    std::string name, summary, file;
    std::vector<std::string> aliases;
    std::vector<PublicPort> inputs, outputs;
    std::map<std::string, Preset> presets;  // by name
    int poly = 1;                           // lanes, if create does not say otherwise

    std::shared_ptr<const ModuleType> leaf;  // null for a composite
    std::string text;                        // of a composite, as it was written
    std::vector<Part> parts;
    std::vector<Cable> cables;

    // The index of a port by name or alias.
    std::optional<std::size_t> input(std::string_view name) const;
    std::optional<std::size_t> output(std::string_view name) const;
    // The gate that notes and hits go to, the pitch that notes set; none: the type takes no notes.
    std::optional<std::size_t> gate() const;
    std::optional<std::size_t> pitch() const;
    // The outputs (or audio inputs) that a cable means that names only the module: left and right, or the first.
    std::vector<std::string> main_outputs() const;
    std::vector<std::string> main_inputs() const;
};

// All types there are, by name and alias.
class Types {
public:
    explicit Types(const Library& library);

    // What its ports of sounds and wavetables may name.
    Shelf& sounds() const { return *sounds_; }

    const Type* find(std::string_view name) const;
    std::vector<std::string> names() const;  // with aliases, for suggestions
    const std::map<std::string, Type>& all() const { return types_; }
    const std::vector<Refusal>& problems() const { return problems_; }

    // [studio] All of them with another build of one, or with one more. Composites that use it are read again: refused if
    // one of them cannot be.
    Result<Types> with(std::shared_ptr<const ModuleType> build, const std::string& file) const;
    Result<Types> with(const std::string& name, const std::string& text, const std::string& file) const;

    // [studio] A file of presets of the type: each takes the place of one of its name. What is wrong with them stands
    // in problems().
    void read_presets(const std::string& type, const std::string& file, const std::string& text);
    // [studio]
    void add_preset(const std::string& type, Preset preset);

private:
    void complain(Refusal problem);
    void put(Type type);
    std::vector<Type> take_users_of(const std::string& name);
    Result<Types> renewed(const std::string& name, const std::function<Result<Type>(const Types&)>& read) const;

    std::map<std::string, Type> types_;
    std::map<std::string, std::string> aliases_;
    std::vector<Refusal> problems_;
    std::shared_ptr<Shelf> sounds_;
};

// What a shared object shows.
Type leaf_type(std::shared_ptr<const ModuleType> loaded);

// [studio] A composite from its text. Types that it uses must be found in `types`.
Result<Type> read_composite(const std::string& name, const std::string& text, const Types& types);

}  // namespace chronus
