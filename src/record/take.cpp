#include "record/take.h"

#include <algorithm>

namespace chronus {

std::string Take::trouble() const {
    const std::lock_guard lock(mutex_);
    return trouble_;
}

void Take::complain(const std::string& trouble) {
    const std::lock_guard lock(mutex_);
    if (trouble_.empty()) trouble_ = trouble;
}

// Its frames that lie within the recording; where blocks were lost, silence, so that all stays in time.
void Take::write(std::size_t signal, const EarBlock& block) {
    std::int64_t& next = next_[signal];
    const std::int64_t end = std::min<std::int64_t>(block.frame + CHRONUS_BLOCK, to);
    if (files.empty() || end <= from) return;
    if (next < 0) std::fill(next_.begin(), next_.end(), std::max<std::int64_t>(from, block.frame));  // all begin with the first that came
    if (end <= next) return;
    if (block.frame > next) {
        const std::int64_t gap = std::min(block.frame, end) - next;
        write_silence(signal, gap);
        next += gap;
    }
    float stereo[2 * CHRONUS_BLOCK];
    const auto first = static_cast<std::size_t>(next - block.frame), last = static_cast<std::size_t>(end - block.frame);
    for (std::size_t i = first; i < last; ++i) {
        stereo[2 * (i - first)] = block.left[i];
        stereo[2 * (i - first) + 1] = block.right[i];
    }
    if (!files[signal].write(stereo, end - next)) complain(files[signal].trouble());
    next = end;
    if (signal == 0) written_ = files[0].frames();
}

void Take::write_silence(std::size_t signal, std::int64_t frames) {
    static const std::vector<float> silence(2 * 4800);
    if (signal == 0) lost_ += frames;
    complain("the disk was too slow: there is silence in it");
    for (; frames > 0; frames -= 4800)
        if (!files[signal].write(silence.data(), std::min<std::int64_t>(frames, 4800))) return complain(files[signal].trouble());
}

void Take::write() {
    for (const EarBlock* block = reel.next(); block && !closed; block = reel.next()) {
        // All signals of a block are told one after the other; those that found no room leave a gap.
        for (std::size_t tried = 0; tried < reel.signals.size() && !(reel.signals[turn_].block.target == block->target); ++tried)
            turn_ = (turn_ + 1) % reel.signals.size();
        write(turn_, *block);
        turn_ = (turn_ + 1) % reel.signals.size();
        const std::int64_t end = block->frame + CHRONUS_BLOCK;
        reel.drop();
        if (end >= to && turn_ == 0) return close();
        if (std::all_of(files.begin(), files.end(), [](const TakeFile& file) { return !file.trouble().empty(); })) return close();
        if (end - updated_at_ < rate_) continue;
        updated_at_ = end;
        for (TakeFile& file : files) file.update();
    }
}

void Take::close() {
    for (TakeFile& file : files)
        if (!file.close()) complain(file.trouble());
    closed = true;
}

}  // namespace chronus
