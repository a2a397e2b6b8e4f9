// An instrument whose module path has a folder of the test's own, in which builds are exchanged.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "host/folders.h"
#include "studio/instrument.h"

namespace chronus {

class Shop {
public:
    // With one build of the fixtures: "steady/tone".
    explicit Shop(const std::string& build) {
        put(build);
        library_ = Library::scan({CHRONUS_MODULE_PATH, folder.path()});
        offline_ = std::make_unique<Offline>(library_, kRate);
        console().keep_builds_in(builds.path());
        done("limiter off");
    }

    static constexpr int kRate = 48000;

    const TemporaryFolder folder, builds;
    const Library& library() const { return library_; }
    Offline& offline() { return *offline_; }
    Console& console() { return offline_->console(); }
    const Studio& studio() { return console().studio(); }
    std::int64_t frame() const { return offline_->frame(); }

    // Puts it where the type's file is. The build itself goes on playing.
    void put(const std::string& build) const {
        const std::filesystem::path from = std::filesystem::path(CHRONUS_WORKSHOP_PATH) / (build + ".so");
        std::filesystem::copy_file(from, folder.path() / from.filename(), std::filesystem::copy_options::overwrite_existing);
    }
    Outcome take(const std::string& line) { return console().take_line(line); }
    std::string done(const std::string& line) {
        const Outcome outcome = take(line);
        INFO(line << ": " << said(outcome));
        REQUIRE(outcome.done);
        return said(outcome);
    }
    std::string refused(const std::string& line) {
        const Outcome outcome = take(line);
        INFO(line << ": " << said(outcome));
        REQUIRE_FALSE(outcome.done);
        return said(outcome);
    }
    // As the server does once it has been tried. The hash.
    std::string keep(const std::string& build) {
        put(build);
        const auto candidate = console().builds().copy(folder.path() / (std::filesystem::path(build).filename().string() + ".so"));
        REQUIRE(candidate);
        REQUIRE(console().builds().keep(*candidate));
        return candidate->hash;
    }
    std::string reload(const std::string& build) {
        const std::string hash = keep(build);
        return done("/module/reload " + std::filesystem::path(build).filename().string() + " \"" + hash + "\"");
    }

    Sound play(std::int64_t frames) {
        Sound sound;
        for (std::int64_t at = 0; at < frames; at += CHRONUS_BLOCK) {
            float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK];
            offline_->block(left, right);
            sound.left.insert(sound.left.end(), left, left + CHRONUS_BLOCK);
            sound.right.insert(sound.right.end(), right, right + CHRONUS_BLOCK);
        }
        return sound;
    }

private:
    Library library_;
    std::unique_ptr<Offline> offline_;
};

}  // namespace chronus
