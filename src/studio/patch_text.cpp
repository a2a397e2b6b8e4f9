#include "studio/patch_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "studio/resolve.h"
#include "text/numbers.h"
#include "text/quote.h"
#include "text/words.h"

namespace chronus {
namespace {

std::string head_of(const std::string& path) { return path.substr(0, path.find('/')); }

// Sources first, each followed at once by what waits for it alone, so that a chain stands together. Of modules that
// are fed by each other, the one whose name comes first.
class SignalOrder {
public:
    explicit SignalOrder(const Studio& studio) {
        for (const auto& [id, module] : studio.modules) left_.insert(id);
        for (const Cable& cable : studio.cables) {
            const std::string from = head_of(cable.from.module), to = head_of(cable.to.module);
            if (!cable.delayed && from != to && left_.contains(to) && next_[from].insert(to).second) ++waits_for_[to];
        }
    }

    std::vector<std::string> read() {
        const std::set<std::string> all = left_;
        for (const std::string& id : all)
            if (left_.contains(id) && waits_for_[id] == 0) visit(id);
        while (!left_.empty()) visit(*left_.begin());
        return std::move(order_);
    }

private:
    void visit(const std::string id) {
        left_.erase(id);
        order_.push_back(id);
        for (const std::string& after : next_[id])
            if (--waits_for_[after] == 0 && left_.contains(after)) visit(after);
    }

    std::set<std::string> left_;
    std::map<std::string, std::set<std::string>> next_;
    std::map<std::string, int> waits_for_;
    std::vector<std::string> order_;
};

std::vector<std::string> transport_lines(const Studio& studio) {
    const Studio initial;
    std::vector<std::string> lines{"tempo " + print_number(studio.tempo / 1000.0)};
    if (studio.swing != initial.swing) lines.push_back("swing " + print_number(studio.swing));
    if (studio.bars != initial.bars) lines.push_back("bars " + print_number(studio.bars));
    if (studio.limiter != initial.limiter) lines.push_back("limiter off");
    if (studio.seed != initial.seed) lines.push_back("seed " + print_number(studio.seed));
    return lines;
}

std::vector<std::string> module_lines(const Studio& studio, const Types& types, const CableLines& cables) {
    std::vector<std::string> lines;
    for (const std::string& id : SignalOrder(studio).read()) {
        const Module& module = studio.modules.at(id);
        const Type* type = types.find(module.type);
        std::string line = "create " + module.type;
        if (id != module.type || id.ends_with("_module")) line += " " + print_word(id);
        if (type && !type->main_outputs().empty() && !cables.in_mix.contains(id) && !cables.patched.contains(id)) line += " quiet";
        if (module.poly != (type ? type->poly : 1)) line += fmt::format(" poly={}", module.poly);
        for (const std::string& setting : print_settings(id, module, types)) line += " " + setting;
        lines.push_back(std::move(line));
    }
    return lines;
}

// One whose module is gone stands for nothing.
std::vector<std::string> alias_lines(const Studio& studio, const Types& types) {
    std::vector<std::string> lines;
    for (const auto& [name, path] : studio.aliases)
        if (type_at(studio, types, path)) lines.push_back(fmt::format("alias {} {}", print_word(name), print_word(path)));
    return lines;
}

// On one line, words apart by one space.
std::string on_one_line(const std::string& text) {
    std::string line;
    for (const char c : text) {
        const bool space = c == ' ' || (c >= '\t' && c <= '\r');
        if (!space) line += c;
        else if (!line.empty() && line.back() != ' ') line += ' ';
    }
    if (line.ends_with(' ')) line.pop_back();
    return line;
}

bool is_plain(const std::string& name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '/' || c == '.';
    });
}

void add_track(const std::string& name, const Track& track, std::vector<std::string>& lines) {
    const std::string steps = on_one_line(track.steps), notes = on_one_line(track.notes);
    std::string path = name;
    std::replace(path.begin(), path.end(), '.', '/');
    const bool own = path == track.module && track.options.empty() && is_plain(name) && !(steps.empty() && notes.empty());
    if (own) {
        if (!steps.empty()) lines.push_back(fmt::format("sequence {}: {}", name, steps));
        if (!notes.empty()) lines.push_back(fmt::format("melody {}: {}", name, notes));
    } else {
        std::string line = fmt::format("/seq/add {} {} {}", print_word(name), print_word(track.module), print_word(steps));
        for (const auto& [option, value] : track.options) line += fmt::format(" {}={}", option, print_number(value));
        if (!notes.empty()) line += " notes=" + (is_one_word(notes) ? notes : quote(notes));
        lines.push_back(std::move(line));
    }
    if (track.muted) lines.push_back("mute " + print_word(name));
}

// In the order of their slots: of two that write the same at one frame, the later has the last word.
std::vector<std::string> track_lines(const Studio& studio) {
    std::map<std::uint32_t, std::string> by_slot;
    for (const auto& [name, track] : studio.tracks) by_slot.emplace(track.slot, name);
    std::vector<std::string> lines;
    for (const auto& [slot, name] : by_slot) add_track(name, studio.tracks.at(name), lines);
    for (const auto& [slot, name] : by_slot)
        if (studio.tracks.at(name).solo) lines.push_back("solo " + print_word(name));
    return lines;
}

}  // namespace

std::string print_patch(const Studio& studio, const Types& types) {
    const CableLines cables = print_cables(studio, types);
    std::string text;
    for (const std::vector<std::string>& group : {transport_lines(studio), module_lines(studio, types, cables), cables.lines,
                                                  alias_lines(studio, types), track_lines(studio)}) {
        if (!group.empty() && !text.empty()) text += '\n';
        for (const std::string& line : group) text += line + '\n';
    }
    return text;
}

}  // namespace chronus
