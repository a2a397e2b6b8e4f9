// The type tags of a message: which we take, and what the others are called when we refuse them.
#pragma once
#include <string>
#include <string_view>

#include "refusal/refusal.h"

namespace chronus {

// The tags without the comma and without array brackets, or why they can't be taken.
Result<std::string> accepted_tags(std::string_view address, std::string_view tags);

}  // namespace chronus
