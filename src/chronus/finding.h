// What chronus doctor finds, and how it is told.
#pragma once
#include <string>
#include <vector>

namespace chronus::hand {

enum class Grade { ok, warn, wrong };

struct Finding {
    Grade grade = Grade::ok;
    std::string subject;  // "priority"
    std::string found;    // a sentence
    std::string mend;     // a command; empty if there is nothing to do
};

// "warn   memory      …", and below it the command that mends it.
std::string for_people(const Finding& finding);
// {"grade":"warn","subject":…,"found":…,"mend":…}
std::string as_json(const Finding& finding);

// Nothing is wrong; a warning is not.
bool is_sound(const std::vector<Finding>& findings);

}  // namespace chronus::hand
