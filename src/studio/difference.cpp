#include "studio/difference.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "studio/names.h"
#include "studio/resolve.h"
#include "studio/scenes.h"
#include "studio/settings.h"
#include "studio/tracks.h"
#include "studio/values.h"
#include "studio/wiring.h"
#include "text/numbers.h"

namespace chronus {
namespace {

std::string first_of(const std::string& path) { return path.substr(0, path.find('/')); }

template <class T>
const T* find_in(const SharedMap<T>& all, const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? nullptr : &found->second;
}

class Difference {
public:
    Difference(const Studio& from, const Studio& to, const Types& types) : from_(from), to_(to), types_(types) {}

    std::vector<Message> find() {
        take_away();
        settings();
        make();
        set();
        connect();
        rename();
        play();
        keep();
        return std::move(messages_);
    }

private:
    void say(std::string address, std::vector<Argument> arguments) { messages_.push_back({std::move(address), std::move(arguments)}); }

    // It is the same one, whatever was set of it.
    bool stays(const std::string& id) const {
        const Module *was = find_in(from_.modules, id), *is = find_in(to_.modules, id);
        return was && is && was->type == is->type && was->poly == is->poly && was->priority == is->priority;
    }
    static const Cable* find_cable(const Studio& studio, const Cable& cable) {
        const auto found = std::find_if(studio.cables.begin(), studio.cables.end(),
                                        [&](const Cable& c) { return c.from == cable.from && c.to == cable.to; });
        return found == studio.cables.end() ? nullptr : &*found;
    }
    bool is_from_what_stays(const Cable& cable) const {
        return stays(first_of(cable.from.module)) && (cable.to.module == kOut || stays(first_of(cable.to.module)));
    }
    // What connect cannot make of a cable that is there.
    static bool can_become(const Cable& was, const Cable& is) { return was.delayed <= is.delayed && was.automatic >= is.automatic; }
    bool stays(const Track& was, const Track& is) const { return was.module == is.module && was.lane == is.lane && was.slot == is.slot && stays(first_of(is.module)); }

    void take_away() {
        for (const auto& [name, track] : from_.tracks) {
            const Track* kept = find_in(to_.tracks, name);
            if (!kept || !stays(track, *kept)) say("/seq/remove", {name});
        }
        for (const auto& [id, module] : from_.modules)
            if (!stays(id)) say("/remove", {id});
        for (const Cable& cable : from_.cables) {
            const Cable* kept = find_cable(to_, cable);
            if (is_from_what_stays(cable) && (!kept || !can_become(cable, *kept)))
                say("/disconnect", {print_port_name(cable.from), print_port_name(cable.to)});
        }
        for (const auto& [name, path] : from_.aliases)
            if (!to_.aliases.contains(name)) say("/unalias", {name});
    }

    void settings() {
        if (from_.tempo != to_.tempo) say("/tempo", {to_.tempo / 1000.0});
        if (from_.swing != to_.swing || from_.swing_grid != to_.swing_grid) say("/swing", {to_.swing, "1/" + print_number(to_.swing_grid)});
        if (from_.signature != to_.signature) say("/signature", {print_number(to_.signature.count) + "/" + print_number(to_.signature.unit)});
        if (from_.a4 != to_.a4) say("/a4", {to_.a4});
        if (from_.limiter != to_.limiter) say("/limiter", {std::string(to_.limiter ? "on" : "off")});
        if (from_.bars != to_.bars) say("/bars", {static_cast<std::int32_t>(to_.bars)});
        if (from_.seed != to_.seed) say("/seed", {static_cast<std::int64_t>(to_.seed)});
    }

    std::optional<Resolved> input(const Studio& studio, const std::string& id, const std::string& name) const {
        const auto found = resolve_input(studio, types_, id + "/" + name);
        return found ? std::optional(*found) : std::nullopt;
    }

    void make() {
        for (const auto& [id, module] : to_.modules) {
            if (stays(id)) continue;
            std::vector<Argument> words{module.type, id, std::string("quiet"), "poly=" + print_number(module.poly)};
            if (module.priority != Priority::last) words.push_back("priority=" + print_priority(module.priority));
            for (const auto& [name, value] : module.bases) {
                const auto port = input(to_, id, name);
                words.push_back(name + "=" + (port ? value_word(port->info(), value, types_.sounds()) : print_number(value)));
            }
            say("/create", std::move(words));
        }
    }

    void set_value(const std::string& id, const std::string& name, std::optional<float> value) {
        const auto port = input(to_, id, name);
        if (!port) return;
        const float wanted = value.value_or(port->info().initial);
        if (port->info().has_names()) say("/mod/" + id + "/" + name, {value_word(port->info(), wanted, types_.sounds())});
        else say("/mod/" + id + "/" + name, {wanted});
    }

    void set() {
        for (const auto& [id, module] : to_.modules) {
            if (!stays(id)) continue;
            const Bases &was = from_.modules.at(id).bases, &is = module.bases;
            if (was == is) continue;
            for (const auto& [name, value] : was)
                if (!is.contains(name)) set_value(id, name, std::nullopt);
            for (const auto& [name, value] : is)
                if (const auto before = was.find(name); before == was.end() || before->second != value) set_value(id, name, value);
        }
    }

    void connect() {
        for (const Cable& cable : to_.cables) {
            const Cable* was = is_from_what_stays(cable) ? find_cable(from_, cable) : nullptr;
            if (was && *was == cable) continue;
            std::vector<Argument> words{print_port_name(cable.from), print_port_name(cable.to),
                                        print_number(cable.gain) + (cable.unit == CableUnit::own ? "Hz" : "")};
            if (cable.delayed) words.push_back(std::string("delayed"));
            if (cable.automatic) words.push_back(std::string("automatic"));
            say("/connect", std::move(words));
        }
    }

