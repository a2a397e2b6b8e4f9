#include "studio/merge.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "studio/names.h"
#include "studio/scenes.h"

namespace chronus {
namespace {

bool is_same(const Module& a, const Module& b) { return a.type == b.type && a.poly == b.poly && a.priority == b.priority && a.bases == b.bases; }

bool is_same(const SharedMap<Module>& a, const SharedMap<Module>& b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) {
        return x.first == y.first && is_same(x.second, y.second);
    });
}

template <class T>
const T* find_in(const SharedMap<T>& all, const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? nullptr : &found->second;
}

template <class Map>
std::set<std::string> names_of(const Map& a, const Map& b) {
    std::set<std::string> names;
    for (const auto& [name, value] : a) names.insert(name);
    for (const auto& [name, value] : b) names.insert(name);
    return names;
}

std::string first_of(const std::string& path) { return path.substr(0, path.find('/')); }

class Merging {
public:
    Merging(const Studio& base, const Studio& mine, const Studio& now, std::vector<std::string>& left)
        : base_(base), mine_(mine), now_(now), result_(now), left_(left) {}

    Studio merge() {
        merge_modules();
        merge_cables();
        merge_tracks();
        merge_aliases();
        value("tempo", &Studio::tempo);
        value("swing", &Studio::swing);
        value("swing's grid", &Studio::swing_grid);
        value("signature", &Studio::signature);
        value("a4", &Studio::a4);
        value("song", &Studio::song);
        merge_kept("bank of ", &Studio::banks);
        merge_kept("scene ", &Studio::scenes);
        value("limiter", &Studio::limiter);
        value("bars", &Studio::bars);
        merge_seed();
        make_whole();
        return std::move(result_);
    }

private:
    template <class T>
    void value(const char* name, T Studio::*member) {
        if (base_.*member == mine_.*member || now_.*member == mine_.*member) return;
        if (now_.*member == base_.*member) result_.*member = mine_.*member;
        else left_.push_back(name);
    }

    void merge_kept(const std::string& what, SharedMap<Scene> Studio::*member) {
        for (const std::string& name : names_of(base_.*member, mine_.*member)) {
            const Scene *was = find_in(base_.*member, name), *wanted = find_in(mine_.*member, name), *is = find_in(now_.*member, name);
            const auto equal = [](const Scene* a, const Scene* b) { return a && b ? *a == *b : a == b; };
            if (equal(was, wanted) || equal(is, wanted)) continue;
            if (!equal(is, was)) left_.push_back(what + name);
            else if (wanted) (result_.*member).set(name, *wanted);
            else (result_.*member).erase(name);
        }
    }

    // Modules that are there have drawn from it.
    void merge_seed() {
        if (base_.seed == mine_.seed) return;
        for (const auto& [id, module] : result_.modules)
            if (now_.modules.contains(id)) return left_.push_back("seed");
        value("seed", &Studio::seed);
    }

    void merge_modules() {
        if (is_same(now_.modules, base_.modules)) {
            result_.modules = mine_.modules;
            return keep_used_by_others();
        }
        for (const std::string& id : names_of(base_.modules, mine_.modules)) {
            const Module *was = find_in(base_.modules, id), *wanted = find_in(mine_.modules, id), *is = find_in(now_.modules, id);
            if (was && wanted && is_same(*was, *wanted)) continue;
            const bool as_was = was ? is && is_same(*is, *was) : !is;
            if (as_was && wanted) result_.modules.set(id, *wanted);
            else if (as_was) result_.modules.erase(id);
            else if (was && wanted && is && is->type == was->type && is->type == wanted->type) merge_bases(id, *was, *wanted, *is);
            else if (is && wanted && is_same(*is, *wanted)) continue;
            else if (is || wanted) left_.push_back(id);
        }
        keep_used_by_others();
    }

    void merge_bases(const std::string& id, const Module& was, const Module& wanted, const Module& is) {
        std::set<std::string> names;
        for (const Bases* bases : {&was.bases, &wanted.bases})
            for (const auto& [name, value] : *bases) names.insert(name);
        const auto value_in = [](const Bases& bases, const std::string& name) {
            const auto found = bases.find(name);
            return found == bases.end() ? std::nullopt : std::optional(found->second);
        };
        Module& merged = result_.modules.edit(id);
        for (const std::string& name : names) {
            const auto before = value_in(was.bases, name), after = value_in(wanted.bases, name), present = value_in(is.bases, name);
            if (before == after || present == after) continue;
            if (present != before) left_.push_back(id + "." + name);
            else if (after) merged.bases[name] = *after;
            else merged.bases.erase(name);
        }
        if (was.poly != wanted.poly && is.poly == was.poly) merged.poly = wanted.poly;
        if (was.priority != wanted.priority && is.priority == was.priority) merged.priority = wanted.priority;
    }

    // A module that others have led cables or tracks to since is not taken away.
    void keep_used_by_others() {
        for (const auto& [id, module] : now_.modules) {
            if (result_.modules.contains(id)) continue;
            const bool cabled = std::any_of(now_.cables.begin(), now_.cables.end(), [&](const Cable& cable) {
                return (first_of(cable.from.module) == id || first_of(cable.to.module) == id) && !has(base_, cable);
            });
            const bool played = std::any_of(now_.tracks.begin(), now_.tracks.end(), [&](const auto& track) {
                return first_of(track.second.module) == id && !base_.tracks.contains(track.first);
            });
            if (!cabled && !played) continue;
            result_.modules.set(id, module);
            kept_.insert(id);
            left_.push_back(id);
        }
    }

