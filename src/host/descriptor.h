// What the descriptor of a module type must keep to, and ways to ask it for things by name.
#pragma once
#include <chronus/abi.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace chronus {

// The first thing that is wrong, as the end of a sentence, or none.
std::optional<std::string> fault_of(const chronus_module_type&);

// Parameters have a range and take values; audio and gates do not.
bool is_parameter(const chronus_port&);

// The words of an alias list, which are separated by spaces.
std::vector<std::string_view> words_of(const char* aliases);

bool answers_to(const chronus_port&, std::string_view name_or_alias);
bool answers_to(const chronus_module_type&, std::string_view name_or_alias);

}  // namespace chronus
