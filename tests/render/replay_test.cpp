// What was played live can be played again from its log, bit for bit.
#include <algorithm>
#include <cstring>

#include "host/builds.h"
#include "laws/dice.h"
#include "render/live.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

std::size_t first_difference(const std::vector<float>& a, const std::vector<float>& b) {
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && std::memcmp(&a[i], &b[i], sizeof(float)) == 0) ++i;
    return i;
}

bool is_silent(const std::vector<float>& samples) {
    for (const float s : samples)
        if (std::abs(s) > 1e-3f) return false;
    return true;
}

// Plays `perform` live, then renders its log: the samples must be the same. The log shows that enough was done.
template <class Perform>
void check_replay(std::uint32_t device_frames, int haste, std::ptrdiff_t least_lines, Perform&& perform, const std::filesystem::path& builds = "") {
    const Scratch log("replay.osc");
    std::vector<float> live;
    {
        Live instrument(log.path, device_frames, haste);
        if (!builds.empty()) instrument.console().keep_builds_in(builds);
        perform(instrument);
        live = instrument.stop();
    }
    const std::string text = text_of_file(log.path);
    CHECK_FALSE(is_silent(live));
    std::vector<float> again;
    try {
        again = replay(text, live.size() / 2, builds);
    } catch (const std::exception& error) {
        FAIL(error.what() << text);
    }
    const std::size_t same = first_difference(live, again);
    if (same < live.size()) {
        std::size_t different = 0;
        for (std::size_t i = same; i < live.size(); ++i) different += std::memcmp(&live[i], &again[i], sizeof(float)) != 0;
        // What was logged up to the difference says where to look.
        FAIL("the replay differs from frame " << same / 2 << " of " << live.size() / 2 << " on, in " << different
                                              << " samples: " << live[same] << " became " << again[same] << "\n" << text);
    }
    CHECK(std::count(text.begin(), text.end(), '\n') > least_lines);
}

// Done at a frame that is still to come.
void at(Live& live, std::int64_t frame, const std::string& line) {
    const auto messages = read_line(line);
    for (const Message& message : *messages)
        live.console().schedule(message, frame, [line](const Outcome& outcome) {
            INFO(line << ": " << said(outcome));
            CHECK(outcome.done);
        });
}

void now(Live& live, const std::string& line) {
    const Outcome outcome = live.console().take_line(line);
    INFO(line << ": " << said(outcome));
    REQUIRE(outcome.done);
}

// Gates, notes, sweeps, plan edits, timed bundles, edits at the bar and tempo changes, about two seconds.
void perform(Live& live) {
    now(live, "/seq/add kick voice1 X...x...X..x.... base_freq=55 filter_freq=400");
    now(live, "/seq/add bass voice2 x.xxX.x. notes=C2,Eb2,G2 base_amp=0.4");
    now(live, "tempo 140");
    now(live, "swing 0.2");
    now(live, "play");
    live.play(6000);
    now(live, "gate voice3 0.8");
    for (int step = 0; step < 40; ++step) {
        now(live, "set voice2.filter/freq " + std::to_string(400 + 90 * step));
        live.play(100);
    }
    now(live, "gate voice3 0");
    now(live, "create noise hiss poly=2");
    now(live, "patch hiss > svf > out 0.1");
    live.play(3000);
    at(live, live.frame() + 1000, "gate voice4 1");
    at(live, live.frame() + 1033, "note voice5 A4 0.7");
    at(live, live.frame() + 1033, "set voice5.amp 0.2");
    at(live, live.frame() + 2517, "create kick boom freq=60");
    now(live, "set voice4.freq 330");
    live.play(1500);
    now(live, "gate voice4 0");  // while the plan for boom waits or has just come
    now(live, "create hat tick");
    now(live, "gate tick 1");
    live.play(2000);
    now(live, "gate boom 1");
    now(live, "/seq/update/pattern kick X.X.X.X.X.X.X.X. bar");
    now(live, "tempo 171.5");
    live.play(5000);
    now(live, "remove boom");
    now(live, "gate tick 1");
    now(live, "disconnect voice1 dist1");
    live.play(300);
    now(live, "patch voice1 > dist1");
    live.play(8000);
    now(live, "/seq/update/notes bass A2,C3");
    at(live, live.frame() + 3001, "tempo 99");
    at(live, live.frame() + 3100, "mute kick");
    live.play(9000);
    now(live, "unmute kick");
    now(live, "stop");
    live.play(4000);
    now(live, "play");
    live.play(12000);
    now(live, "panic");
    live.play(3000);
    now(live, "limiter off");
    now(live, "note voice1 C3");
    live.play(5000);
}

}  // namespace

