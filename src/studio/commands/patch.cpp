// Commands that keep the studio as text, and bring it back.
#include <fmt/format.h>

#include <map>

#include "studio/console.h"
#include "studio/patch_load.h"
#include "studio/patch_text.h"
#include "text/line_diff.h"
#include "text/numbers.h"

namespace chronus {
namespace {

// A patch of that name, or what is on the rack where there is no name.
Result<std::string> text_of_patch(const Request& request, const std::string& name) {
    return name.empty() ? print_patch(request.studio, request.types()) : request.console.patches().read(name);
}

Words counted(const std::string& name, const Studio& studio) {
    return {name, std::string("modules"), static_cast<std::int32_t>(studio.modules.size()),
            std::string("tracks"), static_cast<std::int32_t>(studio.tracks.size())};
}

Result<Words> save_as(Request& request, const std::string& name) {
    const bool replaces = request.console.patches().has(name);
    const auto written = request.console.patches().write(name, print_patch(request.studio, request.types()));
    if (!written) return written.refusal();
    if (replaces) request.notes.push_back("in place of the one before");
    return counted(name, request.studio);
}

Result<Words> save(Request& request) { return save_as(request, request.text(0)); }

Result<Words> load_now(Request& request, const std::string& name) {
    const auto text = request.console.patches().read(name);
    if (!text) return text.refusal();
    const auto loaded = load_patch(request, name, *text);
    if (!loaded) return loaded.refusal();
    return counted(name, request.studio);
}

// That there is one is known now; its text is read when the moment comes.
Result<Words> load_at(Request& request, const std::string& name, const std::string& moment) {
    const Telemetry& now = request.telemetry();
    const auto when = read_when(moment, now.timeline, now.frame);
    if (!when) return when.refusal();
    if (const auto text = request.console.patches().read(name); !text) return text.refusal();
    request.console.wait_for(*when, {"/patch/load", {name}});
    return Words{name, "queued until " + print_when(*when, now.timeline, now.frame)};
}

Result<Words> load(Request& request) {
    const std::string moment = request.count() > 1 ? request.rest(1) : "now";
    if (moment == "now") return load_now(request, request.text(0));
    return load_at(request, request.text(0), moment == "bar" || moment == "beat" ? "next " + moment : moment);
}

Result<Words> list(Request& request) {
    Words words;
    for (const std::string& name : request.console.patches().list()) words.push_back(name);
    return words;
}

Result<Words> show(Request& request) {
    auto text = text_of_patch(request, request.text(0));
    if (!text) return text.refusal();
    if (text->ends_with('\n')) text->pop_back();
    return Words{*text};
}

Result<Words> diff(Request& request) {
    const auto before = text_of_patch(request, request.text(0)), after = text_of_patch(request, request.text(1));
    if (!before) return before.refusal();
    if (!after) return after.refusal();
    Words words;
    for (std::string& line : line_diff(*before, *after)) words.push_back(std::move(line));
    if (words.empty()) words.push_back(std::string("no difference"));
    return words;
}

Result<Words> rename(Request& request) {
    const std::string from = request.text(0), to = request.text(1);
    const auto renamed = request.console.patches().rename(from, to);
    if (!renamed) return renamed.refusal();
    return Words{from, to};
}

Result<Words> remove(Request& request) {
    const auto removed = request.console.patches().remove(request.text(0));
    if (!removed) return removed.refusal();
    return Words{request.text(0)};
}

// An empty studio, but the transport goes on if it runs.
Result<Words> empty(Request& request) {
    for (const auto& [name, track] : request.studio.tracks) request.remove_track(track);
    Studio none;
    none.births = request.studio.births;
    request.studio = none;
    request.effects.rack = request.effects.removes = true;
    request.send_transport();
    return Words{std::string("an empty patch")};
}

// The classic slots are patches too: "slot 3", or "slot 3 NAME".
std::map<int, std::string> slots(const Request& request) {
    constexpr std::string_view kSlot = "slot ";
    std::map<int, std::string> found;
    for (const std::string& name : request.console.patches().list()) {
        if (!name.starts_with(kSlot)) continue;
        const std::string number = name.substr(kSlot.size(), name.find(' ', kSlot.size()) - kSlot.size());
        if (const auto slot = read_as<std::int32_t>(number); slot && print_number(*slot) == number) found.emplace(*slot, name);
    }
    return found;
}

Result<Words> pattern_save(Request& request) {
    const int slot = static_cast<int>(request.number(0));
    const std::string called = request.rest(1), name = fmt::format("slot {}{}{}", slot, called.empty() ? "" : " ", called);
    const auto before = slots(request);
    auto words = save_as(request, name);
    if (!words) return words;
    if (const auto old = before.find(slot); old != before.end() && old->second != name) {
        const auto removed = request.console.patches().remove(old->second);
        if (!removed) return removed.refusal();
        request.notes.push_back("in place of " + old->second);
    }
    return words;
}

Result<Words> pattern_load(Request& request) {
    const int slot = static_cast<int>(request.number(0));
    const auto all = slots(request);
    const auto found = all.find(slot);
    if (found == all.end()) return request.refuse("unknown", fmt::format("there is nothing in slot {}", slot));
    const bool immediate = request.text(1) == "immediate" || request.on_off(1);
    // Where the transport stands, no bar would come.
    if (immediate || !request.telemetry().timeline.running) return load_now(request, found->second);
    return load_at(request, found->second, "next bar");
}

Result<Words> pattern_list(Request& request) {
    Words words;
    for (const auto& [slot, name] : slots(request)) words.push_back(name.substr(name.find(' ') + 1));
    return words;
}

constexpr Takes kName = takes::text("name"), kSlot = takes::whole("slot", 1, 128);

constexpr Command kCommands[] = {
    {"/patch/save", {kName}, "Writes what is on the rack, tracks and transport as a patch of that name.",
     "/patch/save \"deep groove\"", Effect::none, save},
    {"/patch/load", {kName, takes::many("moment").or_else("now")},
     "Puts a patch in place of what is there, now, at the next bar, or at a moment as /at takes it.",
     "/patch/load \"deep groove\" bar", Effect::rack, load},
    {"/patch/list", {}, "The patches there are.", "/patch/list", Effect::none, list},
    {"/patch/show", {takes::text("name").or_else("")}, "A patch as text; without a name, what is on the rack.",
     "/patch/show \"deep groove\"", Effect::none, show},
    {"/patch/diff", {kName, takes::text("other").or_else("")},
     "The lines that two patches do not share; without the other, a patch and what is on the rack.",
     "/patch/diff \"deep groove\"", Effect::none, diff},
    {"/patch/rename", {kName, takes::text("new name")}, "Gives a patch another name.", "/patch/rename \"deep groove\" dive", Effect::none, rename},
    {"/patch/delete", {kName}, "Deletes a patch.", "/patch/delete \"deep groove\"", Effect::none, remove},
    {"/patch/new", {}, "Takes everything away; the transport goes on.", "/patch/new", Effect::rack, empty},
    {"/pattern/save", {kSlot, takes::many("name").or_else("")}, "Saves a patch under a number.", "/pattern/save 3 verse", Effect::none, pattern_save},
    {"/pattern/load", {kSlot, takes::any("immediate").or_else("off")},
     "Loads the patch of that number at the next bar, or at once.", "/pattern/load 3", Effect::rack, pattern_load},
    {"/pattern/list", {}, "The numbers that have a patch, with its name.", "/pattern/list", Effect::none, pattern_list},
};

}  // namespace

std::span<const Command> patch_commands() { return kCommands; }

}  // namespace chronus
