// save, load and the others, as they are answered.
#include <fstream>

#include "studio/instrument.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

struct Desk : Instrument {
    Desk() { console().keep_patches_in(folder.path); }
    void write(const std::string& name, const std::string& text) { std::ofstream(folder.path / (name + ".chr")) << text; }

    const ScratchFolder folder;
};

bool is_silent(const Sound& sound) {
    return std::all_of(sound.left.begin(), sound.left.end(), [](float s) { return std::abs(s) < 1e-4f; });
}

}  // namespace

TEST_CASE("a patch is saved, listed, shown, compared, renamed and deleted", "[patches]") {
    Desk desk;
    CHECK(desk.done("list patches").empty());
    desk.done("create kick k freq=60");
    CHECK(desk.done("save patch \"deep groove\"") == "deep groove modules 1 tracks 0");
    CHECK(desk.done("save patch \"deep groove\"") == "deep groove modules 1 tracks 0 in place of the one before");
    desk.done("set k.freq 70");
    CHECK(desk.done("save patch other") == "other modules 1 tracks 0");
    CHECK(desk.done("list patches") == "deep groove other");
    CHECK(desk.done("show patch other") == "tempo 120\n\ncreate kick k freq=70");
    CHECK(desk.done("show patch") == "tempo 120\n\ncreate kick k freq=70");
    CHECK(desk.done("diff \"deep groove\" other") == "- create kick k freq=60 + create kick k freq=70");
    CHECK(desk.done("diff patch other") == "no difference");
    CHECK(desk.done("rename patch other dive") == "other dive");
    CHECK(desk.done("delete patch \"deep groove\"") == "deep groove");
    CHECK(desk.done("list patches") == "dive");
    CHECK(desk.refused("load patch dove").starts_with("unknown there is no patch dove; did you mean dive?"));
    CHECK(desk.refused("save patch ../dive").starts_with("syntax"));
}

TEST_CASE("load puts a patch in the place of everything", "[patches]") {
    Desk desk;
    desk.load("create kick k freq=60\ntempo 140\nswing 0.2\nlimiter off\nalias boom k\nsequence k: X...\n");
    desk.done("save patch one");
    desk.done("new patch");
    CHECK(desk.studio().modules.empty());
    CHECK(desk.studio().tempo == 120000);
    desk.load("create voice s\ncreate hat k\nsequence k: xxxx\nmelody s: C2\ntempo 99\n");
    CHECK(desk.done("load patch one") == "one modules 1 tracks 1");
    CHECK(desk.studio().modules.size() == 1);
    CHECK(desk.studio().modules.at("k").type == "kick");
    CHECK(desk.studio().tempo == 140000);
    CHECK_FALSE(desk.studio().limiter);
    CHECK(desk.studio().aliases.at("boom") == "k");
    CHECK(desk.studio().tracks.at("k").steps == "X...");
    CHECK(desk.studio().tracks.size() == 1);
}

TEST_CASE("a patch that is loaded while it plays goes on playing", "[patches]") {
    Desk desk;
    desk.load("create kick k\nsequence k: X...\nplay\n");
    desk.play(24000);
    desk.done("save patch one");
    desk.done("load patch one");
    CHECK_FALSE(is_silent(desk.play(48000)));
}

TEST_CASE("loading waits for the bar, and the new patch is heard from there on", "[patches]") {
    Desk desk;
    desk.load("create kick k level=0.5\n");
    desk.done("save patch one");
    desk.load("new patch\ntempo 120\nplay\n");
    desk.play(24000);
    CHECK(desk.done("load patch one bar") == "one queued until bar 2 beat 1, frame 96000");
    CHECK(desk.studio().modules.empty());
    desk.play(96000 - 24000 - 256);
    CHECK(desk.studio().modules.empty());
    desk.play(512);
    CHECK(desk.studio().modules.size() == 1);
    CHECK(desk.refused("load patch two bar").starts_with("unknown"));
    CHECK(desk.refused("load patch one sometime").starts_with("syntax"));
}