TEST_CASE("a session's log renders to the samples that were heard, whatever block the device asks for") {
    for (const std::uint32_t frames : {64u, 32u, 100u, 256u}) {
        CAPTURE(frames);
        check_replay(frames, 1, 120, perform);
    }
}

TEST_CASE("commands that arrive apart, but within one block, are replayed apart") {
    check_replay(256, 1, 180, [](Live& live) {
        live.play(2000);
        for (int round = 0; round < 20; ++round) {
            now(live, "create kick k freq=80");
            now(live, "gate k 1");
            now(live, "remove k");
            now(live, "create kick k freq=50");
            now(live, "gate k 1");
            live.play(300 + 100 * round);
            now(live, "gate k 1");
            now(live, "remove k");
            live.play(64);
        }
    });
}

TEST_CASE("a cable that is taken away and laid again replays, whether or not it had faded out by then") {
    check_replay(64, 1, 80, [](Live& live) {
        now(live, "gate voice1 1");
        now(live, "create delay echo time=0.01 feedback=0");
        now(live, "patch voice1 > echo");
        now(live, "patch echo > drive > echo 0.5");  // a loop
        now(live, "patch echo > out");
        live.play(3000);
        for (const std::int64_t apart : {64, 200, 300, 360, 380, 400, 420, 450, 500, 1000, 2000}) {
            now(live, "disconnect drive echo");
            now(live, "disconnect voice1 dist1");
            live.play_unattended(apart);
            now(live, "patch drive > echo 0.5");
            now(live, "patch voice1 > dist1");
            live.play(1000);
        }
    });
}

TEST_CASE("messages for one frame keep their order, however early or late each came") {
    check_replay(64, 1, 200, [](Live& live) {
        now(live, "gate voice1 1");
        for (int round = 0; round < 30; ++round) {
            const std::int64_t then = live.frame() + 700 + round;
            at(live, then, "set voice1.freq 300");
            at(live, then + 5, "set voice1.amp 0.5");
            live.play_until(then - 130);
            at(live, then, "set voice1.freq 400");
            at(live, then - 2, "set voice1.amp 0.2");
            at(live, then + 20, "set voice1.freq 200");
            now(live, "set voice1.freq 500");
            live.play(800);
        }
    });
}

TEST_CASE("what comes while something waits for its frame follows it, where both change the same") {
    check_replay(64, 1, 120, [](Live& live) {
        now(live, "play");
        for (int round = 0; round < 12; ++round) {
            live.play(500 + 64 * round);
            const std::int64_t soon = live.frame() + 170;
            at(live, soon, "/seq/add first voice1 XXXX 110");
            now(live, "/seq/add second voice1 XXXX 660");  // as loud, at the same frames: the later made has the last word
            live.play(6000);
            const std::int64_t then = live.frame() + 150;
            at(live, then, "set voice1.amp 0.9");
            now(live, "set voice1.amp 0.1");
            const auto get = live.console().take({"/mod/voice1/amp", {}});
            CHECK(said(get).starts_with("0.1"));
            live.play(3000);
            at(live, live.frame() + 100, "/seq/remove first");
            now(live, "/seq/clear");
        }
    });
}

TEST_CASE("patches that were loaded replay, whatever has become of their files") {
    const ScratchFolder folder;
    check_replay(64, 1, 60, [&](Live& live) {
        live.console().keep_patches_in(folder.path);
        now(live, "create noise hiss colour=pink");
        now(live, "/seq/add kick voice1 X.x. base_freq=110");
        now(live, "tempo 150");
        now(live, "play");
        live.play(6000);
        now(live, "save patch loud");
        now(live, "tempo 120");
        now(live, "remove hiss");
        live.play(3000);
        now(live, "load patch loud");
        live.play(5000);
        now(live, "load patch loud \"+0.05 s\"");
        live.play(500);
        now(live, "set hiss.colour white");
        live.play(5000);
        live.console().begin_batch();
        now(live, "gate voice3 1");
        now(live, "load patch loud");
        now(live, "gate voice2 1");
        now(live, "remove hiss");
        live.console().end_batch();
        live.play(2000);
        now(live, "/seq/add fill voice4 XXXX 330");
        now(live, "save patch loud");
        now(live, "load patch loud \"next step\"");
        live.play(9000);
        std::filesystem::remove_all(folder.path);
    });
}

