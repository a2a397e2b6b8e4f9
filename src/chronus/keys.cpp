#include "chronus/keys.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace chronus::hand {

Keys::Keys() {
    sigemptyset(&held_);
    for (const int signal : {SIGINT, SIGTSTP, SIGTERM, SIGHUP, SIGWINCH, SIGCONT}) sigaddset(&held_, signal);
    pthread_sigmask(SIG_BLOCK, &held_, &before_);
    signals_ = signalfd(-1, &held_, SFD_CLOEXEC | SFD_NONBLOCK);
}

Keys::~Keys() {
    if (signals_ >= 0) close(signals_);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

Keys::Event Keys::wait(std::optional<std::chrono::milliseconds> timeout) {
    std::array<pollfd, 2> watched{{{signals_, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
    for (;;) {
        const int count =
            poll(watched.data(), watched.size(), timeout ? static_cast<int>(timeout->count()) : -1);
        if (count == 0) return Event::timeout;
        if (count < 0 && errno != EINTR) return Event::closed;
        if (count < 0) continue;
        signalfd_siginfo came{};
        if ((watched[0].revents & POLLIN) && read(signals_, &came, sizeof came) == sizeof came) {
            switch (came.ssi_signo) {
                case SIGINT:
                    return Event::interrupted;
                case SIGTSTP:
                    return Event::suspended;
                case SIGWINCH:
                    return Event::resized;
                case SIGCONT:
                    return Event::resumed;
                default:
                    return Event::told_to_end;
            }
        }
        if (watched[1].revents & POLLIN) return Event::key;
        if (watched[1].revents) return Event::closed;
    }
}

bool Keys::pending() const {
    pollfd watched{STDIN_FILENO, POLLIN, 0};
    return poll(&watched, 1, 0) > 0;
}

}  // namespace chronus::hand
