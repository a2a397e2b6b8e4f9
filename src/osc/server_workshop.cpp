// What is answered once a build has been tried, and what becomes of types that go wrong while they play.
#include <fmt/format.h>

#include <cstdio>

#include "osc/server.h"
#include "studio/resolve.h"
#include "text/message_text.h"

namespace chronus {
namespace {

constexpr int kPatience = 3;  // faults of a build, until the one before comes back

constexpr const char* kChecked = "load, prepare, reset, time, repetition, batches of 1, 3, 8 and 17, extremes, corners, DC";

void add(Words& words, const std::string& name, Argument value) {
    words.push_back(name);
    words.push_back(std::move(value));
}

float milliseconds(std::chrono::steady_clock::duration time) {
    return std::chrono::duration<float, std::milli>(time).count();
}

}  // namespace

void Server::vet(Owed owed) {
    const std::uint64_t ticket = workshop_.bring(console_.builds(), owed.outcome.vetting->file);
    vetted_.emplace(ticket, std::move(owed));
}

void Server::answer_tried() {
    for (const Workshop::Tried& tried : workshop_.take_tried()) {
        auto found = vetted_.extract(tried.ticket);
        if (found.empty()) continue;
        Owed& owed = found.mapped();
        const std::string name = owed.outcome.vetting->name;
        const Verdict& verdict = tried.verdict;
        if (verdict.passed) {
            console_.hear_from(conversations_.contains(owed.client) ? conversations_.at(owed.client).speaker : 0);
            owed.outcome = console_.take({"/module/reload", {name, tried.hash}});
        } else {
            owed.outcome = Outcome::refused({verdict.why.code, fmt::format("{} was not taken: {}", name, verdict.why.reason), "/module/info " + name});
        }
        if (owed.outcome.done) {
            Words& words = owed.outcome.words;
            add(words, "checked", std::string(kChecked));
            for (const auto& [figure, value] : verdict.figures) add(words, figure, static_cast<float>(value));
            add(words, "tried_ms", static_cast<float>(verdict.seconds * 1000));
            add(words, "took_ms", milliseconds(std::chrono::steady_clock::now() - owed.since));
            tell({Happening::module, {"/event", {std::string("module"), std::string("reloaded"), name, tried.hash, console_.telemetry().frame}}}, &owed.client);
        }
        owed.since = std::chrono::steady_clock::now();
        fresh_.push_back(std::move(owed));
    }
}

void Server::end_vetting() {
    const Words ended = Outcome::refused({"stopped", "the daemon ended before it was tried", "/status"}).words;
    for (const auto& [ticket, owed] : vetted_) refuse(owed.client, owed.address, owed.id, ended);
    vetted_.clear();
}

void Server::note_fault(const std::string& path, std::int64_t frame) {
    fmt::print(stderr, "chronusd: {} was muted and reset: its output ran away\n", path);
    tell({Happening::fault, {"/event", {std::string("fault"), path, frame}}});
    if (const Type* type = type_at(console_.studio(), console_.types(), path)) count_fault(type->name, frame);
}

void Server::note_overrun(const std::string& type, std::int64_t frame) {
    fmt::print(stderr, "chronusd: {} was suspended: it takes more of a block's time than there is\n", type);
    tell({Happening::fault, {"/event", {std::string("fault"), type, frame, std::string("suspended")}}});
    count_fault(type, frame);
}

// Several modules of a type that go wrong at once do so once.
void Server::count_fault(const std::string& type, std::int64_t frame) {
    Lineage& lineage = console_.lineage(type);
    if (lineage.faults > 0 && lineage.last_fault == frame) return;
    lineage.last_fault = frame;
    if (++lineage.faults == kPatience && !lineage.former.empty()) failed_.push_back(type);
}

void Server::roll_back() {
    for (const std::string& type : std::exchange(failed_, {})) {
        console_.hear_from(0);
        const Outcome outcome = console_.take({"/module/rollback", {type}});
        if (!outcome.done) continue;
        const std::string build = text_of(outcome.words.at(1)).value_or("");
        fmt::print(stderr, "chronusd: {} went wrong {} times: its build {} is back\n", type, kPatience, build);
        tell({Happening::module, {"/event", {std::string("module"), std::string("rolled-back"), type, build, console_.telemetry().frame}}});
    }
}

}  // namespace chronus