namespace {

// Builds of a type that is not in the library, and of some that are, as messages that reload them.
std::vector<std::string> keep_builds(const std::filesystem::path& folder) {
    const Builds builds(folder);
    std::vector<std::string> lines;
    for (const char* file : {CHRONUS_WORKSHOP_PATH "/steady/tone.so", CHRONUS_WORKSHOP_PATH "/wider/tone.so", CHRONUS_MODULE_PATH "/kick.so",
                             CHRONUS_MODULE_PATH "/svf.so", CHRONUS_MODULE_PATH "/delay.so", CHRONUS_MODULE_PATH "/adsr.so"}) {
        const auto build = builds.copy(file);
        REQUIRE(build);
        REQUIRE(builds.keep(*build));
        lines.push_back("/module/reload " + build->name + " \"" + build->hash + "\"");
    }
    return lines;
}

// A command of any kind, sensible or not.
std::string random_line(laws::Dice& dice, int& made, const std::vector<std::string>& reloads) {
    const auto any = [&](std::initializer_list<const char*> words) { return std::string(words.begin()[dice.below(words.size())]); };
    const auto voice = [&] { return "voice" + std::to_string(1 + dice.below(8)); };
    const auto module = [&] {
        return dice.below(2) ? voice() : "m" + std::to_string(dice.below(static_cast<std::size_t>(made) + 1));
    };
    const auto number = [&](float low, float high) { return std::to_string(low + (high - low) * dice.unipolar()); };
    switch (dice.below(38)) {
        case 0: case 1:
            return "create " + any({"kick", "snare", "hat", "saw", "voice", "noise", "svf", "delay", "lfo", "drive", "reverb", "tone"}) +
                   " m" + std::to_string(made++) + any({"", " poly=3", " quiet"});
        case 2: return "remove m" + std::to_string(dice.below(static_cast<std::size_t>(made) + 1));
        case 3: return "patch " + module() + " > " + module() + " > out 0.3";
        case 4: return "patch " + module() + " > " + any({"dist1", "reverb1", "svf", "delay"});
        case 5: return "disconnect " + module() + " " + any({"out", "dist1", "reverb1"});
        case 6: return "patch lfo1.out > " + voice() + any({".filter/freq 500Hz", ".amp 0.1", ".freq 0.5"});
        case 7: return "set " + voice() + ".filter/freq " + number(50, 8000);
        case 8: return "set " + voice() + ".osc/type " + number(0, 5);
        case 9: return "set delay1.time " + number(0.1f, 0.6f);
        case 10: return "set acid1.cutoff " + number(80, 5000);
        case 11: case 12: return "gate " + module() + " " + any({"1", "0", "0.5"});
        case 13: case 14: return "note " + module() + " " + any({"C2", "A3", "61", "F#4"}) + any({"", " 0.3", " 0"});
        case 15: return "/seq/add t" + std::to_string(dice.below(4)) + " " + module() + " " + any({"X.x.", "X", "x..X_.x.x", "XxxX....xx.x...."}) +
                        any({"", " 220", " 220 900", " notes=C3,E3,G3", " filter_freq=600 gate_frac=0.9"});
        case 16: return "/seq/update/pattern t" + std::to_string(dice.below(4)) + any({" X...", " x.X.x..X", " XXXX"}) + any({"", " bar", " beat", " now", " pass"});
        case 17: return any({"mute t", "unmute t", "/seq/remove t"}) + std::to_string(dice.below(4));
        case 18: return "tempo " + number(60, 300);
        case 19: return any({"play", "play", "play", "stop", "swing 0.3", "swing 0", "limiter off", "limiter on"});
        case 20: return "melody " + voice() + ": " + any({"C2 . Eb2 _ G2^", "A2 A3>", "C3 E3 G3"});
        case 21: return any({"save patch a", "save patch b", "load patch a", "load patch b", "load patch a \"+0.01 s\""});
        case 22: return any({"solo t", "unsolo t"}) + std::to_string(dice.below(4));
        case 24: return "launch " + any({"a", "b"}) + any({"", " step", " beat", " now"});
        case 25: return any({"scene a", "scene b", "bank t1 one", "bank t2 one", "song: a b", "song: b*2 a loop", "song: off"});
        case 26: return "fill t" + std::to_string(dice.below(4)) + any({": XxXx", ": x*4 X beat", ": X step"});
        case 27: return "recall t" + std::to_string(dice.below(4)) + any({" one", " one beat", " one pass"});
        case 28: return "track t" + std::to_string(dice.below(4)) + any({" after=1 then=one", " after=2 then=stop", " after=3 then=scene:a", " after=", " rate=2 swing=0.4", " humanize=0.2", " legato=on"});
        case 29: return any({"tempo 150 2 beats", "tempo 90 0.2 s", "signature 3/8", "signature 4/4", "swing 0.3 1/8"});
        case 30: return "lane voice" + std::to_string(1 + dice.below(8)) + any({".freq: 100 200 <300 400>", ".filter/freq: lin 200 2000", ".amp: exp 0.1 1 . 0.3"});
        case 31: return any({"stop", "play", "play", "vary t1 0.5 into=t1", "euclid 3 8 into=t2"});
        case 32: case 33: case 34: return any({"undo", "undo", "undo 5", "redo", "redo 3", "undo mine", "checkpoint a", "back to a"});
        case 35: return reloads[dice.below(reloads.size())];
        case 36: return any({"rollback tone", "rollback svf", "/module/suspend tone", "/module/suspend tone off", "/module/suspend delay", "/module/suspend delay off"});
        default: return any({"panic", "set voice1.amp 0.4", "gate voice1 1", "/seq/clear"});
    }
}

}  // namespace

