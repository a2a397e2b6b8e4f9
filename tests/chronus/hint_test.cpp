#include "chronus/hint.h"

#include "chronus/known.h"

using namespace chronus;
using namespace chronus::hand;

namespace {

std::string shown(const Hint& hint) {
    return hint.before + "<" + hint.here + ">" + hint.after;
}
std::string hinted(const std::string& text, const Vocabulary& vocabulary = known()) {
    return shown(hint_for(text, text.size(), vocabulary));
}

}  // namespace

TEST_CASE("a hint tells what a command takes, the argument at the cursor apart", "[chronus]") {
    CHECK(hinted("") == "<>");
    CHECK(hinted("temp") == "<>");
    CHECK(hinted("tempo") == "<>");
    CHECK(hinted("nosuchword ") == "<>");
    CHECK(hinted("tempo ") == "<[bpm]> 20 .. 999 bpm [duration...]   The tempo, at once or on its way there for so long (8 bars, 4 s); without a number, answers it.");
    CHECK(hinted("/seq/update/pattern k ") ==
          "track <pattern> [step, beat, bar, pass, now, or a bar: bar 9...]   Another pattern, from the next step on.");
    CHECK(hinted("/seq/update/pattern k X").starts_with("track <pattern> "));
    CHECK(hinted("/seq/update/pattern k X.. ").starts_with("track pattern <[step, beat, bar, pass, now, or a bar: bar 9...]>"));
    CHECK(hinted("play all more ") == "[all]<>   Starts the transport at step 0, and the song if there is one.");
    CHECK(hinted("panic ") == "<>Ends everything that sounds.");
    CHECK(hinted("at \"next bar\" tempo ") == hinted("tempo "));
}

TEST_CASE("a value's hint tells its range, unit, default and what it is now", "[chronus]") {
    Vocabulary vocabulary = known();
    CHECK(hinted("set bass.cutoff ", vocabulary).starts_with("<50 .. 8000 Hz> (500): "));
    vocabulary.values["bass/cutoff"] = "900 Hz";
    for (const char* line :
         {"set bass.cutoff ", "set bass.cutoff 12", "/mod/bass/cutoff ", "set k.freq 50 bass.cutoff "}) {
        CAPTURE(line);
        CHECK(hinted(line, vocabulary).starts_with("<50 .. 8000 Hz> (500), now 900 Hz: "));
    }
    CHECK(hinted("set lead.osc/type ").starts_with("<sine|"));
    CHECK(parameter_at("set bass.cutoff ", 16, vocabulary) == "bass/cutoff");
    CHECK(parameter_at("set bass.cutoff ", 8, vocabulary).empty());
    CHECK(parameter_at("set bass.nothing ", 17, vocabulary).empty());
}

TEST_CASE("a hint is cut to the terminal's width, never within a character", "[chronus]") {
    const Hint hint{"one ", "two", " thr\xc3\xa9\xc3\xa9"};
    CHECK(shown(cut_to(hint, 80)) == "one <two> thr\xc3\xa9\xc3\xa9");
    CHECK(shown(cut_to(hint, 6)) == "one <tw>");
    CHECK(shown(cut_to(hint, 12)) == "one <two> thr");
    CHECK(shown(cut_to(hint, 0)) == "<>");
}

TEST_CASE("no beginning of any example makes the hint fail", "[chronus]") {
    for (const std::string& address : command_addresses()) {
        const std::string line(find_command(address)->example);
        for (std::size_t cursor = 0; cursor <= line.size(); ++cursor) hint_for(line, cursor, known());
        const auto& takes = find_command(address)->takes;
        // A line has a hint of its own, once it is begun.
        if (address.ends_with('*') || takes.size() == 0 || takes[0].name == "line") continue;
        CAPTURE(address);
        CHECK_FALSE(hint_for(address + " ", address.size() + 1, known()).here.empty());
    }
}
