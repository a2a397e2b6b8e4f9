// The daemon and its client as programs: how they begin, how they end and what they say when they can't.
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <fstream>

#include "catch.h"
#include "chronusd/daemon.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

const std::string kAcid = CHRONUS_SOURCE_PATH "/patterns/acid.chr";

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

struct SoundFile {
    SF_INFO info{};
    std::vector<float> samples;
};

SoundFile read_sound(const std::string& path) {
    SoundFile all;
    SNDFILE* file = sf_open(path.c_str(), SFM_READ, &all.info);
    REQUIRE(file);
    all.samples.resize(static_cast<std::size_t>(all.info.frames * all.info.channels));
    CHECK(sf_readf_float(file, all.samples.data(), all.info.frames) == all.info.frames);
    sf_close(file);
    return all;
}

Ended render(const std::string& what, const std::string& out, CommandLine more = {}) {
    CommandLine words{"--render", what, "--out", out};
    words.insert(words.end(), more.begin(), more.end());
    return run(CHRONUSD_PROGRAM, words);
}

}  // namespace

TEST_CASE("SIGINT and SIGTERM end the daemon, and its socket goes with it", "[daemon]") {
    const Folder folder;
    for (const int signal : {SIGINT, SIGTERM}) {
        Daemon daemon(folder / "a.sock");
        CHECK(std::filesystem::is_socket(folder / "a.sock"));
        daemon.process.signal(signal);
        const Ended ended = daemon.process.wait_for_end();
        CHECK(ended.status == 0);
        CHECK(ended.err.empty());
        CHECK_FALSE(std::filesystem::exists(folder / "a.sock"));
    }
}

TEST_CASE("the daemon ends by itself after --seconds", "[daemon]") {
    const Folder folder;
    const Ended ended = run(CHRONUSD_PROGRAM, Daemon::words(folder / "a.sock", {"--seconds", "1", kAcid}));
    CHECK(ended.status == 0);
    CHECK(ended.err.empty());
    CHECK(has(ended.out, "playing on null at 48000 Hz"));
    CHECK_FALSE(std::filesystem::exists(folder / "a.sock"));
}

TEST_CASE("what the daemon says to try at its start is done", "[daemon]") {
    const Folder folder;
    for (const CommandLine& song : {CommandLine{}, CommandLine{kAcid}, CommandLine{"--empty"}}) {
        Daemon daemon(folder / "a.sock", song);
        std::string line = daemon.process.wait_for_line("chronus --socket ");
        line.replace(0, line.find(" --socket "), CHRONUS_PROGRAM);
        const std::string osc = daemon.process.wait_for_line("oscsend localhost ");
        CHECK(has(osc, "localhost " + daemon.port + " /"));
        if (song == CommandLine{"--empty"})
            CHECK(run(CHRONUS_PROGRAM, {"--port", daemon.port, "create kick"}).status == 0);
        const Ended said = run("/bin/sh", {"-c", line});
        CAPTURE(line, said.err);
        CHECK(said.status == 0);
    }
}

TEST_CASE("chronus exits 0 for what was done and 1 for what was refused, over either socket", "[daemon]") {
    const Folder folder;
    Daemon daemon(folder / "a.sock");
    for (const CommandLine& where :
         {CommandLine{"--port", daemon.port}, CommandLine{"--socket", folder / "a.sock"}}) {
        const auto say = [&](CommandLine lines, const std::string& input = "") {
            lines.insert(lines.begin(), where.begin(), where.end());
            return run(CHRONUS_PROGRAM, lines, input);
        };
        Ended said = say({"clear", "create kick k", "get k.freq"});
        CHECK(said.status == 0);
        CHECK(has(said.out, "\n52 Hz"));
        CHECK(said.err.empty());

        said = say({"create kik", "tempo 140"});
        CHECK(said.status == 1);
        CHECK(said.err ==
              "error: there is no type kik; did you mean kick, kit, rim?\n  create kik\n         ^\n"
              "try: /create kick k freq=52\n");
        CHECK(has(said.out, "140 bpm at "));

        said = say({}, "# a song\ntempo 150\n\nset k.freq\n");
        CHECK(said.status == 1);
        CHECK(has(said.out, "150 bpm at "));
        CHECK(has(said.err, "line 4: error: "));

        said = say({"--json", "get k.freq", "get k.fre"});
        CHECK(said.status == 1);
        CHECK(has(said.out, R"({"ok":true,"address":"/do","values":[52.0,"Hz")"));
        CHECK(has(said.out, R"({"ok":false,"address":"/do","code":)"));
    }
    CHECK(run(CHRONUS_PROGRAM, {"--port", daemon.port, "/quit"}).status == 0);
    CHECK(daemon.process.wait_for_end().status == 0);
}

