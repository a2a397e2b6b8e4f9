// Commands that make and change module types while they play. They take names, never paths.
#include <fmt/format.h>

#include <algorithm>

#include "host/module_path.h"
#include "studio/console.h"
#include "studio/extract.h"
#include "studio/names.h"
#include "studio/reload.h"
#include "studio/request.h"
#include "studio/resolve.h"

namespace chronus {
namespace {

void add(Words& words, const char* name, Argument value) {
    words.push_back(std::string(name));
    words.push_back(std::move(value));
}

Result<std::string> name_of(const Request& request) {
    const std::string name = request.text(0);
    if (is_module_name(name)) return name;
    return request.refuse("syntax", fmt::format("{} is no name of a module type: it is a name, not a path", name));
}

Result<const Type*> type_of(const Request& request) {
    const auto name = name_of(request);
    if (!name) return name.refusal();
    const auto type = request.types().all().find(*name);
    if (type != request.types().all().end()) return &type->second;
    return request.refuse("unknown", fmt::format("there is no type {}{}", *name, did_you_mean(*name, request.types().names())));
}

// Text is read at once: what is wrong with it does no harm.
Result<Words> reload_composite(Request& request, const std::string& name, const std::filesystem::path& file) {
    const Builds& builds = request.console.builds();
    const auto candidate = builds.copy(file);
    if (!candidate) return candidate.refusal();
    if (const auto kept = builds.keep(*candidate); !kept) return kept.refusal();
    return take_build(request, name, candidate->hash);
}

// reload growl: from the module path; with a hash: a build that is kept.
Result<Words> reload(Request& request) {
    const auto name = name_of(request);
    if (!name) return name.refusal();
    if (const std::string build = request.text(1); !build.empty()) return take_build(request, *name, build);
    const auto file = find_module_file(*name, request.console.module_folders());
    if (!file)
        return request.refuse("unknown", fmt::format("there is no file of {} in the module path{}", *name, did_you_mean(*name, request.types().names())));
    if (file->extension() == ".chr") return reload_composite(request, *name, *file);
    request.effects.vetting = {*name, *file};
    return Words{};
}

Result<Words> rollback(Request& request) {
    const auto type = type_of(request);
    if (!type) return type.refusal();
    const std::string name = (*type)->name, former = request.console.lineage(name).former;
    if (former.empty()) return request.refuse("unknown", fmt::format("{} has had no other build since the daemon began", name));
    return take_build(request, name, former);
}

Result<Words> suspend(Request& request) {
    const auto type = type_of(request);
    if (!type) return type.refusal();
    if (!(*type)->leaf) return request.refuse("type", fmt::format("{} is made of others: suspend one of them", (*type)->name));
    const bool on = request.on_off(1);
    request.console.lineage((*type)->name).suspended = on;
    request.send({.kind = EventKind::suspend, .module = request.console.roster().type_slot((*type)->name), .value = on ? 1.0f : 0.0f,
                  .frame = request.at});
    return Words{(*type)->name, on};
}

Result<Words> list(Request& request) {
    Words words;
    for (const auto& [name, type] : request.types().all())
        words.push_back(fmt::format("{} {} {}", name, request.console.lineage(name).now, type.file));
    return words;
}

Result<Words> info(Request& request) {
    const auto found = type_of(request);
    if (!found) return found.refusal();
    const Type& type = **found;
    const Lineage& lineage = request.console.lineage(type.name);
    Words words{type.name};
    add(words, "summary", type.summary);
    add(words, "file", type.file);
    add(words, "build", lineage.now);
    if (!lineage.former.empty()) add(words, "former", lineage.former);
    add(words, "faults", static_cast<std::int32_t>(lineage.faults));
    add(words, "suspended", lineage.suspended);
    if (type.leaf) {
        add(words, "state_bytes", static_cast<std::int32_t>(type.leaf->descriptor().state_size));
        add(words, "largest_gain", type.leaf->descriptor().largest_gain);
    }
    for (const auto& [name, other] : request.types().all())
        if (std::any_of(other.parts.begin(), other.parts.end(), [&](const Part& part) { return part.module.type == type.name; }))
            add(words, "used_by", name);
    for (const auto& [id, module] : request.studio.modules)
        if (module.type == type.name) add(words, "module", id);
    return words;
}

// growl from a module that stands on the rack.
Result<Words> extract(Request& request) {
    auto text = extract_composite(request.studio, request.types(), without_alias(request.studio, request.text(0)));
    if (!text) return text.refusal();
    return Words{std::move(*text)};
}

// Where this program was built, if that is still there; else where it was installed to.
std::filesystem::path part_of(const char* in_tree, const char* installed) {
    std::error_code none;
    if (std::filesystem::exists(in_tree, none)) return in_tree;
    const auto home = std::filesystem::read_symlink("/proc/self/exe", none).parent_path();
    return std::filesystem::weakly_canonical(home / installed, none);
}

Result<Words> recipe(Request&) {
    Words words;
    add(words, "launcher", std::string(CHRONUS_LAUNCHER));
    add(words, "compiler", std::string(CHRONUS_COMPILER));
    add(words, "flags", std::string(CHRONUS_MODULE_FLAGS));
    add(words, "include", part_of(CHRONUS_SOURCE "/include", "../include").string());
    add(words, "layout", part_of(CHRONUS_SOURCE "/cmake/layout.awk", "../share/music-chronus/layout.awk").string());
    add(words, "faust", part_of(CHRONUS_SOURCE "/src/workbench/faust.cpp.in", "../share/music-chronus/faust.cpp.in").string());
    add(words, "awk", std::string(CHRONUS_AWK));
    add(words, "sources", part_of(CHRONUS_SOURCE "/modules", "../share/music-chronus/modules").string());
    std::error_code none;
    add(words, "modules", std::filesystem::exists(CHRONUS_SOURCE, none) ? std::string(CHRONUS_MODULES) : std::string());
    add(words, "own", user_module_folder().string());
    return words;
}

constexpr Takes kName = takes::text("type");

constexpr Command kCommands[] = {
    {"/module/reload", {kName, takes::text("build").or_else("")},
     "Takes a module type from its file again, tried beforehand, while it plays; with a hash, a build that was kept.", "/module/reload reese",
     Effect::rack, reload},
    {"/module/rollback", {kName}, "Goes back to the build of a type that was there before.", "/module/rollback reese", Effect::rack, rollback},
    {"/module/suspend", {kName, takes::on_off("state").or_else("on")}, "Silences all modules of a type, which are not run meanwhile; off ends it.",
     "/module/suspend hat off", Effect::sound, suspend},
    {"/module/list", {}, "The module types, their builds, and the files they came from.", "/module/list", Effect::none, list},
    {"/module/extract", {takes::text("module")},
     "The text of a composite made of a module and what belongs to it alone: its effects, what moves it.", "/module/extract k", Effect::none, extract},
    {"/module/recipe", {}, "How modules are built for this daemon: compiler, flags, folders.", "/module/recipe", Effect::none, recipe},
    {"/module/info", {kName}, "What is known of a module type: file, build, faults, where it is used.", "/module/info kick", Effect::none, info},
};

}  // namespace

std::span<const Command> module_commands() { return kCommands; }

}  // namespace chronus
