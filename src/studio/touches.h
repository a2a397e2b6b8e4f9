// Who changed what last, and at which frame: beside the studio, as it is no part of what it sounds like.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "handoff/event.h"

namespace chronus {

struct Touch {
    std::uint32_t who = 0;     // of speakers
    std::int64_t frame = 0;
};

class Touches {
public:
    // The number of somebody by name; 0 is the daemon itself. Of a great crowd the last share a number.
    std::uint32_t speaker(const std::string& name) {
        if (const auto known = numbers_.find(name); known != numbers_.end()) return known->second;
        if (names_.size() == kMostSpeakers) names_.push_back("somebody");
        if (names_.size() > kMostSpeakers) return kMostSpeakers;
        names_.push_back(name);
        return numbers_[name] = static_cast<std::uint32_t>(names_.size() - 1);
    }
    std::optional<std::uint32_t> known(const std::string& name) const {
        if (name == names_[0]) return 0;
        const auto found = numbers_.find(name);
        return found == numbers_.end() ? std::nullopt : std::optional(found->second);
    }
    const std::string& name(std::uint32_t speaker) const { return names_[speaker]; }

    // The parameter or value of the transport that an event changes. Of other events nothing is kept.
    void note(const Event& event, const Touch& touch) {
        if (const std::uint64_t key = key_of(event)) touched_[key] = touch;
    }
    void note(const std::string& name, const Touch& touch) { named_[name] = touch; }  // "track bass", "cable lfo1.out > bass.cutoff"
    const Touch* find(const Event& event) const { return find(touched_, key_of(event)); }
    const Touch* find(const std::string& name) const { return find(named_, name); }

private:
    static constexpr std::uint32_t kMostSpeakers = 100'000;

    static std::uint64_t key_of(const Event& event) {
        const auto key = [&](EventKind kind, std::uint64_t module, std::uint64_t port) {
            return (static_cast<std::uint64_t>(kind) + 1) << 48 | module << 16 | port;
        };
        switch (event.kind) {
            case EventKind::set:
            case EventKind::ramp: return key(EventKind::set, event.module, event.port);
            case EventKind::tempo:
            case EventKind::swing:
            case EventKind::limiter: return key(event.kind, 0, 0);
            default: return 0;
        }
    }
    template <class Map>
    static const Touch* find(const Map& map, const typename Map::key_type& key) {
        const auto found = map.find(key);
        return found == map.end() ? nullptr : &found->second;
    }

    std::vector<std::string> names_{"the daemon"};
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::unordered_map<std::uint64_t, Touch> touched_;
    std::unordered_map<std::string, Touch> named_;
};

}  // namespace chronus
