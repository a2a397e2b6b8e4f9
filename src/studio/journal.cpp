#include "studio/journal.h"

#include <algorithm>

#include "text/message_text.h"

namespace chronus {
namespace {

constexpr std::size_t kLongestWhat = 200;     // bytes
constexpr std::size_t kBytesOfStep = 512;     // with its texts
constexpr std::size_t kBytesOfValue = 384;    // a module, a cable or a track, with its texts
constexpr std::size_t kBytesOfPlace = 16;
constexpr std::size_t kTracksOfScene = 8;     // about

// What keeping one studio costs when the other is kept too.
std::size_t bytes_beside(const Studio& studio, const Studio& other) {
    const auto bytes = [](const auto& all, const auto& others) {
        const std::size_t places = all.places_beside(others);
        return places == 0 ? 0 : places * kBytesOfPlace + all.values_beside(others) * kBytesOfValue;
    };
    return bytes(studio.modules, other.modules) + bytes(studio.cables, other.cables) + bytes(studio.tracks, other.tracks) +
           kTracksOfScene * (bytes(studio.scenes, other.scenes) + bytes(studio.banks, other.banks));
}

}  // namespace

void Journal::begin(const Studio& studio) {
    steps_.clear();
    undone_.clear();
    bytes_ = 0;
    numbered_ = 0;
    follow(studio);
}

void Journal::follow(const Studio& studio) {
    present_ = studio;
    behind_ = false;
    run_.reset();
}

// The newest step ends with the studio as it is now.
void Journal::settle(const Studio& studio) {
    if (!behind_) return;
    behind_ = false;
    present_ = studio;
    if (!steps_.empty()) {
        steps_.back().after = studio;
        weigh(steps_.back());
    }
}

// A parameter that was turned a moment ago, with nothing between but others that this client turned: one step of all.
bool Journal::goes_on(const Deed& deed) {
    if (!deed.turns || !run_ || steps_.empty() || run_->who != deed.who || deed.frame - run_->frame > pause_) return false;
    const auto turned = run_->turned.find(deed.message.address);
    if (turned == run_->turned.end() || steps_.back().undone) return false;
    while (steps_.size() > 1 && steps_.back().number > turned->second && turned->second >= steps_.front().number) {
        JournalStep& earlier = steps_[steps_.size() - 2];
        earlier.after = std::move(steps_.back().after);
        bytes_ -= steps_.back().bytes;
        const std::string what = std::move(steps_.back().what);
        steps_.pop_back();
        join_newest(what, deed.frame);
    }
    return true;
}

void Journal::prepare(const Studio& studio, const Deed& deed) {
    going_on_ = goes_on(deed);
    if (!going_on_) settle(studio);
}

void Journal::add(const Studio& studio, const Deed& deed, const std::string& where) {
    if (going_on_) {
        run_->frame = deed.frame;
        behind_ = true;
        return;
    }
    if (studio == present_) return;
    push(studio, deed, where);
    present_ = studio;
    std::erase_if(undone_, [&](const Undone& one) {
        const JournalStep* step = find(one.step);
        return one.by == deed.who || !step || step->who == deed.who;
    });
}

void Journal::push(const Studio& studio, const Deed& deed, const std::string& where) {
    const bool in_run = deed.turns && run_ && run_->who == deed.who && deed.frame - run_->frame <= pause_ && !steps_.back().undone;
    if (acts_ > 0 && newest_act_ == act_ && !steps_.empty() && !steps_.back().undone) {
        steps_.back().after = studio;
        join_newest(print_message(deed.message), deed.frame);
        weigh(steps_.back());
        if (!deed.turns) run_.reset();
    } else {
        steps_.push_back({.number = ++numbered_, .before = present_, .after = studio, .who = deed.who, .frame = deed.frame,
                          .where = where, .what = print_message(deed.message).substr(0, kLongestWhat)});
        weigh(steps_.back());
        newest_act_ = acts_ > 0 ? act_ : 0;
        if (!in_run) run_.reset();
    }
    if (deed.turns) {
        if (!run_) run_ = Run{.who = deed.who, .frame = 0, .turned = {}};
        run_->frame = deed.frame;
        run_->turned[deed.message.address] = steps_.back().number;
    }
    forget_oldest();
}

void Journal::join_newest(const std::string& what, std::int64_t frame) {
    JournalStep& newest = steps_.back();
    newest.frame = std::max(newest.frame, frame);
    if (newest.what.size() + what.size() + 2 <= kLongestWhat) newest.what += "; " + what;
    else if (!newest.what.ends_with("…")) newest.what += "; …";
}

void Journal::weigh(JournalStep& step) {
    bytes_ -= step.bytes;
    step.bytes = kBytesOfStep + bytes_beside(step.after, step.before);
    bytes_ += step.bytes;
}

void Journal::forget_oldest() {
    while (bytes_ > kMost && steps_.size() > 1) {
        bytes_ -= steps_.front().bytes;
        steps_.pop_front();
    }
}

JournalStep* Journal::find(std::uint64_t number) {
    const auto found = std::lower_bound(steps_.begin(), steps_.end(), number,
                                        [](const JournalStep& step, std::uint64_t wanted) { return step.number < wanted; });
    return found == steps_.end() || found->number != number ? nullptr : &*found;
}

JournalStep* Journal::to_undo(std::optional<std::uint32_t> who) {
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step)
        if (!step->undone && (!who || step->who == *who)) return &*step;
    return nullptr;
}

JournalStep* Journal::to_redo(std::optional<std::uint32_t> who) {
    for (auto one = undone_.rbegin(); one != undone_.rend(); ++one)
        if (JournalStep* step = find(one->step); step && (!who || step->who == *who || one->by == *who)) return step;
    return nullptr;
}

void Journal::mark(JournalStep& step, bool undone, std::uint32_t by) {
    step.undone = undone;
    if (undone) undone_.push_back({step.number, by});
    else std::erase_if(undone_, [&](const Undone& one) { return one.step == step.number; });
}

bool Journal::check(const std::string& name, const Studio& studio) {
    if (!checkpoints_.contains(name) && checkpoints_.size() >= kCheckpoints) return false;
    checkpoints_[name] = studio;
    return true;
}

const Studio* Journal::checkpoint(const std::string& name) const {
    const auto found = checkpoints_.find(name);
    return found == checkpoints_.end() ? nullptr : &found->second;
}

std::vector<std::string> Journal::checkpoints() const {
    std::vector<std::string> names;
    for (const auto& [name, studio] : checkpoints_) names.push_back(name);
    return names;
}

}  // namespace chronus
