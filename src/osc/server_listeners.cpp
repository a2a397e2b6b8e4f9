// Who hears of what happens, and what goes with those who are gone.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "osc/server.h"
#include "text/message_text.h"

namespace chronus {
namespace {

constexpr auto kLeasesApart = std::chrono::milliseconds(50);  // looking at all clients is not for every turn

}  // namespace

// /notify 5007, /notify here beat bar, /notify 5007 off, /notify off
Outcome Server::notify(const Client& client, const Message& message) {
    const Command& command = *find_command("/notify");
    const auto refuse = [&](std::string code, std::string reason) {
        return Outcome::refused({std::move(code), std::move(reason), std::string(command.example)});
    };
    if (const auto fault = misfit(command, message)) return Outcome::refused(*fault);
    Client listener = client;
    const auto where = text_of(message.arguments[0]).value_or("");
    bool off = where == "off";
    if (const auto port = number_of(message.arguments[0])) {
        if (!(*port >= 1 && *port <= 65535) || *port != std::floor(*port)) return refuse("range", "a port is a whole number from 1 to 65535");
        listener = Client::udp(static_cast<std::uint16_t>(*port));
    } else if (!off && where != "here") {
        return refuse("type", fmt::format("{} is neither a port of this machine nor here nor off", where));
    }
    Happenings wants = 0;
    std::string names;
    for (std::size_t i = 1; i < message.arguments.size(); ++i) {
        const std::string name = text_of(message.arguments[i]).value_or("");
        if (name == "off") {
            off = true;
            continue;
        }
        const auto some = read_happening(name);
        if (!some) return Outcome::refused(some.refusal());
        wants |= *some;
        names += " " + name;
    }
    std::erase_if(listeners_, [&](const Listener& one) { return one.client == listener; });
    if (!off) listeners_.push_back({listener, wants ? wants : kUsual});
    Words words{message.arguments[0]};
    if (off && where != "off") words.emplace_back(std::string("off"));
    if (!names.empty() && !off) words.emplace_back(names.substr(1));
    return {.done = true, .words = std::move(words)};
}

void Server::tell(const Happened& happened, const Client* except) {
    const std::vector<Listener> listeners = listeners_;  // who turns out to be gone leaves the list
    for (const Listener& listener : listeners)
        if ((listener.wants & bit(happened.kind)) && !(except && listener.client == *except)) send(listener.client, "", happened.message);
}

void Server::tell_happenings() {
    for (const Happened& happened :
         watchman_.look(console_.telemetry(), console_.studio(), console_.version(), xruns ? xruns() : 0))
        if (!listeners_.empty()) tell(happened);
    const bool drawn = std::any_of(listeners_.begin(), listeners_.end(), [](const Listener& one) { return one.wants & bit(Happening::viz); });
    for (const Message& message : viz_.draw(console_, drawn)) tell({Happening::viz, message});
}

Outcome Server::lease(const Client& client, const Message& message) {
    const Command& command = *find_command("/lease");
    if (const auto fault = misfit(command, message)) return Outcome::refused(*fault);
    const double seconds = std::clamp(number_of(message.arguments[0]).value_or(0), 0.0, 86400.0);
    Conversation& talk = conversations_[client];
    talk.lease_seconds = seconds;
    talk.lease_until = std::chrono::steady_clock::now() +
                       std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds));
    return {.done = true, .words = {static_cast<float>(seconds), std::string("s")}};
}

void Server::end_leases() {
    const auto now = std::chrono::steady_clock::now();
    if (now < leases_seen_ + kLeasesApart) return;
    leases_seen_ = now;
    std::vector<Client> over;
    for (const auto& [client, talk] : conversations_)
        if (talk.lease_seconds > 0 && talk.lease_until < now) over.push_back(client);
    for (const Client& client : over) lose(client);
}

// Whoever had a lease and is gone leaves no track playing; the log has what that took.
void Server::lose(const Client& client) {
    std::erase_if(listeners_, [&](const Listener& one) { return one.client == client; });
    const auto found = conversations_.find(client);
    if (found == conversations_.end()) return;
    const Conversation talk = std::move(found->second);
    conversations_.erase(found);
    tell({Happening::client, {"/event", {std::string("client"), std::string("gone"), client.name()}}});
    if (talk.lease_seconds == 0) return;
    console_.hear_from(0);
    std::vector<std::string> own;
    for (const auto& [name, track] : console_.studio().tracks)
        if (const Touch* touch = console_.touches().find("track " + name); touch && touch->who == talk.speaker) own.push_back(name);
    for (const std::string& name : own) console_.obey({"/seq/remove", {name}});
}

}  // namespace chronus
