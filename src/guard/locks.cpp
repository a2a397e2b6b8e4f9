// Stands in front of the locks that can block. An uncontended one makes no system call, so only this sees it.
// std::mutex, std::shared_mutex and std::condition_variable come here too.
#include "guard/guard.h"
#include "guard/watch.h"

#if CHRONUS_GUARD_WATCHES
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>

#include <atomic>
#include <ctime>

namespace {

// The C library's function behind ours. Constant-initialised: locks are taken before constructors run.
template <class F>
class Next {
public:
    constexpr explicit Next(const char* name) : name_(name) {}

    template <class... Arguments>
    int operator()(Arguments... arguments) {
        chronus::guard::check(name_);
        F* function = found_.load(std::memory_order_relaxed);
        if (!function) function = find();
        return function(arguments...);
    }

private:
    F* find() {
        const chronus::guard::Allow look_away;
        F* function = reinterpret_cast<F*>(dlsym(RTLD_NEXT, name_));
        found_.store(function, std::memory_order_relaxed);
        return function;
    }

    const char* name_;
    std::atomic<F*> found_{nullptr};
};

using Mutex = pthread_mutex_t;
using Shared = pthread_rwlock_t;
using Condition = pthread_cond_t;

constinit Next<int(Mutex*)> mutex_lock("pthread_mutex_lock");
constinit Next<int(Mutex*, const timespec*)> mutex_timedlock("pthread_mutex_timedlock");
constinit Next<int(Shared*)> rwlock_rdlock("pthread_rwlock_rdlock");
constinit Next<int(Shared*)> rwlock_wrlock("pthread_rwlock_wrlock");
constinit Next<int(Condition*, Mutex*)> cond_wait("pthread_cond_wait");
constinit Next<int(Condition*, Mutex*, const timespec*)> cond_timedwait("pthread_cond_timedwait");
constinit Next<int(Condition*, Mutex*, clockid_t, const timespec*)> cond_clockwait("pthread_cond_clockwait");
constinit Next<int(sem_t*)> semaphore_wait("sem_wait");
constinit Next<int(sem_t*, const timespec*)> semaphore_timedwait("sem_timedwait");

}  // namespace

extern "C" {

int pthread_mutex_lock(Mutex* mutex) noexcept {
    return mutex_lock(mutex);
}
int pthread_mutex_timedlock(Mutex* mutex, const timespec* until) noexcept {
    return mutex_timedlock(mutex, until);
}
int pthread_rwlock_rdlock(Shared* lock) noexcept {
    return rwlock_rdlock(lock);
}
int pthread_rwlock_wrlock(Shared* lock) noexcept {
    return rwlock_wrlock(lock);
}

// The waits may end by thread cancellation, which unwinds: so not noexcept.
int pthread_cond_wait(Condition* condition, Mutex* mutex) {
    return cond_wait(condition, mutex);
}
int pthread_cond_timedwait(Condition* condition, Mutex* mutex, const timespec* until) {
    return cond_timedwait(condition, mutex, until);
}
int pthread_cond_clockwait(Condition* condition, Mutex* mutex, clockid_t clock, const timespec* until) {
    return cond_clockwait(condition, mutex, clock, until);
}
int sem_wait(sem_t* semaphore) {
    return semaphore_wait(semaphore);
}
int sem_timedwait(sem_t* semaphore, const timespec* until) {
    return semaphore_timedwait(semaphore, until);
}

}  // extern "C"
#endif
