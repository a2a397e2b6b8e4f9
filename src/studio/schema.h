// What can be said and what there is to play, for programs and for people: made of the command table and of what the
// module types say of themselves, never by hand.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "studio/type.h"

namespace chronus {

// All commands and types in less than 2 kB of text.
std::string schema_overview(const Types& types);

// JSON: {"commands":[…],"lines":[…]}, the same with "types":[…], and one of the types.
// A command: {"address","topic","help","example","arguments":[{"name","kind","low","high","unit","default","optional","many"}]}.
// A line: {"verb","help","example","arguments"}, for what a line may begin with beside the commands that are one word.
// A type: {"name","summary","aliases","inputs":[{"name","kind","unit","low","high","default","choices","doc"}],"outputs":[…],
// "poly":LANES,"presets":[{"name","doc","settings":{PARAMETER:NUMBER}}],"parts":{ID:TYPE}}.
std::string schema_json();
std::string schema_json(const Types& types);
std::string schema_json(const Type& type);

// What was measured of each type, as sentences. Its text is the name of a type, and below it, indented, a line each.
using Figures = std::map<std::string, std::vector<std::string>>;
Figures read_figures(const std::string& text);
std::string print_figures(const Figures& figures);

// Markdown: docs/osc.md and docs/modules.md. A type with figures has a picture too, pictures/TYPE.png.
std::string command_reference();
std::string module_reference(const Types& types, const Figures& figures = {});

}  // namespace chronus
