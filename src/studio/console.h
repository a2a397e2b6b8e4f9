// The one owner of the studio: takes messages, keeps the value, and sends what follows from it to the audio thread.
#pragma once
#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "handoff/mailbox.h"
#include "host/builds.h"
#include "host/library.h"
#include "studio/agenda.h"
#include "studio/command.h"
#include "studio/floors.h"
#include "studio/held_notes.h"
#include "studio/lineage.h"
#include "studio/journal.h"
#include "studio/moment.h"
#include "studio/recordings.h"
#include "studio/patch_folder.h"
#include "studio/replay.h"
#include "studio/request.h"
#include "studio/resolve.h"
#include "studio/roster.h"
#include "session/session_folder.h"
#include "session/session_log.h"
#include "session/write_ahead.h"
#include "studio/studio.h"
#include "studio/touches.h"
#include "studio/type.h"
#include "text/message.h"

namespace chronus {

// What came of a message.
struct Outcome {
    static Outcome refused(const Refusal& refusal) {
        return {.done = false, .words = {refusal.code, refusal.reason, refusal.example}};
    }

    // Of several said at once: what concerns all of them.
    void join(const Outcome& one) {
        mail = std::max(mail, one.mail);
        batched |= one.batched;
        changed |= one.changed;
        clamped |= one.clamped;
        effect = std::max(effect, one.effect);
    }

    bool done = false;
    Words words;              // after /done ADDRESS ID, or CODE REASON EXAMPLE after /fail
    std::uint64_t mail = 0;   // the answer holds once the audio thread has taken this number; 0: it holds now
    std::int64_t at = Event::kNow;  // the frame it was asked for
    bool batched = false;     // mail will be known at the end of the batch
    Effect effect = Effect::none;  // of the command
    bool changed = false;     // it did more than ask
    bool clamped = false;     // not quite what was said
    std::function<void(Words&)> finish = {};  // adds to the words what is known only once the answer holds
    std::optional<Listening> listening = {};  // the figures of this come before the words, once it has been heard
    std::optional<Vetting> vetting = {};      // nothing has been done: it is to be asked for again, with the hash, once tried
};

class Console {
public:
    Console(const Library& library, Mailbox& mail, int rate);
    ~Console();

    // [studio] At once. `at`: the frame at which it is to have its effect.
    Outcome take(const Message& message, std::int64_t at = Event::kNow);

    // [studio] Who says what is taken from now on; a number of touches().
    void hear_from(std::uint32_t speaker) { speaker_ = speaker; }
    std::uint32_t speaker() const { return speaker_; }
    Touches& touches() { return touches_; }
    // [studio] What was done, to go back to.
    Journal& journal() { return journal_; }
    // [studio] The ramp that was begun on a parameter, if none but time has ended it; null if there is none.
    const Span* ramp_on(const Event& set) const;

    // [studio] Between the two, plans are compiled once, at the end. Returns the number of the last mail.
    void begin_batch();
    std::uint64_t end_batch();

    // [studio] A line of text: its messages as one batch, the first refusal ends it.
    Outcome take_line(std::string_view line, std::int64_t at = Event::kNow);

    // [studio] As a client says it: /do carries a line of text, in one piece or several.
    Outcome obey(const Message& message, std::int64_t at = Event::kNow);

    // [studio] At a frame to come: it is obeyed shortly before. Its outcome goes to `done` then.
    void schedule(const Message& message, std::int64_t at, std::function<void(const Outcome&)> done);
    // [studio] How long until the next of them is to be obeyed; nothing if there is none.
    std::optional<std::int64_t> frames_to_due();

    // [studio] From here on everything that changes the instrument is written down.
    void write_log(std::unique_ptr<SessionLog> log) { log_ = std::move(log); }
    SessionLog* log() { return log_.get(); }
    // [studio] Where the logs of sessions are; without it they are refused.
    void keep_sessions_in(const std::filesystem::path& folder) { sessions_ = SessionFolder(folder); }
    const SessionFolder& sessions() const { return sessions_; }
    // [studio] From here on what is accepted is written ahead, with the studio as it is. Refused as `file`.
    Result<Done> write_ahead(std::unique_ptr<WriteAhead> ahead);
    WriteAhead* ahead() { return ahead_.get(); }
    // [studio] A log is played from now on, in place of the one that is being played.
    void replay(std::optional<Replay> replay);
    bool replays() const { return replay_.has_value(); }
    // [studio] Who records; without it recordings are refused.
    void record_with(Recordings* recordings) { recordings_ = recordings; }
    Recordings* recordings() { return recordings_; }
    // [studio] The line of beats as it was at a beat, since the transport was started last.
    Timeline line_at(Beats beats) const;
    // [studio] The same at a musical moment, wherever tempo and transport lead it. Refused or not, what comes of it goes
    // to on_later.
    void wait_for(const When& when, const Message& message);
    // [studio] The same of what the studio itself brings about at a beat; it can be taken back by its tag.
    void arm(const std::string& tag, Beats beats, const Message& message);
    // [studio] A log has what came of it, at the frames at which it came: then nothing is brought about a second time.
    void bring_about(bool itself) { brings_about_ = itself; }
    bool brings_about() const { return brings_about_; }
    bool disarm(const std::string& tag);
    std::int64_t lead() const { return lead_; }
    // [studio] Where patches are kept; without it they are refused.
    void keep_patches_in(const std::filesystem::path& folder) { patches_ = PatchFolder(folder); }
    const PatchFolder& patches() const { return patches_; }
    // [studio] Where the user's own presets are kept; those that are there are read.
    void keep_presets_in(const std::filesystem::path& folder);
    // [studio] Writes it into the user's own; it is there for every command from now on.
    Result<Done> save_preset(const Type& type, const Preset& preset);
    // [studio] Where builds of module types are kept; without it none can be reloaded.
    void keep_builds_in(const std::filesystem::path& folder) { builds_ = Builds(folder); }
    const Builds& builds() const { return builds_; }
    // [studio] Of the types whose files are in this folder the builds are kept, and named in the log that is written: with
    // them a replay begins.
    void log_builds_in(const std::filesystem::path& folder);
    // [studio] The log that is written names it.
    void note_build(const std::string& name, const std::string& build) const;
    // [studio] The module path: the library's own, unless `folders` says what it is by now.
    void find_modules_in(std::function<std::vector<std::filesystem::path>()> folders) { folders_ = std::move(folders); }
    std::vector<std::filesystem::path> module_folders() const { return folders_ ? folders_() : library_.folders(); }
    // [studio] In place of all types there are.
    void renew(Types types);
    Lineage& lineage(const std::string& type) { return lineages_[type]; }
    // How far ahead of its frame a scheduled message is taken: the device's block and two of ours.
    void set_lead(std::int64_t frames) { lead_ = frames; }

