// What a command's handler works with: the message, the studio, and the ways to have an effect.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "handoff/event.h"
#include "handoff/telemetry.h"
#include "host/library.h"
#include "refusal/refusal.h"
#include "studio/command.h"
#include "studio/listening.h"
#include "studio/moment.h"
#include "studio/resolve.h"
#include "studio/roster.h"
#include "studio/studio.h"
#include "studio/vetting.h"

namespace chronus {

// What a command is to the journal of what was done.
enum class Past {
    step,   // one more that can be undone, if it changed the studio
    moved,  // it undid or redid others
    begins  // nothing before it can be gone back to
};

// What has to be done once a command is accepted.
struct Effects {
    bool rack = false;     // compile a plan
    bool removes = false;  // it takes modules away that events before it may be meant for
    bool quit = false;
    bool noted = false;    // nothing to send, but it belongs in the log
    bool by_tracks = false;  // which tracks there are decides what is sent
    bool waits = false;    // the answer holds once all mail so far has been taken
    Past past = Past::step;
    std::optional<Listening> listening;  // the answer comes of what is heard
    std::optional<Vetting> vetting;      // what is asked for is done once that has been tried
    std::optional<Event> reading;  // the answer comes of how a parameter stands once all mail so far has been taken
    std::function<void(Words&, const std::optional<Report>&)> read;  // adds what came of it to the answer
    std::optional<std::pair<Event, Span>> ramp;  // that has begun, for whoever asks how long it lasts
    std::vector<std::string> held;     // paths of gates: which notes are held decides what is sent, or changes; empty: all
    std::vector<std::string> touched;  // by name: tracks, cables
    std::vector<Event> events;

    bool any() const { return rack || quit || noted || !events.empty(); }
    void add(const Effects& other);
};

class Console;

class Request {
public:
    Request(const Message& message, const Command& command, Studio& studio, Console& console, std::int64_t at)
        : message(message), command(command), studio(studio), console(console), at(at) {}

    const Message& message;
    const Command& command;
    Studio& studio;
    Console& console;
    std::int64_t at;  // frame, or Event::kNow
    Effects effects;
    std::vector<std::string> notes;  // what was clamped or taken otherwise than written: part of the answer
    bool clamped_any = false;
    bool of_patch = false;           // a line of a patch that is loaded: it sets things up and starts nothing
    std::vector<Message> log_as;     // what the log says in place of the message; empty: the message itself

    // The part of the address that the row leaves open: bass/filter/q of /mod/bass/filter/q.
    std::string tail() const;

    std::size_t count() const { return message.arguments.size(); }
    // An argument as its row says it is: it has been checked. One that is left out is what the row says instead.
    std::string text(std::size_t index) const;
    // Clamped to its range with a note if it lies outside.
    double number(std::size_t index);
    double clamped(std::string_view name, double value, double low, double high);
    bool on_off(std::size_t index) const;
    // The words from an argument on, joined by spaces: for texts that were sent in pieces. What its row says, if there are none.
    std::string rest(std::size_t index) const;

    // A value for a parameter, from an argument or from text: clamped, with a note.
    Result<float> value_for(const PublicPort& port, const Argument& argument);
    Result<float> sound_for(const PublicPort& port, const Argument& argument);
    float clamped(const PublicPort& port, float value);

    const Types& types() const;
    const Telemetry& telemetry();
    Event event(EventKind kind, const Resolved& input, float value) const;
    // For whoever asks later who did it.
    void touch(std::string name) { effects.touched.push_back(std::move(name)); }
    void send(const Event& event) { effects.events.push_back(event); }
    // Tempo, swing and the rest, as they are in the studio.
    void send_transport();
    void remove_track(const Track& track) { send({.kind = EventKind::track_remove, .module = track.slot, .frame = at}); }
    // After a change of solos: the tracks that are heard now and were not, or the other way round, are sent again, but
    // for one that has been.
    void follow_solo(const std::set<std::string>& heard_before, const std::string& sent = "");
    // Sets the base of a parameter, in the studio and in what plays.
    void set(const Resolved& input, float value);
    // What a track or a note left behind gives way, unless a track still plays there.
    void let_go(const Resolved& input);

    Refusal refuse(std::string code, std::string reason) const;
};

}  // namespace chronus
