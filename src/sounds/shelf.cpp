#include "sounds/shelf.h"

#include <fmt/format.h>

#include <algorithm>

#include "sounds/sound_file.h"
#include "sounds/wavetables.h"
#include "text/nearest.h"

namespace chronus {
namespace fs = std::filesystem;

Shelf::Shelf(std::vector<fs::path> folders) : folders_(std::move(folders)) {
    for (const std::string& name : factory_tables()) add({Kind::wavetable, name, {}, nullptr});
}

void Shelf::publish_to(SoundTable& table) {
    table_ = &table;
    for (std::uint32_t place = 1; place <= places_.size(); ++place) show(place);
}

void Shelf::show(std::uint32_t place) {
    const auto& sound = places_[place - 1].sound;
    if (table_ && sound) table_->put(place, sound->view(), sound);
}

std::uint32_t Shelf::add(Place place) {
    places_.push_back(std::move(place));
    return static_cast<std::uint32_t>(places_.size());
}

std::map<std::string, fs::path> Shelf::files() const {
    std::map<std::string, fs::path> all;
    for (const fs::path& folder : folders_) {
        std::error_code ignored;
        const auto options = fs::directory_options::skip_permission_denied;
        for (auto at = fs::recursive_directory_iterator(folder, options, ignored); at != fs::recursive_directory_iterator();
             at.increment(ignored)) {
            if (!at->is_regular_file(ignored) || !is_sound_file(at->path())) continue;
            all[fs::path(at->path()).replace_extension().lexically_relative(folder).generic_string()] = at->path();
        }
    }
    return all;
}

std::vector<std::string> Shelf::names(Kind kind) const {
    std::vector<std::string> all;
    if (kind == Kind::wavetable) all = factory_tables();
    for (const auto& [name, file] : files()) all.push_back(name);
    return all;
}

Result<std::uint32_t> Shelf::place_of(Kind kind, std::string_view name) {
    if (name == kNone) return 0;
    for (std::uint32_t i = 0; i < places_.size(); ++i)
        if (places_[i].kind == kind && places_[i].name == name) return i + 1;
    const auto all = files();
    auto found = all.find(std::string(name));
    if (found == all.end())  // amen, for drums/amen.wav: if there is one such file
        for (auto file = all.begin(); file != all.end(); ++file) {
            if (fs::path(file->first).filename() != name && file->second.filename() != name) continue;
            if (found != all.end()) return Refusal{"unknown", fmt::format("{} may be {} or {}", name, found->first, file->first), "sounds"};
            found = file;
        }
    if (found == all.end()) {
        return Refusal{"unknown", fmt::format("there is no {} {}{}", kind == Kind::recording ? "sound" : "wavetable", name,
                                              did_you_mean(name, names(kind))), "sounds"};
    }
    if (found->first != name) return place_of(kind, found->first);
    if (places_.size() + 1 >= CHRONUS_SOUNDS) return Refusal{"busy", fmt::format("there is room for {} sounds", CHRONUS_SOUNDS - 1), "sounds"};
    return add({kind, found->first, found->second, nullptr});
}

Result<Done> Shelf::load(std::uint32_t number) {
    if (number == 0 || number > places_.size() || places_[number - 1].sound) return Done{};
    Place& place = places_[number - 1];
    if (place.file.empty()) {
        place.sound = StoredSound::of(factory_table(place.name));
    } else {
        const auto recording = read_sound_file(place.file);
        if (!recording) return recording.refusal();
        if (place.kind == Kind::recording) {
            place.sound = StoredSound::of(*recording);
        } else {
            const auto cycles = cycles_of(*recording);
            if (!cycles) return cycles.refusal();
            place.sound = StoredSound::of(*cycles);
        }
    }
    show(number);
    return Done{};
}

std::string Shelf::name_at(std::uint32_t place) const {
    return place == 0 || place > places_.size() ? kNone : places_[place - 1].name;
}

std::shared_ptr<const StoredSound> Shelf::at(std::uint32_t place) const {
    return place == 0 || place > places_.size() ? nullptr : places_[place - 1].sound;
}

}  // namespace chronus
