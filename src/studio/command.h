// One command: a row of the table that makes dispatch, help and the reference.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "refusal/refusal.h"
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
    std::string_view address;    // "/seq/add"; "/mod/*" where the rest of the address is a name
    std::string_view arguments;  // for people: "track voice pattern [base_freq]"
    std::string_view help;       // one line
    std::string_view example;    // a complete message, as oscsend takes it, without types
    Effect effect;
    Result<Words> (*handle)(Request&);
};

// The rows, a topic each.
std::span<const Command> rack_commands();
std::span<const Command> sound_commands();
std::span<const Command> track_commands();
std::span<const Command> system_commands();

// The row for an address; null if there is none.
const Command* find_command(std::string_view address);
std::vector<std::string> command_addresses();

}  // namespace chronus