    // [studio] Reads what the audio thread has reported, and does what has become due.
    void poll();
    std::function<void(std::uint64_t number, std::int64_t frame)> on_taken;
    std::function<void(const std::string& path, std::int64_t frame)> on_fault;
    std::function<void(const std::string& type, std::int64_t frame)> on_overrun;
    std::function<void(const std::string& type)> on_build;  // another one of it is played now
    std::function<void()> on_faded_out;
    std::function<void(const Message&, const Outcome&)> on_later;
    std::function<void(const std::string& what, const std::string& of)> on_event;  // "recorded FILE", "trouble REASON"
    // Renders a log to a sound file, beside all else; tells on_event when it is done.
    std::function<Result<Done>(const std::filesystem::path& log, const std::filesystem::path& out)> render_log;
    std::function<void(Words&)> device_status;  // adds what the device knows to an answer
    std::function<void(Words&)> about;          // what the process knows of itself

    // [studio] What the rest of an address names. Remembered until the rack changes: a fader sends the same one over and over.
    Result<Resolved> input(const std::string& tail);

    const Studio& studio() const { return studio_; }
    // Changes whenever modules or tracks do.
    std::uint64_t version() const { return version_; }
    const Types& types() const { return types_; }
    const Library& library() const { return library_; }
    Roster& roster() { return roster_; }
    Mailbox& mail() { return mail_; }
    int rate() const { return rate_; }
    bool quitting() const { return quitting_; }
    // [studio] What is held with /note.
    HeldNotes& held_notes() { return held_notes_; }
    // [studio] The transport runs, or will by what was sent: the order of messages alone decides, so a replay finds the same.
    bool plays() const { return plays_; }
    // The newest word from the audio thread.
    const Telemetry& telemetry() { return mail_.telemetry.read(); }

private:
    Outcome take(const Command& command, const Message& message, std::int64_t at);
    Outcome take_all(const Command& command, const Message& message, std::int64_t at);
    std::uint64_t commit(const Effects& effects, std::int64_t at);
    void send_plan(std::int64_t at);
    void note_plans_taken(const Report& report);
    void forget_faded();
    void flush_batch();
    bool wait_for_room(std::size_t events);
    void take_due();
    void keep_time();
    void keep_ahead();
    void tell_trouble(const std::string& trouble);
    void remember(const Effects& effects, std::int64_t at);
    void suspended(const Report& overrun);
    void write_down(const Effects& effects, const Journal::Deed& deed);
    void ask_audio(Effects& effects, Outcome& outcome);

    const Library& library_;
    Types types_;
    Mailbox& mail_;
    int rate_;
    Roster roster_;
    Studio studio_;
    std::unordered_map<std::string, Resolved> known_inputs_;
    Touches touches_;
    std::uint32_t speaker_ = 0;
    Journal journal_;
    std::map<ValueKey, Span> ramps_;
    std::map<std::uint64_t, Report> readings_;  // by the numbers they were asked by
    std::uint64_t readings_asked_ = 0;
    PatchFolder patches_;
    std::optional<PatchFolder> presets_;  // none where there is no home for them
    Builds builds_;
    std::function<std::vector<std::filesystem::path>()> folders_;
    std::map<std::string, Lineage> lineages_;  // by type
    std::uint32_t slots_named_ = 0;
    Agenda agenda_;
    std::int64_t lead_ = 2 * CHRONUS_BLOCK;
    std::unique_ptr<SessionLog> log_;
    std::vector<SessionLog::Line> batched_log_;
    std::unique_ptr<WriteAhead> ahead_;
    std::multimap<std::string, std::uint64_t> armed_;  // by tag, as they are written ahead
    SessionFolder sessions_;
    Recordings* recordings_ = nullptr;
    std::optional<Replay> replay_;
    std::deque<Timeline> lines_;        // the newest last
    std::string told_trouble_;
    bool batching_ = false;
    bool quitting_ = false;
    bool brings_about_ = true;
    std::set<std::string> expected_;  // tags of what a log will tell
    bool plays_ = false;
    std::uint64_t version_ = 0;
    Effects batched_;
    std::int64_t batched_at_ = Event::kNow;
    std::uint64_t plan_mail_ = 0;       // the number of the last plan
    std::int64_t plan_taken_at_ = -1;   // frame; -1: not yet
    struct SentPlan {
        std::uint64_t mail, number;
        std::int64_t taken_at = -1;
    };
    std::deque<SentPlan> plans_;  // whose fades may not be over
    Floors floors_;
    HeldNotes held_notes_;
};

}  // namespace chronus
