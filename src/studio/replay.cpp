#include "studio/replay.h"

#include <cmath>

#include "studio/console.h"
#include "text/message_text.h"

namespace chronus {
namespace {

bool is_any(const std::string& address, std::initializer_list<const char*> of) {
    return std::any_of(of.begin(), of.end(), [&](const char* one) { return address == one; });
}
bool is_tempo(const Message& message) { return is_any(message.address, {"/tempo", "/seq/bpm"}) && !message.arguments.empty(); }
bool starts(const Message& message) { return is_any(message.address, {"/play", "/seq/start"}); }
bool stops(const Message& message) { return is_any(message.address, {"/stop", "/seq/stop", "/panic", "/engine/stop", "/clear", "/session/start"}); }
bool is_played(const Message& message) { return message.address.starts_with("/gate/") || message.address.starts_with("/note/"); }
bool is_own(const Message& message) { return is_any(message.address, {"/session/end", "/sync"}); }

}  // namespace

Replay::Replay(std::vector<LogLine> lines, int rate, const Wish& wish) : lines_(std::move(lines)), rate_(rate), wish_(wish) {
    const Message& head = lines_.front().message;
    const int own = head.address == "/session/start" && !head.arguments.empty() ? static_cast<int>(number_of(head.arguments[0]).value_or(rate)) : rate;
    rate_factor_ = static_cast<double>(rate) / own;
    rate_ = own;
    last_ = lines_.back().time.frame;
    double tempo = 120;
    for (const LogLine& line : lines_) {
        if (starts(line.message)) break;
        if (is_tempo(line.message)) tempo = number_of(line.message.arguments[0]).value_or(tempo);
    }
    if (wish_.tempo > 0) tempo_factor_ = wish_.tempo / tempo;
    find_bar();
}

// The line of beats as the log tells it.
void Replay::find_bar() {
    Timeline line;
    line.rate = rate_;
    const auto passes = [&](std::int64_t frame) {
        const Beats bar = line.begin_of_bar(wish_.bar - 1);
        return line.running && line.beats_at(frame) >= bar && line.beats <= bar;
    };
    from_ = lines_.front().time.frame;
    if (wish_.bar <= 1) return;
    for (const LogLine& one : lines_) {
        if (passes(one.time.frame)) break;
        if (starts(one.message) && !line.running) line = line.from_start(one.time.frame);
        if (stops(one.message)) {
            line = line.moved_to(one.time.frame);
            line.running = false;
        }
        if (is_tempo(one.message)) line = line.with_tempo(one.time.frame, static_cast<std::int32_t>(std::lround(number_of(one.message.arguments[0]).value_or(120) * 1000)));
    }
    if (!line.running) return;
    from_ = std::max(line.moment_of(line.begin_of_bar(wish_.bar - 1)).frame, from_);
    runs_ = true;
    while (first_ < lines_.size() && lines_[first_].time.frame < from_) ++first_;
    last_ = std::max(last_, from_);
}

Message Replay::at_tempo(Message message) const {
    if (is_tempo(message)) message.arguments[0] = number_of(message.arguments[0]).value_or(120) * tempo_factor_;
    return message;
}

std::int64_t Replay::due(std::size_t line) const {
    return begun_ + std::llround(static_cast<double>(lines_[line].time.frame - from_) * rate_factor_ / tempo_factor_);
}

void Replay::begin(Console& console) {
    const std::int64_t soon = console.telemetry().frame + console.rate() / 20;
    begun_ = (soon + CHRONUS_BLOCK - 1) / CHRONUS_BLOCK * CHRONUS_BLOCK;
    next_ = first_;
    prepare(console);
}

// At once, but without what has sounded.
void Replay::prepare(Console& console) {
    const std::uint32_t speaker = console.speaker();
    console.hear_from(wish_.who);
    const auto take = [&](const Message& message) { console.schedule(message, begun_, nullptr); };
    take({"/clear", {}});
    if (tempo_factor_ != 1) take({"/tempo", {120 * tempo_factor_}});
    for (std::size_t i = 0; i < first_; ++i) {
        const Message& message = lines_[i].message;
        if (!is_played(message) && !starts(message) && !stops(message) && !is_own(message)) take(at_tempo(message));
    }
    if (runs_) {
        auto tempo = static_cast<std::int32_t>(std::lround(120000 * tempo_factor_));
        for (std::size_t i = 0; i < first_; ++i)
            if (is_tempo(lines_[i].message)) tempo = static_cast<std::int32_t>(std::lround(number_of(at_tempo(lines_[i].message).arguments[0]).value_or(120) * 1000));
        Timeline line;
        line.rate = console.rate();
        take({"/session/continue", {line.begin_of_bar(wish_.bar - 1) - begun_ / CHRONUS_BLOCK * CHRONUS_BLOCK * tempo}});
    }
    console.hear_from(speaker);
}

void Replay::feed(Console& console) {
    const std::int64_t until = console.telemetry().frame + console.rate() / 10;
    for (;;) {
        for (; next_ < lines_.size() && due(next_) < until; ++next_) {
            const Message& message = lines_[next_].message;
            if (is_own(message)) continue;
            const std::uint32_t speaker = console.speaker();
            console.hear_from(wish_.who);
            if (message.address != "/session/start") console.schedule(at_tempo(message), due(next_), nullptr);
            console.hear_from(speaker);
        }
        if (!wish_.loop || next_ < lines_.size() || last_ == from_) return;
        begun_ += std::llround(static_cast<double>(last_ - from_) * rate_factor_ / tempo_factor_);
        next_ = first_;
        prepare(console);
    }
}

}  // namespace chronus
