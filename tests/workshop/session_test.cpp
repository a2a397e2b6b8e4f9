// Reloads in a session: its log renders to what was heard, and however many there are, nothing is left behind.
#include <dirent.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "laws/dice.h"
#include "workshop/shop.h"

using namespace chronus;

namespace {

struct Footprint {
    std::size_t mappings = 0, descriptors = 0, kilobytes = 0;
};

Footprint footprint() {
    Footprint all;
    malloc_trim(0);
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) all.mappings += line.find(".so") != std::string::npos;
    DIR* open = opendir("/proc/self/fd");
    while (readdir(open)) ++all.descriptors;
    closedir(open);
    std::size_t pages = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    all.kilobytes = resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)) / 1024;
    return all;
}

const char* const kBuilds[] = {"steady/tone", "softer/tone", "wider/tone"};

// One after another, each played for a while.
void reload_often(Shop& shop, int times) {
    for (int n = 0; n < times; ++n) {
        shop.reload(kBuilds[n % 3]);
        shop.play(640);
    }
}

void check_footprint(int times) {
    Shop shop("steady/tone");
    for (const char* line : {"create tone a", "create tone b poly=4", "create tone c quiet", "connect c > a.level", "sequence a: X...", "play"}) shop.done(line);
    reload_often(shop, 30);
    shop.play(4800);
    const Footprint before = footprint();
    reload_often(shop, times);
    shop.play(4800);
    const Footprint after = footprint();
    CHECK(after.mappings <= before.mappings);
    CHECK(after.descriptors == before.descriptors);
    CAPTURE(before.kilobytes, after.kilobytes);
    CHECK(after.kilobytes < before.kilobytes + 1024);
}

// Renders the loop of drums and bass, reloading a type of it every so often.
std::vector<float> loop(int rounds, std::int64_t apart, bool reloads) {
    const char* const kTypes[] = {"kick", "ladder", "snare", "hat", "reverb", "saw"};
    Shop shop("steady/tone");
    const auto song = read_lines(text_of_file(CHRONUS_SOURCE_PATH "/patterns/drum-and-bass.chr"), "song");
    REQUIRE(song);
    shop.console().begin_batch();
    for (const auto& [message, line] : *song) REQUIRE(shop.console().take(message).done);
    shop.console().end_batch();
    shop.done("play");
    std::map<std::string, std::string> kept;
    std::vector<float> all;
    for (int n = 0; n < rounds; ++n) {
        const std::string type = kTypes[n % 6];
        if (reloads && kept[type].empty()) {
            const auto candidate = shop.console().builds().copy(std::string(CHRONUS_MODULE_PATH) + "/" + type + ".so");
            REQUIRE(candidate);
            REQUIRE(shop.console().builds().keep(*candidate));
            kept[type] = candidate->hash;
        }
        if (reloads) shop.done("/module/reload " + type + " \"" + kept[type] + "\"");
        const Sound some = shop.play(apart);
        all.insert(all.end(), some.left.begin(), some.left.end());
        all.insert(all.end(), some.right.begin(), some.right.end());
    }
    return all;
}

}  // namespace

TEST_CASE("a session with reloads renders from its log to what was heard", "[workshop]") {
    TemporaryFolder folder;
    const std::string log = (folder.path() / "session.osc").string();
    Sound live;
    Shop shop("steady/tone");
    {
        shop.console().write_log(std::move(*SessionLog::open(log)));
        shop.done("/session/start 48000 1");
        for (const char* line : {"limiter off", "create tone a level=0.2", "create tone b quiet", "create noise n quiet", "patch b > a.freq 0.2", "patch n > svf > out 0.1",
                                 "sequence a: X.x.", "melody a: 100Hz 300Hz", "tempo 170", "play"})
            shop.done(line);
        laws::Dice dice(7);
        for (int n = 0; n < 60; ++n) {
            const Sound some = shop.play(64 * static_cast<std::int64_t>(1 + dice.below(30)));
            live.left.insert(live.left.end(), some.left.begin(), some.left.end());
            live.right.insert(live.right.end(), some.right.begin(), some.right.end());
            switch (dice.below(5)) {
                case 0: shop.done("set a.freq " + std::to_string(100 + dice.below(900))); break;
                case 1: shop.done(n > 20 ? "rollback tone" : "set b.level 0.3"); break;
                default: shop.reload(kBuilds[dice.below(3)]);
            }
        }
        shop.done("rollback tone");
        shop.play(640);
        shop.console().write_log(nullptr);
    }
    const std::string text = text_of_file(log);
    CHECK(std::count(text.begin(), text.end(), '\n') > 40);
    const auto recital = read_session(text, "session.osc", "", Shop::kRate);
    REQUIRE(recital);
    Shop first("steady/tone");
    first.console().keep_builds_in(shop.builds.path());
    Sound replayed;
    for (std::size_t frames = 0; frames < live.left.size(); frames += CHRONUS_BLOCK) {
        float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK];
        first.offline().feed(*recital, [](const Recital::Line& line, const Outcome& outcome) { FAIL_CHECK(print_message(line.message) << said(outcome)); });
        first.offline().block(left, right);
        replayed.left.insert(replayed.left.end(), left, left + CHRONUS_BLOCK);
        replayed.right.insert(replayed.right.end(), right, right + CHRONUS_BLOCK);
    }
    CHECK(replayed.left == live.left);
    CHECK(replayed.right == live.right);
}

TEST_CASE("builds that a session began with are named in its log, and come back with it", "[workshop]") {
    TemporaryFolder folder;
    const std::string log = (folder.path() / "session.osc").string();
    Shop shop("softer/tone");
    shop.console().write_log(std::move(*SessionLog::open(log)));
    shop.console().begin_batch();
    shop.console().take({"/session/start", {std::int32_t{48000}, std::int32_t{1}}});
    shop.console().log_builds_in(shop.folder.path());
    shop.console().take_line("create tone a");
    shop.console().end_batch();
    const Sound live = shop.play(4800);
    shop.console().write_log(nullptr);
    const auto recital = read_session(text_of_file(log), "session.osc", "", Shop::kRate);
    REQUIRE(recital);
    Shop later("steady/tone");
    later.console().keep_builds_in(shop.builds.path());
    Sound replayed;
    while (replayed.left.size() < live.left.size()) {
        float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK];
        later.offline().feed(*recital, [](const Recital::Line& line, const Outcome& outcome) { FAIL_CHECK(print_message(line.message) << said(outcome)); });
        later.offline().block(left, right);
        replayed.left.insert(replayed.left.end(), left, left + CHRONUS_BLOCK);
    }
    CHECK(replayed.left == live.left);
    CHECK(*std::max_element(live.left.begin(), live.left.end()) > 0.1f);
}

TEST_CASE("a loop whose types are reloaded 60 times sounds as if they were not, to the bit", "[workshop]") {
    CHECK(loop(60, 640, true) == loop(60, 640, false));
}

TEST_CASE("200 reloads leave no mapping, no descriptor and no memory behind", "[workshop]") { check_footprint(200); }

TEST_CASE("1000 reloads leave no mapping, no descriptor and no memory behind", "[.slow][workshop]") { check_footprint(1000); }

TEST_CASE("a loop whose types are reloaded 1000 times sounds as if they were not, to the bit", "[.slow][workshop]") {
    CHECK(loop(1000, 1920, true) == loop(1000, 1920, false));
}
