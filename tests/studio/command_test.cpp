// The command table, row by row.
#include "studio/command.h"

#include <limits>

#include "record/recorder.h"
#include "studio/instrument.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

// The classic studio with what the rows' examples name.
struct Furnished : Classic {
    Furnished() {
        load("create kick k\ncreate saw bass\ncreate hat hats\ncreate delay delay\nsequence k: x...\n"
             "/seq/add kick voice1 x...\n/seq/add bass voice2 x... 55\nsequence hats: x.x.\n");
        console().keep_patches_in(folder.path);
        console().keep_presets_in(folder.path / "presets");
        console().keep_builds_in(folder.path / "builds");
        console().keep_sessions_in(folder.path / "sessions");
        std::filesystem::create_directories(folder.path / "sessions");
        console().write_log(std::move(*SessionLog::open(folder.path / "sessions" / "now.osc")));
        console().record_with(&recorder);
        console().render_log = [](const auto&, const auto&) { return Done{}; };
        for (const char* line : {"scene verse", "bank kick a", "song verse*2", "save patch \"deep groove\"", "/pattern/save 3"}) done(line);
        play(64);
    }
    ~Furnished() { console().record_with(nullptr); }
    const ScratchFolder folder;
    Recorder recorder{console().mail(), 48000, {folder.path / "recordings", folder.path / "past", 1}};
};

const std::vector<Argument> kWrong[] = {
    {},
    {std::string("nobody")},
    {std::string("")},
    {std::string("nobody"), std::string("nowhere")},
    {Nil{}},
    {Nil{}, Nil{}, Nil{}},
    {std::numeric_limits<float>::quiet_NaN()},
    {std::string("k"), std::numeric_limits<double>::infinity()},
    {std::int32_t{-1}, std::int32_t{-1}},
    {std::int64_t{1} << 62, 1e308},
    {true, false},
    std::vector<Argument>(40, std::string("x")),
};

// The server's own rows: tested over a socket.
bool is_for_the_wire(const std::string& address) {
    return address == "/do" || address == "/req" || address == "/notify" || address == "/lease" || address == "/quiet" || address == "/wait";
}

}  // namespace

TEST_CASE("every row's example is done, and every row has a line of help") {
    for (const std::string& address : command_addresses()) {
        const Command& command = *find_command(address);
        CHECK_FALSE(command.help.empty());
        if (is_for_the_wire(address)) continue;
        Furnished studio;
        if (address == "/create") studio.done("remove k");
        if (address == "/seed") studio.done("new patch");
        if (address == "/module/rollback") studio.done("reload reese");
        if (address == "/connect") studio.done("create ladder ladder");
        if (address.ends_with("record/stop")) studio.done("record start jam.flac");
        if (address == "/song/play") studio.done("play"), studio.play(64);
        if (address == "/redo") studio.done("undo");
        if (address == "/back") studio.done("checkpoint verse");
        std::string example(command.example);
        if (address == "/connect") example = "/connect lfo1.out ladder.cutoff 0.5";
        const Outcome outcome = studio.take(example);
        INFO(example << ": " << said(outcome));
        CHECK(outcome.done);
        studio.play(640);
    }
}

TEST_CASE("what is refused says why in three words, and leaves the studio as it was") {
    Furnished studio;
    const Studio before = studio.studio();
    for (const std::string& address : command_addresses()) {
        std::string sent = address;
        if (sent.ends_with("*")) sent.replace(sent.size() - 1, 1, "nobody/nothing");
        for (const std::vector<Argument>& arguments : kWrong) {
            const Outcome outcome = studio.take(Message{sent, arguments});
            INFO(print_message({sent, arguments}) << ": " << said(outcome));
            studio.play(64);  // what was sent is taken, and freed
            if (outcome.done) continue;
            CHECK(outcome.words.size() == 3);
            CHECK_FALSE(text_of(outcome.words.at(0)).value_or("").empty());
            CHECK_FALSE(text_of(outcome.words.at(1)).value_or("").empty());
        }
    }
    // The same for what refuses all of it.
    for (const char* address : {"/create", "/remove", "/connect", "/disconnect", "/add", "/alias", "/seq/add", "/seq/remove",
                                "/seq/update/pattern", "/seq/update/notes", "/sequence", "/melody",
                                "/mute", "/unmute", "/bars", "/session/start", "/mod/voice1/nothing"}) {
        Furnished fresh;
        const Studio same = fresh.studio();
        for (const std::vector<Argument>& arguments : {kWrong[0], kWrong[4], kWrong[5], kWrong[6]}) {
            const Outcome outcome = fresh.take(Message{address, arguments});
            INFO(print_message({address, arguments}) << ": " << said(outcome));
            if (!outcome.done) CHECK(fresh.studio() == same);
            else CHECK(std::string(address) == "/seq/update/notes");
        }
    }
    // Without a number these answer it.
    for (const char* address : {"/tempo", "/swing", "/seq/bpm", "/seq/swing"}) {
        Furnished fresh;
        const Studio same = fresh.studio();
        for (const std::vector<Argument>& arguments : {kWrong[1], kWrong[2], kWrong[4], kWrong[5], kWrong[6]})
            CHECK_FALSE(fresh.take(Message{address, arguments}).done);
        CHECK(fresh.take(Message{address, {}}).done);
        CHECK(fresh.studio() == same);
    }
}

TEST_CASE("a wrong address is answered with the nearest right one") {
    Instrument instrument;
    CHECK(said(instrument.take("/seq/strat")).find("/seq/start") != std::string::npos);
    CHECK(said(instrument.take("/creat kick")).find("/create") != std::string::npos);
}
