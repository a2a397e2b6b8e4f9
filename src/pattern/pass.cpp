#include "pattern/pass.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "pattern/euclid.h"

namespace chronus::pattern {
namespace {

// 32 frames at 174 bpm.
constexpr std::int64_t kMostCuts = 128;
constexpr std::int64_t kFlamPart = 8;  // an eighth of a sixteenth is 16 ms at 117 bpm, as drum machines have it
constexpr std::int64_t kRarest = std::int64_t{1} << 56;  // passes: never

struct Slot {
    Fraction at, length;
    Fraction step;  // what counts as one step in it
};

class Unfolder {
public:
    explicit Unfolder(Pass& pass) : pass_(pass) {}

    // How many steps a sequence has. As of all that follows: false if there is too much of it, which is `fault`.
    bool weigh(const Sequence& sequence, std::int64_t& weight) {
        weight = 0;
        for (const Step& step : sequence)
            if ((weight += step.weight()) > static_cast<std::int64_t>(kMostSteps))
                return complain(fmt::format("a pattern has at most {} steps", kMostSteps), step.at);
        return true;
    }

    bool play(const Sequence& sequence, Slot slot, std::int64_t weight) {
        const Fraction unit = slot.length / weight;
        if (!fits({slot.at, unit, unit}, sequence.front())) return false;
        return each(sequence, [&](const Step& step, bool sounds, std::int64_t at) {
            return play(step, sounds, {slot.at + unit * at, unit * step.length, unit});
        });
    }

    std::optional<TooMuch> fault;

private:
    // Copies and the steps of a euclid one by one, with the place of each.
    template <class Take>
    bool each(const Sequence& sequence, Take take) {
        std::int64_t at = 0;
        for (const Step& step : sequence) {
            const std::vector<bool> rhythm = euclid_of(step.euclid);
            for (int copy = 0; copy < step.copies; ++copy)
                for (const bool sounds : rhythm) {
                    if (!take(step, sounds, at)) return false;
                    at += step.length;
                }
        }
        return true;
    }

    bool play(const Step& step, bool sounds, Slot slot) {
        if (!sounds) return count(step);
        const bool drawn = step.chance != kCertain;
        if (drawn) push({.by_chance = true, .place = places_++, .of = kCertain, .to = static_cast<std::uint32_t>(step.chance)});
        const std::uint32_t note = pass_.notes;
        const Fraction length = slot.length / step.strokes;
        if (step.strokes > 1) slot.step = length;
        for (int stroke = 0; stroke < step.strokes; ++stroke) {
            const Slot one{slot.at + length * stroke, length, slot.step};
            pass_.notes = note;
            if (!fits(one, step) || !once(step, one)) return false;
        }
        if (drawn) conditions_.pop_back();
        return true;
    }

    bool once(const Step& step, Slot slot) {
        switch (step.kind) {
            case Step::Kind::mark: return count(step) && mark(step, slot);
            case Step::Kind::group: return inside(step.parts.front(), slot);
            case Step::Kind::turns: return turns(step, slot);
            case Step::Kind::choice: return choice(step, slot);
        }
        return true;
    }

    bool inside(const Sequence& sequence, Slot slot) {
        std::int64_t weight = 0;
        return weigh(sequence, weight) && play(sequence, slot, weight);
    }

    bool turns(const Step& step, Slot slot) {
        std::int64_t count = 0;
        if (!weigh(step.parts.front(), count)) return false;
        const std::int64_t every = every_;
        every_ = every > kRarest / count ? kRarest : every * count;
        Alternatives notes(pass_.notes);
        const bool done = each(step.parts.front(), [&](const Step& one, bool sounds, std::int64_t turn) {
            push({.every = every, .of = static_cast<std::uint32_t>(count), .from = static_cast<std::uint32_t>(turn),
                  .to = static_cast<std::uint32_t>(turn + one.length)});
            notes.begin();
            const bool fits = play(one, sounds, slot);
            notes.end();
            conditions_.pop_back();
            return fits;
        });
        every_ = every;
        return done;
    }

    bool choice(const Step& step, Slot slot) {
        const auto of = static_cast<std::uint32_t>(step.parts.size());
        const std::uint32_t place = places_++;
        Alternatives notes(pass_.notes);
        for (std::uint32_t option = 0; option < of; ++option) {
            push({.by_chance = true, .place = place, .of = of, .from = option, .to = option + 1});
            notes.begin();
            const Sequence& one = step.parts[option];
            // An option of one step is that step as it would stand there.
            const bool alone = one.size() == 1 && one.front().weight() == 1;
            if (!(alone ? play(one.front(), true, slot) : inside(one, slot))) return false;
            notes.end();
            conditions_.pop_back();
        }
        return true;
    }

