#include "osc/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "osc/timetag.h"
#include "text/message_text.h"
#include "workshop/vetter.h"

namespace chronus {
namespace {

using Steady = std::chrono::steady_clock;

constexpr std::size_t kAnswersKept = 256;     // a client
constexpr std::size_t kConversations = 1024;  // clients remembered
constexpr auto kNoBlock = std::chrono::milliseconds(100);   // the audio is not running
constexpr auto kWhileOwed = std::chrono::microseconds(200); // the audio thread wakes nobody: it is asked
constexpr std::int64_t kClockSet = 1'000'000;               // ns by which the wall clock must have been set
constexpr auto kWhileWaited = std::chrono::milliseconds(1);  // for a moment
constexpr double kSilenceWaited = 1;                        // s
constexpr auto kIdle = std::chrono::milliseconds(20);       // fades

std::int64_t monotonic_now() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(Steady::now().time_since_epoch()).count();
}

Steady::duration seconds_of(double seconds) {
    return std::chrono::duration_cast<Steady::duration>(std::chrono::duration<double>(seconds));
}

bool is_never_answered(const std::string& address) {
    return address == "/done" || address == "/fail" || address == "/event" || address.starts_with("/viz/");
}

// sclang and Pd do not know h: what fits goes as i.
Message as_others_read_it(Message message) {
    for (Argument& argument : message.arguments)
        if (const auto* whole = std::get_if<std::int64_t>(&argument); whole && std::in_range<std::int32_t>(*whole))
            argument = static_cast<std::int32_t>(*whole);
    return message;
}

}  // namespace

Server::Server(Wire& wire, Console& console, FrameAt frame_at)
    : wire_(wire),
      console_(console),
      frame_at_(std::move(frame_at)),
      ears_(console.mail(), console.rate()),
      workshop_(vet_program()),
      monotonic_to_unix_(unix_now() - monotonic_now()) {
    console_.on_taken = [this](std::uint64_t number, std::int64_t frame) {
        taken_ = number;
        taken_at_ = frame;
        answer_owed();
    };
    console_.on_later = [this](const Message& message, const Outcome& outcome) { settle(Client{}, message.address, "", outcome); };
    console_.on_fault = [this](const std::string& path, std::int64_t frame) { note_fault(path, frame); };
    console_.on_overrun = [this](const std::string& type, std::int64_t frame) { note_overrun(type, frame); };
    console_.on_event = [this](const std::string& what, const std::string& of) {
        if (what == "trouble") fmt::print(stderr, "chronusd: {}\n", of);
        tell({Happening::record, {"/event", {what, of}}});
    };
}

Server::~Server() {
    console_.on_taken = nullptr;
    console_.on_later = nullptr;
    console_.on_fault = nullptr;
    console_.on_overrun = nullptr;
    console_.on_event = nullptr;
}

std::chrono::nanoseconds Server::patience() {
    const std::chrono::nanoseconds shortest = kWhileOwed, longest = kIdle;
    if (!owed_.empty()) return shortest;
    if (!waiters_.empty() || workshop_.busy()) return kWhileWaited;
    const bool beats = std::any_of(listeners_.begin(), listeners_.end(), [](const Listener& listener) {
        return listener.wants & (bit(Happening::beat) | bit(Happening::bar));
    });
    if (beats && console_.telemetry().timeline.running) return kWhileWaited;
    const auto frames = console_.frames_to_due();
    if (!frames || *frames > console_.rate()) return longest;
    const std::chrono::nanoseconds left(*frames * kNanosecondsPerSecond / console_.rate());
    return std::clamp(left, shortest, longest);
}

void Server::run(const std::function<bool()>& keep_on) {
    while (keep_on() && !(console_.quitting() && owed_.empty())) {
        const bool heard = wire_.wait(patience());
        if (heard) receive();
        console_.poll();
        tell_happenings();
        end_leases();
        answer_waiters();
        answer_heard();
        answer_tried();
        roll_back();
        owe_fresh(0);
        answer_owed();
    }
    end_listening();
    end_vetting();
}

