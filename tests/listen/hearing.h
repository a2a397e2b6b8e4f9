// The ear of an instrument without a device: plays until what was asked for has been heard.
#pragma once
#include "listen/ears.h"
#include "listen/words.h"
#include "studio/instrument.h"

namespace chronus {

// The outcome with its figures; as it is, if there is nothing to listen to.
inline Outcome heard(Instrument& instrument, Ears& ears, Outcome outcome) {
    if (!outcome.done || !outcome.listening) return outcome;
    const Listening wanted = *outcome.listening;
    const auto ticket = ears.listen(wanted.target, wanted.from, wanted.frames);
    REQUIRE(ticket);
    for (bool over = false; !over;) {
        instrument.play(CHRONUS_BLOCK);
        ears.poll([&](std::uint64_t, const Result<Figures>& figures) {
            REQUIRE(figures);
            const Words words = words_of(*figures, wanted.name, wanted.target.is_master());
            outcome.words.insert(outcome.words.begin(), words.begin(), words.end());
            over = true;
        });
    }
    return outcome;
}
inline Outcome heard(Instrument& instrument, const Outcome& outcome) {
    Ears ears(instrument.console().mail(), instrument.console().rate(), Ears::Work::in_place);
    return heard(instrument, ears, outcome);
}

// The value after a name.
inline Argument value_of(const Outcome& outcome, const std::string& name) {
    for (std::size_t i = 0; i + 1 < outcome.words.size(); i += 2)
        if (outcome.words[i] == Argument(name)) return outcome.words[i + 1];
    FAIL("there is no " << name << " in: " << said(outcome));
    return Nil{};
}
inline double number_in(const Outcome& outcome, const std::string& name) {
    return number_of(value_of(outcome, name)).value_or(NAN);
}

inline std::string text_in(const Outcome& outcome, const std::string& name) {
    return text_of(value_of(outcome, name)).value_or("");
}
inline bool near(double found, double wanted, double tolerance) {
    return std::abs(found - wanted) <= tolerance;
}

// A sine through a gain, at -12.04 dBFS on both sides.
struct Tone : Instrument {
    Tone() {
        load("create sine tone freq=997\ncreate vca soft gain=0.25\npatch tone > soft > out\n"
             "create vca off gain=0\npatch tone > off > out\n");
        play(4800);
    }
    Outcome hear(const std::string& line) { return heard(*this, take(line)); }
};

}  // namespace chronus
