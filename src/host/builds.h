// Builds of module types, shared objects and composites, kept by a hash of their bytes: so that a session that names
// them can be rendered later, and a former one can be gone back to.
#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "refusal/refusal.h"

namespace chronus {

// 16 hexadecimal digits: FNV-1a, 64 bits. It tells builds apart; it does not guard against forgery.
std::string hash_of(std::string_view bytes);
bool is_hash(std::string_view text);
// What may name a module type: a small letter, then small letters, digits, _ and -. Never a path.
bool is_module_name(std::string_view text);

class Builds {
public:
    static constexpr std::size_t kLast = 2;  // of each type, that are kept though no log names them

    // A private copy of a file, to be tried before it is kept. Its name is the type's.
    struct Candidate {
        std::string name, hash;
        std::filesystem::path file;
    };

    // Made when something is kept. Without a folder everything is refused as `file`.
    Builds() = default;
    explicit Builds(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // [worker] With the source that stands beside it, if there is one.
    Result<Candidate> copy(const std::filesystem::path& file) const;
    // [worker] From now on it is found. Of the others of its type the last kLast stay, and those that logs name.
    Result<Done> keep(const Candidate& candidate) const;
    void drop(const Candidate& candidate) const;

    // The file of a build that is kept.
    std::optional<std::filesystem::path> find(const std::string& name, const std::string& hash) const;
    // It is kept for as long as this log is there.
    void note_log(const std::string& name, const std::string& hash, const std::filesystem::path& log) const;

private:
    std::filesystem::path place_of(const std::string& name, const std::string& hash) const { return folder_ / name / hash; }
    void prune(const std::string& name) const;

    std::filesystem::path folder_;  // NAME/HASH/NAME.so, the source beside it, and the logs that name it
};

}  // namespace chronus