TEST_CASE("chronus without a daemon says how to start one", "[daemon]") {
    const Folder folder;
    const Ended said =
        run(CHRONUS_PROGRAM, {"--timeout", "0.1", "--socket", folder / "none.sock", "play", "stop"});
    CHECK(said.status == 1);
    CHECK(said.out.empty());
    CHECK(said.err == "error: no daemon answers at " + (folder / "none.sock") +
                          "; start one\ntry: chronusd --socket " + (folder / "none.sock") + "\n");
}

TEST_CASE("a second daemon says who holds its port, and leaves the first one's log alone", "[daemon]") {
    const Folder folder;
    Daemon first(folder / "a.sock", {"--empty", "--log", folder / "session.osc"});
    CHECK(run(CHRONUS_PROGRAM, {"--port", first.port, "create kick k", "tempo 140"}).status == 0);
    const CommandLine with_log{"--empty", "--log", folder / "session.osc"};
    CommandLine same_port{"--device", "null", "--port", first.port, "--socket", folder / "b.sock"};
    same_port.insert(same_port.end(), with_log.begin(), with_log.end());
    const Ended second = run(CHRONUSD_PROGRAM, same_port);
    CHECK(second.status == 1);
    CHECK(second.err ==
          "chronusd: can't listen on UDP port " + first.port + ": chronusd (process " +
              std::to_string(first.process.id()) + ") holds it\ntry: chronusd --port " +
              std::to_string(std::stoi(first.port) == 65535 ? 5005 : std::stoi(first.port) + 1) + "\n");
    CHECK_FALSE(std::filesystem::exists(folder / "b.sock"));
    const Ended third = run(CHRONUSD_PROGRAM, Daemon::words(folder / "a.sock", with_log));
    CHECK(third.status == 1);
    CHECK(has(third.err,
              "chronusd: can't listen at " + (folder / "a.sock") + ": another daemon listens there\n"));

    first.process.signal(SIGINT);
    CHECK(first.process.wait_for_end().status == 0);
    const std::string log = text_of_file(folder / "session.osc");
    for (const char* line : {" /session/start ", " /create ss \"kick\" \"k\"", " /tempo "}) {
        CAPTURE(line, log);
        CHECK(has(log, line));
    }
}