    void rename() {
        for (const auto& [name, path] : to_.aliases)
            if (const auto was = from_.aliases.find(name); was == from_.aliases.end() || was->second != path) say("/alias", {name, path});
    }

    void add_track(const std::string& name, const Track& track) {
        Message message = track_message(name, track);
        message.arguments.push_back("slot=" + print_number(track.slot));
        messages_.push_back(std::move(message));
    }

    // The track itself; whether it is heard comes after all of them.
    void put_track(const std::string& name, const Track& is, const Track* was) {
        if (!was || was->keys != is.keys || (was->notes != is.notes && is.notes.empty()) || (was->steps != is.steps && is.steps.empty()))
            return add_track(name, is);
        if (was->steps != is.steps && was->notes != is.notes) return add_track(name, is);
        if (was->steps != is.steps) say("/seq/update/pattern", {name, is.steps});
        if (was->notes != is.notes) say("/seq/update/notes", {name, is.notes});
    }

    // Of what is kept of tracks: what one set has that another has not.
    static std::vector<Argument> words_of(std::vector<Argument> words, const std::string& name, const Track& track) {
        const Message message = track_message(name, track);
        words.insert(words.end(), message.arguments.begin() + 1, message.arguments.end());
        if (track.muted) words.push_back(std::string("muted"));
        return words;
    }
    void keep() {
        Studio was;  // what taking modules away leaves of it
        was.banks = from_.banks;
        was.scenes = from_.scenes;
        forget_tracks(was, [&](const std::string& module) { return from_.modules.contains(first_of(module)) && !stays(first_of(module)); });
        for (const auto& [name, bank] : was.banks)
            if (const Scene* is = find_in(to_.banks, name); !is || *is != bank) say("/bank/remove", {name});
        for (const auto& [name, bank] : to_.banks)
            if (const Scene* old = find_in(was.banks, name); !old || *old != bank)
                for (const auto& [pattern, track] : bank) say("/bank/put", words_of({name, pattern}, name, track));
        for (const auto& [name, scene] : was.scenes)
            if (!to_.scenes.contains(name)) say("/scene/remove", {name});
        for (const auto& [name, scene] : to_.scenes)
            if (const Scene* old = find_in(was.scenes, name); !old || *old != scene) {
                say("/scene/put", {name});
                for (const auto& [track_name, track] : scene) say("/scene/put", words_of({name, track_name}, track_name, track));
            }
        if (from_.song != to_.song) say("/song/put", to_.song.parts.empty() ? std::vector<Argument>{} : std::vector<Argument>{print_song(to_.song)});
    }

    void play() {
        std::map<std::uint32_t, std::string> by_slot;
        for (const auto& [name, track] : to_.tracks) by_slot.emplace(track.slot, name);
        std::set<std::string> made_anew;
        for (const auto& [slot, name] : by_slot) {
            const Track &is = to_.tracks.at(name), *was = find_in(from_.tracks, name);
            if (was && !stays(*was, is)) was = nullptr;
            const std::size_t before = messages_.size();
            put_track(name, is, was);
            if (messages_.size() > before && messages_.back().address == "/seq/add") made_anew.insert(name);
        }
        const Track fresh;
        for (const auto& [slot, name] : by_slot) {
            const Track& is = to_.tracks.at(name);
            const Track& was = made_anew.contains(name) ? fresh : from_.tracks.at(name);
            if (was.muted != is.muted) say(is.muted ? "/mute" : "/unmute", {name});
            if (was.solo != is.solo) say(is.solo ? "/solo" : "/unsolo", {name});
        }
    }

    const Studio &from_, &to_;
    const Types& types_;
    std::vector<Message> messages_;
};

}  // namespace

std::vector<Message> difference(const Studio& from, const Studio& to, const Types& types) { return Difference(from, to, types).find(); }

std::vector<Message> difference_of_parts(const Studio& from, const Studio& to, const Types& types) {
    bool any = false;
    for (const auto& [id, module] : to.modules) {
        const Module* other = find_in(from.modules, id);
        any |= other && other->bases != module.bases;
    }
    std::vector<Message> messages;
    if (!any) return messages;
    const Wiring is = wire_up(from, types), wanted = wire_up(to, types);
    std::map<std::string, const Leaf*> leaves;
    for (const Leaf& leaf : is.leaves) leaves[leaf.id] = &leaf;
    std::set<std::string> told;  // once for all lanes
    for (const Leaf& leaf : wanted.leaves) {
        const auto now = leaves.find(leaf.id);
        if (now == leaves.end() || now->second->type != leaf.type) continue;
        std::string path = leaf.id;
        std::erase_if(path, [lane = false](char c) mutable { return (lane = c == '#' || (lane && c >= '0' && c <= '9')); });
        for (std::size_t i = 0; i < leaf.bases.size(); ++i) {
            const PublicPort& port = leaf.type->inputs[i];
            if (!port.is_parameter() || leaf.bases[i] == now->second->bases[i] || !told.insert(path + "/" + port.name).second) continue;
            messages.push_back({"/mod/" + path + "/" + port.name, {leaf.bases[i]}});
            if (port.has_names()) messages.back().arguments = {value_word(port, leaf.bases[i], types.sounds())};
        }
    }
    return messages;
}

}  // namespace chronus
