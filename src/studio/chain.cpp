#include "studio/chain.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/numbers.h"

namespace chronus {

Result<Chain> read_chain(const std::vector<Word>& words, std::size_t first) {
    static const char* kExample = "patch bass > delay > out 0.5";
    Chain chain;
    bool arrow = true;
    for (std::size_t i = first; i < words.size(); ++i) {
        const std::string& word = words[i].text;
        if (word == ">" && !words[i].quoted) {
            if (arrow) return Refusal{"syntax", fmt::format("column {}: a module is missing before >", words[i].column), kExample};
            arrow = true;
        } else if (arrow) {
            chain.ends.push_back(read_port_name(word));
            arrow = false;
        } else if (i + 1 == words.size() && chain.ends.size() >= 2) {
            const auto gain = read_gain(word);
            if (!gain) return gain.refusal();
            chain.gain = *gain;
        } else {
            return Refusal{"syntax", fmt::format("column {}: {} stands where a > should", words[i].column, word), kExample};
        }
    }
    if (arrow || chain.ends.size() < 2) return Refusal{"missing", "a patch needs two modules with > between them", kExample};
    return chain;
}

Result<float> read_base(const PublicPort& port, const std::string& text) {
    if (!port.choices.empty()) {
        const auto choice = std::find(port.choices.begin(), port.choices.end(), text);
        if (choice != port.choices.end()) return static_cast<float>(choice - port.choices.begin());
    }
    std::string number = text;
    if (!port.unit.empty() && number.size() > port.unit.size() && number.ends_with(port.unit))
        number.resize(number.size() - port.unit.size());
    if (const auto value = read_as<float>(number)) return *value;
    if (!port.choices.empty())
        return Refusal{"type", fmt::format("{} is one of {}, not {}{}", port.name, fmt::join(port.choices, ", "), text,
                                           did_you_mean(text, port.choices)), port.name + "=" + port.choices.front()};
    return Refusal{"type", fmt::format("{} wants a number{}, not {}", port.name,
                                       port.unit.empty() ? "" : " in " + port.unit, text.empty() ? "nothing" : text),
                   fmt::format("{}={}", port.name, print_number(port.initial))};
}

}  // namespace chronus
