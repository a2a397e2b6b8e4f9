// The sequencer's addresses, as songs for the classic studio use them.
#include <cmath>

#include "sound/measure.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

// Frames at which something begins to sound, from silence.
std::vector<std::size_t> onsets(const std::vector<float>& sound, float level = 1e-4f, std::size_t quiet = 400) {
    std::vector<std::size_t> all;
    std::size_t silent = quiet;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        if (std::abs(sound[i]) > level) {
            if (silent >= quiet) all.push_back(i);
            silent = 0;
        } else {
            ++silent;
        }
    }
    return all;
}

// A kick that is over before the next step at 120 bpm (6000 frames).
struct Drum : Instrument {
    Drum() {
        done("limiter off");
        done("create kick k decay=0.05 sweep=0.01");
        play(640);  // its cable has faded in
    }
    // The steps at which it was heard, 6000 frames each.
    std::vector<int> steps(int count) {
        std::vector<int> heard;
        for (int s = 0; s < count; ++s)
            if (sound::peak(play(6000 / CHRONUS_BLOCK * CHRONUS_BLOCK + (s % 4 == 3 ? 192 : 0)).left) > 0.05) heard.push_back(s);
        return heard;
    }
};

const Track& track(Instrument& instrument, const std::string& name) { return instrument.studio().tracks.at(name); }

}  // namespace

TEST_CASE("a track takes its options by place or by name, in any order") {
    Classic classic;
    classic.done("/seq/add a voice1 X... 55 80");
    CHECK(track(classic, "a").keys == std::map<std::string, std::string>{{"base_freq", "55"}, {"filter_freq", "80"}});
    classic.done("/seq/add b voice2 x..x 41.2 200 C2,Eb2");
    CHECK(track(classic, "b").notes == "C2,Eb2");
    CHECK(track(classic, "b").keys.at("filter_freq") == "200");
    classic.done("/seq/add c voice3 x... notes=C2,D2 reverb_send=0.2 base_amp=0.5 accent_boost=900 delay_send=0.1 gate_frac=0.8 filter_freq=700 base_freq=99");
    CHECK(track(classic, "c").keys.size() == 7);
    CHECK(track(classic, "c").notes == "C2,D2");
    classic.done("/seq/add d voice4 x... 55 filter_freq=300 notes=A2");
    CHECK(track(classic, "d").keys == std::map<std::string, std::string>{{"base_freq", "55"}, {"filter_freq", "300"}});
    CHECK(classic.take(Message{"/seq/add", {std::string("e"), std::string("voice5"), std::string("x."), 220.0f, 800.0f, std::string("C3 E3 G3")}}).done);
    CHECK(track(classic, "e").notes == "C3 E3 G3");
    for (const char* wrong : {"/seq/add", "/seq/add a", "/seq/add a voice1", "/seq/add a voice9 X...", "/seq/add a voice1 XYZ",
                              "/seq/add a voice1 X... loudness=3", "/seq/add a voice1 X... base_amp=much", "/seq/add a voice1 X... 55 80 H7",
                              "/seq/add a reverb1 X...", "/seq/add a voice1 X... base_amp=nan"}) {
        const Studio before = classic.studio();
        classic.refused(wrong);
        CHECK(classic.studio() == before);
    }
}

TEST_CASE("the answer shows the steps and the notes in hertz, and warns of a mixed list") {
    Classic classic;
    CHECK(classic.done("/seq/add bass voice2 x.x. notes=C4,D4,E4").find("C4=261.626 D4=293.665 E4=329.628") != std::string::npos);
    CHECK(classic.done("/seq/update/notes bass \"C4 D4 E4\"").find("E4=329.628") != std::string::npos);
    CHECK(classic.done("/seq/update/notes bass 41.2,49,55").find("as MIDI notes: 49, 55") != std::string::npos);
    CHECK(classic.take(Message{"/seq/update/notes", {std::string("bass"), 55.0f}}).done);
    CHECK(track(classic, "bass").notes == "55.0");  // a float is hertz
}

TEST_CASE("a step is a sixteenth, and X sounds louder than x") {
    Drum drum;
    drum.done("/seq/add t k X...x...");
    drum.done("/seq/start");
    const Sound sound = drum.play(96000);
    const auto begins = onsets(sound.left);
    REQUIRE(begins.size() == 4);
    CHECK(begins[2] - begins[0] == 48000);
    CHECK(std::abs(double(begins[1] - begins[0]) - 24000) < 24);  // the softer one crosses the threshold a little later
    CHECK(sound::peak(sound.left, 0, 6000) > 1.2 * sound::peak(sound.left, 24000, 30000));
}

