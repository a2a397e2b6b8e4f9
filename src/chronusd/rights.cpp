#include "chronusd/rights.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

namespace chronus {

void ask_for_priority() {
    constexpr int kBelowAudio = 10;
    const sched_param priority{kBelowAudio};
    pthread_setschedparam(pthread_self(), SCHED_FIFO, &priority);
}

void lock_memory() {
    rlimit limit{};
    const bool unlimited = getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
    if (unlimited || geteuid() == 0) mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT);
}

}  // namespace chronus
