// What is to be done later: at a frame, or at a musical moment, which has a frame once it is near.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "handoff/timeline.h"
#include "studio/moment.h"
#include "text/message.h"

namespace chronus {

struct Outcome;

class Agenda {
public:
    struct Entry {
        Message message;
        std::function<void(const Outcome&)> done;  // hears what came of it
        std::uint32_t speaker = 0;
        std::string tag{};  // by which it can be taken back; empty: it cannot
    };

    void at(std::int64_t frame, Entry entry) { by_frame_.emplace(frame, std::move(entry)); }
    void when(const When& moment, Entry entry) { waiting_.push_back({moment, std::move(entry)}); }

    // What has this tag is not to come. False if nothing had it.
    bool cancel(const std::string& tag);

    // The first frame at which something falls due, as the transport stands now; nothing if nothing does.
    std::optional<std::int64_t> first_frame(const Timeline& timeline) const;
    // Gives those whose moment comes before `until` their frames, none of them before `now`.
    void call(const Timeline& timeline, std::int64_t now, std::int64_t until);
    // Takes all of the first frame, if that is not after `until`; in the order of their coming.
    std::vector<Entry> take(std::int64_t until, std::int64_t& frame);

private:
    struct Waiting {
        When when;
        Entry entry;
    };
    std::multimap<std::int64_t, Entry> by_frame_;
    std::vector<Waiting> waiting_;  // in order of their coming
};

}  // namespace chronus
