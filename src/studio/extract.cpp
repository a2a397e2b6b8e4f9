#include "studio/extract.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <vector>

#include "studio/names.h"
#include "studio/patch_text.h"
#include "studio/resolve.h"
#include "text/numbers.h"
#include "text/quote.h"
#include "text/words.h"

namespace chronus {
namespace {

using Ids = std::set<std::string>;

std::string head_of(const PortName& port) { return port.module.substr(0, port.module.find('/')); }

class Extract {
public:
    Extract(const Studio& studio, const Types& types, std::string id) : studio_(studio), types_(types), id_(std::move(id)), ids_{id_} {}

    std::string print() {
        while (grow()) {
        }
        print_parts();
        print_cables();
        print_outputs();
        print_inputs();
        return text_;
    }

private:
    TypeOf type_of() const {
        return [this](const std::string& path) { return type_at(studio_, types_, path); };
    }
    const Type& type() const { return *types_.find(studio_.modules.at(id_).type); }

    // Onward where nobody else's sound goes, back where nothing else is fed.
    bool grow() {
        Ids more;
        for (const Cable& cable : studio_.cables) {
            const std::string from = head_of(cable.from), to = head_of(cable.to);
            if (ids_.contains(from) && to != kOut && !ids_.contains(to) && leads_sound(cable, type_of()) && hears_only_these(to)) more.insert(to);
            if (ids_.contains(to) && !ids_.contains(from) && feeds_only_these(from)) more.insert(from);
        }
        ids_.merge(more);
        return ids_.size() != std::exchange(count_, ids_.size());
    }

    bool is_in(const std::string& id, const std::string& or_this) const { return ids_.contains(id) || id == or_this; }
    bool hears_only_these(const std::string& id) const {
        return std::all_of(studio_.cables.begin(), studio_.cables.end(), [&](const Cable& cable) {
            return head_of(cable.to) != id || !leads_sound(cable, type_of()) || is_in(head_of(cable.from), id);
        });
    }
    bool feeds_only_these(const std::string& id) const {
        return std::all_of(studio_.cables.begin(), studio_.cables.end(),
                           [&](const Cable& cable) { return head_of(cable.from) != id || is_in(head_of(cable.to), id); });
    }

    void print_parts() {
        const int poly = studio_.modules.at(id_).poly;
        text_ += fmt::format("summary {}\n", quote(fmt::format("Made of {} and what belonged to it", id_)));
        if (poly > 1) text_ += fmt::format("poly {}\n", poly);
        text_ += "\n";
        for (const std::string& id : ids_) {
            const Module& module = studio_.modules.at(id);
            text_ += fmt::format("create {} {}", module.type, id);
            for (const std::string& setting : print_settings(id, module, types_)) text_ += " " + setting;
            if (poly > 1 && module.poly == 1) text_ += " poly=1";
            text_ += "\n";
        }
    }

    // In the order of their making, but those that close a loop come last: the order says which do.
    void print_cables() {
        for (const bool delayed : {false, true})
            for (const Cable& cable : studio_.cables) {
                if (cable.delayed != delayed || !ids_.contains(head_of(cable.from)) || !ids_.contains(head_of(cable.to))) continue;
                text_ += fmt::format("patch {} > {}", print_port_name(cable.from), print_port_name(cable.to));
                if (cable.gain != 1 || cable.unit == CableUnit::own) text_ += " " + print_number(cable.gain) + unit_of(cable);
                text_ += "\n";
            }
        text_ += "\n";
    }
    std::string unit_of(const Cable& cable) const {
        if (cable.unit == CableUnit::natural) return "";
        const Type* sink = type_at(studio_, types_, cable.to.module);
        const auto input = sink ? sink->input(cable.to.port) : std::nullopt;
        const std::string unit = input ? sink->inputs[*input].unit : "";
        return unit == "s" || unit == "dB" ? unit : "Hz";
    }

    // What left for the mix; where nothing did, what left for others, or what the module itself gives.
    void print_outputs() {
        std::vector<std::string> sides[2];
        bool mixed = false;
        const auto add = [&](int side, const PortName& port) {
            const std::string name = print_port_name(port);
            if (std::find(sides[side].begin(), sides[side].end(), name) == sides[side].end()) sides[side].push_back(name);
        };
        for (const Cable& cable : studio_.cables)
            if (ids_.contains(head_of(cable.from)) && cable.to.module == kOut) add(cable.to.port == "right", cable.from), mixed = true;
        for (const Cable& cable : studio_.cables)
            if (!mixed && ids_.contains(head_of(cable.from)) && !ids_.contains(head_of(cable.to)) && leads_sound(cable, type_of())) add(0, cable.from);
        if (sides[0].empty() && sides[1].empty())
            for (const std::string& port : type().main_outputs()) add(port == "right", {id_, port});
        if (sides[0].empty() && sides[1].empty() && !type().outputs.empty()) add(0, {id_, type().outputs[0].name});
        if (sides[1].empty() || sides[0] == sides[1]) {
            if (!sides[0].empty()) text_ += fmt::format("expose out out = {}\n", fmt::join(sides[0], " "));
            return;
        }
        text_ += fmt::format("expose out left = {}\nexpose out right = {}\n", fmt::join(sides[0].empty() ? sides[1] : sides[0], " "), fmt::join(sides[1], " "));
    }

    void print_inputs() {
        for (const PublicPort& port : type().inputs) {
            if (port.name.find('/') != std::string::npos) continue;  // parts of parts have their own addresses
            const char* side = port.is_parameter() ? "param" : "in";
            text_ += fmt::format("expose {} {} = {}.{}\n", side, port.name, id_, port.name);
        }
    }

    const Studio& studio_;
    const Types& types_;
    std::string id_;
    Ids ids_;
    std::size_t count_ = 0;
    std::string text_;
};

}  // namespace

Result<std::string> extract_composite(const Studio& studio, const Types& types, const std::string& id) {
    std::vector<std::string> names;
    for (const auto& [name, module] : studio.modules) names.push_back(name);
    if (!studio.modules.contains(id))
        return Refusal{"unknown", fmt::format("there is no module {}{}", id, did_you_mean(id, names)), "list"};
    return Extract(studio, types, id).print();
}

}  // namespace chronus
