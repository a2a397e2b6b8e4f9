#include "studio/draft.h"

#include <fmt/format.h>

#include "handoff/track_score.h"
#include "studio/console.h"
#include "studio/difference.h"

namespace chronus {
namespace {

// Returns whether it was done.
bool take_or_name(Request& request, const Message& message) {
    const Command* command = find_command(message.address);
    const auto done = command ? take_on_draft(request, *command, message) : Refusal{"unknown", message.address + " is no command", ""};
    if (!done) request.notes.push_back("left out: " + done.refusal().reason);
    return static_cast<bool>(done);
}

// All that messages do not tell: the order of cables, and what has its default without having been set.
void take_over(Studio& draft, const Studio& target) {
    Studio exact = target;
    exact.births = draft.births;
    for (const auto& [id, module] : draft.modules)
        if (exact.modules.at(id).birth != module.birth) exact.modules.edit(id).birth = module.birth;
    draft = exact;
}

}  // namespace

Result<Words> take_on_draft(Request& request, const Command& command, const Message& message, bool of_patch) {
    if (auto fault = misfit(command, message)) return std::move(*fault);
    const Studio before = request.studio;
    Request one(message, command, request.studio, request.console, request.at);
    one.of_patch = of_patch;
    auto words = command.handle(one);
    if (!words) {
        give_up(one);
        request.studio = before;
        return words;
    }
    for (const std::string& note : one.notes) request.notes.push_back(note);
    request.effects.add(one.effects);
    if (one.log_as.empty()) one.log_as.push_back(message);
    if (one.effects.any()) request.log_as.insert(request.log_as.end(), one.log_as.begin(), one.log_as.end());
    return words;
}

void give_up(Request& request) {
    for (const Event& event : request.effects.events)
        if (event.kind == EventKind::track) delete static_cast<TrackScore*>(event.pointer);
    request.effects = {};
    request.log_as.clear();
}

Result<Done> bring(Request& request, const Studio& target) {
    if (request.console.mail().room() < Mailbox::kDown / 2)
        return Refusal{"busy", "the audio thread does not keep up; nothing was changed", request.message.address};
    bool whole = true;
    for (const Message& message : difference(request.studio, target, request.types())) whole &= take_or_name(request, message);
    if (!whole) return Done{};
    for (const Message& message : difference_of_parts(request.studio, target, request.types())) whole &= take_or_name(request, message);
    if (whole) take_over(request.studio, target);
    return Done{};
}

}  // namespace chronus
