// The lines that a person or an agent says first, each answered, and each heard.
#include <cmath>

#include "studio/instrument.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

struct Spoken {
    const char* before;  // what is there already
    const char* line;
    const char* answer;  // how it begins
    const char* after;   // what plays it
};

constexpr const char* kBass = "load tb303 bass\nsequence bass: X...X...\n";
constexpr const char* kKick = "create kick\n";
constexpr const char* kHats = "create hat hats\nsequence hats: xxxx\n";

// After each of them, what is there is heard.
constexpr Spoken kHeard[] = {
    {"", "create kick freq=60 decay=0.5", "kick kick", "sequence kick: X...\nplay"},
    {"", "create kick k freq=60 decay=0.5", "k kick", "sequence k: X...\nplay"},
    {"", "create hihat noise=white decay=0.05", "hihat hat", "sequence hihat: X...\nplay"},
    {"", "create bass osc=saw filter=lowpass cutoff=500", "bass bass", "melody bass: C2 G2\nplay"},
    {"", "create bass osc=square filter=bandpass", "bass bass", "melody bass: C2 G2\nplay"},
    {"", "create bass osc=saws filter=highpass distortion=0.6", "bass bass", "melody bass: C2 G2\nplay"},
    {"", "create bass osc=noise filter=notch res=8", "bass bass", "melody bass: C2 G2\nplay"},
    {"", "load tb303_module", "tb303 acid-bass", "melody tb303: C2 G2\nplay"},
    {"", "load tb303 bass", "bass acid-bass", "melody bass: C2 G2\nplay"},
    {"load tb303_module\n", "patch tb303 > filter > delay", "tb303 filter delay out", "melody tb303: C2 G2\nplay"},
    {"create saw vco\n", "patch vco > filter > delay > out", "vco filter delay out", ""},
    {"", "patch saw > filter > delay > out", "saw filter delay out", ""},
    {"create oscillator\n", "set oscillator.freq 440", "440.0 Hz", ""},
    {kBass, "set bass.distortion 0.7", "0.7", "play"},
    {"create bass\nsequence bass: X...\n", "set bass.distortion 0.7", "0.7", "play"},
    {"create reese bass\nsequence bass: X...\n", "set bass.distortion 0.7", "0.7", "play"},
    {kKick, "sequence kick: x...x...", "kick kick x...x...", "play"},
    {kBass, "melody bass: C2 C2 G2 Eb2", "bass bass X...X... C2=65.4064 C2=65.4064 G2=97.9989 Eb2=77.7817", "play"},
    {"create kick\nsequence kick: X...\n", "play", "playing", ""},
    {"create kick\nsequence kick: X...\n", "play all", "playing", ""},
    {"load tb303 bass\nsequence bass: X...\n", "add reverb to bass amount=0.3", "reverb after bass", "play"},
    {kBass, "save patch \"deep_groove\"", "deep_groove modules 1 tracks 1", "new patch\nload patch deep_groove\nplay"},
    {kHats, "solo hats", "hats", "play"},
    {"create kick\nsequence kick: X...\ncreate hat hats\nsequence hats: xxxx\n", "mute hats", "hats hats xxxx", "play"},
    {kHats, "tempo 174", "174.0 bpm", "play"},
    {kHats, "swing 0.2", "0.2", "play"},
    {kHats, "status", "frame", "play"},
};

struct Desk : Instrument {
    Desk() { console().keep_patches_in(folder.path); }
    const ScratchFolder folder;
};

// Of both sides, from when the fades are over; -inf dB is silence.
double loudness_db(const Sound& sound) {
    double sum = 0;
    const std::size_t first = 480;
    for (std::size_t i = first; i < sound.left.size(); ++i) sum += double(sound.left[i]) * sound.left[i] + double(sound.right[i]) * sound.right[i];
    return 10 * std::log10(sum / (2 * double(sound.left.size() - first)));
}

void say_all(Instrument& instrument, const std::string& lines) {
    std::istringstream stream(lines);
    for (std::string line; std::getline(stream, line);) instrument.done(line);
}

}  // namespace

TEST_CASE("the lines that are said first are answered, and what they make is heard", "[lines]") {
    for (const Spoken& spoken : kHeard) {
        CAPTURE(spoken.line, spoken.before);
        Desk desk;
        say_all(desk, spoken.before);
        CHECK(desk.done(spoken.line).starts_with(spoken.answer));
        say_all(desk, spoken.after);
        const double loudness = loudness_db(desk.play(48000));
        CAPTURE(loudness);
        CHECK(loudness > -40);
        CHECK(loudness < -3);
    }
}

TEST_CASE("the choices of a bass are heard", "[lines]") {
    std::vector<Sound> heard;
    for (const char* options : {"osc=saw filter=lowpass", "osc=square filter=lowpass", "osc=pulse filter=lowpass", "osc=sine filter=lowpass",
                                "osc=saws filter=lowpass", "osc=noise filter=lowpass", "osc=saw filter=highpass", "osc=saw filter=bandpass",
                                "osc=saw filter=lowpass cutoff=2000", "osc=saw filter=lowpass distortion=0.8"}) {
        Instrument instrument;
        instrument.done(std::string("create bass ") + options);
        instrument.done("note bass C2");
        heard.push_back(instrument.play(9600));
        CAPTURE(options);
        CHECK(loudness_db(heard.back()) > -30);
        for (std::size_t i = 0; i + 1 < heard.size(); ++i) CHECK_FALSE(heard[i] == heard.back());
    }
}