    bool mark(const Step& step, Slot slot) {
        if (step.mark == '.') return true;
        if (step.mark == '=') {
            pass_.hits.push_back({.at = slot.at, .end = slot.at + slot.length, .last = slot.step, .velocity = step.value, .conditions = conditions_});
            return true;
        }
        PassHit hit{.at = slot.at, .end = slot.at + slot.length, .last = slot.step, .tie = step.mark == '_',
                    .note = pass_.notes, .conditions = conditions_};
        if (!hit.tie) {
            hit.velocity = step.velocity > 0 ? static_cast<float>(step.velocity) / 100 : velocity_of(step.mark);
            ++pass_.notes;
        }
        if (step.mark == 'f' || step.mark == 'F') {
            const Fraction apart = std::min(slot.step, slot.length) / kFlamPart;
            PassHit grace = hit;
            grace.end = hit.at = hit.at + apart;
            grace.last = apart;
            grace.velocity = hit.velocity / 2;
            pass_.hits.push_back(std::move(grace));
        }
        pass_.hits.push_back(std::move(hit));
        if (pass_.hits.size() <= kMostSteps) return true;
        return complain(fmt::format("a pass has at most {} hits", kMostSteps), step.at);
    }

    static float velocity_of(char mark) {
        if (mark == 'X' || mark == 'F') return kHardVelocity;
        return mark == 'g' ? kGhostVelocity : kSoftVelocity;
    }

    // What stands in the same place takes the same notes; the next step goes on behind the longest.
    class Alternatives {
    public:
        explicit Alternatives(std::uint32_t& note) : note_(note), first_(note), most_(note) {}
        void begin() { note_ = first_; }
        void end() { note_ = most_ = std::max(most_, note_); }

    private:
        std::uint32_t& note_;
        std::uint32_t first_, most_;
    };

    bool count(const Step& step) {
        return ++counted_ <= kMostSteps || complain(fmt::format("a pass has at most {} steps, with all that is in them", kMostSteps), step.at);
    }
    bool fits(const Slot& slot, const Step& step) {
        if (slot.at.under <= kFinest && slot.length.under <= kFinest && slot.length.over * kMostCuts >= slot.length.under) return true;
        return complain(fmt::format("a step is cut into {} parts at most", kMostCuts), step.at);
    }
    bool complain(std::string what, std::size_t at) {
        fault = TooMuch{std::move(what), at};
        return false;
    }
    void push(const Condition& condition) { conditions_.push_back(condition); }

    Pass& pass_;
    std::vector<Condition> conditions_;  // in force
    std::int64_t every_ = 1;
    std::uint32_t places_ = 0;
    std::size_t counted_ = 0;
};

// Ties that are certain become part of the hit they follow; those that nothing can come before are rests.
void join_ties(std::vector<PassHit>& hits) {
    std::vector<PassHit> joined;
    std::map<Fraction, std::size_t> ending;  // what ends there; if it is certain, it alone does
    for (PassHit& hit : hits) {
        const auto before = ending.find(hit.at);
        const bool follows = before != ending.end();
        if (hit.tie && !follows && hit.at != Fraction{}) continue;
        if (hit.tie && follows && hit.conditions.empty() && joined[before->second].conditions.empty()) {
            PassHit& held = joined[before->second];
            held.end = hit.end;
            held.last = hit.last;
            ending[held.end] = before->second;
        } else {
            ending[hit.end] = joined.size();
            joined.push_back(std::move(hit));
        }
    }
    hits = std::move(joined);
}

}  // namespace

std::optional<TooMuch> unfold(const Steps& steps, Pass& pass) {
    Unfolder unfolder(pass);
    if (!unfolder.weigh(steps.steps, pass.steps)) return unfolder.fault;
    const Fraction all{pass.steps, 1};
    if (!unfolder.play(steps.steps, {{}, all, {1, 1}}, pass.steps)) return unfolder.fault;
    std::stable_sort(pass.hits.begin(), pass.hits.end(), [](const PassHit& a, const PassHit& b) { return a.at < b.at; });
    join_ties(pass.hits);
    return {};
}

}  // namespace chronus::pattern
