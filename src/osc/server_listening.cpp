// What is answered once it has been heard.
#include "listen/words.h"
#include "osc/server.h"

namespace chronus {

void Server::listen(Owed owed) {
    const Listening& wanted = *owed.outcome.listening;
    const auto ticket = ears_.listen(wanted.target, wanted.from, wanted.frames);
    if (ticket) {
        listening_.emplace(*ticket, std::move(owed));
    } else {
        owed.outcome = Outcome::refused(ticket.refusal());
        fresh_.push_back(std::move(owed));
    }
}

void Server::answer_heard() {
    ears_.poll([this](std::uint64_t ticket, const Result<Figures>& figures) {
        auto heard = listening_.extract(ticket);
        if (heard.empty()) return;
        Owed& owed = heard.mapped();
        Outcome& outcome = owed.outcome;
        if (figures) {
            Words words = words_of(*figures, outcome.listening->name, outcome.listening->target.is_master());
            words.insert(words.end(), outcome.words.begin(), outcome.words.end());
            outcome.words = std::move(words);
        } else {
            outcome = Outcome::refused(figures.refusal());
        }
        fresh_.push_back(std::move(owed));
    });
}

void Server::end_listening() {
    const Words ended = Outcome::refused({"stopped", "the daemon ended before the time was over", "/status"}).words;
    for (const auto& [ticket, owed] : listening_) refuse(owed.client, owed.address, owed.id, ended);
    listening_.clear();
}

}  // namespace chronus
