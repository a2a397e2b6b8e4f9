// An instrument without a device: lines and messages go in, sound comes out, all on one thread.
#pragma once
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "render/offline.h"
#include "studio/line.h"
#include "text/message_text.h"

namespace chronus {

inline const Library& modules() {
    static const Library library = Library::scan({CHRONUS_MODULE_PATH});
    return library;
}

inline std::string text_of_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}
inline std::string classic_studio() { return text_of_file(CHRONUS_SOURCE_PATH "/patterns/studio.chr"); }

// All that was answered, as one line.
inline std::string said(const Outcome& outcome) {
    std::string line;
    for (const Argument& word : outcome.words) line += (line.empty() ? "" : " ") + text_of(word).value_or("?");
    return line;
}

struct Sound {
    std::vector<float> left, right;

    bool operator==(const Sound&) const = default;  // the samples; NaN is never equal
};

class Instrument {
public:
    explicit Instrument(int rate = 48000) : Instrument(modules(), rate) {}
    // It stays as long as the instrument does.
    explicit Instrument(const Library& library, int rate = 48000) : offline_(library, rate) {}

    Console& console() { return offline_.console(); }
    const Studio& studio() { return console().studio(); }
    std::int64_t frame() const { return offline_.frame(); }
    Offline& offline() { return offline_; }

    Outcome take(const Message& message) { return console().take(message); }
    Outcome take(const std::string& line) { return console().take_line(line); }
    // What must be done: the answer's words.
    std::string done(const std::string& line) {
        const Outcome outcome = take(line);
        INFO(line << ": " << said(outcome));
        REQUIRE(outcome.done);
        return said(outcome);
    }
    // What must be refused: code, reason, example.
    std::string refused(const std::string& line) {
        const Outcome outcome = take(line);
        INFO(line << ": " << said(outcome));
        REQUIRE_FALSE(outcome.done);
        return said(outcome);
    }
    // The lines of a .chr file, as one batch.
    void load(const std::string& text) {
        const auto messages = read_lines(text, "test.chr");
        if (!messages) FAIL(messages.refusal().reason);
        console().begin_batch();
        for (const auto& [message, line] : *messages) {
            const Outcome outcome = take(message);
            INFO(print_message(message) << ": " << said(outcome));
            REQUIRE(outcome.done);
        }
        console().end_batch();
    }

    // Frames are rounded up to whole blocks.
    Sound play(std::int64_t frames) {
        Sound sound;
        for (std::int64_t at = 0; at < frames; at += CHRONUS_BLOCK) {
            float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK];
            offline_.block(left, right);
            sound.left.insert(sound.left.end(), left, left + CHRONUS_BLOCK);
            sound.right.insert(sound.right.end(), right, right + CHRONUS_BLOCK);
        }
        return sound;
    }

private:
    Offline offline_;
};

// The classic studio, as it is there from the start.
struct Classic : Instrument {
    Classic() { load(classic_studio()); }
};

}  // namespace chronus
