// Builds that must not do harm: what becomes of each, and why. Refused: it never plays. Contained: it passes the trial,
// goes wrong while it plays, and the rest does not notice. Recovered: it takes the process with it; who is left can name it.
#include <cmath>

#include "chronusd/daemon.h"
#include "handoff/whereabouts.h"
#include "workshop/shop.h"
#include "workshop/vetter.h"

using namespace chronus;

namespace {

enum class Fate { accepted, refused, contained, recovered };

struct Bad {
    const char* name;
    Fate fate;
    const char* code;  // of the refusal
    const char* why;   // a part of its reason
};

constexpr Bad kCorpus[] = {
    {"none", Fate::accepted, "", ""},
    {"hangs", Fate::refused, "hang", "does not come to an end within half a second of the processor's time (its first blocks)"},
    {"hangs_in_reset", Fate::refused, "hang", "does not come to an end within half a second of the processor's time (prepare and reset)"},
    {"hangs_in_prepare", Fate::refused, "hang", "does not come to an end within half a second of the processor's time (prepare and reset)"},
    {"crashes", Fate::refused, "crash", "it crashes: Segmentation fault (its first blocks)"},
    {"crashes_in_reset", Fate::refused, "crash", "it crashes: Segmentation fault (prepare and reset)"},
    {"crashes_in_prepare", Fate::refused, "crash", "it crashes: Segmentation fault (prepare and reset)"},
    {"allocates", Fate::refused, "realtime", "what no audio thread may: free"},
    {"locks", Fate::refused, "realtime", "what no audio thread may: pthread_mutex_lock"},
    {"writes", Fate::refused, "realtime", "what no audio thread may: system call 1 (write)"},
    {"no_range", Fate::refused, "module", "parameter 1 level has an empty range"},
    {"exits", Fate::refused, "exit", "ends the program with 0"},
    {"dc", Fate::refused, "sound", "out stands 0.80 off zero: DC"},
    {"nan_later", Fate::contained, "", ""},
    {"denormals", Fate::accepted, "", ""},  // they are flushed wherever modules are run
    {"rounds", Fate::refused, "realtime", "changes how the processor rounds"},
    {"another_each_time", Fate::refused, "sound", "it is not the same twice"},
    {"leans_on_others", Fate::refused, "sound", "in a batch of 3 it sounds otherwise than alone"},
    {"too_loud", Fate::refused, "sound", "(its largest gain is 20)"},
    {"slow", Fate::refused, "time", "167 are the most for one module"},
    {"slow_later", Fate::contained, "", ""},
    {"beyond", Fate::refused, "sound", "writes beyond its own memory"},
    {"huge_state", Fate::refused, "module", "state of 104857600 bytes"},
    {"huge_arena", Fate::refused, "memory", "takes 100 MB; 64 are the most"},
    {"crashes_later", Fate::recovered, "", ""},
    {"hangs_later", Fate::recovered, "", ""},
    {"version", Fate::refused, "version", "was built for version 2 of the module interface"},
    {"twice", Fate::refused, "module", "is called 'level', and so is another"},
    {"no_entry", Fate::refused, "missing", "it has no function chronus_module"},
    {"undefined", Fate::refused, "file", "undefined symbol: nobody_has_this"},
};

std::filesystem::path file_of(const Bad& bad) { return std::filesystem::path(CHRONUS_WORKSHOP_PATH) / "bad" / (std::string(bad.name) + ".so"); }

// The type that is run when no block has ended for half a second, which is what somebody who watches sees.
std::string stuck_in(const std::string& note) {
    std::uint64_t blocks = 0;
    int still = 0;
    for (int i = 0; i < 2000 && still < 25; ++i) {
        alignas(Whereabouts) char bytes[sizeof(Whereabouts)] = {};
        std::ifstream(note, std::ios::binary).read(bytes, sizeof bytes);
        const auto& now = *reinterpret_cast<const Whereabouts*>(bytes);
        still = now.blocks > 0 && now.blocks == blocks ? still + 1 : 0;
        blocks = now.blocks;
        if (still == 25) return std::string(now.type());
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return "";
}

}  // namespace

TEST_CASE("the trial refuses what it can find out, and says on what", "[workshop]") {
    for (const Bad& bad : kCorpus) {
        const Verdict verdict = vet(vet_program(), file_of(bad));
        INFO(bad.name << ": " << verdict.why.code << ": " << verdict.why.reason);
        CHECK(verdict.passed == (bad.fate != Fate::refused));
        CHECK(verdict.why.code == bad.code);
        CHECK(verdict.why.reason.find(bad.why) != std::string::npos);
    }
}

TEST_CASE("what goes wrong only later is silent in the same block, and the rest plays on bit for bit", "[workshop]") {
    // As the trial does not find it, it is there with all others.
    const auto played = [](const char* type, int& faults) {
        Shop shop(std::string("bad/") + type);
        for (const std::string& line : {"create " + std::string(type) + " x quiet", std::string("create noise n quiet"), std::string("patch n > x > out.left"),
                                        std::string("create kick k quiet"), std::string("patch k > out.right"), std::string("sequence k: x..."), std::string("play")})
            shop.done(line);
        shop.console().on_fault = [&](const std::string& path, std::int64_t) { faults += path == "x"; };
        return shop.play(2 * Shop::kRate);
    };
    int faults = 0, none = 0;
    const Sound wrong = played("nan_later", faults), right = played("none", none);
    CHECK(faults == 1);  // its reset makes it well, for another second
    CHECK(none == 0);
    CHECK(wrong.right == right.right);
    for (const float s : wrong.left) REQUIRE(std::isfinite(s));
    for (std::size_t i = 0; i < 48000; ++i) REQUIRE(wrong.left[i] == right.left[i]);
    for (std::size_t i = 48200; i < 48200 + 11000; ++i) REQUIRE(wrong.left[i] == 0);
}

TEST_CASE("a module type that takes the process with it is named by where the audio thread was", "[workshop][daemon]") {
    for (const Bad& bad : kCorpus) {
        if (bad.fate != Fate::recovered) continue;
        INFO(bad.name);
        Folder folder;
        const std::string song = folder / "song.chr", note = folder / "where";
        std::ofstream(song) << "create " << bad.name << " x\n";
        const std::filesystem::path modules = folder / "modules";
        std::filesystem::create_directories(modules);
        std::filesystem::copy_file(file_of(bad), modules / file_of(bad).filename());
        Daemon daemon(folder / "socket", {song, "--whereabouts", note}, {"CHRONUS_MODULE_PATH=" CHRONUS_MODULE_PATH ":" + modules.string()});
        CHECK(stuck_in(note) == bad.name);
    }
}