TEST_CASE("tempo and swing move steps to their exact frames") {
    Instrument instrument;
    instrument.done("limiter off");
    instrument.done("create adsr e attack=0.001 decay=0.001 sustain=1 release=0.001");
    instrument.done("connect e.out out.left");  // its envelope shows every hit
    instrument.play(640);
    instrument.done("/seq/add t e xx gate_frac=0.2");
    instrument.done("/seq/bpm 150");    // a step is 4800 frames
    instrument.done("/seq/swing 0.5");  // odd steps come half a step late
    instrument.done("/seq/start");
    const auto begins = onsets(instrument.play(48000).left, 1e-3f, 200);
    REQUIRE(begins.size() >= 6);
    for (std::size_t i = 0; i + 2 < 6; ++i) CHECK(begins[i + 2] - begins[i] == 9600);
    CHECK(begins[1] - begins[0] == 7200);
}

TEST_CASE("tempo and swing are clamped to their ranges and say so") {
    Classic classic;
    CHECK(classic.done("/seq/bpm 20").find("clamped to 30") != std::string::npos);
    CHECK(classic.done("/seq/bpm 1000").find("clamped to 300") != std::string::npos);
    CHECK(classic.done("/seq/swing 0.9").find("clamped to 0.6") != std::string::npos);
    CHECK(classic.done("tempo 999") == "999.0 bpm");
    for (const char* wrong : {"/seq/bpm fast", "/seq/swing much", "tempo nan"}) classic.refused(wrong);
}

TEST_CASE("start begins at step 0, is ignored while running, and stop closes all gates") {
    Classic classic;
    classic.done("set voice1.adsr/sustain 1 voice1.adsr/release 0.01 reverb1.mix 0 delay1.mix 0");
    classic.done("/seq/add t voice1 X... base_freq=220 gate_frac=1");
    classic.done("/seq/start");
    classic.play(3000);
    const std::int64_t epoch = classic.console().telemetry().timeline.frame;
    classic.done("/seq/start");
    classic.play(640);
    CHECK(classic.console().telemetry().timeline.frame == epoch);
    CHECK(classic.console().telemetry().timeline.running);
    classic.done("/seq/stop");
    classic.play(4800);
    CHECK_FALSE(classic.console().telemetry().timeline.running);
    CHECK(sound::peak(classic.play(48000).left) < 1e-3);
}

TEST_CASE("a new pattern begins at the next step with the position kept") {
    Drum drum;
    drum.done("/seq/add t k xxxx............");
    drum.done("/seq/start");
    CHECK(drum.steps(6) == std::vector<int>{0, 1, 2, 3});
    drum.done("/seq/update/pattern t ........x.......");  // its ninth step is still to come
    CHECK(drum.steps(10) == std::vector<int>{2});
}

TEST_CASE("new notes begin at the first") {
    Classic classic;
    classic.done("set voice1.adsr/sustain 1 voice1.filter/freq 8000 reverb1.mix 0 delay1.mix 0");
    classic.done("/seq/add t voice1 x... notes=A3,B3,C4 gate_frac=1");
    classic.done("/seq/start");
    classic.play(30000);
    classic.done("/seq/update/notes t A4,B4");
    classic.play(24000);  // the first new note sounds from 48000 on
    const Sound sound = classic.play(16384);
    CHECK(sound::frequency(sound.left.data(), 16384, 440, 48000) == Approx(440).margin(0.5));
}

TEST_CASE("notes go on with every hit, whatever the steps between") {
    Classic classic;
    classic.done("set voice1.adsr/sustain 1 voice1.adsr/attack 0.001 voice1.filter/freq 8000 reverb1.mix 0 delay1.mix 0");
    classic.done("/seq/add t voice1 x.x..x.. notes=A3,A4,A2 gate_frac=1");
    classic.done("/seq/start");
    const Sound sound = classic.play(48000);
    const auto pitch = [&](std::size_t step, double about) {
        return sound::frequency(sound.left.data() + step * 6000 + 1600, 4096, about, 48000);
    };
    CHECK(pitch(0, 220) == Approx(220).margin(2));
    CHECK(pitch(2, 440) == Approx(440).margin(2));
    CHECK(pitch(5, 110) == Approx(110).margin(2));
}

TEST_CASE("tracks of unequal length run as polymeter") {
    Drum drum;
    drum.done("/seq/add t k x..");
    drum.done("/seq/start");
    CHECK(drum.steps(12) == std::vector<int>{0, 3, 6, 9});
}

