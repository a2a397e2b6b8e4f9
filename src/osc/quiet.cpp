#include "osc/quiet.h"

#include "text/message_text.h"

namespace chronus {

void Tally::count(const std::string& address, const Outcome& outcome) {
    taken += outcome.done;
    clamped += outcome.clamped;
    if (outcome.done) return;
    if (refused++ == 0 && outcome.words.size() > 1) first_refusal = address + ": " + text_of(outcome.words[1]).value_or("");
}

Words Tally::words() const {
    Words words{std::string("taken"), taken, std::string("clamped"), clamped, std::string("refused"), refused};
    if (!first_refusal.empty()) words.push_back(first_refusal);
    return words;
}

bool is_counted(const Outcome& outcome) { return outcome.effect == Effect::sound && (outcome.changed || !outcome.done); }

}  // namespace chronus
