#include "studio/reload.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "studio/console.h"
#include "studio/names.h"
#include "studio/resolve.h"
#include "studio/score.h"
#include "studio/wiring.h"
#include "text/numbers.h"

namespace chronus {
namespace {

std::string head_of(const std::string& path) { return path.substr(0, path.find('/')); }

// What of a type's inputs counts for tracks: they are known by their places.
std::string shape_of(const Type* type) {
    std::string shape;
    for (const PublicPort& port : type ? type->inputs : std::vector<PublicPort>{})
        shape += fmt::format("{} {} {} {};", port.name, static_cast<int>(port.meaning), port.minimum, port.maximum);
    return shape;
}

// What the rack was made of before its types changed.
class Before {
public:
    explicit Before(const Request& request) {
        for (const Leaf& leaf : wire_up(request.studio, request.types()).leaves)
            for (std::size_t i = 0; i < leaf.bases.size(); ++i) bases_[leaf.id + "." + leaf.type->inputs[i].name] = leaf.bases[i];
        for (const auto& [name, track] : request.studio.tracks)
            shapes_[name] = shape_of(type_at(request.studio, request.types(), track.module));
    }

    // Parameters whose base is another now: defaults, and what composites make of their parts.
    void send_changes(Request& request) const {
        for (const Leaf& leaf : wire_up(request.studio, request.types()).leaves) {
            if (!leaf.id.ends_with("#0")) continue;  // a set goes to all lanes
            const std::string path = leaf.id.substr(0, leaf.id.find('#'));
            for (std::size_t i = 0; i < leaf.bases.size(); ++i) {
                if (!leaf.type->inputs[i].is_parameter()) continue;
                const auto old = bases_.find(leaf.id + "." + leaf.type->inputs[i].name);
                if (old != bases_.end() && old->second != leaf.bases[i])
                    request.send(request.event(EventKind::set, {head_of(path), path, "", leaf.type, i}, leaf.bases[i]));
            }
        }
    }

    void send_tracks(Request& request) const {
        std::vector<std::string> lost;
        for (const auto& [name, track] : request.studio.tracks) {
            if (shapes_.at(name) == shape_of(type_at(request.studio, request.types(), track.module))) continue;
            auto score = compile_track(request.studio, request.types(), name, track, request.console.roster(), {From::now, 0});
            if (score) {
                request.send({.kind = EventKind::track, .frame = request.at, .pointer = score->release()});
                continue;
            }
            request.notes.push_back(fmt::format("track {} was taken away: {}", name, score.refusal().reason));
            request.remove_track(track);
            lost.push_back(name);
        }
        for (const std::string& name : lost) request.studio.tracks.erase(name);
    }

private:
    std::map<std::string, float> bases_;          // by leaf and input
    std::map<std::string, std::string> shapes_;   // by track
};

void drop_lost_settings(Request& request) {
    std::vector<std::string> ids;
    for (const auto& [id, module] : request.studio.modules) ids.push_back(id);
    for (const std::string& id : ids) {
        const Bases bases = request.studio.modules.at(id).bases;
        for (const auto& [name, value] : bases) {
            const auto input = resolve_input(request.studio, request.types(), id + "/" + name);
            if (!input || !input->info().is_parameter()) {
                request.notes.push_back(fmt::format("{}.{} is gone", id, name));
                request.studio.modules.edit(id).bases.erase(name);
            } else if (const float inside = request.clamped(input->info(), value); inside != value) {
                request.studio.modules.edit(id).bases[name] = inside;
            }
        }
    }
}

void drop_lost_cables(Request& request) {
    const auto has_port = [&](const PortName& port, bool input) {
        if (port.module == kOut) return true;
        const Type* type = type_at(request.studio, request.types(), port.module);
        return type && (type->input(port.port) || (!input && type->output(port.port)));
    };
    request.studio.cables.erase_if([&](const Cable& cable) {
        if (has_port(cable.from, false) && has_port(cable.to, true)) return false;
        request.notes.push_back(fmt::format("{} > {} was taken away: the port is gone", print_port_name(cable.from), print_port_name(cable.to)));
        return true;
    });
}

Result<std::string> read_text(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (!stream.is_open() || stream.bad()) return Refusal{"file", fmt::format("{} cannot be read", file.string()), ""};
    return text;
}

Result<Types> types_with_original(Request& request, const std::string& name) {
    const Library& library = request.console.library();
    if (const auto text = library.composite_text(name))
        return request.types().with(name, *text, library.composite_file(name)->string());
    if (auto leaf = library.find(name); leaf && leaf->name() == name) return request.types().with(leaf, leaf->file().string());
    return request.refuse("unknown", fmt::format("{} was not there from the start", name));
}

Result<Types> types_with(Request& request, const std::string& name, const std::string& build) {
    if (build == kOriginal) return types_with_original(request, name);
    const auto file = request.console.builds().find(name, build);
    if (!file) return request.refuse("unknown", fmt::format("no build {} of {} is kept", build, name));
    // People look for it where they put it.
    const std::string home = find_module_file(name, request.console.module_folders()).value_or(*file).string();
    if (file->extension() == ".chr") {
        const auto text = read_text(*file);
        if (!text) return text.refusal();
        return request.types().with(name, *text, home);
    }
    auto loaded = ModuleType::load(*file);
    if (!loaded) return loaded.refusal();
    return request.types().with(std::move(*loaded), home);
}

// How the modules of a type get from one build to the other.
std::string passage(const Type* old, const Type& now) {
    if (!old) return "new";
    if (!old->leaf || !now.leaf) return "parts that are the same go on";
    const chronus_module_type &a = old->leaf->descriptor(), &b = now.leaf->descriptor();
    const bool alike = a.layout == b.layout && a.state_size == b.state_size && a.state_alignment == b.state_alignment;
    return alike ? "state kept" : fmt::format("crossfade of {:g} ms", Roster::kCrossfadeSeconds * 1000);
}

}  // namespace

Result<Words> take_build(Request& request, const std::string& name, const std::string& build) {
    auto next = types_with(request, name, build);
    if (!next) return next.refusal();
    const auto known = request.types().all().find(name);
    const std::string way = passage(known == request.types().all().end() ? nullptr : &known->second, next->all().at(name));
    const Before before(request);
    request.console.renew(std::move(*next));
    drop_lost_settings(request);
    drop_lost_cables(request);
    before.send_changes(request);
    before.send_tracks(request);
    Lineage& lineage = request.console.lineage(name);
    lineage.go_on_with(build);
    if (std::exchange(lineage.suspended, false))
        request.send({.kind = EventKind::suspend, .module = request.console.roster().type_slot(name), .value = 0, .frame = request.at});
    request.console.note_build(name, build);
    request.log_as = {{"/module/reload", {name, build}}};
    request.effects.rack = request.effects.removes = true;
    std::int32_t modules = 0;
    for (const Place& place : wire_up(request.studio, request.types()).places) modules += place.type->name == name ? place.lanes : 0;
    return Words{name, build, way, std::string("modules"), modules};
}

}  // namespace chronus
