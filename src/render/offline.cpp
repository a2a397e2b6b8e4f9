#include "render/offline.h"

#include "audio/denormals.h"
#include "studio/scenes.h"

namespace chronus {
namespace {

constexpr int kBarsWithoutLength = 16;

}  // namespace

Offline::Offline(const Library& library, int rate)
    : console_(std::make_unique<Console>(library, mail_, rate)), engine_(std::make_unique<Engine>(mail_, rate)) {}

void Offline::feed(const Recital& recital, const Refused& refused) {
    const std::int64_t end = frame() + CHRONUS_BLOCK;
    if (next_ == recital.lines.size() || recital.lines[next_].frame >= end) return;
    console_->bring_about(recital.is_song || recital.rate == 0);
    // All lines of one frame are one batch, as they were taken at one boundary.
    while (next_ < recital.lines.size() && recital.lines[next_].frame < end) {
        const std::int64_t at = recital.lines[next_].frame;
        console_->begin_batch();
        for (; next_ < recital.lines.size() && recital.lines[next_].frame == at; ++next_) {
            const Recital::Line& line = recital.lines[next_];
            if (line.message.address == "/sync") {  // one batch ends, another begins
                console_->end_batch();
                console_->begin_batch();
            }
            const Outcome outcome = console_->take(line.message, at);
            if (!outcome.done && refused) refused(line, outcome);
        }
        console_->end_batch();
    }
}

void Offline::block(float* left, float* right) {
    const FlushDenormals flush;
    engine_->block(left, right);
    console_->poll();
}

std::int64_t Offline::end_of_song(int bars) {
    const Studio& studio = console_->studio();
    if (bars == 0) bars = studio.bars > 0 ? studio.bars : song_bars(*console_, studio);
    if (bars == 0) bars = kBarsWithoutLength;
    const Timeline& line = console_->telemetry().timeline;
    if (line.running) return line.moment_of(line.begin_of_bar(bars)).frame;
    return frame() + bars * studio.signature.bar(line.per_beat()) / studio.tempo;
}

}  // namespace chronus
