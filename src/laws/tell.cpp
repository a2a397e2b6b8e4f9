#include "laws/tell.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <string>

namespace chronus::laws {
namespace {

constexpr timeval kAStep{0, 500'000};

void wind_up_clock() {
    const itimerval once{{0, 0}, kAStep};
    setitimer(ITIMER_PROF, &once, nullptr);
}

}  // namespace

Teller::Teller() : out_(fcntl(kDescriptor, F_GETFD) < 0 ? STDOUT_FILENO : kDescriptor) {}

void Teller::line(std::string_view text) {
    std::string whole(text);
    std::replace(whole.begin(), whole.end(), '\n', ' ');
    whole += '\n';
    for (std::size_t done = 0; done < whole.size();) {
        const ssize_t written = write(out_, whole.data() + done, whole.size() - done);
        if (written <= 0) _exit(2);  // nobody listens any more
        done += static_cast<std::size_t>(written);
    }
}

void Teller::at(std::string_view what) {
    wind_up_clock();
    line(fmt::format("at {}", what));
}
void Teller::figure(std::string_view name, double value) { line(fmt::format("figure {} {:.6g}", name, value)); }
void Teller::refused(std::string_view code, std::string_view why) { line(fmt::format("refused {} {}", code, why)); }
void Teller::passed() { line("passed"); }

}  // namespace chronus::laws
