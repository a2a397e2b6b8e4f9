// What was set of a module, as create takes it: only what differs from the defaults.
#include <algorithm>

#include "studio/patch_text.h"
#include "studio/resolve.h"
#include "studio/wiring.h"
#include "studio/values.h"
#include "text/numbers.h"
#include "text/quote.h"
#include "text/words.h"

namespace chronus {
namespace {

class Settings {
public:
    Settings(const std::string& id, const Module& module, const Types& types) : id_(id), module_(module), types_(types) {
        rack_.modules.set(id, module);
    }

    std::vector<std::string> print() {
        Bases kept = without_defaults();
        // Where no name reaches what another does, by the order in which the type tells them.
        if (const Bases sorted = in_order(kept); leaves(sorted) == leaves(kept)) kept = sorted;
        std::vector<std::string> settings;
        for (const auto& [name, value] : kept) settings.push_back(name + "=" + value_text(name, value));
        return settings;
    }

private:
    // What the parameters of all parts come to.
    std::vector<std::vector<float>> leaves(const Bases& bases) const {
        Studio rack = rack_;
        rack.modules.edit(id_).bases = bases;
        std::vector<std::vector<float>> all;
        for (const Leaf& leaf : wire_up(rack, types_).leaves) all.push_back(leaf.bases);
        return all;
    }

    std::optional<Resolved> find(const std::string& name) const {
        const auto input = resolve_input(rack_, types_, id_ + "/" + name);
        return input ? std::optional(*input) : std::nullopt;
    }

    // A default is left out if nothing that stays reaches the same part.
    Bases without_defaults() const {
        Bases kept = module_.bases;
        for (const auto& [name, value] : module_.bases) {
            const auto input = find(name);
            if (!input || input->info().initial != value) continue;
            Bases without = kept;
            without.erase(name);
            if (leaves(without) == leaves(kept)) kept = without;
        }
        return kept;
    }

    // The type's own names as it tells them, then those of parts.
    Bases in_order(const Bases& bases) const {
        const Type* type = types_.find(module_.type);
        std::vector<std::pair<std::size_t, Bases::Entry>> entries;
        for (const Bases::Entry& entry : bases) entries.push_back({type ? type->input(entry.first).value_or(type->inputs.size()) : 0, entry});
        std::sort(entries.begin(), entries.end());
        Bases sorted;
        for (const auto& [place, entry] : entries) sorted[entry.first] = entry.second;
        return sorted;
    }

    std::string value_text(const std::string& name, float value) const {
        if (const auto input = find(name)) {
            const std::string word = value_word(input->info(), value, types_.sounds());
            return is_one_word(word) ? word : quote(word);
        }
        return print_number(value);
    }

    const std::string& id_;
    const Module& module_;
    const Types& types_;
    Studio rack_;  // with this module alone
};

}  // namespace

std::vector<std::string> print_settings(const std::string& id, const Module& module, const Types& types) {
    return Settings(id, module, types).print();
}

}  // namespace chronus
