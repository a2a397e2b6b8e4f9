// What goes down to the audio thread: one record of 32 bytes for everything, in order across kinds.
#pragma once
#include <bit>
#include <cstdint>
#include <type_traits>

namespace chronus {

enum class EventKind : std::uint8_t {
    plan,          // pointer: a Plan to play from now on
    set,           // module, port, value: the base of a parameter
    gate,          // module, port, value: velocity, 0 ends
    note,          // like gate, but 0 ends the lanes that play the hertz it carries; and the note_sets that follow belong to the lane it was given
    note_set,      // module, port, value: jumps at the note's frame
    ramp,          // module, port, value: the base goes there over the frames or Beats it carries, as `shape` says (handoff/ramp.h)
    read,          // module, port: reports how the parameter stands; carries the number it is asked by
    let_go,        // module, port: what a track or a note wrote gives way to the base
    track,         // pointer: a TrackScore that takes the place of its slot's
    track_remove,  // module: the slot
    play,          // from step 0
    stop,          // gates of all tracks off
    tempo,         // module: 1/1000 bpm
    tempo_ramp,    // module: 1/1000 bpm; it goes there over the frames or Beats it carries, as `shape` says
    signature,     // module / port: of the bars from the next one on
    swing,         // value: the part of a step by which odd ones come late; port: such steps a beat
    limiter,       // value: 0 off, 1 on
    panic,         // all gates off, transport stopped, what sounds is silenced
    fade_out,      // value: seconds to silence, before the device stops
    meter,         // module, generation (0: none), port: a place in Telemetry::levels that shows it from now on
    suspend,       // module: the slot of a type; value: 1 it is silent and not run, 0 it plays again
    record,        // pointer: a Reel to fill from now on
    record_end,    // pointer: a Reel that is to be given back
    go_on,         // the transport runs as if it had all along; carries the Beats at which frame 0 lies
    listen         // module, generation (0: what goes to the device); value: 1 copies it into the ear, 0 no more
};

struct Event {
    EventKind kind;
    std::uint8_t shape = 0;        // of a ramp: Ramp::Shape, packed
    std::uint16_t port = 0;
    std::uint32_t module = 0;      // index into the plan's entries
    std::uint32_t generation = 0;  // an entry of another generation ignores the event
    float value = 0;
    std::int64_t frame = kNow;     // gates and notes: their exact frame; the rest: first boundary at or before it
    void* pointer = nullptr;       // plan: a Plan; track: a TrackScore; ramp, read: a whole number in its place

    static constexpr std::int64_t kNow = -1;

    void carry(std::int64_t number) noexcept { pointer = std::bit_cast<void*>(number); }
    std::int64_t carried() const noexcept { return std::bit_cast<std::int64_t>(pointer); }
};
static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>);

enum class ReportKind : std::uint8_t {
    taken,          // frame: the block at which all mail up to `number` was taken
    plan_retired,   // pointer: to be freed
    track_retired,  // pointer: to be freed
    fault,          // module: what was muted and reset
    overrun,        // module: the slot of a type that took too long and is suspended from the next block on
    reading,        // number: which was asked for; module: 1 driven, 2 on a ramp, or both; a Standing
    stale,          // number: an event for a module that is gone
    faded_out       // the fade before the end is over
};

// How a parameter stands.
struct Standing {
    float value = 0;  // before what cables add
    float left = 0;   // of a ramp: its part that is still to come, 0 to 1
};

struct Report {
    ReportKind kind;
    std::uint32_t module = 0;
    std::int64_t frame = 0;
    std::uint64_t number = 0;
    void* pointer = nullptr;  // plan_retired: a Plan; track_retired: a TrackScore; reading: a Standing in its place
};
static_assert(sizeof(Report) == 32 && std::is_trivially_copyable_v<Report>);

}  // namespace chronus
