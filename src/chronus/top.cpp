#include "chronus/top.h"

#include <langinfo.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <string_view>

#include "chronus/keys.h"
#include "chronus/screen.h"
#include "chronus/top_view.h"

namespace chronus::hand {
namespace {

using namespace std::chrono_literals;
using Clock = DaemonLink::Clock;

constexpr auto kPatience = 250ms;  // with the daemon
constexpr auto kBetween = 120ms;   // pictures
constexpr auto kHearAgain =
    6s;  // an answer that has not come by then is lost: a quarter of a bar at 20 bpm takes three
constexpr int kCostsEvery = 8;  // pictures

// Asks the daemon for everything that is shown.
class Watch {
public:
    explicit Watch(const Place& place) : link_(place, kPatience) {}

    void look(TopState& state) {
        if (!ask(
                {"/status", {}}, [&](const auto& values) { take_status(state, values); }, state))
            return;
        if (!ask(
                {"/seq/status", {}}, [&](const auto& values) { take_tracks(state, values); }, state))
            return;
        if (looks_++ % kCostsEvery == 0 &&
            !ask(
                {"/cost", {}}, [&](const auto& values) { take_costs(state, values); }, state))
            return;
        listen(state);
        state.trouble.clear();
        state.answered = true;
    }

private:
    template <class Take>
    bool ask(const Message& request, Take take, TopState& state) {
        const Result<Answer> answer = link_.ask(request);
        if (answer && answer->done) {
            take(answer->values);
            return true;
        }
        state.trouble =
            answer ? answer->refusal.reason : answer.refusal().reason + ": " + answer.refusal().example;
        state.loudness.reset();
        hearing_.reset();
        return false;
    }

    // What is heard is answered when the time is over; meanwhile the rest goes on.
    void listen(TopState& state) {
        if (hearing_) {
            if (const auto answer = link_.answer_to(*hearing_)) {
                if (answer->done)
                    take_loudness(state, answer->values);
                else
                    state.loudness.reset();
                hearing_.reset();
            } else if (Clock::now() - since_ > kHearAgain) {
                hearing_.reset();
            }
        }
        if (hearing_) return;
        hearing_ = link_.send({"/listen", {std::string("master"), 0.25f}});
        since_ = Clock::now();
    }

    DaemonLink link_;
    std::uint64_t looks_ = 0;
    std::optional<std::string> hearing_;  // the id of the question
    Clock::time_point since_{};
};

bool is_utf8() {
    return std::string_view(nl_langinfo(CODESET)) == "UTF-8";
}

// Ctrl-C and q end it.
bool wants_to_quit() {
    char keys[64];
    const ssize_t count = read(STDIN_FILENO, keys, sizeof keys);
    return count <= 0 ||
           std::string_view(keys, static_cast<std::size_t>(count)).find_first_of("qQ\x03\x04") !=
               std::string_view::npos;
}

void suspend(Screen& screen) {
    screen.leave();
    raise(SIGSTOP);
    screen.enter();
}

}  // namespace

Result<Done> top(const Place& place) {
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return Refusal{"terminal", "top wants a terminal to draw on", "chronus --json status '/seq/status'"};
    std::setlocale(LC_CTYPE, "");
    const bool utf8 = is_utf8();
    Watch watch(place);
    TopState state;
    Keys keys;
    Screen screen;
    for (;;) {
        watch.look(state);
        screen.show(draw(state, Screen::size(), utf8));
        switch (keys.wait(kBetween)) {
            case Keys::Event::key:
                if (wants_to_quit()) return Done{};
                break;
            case Keys::Event::suspended:
                suspend(screen);
                break;
            case Keys::Event::interrupted:
            case Keys::Event::told_to_end:
            case Keys::Event::closed:
                return Done{};
            case Keys::Event::resized:
            case Keys::Event::resumed:
            case Keys::Event::timeout:
                break;
        }
    }
}

}  // namespace chronus::hand
