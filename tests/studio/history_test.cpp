// What was done can be undone and done again: exactly, for all or for one client, and without a click.
#include <cmath>

#include "studio/merge.h"
#include "studio/patch_text.h"
#include "studio/random_rack.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

std::string text_of(Instrument& instrument) { return print_patch(instrument.studio(), instrument.console().types()); }

// Of which there are two, who speak in turn.
struct Shared : Instrument {
    Shared() : ada(console().touches().speaker("ada")), ben(console().touches().speaker("ben")) { done("/session/start 48000 1"); }
    std::string says(std::uint32_t who, const std::string& line) {
        console().hear_from(who);
        std::string said = done(line);
        play(64);
        return said;
    }
    std::string does(std::uint32_t who, const std::string& line) {
        std::string said = says(who, line);
        play(48000);
        return said;
    }
    const std::uint32_t ada, ben;
};

// How the sound of two instruments differs that were given the same rack.
Sound sound_of(const Studio& studio, const Types& types, const std::filesystem::path& folder) {
    REQUIRE(PatchFolder(folder).write("heard", print_patch(studio, types)));
    Instrument fresh;
    fresh.console().keep_patches_in(folder);
    fresh.done("load patch heard");
    fresh.done("play");
    return fresh.play(24000);
}

}  // namespace

TEST_CASE("undo takes back the last change, redo does it again", "[history]") {
    Shared studio;
    studio.does(studio.ada, "create kick k freq=50");
    const Studio before = studio.studio();
    studio.does(studio.ada, "set k.freq 90");
    studio.does(studio.ada, "remove k");
    CHECK(studio.says(studio.ada, "undo").find("1 /remove k") == 0);
    CHECK(studio.studio().modules.at("k").bases.at("freq") == 90);
    CHECK(studio.says(studio.ada, "undo").find("1 /mod/k/freq 90") == 0);
    CHECK(is_same(studio.studio(), before));
    studio.says(studio.ada, "redo 2");
    CHECK(studio.studio().modules.empty());
    studio.says(studio.ada, "undo 3");
    CHECK(studio.studio().modules.empty());
    CHECK(studio.refused("undo").starts_with("unknown there is nothing to undo"));
    studio.says(studio.ada, "redo");
    CHECK(is_same(studio.studio(), before));
    studio.does(studio.ada, "tempo 99");  // what is done now leaves nothing to redo
    CHECK(studio.refused("redo").starts_with("unknown there is nothing to redo"));
}

TEST_CASE("what one client turns without a pause is one step", "[history]") {
    Shared studio;
    studio.does(studio.ada, "create saw a");
    studio.does(studio.ada, "create saw b");
    const Studio before = studio.studio();
    for (int i = 0; i < 50; ++i) studio.says(studio.ada, i % 2 ? "set a.freq " + std::to_string(100 + i) : "set b.freq " + std::to_string(200 + i));
    CHECK(studio.console().journal().steps().size() == 3);
    studio.play(48000);
    studio.says(studio.ada, "set a.freq 500");
    CHECK(studio.console().journal().steps().size() == 4);
    studio.says(studio.ben, "set a.freq 600");
    CHECK(studio.console().journal().steps().size() == 5);
    studio.says(studio.ada, "undo 2");
    CHECK(studio.studio().modules.at("a").bases.at("freq") == 149);
    studio.says(studio.ada, "undo");
    CHECK(is_same(studio.studio(), before));
}

TEST_CASE("a line or a pattern of addresses is one step", "[history]") {
    Shared studio;
    studio.does(studio.ada, "create saw a");
    studio.does(studio.ada, "create saw b");
    studio.does(studio.ada, "create kick c");
    const Studio before = studio.studio();
    studio.does(studio.ada, "set a.freq 100 b.freq 200 c.level 0.1");
    studio.says(studio.ada, "undo");
    CHECK(is_same(studio.studio(), before));
    studio.does(studio.ada, "set {a,b}.freq 300");
    studio.says(studio.ada, "undo");
    CHECK(is_same(studio.studio(), before));
}

TEST_CASE("undo for one client leaves what others have changed since, and names it", "[history]") {
    Shared studio;
    studio.does(studio.ben, "create reese bass");
    studio.does(studio.ada, "set bass.cutoff 900");
    studio.does(studio.ada, "set bass.level 0.3");
    studio.does(studio.ada, "sequence bass: X.X.");
    studio.does(studio.ben, "set bass.cutoff 1200");
    studio.does(studio.ben, "mute bass");
    studio.does(studio.ben, "tempo 140");
    studio.says(studio.ada, "undo mine");  // the sequence; its being muted is another's
    CHECK(studio.studio().tracks.contains("bass"));
    CHECK(studio.says(studio.ada, "undo mine").find("left as others") == std::string::npos);
    CHECK_FALSE(studio.studio().modules.at("bass").bases.contains("level"));
    CHECK(studio.says(studio.ada, "undo mine").find("left as others changed it since: bass.cutoff") != std::string::npos);
    CHECK(studio.studio().modules.at("bass").bases.at("cutoff") == 1200);
    CHECK(studio.studio().tempo == 140000);
    CHECK(studio.refused("undo mine").starts_with("unknown there is nothing to undo"));
    CHECK(studio.refused("undo by carl").starts_with("unknown nobody is called carl"));
    studio.says(studio.ada, "undo by ben");
    CHECK(studio.studio().tempo == 120000);
}

