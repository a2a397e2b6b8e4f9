// What was said by a client that wants one answer for many messages: counts, and the first refusal.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "osc/client.h"
#include "studio/console.h"

namespace chronus {

struct Tally {
    std::int64_t taken = 0, clamped = 0, refused = 0;
    std::string first_refusal;  // and to which address

    void count(const std::string& address, const Outcome& outcome);
    // taken 64 clamped 1 refused 2 "/mod/x: there is no module x"
    Words words() const;
};

// Whether this is of those that are counted: what sets a value, plays or changes a track. Questions and changes of the
// rack are answered as ever.
bool is_counted(const Outcome& outcome);

// A bundle that begins with /quiet: answered once all of it has been obeyed, now or at its time.
struct Hush {
    Client client;
    std::string id;  // of the /quiet
    Tally tally;
    std::size_t left = 1;  // that are still to be obeyed; one until all of it has been read
};

}  // namespace chronus
