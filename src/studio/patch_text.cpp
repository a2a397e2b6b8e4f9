#include "studio/patch_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "studio/resolve.h"
#include "studio/scenes.h"
#include "studio/settings.h"
#include "studio/track_keys.h"
#include "studio/tracks.h"
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
    if (studio.swing != initial.swing || studio.swing_grid != initial.swing_grid)
        lines.push_back("swing " + print_number(studio.swing) + (studio.swing_grid == initial.swing_grid ? "" : fmt::format(" 1/{}", studio.swing_grid)));
    if (studio.signature != initial.signature) lines.push_back(fmt::format("signature {}/{}", studio.signature.count, studio.signature.unit));
    if (studio.a4 != initial.a4) lines.push_back("a4 " + print_number(studio.a4));
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
        if (module.priority != Priority::last) line += " priority=" + print_priority(module.priority);
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

std::string whole_line(const std::string& name, const Track& track) {
    std::string line = fmt::format("/seq/add {} {} {}", print_word(name), print_word(track.lane.empty() ? track.module : track.module + "/" + track.lane), print_word(track.steps));
    if (!track.keys.empty()) line += " " + print_keys(track);
    if (!track.notes.empty()) line += " notes=" + (is_one_word(track.notes) ? track.notes : quote(track.notes));
    return line;
}

// As a person would have said it; as one message, if it stands in place of another of its name.
void add_track(const std::string& name, const Track& track, bool replaces, std::vector<std::string>& lines) {
    Track tidy = track;
    tidy.steps = on_one_line(track.steps);
    tidy.notes = on_one_line(track.notes);
    std::string path = name;
    std::replace(path.begin(), path.end(), '.', '/');
    const std::string own_path = tidy.lane.empty() ? tidy.module : tidy.module + "/" + tidy.lane;
    if (replaces || path != own_path || !is_plain(name) || (tidy.steps.empty() && tidy.notes.empty())) {
        lines.push_back(whole_line(name, tidy));
    } else {
        if (!tidy.lane.empty()) {
            const std::string curve = word_key(tidy, "curve");
            lines.push_back(fmt::format("lane {}: {}{}", name, curve.empty() ? "" : curve + " ", tidy.steps));
            tidy.keys.erase("curve");
        } else {
            if (!tidy.steps.empty()) lines.push_back(fmt::format("sequence {}: {}", name, tidy.steps));
            if (!tidy.notes.empty() && !tidy.keys.contains("scale")) lines.push_back(fmt::format("melody {}: {}", name, tidy.notes));
        }
        if (tidy.keys.contains("scale")) {  // notes are read by it
            lines.back() = whole_line(name, tidy);
        } else if (!tidy.keys.empty()) {
            lines.push_back("track " + name + " " + print_keys(tidy));
        }
    }
    if (track.muted) lines.push_back("mute " + print_word(name));
}

bool plays_as(const Track& one, const Track& other) {
    return one.module == other.module && one.lane == other.lane && one.steps == other.steps && one.notes == other.notes &&
           one.keys == other.keys && one.muted == other.muted;
}

// What brings tracks from one set to another.
void add_change(Scene& now, const Scene& wanted, std::vector<std::string>& lines) {
    for (const auto& [name, track] : now)
        if (!wanted.contains(name)) lines.push_back("/seq/remove " + print_word(name));
    for (const auto& [name, track] : wanted) {
        const auto old = now.find(name);
        if (old == now.end() || !plays_as(old->second, track)) add_track(name, track, old != now.end(), lines);
    }
    now = wanted;
}

// What is kept is put in place and kept; what plays comes last, in the order of its slots: of two that write the same at one
// frame, the later has the last word.
std::vector<std::string> track_lines(const Studio& studio) {
    std::vector<std::string> lines;
    Scene now;
    for (const auto& [name, bank] : studio.banks)
        for (const auto& [pattern, track] : bank) {
            Scene wanted = now;
            wanted[name] = track;
            add_change(now, wanted, lines);
            lines.push_back(fmt::format("bank {} {}", print_word(name), print_word(pattern)));
        }
    for (const auto& [name, scene] : studio.scenes) {
        add_change(now, scene, lines);
        lines.push_back("scene " + print_word(name));
    }
    if (!now.empty()) lines.push_back("/seq/clear");
    std::map<std::uint32_t, std::string> by_slot;
    for (const auto& [name, track] : studio.tracks) by_slot.emplace(track.slot, name);
    for (const auto& [slot, name] : by_slot) add_track(name, studio.tracks.at(name), false, lines);
    for (const auto& [slot, name] : by_slot)
        if (studio.tracks.at(name).solo) lines.push_back("solo " + print_word(name));
    if (!studio.song.parts.empty()) lines.push_back("song: " + print_song(studio.song));
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
