#include "host/module_type.h"

#include <fmt/format.h>

#include <utility>

namespace chronus {

namespace {

template <class Matches>
std::optional<std::uint32_t> find(const chronus_port* ports, std::uint32_t count, Matches matches) {
    for (std::uint32_t i = 0; i < count; ++i)
        if (matches(ports[i])) return i;
    return std::nullopt;
}

}  // namespace

Result<std::shared_ptr<const ModuleType>> ModuleType::load(const std::filesystem::path& file) {
    Result<SharedObject> object = SharedObject::load(file);
    if (!object) return object.refusal();

    const auto refuse = [&](const char* code, std::string_view why) {
        return Refusal{code, fmt::format("{}: {}", file.string(), why), ""};
    };
    const auto entry = reinterpret_cast<chronus_entry>(object->find(CHRONUS_ENTRY));
    if (!entry)
        return refuse("missing",
                      "is no module: it has no function " CHRONUS_ENTRY " (CHRONUS_MODULE makes it)");
    const chronus_module_type* descriptor = entry();
    if (!descriptor) return refuse("module", CHRONUS_ENTRY " gives no descriptor");
    // Nothing else may be read of a descriptor that has another version.
    if (descriptor->abi_version != CHRONUS_ABI_VERSION)
        return refuse(
            "version",
            fmt::format(
                "was built for version {} of the module interface, this is version {}: build it again",
                descriptor->abi_version, +CHRONUS_ABI_VERSION));
    if (const auto fault = fault_of(*descriptor)) return refuse("module", *fault);
    if (file.stem() != descriptor->name)
        return refuse("module",
                      fmt::format("calls itself '{}': the file must have that name too", descriptor->name));
    return std::shared_ptr<const ModuleType>(new ModuleType(std::move(*object), *descriptor, file));
}

ModuleType::ModuleType(SharedObject object, const chronus_module_type& descriptor, std::filesystem::path file)
    : object_(std::move(object)), descriptor_(&descriptor), file_(std::move(file)) {}

std::optional<std::uint32_t> ModuleType::find_input(std::string_view name_or_alias) const {
    return find(descriptor_->inputs, descriptor_->input_count,
                [&](const chronus_port& port) { return answers_to(port, name_or_alias); });
}

[[gnu::no_sanitize("thread")]] bool ModuleType::goes_on_from(const ModuleType& other, const void* state) const {
    const chronus_module_type &now = *descriptor_, &then = *other.descriptor_;
    if (now.layout != then.layout || now.state_size != then.state_size || now.state_alignment != then.state_alignment)
        return false;
    if (then.state_alignment < alignof(void*)) return true;  // there is no address in it
    const auto* words = static_cast<void* const volatile*>(state);
    for (std::size_t w = 0; w < then.state_size / sizeof(void*); ++w)
        if (other.object_.covers(words[w])) return false;
    return true;
}

std::optional<std::uint32_t> ModuleType::find_output(std::string_view name_or_alias) const {
    return find(descriptor_->outputs, descriptor_->output_count,
                [&](const chronus_port& port) { return answers_to(port, name_or_alias); });
}

}  // namespace chronus