TEST_CASE("a track writes only what it was given, and gives it back when it goes") {
    Classic classic;
    classic.done("set voice1.amp 0.7 voice1.filter/freq 3000 voice1.send/reverb 0.5");
    classic.done("/seq/add t voice1 X... base_freq=110 filter_freq=500");
    classic.done("/seq/start");
    classic.play(24000);
    CHECK(classic.done("get voice1.amp") == "0.7");
    CHECK(classic.done("get voice1.filter/freq") == "3000.0 Hz");
    CHECK(classic.done("get voice1.send/reverb") == "0.5");
}

TEST_CASE("clear takes the tracks and leaves the transport running") {
    Drum drum;
    drum.done("/seq/add t k xxxx");
    drum.done("/seq/start");
    drum.play(6000);
    CHECK(drum.done("/seq/clear") == "1 tracks removed");
    CHECK(drum.studio().tracks.empty());
    drum.play(24000);
    CHECK(drum.console().telemetry().timeline.running);
    CHECK(sound::peak(drum.play(24000).left) < 1e-3);
    drum.done("/seq/add t k xxxx");
    CHECK(sound::peak(drum.play(12000).left) > 0.05);
}

TEST_CASE("a track of the same name takes the old one's place") {
    Drum drum;
    drum.done("/seq/add t k x...............");
    drum.done("/seq/add t k ....x...........");
    CHECK(drum.studio().tracks.size() == 1);
    drum.done("/seq/start");
    CHECK(drum.steps(16) == std::vector<int>{4});
}

TEST_CASE("mute silences at once, unmute lets the track go on where it would be") {
    Drum drum;
    drum.done("/seq/add t k x...");
    drum.done("/seq/start");
    CHECK(drum.steps(8) == std::vector<int>{0, 4});
    drum.done("mute t");
    CHECK(drum.steps(8).empty());
    drum.done("unmute t");
    CHECK(drum.steps(8) == std::vector<int>{0, 4});
}

TEST_CASE("several changes in one batch each keep the moment they asked for") {
    Drum drum;
    drum.done("create hat h decay=0.05");
    drum.done("/seq/add t k x...............");
    drum.done("/seq/add u h ................");
    drum.done("/seq/start");
    drum.steps(2);
    drum.console().begin_batch();
    drum.done("/seq/update/pattern t ....xxxxxxxxxxxx bar");
    drum.done("/seq/update/pattern u ................ step");
    drum.done("set k.decay 0.05");
    drum.done("mute u");
    drum.console().end_batch();
    CHECK(drum.steps(14).empty());        // until the bar is over the old pattern plays
    CHECK(drum.steps(16).front() == 4);
}

TEST_CASE("status tells what plays and where") {
    Classic classic;
    classic.done("/seq/add bass voice2 x.x. notes=C2");
    classic.done("tempo 150");
    classic.done("play");
    classic.play(19200 * 5 + 640);
    const std::string status = classic.done("/seq/status");
    CHECK(status.find("bpm 150") != std::string::npos);
    CHECK(status.find("bar 2") != std::string::npos);
    CHECK(status.find("bass voice2 x.x. notes C2") != std::string::npos);
}

TEST_CASE("removing a module takes its tracks with it, and says so") {
    Classic classic;
    classic.done("/seq/add a voice1 x...");
    classic.done("/seq/add b voice2 x...");
    CHECK(classic.done("remove voice1").find("track a removed") != std::string::npos);
    CHECK(classic.studio().tracks.size() == 1);
    classic.refused("/seq/update/pattern a xxxx");
    classic.refused("/seq/remove a");
}

TEST_CASE("there can be 256 tracks") {
    Classic classic;
    for (int t = 0; t < 256; ++t) classic.done("/seq/add t" + std::to_string(t) + " voice1 x...");
    classic.refused("/seq/add one-more voice1 x...");
    classic.done("/seq/remove t17");
    classic.done("/seq/add one-more voice1 x...");
    classic.done("play");
    classic.play(6400);
}

TEST_CASE("where each hit takes a note, a tie is the pitch before it") {
    const auto played = [](const char* notes) {
        Instrument instrument;
        instrument.load(std::string("create voice v\nsequence v: XxXx\nmelody v: ") + notes + "\nplay\n");
        return instrument.play(48000);
    };
    CHECK(played("C3 _ E3 _") == played("C3 C3 E3 E3"));
    CHECK(played("_ C3 E3 .") == played("E3 C3 E3 ."));
    CHECK_FALSE(played("C3 _") == played("C3 D3"));
}
