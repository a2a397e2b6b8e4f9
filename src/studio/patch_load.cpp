#include "studio/patch_load.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "studio/console.h"
#include "studio/draft.h"
#include "studio/line.h"

namespace chronus {
namespace {

constexpr std::size_t kMostNamed = 20;     // lines that were left out
constexpr std::size_t kMostEvents = 8192;  // an eighth of the queue

bool has(std::span<const Command> rows, const Command* row) {
    return std::any_of(rows.begin(), rows.end(), [&](const Command& other) { return &other == row; });
}

// What makes an instrument; no files, no session, nothing that waits.
const Command* command_for(const std::string& address) {
    const Command* row = find_command(address);
    const bool fits = row && (row->address == "/patch/new" || (row->effect != Effect::none &&
                              (has(rack_commands(), row) || has(sound_commands(), row) || row->address == "/preset" || has(transport_commands(), row) || has(track_commands(), row) || has(scene_commands(), row) || has(generate_commands(), row))));
    return fits ? row : nullptr;
}

class Loading {
public:
    explicit Loading(Request& request) : request_(request) {}

    void take_line(const std::string& line, int number) {
        const auto messages = read_line(line);
        if (!messages) return leave_out(number, messages.refusal().reason);
        for (const Message& message : *messages)
            if (const auto done = take(message, number); !done) leave_out(number, done.refusal().reason);
    }

    Result<Done> take(const Message& message, int number) {
        const Command* command = command_for(message.address);
        if (!command) return Refusal{"unknown", message.address + " is no part of a patch", ""};
        const std::size_t noted = request_.notes.size();
        const auto words = take_on_draft(request_, *command, message, true);
        if (!words) return words.refusal();
        for (std::size_t i = noted; i < request_.notes.size(); ++i)
            request_.notes[i] = fmt::format("line {}: {}", number, request_.notes[i]);
        return Done{};
    }

    std::vector<std::string> left_out;

private:
    void leave_out(int number, const std::string& reason) { left_out.push_back(fmt::format("line {} left out: {}", number, reason)); }

    Request& request_;
};

Refusal give_up(Request& request, Refusal refusal) {
    chronus::give_up(request);
    return refusal;
}

}  // namespace

Result<Done> load_patch(Request& request, const std::string& name, const std::string& text) {
    Loading loading(request);
    if (auto emptied = loading.take({"/patch/new", {}}, 0); !emptied) return emptied;
    std::istringstream lines(text);
    int number = 0;
    for (std::string line; std::getline(lines, line) && request.effects.events.size() <= kMostEvents;) loading.take_line(line, ++number);

    std::vector<std::string>& left_out = loading.left_out;
    if (request.log_as.size() == 1 && !left_out.empty())
        return give_up(request, {"file", fmt::format("{} is no patch: {}", name, left_out.front()), "list patches"});
    if (request.effects.events.size() > kMostEvents)
        return give_up(request, {"range", fmt::format("{} has more than {} lines that play", name, kMostEvents), "list patches"});
    if (request.console.mail().room() < Mailbox::kDown / 2)
        return give_up(request, {"busy", "the audio thread does not keep up; nothing was changed", request.message.address});
    if (left_out.size() > kMostNamed) {
        const std::size_t more = left_out.size() - kMostNamed;
        left_out.resize(kMostNamed);
        left_out.push_back(fmt::format("and {} more lines", more));
    }
    request.notes.insert(request.notes.end(), left_out.begin(), left_out.end());
    return Done{};
}

}  // namespace chronus
