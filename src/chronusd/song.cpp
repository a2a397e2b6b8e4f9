#include "chronusd/song.h"

#include <fmt/format.h>

#include "chronusd/files.h"
#include "text/message_text.h"

namespace chronus {

Result<SongFile> song_to_start_with(const Options& options) {
    if (options.empty) return SongFile{};
    const auto file = find_song(options.file.empty() ? "studio" : options.file);
    if (!file) return file.refusal();
    const auto text = read_file(*file);
    if (!text) return text.refusal();
    auto messages = read_lines(*text, file->string());
    if (!messages) return messages.refusal();
    return SongFile{file->string(), std::move(*messages)};
}

Result<Done> take_song(Console& console, const SongFile& song) {
    for (const auto& [message, number] : song.messages) {
        const Outcome outcome = console.take(message);
        const auto word = [&](std::size_t i) { return text_of(outcome.words.at(i)).value_or(""); };
        if (!outcome.done)
            return Refusal{"file", fmt::format("{}, line {}: {}", song.file, number, word(1)), word(2)};
    }
    return Done{};
}

}  // namespace chronus
