#include "host/library.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

namespace chronus {
namespace fs = std::filesystem;

namespace {

// Sorted, so that what is found does not depend on the order in which a file system keeps its files.
std::vector<fs::path> files_in(const fs::path& folder, std::error_code& error) {
    std::vector<fs::path> files;
    fs::directory_iterator entry(folder, error);
    while (!error && entry != fs::directory_iterator()) {
        // A leading dot is what editors and loaders put before what is theirs.
        if (entry->path().filename().string().front() != '.') files.push_back(entry->path());
        entry.increment(error);
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::string_view without_digits(std::string_view name) {
    const std::size_t last = name.find_last_not_of("0123456789");
    return last == std::string_view::npos ? name : name.substr(0, last + 1);
}

std::string_view without_module(std::string_view name) {
    for (const std::string_view end : {"_module", "-module"})
        if (name.size() > end.size() && name.ends_with(end)) return name.substr(0, name.size() - end.size());
    return name;
}

template <class Map>
std::vector<std::string> keys(const Map& map) {
    std::vector<std::string> names;
    for (const auto& [name, value] : map) names.push_back(name);
    return names;
}

}  // namespace

std::optional<fs::path> find_module_file(std::string_view name, const std::vector<fs::path>& folders) {
    std::error_code none;
    for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder)
        for (const char* ending : {".so", ".chr"})
            if (fs::path file = *folder / (std::string(name) + ending); fs::is_regular_file(file, none)) return file;
    return std::nullopt;
}

Library Library::scan(const std::vector<fs::path>& folders, const Admit& admit) {
    Library library;
    library.folders_ = folders;
    for (const fs::path& folder : folders) library.scan_folder(folder, admit);
    library.report_shared_aliases();
    return library;
}

void Library::scan_folder(const fs::path& folder, const Admit& admit) {
    std::error_code error;
    const std::vector<fs::path> files = files_in(folder, error);
    if (error) problems_.push_back({"file", fmt::format("{}: {}", folder.string(), error.message()), ""});
    // Composites first: in one folder, a shared object goes before a composite of the same name.
    for (const fs::path& file : files)
        if (file.extension() == ".chr") add_composite(file);
    for (const fs::path& file : files)
        if (file.extension() == ".so") {
            const auto may = admit ? admit(file) : Result<Done>(Done{});
            if (may) add_object(file);
            else problems_.push_back(may.refusal());
        }
    std::error_code none;  // few folders have presets
    for (const fs::path& file : files_in(folder / "presets", none))
        if (file.extension() == ".chr") add_presets(file);
}

void Library::add_object(const fs::path& file) {
    Result<std::shared_ptr<const ModuleType>> type = ModuleType::load(file);
    if (!type) {
        problems_.push_back(type.refusal());
        return;
    }
    const auto composite = composites_.find((*type)->name());
    if (composite != composites_.end() && composite->second.file.parent_path() == file.parent_path())
        problems_.push_back({"file",
                             fmt::format("{}: is not used, for {} has the same name",
                                         composite->second.file.string(), file.string()),
                             ""});
    add(std::move(*type));
}

std::optional<std::string> Library::read(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(stream), {}};
    if (stream.is_open() && !stream.bad()) return text;
    problems_.push_back({"file", fmt::format("{}: cannot be read", file.string()), ""});
    return std::nullopt;
}

void Library::add_composite(const fs::path& file) {
    auto text = read(file);
    if (!text) return;
    std::string name = file.stem().string();
    types_.erase(name);
    composites_.insert_or_assign(std::move(name), Composite{file, std::move(*text)});
}

void Library::add_presets(const fs::path& file) {
    if (auto text = read(file)) presets_.push_back({file.stem().string(), file, std::move(*text)});
}

void Library::add(std::shared_ptr<const ModuleType> type) {
    std::string name(type->name());
    composites_.erase(name);
    types_.insert_or_assign(std::move(name), std::move(type));
}

// Who answers to an alias must not be a matter of luck: the first by name does, and it is said.
void Library::report_shared_aliases() {
    std::map<std::string_view, const ModuleType*> owners;
    for (const auto& [name, type] : types_)
        for (const std::string_view alias : words_of(type->descriptor().aliases)) {
            const auto [owner, is_new] = owners.emplace(alias, type.get());
            if (!is_new)
                problems_.push_back({"name",
                                     fmt::format("{}: its alias '{}' means '{}' already",
                                                 type->file().string(), alias, owner->second->name()),
                                     ""});
        }
}

std::shared_ptr<const ModuleType> Library::find_exactly(std::string_view name) const {
    if (const auto found = types_.find(name); found != types_.end()) return found->second;
    for (const auto& [own_name, type] : types_)
        if (answers_to(type->descriptor(), name)) return type;
    return nullptr;
}

std::shared_ptr<const ModuleType> Library::find(std::string_view name) const {
    const std::string_view plain = without_digits(name), bare = without_module(name);
    for (const std::string_view form : {name, bare, plain, without_module(plain), without_digits(bare)})
        if (auto type = find_exactly(form)) return type;
    return nullptr;
}

std::vector<std::string> Library::names() const {
    return keys(types_);
}
std::vector<std::string> Library::composite_names() const {
    return keys(composites_);
}

std::optional<std::string> Library::composite_text(std::string_view name) const {
    const auto found = composites_.find(name);
    if (found == composites_.end()) return std::nullopt;
    return found->second.text;
}

std::optional<fs::path> Library::composite_file(std::string_view name) const {
    const auto found = composites_.find(name);
    if (found == composites_.end()) return std::nullopt;
    return found->second.file;
}

}  // namespace chronus
