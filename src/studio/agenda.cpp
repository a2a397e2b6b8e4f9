#include "studio/agenda.h"

#include <algorithm>

namespace chronus {

bool Agenda::cancel(const std::string& tag) {
    return std::erase_if(by_frame_, [&](const auto& entry) { return entry.second.tag == tag; }) +
           std::erase_if(waiting_, [&](const Waiting& waiting) { return waiting.entry.tag == tag; }) > 0;
}

std::optional<std::int64_t> Agenda::first_frame(const Timeline& timeline) const {
    std::optional<std::int64_t> first;
    if (!by_frame_.empty()) first = by_frame_.begin()->first;
    for (const Waiting& waiting : waiting_)
        if (!waiting.when.musical || timeline.running)
            first = std::min(first.value_or(INT64_MAX), waiting.when.frame_on(timeline));
    return first;
}

void Agenda::call(const Timeline& timeline, std::int64_t now, std::int64_t until) {
    std::vector<Waiting> later;
    for (Waiting& waiting : waiting_) {
        if (waiting.when.comes_before(timeline, until)) at(std::max(waiting.when.frame_on(timeline), now), std::move(waiting.entry));
        else later.push_back(std::move(waiting));
    }
    waiting_ = std::move(later);
}

std::vector<Agenda::Entry> Agenda::take(std::int64_t until, std::int64_t& frame) {
    std::vector<Entry> due;
    if (by_frame_.empty() || by_frame_.begin()->first > until) return due;
    frame = by_frame_.begin()->first;
    while (!by_frame_.empty() && by_frame_.begin()->first == frame) due.push_back(std::move(by_frame_.extract(by_frame_.begin()).mapped()));
    return due;
}

}  // namespace chronus
