#include "chronus/finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace chronus::hand {
namespace {

const char* name_of(Grade grade) {
    switch (grade) {
        case Grade::ok:
            return "ok";
        case Grade::warn:
            return "warn";
        case Grade::wrong:
            return "wrong";
    }
    return "";
}

}  // namespace

std::string for_people(const Finding& finding) {
    std::string text = fmt::format("{:<6} {:<10} {}", name_of(finding.grade), finding.subject, finding.found);
    if (!finding.mend.empty()) text += fmt::format("\n{:18}try: {}", "", finding.mend);
    return text;
}

std::string as_json(const Finding& finding) {
    return nlohmann::ordered_json{{"grade", name_of(finding.grade)},
                                  {"subject", finding.subject},
                                  {"found", finding.found},
                                  {"mend", finding.mend}}
        .dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

bool is_sound(const std::vector<Finding>& findings) {
    return std::none_of(findings.begin(), findings.end(),
                        [](const Finding& finding) { return finding.grade == Grade::wrong; });
}

}  // namespace chronus::hand
