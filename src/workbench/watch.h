// Notices when a source is saved.
#pragma once
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "osc/descriptor.h"
#include "refusal/refusal.h"

namespace chronus {

class SourceWatch {
public:
    // Folders that are not there are passed over; refused if none is.
    static Result<SourceWatch> of(const std::vector<std::filesystem::path>& folders);

    // Waits until some are saved; the names of their modules. Those of one burst come together.
    std::set<std::string> wait();

private:
    explicit SourceWatch(Descriptor notify) : notify_(std::move(notify)) {}
    void read(std::set<std::string>& names);

    Descriptor notify_;
};

}  // namespace chronus