namespace {

void check_random_replays(std::uint64_t first_seed, std::uint64_t last_seed, int messages = 200) {
    constexpr std::uint32_t kBlocks[] = {100, 64, 32, 256, 1024};
    const ScratchFolder builds;
    const std::vector<std::string> reloads = keep_builds(builds.path);
    for (std::uint64_t seed = first_seed; seed <= last_seed; ++seed) {
        CAPTURE(seed);
        check_replay(kBlocks[seed % 5], 4, messages / 2, [&](Live& live) {
            const std::uint32_t clients[] = {live.console().touches().speaker("ada"), live.console().touches().speaker("ben"), live.console().touches().speaker("eve")};
            laws::Dice dice(seed);
            const ScratchFolder folder;
            live.console().keep_patches_in(folder.path);
            int made = 0;
            now(live, "gate voice1 1");
            for (int count = 0; count < messages;) {
                live.console().hear_from(clients[dice.below(3)]);
                const bool batch = dice.below(4) == 0;
                if (batch) live.console().begin_batch();
                for (std::size_t n = batch ? 1 + dice.below(6) : 1; n > 0; --n, ++count) {
                    const std::string line = random_line(dice, made, reloads);
                    if (dice.below(4) == 0) {
                        const auto messages = read_line(line);
                        const std::int64_t then = live.frame() + static_cast<std::int64_t>(dice.below(1500));
                        for (const Message& message : *messages) live.console().schedule(message, then, nullptr);
                    } else {
                        live.console().take_line(line);
                    }
                }
                if (batch) live.console().end_batch();
                const auto pause = static_cast<std::int64_t>(dice.below(1200));
                if (dice.below(3)) dice.below(2) ? live.play(pause) : live.play_unattended(pause);
            }
            now(live, "play");
            live.play(12000);
        }, builds.path);
    }
}

}  // namespace

TEST_CASE("what follows a track replays as it was brought about, however the track stood and whatever it was called") {
    check_replay(256, 1, 60, [](Live& live) {
        for (const char* line : {"/seq/add a voice1 X..x 55 900", "/seq/add b voice2 x.X. 110 700 notes=\"C3 E3 G3\"", "bank a one", "sequence voice3: X", "bank voice3 one", "play"})
            now(live, line);
        live.play(20000);
        now(live, "mute a");
        now(live, "track a after=2 then=one");   // muted: it stays so
        now(live, "track b after=3 then=stop");  // its notes go on
        now(live, "solo b");
        live.play_unattended(30000);             // what falls due comes late
        now(live, "/seq/rename voice3 c");
        now(live, "track c after=1 then=one");
        now(live, "/seq/rename c d");            // one of that name is left, not two
        now(live, "unsolo");
        live.play(30000);
        now(live, "/seq/update/pattern a x.X.x..X now");  // within a step, and back as quickly
        live.play(2000);
        now(live, "undo");
        live.play(10000);
        now(live, "fill a XxXx");
        live.play_unattended(20000);
        live.play(60000);
    });
}

