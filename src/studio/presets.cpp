#include "studio/presets.h"

#include <fmt/format.h>

#include <sstream>

#include "studio/names.h"
#include "studio/patch_folder.h"
#include "studio/patch_text.h"
#include "studio/resolve.h"
#include "studio/values.h"
#include "text/numbers.h"
#include "text/quote.h"
#include "text/words.h"

namespace chronus {
namespace {

constexpr const char* kExample = "preset screamer cutoff=300 res=0.95 \"a doc line\"";

// The name of the preset that a line makes; empty if it makes none.
std::string name_in(const std::string& line) {
    const auto words = split_words(line);
    return words && words->size() > 1 && (*words)[0].text == "preset" ? (*words)[1].text : "";
}

class Reader {
public:
    Reader(const Type& type, const Types& types) : types_(types) {
        rack_.modules.set(type.name, {.type = type.name, .birth = 0, .poly = 1, .bases = {}});
        id_ = type.name;
    }

    Result<Preset> read(const std::vector<SplitWord>& words, const std::function<void(const Refusal&)>& left_out) const {
        if (words[0].text != "preset" || words.size() < 2)
            return Refusal{"syntax", fmt::format("{} is no preset", words[0].text), kExample};
        Preset preset{.name = words[1].text, .doc = "", .bases = {}};
        if (const auto fit = check_preset_name(preset.name); !fit) return fit.refusal();
        for (std::size_t i = 2; i < words.size(); ++i) {
            if (words[i].quoted) preset.doc = words[i].text;
            else if (const auto done = set(preset.bases, words[i].text); !done) left_out(done.refusal());
        }
        return preset;
    }

private:
    Result<Done> set(Bases& bases, const std::string& setting) const {
        const auto equals = setting.find('=');
        if (equals == std::string::npos) return Refusal{"syntax", setting + " is no parameter=value", kExample};
        const auto input = resolve_input(rack_, types_, id_ + "/" + setting.substr(0, equals));
        if (!input) return input.refusal();
        const PublicPort& port = input->info();
        if (!port.is_parameter()) return Refusal{"type", input->name + " is not a parameter", kExample};
        const auto value = read_base(port, setting.substr(equals + 1), types_.sounds());
        if (!value) return value.refusal();
        if (*value < port.minimum || *value > port.maximum)
            return Refusal{"range", fmt::format("{} {} is not within {} .. {}", input->name, print_number(*value),
                                                print_number(port.minimum), print_number(port.maximum)), kExample};
        bases[input->name] = *value;
        return Done{};
    }

    const Types& types_;
    std::string id_;
    Studio rack_;  // with one module of the type
};

}  // namespace

Result<Done> check_preset_name(const std::string& name) {
    if (auto fit = PatchFolder::check_name(name, "preset"); !fit) return fit;
    if (name == kDefaultPreset) return Refusal{"taken", "default is what every type has already", kExample};
    if (name.find('=') != std::string::npos) return Refusal{"syntax", fmt::format("{} cannot be the name of a preset: it has a =", name), kExample};
    return Done{};
}

Result<Preset> find_preset(const Type& type, const std::string& name) {
    if (const auto found = type.presets.find(name); found != type.presets.end()) return found->second;
    if (name == kDefaultPreset) return Preset{.name = kDefaultPreset, .doc = "", .bases = {}};
    std::vector<std::string> names{kDefaultPreset};
    for (const auto& [known, preset] : type.presets) names.push_back(known);
    const std::string near = did_you_mean(name, names);
    return Refusal{"unknown", fmt::format("there is no preset {} of {}{}", name, type.name, near.empty() && names.size() > 1 ? "; it has " + names[1] : near),
                   fmt::format("create {} preset={}", type.name, print_word(names.back()))};
}

std::vector<Preset> read_presets(const Type& type, const Types& types, const std::string& file, const std::string& text,
                                 const std::function<void(Refusal)>& complain) {
    const Reader reader(type, types);
    std::vector<Preset> presets;
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const auto told = [&](const Refusal& why) {
            complain({"file", fmt::format("{}, line {}: left out: {}", file, number, why.reason), why.example});
        };
        const auto words = split_words(line);
        if (!words) { told(words.refusal()); continue; }
        if (words->empty()) continue;
        auto preset = reader.read(*words, told);
        if (preset) presets.push_back(std::move(*preset));
        else told(preset.refusal());
    }
    return presets;
}

std::string print_preset(const Type& type, const Types& types, const Preset& preset) {
    const Module module{.type = type.name, .birth = 0, .poly = 1, .bases = preset.bases};
    std::string line = "preset " + print_word(preset.name);
    for (const std::string& setting : print_settings(type.name, module, types)) line += " " + setting;
    return preset.doc.empty() ? line : line + " " + quote(preset.doc);
}

std::string with_preset(const std::string& text, const std::string& name, const std::string& line) {
    std::string changed;
    bool placed = false;
    std::istringstream lines(text);
    for (std::string old; std::getline(lines, old);) {
        const bool same = name_in(old) == name;
        if (!same) changed += old + "\n";
        else if (!std::exchange(placed, true)) changed += line + "\n";
    }
    return placed ? changed : changed + line + "\n";
}

}  // namespace chronus
