// Reads modules/*.chr: a module type made of other types.
//   summary "One line"        alias other names
//   poly N                    lanes that it has unless create says otherwise
//   create TYPE [ID] [parameter=value…] [preset=NAME] [poly=1]
//   patch a > b.port [gain]
//   expose in|out NAME[|OTHER NAME…] = part.port…
//   expose param NAME[|OTHER NAME…] = part.port… [low high default] [other|names|of|choices] ["doc"]
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "studio/chain.h"
#include "studio/values.h"
#include "studio/names.h"
#include "studio/presets.h"
#include "studio/wiring.h"
#include "text/numbers.h"
#include "text/words.h"

namespace chronus {
namespace {

std::vector<std::string> split_choices(const std::string& text) {
    std::vector<std::string> choices;
    std::istringstream stream(text);
    for (std::string choice; std::getline(stream, choice, '|');) choices.push_back(choice);
    return choices;
}

class Reader {
public:
    Reader(const std::string& name, const Types& types) : types_(types) { type_.name = name; }

    Result<Type> read(const std::string& text) {
        std::istringstream lines(text);
        std::size_t number = 0;
        for (std::string line; std::getline(lines, line);) {
            ++number;
            const auto words = split_words(line, {.split_arrows = true});
            const Result<Done> done = !words ? Result<Done>(words.refusal()) : words->empty() ? Result<Done>(Done{}) : take(*words);
            if (!done)
                return Refusal{"file", fmt::format("{}.chr, line {}: {}", type_.name, number, done.refusal().reason),
                               done.refusal().example};
        }
        if (type_.parts.empty()) return Refusal{"file", fmt::format("{}.chr has no parts", type_.name), "create saw osc"};
        return std::move(type_);
    }

private:
    Result<Done> take(const std::vector<SplitWord>& words) {
        const std::string& verb = words[0].text;
        if (verb == "summary" && words.size() == 2) { type_.summary = words[1].text; return Done{}; }
        if (verb == "alias") {
            for (std::size_t i = 1; i < words.size(); ++i) type_.aliases.push_back(words[i].text);
            return Done{};
        }
        if (verb == "poly" && words.size() == 2) return poly(words[1].text);
        if (verb == "create") return create(words);
        if (verb == "patch") return patch(words);
        if (verb == "expose") return expose(words);
        return Refusal{"syntax", fmt::format("{} is none of summary, alias, poly, create, patch, expose", verb), "create saw osc"};
    }

    Result<Done> poly(const std::string& text) {
        const auto lanes = read_as<std::int32_t>(text);
        if (!lanes || *lanes < 1 || *lanes > 64) return Refusal{"range", "poly wants a whole number from 1 to 64", "poly 8"};
        type_.poly = *lanes;
        return Done{};
    }

    Result<Done> create(const std::vector<SplitWord>& words) {
        if (words.size() < 2) return Refusal{"missing", "create wants a type", "create saw osc"};
        const Type* type = types_.find(words[1].text);
        if (!type) return Refusal{"unknown", fmt::format("there is no type {}{}", words[1].text, did_you_mean(words[1].text, types_.names())), ""};
        Part part{.id = type->name, .module = {.type = type->name, .birth = 0, .poly = 1, .bases = {}}};
        for (const SplitWord& word : words) {
            if (!word.text.starts_with("preset=")) continue;
            const auto preset = find_preset(*type, word.text.substr(7));
            if (!preset) return preset.refusal();
            part.module.bases = preset->bases;
        }
        for (std::size_t i = 2; i < words.size(); ++i) {
            if (words[i].text.starts_with("preset=")) continue;
            const auto equals = words[i].text.find('=');
            if (equals == std::string::npos && i == 2) { part.id = words[i].text; continue; }
            const std::string key = words[i].text.substr(0, equals);
            const std::string value = equals == std::string::npos ? "" : words[i].text.substr(equals + 1);
            if (key == "poly" && value == "1") { part.shared = true; continue; }
            const auto port = type->input(key);
            if (!port || !type->inputs[*port].is_parameter())
                return Refusal{"unknown", fmt::format("{} has no parameter {}", type->name, key), ""};
            const auto base = read_base(type->inputs[*port], value, types_.sounds());
            if (!base) return base.refusal();
            part.module.bases[type->inputs[*port].name] = *base;
        }
        if (find(part.id)) return Refusal{"syntax", fmt::format("{} is there twice", part.id), ""};
        type_.parts.push_back(std::move(part));
        return Done{};
    }

    Result<Done> patch(const std::vector<SplitWord>& words) {
        const auto chain = read_chain(words, 1);
        if (!chain) return chain.refusal();
        for (std::size_t i = 0; i + 1 < chain->ends.size(); ++i) {
            const bool last = i + 2 == chain->ends.size();
            auto cables = cables_between(chain->ends[i], chain->ends[i + 1], last ? chain->gain : Gain{},
                                         [this](const std::string& path) { return find(path); });
            if (!cables) return cables.refusal();
            for (Cable& cable : *cables) {
                // Which cable closes a loop is fixed by the order of the lines.
                type_.cables.push_back(cable);
                if (closes_loop()) type_.cables.back().delayed = true;
            }
        }
        return Done{};
    }