// What has come, and what comes meanwhile, but not for long: others wait for their answers.
void Server::receive() {
    const auto until = Steady::now() + kWhileOwed;
    std::size_t count = 0;
    do {
        console_.begin_batch();
        count = wire_.receive([this](const Client& client, std::span<const std::byte> datagram) { hear(client, datagram); });
        owe_fresh(console_.end_batch());
    } while (count > 0 && Steady::now() < until);
}

// All in the order in which they came, also those that could be answered before.
void Server::owe_fresh(std::uint64_t mail) {
    for (Owed& owed : fresh_) {
        if (owed.outcome.batched) owed.outcome.mail = mail;
        owed_.push_back(std::move(owed));
    }
    fresh_.clear();
}

void Server::hear(const Client& client, std::span<const std::byte> datagram) {
    console_.hear_from(conversation_with(client).speaker);
    auto packet = decode(datagram);
    if (!packet) return refuse(client, "", "", {packet.refusal().code, packet.refusal().reason, packet.refusal().example});
    const Journal::Act act(console_.journal());
    Hushed hush;
    std::uint32_t last = 0, hushed = 0;
    for (TimedMessage& timed : packet->messages) {
        const bool begins = timed.bundle != last;
        last = timed.bundle;
        if (begins && timed.message.address == "/quiet") {
            end_hush(hush);
            hush = std::make_shared<Hush>();
            hush->client = client;
            hushed = timed.bundle;
        } else {
            const Hushed& own = timed.bundle == hushed ? hush : nullptr;
            hear(client, std::move(timed), own);
        }
    }
    end_hush(hush);
}

void Server::end_hush(const Hushed& hush) {
    if (!hush || --hush->left > 0) return;
    settle(hush->client, "/quiet", "", {.done = true, .words = hush->tally.words(), .batched = true});
}

// Of clients that come and go, those that were silent for longest are forgotten.
Server::Conversation& Server::conversation_with(const Client& client) {
    auto [place, is_new] = conversations_.try_emplace(client);
    place->second.heard = ++datagrams_;
    if (place->second.lease_seconds > 0) place->second.lease_until = Steady::now() + seconds_of(place->second.lease_seconds);
    if (!is_new) return place->second;
    place->second.speaker = console_.touches().speaker(client.name());
    if (conversations_.size() > kConversations) {
        const auto oldest = std::min_element(conversations_.begin(), conversations_.end(),
                                             [](const auto& a, const auto& b) {
                                                 const auto rank = [](const Conversation& talk) {
                                                     return std::pair(talk.lease_seconds > 0 || talk.quiet, talk.heard);
                                                 };
                                                 return rank(a.second) < rank(b.second);
                                             });
        conversations_.erase(oldest);
    }
    return conversations_.at(client);
}

// The wall clock may be set, and runs on while the machine sleeps. A small difference is none: it is the time
// that passes between the readings.
void Server::compare_clocks() {
    const std::int64_t before = monotonic_now(), unix = unix_now(), after = monotonic_now();
    const std::int64_t found = unix - before;
    if (std::abs(found - monotonic_to_unix_) > kClockSet + (after - before)) monotonic_to_unix_ = found;
}

// A time tag means the frame that is handed to the device: what is to be heard there is made a little earlier.
std::optional<std::int64_t> Server::frame_of(std::uint64_t ntp) {
    compare_clocks();
    const std::optional<double> frame = frame_at_(unix_from_ntp(ntp) - monotonic_to_unix_);
    if (!frame) return std::nullopt;
    return std::llround(*frame) - console_.telemetry().latency;
}

