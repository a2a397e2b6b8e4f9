#include "studio/chain.h"

#include <fmt/format.h>

namespace chronus {

Result<Chain> read_chain(const std::vector<SplitWord>& words, std::size_t first) {
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

}  // namespace chronus
