// Other programs: the compiler, the trial.
#pragma once
#include <string>
#include <vector>

namespace chronus {

struct Ran {
    int status = -1;   // of exit; 128 and the signal's number if one ended it; -1: it could not be run
    std::string said;  // on both its outputs
};

// Waits for its end. Found by the path, as a shell does.
Ran run_program(const std::vector<std::string>& words);

}  // namespace chronus
