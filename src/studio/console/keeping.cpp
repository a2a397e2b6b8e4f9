// The console's part in what is kept on disk: the log, what is written ahead, recordings, and the line of beats as it was.
#include "studio/console.h"
#include "studio/difference.h"

namespace chronus {
namespace {

constexpr std::size_t kLinesKept = 4096;

// The studio as messages, and before it those that have names to come back to.
std::vector<Message> whole(const Studio& studio, const Journal& journal, const Types& types) {
    Studio made;
    std::vector<Message> all;
    const auto make = [&](const Studio& next) {
        for (Message& message : difference(made, next, types)) all.push_back(std::move(message));
        made = next;
    };
    for (const std::string& name : journal.checkpoints()) {
        const Studio* named = journal.checkpoint(name);
        if (named->seed != studio.seed) continue;  // modules of one cannot draw from that of the other
        make(*named);
        all.push_back({"/checkpoint", {name}});
    }
    make(studio);
    return all;
}

}  // namespace

Result<Done> Console::write_ahead(std::unique_ptr<WriteAhead> ahead) {
    ahead_ = std::move(ahead);
    ahead_->stands(telemetry().timeline, telemetry().frame);
    return ahead_->write_whole(whole(studio_, journal_, types_), telemetry().frame);
}

// Before anything that was taken is answered.
void Console::keep_time() {
    const Telemetry& now = telemetry();
    const Timeline& line = now.timeline;
    if (lines_.empty() || line.frame != lines_.back().frame || line.beats != lines_.back().beats || line.running != lines_.back().running ||
        line.tempo != lines_.back().tempo) {
        lines_.push_back(line);
        if (lines_.size() > kLinesKept) lines_.pop_front();
    }
    if (!ahead_) return;
    ahead_->stands(line, now.frame);
    ahead_->flush();
}

void Console::replay(std::optional<Replay> replay) {
    replay_ = std::move(replay);
    if (replay_) replay_->begin(*this);
}

void Console::keep_ahead() {
    if (replay_ && !batching_) {
        replay_->feed(*this);
        if (replay_->is_over()) replay_.reset();
    }
    if (recordings_)
        for (const auto& [what, of] : recordings_->poll())
            if (on_event) on_event(what, of);
    if (log_) tell_trouble(log_->file().trouble());
    if (!ahead_ || batching_) return;
    ahead_->flush();
    if (!ahead_->is_long()) return;
    const auto written = ahead_->write_whole(whole(studio_, journal_, types_), telemetry().frame);
    tell_trouble(written ? "" : written.refusal().reason);
}

void Console::tell_trouble(const std::string& trouble) {
    if (trouble.empty() || trouble == told_trouble_) return;
    told_trouble_ = trouble;
    if (on_event) on_event("trouble", trouble);
}

Timeline Console::line_at(Beats beats) const {
    Timeline found = lines_.empty() ? Timeline{} : lines_.back();
    for (auto line = lines_.rbegin(); line != lines_.rend() && line->running; ++line) {
        found = *line;
        if (line->beats <= beats) break;
    }
    return found;
}

}  // namespace chronus
