// Opening and closing scopes, counting and reporting.
#include "guard/guard.h"

#include <execinfo.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>

#include "guard/watch.h"
#include "handoff/realtime_scope.h"

namespace chronus::guard {

CHRONUS_GUARD_LOCAL int depth = 0;
CHRONUS_GUARD_LOCAL volatile char selector = 0;

namespace {

std::atomic<Mode> mode{Mode::abort};
std::atomic<long> count{0};
std::atomic<const char*> last_what{nullptr};
std::atomic<long> last_system_call{-1};

constexpr int kMostFrames = 48;

// The first backtrace loads libgcc, which allocates: not for the first time inside a report.
[[gnu::constructor]] void load_unwinder() {
    void* frame[1];
    backtrace(frame, 1);
}

[[noreturn]] void print_and_abort(const char* what, long system_call) {
    char line[160];
    const int length =
        system_call < 0
            ? std::snprintf(line, sizeof line, "real-time guard: %s inside a real-time scope\n", what)
            : std::snprintf(line, sizeof line, "real-time guard: %s %ld (%s) inside a real-time scope\n",
                            what, system_call, system_call_name(system_call));
    [[maybe_unused]] const auto written = write(STDERR_FILENO, line, static_cast<std::size_t>(length));
    void* frames[kMostFrames];
    backtrace_symbols_fd(frames, backtrace(frames, kMostFrames), STDERR_FILENO);
    std::abort();
}

// The compiler must not move watched code out of the scope.
void barrier() {
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

void enter() noexcept {
    if (!CHRONUS_GUARD_WATCHES) return;
    if (depth == 0) watch_system_calls_of_this_thread();
    ++depth;
    selector = 1;
    barrier();
}

void leave() noexcept {
    if (!CHRONUS_GUARD_WATCHES) return;
    barrier();
    if (--depth == 0) selector = 0;
}

}  // namespace

void report(const char* what, long system_call) noexcept {
    const Allow look_away;
    count.fetch_add(1);
    last_system_call = system_call;
    last_what = what;
    if (mode == Mode::abort) print_and_abort(what, system_call);
}

void set_mode(Mode new_mode) noexcept {
    mode = new_mode;
}
long violations() noexcept {
    return count;
}

std::string last_violation() {
    const char* what = last_what;
    if (!what) return {};
    const long number = last_system_call;
    if (number < 0) return what;
    return std::string(what) + " " + std::to_string(number) + " (" + system_call_name(number) + ")";
}

void reset() noexcept {
    count = 0;
    last_what = nullptr;
    last_system_call = -1;
}

bool watches_memory_and_locks() noexcept {
    return CHRONUS_GUARD_WATCHES;
}

Scope::Scope() noexcept {
    enter();
}
Scope::~Scope() {
    leave();
}

Allow::Allow() noexcept : depth_(depth) {
    barrier();
    depth = 0;
    selector = 0;
}

Allow::~Allow() {
    depth = depth_;
    selector = depth_ > 0;
    barrier();
}

}  // namespace chronus::guard

extern "C" void chronus_realtime_enter() noexcept {
    chronus::guard::enter();
}
extern "C" void chronus_realtime_leave() noexcept {
    chronus::guard::leave();
}
