// What happens by itself, as events for those who asked to hear of it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "handoff/telemetry.h"
#include "refusal/refusal.h"
#include "studio/studio.h"
#include "text/message.h"

namespace chronus {

// Each a bit; what a listener wants is a set of them.
enum class Happening : std::uint32_t {
    answer = 1,      // what others are answered
    beat = 2,        // /event beat BAR BEAT FRAME
    bar = 4,         // /event bar BAR FRAME
    transport = 8,   // /event transport playing|stopped BPM FRAME
    xrun = 16,       // /event xrun COUNT FRAME: so many blocks came late
    clip = 32,       // /event clip COUNT FRAME: so many blocks went over full scale, the limiter being off
    silence = 64,    // /event silence FRAME, /event sound FRAME: nothing above -80 dB for two seconds, and again something
    fault = 128,     // /event fault ID FRAME
    module = 256,    // /event module created|removed ID TYPE FRAME
    track = 512,     // /event track added|changed|ended ID FRAME
    client = 1024,   // /event client gone NAME
    record = 4096,   // /event recorded|rendered FILE, /event trouble REASON: what is written to the disk, or could not be
    viz = 2048       // /viz/levels, /viz/names and /viz/spectrum, ten times a second
};
using Happenings = std::uint32_t;

constexpr Happenings bit(Happening one) { return static_cast<Happenings>(one); }
// Without being told otherwise: all but each beat, and pictures.
inline constexpr Happenings kEvents = 2047 | 4096, kUsual = kEvents & ~bit(Happening::beat);

// "beat", "bar", …, "all". Refused with the names there are.
Result<Happenings> read_happening(const std::string& name);

struct Happened {
    Happening kind;
    Message message;
};

// Compares what is with what was.
class Watchman {
public:
    // Everything since the last look. `version` changes with the modules and tracks; `xruns` counts from the start.
    std::vector<Happened> look(const Telemetry& now, const Studio& studio, std::uint64_t version, std::uint64_t xruns);

private:
    void follow_time(const Telemetry& now, std::vector<Happened>& all);
    void follow_sound(const Telemetry& now, std::uint64_t xruns, std::vector<Happened>& all);
    void compare(const Studio& studio, std::int64_t frame, std::vector<Happened>& all);

    bool begun_ = false;
    std::uint64_t version_ = 0, xruns_ = 0, clips_ = 0;
    std::int64_t clip_told_at_ = 0;
    bool silent_ = true;
    Timeline timeline_;
    std::int64_t bar_ = -1, beat_ = -1;
    Studio studio_;
};

// True if nothing above -80 dB has left for so many seconds.
bool is_silent(const Telemetry& now, double seconds);

}  // namespace chronus
