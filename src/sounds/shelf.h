// All sounds there are, by name, and their places in the table that modules read. A file is read when it is first
// wanted. Names are those of files below the sound folders, without their endings: `break`, `drums/amen`.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "handoff/sound_table.h"
#include "refusal/refusal.h"
#include "sounds/stored_sound.h"

namespace chronus {

class Shelf {
public:
    enum class Kind { recording, wavetable };
    static constexpr const char* kNone = "none";  // what stands at place 0

    // What is in a later folder replaces what an earlier one has by the same name.
    explicit Shelf(std::vector<std::filesystem::path> folders);

    // [studio] What is read goes there too, and what has been read so far.
    void publish_to(SoundTable& table);
    void look_in(std::filesystem::path folder) { folders_.push_back(std::move(folder)); }

    // [studio] The place of a sound, which stays its own; it is not read yet. Refused where there is none of that name.
    Result<std::uint32_t> place_of(Kind kind, std::string_view name);
    // [studio] Reads what belongs to a place, if that has not been done.
    Result<Done> load(std::uint32_t place);

    std::string name_at(std::uint32_t place) const;
    // Null if it has not been read.
    std::shared_ptr<const StoredSound> at(std::uint32_t place) const;
    // [studio] What place_of finds: looks into the folders.
    std::vector<std::string> names(Kind kind) const;

private:
    struct Place {
        Kind kind;
        std::string name;
        std::filesystem::path file;  // empty: made by a formula
        std::shared_ptr<const StoredSound> sound;
    };
    std::map<std::string, std::filesystem::path> files() const;
    std::uint32_t add(Place place);
    void show(std::uint32_t place);

    std::vector<std::filesystem::path> folders_;
    std::vector<Place> places_;  // from place 1 on
    SoundTable* table_ = nullptr;
};

}  // namespace chronus