TEST_CASE("a module that others use now is not undone", "[history]") {
    Shared studio;
    studio.does(studio.ada, "create delay echo");
    studio.does(studio.ben, "create saw s");
    studio.does(studio.ben, "connect s > echo");
    CHECK(studio.says(studio.ada, "undo mine").find("echo") != std::string::npos);
    CHECK(studio.studio().modules.contains("echo"));
    CHECK(studio.studio().cables.size() == 6);  // two to the mix for each, and those between
}

TEST_CASE("undo waits for the bar, as the client who asked", "[history]") {
    Shared studio;
    studio.does(studio.ada, "create kick a");
    studio.says(studio.ada, "play");
    studio.does(studio.ada, "set a.freq 90");
    studio.does(studio.ben, "set a.level 0.5");
    CHECK(studio.says(studio.ada, "undo mine bar").find("queued until bar 3") == 0);
    studio.console().hear_from(studio.ben);
    studio.play(97000);
    CHECK_FALSE(studio.studio().modules.at("a").bases.contains("freq"));
    CHECK(studio.studio().modules.at("a").bases.at("level") == 0.5f);
}

TEST_CASE("a checkpoint is come back to, and that is undone", "[history]") {
    Shared studio;
    studio.does(studio.ada, "create kick k");
    studio.does(studio.ada, "sequence k: X...");
    studio.does(studio.ada, "checkpoint verse");
    const Studio verse = studio.studio();
    studio.does(studio.ada, "create hat h");
    studio.does(studio.ada, "sequence k: XXXX");
    studio.does(studio.ben, "tempo 174");
    const Studio after = studio.studio();
    studio.does(studio.ben, "back to verse");
    CHECK(is_same(studio.studio(), verse));
    studio.says(studio.ben, "undo");
    CHECK(is_same(studio.studio(), after));
    CHECK(studio.says(studio.ada, "checkpoint") == "verse");
    CHECK(studio.refused("back to vers").find("did you mean verse") != std::string::npos);
}

TEST_CASE("history tells who did what, where and whether it was undone", "[history]") {
    Shared studio;
    studio.does(studio.ada, "create kick k");
    studio.does(studio.ada, "play");
    studio.does(studio.ben, "set k.freq 60");
    studio.says(studio.ada, "undo");
    const std::string said = studio.done("history");
    CAPTURE(said);
    CHECK(said.find("1 at 0 by ada: /create kick k 2 at 96128 bar 1 beat 3.003 by ben: /mod/k/freq 60 (undone)") == 0);
}

TEST_CASE("what is undone while it sounds fades, and never clicks", "[history]") {
    Shared studio;
    studio.does(studio.ada, "create sine a freq=100");
    studio.does(studio.ada, "patch a > out 0.5");
    studio.does(studio.ada, "set a.freq 110");
    const auto jump = [](const Sound& sound) {
        float most = 0;
        for (std::size_t i = 2; i < sound.left.size(); ++i)
            most = std::max(most, std::abs(sound.left[i] - 2 * sound.left[i - 1] + sound.left[i - 2]));
        return most;
    };
    const float steady = jump(studio.play(4800));
    for (const char* line : {"undo", "undo", "redo", "redo", "undo 2", "redo 2"}) {
        CAPTURE(line);
        studio.done(line);
        CHECK(jump(studio.play(9600)) < 3 * steady + 1e-4f);
    }
    float most = 0;
    for (const float s : studio.play(4800).left) most = std::max(most, std::abs(s));
    CHECK(most > 0.2f);
}

TEST_CASE("all of a random session undone is an empty studio, all done again is an equal one, and sounds equal", "[history]") {
    const ScratchFolder folder;
    std::size_t steps = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        Shared studio;
        RandomRack rack(studio, seed);
        laws::Dice dice(seed);
        std::vector<Studio> states;
        const Studio start = studio.studio();
        for (int i = 0; i < 120; ++i) {
            studio.console().hear_from(dice.below(2) ? studio.ada : studio.ben);
            studio.take(rack.any_line());
            studio.play(dice.below(6) ? 64 : 30000);
        }
        const Studio end = studio.studio();
        const std::size_t all = studio.console().journal().steps().size();
        steps += all;
        CAPTURE(seed, text_of(studio));
        for (std::size_t n = 0; n < all; ++n) {
            const Outcome undone = studio.take("undo");
            INFO(said(undone));
            REQUIRE(undone.done);
            REQUIRE(undone.words.size() == 2);  // nothing was left, nothing left out
            studio.play(64);
        }
        CHECK(studio.studio().modules.empty());
        CHECK(is_same(studio.studio(), studio.console().journal().steps().front().before));
        while (studio.take("redo").done) studio.play(64);
        CHECK(is_same(studio.studio(), end));
        CHECK(sound_of(studio.studio(), studio.console().types(), folder.path) == sound_of(end, studio.console().types(), folder.path));
    }
    CHECK(steps > 300);
}

TEST_CASE("the journal keeps to its size, however long one plays", "[history]") {
    Shared studio;
    for (int i = 0; i < 150; ++i) studio.says(studio.ada, "create saw s" + std::to_string(i));
    for (int i = 0; i < 6000; ++i) {
        studio.console().hear_from(i % 2 ? studio.ada : studio.ben);
        studio.done("set s" + std::to_string(i % 150) + ".freq " + std::to_string(100 + i % 700));
        if (i % 16 == 0) studio.play(64);
    }
    std::size_t bytes = 0;
    for (const JournalStep& step : studio.console().journal().steps()) bytes += step.bytes;
    CHECK(bytes <= Journal::kMost);
    CHECK(studio.console().journal().steps().size() > 1000);
}
