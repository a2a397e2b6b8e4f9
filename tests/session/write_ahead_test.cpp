// What is written ahead is all that is needed to be there again.
#include "session/write_ahead.h"

#include "studio/difference.h"
#include "studio/instrument.h"
#include "studio/merge.h"
#include "studio/random_rack.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

LeftBehind left_in(const std::filesystem::path& file) {
    const auto left = read_left_behind(text_of_file(file.string()));
    if (!left) FAIL(left.refusal().reason);
    return *left;
}

// What the next one makes of it.
void take_up(Instrument& instrument, const LeftBehind& left) {
    instrument.console().begin_batch();
    for (const Message& message : left.messages) {
        const Outcome outcome = instrument.take(message);
        INFO(print_message(message) << ": " << said(outcome));
        REQUIRE(outcome.done);
    }
    instrument.console().end_batch();
}

}  // namespace

TEST_CASE("a random instrument that is written ahead is there again, at any time", "[session]") {
    const ScratchFolder folder;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Instrument first;
        first.console().begin_batch();
        const auto kept = first.console().write_ahead(std::make_unique<WriteAhead>(folder.path / "ahead.osc", 48000, 5005));
        REQUIRE(kept);
        first.console().end_batch();
        RandomRack(first, seed).edit(100, true);
        first.play(64);
        const LeftBehind left = left_in(folder.path / "ahead.osc");
        CHECK(left.rate == 48000);
        CHECK(left.port == 5005);
        Instrument second;
        take_up(second, left);
        CAPTURE(seed, text_of_file((folder.path / "ahead.osc").string()));
        REQUIRE(is_same(second.studio(), first.studio()));
    }
}

TEST_CASE("what has grown long is written whole, and is the same", "[session]") {
    const ScratchFolder folder;
    Instrument first;
    REQUIRE(first.console().write_ahead(std::make_unique<WriteAhead>(folder.path / "ahead.osc", 48000, 5005)));
    RandomRack rack(first, 3);
    rack.edit(100, false);
    first.play(64);
    first.done("create kick k");
    for (int i = 0; i < 30000; ++i) {
        first.done("set k.freq " + std::to_string(30 + i % 170));
        if (i % 500 == 0) first.play(64);
    }
    first.play(64);
    CHECK(std::filesystem::file_size(folder.path / "ahead.osc") < 2 * WriteAhead::kMost);
    Instrument second;
    take_up(second, left_in(folder.path / "ahead.osc"));
    CHECK(is_same(second.studio(), first.studio()));
}

TEST_CASE("the transport, what is held and the clock are told", "[session]") {
    const ScratchFolder folder;
    Instrument first;
    const auto file = folder.path / "ahead.osc";
    REQUIRE(first.console().write_ahead(std::make_unique<WriteAhead>(file, 48000, 5005)));
    first.console().ahead()->clock({1000, 0, 20833.5});
    first.done("create saw a");
    first.done("create voice b");
    first.done("tempo 140");
    first.done("play");
    first.done("note b C3 0.5");
    first.done("gate b 0");
    first.play(6400);
    first.done("note b D3 0.8");
    first.done("tempo 99");
    first.play(640);
    LeftBehind left = left_in(file);
    const Timeline now = first.console().telemetry().timeline;
    CHECK(left.timeline.running);
    CHECK(left.timeline.tempo == 99000);
    CHECK(left.timeline.beats_at(100000) == now.beats_at(100000));
    REQUIRE(left.held.size() == 1);
    CHECK(print_message(left.held[0]) == "/note/b D3 0.8");
    CHECK(left.clock == ClockLine{1000, 0, 20833.5});
    first.done("panic");
    first.play(640);
    first.console().ahead()->end(7680);
    left = left_in(file);
    CHECK_FALSE(left.timeline.running);
    CHECK(left.held.empty());
    CHECK_FALSE(left.clock);
    CHECK(left.frame == 7680);
}

TEST_CASE("a text that was cut off anywhere is read up to there", "[session]") {
    const ScratchFolder folder;
    Instrument first;
    const auto file = folder.path / "ahead.osc";
    REQUIRE(first.console().write_ahead(std::make_unique<WriteAhead>(file, 48000, 5005)));
    for (const char* line : {"create kick k", "sequence k: X...", "set k.freq 77"}) first.done(line);
    const std::string text = text_of_file(file.string());
    std::size_t most = 0;
    for (std::size_t size = text.find('\n') + 1; size <= text.size(); ++size) {
        const auto left = read_left_behind(text.substr(0, size));
        REQUIRE(left);
        CHECK(left->messages.size() >= most);
        most = left->messages.size();
    }
    CHECK(most == 3);
    CHECK_FALSE(read_left_behind(""));
    CHECK_FALSE(read_left_behind("@0 /create s \n"));
}

TEST_CASE("a disk that is full is told once, and what was written before stays", "[session]") {
    auto file = AppendFile::create("/dev/full");
    REQUIRE(file);
    (*file)->add("one\n");
    CHECK_FALSE((*file)->flush());
    CHECK((*file)->trouble().find("No space left") != std::string::npos);
    for (int i = 0; i < 100'000; ++i) (*file)->add("a line of some length that is to be kept until there is room again\n");
    CHECK_FALSE((*file)->flush());
}
