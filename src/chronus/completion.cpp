#include "chronus/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "chronus/spot.h"
#include "text/quote.h"

namespace chronus::hand {
namespace {

class Finder {
public:
    Finder(const Spot& spot, const Vocabulary& vocabulary) : spot_(spot), vocabulary_(vocabulary) {}

    std::vector<Candidate> all() {
        if (spot_.within_quotes) return {};
        if (spot_.words.empty())
            first_words();
        else if (spot_.slot)
            arguments();
        std::sort(found_.begin(), found_.end(),
                  [](const Candidate& a, const Candidate& b) { return a.text < b.text; });
        found_.erase(std::unique(found_.begin(), found_.end(),
                                 [](const Candidate& a, const Candidate& b) { return a.text == b.text; }),
                     found_.end());
        return std::move(found_);
    }

private:
    void add(std::string text, std::string note = "", std::string end = " ") {
        if (text.starts_with(spot_.typed))
            found_.push_back({std::move(text), std::move(note), std::move(end)});
    }

    // An address is offered only to who begins with a slash: the words say the same in less.
    void first_words() {
        const bool address = spot_.typed.starts_with('/');
        for (const Phrase& phrase : vocabulary_.phrases) {
            if (phrase.name.starts_with('/') != address) continue;
            if (!phrase.name.ends_with('*')) {
                add(phrase.name, phrase.help);
                continue;
            }
            const std::string head = phrase.name.substr(0, phrase.name.size() - 1);
            if (!spot_.typed.starts_with(head))
                add(head, phrase.help, "");
            else if (phrase.slots.size() == 1 && phrase.slots[0].name == "value")
                paths(head, true);
            else
                paths(head, false);
        }
    }

    void arguments() {
        const Slot& slot = *spot_.slot;
        if (const std::string parameter = spot_.parameter(); !parameter.empty()) {
            if (const PortInfo* port = vocabulary_.parameter(parameter))
                for (const std::string& choice : port->choices) add(choice);
            return;
        }
        if (slot.is_literal()) return add(slot.literal());
        const bool patch_address =
            spot_.phrase->name.starts_with("/patch/") && (slot.name == "name" || slot.name == "other");
        if (patch_address || (spot_.words.size() > 1 && spot_.words.back() == "patch")) return patches();
        if (spot_.words.size() == 2 && spot_.words[0] == "save" && spot_.words[1] == "preset") return modules();
        if (slot.kind == "on or off") {
            add("on");
            add("off");
        }
        const bool chain =
            slot.many && slot.name.starts_with("module") && !spot_.phrase->name.starts_with('/');
        if (chain && spot_.words.back() != ">") return add(">");
        const std::vector<std::string> kinds = spot_.kinds();
        for (const std::string& kind : kinds) of_kind(kind, kinds.size() == 1);
        if (kinds.size() > 1) literals(kinds, slot.initial);
    }

    void of_kind(const std::string& kind, bool alone) {
        const std::string& name = spot_.phrase->name;
        const bool cable = name.ends_with("patch") || kind == "from" || kind == "to";
        if (kind == "type" || kind == "effect" || (kind == "module" && name.ends_with("patch"))) types();
        if (kind == "module" || kind == "voice" || kind == "path" || kind == "from" || kind == "to" ||
            (kind == "id" && alone))
            cable ? ports() : modules();
        if (cable && kind != "from" && spot_.words.size() > 1) add("out", "the mix");
        if (kind == "parameter" || kind == "parameter and value") paths("", true);
        if (kind == "track")
            for (const std::string& track : vocabulary_.tracks) add(track);
        if (kind == "parameter=value") settings();
        if (kind.starts_with('\'')) add(kind.substr(1, kind.size() - 2));
        if (kind == "preset=name") presets(spot_.type(), "preset=");
        if (kind == "preset" && spot_.words.size() > 1) presets(vocabulary_.type_at(spot_.words[1]), "");
        if (kind == "poly=n") add("poly=", "so many at once", "");
        if (kind == "command")
            for (const Phrase& phrase : vocabulary_.phrases)
                if (phrase.name.starts_with('/') == spot_.typed.starts_with('/') &&
                    !phrase.name.ends_with('*'))
                    add(phrase.name, phrase.help);
        if (kind == "topic") {
            std::set<std::string> topics;
            for (const Phrase& phrase : vocabulary_.phrases) topics.insert(phrase.topic);
            for (const std::string& topic : topics)
                if (!topic.empty()) add(topic, "a topic");
        }
    }

    // Kinds that are meant as they stand: step, beat, bar, pass or now.
    void literals(const std::vector<std::string>& kinds, const std::string& initial) {
        static const std::set<std::string> kNamed{"type", "effect", "module", "voice",   "path", "from",
                                                  "to",   "id",     "track",  "command", "topic"};
        std::set<std::string> slots;
        for (const Phrase& phrase : vocabulary_.phrases)
            for (const Slot& slot : phrase.slots) slots.insert(slot.name);
        for (const std::string& kind : kinds) {
            const bool word =
                std::all_of(kind.begin(), kind.end(), [](char c) { return c >= 'a' && c <= 'z'; });
            const std::string singular = kind.ends_with('s') ? kind.substr(0, kind.size() - 1) : kind;
            if (word && !kNamed.contains(kind) && !slots.contains(kind) && !slots.contains(singular))
                add(kind, kind == initial ? "what it is if left out" : "");
        }
    }

    void types() {
        for (const auto& [name, type] : vocabulary_.types) add(name, type.summary);
    }

