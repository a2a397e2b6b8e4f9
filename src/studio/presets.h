// Presets as text: a file for each type, a line for each preset.
//   preset NAME [parameter=value…] ["what it sounds like"]
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "refusal/refusal.h"
#include "studio/type.h"

namespace chronus {

// The one that every type has: nothing is set.
inline constexpr const char* kDefaultPreset = "default";

// What may name one: what may name a patch, but for = and `default`.
Result<Done> check_preset_name(const std::string& name);

// A preset of the type; refused with those that are near.
Result<Preset> find_preset(const Type& type, const std::string& name);

// Those of a file. A line that is none, and a setting that the type does not know or that is out of its range, are
// left out and told to `complain`.
std::vector<Preset> read_presets(const Type& type, const Types& types, const std::string& file, const std::string& text,
                                 const std::function<void(Refusal)>& complain);

std::string print_preset(const Type& type, const Types& types, const Preset& preset);
// A file's text with that preset in it, in the place of the one of its name; the rest stays as it was written.
std::string with_preset(const std::string& text, const std::string& name, const std::string& line);

}  // namespace chronus