    static const Cable* find_cable(const Studio& studio, const Cable& cable) {
        const auto found = std::find_if(studio.cables.begin(), studio.cables.end(),
                                        [&](const Cable& c) { return c.from == cable.from && c.to == cable.to; });
        return found == studio.cables.end() ? nullptr : &*found;
    }
    static bool has(const Studio& studio, const Cable& cable) { return find_cable(studio, cable) != nullptr; }
    bool stays_with_kept(const Cable& cable) const {
        return kept_.contains(first_of(cable.from.module)) || kept_.contains(first_of(cable.to.module));
    }

    void merge_cables() {
        if (now_.cables == base_.cables && kept_.empty()) {
            result_.cables = mine_.cables;
            return;
        }
        for (const Cable& was : base_.cables) {
            const Cable* wanted = find_cable(mine_, was);
            if ((wanted && *wanted == was) || stays_with_kept(was)) continue;
            const Cable* is = find_cable(now_, was);
            if (!is || (wanted && *is == *wanted)) continue;
            if (*is != was) left_.push_back("cable " + print_port_name(was.from) + " > " + print_port_name(was.to));
            else replace(was, wanted);
        }
        for (const Cable& wanted : mine_.cables) {
            if (has(base_, wanted)) continue;
            if (!has(now_, wanted)) result_.cables.push_back(wanted);
            else if (*find_cable(now_, wanted) != wanted) left_.push_back("cable " + print_port_name(wanted.from) + " > " + print_port_name(wanted.to));
        }
    }
    void replace(const Cable& was, const Cable* wanted) {
        const auto place = std::find(result_.cables.begin(), result_.cables.end(), was);
        if (place == result_.cables.end()) return;
        if (wanted) result_.cables.edit(place) = *wanted;
        else result_.cables.erase(place);
    }

    void merge_tracks() {
        if (now_.tracks == base_.tracks && kept_.empty()) {
            result_.tracks = mine_.tracks;
            return;
        }
        for (const std::string& name : names_of(base_.tracks, mine_.tracks)) {
            const Track *was = find_in(base_.tracks, name), *wanted = find_in(mine_.tracks, name), *is = find_in(now_.tracks, name);
            if (was && wanted && *was == *wanted) continue;
            const bool as_was = was ? is && *is == *was : !is;
            if (as_was && wanted) result_.tracks.set(name, *wanted);
            else if (as_was && !(was && kept_.contains(first_of(was->module)))) result_.tracks.erase(name);
            else if (was && wanted && is) merge_track(name, *was, *wanted, *is);
            else if (!(is && wanted && *is == *wanted) && (is || wanted)) left_.push_back("track " + name);
        }
        give_places();
    }
    void merge_track(const std::string& name, const Track& was, const Track& wanted, const Track& is) {
        const auto text = [](const Track& track) { return std::tie(track.module, track.lane, track.steps, track.notes, track.keys); };
        Track merged = is;
        if (text(was) != text(wanted) && text(is) != text(wanted)) {
            if (text(is) != text(was)) return left_.push_back("track " + name);
            merged.module = wanted.module;
            merged.lane = wanted.lane;
            merged.steps = wanted.steps;
            merged.notes = wanted.notes;
            merged.keys = wanted.keys;
        }
        if (was.muted != wanted.muted) merged.muted = wanted.muted;
        if (was.solo != wanted.solo) merged.solo = wanted.solo;
        result_.tracks.set(name, merged);
    }
    // Those of now keep theirs; one whose place has been taken gets the lowest that is free.
    void give_places() {
        std::set<std::uint32_t> taken;
        std::vector<std::string> homeless;
        for (const bool old : {true, false})
            for (const auto& [name, track] : result_.tracks)
                if (now_.tracks.contains(name) == old && !taken.insert(track.slot).second) homeless.push_back(name);
        for (const std::string& name : homeless) {
            std::uint32_t slot = 0;
            while (!taken.insert(slot).second) ++slot;
            result_.tracks.edit(name).slot = slot;
        }
    }

    void merge_aliases() {
        for (const std::string& name : names_of(base_.aliases, mine_.aliases)) {
            const auto value_in = [&](const Studio& studio) {
                const auto found = studio.aliases.find(name);
                return found == studio.aliases.end() ? std::string() : found->second;
            };
            const std::string was = value_in(base_), wanted = value_in(mine_), is = value_in(now_);
            if (was == wanted || is == wanted) continue;
            if (is != was) left_.push_back("alias " + name);
            else if (wanted.empty()) result_.aliases.erase(name);
            else result_.aliases[name] = wanted;
        }
    }

    void make_whole() {
        const auto is_there = [&](const std::string& path) { return path == kOut || result_.modules.contains(first_of(path)); };
        const auto loose = [&](const Cable& cable) { return !is_there(cable.from.module) || !is_there(cable.to.module); };
        if (std::any_of(result_.cables.begin(), result_.cables.end(), loose)) result_.cables.erase_if(loose);
        for (const std::string& name : names_of(result_.tracks, result_.tracks))
            if (!is_there(result_.tracks.at(name).module)) result_.tracks.erase(name);
        forget_tracks(result_, [&](const std::string& module) { return !is_there(module); });
    }

    const Studio &base_, &mine_, &now_;
    Studio result_;
    std::vector<std::string>& left_;
    std::set<std::string> kept_;  // modules that would have gone
};

}  // namespace

Studio merge(const Studio& base, const Studio& mine, const Studio& now, std::vector<std::string>& left) {
    return Merging(base, mine, now, left).merge();
}

bool is_same(const Studio& a, const Studio& b) {
    Studio as_b = a;
    as_b.births = b.births;
    as_b.modules = b.modules;
    return as_b == b && is_same(a.modules, b.modules);
}

}  // namespace chronus