    void patches() {
        for (const std::string& name : vocabulary_.patches)
            add(name.find(' ') == std::string::npos ? name : quote(name), "a patch");
    }

    // Once their beginning is typed, the names.
    void presets(const std::string& type, const std::string& beginning) {
        const auto info = vocabulary_.types.find(type);
        if (info == vocabulary_.types.end() || info->second.presets.empty()) return;
        if (!spot_.typed.starts_with(beginning)) return add(beginning, "settings by name", "");
        for (const auto& [name, doc] : info->second.presets)
            add(beginning + (name.find(' ') == std::string::npos ? name : quote(name)), doc);
    }

    void modules() {
        for (const auto& [id, type] : vocabulary_.modules) add(id, type);
    }

    // A module; one of its ports once there is a dot.
    void ports() {
        if (spot_.typed.find_first_of("./") == std::string::npos)
            modules();
        else
            paths("", false, true);
    }

    void settings() {
        const auto type = vocabulary_.types.find(spot_.type());
        if (type == vocabulary_.types.end()) return;
        for (const PortInfo& port : type->second.inputs) {
            if (!port.is_parameter()) continue;
            if (!spot_.typed.starts_with(port.name + "="))
                add(port.name + "=", port.range(), "");
            else
                for (const std::string& choice : port.choices) add(port.name + "=" + choice);
        }
    }

    // Modules, and what lies below the one that has been typed, behind `head`: parameters, or all ports.
    void paths(const std::string& head, bool parameters, bool all = false) {
        const std::string typed = spot_.typed.substr(head.size());
        const std::string separator = head.empty() ? "." : "/";
        const std::size_t end = typed.find_first_of("./");
        if (end == std::string::npos) {
            for (const auto& [id, type] : vocabulary_.modules)
                add(head + id, type, parameters ? separator : " ");
        } else if (parameters || all) {
            below(head, typed, typed.substr(0, end), all);
        }
    }

    void below(const std::string& head, const std::string& typed, const std::string& module, bool all) {
        const auto info = vocabulary_.types.find(vocabulary_.type_at(module));
        if (info == vocabulary_.types.end()) return;
        const std::string normal = with_slashes(typed);
        // Whichever way it separates, what has been typed stays as it is.
        const auto offer = [&](const std::string& name, const std::string& note, const std::string& last) {
            const std::string path = module + "/" + name;
            if (path.starts_with(normal)) add(head + typed + path.substr(normal.size()), note, last);
        };
        for (const PortInfo& port : info->second.inputs)
            if (port.is_parameter() || all)
                offer(port.name, port.is_parameter() ? port.range() : port.kind, " ");
        if (all)
            for (const PortInfo& port : info->second.outputs) offer(port.name, "an output", " ");
        // What a composite shows to the outside goes before what is inside of it.
        const bool shown = !found_.empty();
        for (const auto& [part, type] : info->second.parts) {
            if (!shown) offer(part, type, head.empty() ? "." : "/");
            if (normal.starts_with(module + "/" + part + "/")) below(head, typed, module + "/" + part, all);
        }
    }

    const Spot& spot_;
    const Vocabulary& vocabulary_;
    std::vector<Candidate> found_;
};

std::string cut(std::string text, std::size_t width) {
    if (text.size() <= width) return text;
    std::size_t end = width > 3 ? width - 3 : 0;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "...";
}

}  // namespace

Completion complete(std::string_view text, std::size_t cursor, const Vocabulary& vocabulary) {
    const Spot spot = spot_in(text.substr(0, std::min(cursor, text.size())), vocabulary);
    return {spot.begin, Finder(spot, vocabulary).all()};
}

std::string common_beginning(const std::vector<Candidate>& candidates) {
    if (candidates.empty()) return "";
    if (candidates.size() == 1) return candidates[0].text + candidates[0].end;
    std::string common = candidates[0].text;
    for (const Candidate& candidate : candidates) {
        const auto differ =
            std::mismatch(common.begin(), common.end(), candidate.text.begin(), candidate.text.end());
        common.erase(differ.first, common.end());
    }
    return common;
}

std::string listed(const std::vector<Candidate>& candidates, std::size_t width, std::size_t rows) {
    constexpr std::size_t kFew = 12, kGap = 2;
    std::size_t widest = 0;
    bool notes = false;
    for (const Candidate& candidate : candidates) {
        widest = std::max(widest, candidate.text.size());
        notes |= !candidate.note.empty();
    }
    const bool a_line_each = notes && candidates.size() <= kFew;
    const std::size_t columns =
        a_line_each ? 1 : std::max<std::size_t>(1, (width + kGap - 1) / (widest + kGap));
    const std::size_t all = (candidates.size() + columns - 1) / columns;
    const std::size_t shown = all <= rows ? all : std::max<std::size_t>(rows, 2) - 1;
    std::string text;
    for (std::size_t row = 0; row < shown; ++row) {
        std::string line;
        for (std::size_t column = 0; column < columns; ++column) {
            const std::size_t i = column * shown + row;
            if (i >= candidates.size() || (column > 0 && i >= columns * shown)) break;
            const std::string& note = a_line_each ? candidates[i].note : "";
            line += fmt::format("{:<{}}{}", candidates[i].text, widest + kGap, note);
        }
        while (line.ends_with(' ')) line.pop_back();
        text += cut(line, width > 1 ? width - 1 : 1) + "\n";
    }
    if (shown < all)
        text += fmt::format("... and {} more\n",
                            candidates.size() - std::min(candidates.size(), shown * columns));
    return text;
}

}  // namespace chronus::hand
