#include "chronus/place.h"

#include "chronus/answer.h"
#include "chronus/request.h"
#include "studio/instrument.h"

using namespace chronus;
using namespace chronus::hand;

namespace {

// The line as it was refused by a real instrument, with the caret below it.
std::string pointed(Instrument& instrument, const std::string& line) {
    const Outcome outcome = instrument.console().obey(*request_of(line));
    REQUIRE_FALSE(outcome.done);
    const auto word = [&](std::size_t i) { return chronus::text_of(outcome.words.at(i)).value_or(""); };
    const auto place = place_of_fault(line, {word(0), word(1), word(2)});
    CAPTURE(line, word(1));
    REQUIRE(place);
    return line + "\n" + std::string(*place, ' ') + "^";
}

}  // namespace

TEST_CASE("a caret stands below what the instrument complains of", "[chronus]") {
    Instrument instrument;
    instrument.load("create reese bass\ncreate hat h\ncreate kick k\nsequence k: X...\n");
    for (const std::string told : {
             "create kik\n       ^",
             "create kick k\n            ^",
             "wobble bass\n^",
             "set bass.cutof 900\n         ^",
             "set bas.cutoff 900\n    ^",
             "/mod/bass/cutof 900\n          ^",
             "set bass.cutoff loud\n                ^",
             "get bas.cutoff\n    ^",
             "tempo fast\n      ^",
             "mute kk\n     ^",
             "patch bass > nowhere\n             ^",
             "patch > bass\n      ^",
             "add kick to bass\n    ^",
             "add reverb to bas\n              ^",
             "melody h: C2\n       ^",
             "sequence k: X..y\n               ^",
             "sequence k: X..y X..y\n               ^",
             "melody bass: C2 H2\n                ^",
             "set bass.cutoff\n               ^",
             "get bass\n        ^",
             "note bass\n         ^",
         }) {
        const std::string line = told.substr(0, told.find('\n'));
        CHECK(pointed(instrument, line) == told);
    }
}

TEST_CASE("in a long pattern the caret stands at its place in the whole line", "[chronus]") {
    Instrument instrument;
    instrument.load("create kick k\n");
    const std::string before = "sequence k: " + std::string(120, 'x'),
                      line = before + "y" + std::string(60, '.');
    CHECK(pointed(instrument, line) == line + "\n" + std::string(before.size(), ' ') + "^");
}

TEST_CASE("where the reason shows no place there is no caret", "[chronus]") {
    CHECK_FALSE(place_of_fault("play", {"busy", "play later", ""}));
    CHECK_FALSE(place_of_fault("tempo 120", {"absent", "no daemon answers at 120; start one", ""}));
    CHECK_FALSE(place_of_fault("", {"range", "too much", ""}));
}

TEST_CASE("a refusal shows the line again, or only the caret where the line stands right above",
          "[chronus]") {
    const Refusal kik{"unknown", "there is no type kik; did you mean kick?\n  create kik\n         ^", "create kick"};
    CHECK(refusal_shown("create kik", kik, std::nullopt) ==
          "error: there is no type kik; did you mean kick?\n  create kik\n         ^\ntry: create kick");
    CHECK(refusal_shown("create kik", kik, 9) ==
          std::string(16, ' ') + "^\nerror: there is no type kik; did you mean kick?\ntry: create kick");
    CHECK(refusal_shown("play", {"busy", "full", ""}, 9) == "error: full");
    // What brings its own caret shows it once.
    const Refusal step{"syntax", "column 4: 'y' is no step\n  X..y\n     ^", ""};
    CHECK(refusal_shown("sequence k: X..y", step, std::nullopt) ==
          "error: column 4: 'y' is no step\n  X..y\n     ^");
    CHECK(refusal_shown("sequence k: X..y", step, 9) ==
          std::string(24, ' ') + "^\nerror: column 4: 'y' is no step");
    // Columns are those of characters.
    CHECK(refusal_shown("create k\xc3\xa9k x", {"unknown", "there is no module x", ""}, 0) ==
          "           ^\nerror: there is no module x");
}