void Server::hear(const Client& client, TimedMessage&& timed, const Hushed& hush) {
    if (is_never_answered(timed.message.address)) return;
    Message message = std::move(timed.message);
    std::string id;
    if (message.address == "/req") {
        const auto given = message.arguments.size() < 2 ? std::nullopt : text_of(message.arguments[0]);
        const auto address = given ? text_of(message.arguments[1]) : std::nullopt;
        if (!address)
            return refuse(client, "/req", "", {std::string("missing"), std::string("/req wants an id and an address"), std::string("/req 7 /status")});
        id = *given;
        message = {*address, {message.arguments.begin() + 2, message.arguments.end()}};
        // Asked again with the same id: the same answer, not the same act.
        for (const auto& [old, reply] : conversations_[client].answered)
            if (old == id) return send(client, "", reply);
        if (is_under_way(client, id)) return;
    }
    // What concerns the conversation alone has no frame.
    const bool at_once = timed.ntp == kImmediately || message.address == "/notify" || message.address == "/quiet" || message.address == "/lease";
    const std::optional<std::int64_t> at = at_once ? std::nullopt : frame_of(timed.ntp);
    if (!at) return obey(client, message, id, Event::kNow, 0, hush);
    const std::int64_t now = console_.telemetry().frame;
    if (*at < now) return obey(client, message, id, Event::kNow, now - *at, hush);
    if (!id.empty()) conversations_[client].awaited.push_back(id);
    if (hush) ++hush->left;
    console_.schedule(message, *at, [this, client, message, id, hush](const Outcome& outcome) {
        if (!id.empty()) std::erase(conversations_[client].awaited, id);
        settle(client, message.address, id, outcome, hush);
        end_hush(hush);
    });
}

bool Server::is_under_way(const Client& client, const std::string& id) {
    const auto same = [&](const Owed& owed) { return owed.id == id && owed.client == client; };
    const std::vector<std::string>& awaited = conversations_[client].awaited;
    return std::find(awaited.begin(), awaited.end(), id) != awaited.end() ||
           std::any_of(listening_.begin(), listening_.end(), [&](const auto& one) { return same(one.second); }) ||
           std::any_of(vetted_.begin(), vetted_.end(), [&](const auto& one) { return same(one.second); }) ||
           std::any_of(owed_.begin(), owed_.end(), same) || std::any_of(fresh_.begin(), fresh_.end(), same);
}

void Server::obey(const Client& client, const Message& message, const std::string& id, std::int64_t at, std::int64_t late,
                  const Hushed& hush) {
    if (message.address == "/wait") return start_waiting(client, message, id);
    Outcome outcome;
    if (message.address == "/notify") outcome = notify(client, message);
    else if (message.address == "/lease") outcome = lease(client, message);
    else if (message.address == "/quiet") outcome = be_quiet(client, message);
    else outcome = console_.obey(message, at);
    if (late > 0 && outcome.done) outcome.words.push_back(fmt::format("late by {} frames", late));
    settle(client, message.address, id, std::move(outcome), hush);
}

void Server::start_waiting(const Client& client, const Message& message, const std::string& id) {
    const Telemetry& now = console_.telemetry();
    const auto text = message.arguments.empty() ? std::nullopt : text_of(message.arguments[0]);
    if (text == "silence") {
        if (!id.empty()) conversations_[client].awaited.push_back(id);
        return waiters_.push_back({client, id, {}, kSilenceWaited});
    }
    const auto when = read_when(text.value_or(""), now.timeline, now.frame);
    if (when) {
        if (!id.empty()) conversations_[client].awaited.push_back(id);
        return waiters_.push_back({client, id, *when, 0});
    }
    settle(client, message.address, id,
           {.done = false, .words = {when.refusal().code, when.refusal().reason, std::string("/wait \"next bar\"")}});
}

void Server::answer_waiters() {
    const Telemetry& now = console_.telemetry();
    std::erase_if(waiters_, [&](const Waiter& waiter) {
        const bool for_silence = waiter.silence_seconds > 0;
        if (for_silence ? !is_silent(now, waiter.silence_seconds) : !waiter.when.comes_before(now.timeline, now.frame)) return false;
        if (!waiter.id.empty()) std::erase(conversations_[waiter.client].awaited, waiter.id);
        settle(waiter.client, "/wait", waiter.id,
               {.done = true, .words = {for_silence ? fmt::format("silence since {}", now.sounded_at) : print_when(waiter.when, now.timeline, now.frame)}});
        return true;
    });
}

