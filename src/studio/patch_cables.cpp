// A patch's cables as lines: patch for where a module's sound goes and for what moves a parameter, if it does just
// that; connect for the rest, such as sends and gates.
#include <algorithm>
#include <map>
#include <optional>

#include "studio/names.h"
#include "studio/patch_text.h"
#include "studio/resolve.h"
#include "text/numbers.h"
#include "text/words.h"

namespace chronus {
namespace {

// What one line's arrow says.
struct Arrow {
    PortName from, to;
    Gain gain;
    bool delayed = false, automatic = false;
    bool sounds = false;  // it leads sound onward
    bool moves = false;   // it leads to a parameter
};

bool is_one(const Gain& gain) { return gain.factor == 1 && gain.unit == CableUnit::natural; }

class Printer {
public:
    // `lead_on`: modules that are known to be in the mix, or to lead elsewhere, before each line.
    Printer(const Studio& studio, const Types& types, const std::set<std::string>& lead_on)
        : studio_(studio), lead_on_(lead_on), type_of_([&studio, &types](const std::string& path) { return type_at(studio, types, path); }) {
        for (const Cable& cable : studio.cables)
            if (cable.automatic) automatic_[cable.from.module].insert({cable.from, cable.to});
        for (const auto& [id, places] : automatic_) {
            const auto made = cables_between({id, ""}, {kOut, ""}, {}, type_of_);
            if (made && made->size() == places.size() &&
                std::all_of(made->begin(), made->end(), [&, &at = places](const Cable& c) { return at.contains({c.from, c.to}); }))
                all_.in_mix.insert(id);
        }
    }

    CableLines print() {
        const std::vector<Arrow> arrows = read_arrows();
        for (std::size_t i = 0; i < arrows.size();) {
            std::size_t end = i + 1;
            while (end < arrows.size() && joins(arrows[end - 1], arrows[end])) ++end;
            while (end > i && !is_patch(arrows, i, end)) --end;
            if (end == i) print_connect(arrows[end++]);
            else print_chain(arrows, i, end);
            for (; i < end; ++i) feeds_.insert(arrows[i].from.module);
        }
        return std::move(all_);
    }

private:
    std::vector<Arrow> read_arrows() const {
        std::vector<Cable> cables;
        for (const Cable& cable : studio_.cables)
            if (!cable.automatic || !all_.in_mix.contains(cable.from.module)) cables.push_back(cable);
        std::vector<Arrow> arrows;
        for (std::size_t i = 0; i < cables.size();) {
            Arrow arrow = single(cables[i]);
            const std::size_t count = cables[i].automatic ? 1 : widest(cables, i, arrow);
            arrow.sounds = std::any_of(cables.begin() + static_cast<std::ptrdiff_t>(i), cables.begin() + static_cast<std::ptrdiff_t>(i + count),
                                       [&](const Cable& cable) { return leads_sound(cable, type_of_); });
            const Type* sink = type_of_(arrow.to.module);
            const auto input = sink ? sink->input(arrow.to.port) : std::nullopt;
            arrow.moves = input && sink->inputs[*input].is_parameter();
            arrows.push_back(arrow);
            i += count;
        }
        return arrows;
    }

    static Arrow single(const Cable& c) { return {c.from, c.to, {c.gain, c.unit}, c.delayed, c.automatic}; }