TEST_CASE("what the daemon cannot do it says in a line, and exits with 1", "[daemon]") {
    const Folder folder;
    const auto file = [&](const std::string& name, const std::string& text) {
        write_file(folder / name, text);
        return folder / name;
    };
    const std::string step = file("step.chr", "create kick k\nsequence k: X..y\n");
    const std::string quote = file("quote.chr", "tempo 120\n\ncreate kick \"k\n");
    const std::string verb = file("verb.chr", "tempo 120\nwobble bass\n");
    const std::string type = file("type.chr", "tempo 120\ncreate kik\nset kik.level 1\n");
    const std::string noise =
        file("noise.chr", std::string(3000, '\xfe') + "\n" + std::string("\0\x01\"", 3));
    const std::string log =
        file("log.osc", "@0 /session/start ii 48000 1\n@64 /tempo i 140\n@128 /tempo f\n");
    const std::string fast =
        file("fast.osc", "@0 /session/start ii 48000 1\n@64 /tempo i 140\n@12 /tempo i 150\n");
    const std::string out = folder / "out.wav";

    struct Row {
        CommandLine words;
        std::string said;
    };
    const Row rows[] = {
        {{"no-such.chr"}, "there is no file no-such.chr"},
        {{"--render", "no-such.chr", "--out", out}, "there is no file no-such.chr"},
        {{step}, step + ", line 2: column 4: 'y' is no step"},
        {{quote}, quote + ", line 3: column 13: this quote is never closed"},
        {{verb}, verb + ", line 2: wobble is no command"},
        {{type}, type + ", line 2: there is no type kik; did you mean kick, kit, rim?"},
        {{noise}, noise + ", line "},
        {{"--render", step, "--out", out}, step + ", line 2: column 4: 'y' is no step"},
        {{"--render", quote, "--out", out}, quote + ", line 3: column 13: this quote is never closed"},
        {{"--render", verb, "--out", out}, verb + ", line 2: wobble is no command"},
        {{"--render", type, "--out", out},
         type + ", line 2: there is no type kik; did you mean kick, kit, rim?"},
        {{"--render", log, "--out", out}, log + ", line 3, column 14: expected a finite number"},
        {{"--render", fast, "--out", out}, fast + ", line 3"},
        {{"--device", "no-such-device"}, "no device is called 'no-such-device'; there are: "},
        {{"--rate", "100"}, "--rate: Value 100 not in range 8000 to 384000"},
        {{"--rate", "1000000"}, "--rate: Value 1000000 not in range 8000 to 384000"},
        {{"--rate", "fast"}, "--rate: Value fast not in range 8000 to 384000"},
        {{"--frames", "-1"}, "--frames: Value -1 not in range 0 to 65536"},
        {{"--seconds", "-1"}, "--seconds: Value -1 not in range 0"},
        {{"--seconds", "nan"}, "--seconds: Value nan is no number"},
        {{"--samples", "8"}, "--samples: 8 not in {float,24,16}"},
        {{"--port", "100000"}, "--port"},
        {{"--loud"}, "--loud"},
        {{"--render", kAcid, "--bars", "1", "--out", folder / "none/out.wav"},
         "there is no folder '" + (folder / "none") + "'"},
        {{"--render", kAcid, "--bars", "1", "--out", folder / "out.mp3"},
         "'" + (folder / "out.mp3") + "' is neither .wav nor .flac"},
        {{"--log", folder / "none/session.osc"},
         "cannot write " + (folder / "none/session.osc") + ": No such file or directory"},
        {{"--socket", folder / "none/a.sock"}, "can't listen at " + (folder / "none/a.sock")},
    };
    for (const Row& row : rows) {
        CommandLine words;
        const auto sets = [&](const char* option) { return row.words[0] == option; };
        if (!sets("--device")) words.insert(words.end(), {"--device", "null"});
        if (!sets("--port")) words.insert(words.end(), {"--port", "0"});
        if (!sets("--socket")) words.insert(words.end(), {"--socket", folder / "a.sock"});
        words.insert(words.end(), row.words.begin(), row.words.end());
        const Ended ended = run(CHRONUSD_PROGRAM, words);
        CAPTURE(row.words, ended.out, ended.err);
        CHECK(ended.status == 1);
        const std::string first = ended.err.substr(0, ended.err.find('\n'));
        CHECK(has(first, row.said));
        // One to try may follow; a caret below what was written takes two more.
        CHECK(std::count(ended.err.begin(), ended.err.end(), '\n') <= (has(ended.err, "^\n") ? 4 : 2));
        CHECK_FALSE(has(ended.out, "playing"));
        CHECK_FALSE(std::filesystem::exists(out));
        CHECK_FALSE(std::filesystem::exists(folder / "a.sock"));
    }
}

TEST_CASE("a song that is not found leaves the log of the last session alone", "[daemon]") {
    const Folder folder;
    write_file(folder / "session.osc", "@0 /session/start ii 48000 1\n");
    const CommandLine words =
        Daemon::words(folder / "a.sock", {"no-such.chr", "--log", folder / "session.osc"});
    CHECK(run(CHRONUSD_PROGRAM, words).status == 1);
    CHECK(text_of_file(folder / "session.osc") == "@0 /session/start ii 48000 1\n");
}

TEST_CASE("what is asked by --help, --version and --list-devices is answered", "[daemon]") {
    Ended said = run(CHRONUSD_PROGRAM, {"--help"});
    CHECK(said.status == 0);
    for (const char* option :
         {"--empty", "--device", "--rate", "--port", "--socket", "--seconds", "--log", "--render", "--bars"})
        CHECK(has(said.out, option));
    said = run(CHRONUSD_PROGRAM, {"--list-devices"});
    CHECK(said.status == 0);
    CHECK(has(said.out, "null: "));
    CHECK(run(CHRONUSD_PROGRAM, {"--version"}).out == run(CHRONUSD_PROGRAM, {"--version"}).out);
    CHECK(run(CHRONUSD_PROGRAM, {"--version"}).status == 0);
    CHECK(run(CHRONUS_PROGRAM, {"--help"}).status == 0);
    CHECK(run(CHRONUS_PROGRAM, {"--version"}).status == 0);
}

