// What "parameter=value", "preset=NAME" and "poly=n" say of a module, as create, add and preset take them.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "studio/request.h"

namespace chronus {

struct Settings {
    Bases bases;  // a preset's first, wherever it stands: what is said beside it has the last word
    std::optional<int> poly;
    std::optional<Priority> priority;
    std::optional<Preset> preset;
};

// The module must be in the request's studio. Values are clamped, with notes.
Result<Settings> read_settings(Request& request, const std::string& id, const std::vector<std::string>& words);

// "oldest", "quietest"; "last", "low", "high".
std::optional<Priority> read_priority(const std::string& text);
std::string print_priority(Priority priority);

// The log says what a preset set, in place of its name: a replay does not ask what has become of it.
void log_without_preset(Request& request, const std::string& id, const Settings& settings, Message beginning);
// What of a message is no setting.
Message without_settings(const Message& message);

}  // namespace chronus
