// The notes that are held with /note on a module that plays one at a time: which of them is heard, and which comes back when
// one is let go.
#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "studio/studio.h"

namespace chronus {

class HeldNotes {
public:
    // True if it is the one that is heard from now on.
    bool press(const std::string& path, Priority priority, double hertz) {
        std::vector<double>& held = held_[path];
        std::erase(held, hertz);
        held.push_back(hertz);
        return heard(held, priority) == hertz;
    }
    // What is heard once it is let go: 0 if nothing is held any more.
    double release(const std::string& path, Priority priority, double hertz) {
        std::vector<double>& held = held_[path];
        std::erase(held, hertz);
        return heard(held, priority);
    }
    void forget(const std::string& path) { held_.erase(path); }
    void forget_all() { held_.clear(); }

private:
    static double heard(const std::vector<double>& held, Priority priority) {
        if (held.empty()) return 0;
        if (priority == Priority::low) return *std::min_element(held.begin(), held.end());
        if (priority == Priority::high) return *std::max_element(held.begin(), held.end());
        return held.back();
    }

    std::map<std::string, std::vector<double>> held_;  // hertz by the gate's path, in order of their coming
};

}  // namespace chronus
