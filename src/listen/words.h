// Figures as an answer tells them: names and values.
#pragma once
#include <string>
#include <vector>

#include "listen/meter.h"
#include "text/message.h"

namespace chronus {

// The limiter stands behind the master: of a module it says nothing.
std::vector<Argument> words_of(const Figures& figures, const std::string& target, bool master);

}  // namespace chronus