TEST_CASE("builds that come and go while their type is suspended replay") {
    const ScratchFolder builds;
    const std::vector<std::string> reloads = keep_builds(builds.path);
    check_replay(64, 1, 10, [&](Live& live) {
        now(live, reloads[0]);
        live.play(1000);
        now(live, reloads[1]);
        live.play(1000);
        now(live, "/module/suspend tone");
        live.play(1000);
        now(live, "create tone m6 poly=3");
        live.play(3000);
        live.console().begin_batch();
        now(live, "create lfo m7 quiet");  // it is heard before what comes after it
        now(live, "rollback tone");
        live.console().end_batch();
        live.play(3000);
        now(live, "rollback tone");
        live.play(3000);
    }, builds.path);
}

TEST_CASE("what changes no sound by itself keeps its place before what comes after it") {
    check_replay(64, 1, 5, [](Live& live) {
        now(live, "gate voice1 1");
        for (int round = 0; round < 20; ++round) {
            now(live, "/seq/add t3 voice2 X...");
            now(live, "mute t3");
            live.play(500);
            at(live, live.frame() + 120 + round, "solo t3");  // taken at once, for a frame to come
            now(live, "/seq/clear");
            live.play(1000);
        }
    });
}

TEST_CASE("what comes while the transport's start waits for its frame follows it") {
    check_replay(64, 1, 60, [](Live& live) {
        now(live, "/seq/add a voice1 X... 55 900");
        now(live, "/seq/add b voice2 X.X. 110 700");
        now(live, "scene one");
        now(live, "/seq/update/pattern b X");
        for (int round = 0; round < 12; ++round) {
            now(live, "stop");
            now(live, "song: off");
            live.play(500);
            const std::int64_t soon = live.frame() + 350 + 40 * round;
            at(live, soon, "play");
            live.play_until(soon - 120);
            now(live, "song: one");  // the transport's start has been dealt with
            now(live, "fill a x*4 X");
            now(live, "track b after=1 then=stop");
            live.play(2000 + 1500 * round);
            at(live, live.frame() + 120, "stop");
            now(live, "play");
            live.play(3000);
            at(live, live.frame() + 120, "panic");
            now(live, "fill b XXXX now");
            live.play(500);
            now(live, "unmute b");
        }
    });
}

TEST_CASE("what depends on the tracks, on held notes or on names follows what was taken ahead of its frame") {
    check_replay(64, 1, 150, [](Live& live) {
        now(live, "play");
        for (int round = 0; round < 12; ++round) {
            const auto ahead = [&](const char* first, const char* then) {
                live.play(400 + 64 * round);
                const std::int64_t soon = live.frame() + 300;
                at(live, soon, first);
                live.play_until(soon - 120);  // taken by now, not yet heard
                now(live, then);
            };
            now(live, "melody voice1: C3 E3 G3");
            now(live, "note voice1 A4");
            live.play(300);
            ahead("/seq/clear", "gate voice1 1");              // nothing plays it any more: it gets its own pitch back
            ahead("melody voice1: C4", "set voice1.freq 300");
            ahead("gate voice1 1", "/seq/clear");
            now(live, "note voice2 A3");
            ahead("note voice2 A4", "note voice2 A4 0");       // A3 comes back
            ahead("panic", "note voice2 A2 0");
            ahead("alias 9 voice3", "set 9.freq 250");
            ahead("set 9.freq 350", "alias 9 voice4");
            now(live, "create saw s");
            ahead("gate voice4 1", "remove voice4");
            now(live, "create voice voice4");
            now(live, "patch voice4 > dist1");
            now(live, "remove s");
            now(live, "play");
        }
    });
}

TEST_CASE("200 random commands replay bit for bit") { check_random_replays(1, 5); }
TEST_CASE("20 sessions of 5000 random commands replay bit for bit, at any block of the device", "[.slow]") { check_random_replays(201, 220, 5000); }
TEST_CASE("any number of random commands replay bit for bit", "[.storm]") { check_random_replays(6, 100); }
