// The whole instrument without a device: lines in, sound out, with the modules that come with it.
#pragma once
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "audio/denormals.h"
#include "engine/engine.h"
#include "host/library.h"
#include "studio/console.h"

namespace stand {

using namespace chronus;

class LiveRack {
    Mailbox mail_;
    std::unique_ptr<Console> console_;
    std::unique_ptr<Engine> engine_;

public:
    static constexpr int kRate = 48000;
    std::vector<float> left, right;

    LiveRack()
        : console_(std::make_unique<Console>(library(), mail_, kRate)), engine_(std::make_unique<Engine>(mail_, kRate)) {}

    Console& console() { return *console_; }
    std::int64_t frame() const { return engine_->frame(); }

    void say(const std::string& line) {
        const Outcome outcome = console_->take_line(line);
        if (!outcome.done) throw std::runtime_error("refused: " + line);
    }
    void say_together(const std::vector<std::string>& lines) {
        console_->begin_batch();
        for (const std::string& line : lines) say(line);
        console_->end_batch();
    }
    void run(std::int64_t frames) {
        const FlushDenormals flush;
        for (std::int64_t done = 0; done < frames; done += CHRONUS_BLOCK) {
            left.resize(left.size() + CHRONUS_BLOCK);
            right.resize(right.size() + CHRONUS_BLOCK);
            engine_->block(left.data() + left.size() - CHRONUS_BLOCK, right.data() + right.size() - CHRONUS_BLOCK);
            console_->poll();
        }
    }
    // The sample of the left that was made at a frame: the limiter gives it out later.
    double made_at(std::int64_t frame) const {
        return static_cast<double>(left.at(static_cast<std::size_t>(frame + Limiter::kLatency)));
    }

private:
    static const Library& library() {
        static const Library all = Library::scan({CHRONUS_MODULE_PATH});
        return all;
    }
};

}  // namespace stand
