// What the system may allow a process that plays, or not: it does without.
#pragma once

namespace chronus {

// For this thread. It answers within a block: above what is not real time, below the audio.
void ask_for_priority();

// What has been touched once stays in memory. Only where no limit could make a later allocation fail.
void lock_memory();

}  // namespace chronus