TEST_CASE("a solo silences the others until it ends", "[lines]") {
    Instrument instrument;
    say_all(instrument, "create hat low\ncreate hat high\nsequence low: xxxx\nsequence high: xxxx\n");
    const auto is_heard = [&](const char* track) { return instrument.done("/seq/status").find(std::string(track) + " " + track) != std::string::npos; };
    REQUIRE(is_heard("low"));
    CHECK(instrument.done("solo") == "nothing is soloed");
    instrument.done("play");
    const double both = loudness_db(instrument.play(48000));
    CHECK(instrument.done("solo high") == "high");
    const double one = loudness_db(instrument.play(48000));
    CHECK(one < both - 1);
    CHECK(instrument.done("solo low") == "high low");
    CHECK(std::abs(loudness_db(instrument.play(48000)) - both) < 1);
    CHECK(instrument.done("unsolo low") == "high");
    CHECK(instrument.done("/seq/status").find("high high xxxx solo") != std::string::npos);
    instrument.done("mute high");  // both: nothing is left
    instrument.play(9600);
    CHECK(loudness_db(instrument.play(48000)) < -80);
    instrument.done("unmute high");
    CHECK(instrument.done("unsolo") == "nothing is soloed");
    CHECK(std::abs(loudness_db(instrument.play(48000)) - both) < 1);
    CHECK(instrument.refused("solo nobody").starts_with("unknown there is no track nobody; there is high, low"));
}

TEST_CASE("a track that is added while another is soloed stays silent; when the soloed one goes, it is heard", "[lines]") {
    for (const char* going : {"remove high", "/seq/remove high", "unsolo high", "/seq/add high high ...."}) {
        CAPTURE(going);
        Instrument instrument;
        say_all(instrument, "create hat low\ncreate hat high\nsequence high: ....\nsolo high\nsequence low: xxxx\nplay\n");
        CHECK(loudness_db(instrument.play(48000)) < -80);
        instrument.done(going);
        CHECK(loudness_db(instrument.play(48000)) > -50);
    }
}

TEST_CASE("tempo and swing without a number answer it", "[lines]") {
    Instrument instrument;
    CHECK(instrument.done("tempo") == "120.0 bpm");
    CHECK(instrument.done("swing") == "0.0");
    say_all(instrument, "tempo 174\nswing 0.25\n");
    CHECK(instrument.done("tempo") == "174.0 bpm");
    CHECK(instrument.done("swing") == "0.25");
    CHECK(instrument.done("/seq/bpm") == "174.0 bpm");
}

TEST_CASE("stop ends what plays, quit the daemon", "[lines]") {
    Instrument instrument;
    say_all(instrument, "create hat\nsequence hat: xxxx\nplay\n");
    instrument.play(48000);
    CHECK(instrument.done("stop") == "stopped");
    instrument.play(24000);
    CHECK(loudness_db(instrument.play(24000)) < -80);
    instrument.done("quit");
    CHECK(instrument.console().quitting());
}

TEST_CASE("an error points at the word that is wrong", "[lines]") {
    struct Wrong {
        const char* line;
        const char* reason;  // with the two lines that show the place
    };
    for (const Wrong& wrong : {
             Wrong{"create kik", "there is no type kik; did you mean kick, kit, rim?\n  create kik\n         ^"},
             Wrong{"create bass b osc=sawww", "osc is one of saw, square, pulse, sine, saws, noise, not sawww; did you mean saw, saws?\n  create bass b osc=sawww\n                    ^"},
             Wrong{"set k.zing 3", "k (kick) has no parameter zing; there is freq, decay, punch, sweep, click, drive, level\n  set k.zing 3\n        ^"},
             Wrong{"set kk.freq 3", "there is no module kk; did you mean k?\n  set kk.freq 3\n      ^"},
             Wrong{"set k.freq fast", "freq wants a number in Hz, not fast\n  set k.freq fast\n             ^"},
             Wrong{"patch k > nowhere", "nowhere is neither a module nor a type; there is k\n  patch k > nowhere\n            ^"},
             Wrong{"patch k > > out", "column 11: a module is missing before >\n  patch k > > out\n            ^"},
             Wrong{"set k.freq", "column 11: set wants a parameter and a value\n  set k.freq\n            ^"},
             Wrong{"mute hats", "there is no track hats\n  mute hats\n       ^"},
             Wrong{"tempo fast", "bpm should be a number from 20 to 999 bpm, not the text fast\n  tempo fast\n        ^"},
             Wrong{"sequence k: X..y", "column 4: 'y' is no step; X x g are hits, f F flams, . - ~ rests, _ holds the step before\n  X..y\n     ^"},
             Wrong{"save patch deep groove", "column 17: a name of several words stands in quotes\n  save patch deep groove\n                  ^"},
         }) {
        Desk desk;
        desk.done("create kick k");
        const Outcome outcome = desk.take(std::string(wrong.line));
        CAPTURE(wrong.line);
        REQUIRE_FALSE(outcome.done);
        CHECK(text_of(outcome.words.at(1)) == wrong.reason);
    }
}

TEST_CASE("help tells a type's and its parameters' other names", "[lines]") {
    Instrument instrument;
    const std::string help = instrument.done("help tb303");
    CHECK(help.starts_with("acid-bass: Acid bass: saw and square through the acid filter, played by notes and accents (also bassline, tb303)"));
    CHECK(help.find("overdrive before the filter (also distortion)") != std::string::npos);
    CHECK(instrument.done("help hihat").find("what it is made of (also type, source)") != std::string::npos);
}
