#include "chronus/tutor.h"

#include "chronus/spot.h"

namespace chronus::hand {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 150ms;  // somebody is typing
constexpr auto kUntilNext = 2s;    // before an absent daemon is asked again
constexpr int kDeepest = 8;        // parts within parts

std::string first_text(const std::vector<Argument>& values) {
    const auto* text = values.empty() ? nullptr : std::get_if<std::string>(&values[0]);
    return text ? *text : "";
}

}  // namespace

Tutor::Tutor(const Place& place) : link_(place, kPatience) {}

Completion Tutor::complete(std::string_view text, std::size_t cursor) {
    learn(text.substr(0, std::min(cursor, text.size())));
    return hand::complete(text, cursor, vocabulary_);
}

Hint Tutor::hint(std::string_view text, std::size_t cursor) {
    learn(text.substr(0, std::min(cursor, text.size())));
    const std::string path = parameter_at(text, cursor, vocabulary_);
    if (!path.empty() && !vocabulary_.values.contains(path)) {
        std::vector<Argument> values;
        if (ask({"/mod/" + path, {}}, values) && !values.empty()) {
            // More may follow: what moves it, and who set it.
            const std::string& unit = vocabulary_.parameter(path)->unit;
            values.resize(1);
            vocabulary_.values[path] = for_people({true, "", values, {}}) + (unit.empty() ? "" : " " + unit);
        }
    }
    return hint_for(text, cursor, vocabulary_);
}

void Tutor::learn(std::string_view text) {
    if (!fresh_ && !learn_overview()) return;
    for (int depth = 0; depth < kDeepest; ++depth) {
        const std::vector<std::string> wanted = types_wanted(text, vocabulary_);
        for (const std::string& name : wanted) {
            std::vector<Argument> values;
            if (!ask({"/schema", {name}}, values)) return;
            read_type(name, first_text(values), vocabulary_);
        }
        if (wanted.empty()) return;
    }
}

// What each type is like is asked for when it is spoken of: all of them are more than a datagram holds.
bool Tutor::learn_overview() {
    std::vector<Argument> commands, types, modules, tracks;
    const bool all = ask({"/schema", {std::string("commands")}}, commands) && ask({"/types", {}}, types) &&
                     ask({"/list", {}}, modules) && ask({"/seq/status", {}}, tracks);
    if (!all) return false;
    std::vector<Argument> patches;
    ask({"/patch/list", {}}, patches);
    vocabulary_ = {};
    read_commands(first_text(commands), vocabulary_);
    read_types(types, vocabulary_);
    read_modules(modules, vocabulary_);
    read_tracks(tracks, vocabulary_);
    read_patches(patches, vocabulary_);
    fresh_ = true;
    return true;
}

bool Tutor::ask(const Message& request, std::vector<Argument>& values) {
    if (DaemonLink::Clock::now() < absent_until_) return false;
    const Result<Answer> answer = link_.ask(request);
    if (!answer) absent_until_ = DaemonLink::Clock::now() + kUntilNext;
    if (!answer || !answer->done) return false;
    values = answer->values;
    return true;
}

}  // namespace chronus::hand
