// The line language: what people and agents type.
#include "studio/line.h"

#include "studio/instrument.h"

using namespace chronus;

namespace {

std::string messages_of(const std::string& line) {
    const auto messages = read_line(line);
    if (!messages) return "refused: " + messages.refusal().reason;
    std::string all;
    for (const Message& message : *messages) all += (all.empty() ? "" : " ; ") + print_message(message);
    return all;
}

std::string refusal_of(const std::string& line) {
    const auto messages = read_line(line);
    INFO(line << " became " << messages_of(line));
    REQUIRE_FALSE(messages);
    CHECK_FALSE(messages.refusal().code.empty());
    return messages.refusal().reason;
}

}  // namespace

TEST_CASE("each form of a line is the message that it says") {
    const std::pair<const char*, const char*> kLines[] = {
        {"create kick freq=60 decay=0.5", "/create kick freq=60 decay=0.5"},
        {"create hihat noise=white decay=0.05", "/create hihat noise=white decay=0.05"},
        {"create saw s1 quiet poly=8", "/create saw s1 quiet poly=8"},
        {"load tb303_module", "/create tb303_module"},
        {"load tb303 bass", "/create tb303 bass"},
        {"patch tb303 > filter > delay", "/patch tb303 filter delay"},
        {"patch a>b>out 0.5", "/patch a b out 0.5"},
        {"patch lfo1.out > bass.cutoff 800Hz", "/patch lfo1.out bass.cutoff 800Hz"},
        {"set oscillator.freq 440", "/mod/oscillator/freq 440"},
        {"set bass.distortion 0.7", "/mod/bass/distortion 0.7"},
        {"set a.b 1 c.d 2.5", "/mod/a/b 1 ; /mod/c/d 2.5"},
        {"set voice1.filter/freq 800", "/mod/voice1/filter/freq 800"},
        {"get bass.cutoff", "/mod/bass/cutoff"},
        {"sequence kick: x...x...", "/sequence kick x...x..."},
        {"sequence k:    X...x.....X.x...", "/sequence k X...x.....X.x..."},
        {"sequence k :x.x.", "/sequence k x.x."},
        {"sequence k x.x.", "/sequence k x.x."},
        {"melody bass: C2 C2 G2 Eb2", "/melody bass \"C2 C2 G2 Eb2\""},
        {"melody bass: C2 . C2 G2 | Eb2 _ . C3^", "/melody bass \"C2 . C2 G2 | Eb2 _ . C3^\""},
        {"melody bass: C#2 F# # sharps stay, comments go", "/melody bass \"C#2 F#\""},
        {"play", "/play"},
        {"play all", "/play all"},
        {"stop", "/stop"},
        {"add reverb to bass amount=0.3", "/add reverb bass amount=0.3"},
        {"add reverb bass", "/add reverb bass"},
        {"remove k", "/remove k"},
        {"connect a.out b.in 0.5", "/connect a.out b.in 0.5"},
        {"connect a > b", "/connect a b"},
        {"disconnect a b", "/disconnect a b"},
        {"disconnect a > b", "/disconnect a b"},
        {"gate k 0.8", "/gate/k 0.8"},
        {"gate voice1.gate", "/gate/voice1/gate"},
        {"note bass C2 0.5", "/note/bass C2 0.5"},
        {"tempo 174", "/tempo 174"},
        {"swing 0.2", "/swing 0.2"},
        {"mute hats", "/mute hats"},
        {"unmute hats", "/unmute hats"},
        {"limiter off", "/limiter off"},
        {"alias filter1 voice1/filter", "/alias filter1 voice1/filter"},
        {"bars 16", "/bars 16"},
        {"/mod/voice1/freq 440", "/mod/voice1/freq 440"},
        {"/seq/add kick voice1 X... 55", "/seq/add kick voice1 X... 55"},
        {"  status  ", "/status"},
    };
    for (const auto& [line, message] : kLines) {
        CAPTURE(line);
        CHECK(messages_of(line) == message);
    }
}