TEST_CASE("a song renders to the same bytes each time, and to integers that are nearest to its floats",
          "[daemon]") {
    const Folder folder;
    const CommandLine length{"--bars", "1", "--tail", "0.5"};
    Ended ended = render(kAcid, folder / "a.wav", length);
    CAPTURE(ended.out, ended.err);
    REQUIRE(ended.status == 0);
    CHECK(has(ended.out, "0 refused"));
    REQUIRE(render(kAcid, folder / "b.wav", length).status == 0);
    CHECK((text_of_file(folder / "a.wav") == text_of_file(folder / "b.wav")));

    const SoundFile floats = read_sound(folder / "a.wav");
    CHECK(floats.info.channels == 2);
    CHECK(floats.info.samplerate == 48000);
    CHECK(floats.info.frames == std::lround(4 * 60.0 / 136 * 48000) + 24000);
    CHECK((floats.info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_FLOAT);
    float peak = 0;
    for (const float sample : floats.samples) peak = std::max(peak, std::abs(sample));
    CHECK(peak > 0.1f);

    struct Kind {
        const char *name, *samples;
        int type, bits;
    };
    for (const Kind& kind : {Kind{"c.flac", "24", SF_FORMAT_PCM_24, 24},
                             {"d.wav", "24", SF_FORMAT_PCM_24, 24},
                             {"e.wav", "16", SF_FORMAT_PCM_16, 16},
                             {"f.flac", "16", SF_FORMAT_PCM_16, 16}}) {
        CAPTURE(kind.name);
        REQUIRE(render(kAcid, folder / kind.name, {"--bars", "1", "--tail", "0.5", "--samples", kind.samples})
                    .status == 0);
        const SoundFile whole = read_sound(folder / kind.name);
        CHECK((whole.info.format & SF_FORMAT_SUBMASK) == kind.type);
        CHECK(((whole.info.format & SF_FORMAT_TYPEMASK) == SF_FORMAT_FLAC) == has(kind.name, ".flac"));
        REQUIRE(whole.samples.size() == floats.samples.size());
        double furthest = 0;
        for (std::size_t i = 0; i < whole.samples.size(); ++i)
            furthest = std::max(furthest, std::abs(double(whole.samples[i]) - double(floats.samples[i])));
        CHECK(furthest <= 1.0 / std::pow(2, kind.bits - 1));
    }
}

TEST_CASE("the log of a live session renders, twice the same and nothing refused", "[daemon]") {
    const Folder folder;
    Daemon daemon(folder / "a.sock", {kAcid, "--log", folder / "session.osc"});
    const CommandLine lines{
        "--port",   daemon.port,           "tempo 150",  "create kick extra", "sequence extra: X.X.",
        "mute pad", "set line.cutoff 900", "remove tom", "create kik"};
    CHECK(run(CHRONUS_PROGRAM, lines).status == 1);
    CHECK(run(CHRONUS_PROGRAM, {"--port", daemon.port, "/quit"}).status == 0);
    CHECK(daemon.process.wait_for_end().status == 0);
    for (const char* name : {"a.wav", "b.wav"}) {
        const Ended ended = render(folder / "session.osc", folder / name);
        CAPTURE(ended.out, ended.err);
        REQUIRE(ended.status == 0);
        CHECK(has(ended.out, ", 0 refused"));
        CHECK(ended.err.empty());
    }
    CHECK((text_of_file(folder / "a.wav") == text_of_file(folder / "b.wav")));
    // Up to its last message, and two seconds of tail.
    const std::string log = text_of_file(folder / "session.osc");
    CHECK(has(log, " /session/end"));
    const sf_count_t last = std::stoll(log.substr(log.rfind('@') + 1));
    CHECK(read_sound(folder / "a.wav").info.frames == last + 96000);
}
