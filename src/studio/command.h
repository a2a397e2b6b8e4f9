// One command: a row of the table that makes dispatch, checks, help, schema and reference.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "refusal/refusal.h"
#include "studio/takes.h"
#include "text/message.h"

namespace chronus {

class Request;

using Words = std::vector<Argument>;  // of an answer, after address and id

enum class Effect {
    none,    // asks; the studio stays as it is
    sound,   // changes what is played, or a value; refuses before it touches anything
    rack     // works on a draft of the studio that is taken over if nothing was refused
};

struct Command {
    std::string_view address;  // "/seq/add"; "/mod/*" where the rest of the address is a name
    TakesAll takes;
    std::string_view help;     // one line
    std::string_view example;  // a complete message, as oscsend takes it, without types
    Effect effect;
    Result<Words> (*handle)(Request&);
};

// The rows, a topic each.
std::span<const Command> rack_commands();
std::span<const Command> info_commands();
std::span<const Command> sound_commands();
std::span<const Command> track_commands();
std::span<const Command> transport_commands();
std::span<const Command> scene_commands();
std::span<const Command> generate_commands();
std::span<const Command> time_commands();
std::span<const Command> system_commands();
std::span<const Command> listen_commands();
std::span<const Command> patch_commands();
std::span<const Command> preset_commands();
std::span<const Command> module_commands();
std::span<const Command> kept_commands();
std::span<const Command> history_commands();
std::span<const Command> session_commands();
std::span<const Command> record_commands();

// What concerns the conversation itself is heard by the server; a log or a file has nobody to answer.
Result<Words> over_the_wire(Request& request);

struct Topic {
    std::string_view name;
    std::span<const Command> commands;
};
std::vector<Topic> command_topics();

// The row for an address; null if there is none.
const Command* find_command(std::string_view address);
std::vector<std::string> command_addresses();

// "track voice pattern [base_freq] [key=value…]"
std::string usage(const TakesAll& takes);
inline std::string usage(const Command& command) { return usage(command.takes); }

// What does not fit the row: too few arguments, or one of another type. What is out of range is not refused: the
// handler clamps it, and says so.
std::optional<Refusal> misfit(const Command& command, const Message& message);
// What an argument that is on or off says: a number above 0 is on.
bool says_on(const Message& message, std::size_t index, bool otherwise);
// How many arguments there are that the row has no place for.
std::size_t beyond(const Command& command, const Message& message);

}  // namespace chronus
