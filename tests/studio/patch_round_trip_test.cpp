// A patch that is loaded is the instrument that was saved: the same text and the same sound.
#include <cmath>

#include "studio/patch_text.h"
#include "studio/random_rack.h"
#include "studio/scratch_folder.h"
#include "studio/wiring.h"

using namespace chronus;

namespace {

std::string text_of(Instrument& instrument) { return print_patch(instrument.studio(), instrument.console().types()); }

std::size_t first_difference(const Sound& a, const Sound& b) {
    std::size_t i = 0;
    while (i < a.left.size() && a.left[i] == b.left[i] && a.right[i] == b.right[i]) ++i;
    return i;
}

float peak(const Sound& sound) {
    float most = 0;
    for (const float s : sound.left) most = std::max(most, std::abs(s));
    return most;
}

// By way of a file, from one instrument to another. Nothing may be left out.
void hand_over(Instrument& from, Instrument& to, const std::filesystem::path& folder) {
    from.console().keep_patches_in(folder);
    to.console().keep_patches_in(folder);
    from.done("save patch \"handed over\"");
    const Outcome loaded = to.take("load patch \"handed over\"");
    INFO(text_of(from) << said(loaded));
    REQUIRE(loaded.done);
    CHECK(loaded.words.size() == 5);
}

// What is left of a wiring when the numbers that count creations are taken away.
std::vector<std::string> substance(Instrument& instrument) {
    const Wiring wiring = wire_up(instrument.studio(), instrument.console().types());
    std::vector<std::string> all;
    for (const Leaf& leaf : wiring.leaves) {
        all.push_back(leaf.id + " " + leaf.type->name);
        for (const float base : leaf.bases) all.back() += " " + print_number(base);
    }
    for (const LeafCable& c : wiring.cables)
        all.push_back(wiring.leaves[c.from].id + "." + std::to_string(c.output) + ">" + (c.to == kMix ? "mix" : wiring.leaves[c.to].id) + "." +
                      std::to_string(c.input) + " " + print_number(c.gain) + (c.unit == CableUnit::own ? " own" : "") + (c.delayed ? " delayed" : ""));
    std::sort(all.begin(), all.end());
    return all;
}

// Of the racks with these seeds each `apart`-th.
void check_bytes(std::uint64_t apart) {
    const ScratchFolder folder;
    std::size_t modules = 0, cables = 0, tracks = 0, delayed = 0;
    for (std::uint64_t seed = 1; seed <= 150; seed += apart) {
        Instrument first, second;
        RandomRack(first, seed).edit(40 + static_cast<int>(seed), true);
        CAPTURE(seed, text_of(first));
        hand_over(first, second, folder.path);
        REQUIRE(text_of(second) == text_of(first));
        REQUIRE(substance(second) == substance(first));
        modules += first.studio().modules.size();
        cables += first.studio().cables.size();
        tracks += first.studio().tracks.size();
        for (const Cable& cable : first.studio().cables) delayed += cable.delayed;
    }
    CHECK(modules > 1000 / apart);
    CHECK(cables > 2000 / apart);
    CHECK(tracks > 120 / apart);
    CHECK(delayed > 20 / apart);
}

void check_sound(std::uint64_t apart) {
    const ScratchFolder folder;
    std::uint64_t heard = 0;
    for (std::uint64_t seed = 1; seed <= 56; seed += apart) {
        Instrument first, second;
        RandomRack(first, 1000 + seed).edit(80, false);
        hand_over(first, second, folder.path);
        first.done("play");
        second.done("play");
        const Sound one = first.play(24000), two = second.play(24000);
        CAPTURE(seed, text_of(first), first_difference(one, two));
        REQUIRE(one == two);
        heard += peak(one) > 1e-3f;
    }
    CHECK(heard > 10 / apart);  // many types are silent by themselves
}

}  // namespace

TEST_CASE("save, load, save gives the same bytes, and the same modules, values and cables", "[patches]") { check_bytes(4); }
TEST_CASE("150 racks: save, load, save gives the same bytes", "[.slow][patches]") { check_bytes(1); }
TEST_CASE("an instrument that was loaded sounds bit for bit as the one that was saved", "[patches]") { check_sound(4); }
TEST_CASE("56 racks that were loaded sound bit for bit as those that were saved", "[.slow][patches]") { check_sound(1); }

TEST_CASE("the songs that come with Chronus sound the same when they have been saved and loaded", "[patches]") {
    const ScratchFolder folder;
    for (const char* song : {"acid", "ambient", "drum-and-bass", "dub", "four-on-the-floor", "industrial", "jungle", "studio", "techno", "turns"}) {
        CAPTURE(song);
        Instrument first, second;
        first.load(text_of_file(std::string(CHRONUS_SOURCE_PATH "/patterns/") + song + ".chr"));
        hand_over(first, second, folder.path);
        CHECK(text_of(second) == text_of(first));
        first.done("play");
        second.done("play");
        CHECK(first.play(96000) == second.play(96000));
    }
}
