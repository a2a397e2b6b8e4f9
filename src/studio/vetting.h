// A build that must be tried before it may play. Until then its answer is owed.
#pragma once
#include <filesystem>
#include <string>

namespace chronus {

struct Vetting {
    std::string name;
    std::filesystem::path file;
};

}  // namespace chronus
