#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <regex>
#include <sstream>

#include "workbench/templates.h"

namespace chronus {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
}

}  // namespace

std::string type_name(std::string_view name) {
    std::string type;
    bool begins = true;
    for (const char c : name) {
        if (c == '-' || c == '_') {
            begins = true;
            continue;
        }
        type += begins ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        begins = false;
    }
    return type;
}

Result<std::string> source_of_kind(const std::string& kind, const std::string& name) {
    const auto found = std::find_if(templates().begin(), templates().end(), [&](const Template& row) { return row.kind == kind; });
    if (found == templates().end()) {
        std::vector<std::string_view> kinds;
        for (const Template& row : templates()) kinds.push_back(row.kind);
        return Refusal{"unknown", fmt::format("there is no kind {}: there is {}", kind, fmt::join(kinds, ", ")), "chronus module new growl --kind effect"};
    }
    std::string text(found->text);
    replace_all(text, "@name@", name);
    replace_all(text, "@Type@", type_name(name));
    return text;
}

std::string source_like(const std::string& source, const std::string& name) {
    static const std::regex own_name(R"x((\.name\s*=\s*)"[^"]*")x"), aliases(R"x([ \t]*\.aliases\s*=\s*"[^"]*",[ \t]*\n)x"),
        entry(R"x(CHRONUS_MODULE\((\w+)\))x");
    std::string text = std::regex_replace(source, own_name, "$1\"" + name + "\"", std::regex_constants::format_first_only);
    text = std::regex_replace(text, aliases, "", std::regex_constants::format_first_only);
    if (std::smatch type; std::regex_search(source, type, entry))
        text = std::regex_replace(text, std::regex("\\b" + type[1].str() + "\\b"), type_name(name));
    return text;
}

std::string composite_like(const std::string& text) {
    std::istringstream lines(text);
    std::string all;
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("alias ")) all += line + "\n";
    return all;
}

}  // namespace chronus
