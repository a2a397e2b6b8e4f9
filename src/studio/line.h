// The line language: what people and agents type, what .chr files hold. Each line is one or more messages.
#pragma once
#include <string_view>
#include <vector>

#include "refusal/refusal.h"
#include "studio/takes.h"
#include "text/message.h"

namespace chronus {

// "set bass.cutoff 800" → /mod/bass/cutoff 800. An empty line or a comment is no message.
// Knows the forms only; whether there is a bass is for the command to say.
Result<std::vector<Message>> read_line(std::string_view line);

// What a line may begin with beside the commands that are one word: set, patch …
struct LineForm {
    std::string_view verb;
    TakesAll takes;
    std::string_view help;     // one line
    std::string_view example;  // a complete line
};
std::vector<LineForm> line_forms();  // by verb

// A message and the line of its file, from 1.
struct NumberedMessage {
    Message message;
    int line = 0;
};

// A whole .chr file; a refusal names the line.
Result<std::vector<NumberedMessage>> read_lines(std::string_view text, std::string_view file);

}  // namespace chronus
