// What a saved patch reads like.
#include "studio/patch_text.h"

#include "studio/instrument.h"

using namespace chronus;

namespace {

struct Desk : Instrument {
    std::string text() { return print_patch(studio(), console().types()); }
    // After these lines.
    std::string text_after(const std::string& lines) {
        load(lines);
        return text();
    }
};

}  // namespace

TEST_CASE("an empty studio is its tempo", "[patches]") { CHECK(Desk().text() == "tempo 120\n"); }

TEST_CASE("a patch reads as a person would have written it: sources first, defaults left out", "[patches]") {
    CHECK(Desk().text_after("create reverb hall mix=1 room=0.7\n"
                            "create reese bass cutoff=500 level=0.7\n"  // 500 is its default
                            "tempo 126\nswing 0.15\n"
                            "create kick k\nset k.freq 50\n"
                            "create hat h noise=white\n"
                            "create adsr duck sustain=0\n"
                            "connect k.gate > duck.gate\n"
                            "patch duck > bass.level -0.6\n"
                            "patch bass > delay > drive > out 0.5\n"
                            "connect h > hall 0.2\n"
                            "connect h.out > hall.left 0.25\n"
                            "alias boom k\n"
                            "sequence k: X...X...\n"
                            "sequence bass: ..X_..X_\nmelody bass: A1 C2\n"
                            "/seq/add tick h x.x. filter_freq=0 base_amp=0.5\n"
                            "mute tick\n") ==
          "tempo 126\nswing 0.15\n"
          "\n"
          "create hat h noise=white\n"
          "create reverb hall mix=1 room=0.7\n"
          "create kick k freq=50\n"
          "create adsr duck sustain=0\n"
          "create reese bass level=0.7\n"
          "create delay\n"
          "create drive\n"
          "\n"
          "connect k.gate > duck.gate\n"
          "patch duck > bass.level -0.6\n"
          "patch bass > delay > drive > out 0.5\n"
          "connect h > hall.left 0.25\n"
          "connect h > hall.right 0.2\n"
          "\n"
          "alias boom k\n"
          "\n"
          "sequence k: X...X...\n"
          "sequence bass: ..X_..X_\n"
          "melody bass: A1 C2\n"
          "/seq/add tick h x.x. base_amp=0.5 filter_freq=0\n"
          "mute tick\n");
}

TEST_CASE("nothing of what a patch keeps is lost in its text", "[patches]") {
    Desk desk;
    SECTION("the seed") { CHECK(desk.text_after("seed 9007199254740991\n") == "tempo 120\nseed 9007199254740991\n"); }
    SECTION("the transport") {
        CHECK(desk.text_after("tempo 174.123\nswing 0.6\nbars 32\nlimiter off\n") == "tempo 174.123\nswing 0.6\nbars 32\nlimiter off\n");
    }
    SECTION("lanes") { CHECK(desk.text_after("create saw pad poly=4\n") == "tempo 120\n\ncreate saw pad poly=4\n"); }
    SECTION("which cable closes a loop, also where the one that closed it first is made anew") {
        CHECK(desk.text_after("create delay a quiet\ncreate delay b quiet\nconnect a > b\nconnect b > a 0.5\ndisconnect a b\nconnect a > b\n") ==
              "tempo 120\n\ncreate delay a\ncreate delay b quiet\n\nconnect b > a 0.5 delayed\npatch a > b\n");
    }
    SECTION("a cable that patch may take away") {
        CHECK(desk.text_after("create kick k\ndisconnect k out.left\n") == "tempo 120\n\ncreate kick k quiet\n\nconnect k.out > out.right 1 automatic\n");
    }
    SECTION("a gain in the parameter's own unit") {
        CHECK(desk.text_after("create lfo l\ncreate svf f quiet\npatch l > f.cutoff 800Hz\n") ==
              "tempo 120\n\ncreate lfo l\ncreate svf f quiet\n\npatch l > f.cutoff 800Hz\n");
    }
    SECTION("a part that was set before the name that stands for it, or after") {
        const std::string first = "create reese b left_filter/cutoff=300 cutoff=700\n", then = "create reese b cutoff=700 left_filter/cutoff=300\n";
        CHECK(desk.text_after(first) == "tempo 120\n\ncreate reese b left_filter/cutoff=300 cutoff=700\n");
        CHECK(Desk().text_after(then) == "tempo 120\n\ncreate reese b cutoff=700 left_filter/cutoff=300\n");
        CHECK(Desk().text_after("create reese b left_filter/cutoff=300\nset b.cutoff 500\n") ==
              "tempo 120\n\ncreate reese b left_filter/cutoff=300 cutoff=500\n");  // 500 is the default, but not what was there
    }
    SECTION("numbers, to the last bit") {
        CHECK(desk.text_after("create kick k freq=60.000004 decay=0.1\n") == "tempo 120\n\ncreate kick k freq=60.000004 decay=0.1\n");
    }
    SECTION("names that look like numbers") {
        REQUIRE(desk.take(Message{"/create", {std::string("kick"), std::string("1e3")}}).done);
        CHECK(desk.text_after("create kick 7\nsequence 7: X\n") == "tempo 120\n\ncreate kick \"1e3\"\ncreate kick 7\n\nsequence 7: X\n");
    }
    SECTION("a track with a name of its own") {
        CHECK(desk.text_after("create kick k\n/seq/add \"two hats\" k \"X. x.\" notes=\"C2, G2\" gate_frac=0.3\n") ==
              "tempo 120\n\ncreate kick k\n\n/seq/add \"two hats\" k \"X. x.\" gate_frac=0.3 notes=\"C2, G2\"\n");
    }
    SECTION("an alias, but for one that leads nowhere any more") {
        CHECK(desk.text_after("create kick k\ncreate kick l\nalias 1 k\nalias 2 l\nremove l\n") == "tempo 120\n\ncreate kick k\n\nalias 1 k\n");
    }
}
