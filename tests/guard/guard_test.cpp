// The guard catches what it must, lets pass what it must, and leaves the thread as it found it.
#include "guard/guard.h"

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <cmath>
#include <csignal>
#include <ctime>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"
#include "handoff/realtime_scope.h"

using namespace chronus;

namespace {

// What the guard saw first while `act` ran inside a scope, and how often it saw something.
struct Seen {
    long violations = 0;
    std::string last;
};

template <class Act>
Seen watch(Act act) {
    const guard::Counting counting;
    {
        const RealtimeScope scope;
        act();
    }
    return {guard::violations(), guard::last_violation()};
}

// Keeps the compiler from leaving out an allocation that nobody reads.
template <class T>
void keep(T& value) {
    asm volatile("" : : "g"(&value) : "memory");
}

void grow_a_vector() {
    std::vector<int> numbers;
    numbers.push_back(1);
    keep(numbers);
}

}  // namespace

TEST_CASE("the guard catches memory being taken and given back") {
    if (!guard::watches_memory_and_locks()) return;
    SECTION("growing a vector") {
        const Seen seen = watch(grow_a_vector);
        CHECK(seen.violations == 2);  // malloc, then free
        CHECK(seen.last == "free");
    }
    SECTION("make_shared") {
        const Seen seen = watch([] {
            auto shared = std::make_shared<int>(1);
            keep(shared);
        });
        CHECK(seen.violations == 2);
    }
    SECTION("over-aligned new") {
        struct alignas(64) Wide {
            float lanes[16];
        };
        CHECK(watch([] {
                  auto wide = std::make_unique<Wide>();
                  keep(wide);
              }).violations == 2);
    }
    SECTION("freeing nothing is nothing") {
        CHECK(watch([] { std::free(nullptr); }).violations == 0);
    }
}

TEST_CASE("the guard catches locks that nobody else holds") {
    if (!guard::watches_memory_and_locks()) return;
    SECTION("a mutex") {
        std::mutex mutex;
        CHECK(watch([&] { const std::lock_guard lock(mutex); }).last == "pthread_mutex_lock");
    }
    SECTION("a shared mutex") {
        std::shared_mutex mutex;
        CHECK(watch([&] { const std::shared_lock lock(mutex); }).last == "pthread_rwlock_rdlock");
        CHECK(watch([&] { const std::unique_lock lock(mutex); }).last == "pthread_rwlock_wrlock");
    }
    SECTION("trying is allowed: it cannot block") {
        std::mutex mutex;
        CHECK(watch([&] {
                  if (mutex.try_lock()) mutex.unlock();
              }).violations == 0);
    }
}

TEST_CASE("the guard catches system calls, and lets them happen when it only counts") {
    if (!guard::watches_system_calls()) return;
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    SECTION("write") {
        const Seen seen = watch([&] { [[maybe_unused]] const auto n = write(ends[1], "x", 1); });
        CHECK(seen.last == "system call 1 (write)");
        char letter = 0;
        CHECK(read(ends[0], &letter, 1) == 1);
        CHECK(letter == 'x');
    }
    SECTION("each of several") {
        CHECK(watch([&] {
                  for (int i = 0; i < 3; ++i) [[maybe_unused]] const auto n = write(ends[1], "x", 1);
              }).violations == 3);
    }
    SECTION("usleep") {
        CHECK(watch([] { usleep(1); }).last == "system call 230 (clock_nanosleep)");
    }
    SECTION("sched_yield") {
        CHECK(watch([] { sched_yield(); }).last == "system call 24 (sched_yield)");
    }
    close(ends[0]);
    close(ends[1]);
}

TEST_CASE("the guard lets pass what does not leave the thread") {
    CHECK(watch([] {
              timespec now{};
              clock_gettime(CLOCK_MONOTONIC, &now);  // answered in user space by the vDSO
              double sum = 0;
              for (int i = 1; i < 100; ++i) sum += std::sqrt(static_cast<double>(i) + now.tv_nsec);
              keep(sum);
          }).violations == 0);
}

TEST_CASE("the guard watches only inside scopes, which may be nested") {
    const guard::Counting counting;
    {
        const guard::Scope outer;
        { const guard::Scope inner; }
        {
            const guard::Allow allow;
            grow_a_vector();
        }
        CHECK(guard::violations() == 0);
    }
    grow_a_vector();
    usleep(1);
    CHECK(guard::violations() == 0);
    if (guard::watches_memory_and_locks()) {
        {
            const guard::Scope outer;
            { const guard::Scope inner; }
            grow_a_vector();  // still inside the outer one
        }
        CHECK(guard::violations() == 2);
    }
}

TEST_CASE("the guard watches the thread in the scope and no other") {
    const guard::Counting counting;
    std::thread other;
    {
        const guard::Scope scope;
        const guard::Allow allow;
        other = std::thread([] {
            grow_a_vector();
            usleep(1);
        });
    }
    other.join();
    CHECK(guard::violations() == 0);
}

TEST_CASE("a signal that arrives inside a scope is no violation") {
    if (!guard::watches_system_calls()) return;
    static volatile std::sig_atomic_t arrived = 0;
    arrived = 0;
    struct sigaction action {
    }, before{};
    action.sa_handler = [](int) { arrived = 1; };
    REQUIRE(sigaction(SIGUSR1, &action, &before) == 0);
    const pthread_t self = pthread_self();
    std::thread sender([self] {
        usleep(20000);
        pthread_kill(self, SIGUSR1);
    });
    const Seen seen = watch([] {
        while (!arrived) {
        }
    });
    sender.join();
    sigaction(SIGUSR1, &before, nullptr);
    CHECK(seen.violations == 0);
}