    bool closes_loop() {
        Studio inside;
        for (const Part& part : type_.parts) inside.modules.set(part.id, part.module);
        for (const Cable& cable : type_.cables) inside.cables.push_back(cable);
        return has_loop(wire_up(inside, types_));
    }

    Result<Done> expose(const std::vector<SplitWord>& words) {
        static const Refusal form{"syntax", "expose in|out|param NAME = part.port…", "expose param cutoff = filter.cutoff 50 8000 1000"};
        if (words.size() < 5 || words[3].text != "=") return form;
        const std::string& side = words[1].text;
        if (side != "in" && side != "out" && side != "param") return form;
        PublicPort port;
        std::vector<double> numbers;
        std::vector<std::string> choices;
        for (std::size_t i = 4; i < words.size(); ++i) {
            if (words[i].quoted) { port.doc = words[i].text; continue; }
            if (words[i].text.find('|') != std::string::npos) { choices = split_choices(words[i].text); continue; }
            if (const auto number = read_number(words[i].text)) { numbers.push_back(*number); continue; }
            const PortName inside = read_port_name(words[i].text);
            const Type* part = find(inside.module);
            if (!part) return Refusal{"unknown", fmt::format("there is no part {}", inside.module), ""};
            const auto& ports = side == "out" ? part->outputs : part->inputs;
            const auto index = side == "out" ? part->output(inside.port) : part->input(inside.port);
            if (!index) return Refusal{"unknown", fmt::format("{} has no port {}", inside.module, inside.port), ""};
            if (port.inside.empty()) {
                const std::string doc = port.doc;
                const auto kept = std::move(port.inside);
                port = ports[*index];
                port.aliases.clear();
                if (!doc.empty()) port.doc = doc;
                port.inside = kept;
                initial_of(inside, port);
            }
            port.inside.push_back({inside.module, ports[*index].name});
        }
        if (port.inside.empty()) return form;
        std::vector<std::string> names = split_choices(words[2].text);
        port.name = names.front();
        port.aliases.assign(names.begin() + 1, names.end());
        if (!choices.empty() && choices.size() != port.choices.size())
            return Refusal{"range", fmt::format("{} has {} choices, not {}", port.name, port.choices.size(), choices.size()), form.example};
        if (!choices.empty()) port.choices = std::move(choices);
        if (hides_a_part(port))
            return Refusal{"syntax", fmt::format("{} is the address of a part's own parameter", port.name), ""};
        if (numbers.size() == 3) {
            port.minimum = static_cast<float>(numbers[0]);
            port.maximum = static_cast<float>(numbers[1]);
            port.initial = static_cast<float>(numbers[2]);
        } else if (!numbers.empty()) {
            return Refusal{"syntax", "a range is three numbers: low high default", form.example};
        }
        if (side == "param" && !(port.minimum < port.maximum && port.minimum <= port.initial && port.initial <= port.maximum))
            return Refusal{"range", fmt::format("{}: {} .. {} with default {} is no range", port.name, port.minimum, port.maximum, port.initial), form.example};
        (side == "out" ? type_.outputs : type_.inputs).push_back(std::move(port));
        return Done{};
    }

    // A part's own setting is the default of what exposes it.
    void initial_of(const PortName& inside, PublicPort& port) const {
        for (const Part& part : type_.parts)
            if (part.id == inside.module)
                if (const auto base = part.module.bases.find(port.name); base != part.module.bases.end())
                    port.initial = base->second;
    }

    // filter/q may be exposed as filter/q, but not as something else.
    bool hides_a_part(const PublicPort& port) const {
        const auto slash = port.name.rfind('/');
        if (slash == std::string::npos) return false;
        const std::string path = port.name.substr(0, slash);
        const Type* part = find(path);
        const auto input = part ? part->input(port.name.substr(slash + 1)) : std::nullopt;
        if (!input) return false;
        const PortName hidden{path, part->inputs[*input].name};
        return std::find(port.inside.begin(), port.inside.end(), hidden) == port.inside.end();
    }

    const Type* find(const std::string& path) const {
        const std::string id = path.substr(0, path.find('/'));
        for (const Part& part : type_.parts)
            if (part.id == id)
                if (const Type* type = types_.find(part.module.type))
                    return part_type(*type, id.size() < path.size() ? path.substr(id.size() + 1) : "", types_);
        return nullptr;
    }

    const Types& types_;
    Type type_;
};

}  // namespace

Result<Type> read_composite(const std::string& name, const std::string& text, const Types& types) {
    return Reader(name, types).read(text);
}

}  // namespace chronus
