// Many who listen, and what goes wrong: too many, a module that goes, a full ear, no audio.
#include "guard/guard.h"
#include "listen/hearing.h"

using namespace chronus;

namespace {

// The figures of all who are through.
std::map<std::uint64_t, Figures> figures_of(Instrument& instrument, Ears& ears, std::size_t count) {
    std::map<std::uint64_t, Figures> all;
    while (all.size() < count) {
        instrument.play(CHRONUS_BLOCK);
        ears.poll([&](std::uint64_t ticket, const Result<Figures>& figures) {
            REQUIRE(figures);
            all.emplace(ticket, *figures);
        });
    }
    return all;
}

}  // namespace

TEST_CASE("several listen at once: to one signal as many as like, to four signals in all", "[listen]") {
    Tone tone;
    tone.load("create saw a\ncreate saw b\n");
    Ears ears(tone.console().mail(), 48000, Ears::Work::in_place);
    const auto listen = [&](const std::string& line) {
        const Listening wanted = *tone.take(line).listening;
        return ears.listen(wanted.target, wanted.from, wanted.frames);
    };
    const auto first = listen("listen"), second = listen("listen tone");
    tone.play(24000);
    const auto third = listen("listen"), fourth = listen("listen soft"), fifth = listen("listen a");
    REQUIRE((first && second && third && fourth && fifth));
    CHECK(listen("listen b").refusal().code == "busy");
    CHECK(listen("listen tone"));
    const auto figures = figures_of(tone, ears, 6);
    CHECK(near(figures.at(*first).integrated, figures.at(*third).integrated, 0.3));
    CHECK(near(figures.at(*second).rms, -3.01, 0.05));
    CHECK(near(figures.at(*fourth).rms, -15.05, 0.05));
    for (const auto& [ticket, one] : figures) CHECK(one.seconds == 2);
    CHECK(listen("listen b"));
    CHECK(figures_of(tone, ears, 1).begin()->second.lost == 0);
}

TEST_CASE("a module that goes while it is listened to falls silent", "[listen]") {
    Tone tone;
    Ears ears(tone.console().mail(), 48000, Ears::Work::in_place);
    const Outcome outcome = tone.take("listen tone");
    tone.done("remove tone");
    tone.done("create sine tone freq=100");
    CHECK(text_in(heard(tone, ears, outcome), "heard") == "SILENT");
}

TEST_CASE("what finds no room in the ear is lost, and told", "[listen]") {
    Tone tone;
    Ears ears(tone.console().mail(), 48000, Ears::Work::in_place);
    const Listening wanted = *tone.take("listen 20").listening;
    REQUIRE(ears.listen(wanted.target, wanted.from, wanted.frames));
    tone.play(30 * 48000);  // nobody takes it out meanwhile
    const Figures figures = figures_of(tone, ears, 1).begin()->second;
    CHECK(figures.lost > 48000);
    CHECK(std::llround(figures.seconds * 48000) + figures.lost == wanted.frames);
    CHECK(near(figures.integrated, -12.04, 0.1));
}

TEST_CASE("without audio there is a reason instead of figures", "[listen]") {
    Tone tone;
    Ears ears(tone.console().mail(), 48000, Ears::Work::in_place, Ears::Clock::duration::zero());
    const Listening wanted = *tone.take("listen").listening;
    REQUIRE(ears.listen(wanted.target, wanted.from, wanted.frames));
    std::string code;
    for (int i = 0; i < 1000 && code.empty(); ++i)
        ears.poll([&](std::uint64_t, const Result<Figures>& figures) {
            code = figures ? "figures" : figures.refusal().code;
        });
    CHECK(code == "stopped");
    tone.play(64);
    CHECK(number_in(tone.hear("listen"), "seconds") == 2);  // and the next one hears again
}

TEST_CASE("the audio thread copies without memory, locks or system calls, also where there is no room",
          "[listen]") {
    Tone tone;
    Ears ears(tone.console().mail(), 48000, Ears::Work::in_place);
    for (const char* line : {"listen 64", "listen tone 64", "listen soft 64"}) {
        const Listening wanted = *tone.take(std::string(line)).listening;
        REQUIRE(ears.listen(wanted.target, wanted.from, wanted.frames));
    }
    const guard::Counting counting;
    tone.play(8 * 48000);
    INFO("on the audio thread it did: " << guard::last_violation());
    CHECK(guard::violations() == 0);
}
