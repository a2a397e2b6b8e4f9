// Proves that a stretch of code neither allocates, locks nor calls the system.
// Linked into a program (target `guard`), it watches every RealtimeScope of the engine and every guard::Scope.
// Under the address and thread sanitizers, which own malloc and the locks, it watches nothing.
#pragma once
#include <string>

namespace chronus::guard {

enum class Mode {
    abort,  // print what was done and where, then abort: the default
    count   // let it happen and count it
};

void set_mode(Mode mode) noexcept;
long violations() noexcept;
std::string last_violation();  // such as "malloc" or "system call 1 (write)"; empty if none
void reset() noexcept;         // forgets the violations counted so far

bool watches_memory_and_locks() noexcept;
bool watches_system_calls() noexcept;  // false where the kernel lacks Syscall User Dispatch (before 5.11)

// [any] Watches this thread while it lives. Scopes may be nested.
struct Scope {
    Scope() noexcept;
    ~Scope();
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
};

// [any] Looks away while it lives: for what a test itself does inside a scope.
struct Allow {
    Allow() noexcept;
    ~Allow();
    Allow(const Allow&) = delete;
    Allow& operator=(const Allow&) = delete;

private:
    int depth_;
};

// Counts instead of aborting while it lives, from zero.
struct Counting {
    Counting() noexcept {
        reset();
        set_mode(Mode::count);
    }
    ~Counting() { set_mode(Mode::abort); }
    Counting(const Counting&) = delete;
    Counting& operator=(const Counting&) = delete;
};

}  // namespace chronus::guard