TEST_CASE("numbers are whole, real or text, as they are written") {
    const auto arguments = [](const std::string& line) { return (*read_line(line))[0].arguments; };
    CHECK(arguments("set a.b 5")[0] == Argument(std::int32_t{5}));
    CHECK(arguments("set a.b 5.0")[0] == Argument(5.0f));
    CHECK(arguments("set a.b -1e3")[0] == Argument(-1000.0f));
    CHECK(arguments("set a.b saw")[0] == Argument(std::string("saw")));
    CHECK(arguments("set a.b \"5\"")[0] == Argument(std::string("5")));
    CHECK(arguments("set a.b 99999999999")[0] == Argument(std::int64_t{99999999999}));
}

TEST_CASE("empty lines and comments are no message") {
    for (const char* line : {"", "   ", "\t", "# all of it", "   # indented", "\r"}) {
        CAPTURE(line);
        CHECK(messages_of(line).empty());
    }
    CHECK(messages_of("tempo 120 # as it was") == "/tempo 120");
}

TEST_CASE("quotes keep spaces and signs together") {
    CHECK(messages_of("alias \"a b\" voice1") == "/alias \"a b\" voice1");
    CHECK(messages_of("/seq/update/notes bass \"C2 E2\"") == "/seq/update/notes bass \"C2 E2\"");
    CHECK(messages_of("sequence k: \"x... x...\"") == "/sequence k \"x... x...\"");
}

TEST_CASE("what is wrong is said with its column or a form that works") {
    CHECK(refusal_of("patch > a").find("column 7") != std::string::npos);
    CHECK(refusal_of("patch a > > b").find("column 11") != std::string::npos);
    CHECK(refusal_of("patch a b > c").find("column 9") != std::string::npos);
    CHECK(refusal_of("patch a > b 0.5 > c").find("column 13") != std::string::npos);
    CHECK(refusal_of("alias \"a b").find("column 7") != std::string::npos);
    CHECK(refusal_of("creat kick").find("create") != std::string::npos);
    CHECK(refusal_of("st bass.cutoff 5").find("set") != std::string::npos);
    for (const char* line : {"set", "set a.b", "set a.b 1 c.d", "get", "get a b", "patch", "patch a", "patch a >", "load", "gate",
                             "note", "frobnicate", "patch a >> b"}) {
        CAPTURE(line);
        const auto messages = read_line(line);
        REQUIRE_FALSE(messages);
        CHECK_FALSE(messages.refusal().example.empty());
        CHECK(read_line(messages.refusal().example));
    }
}

TEST_CASE("a file's refusal names file and line") {
    const auto read = read_lines("tempo 120\n\n# fine\nset bass\n", "song.chr");
    REQUIRE_FALSE(read);
    CHECK(read.refusal().reason.starts_with("song.chr, line 4: "));
    CHECK(read_lines("tempo 120\r\nplay\r\n", "dos.chr")->size() == 2);
    CHECK((*read_lines("sequence k: x...\r\n", "dos.chr"))[0].message == Message{"/sequence", {std::string("k"), std::string("x...")}});
}

TEST_CASE("no line, however odd, does more than be refused") {
    for (const std::string& line : {std::string(100000, 'a'), std::string(1000, '"'), std::string(1000, '>'), std::string("set \0 1", 7),
                                    std::string("\xff\xfe\x80"), std::string("melody"), std::string("melody :"), std::string("sequence :x"),
                                    std::string("= = ="), std::string("/"), std::string("/ 1"), std::string("patch . > .")}) {
        Instrument instrument;
        instrument.take(line);
        CHECK(instrument.studio() == Studio{});
    }
}

TEST_CASE("the seeds' examples are all done, one after another") {
    Instrument instrument;
    for (const char* line : {"create kick freq=60 decay=0.5", "create hihat noise=white decay=0.05", "load tb303_module",
                             "patch tb303 > filter > delay", "create oscillator", "set oscillator.freq 440", "create acid-bass bass",
                             "add drive to bass", "set drive.distortion 0.7", "sequence kick: x...x...", "melody bass: C2 C2 G2 Eb2", "play all",
                             "add reverb to bass amount=0.3", "tempo 174", "swing 0.1", "mute kick", "unmute kick"})
        instrument.done(line);
    CHECK(instrument.studio().modules.at("kick").bases.at("freq") == 60);
    CHECK(instrument.studio().modules.contains("tb303"));
    const Sound sound = instrument.play(48000);
    CHECK(*std::max_element(sound.left.begin(), sound.left.end()) > 0.01f);
}
