// The console's part in other builds of types: which play, and what the log has of them.
#include "studio/console.h"

namespace chronus {

void Console::renew(Types types) {
    flush_batch();  // what was said before is heard before, with the builds of then
    types_ = std::move(types);
    known_inputs_.clear();
}

void Console::note_build(const std::string& name, const std::string& build) const {
    if (log_) builds_.note_log(name, build, log_->path());
    if (on_build) on_build(name);
}

void Console::log_builds_in(const std::filesystem::path& folder) {
    if (!log_ || folder.empty()) return;
    for (const auto& [name, type] : types_.all()) {
        if (std::filesystem::path(type.file).parent_path() != folder) continue;
        const auto build = builds_.copy(type.file);
        if (!build || !builds_.keep(*build)) continue;
        lineages_[name].now = build->hash;
        note_build(name, build->hash);
        batched_log_.push_back({"/module/reload", {name, build->hash}});
    }
}

// The audio thread did it by itself; a replay has to be told.
void Console::suspended(const Report& overrun) {
    const std::string& type = roster_.type_slots().at(overrun.module);
    lineages_[type].suspended = true;
    if (log_) log_->add({"/module/suspend", {type, true}}, overrun.frame, 0, false);
    if (on_overrun) on_overrun(type, overrun.frame);
}

}  // namespace chronus
