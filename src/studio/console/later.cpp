// The console's part in what is done later: at a frame, at a musical moment, or because the song got there.
#include "studio/console.h"

namespace chronus {

void Console::schedule(const Message& message, std::int64_t at, std::function<void(const Outcome&)> done) {
    agenda_.at(at, {message, std::move(done), speaker_});
    take_due();
}

void Console::wait_for(const When& when, const Message& message) {
    const std::uint64_t number = ahead_ ? ahead_->wait({when.musical, when.musical ? when.beats : when.frame, message}, telemetry().frame) : 0;
    agenda_.when(when, {message, [this, message, number](const Outcome& outcome) {
        if (ahead_) ahead_->waited(number, telemetry().frame);
        if (on_later) on_later(message, outcome);
    }, speaker_});
}

void Console::arm(const std::string& tag, Beats beats, const Message& message) {
    if (!brings_about_) {
        expected_.insert(tag);
        return;
    }
    const std::uint64_t number = ahead_ ? ahead_->wait({true, beats, message, tag}, telemetry().frame) : 0;
    if (ahead_) armed_.emplace(tag, number);
    agenda_.when({.beats = beats}, {message, [this, message, number](const Outcome& outcome) {
        if (ahead_) ahead_->waited(number, telemetry().frame);
        if (on_later) on_later(message, outcome);
    }, 0, tag});
}

bool Console::disarm(const std::string& tag) {
    const auto [first, last] = armed_.equal_range(tag);
    for (auto one = first; one != last && ahead_; ++one) ahead_->waited(one->second, telemetry().frame);
    armed_.erase(first, last);
    return agenda_.cancel(tag) || expected_.erase(tag) > 0;
}

std::optional<std::int64_t> Console::frames_to_due() {
    const Telemetry& now = telemetry();
    const auto first = agenda_.first_frame(now.timeline);
    if (!first) return std::nullopt;
    return *first - lead_ - now.frame;
}

void Console::take_due() {
    const std::int64_t now = telemetry().frame, until = now + lead_;
    agenda_.call(telemetry().timeline, now, until);
    std::int64_t at = 0;
    for (auto entries = agenda_.take(until, at); !entries.empty(); entries = agenda_.take(until, at)) {
        // All of one frame are one batch, unless they are part of one already.
        const bool own_batch = !batching_;
        if (own_batch) begin_batch();
        std::vector<Outcome> outcomes;
        for (const Agenda::Entry& due : entries) {
            speaker_ = due.speaker;
            outcomes.push_back(obey(due.message, at));
        }
        const std::uint64_t mail = own_batch ? end_batch() : 0;
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (own_batch && std::exchange(outcomes[i].batched, false)) outcomes[i].mail = mail;
            if (entries[i].done) entries[i].done(outcomes[i]);
        }
    }
}

}  // namespace chronus
