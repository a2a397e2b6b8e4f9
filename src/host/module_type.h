// A module type that was loaded from a file, and stays loaded for as long as anyone holds it.
#pragma once
#include <chronus/abi.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>

#include "host/descriptor.h"
#include "host/shared_object.h"
#include "refusal/refusal.h"

namespace chronus {

class ModuleType {
public:
    // [worker] The refusal names the file and what is wrong with it.
    static Result<std::shared_ptr<const ModuleType>> load(const std::filesystem::path& file);

    const chronus_module_type& descriptor() const { return *descriptor_; }
    const std::filesystem::path& file() const { return file_; }
    std::string_view name() const { return descriptor_->name; }

    std::optional<std::uint32_t> find_input(std::string_view name_or_alias) const;
    std::optional<std::uint32_t> find_output(std::string_view name_or_alias) const;

    // Whether a module of this build can go on with the state of one of the other: both lay it out alike, and what
    // it holds does not point into code or tables that go with the other. Looks at the state while it may change:
    // addresses that are constant are seen.
    bool goes_on_from(const ModuleType& other, const void* state) const;

private:
    ModuleType(SharedObject object, const chronus_module_type& descriptor, std::filesystem::path file);

    SharedObject object_;  // holds the code and every string of the descriptor
    const chronus_module_type* descriptor_;
    std::filesystem::path file_;
};

}  // namespace chronus
