// What the three parts of the guard share: the state of the thread and the report of a violation.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CHRONUS_GUARD_WATCHES 0
#else
#define CHRONUS_GUARD_WATCHES 1
#endif

// initial-exec: reading it must not itself allocate, which the lazy model may do in a loaded library.
#define CHRONUS_GUARD_LOCAL thread_local __attribute__((tls_model("initial-exec")))

namespace chronus::guard {

extern CHRONUS_GUARD_LOCAL int depth;  // how many scopes are open on this thread

// What the kernel reads before each system call of this thread: 0 lets it pass, 1 raises SIGSYS.
extern CHRONUS_GUARD_LOCAL volatile char selector;

// Asks the kernel to read this thread's selector; once a thread, later calls cost a test.
void watch_system_calls_of_this_thread() noexcept;
const char* system_call_name(long number) noexcept;

// Counts it, or prints it with its callers and aborts. A system call has a number, all else has not.
void report(const char* what, long system_call = -1) noexcept;

inline void check(const char* what) noexcept {
    if (__builtin_expect(depth > 0, 0)) report(what);
}

}  // namespace chronus::guard
