// All module types that were found: shared objects, loaded, and composites, as text.
#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/module_type.h"
#include "refusal/refusal.h"

namespace chronus {

// Which file of these folders has a module type of that name: what is in a later folder goes before an earlier one's, a
// shared object before a composite. `name` is no path; nothing if there is none.
std::optional<std::filesystem::path> find_module_file(std::string_view name, const std::vector<std::filesystem::path>& folders);

class Library {
public:
    // [worker] What is in a later folder replaces what an earlier one has by the same name.
    // Files that cannot be used are left out and stand in problems(); the rest loads.
    // `admit`: whether a shared object may be loaded at all.
    using Admit = std::function<Result<Done>(const std::filesystem::path&)>;
    static Library scan(const std::vector<std::filesystem::path>& folders, const Admit& admit = {});

    // By name, else by alias, else without what people append: `tb303_module`, `kick2`. Null if there is
    // none.
    std::shared_ptr<const ModuleType> find(std::string_view name_or_alias) const;
    std::vector<std::string> names() const;  // of the loaded types, sorted

    std::optional<std::string> composite_text(std::string_view name) const;
    std::optional<std::filesystem::path> composite_file(std::string_view name) const;
    std::vector<std::string> composite_names() const;  // sorted

    // The texts of presets, in the order of the folders: of a type, or of what is to become one.
    struct Presets {
        std::string type;
        std::filesystem::path file;
        std::string text;
    };
    const std::vector<Presets>& presets() const { return presets_; }

    const std::vector<Refusal>& problems() const { return problems_; }
    const std::vector<std::filesystem::path>& folders() const { return folders_; }  // that were searched, in their order

    // [worker] Puts a type in the place of whatever has its name.
    void add(std::shared_ptr<const ModuleType> type);

private:
    struct Composite {
        std::filesystem::path file;
        std::string text;
    };

    void scan_folder(const std::filesystem::path& folder, const Admit& admit);
    void add_object(const std::filesystem::path& file);
    void add_composite(const std::filesystem::path& file);
    void add_presets(const std::filesystem::path& file);
    std::optional<std::string> read(const std::filesystem::path& file);
    void report_shared_aliases();
    std::shared_ptr<const ModuleType> find_exactly(std::string_view name_or_alias) const;

    std::map<std::string, std::shared_ptr<const ModuleType>, std::less<>> types_;
    std::map<std::string, Composite, std::less<>> composites_;
    std::vector<std::filesystem::path> folders_;
    std::vector<Presets> presets_;
    std::vector<Refusal> problems_;
};

}  // namespace chronus