TEST_CASE("what a patch has that this instrument does not know is named, the rest is loaded", "[patches]") {
    Desk desk;
    desk.write("newer", "tempo 100\ncreate warp w depth=2\ncreate kick k zing=1\ncreate hat h decay=99\nconnect w > out\nwobble 3\n"
                        "save patch loop\nload patch newer\nquit\nsequence h: x.x.\nsequence w: x\n");
    const std::string answer = desk.done("load patch newer");
    CAPTURE(answer);
    for (const char* part : {"newer modules 1 tracks 1", "line 2 left out: there is no type warp", "line 3 left out: k (kick) has no parameter zing",
                             "line 4: decay 99 clamped to 2 s", "line 5 left out: there is no module w", "line 6 left out: wobble is no command",
                             "line 7 left out: /patch/save is no part of a patch", "line 8 left out: /patch/load is no part of a patch",
                             "line 9 left out: /quit is no part of a patch", "line 11 left out:"})
        CHECK(answer.find(part) != std::string::npos);
    CHECK(answer.find("line 10") == std::string::npos);
    CHECK(desk.studio().modules.size() == 1);
    CHECK(desk.studio().tempo == 100000);
    CHECK_FALSE(desk.console().quitting());
}

TEST_CASE("of a file that is no patch nothing is done", "[patches]") {
    Desk desk;
    desk.load("create kick k\nsequence k: X...\n");
    const Studio before = desk.studio();
    desk.write("prose", "It was a dark\nand stormy night.\n");
    CHECK(desk.refused("load patch prose").starts_with("file prose is no patch: line 1 left out: It is no command"));
    CHECK(desk.studio() == before);
    desk.write("empty", "");
    desk.done("load patch empty");
    CHECK(desk.studio().modules.empty());
}

TEST_CASE("a seed is for an empty rack, and what it makes is heard", "[patches]") {
    const auto noise = [](const std::string& lines) {
        Instrument instrument;
        instrument.load(lines + "create noise n\n");
        return instrument.play(4800);
    };
    CHECK(noise("") == noise("seed 1\n"));
    CHECK_FALSE(noise("seed 7\n") == noise("seed 8\n"));
    CHECK(noise("seed 7\n") == noise("seed 8\nseed 7\n"));
    Desk desk;
    CHECK(desk.done("seed 123456789012") == "123456789012");
    CHECK(desk.done("seed") == "123456789012");
    desk.done("create kick");
    CHECK(desk.refused("seed 2").starts_with("taken"));
}

TEST_CASE("the classic slots are patches with a number", "[patches]") {
    Desk desk;
    desk.done("create kick k");
    CHECK(said(desk.take(Message{"/pattern/save", {3}})) == "slot 3 modules 1 tracks 0");
    CHECK(said(desk.take(Message{"/pattern/save", {12, std::string("verse")}})) == "slot 12 verse modules 1 tracks 0");
    CHECK(said(desk.take(Message{"/pattern/list", {}})) == "3 12 verse");
    desk.done("create hat h");
    CHECK(said(desk.take(Message{"/pattern/save", {12, std::string("chorus")}})) == "slot 12 chorus modules 2 tracks 0 in place of slot 12 verse");
    CHECK(desk.done("list patches") == "slot 12 chorus slot 3");
    // The transport stands: at once.
    CHECK(said(desk.take(Message{"/pattern/load", {3}})) == "slot 3 modules 1 tracks 0");
    desk.done("play");
    desk.play(4800);
    CHECK(said(desk.take(Message{"/pattern/load", {12}})) == "slot 12 chorus queued until bar 2 beat 1, frame 96000");
    CHECK(said(desk.take(Message{"/pattern/load", {12, 1}})) == "slot 12 chorus modules 2 tracks 0");
    CHECK(said(desk.take(Message{"/pattern/load", {12, std::string("immediate")}})) == "slot 12 chorus modules 2 tracks 0");
    CHECK_FALSE(desk.take(Message{"/pattern/load", {4}}).done);
    CHECK(said(desk.take(Message{"/pattern/save", {400}})).find("slot 400 clamped to 128") != std::string::npos);
}
