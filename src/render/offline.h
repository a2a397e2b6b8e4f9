// The instrument without a device: the studio and the engine take turns, block by block, on one thread.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "engine/engine.h"
#include "handoff/mailbox.h"
#include "host/library.h"
#include "render/recital.h"
#include "studio/console.h"

namespace chronus {

class Offline {
public:
    Offline(const Library& library, int rate);

    Console& console() { return *console_; }
    std::int64_t frame() const { return engine_->frame(); }

    // One block: the messages of these lines that fall into it, then the sound. `refused` hears what was not done.
    using Refused = std::function<void(const Recital::Line&, const Outcome&)>;
    void block(float* left, float* right);
    // The next lines of a recital, up to the end of the block to come.
    void feed(const Recital& recital, const Refused& refused);
    bool fed_all(const Recital& recital) const { return next_ == recital.lines.size(); }

    // The frame at which the song ends, as the transport goes now; `bars` 0: its own length, else that of its scenes, else 16.
    std::int64_t end_of_song(int bars);

private:
    Mailbox mail_;
    std::unique_ptr<Console> console_;
    std::unique_ptr<Engine> engine_;
    std::size_t next_ = 0;
};

}  // namespace chronus
