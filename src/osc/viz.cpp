#include "osc/viz.h"

#include <algorithm>
#include <utility>

namespace chronus {
namespace {

constexpr auto kApart = std::chrono::milliseconds(100);

// Those with a gate and an output, in the order of their ids: voice1 to voice8 in the classic studio, its filter too.
std::vector<std::string> modules_that_play(const Console& console) {
    std::vector<std::string> ids;
    for (const auto& [id, module] : console.studio().modules)
        if (const Type* type = console.types().find(module.type); type && type->gate() && !type->main_outputs().empty()) ids.push_back(id);
    // What is called a voice comes first: classic pages know only those.
    std::stable_partition(ids.begin(), ids.end(), [](const std::string& id) { return id.starts_with("voice"); });
    if (ids.size() > Telemetry::kLevels) ids.resize(Telemetry::kLevels);
    return ids;
}

Argument drawn_as(float level) { return std::min(level, 1.0f); }

}  // namespace

void Viz::watch(Console& console, bool drawn) {
    drawn_ = drawn;
    version_ = console.version();
    names_ = drawn ? modules_that_play(console) : std::vector<std::string>{};
    for (std::uint16_t place = 0; place < Telemetry::kLevels; ++place) {
        Event event{.kind = EventKind::meter, .port = place};
        if (place < names_.size()) {
            event.module = console.roster().index_of(names_[place]);
            event.generation = static_cast<std::uint32_t>(console.studio().modules.at(names_[place]).birth);
        }
        console.mail().send(event);
    }
}

std::vector<Message> Viz::draw(Console& console, bool drawn) {
    std::vector<Message> messages;
    if (drawn != drawn_ || (drawn && version_ != console.version())) {
        const std::vector<std::string> before = names_;
        watch(console, drawn);
        if (drawn && names_ != before) messages.push_back({"/viz/names", {names_.begin(), names_.end()}});
    }
    const auto now = std::chrono::steady_clock::now();
    if (!drawn || now < next_) return messages;
    next_ = now + kApart;
    const Telemetry& telemetry = console.telemetry();
    Message levels{"/viz/levels", {}}, spectrum{"/viz/spectrum", {}};
    for (std::size_t i = 0; i < names_.size(); ++i) levels.arguments.push_back(drawn_as(telemetry.levels[i]));
    for (const float band : telemetry.bands) spectrum.arguments.push_back(drawn_as(band));
    messages.push_back(std::move(levels));
    messages.push_back(std::move(spectrum));
    return messages;
}

}  // namespace chronus