// From now on what sets and plays is counted, not answered; off tells what came of it, once it is true.
Outcome Server::be_quiet(const Client& client, const Message& message) {
    const Command& command = *find_command("/quiet");
    if (const auto fault = misfit(command, message)) return Outcome::refused(*fault);
    std::optional<Tally>& quiet = conversations_[client].quiet;
    if (says_on(message, 0, true)) {
        if (!quiet) quiet.emplace();
        return {.done = true, .words = {true}};
    }
    const Words words = std::exchange(quiet, std::nullopt).value_or(Tally{}).words();
    return {.done = true, .words = words, .batched = true};
}

void Server::settle(const Client& client, const std::string& address, const std::string& id, Outcome outcome,
                    const Hushed& hush) {
    Tally* tally = hush ? &hush->tally : nullptr;
    if (const auto talk = conversations_.find(client); !tally && talk != conversations_.end() && talk->second.quiet)
        tally = &*talk->second.quiet;
    if (tally && is_counted(outcome)) return tally->count(address, outcome);
    if (tally && !hush && address == "/sync")
        for (Argument& word : tally->words()) outcome.words.push_back(std::move(word));
    Owed owed{client, address, id, std::move(outcome), Steady::now()};
    if (owed.outcome.listening) listen(std::move(owed));
    else if (owed.outcome.vetting) vet(std::move(owed));
    else fresh_.push_back(std::move(owed));
}

void Server::answer_owed() {
    const auto now = Steady::now();
    while (!owed_.empty()) {
        const Owed& first = owed_.front();
        const bool true_now = first.outcome.mail <= taken_;
        if (!true_now && now - first.since < kNoBlock) return;
        answer(first, taken_at_, true_now);
        owed_.pop_front();
    }
}

void Server::answer(const Owed& owed, std::int64_t frame, bool running) {
    if (!owed.outcome.done) return refuse(owed.client, owed.address, owed.id, owed.outcome.words);
    Message reply{"/done", {owed.address, owed.id}};
    reply.arguments.insert(reply.arguments.end(), owed.outcome.words.begin(), owed.outcome.words.end());
    if (owed.outcome.finish) {  // a question: its words say themselves of when they are
        Words more;
        owed.outcome.finish(more);
        reply.arguments.insert(reply.arguments.end(), more.begin(), more.end());
    } else if (!running) {
        reply.arguments.push_back(std::string("queued, audio not running"));
    } else if (owed.outcome.mail > 0) {
        const std::int64_t at = std::max(frame, owed.outcome.at);
        reply.arguments.insert(reply.arguments.end(), {std::string("at"), at});
        // Where it is in the music, while that runs.
        if (const Timeline& line = console_.telemetry().timeline; line.running && at >= line.frame)
            reply.arguments.push_back(print_position(at, line));
    }
    send(owed.client, owed.id, reply);
    tell({Happening::answer, reply}, &owed.client);
}

void Server::refuse(const Client& client, const std::string& address, const std::string& id, const Words& words) {
    Message reply{"/fail", {address, id}};
    reply.arguments.insert(reply.arguments.end(), words.begin(), words.end());
    fmt::print(stderr, "chronusd: {} {}\n", address, words.size() > 1 ? text_of(words[1]).value_or("") : "");
    send(client, id, reply);
    tell({Happening::answer, reply}, &client);
}

void Server::send(const Client& client, const std::string& id, const Message& message) {
    if (!id.empty()) {
        auto& answered = conversations_[client].answered;
        answered.emplace_back(id, message);
        if (answered.size() > kAnswersKept) answered.pop_front();
    }
    if (!client.answerable()) return;
    encode(as_others_read_it(message), buffer_);
    if (!wire_.send(client, buffer_) && wire_.last_is_gone()) lose(client);
}

}  // namespace chronus
