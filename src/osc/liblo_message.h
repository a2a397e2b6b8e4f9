// liblo's message, freed when it goes.
#pragma once
#include <lo/lo_lowlevel.h>

#include <memory>

namespace chronus {

struct FreeLibloMessage {
    void operator()(lo_message message) const { lo_message_free(message); }
};

using LibloMessage = std::unique_ptr<void, FreeLibloMessage>;

}  // namespace chronus
