// Commands that go back and forth in what was done.
#include <fmt/format.h>

#include <algorithm>

#include "studio/console.h"
#include "studio/draft.h"
#include "studio/merge.h"
#include "studio/names.h"
#include "text/message_text.h"
#include "text/numbers.h"

namespace chronus {
namespace {

constexpr int kMostAtOnce = 100'000;

// "3 mine next bar": how many, whose, when.
struct Wish {
    int count = 1;
    std::optional<std::uint32_t> who;  // of speakers; none: of all
    std::string moment;                // empty: now
    std::vector<Argument> rest;        // without the moment
};

Result<Wish> read_wish(Request& request) {
    Wish wish;
    std::size_t i = 0;
    for (; i < request.count(); ++i) {
        const std::string word = request.text(i);
        if (const auto number = number_of(request.message.arguments[i])) wish.count = static_cast<int>(request.clamped("count", *number, 1, kMostAtOnce));
        else if (word == "mine") wish.who = request.console.speaker();
        else if (word == "by" && i + 1 < request.count()) {
            wish.who = request.console.touches().known(request.text(++i));
            if (!wish.who) return request.refuse("unknown", fmt::format("nobody is called {}; history tells who did what", request.text(i)));
            wish.rest.push_back(word);
        } else if (word != "all") break;
        wish.rest.push_back(request.message.arguments[i]);
    }
    wish.moment = request.rest(i);
    if (wish.moment == "now") wish.moment.clear();
    if (wish.moment == "bar" || wish.moment == "beat") wish.moment = "next " + wish.moment;
    return wish;
}

Result<Words> wait_for(Request& request, const Wish& wish) {
    const Telemetry& now = request.telemetry();
    const auto when = read_when(wish.moment, now.timeline, now.frame);
    if (!when) return when.refusal();
    request.console.wait_for(*when, {request.message.address, wish.rest});
    return Words{"queued until " + print_when(*when, now.timeline, now.frame)};
}

void name_left(Request& request, std::vector<std::string> left) {
    std::sort(left.begin(), left.end());
    left.erase(std::unique(left.begin(), left.end()), left.end());
    if (!left.empty()) request.notes.push_back(fmt::format("left as others changed it since: {}", fmt::join(left, ", ")));
}

// Brings the draft there, as no step of its own.
Result<Done> go(Request& request, const Studio& target) {
    auto there = bring(request, target);
    if (!there) return there;
    request.effects.noted = true;
    request.effects.past = Past::moved;
    return there;
}

Result<Words> travel(Request& request, bool back) {
    const auto wish = read_wish(request);
    if (!wish) return wish.refusal();
    if (!wish->moment.empty()) return wait_for(request, *wish);
    Journal& journal = request.console.journal();
    Studio target = request.studio;
    std::vector<JournalStep*> steps;
    std::vector<std::string> left;
    Words words{std::int32_t{0}};
    for (int n = 0; n < wish->count; ++n) {
        JournalStep* step = back ? journal.to_undo(wish->who) : journal.to_redo(wish->who);
        if (!step) break;
        target = back ? merge(step->after, step->before, target, left) : merge(step->before, step->after, target, left);
        journal.mark(*step, back, request.console.speaker());
        steps.push_back(step);
        if (steps.size() <= 8) words.push_back(step->what);
    }
    if (steps.empty()) return request.refuse("unknown", fmt::format("there is nothing to {}", back ? "undo" : "redo"));
    if (const auto there = go(request, target); !there) {
        std::reverse(steps.begin(), steps.end());
        for (JournalStep* step : steps) journal.mark(*step, !back, request.console.speaker());
        return there.refusal();
    }
    words[0] = static_cast<std::int32_t>(steps.size());
    if (steps.size() > 8) words.push_back(fmt::format("and {} more", steps.size() - 8));
    name_left(request, std::move(left));
    return words;
}
Result<Words> undo(Request& request) { return travel(request, true); }
Result<Words> redo(Request& request) { return travel(request, false); }

Result<Words> checkpoint(Request& request) {
    Journal& journal = request.console.journal();
    if (request.count() == 0) {
        Words words;
        for (const std::string& name : journal.checkpoints()) words.push_back(name);
        if (words.empty()) return Words{"there are no checkpoints"};
        return words;
    }
    const std::string name = request.rest(0);
    if (!journal.check(name, request.studio)) return request.refuse("range", fmt::format("there can be {} checkpoints", Journal::kCheckpoints));
    request.effects.noted = true;
    return Words{name};
}

// back to verse
Result<Words> back(Request& request) {
    const std::string name = request.rest(request.count() > 1 && request.text(0) == "to" ? 1 : 0);
    const Journal& journal = request.console.journal();
    const Studio* studio = journal.checkpoint(name);
    if (!studio) return request.refuse("unknown", fmt::format("there is no checkpoint {}{}", name, did_you_mean(name, journal.checkpoints())));
    std::vector<std::string> left;
    const Studio target = merge(request.studio, *studio, request.studio, left);  // which keeps the seed that has been drawn from
    const auto there = bring(request, target);
    if (!there) return there.refusal();
    return Words{name};
}

// The last steps, the newest last.
Result<Words> history(Request& request) {
    const Journal& journal = request.console.journal();
    const auto count = std::min(static_cast<std::size_t>(request.number(0)), journal.steps().size());
    Words words;
    for (std::size_t i = journal.steps().size() - count; i < journal.steps().size(); ++i) {
        const JournalStep& step = journal.steps()[i];
        words.push_back(fmt::format("{} at {}{}{} by {}: {}{}", step.number, step.frame, step.where.empty() ? "" : " ", step.where,
                                    request.console.touches().name(step.who), step.what, step.undone ? " (undone)" : ""));
    }
    if (words.empty()) words.push_back(std::string("nothing was done"));
    return words;
}

constexpr Takes kWish = takes::many("count, mine or by CLIENT, bar, beat or a moment").or_else("");

constexpr Command kCommands[] = {
    {"/undo", {kWish}, "Takes back the last changes, of all or of one client; what others have changed since stays.", "/undo 2",
     Effect::rack, undo},
    {"/redo", {kWish}, "Does again what was undone.", "/redo", Effect::rack, redo},
    {"/checkpoint", {takes::many("name").or_else("")}, "Gives the instrument as it is a name to come back to; without one, answers them.",
     "/checkpoint verse", Effect::sound, checkpoint},
    {"/back", {takes::many("name")}, "Brings the instrument to a checkpoint; that can be undone.", "/back verse", Effect::rack, back},
    {"/history", {takes::whole("count", 1, 100000).or_else("20")}, "Who did what when.", "/history 10", Effect::none, history},
};

}  // namespace

std::span<const Command> history_commands() { return kCommands; }

}  // namespace chronus