    // The shortest names that mean just the cables from `first` on; how many those are.
    std::size_t widest(const std::vector<Cable>& cables, std::size_t first, Arrow& arrow) const {
        const Cable& c = cables[first];
        const Type* sink = type_of_(c.to.module);
        const auto input = sink ? sink->input(c.to.port) : std::nullopt;
        const bool to_gate = input && sink->inputs[*input].meaning == CHRONUS_GATE;
        const PortName from{c.from.module, ""}, to{c.to.module, ""};
        for (const auto& [source, goal] : {std::pair{from, to}, std::pair{from, c.to}, std::pair{c.from, to}}) {
            if (to_gate && goal == to) continue;
            // Two outputs into one input share the gain.
            const auto unit = cables_between(source, goal, {}, type_of_);
            if (!unit) continue;
            const Gain gain{c.gain / unit->front().gain, c.unit};
            const auto meant = cables_between(source, goal, gain, type_of_);
            if (!meant || first + meant->size() > cables.size()) continue;
            const bool same = std::equal(meant->begin(), meant->end(), cables.begin() + static_cast<std::ptrdiff_t>(first), [&](const Cable& a, const Cable& b) {
                return a.from == b.from && a.to == b.to && a.gain == b.gain && a.unit == b.unit && !b.automatic && b.delayed == c.delayed;
            });
            if (!same) continue;
            arrow.from = source;
            arrow.to = goal;
            arrow.gain = gain;
            return meant->size();
        }
        return 1;
    }

    static bool joins(const Arrow& a, const Arrow& b) {
        return a.to.port.empty() && b.from.port.empty() && a.to.module == b.from.module && is_one(a.gain);
    }

    // Whether patch makes these cables and neither takes one away nor adds one.
    bool is_patch(const std::vector<Arrow>& arrows, std::size_t begin, std::size_t end) const {
        for (std::size_t i = begin; i < end; ++i) {
            const Arrow& arrow = arrows[i];
            if (arrow.delayed || arrow.automatic || automatic_.contains(arrow.from.module)) return false;
            if (!arrow.moves && (!arrow.sounds || all_.patched.contains(arrow.from.module))) return false;
            if (read_gain(print_port_name(arrow.to))) return false;
        }
        const PortName& last = arrows[end - 1].to;
        const Type* type = type_of_(last.module);
        return last.module == kOut || !last.port.empty() || all_.in_mix.contains(last.module) || feeds_.contains(last.module) ||
               lead_on_.contains(last.module) || (type && type->main_outputs().empty());
    }

    std::string gain_text(const Arrow& arrow) const {
        std::string text = print_number(arrow.gain.factor);
        if (arrow.gain.unit == CableUnit::natural) return text;
        const Type* type = type_of_(arrow.to.module);
        const auto input = type ? type->input(arrow.to.port) : std::nullopt;
        const std::string unit = input ? type->inputs[*input].unit : "";
        return text + (unit == "s" || unit == "dB" ? unit : "Hz");
    }

    void print_connect(const Arrow& arrow) {
        std::string line = "connect " + print_word(print_port_name(arrow.from)) + " > " + print_word(print_port_name(arrow.to));
        if (!is_one(arrow.gain) || arrow.delayed || arrow.automatic) line += " " + gain_text(arrow);
        if (arrow.delayed) line += " delayed";
        if (arrow.automatic) line += " automatic";
        all_.lines.push_back(std::move(line));
    }

    void print_chain(const std::vector<Arrow>& arrows, std::size_t begin, std::size_t end) {
        std::string line = "patch " + print_word(print_port_name(arrows[begin].from));
        for (std::size_t i = begin; i < end; ++i) {
            line += " > " + print_word(print_port_name(arrows[i].to));
            if (arrows[i].sounds) all_.patched.insert(arrows[i].from.module);
        }
        if (!is_one(arrows[end - 1].gain)) line += " " + gain_text(arrows[end - 1]);
        all_.lines.push_back(std::move(line));
    }

    const Studio& studio_;
    const std::set<std::string>& lead_on_;
    TypeOf type_of_;
    std::map<std::string, std::set<std::pair<PortName, PortName>>> automatic_;  // by module
    std::set<std::string> feeds_;  // what the lines so far lead on from
    CableLines all_;
};

}  // namespace

// A module that some line takes off the mix is made in the mix, so that it leads on before that line too, and other
// lines may end in it: with each round there can only be more of them.
CableLines print_cables(const Studio& studio, const Types& types) {
    std::set<std::string> lead_on;
    for (;;) {
        CableLines all = Printer(studio, types, lead_on).print();
        if (all.patched == lead_on) return all;
        lead_on = all.patched;
    }
}

}  // namespace chronus
