// Marks the stretch of code that must not allocate, lock or call the system.
// In the daemon it is two null tests; where the guard is linked (src/guard) it defines the two functions and watches.
#pragma once

extern "C" {
void chronus_realtime_enter() noexcept __attribute__((weak));
void chronus_realtime_leave() noexcept __attribute__((weak));
}

namespace chronus {

// [audio] May be nested.
struct RealtimeScope {
    RealtimeScope() noexcept {
        if (chronus_realtime_enter) chronus_realtime_enter();
    }
    ~RealtimeScope() {
        if (chronus_realtime_leave) chronus_realtime_leave();
    }
    RealtimeScope(const RealtimeScope&) = delete;
    RealtimeScope& operator=(const RealtimeScope&) = delete;
};

}  // namespace chronus
