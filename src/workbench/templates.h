// What a new module begins with.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "refusal/refusal.h"

namespace chronus {

struct Template {
    std::string_view kind;  // oscillator, filter …
    std::string_view text;  // with @name@ and @Type@ where the names go
};
const std::vector<Template>& templates();

// The source of a module of that name and kind.
Result<std::string> source_of_kind(const std::string& kind, const std::string& name);
// Another's source under a new name. Its aliases stay with the other.
std::string source_like(const std::string& source, const std::string& name);
// The same of a composite.
std::string composite_like(const std::string& text);

// my-growl → MyGrowl.
std::string type_name(std::string_view name);

}  // namespace chronus
