// What the daemon begins with: a song's lines.
#pragma once
#include <string>
#include <vector>

#include "chronusd/options.h"
#include "studio/console.h"
#include "studio/line.h"

namespace chronus {

struct SongFile {
    std::string file;
    std::vector<NumberedMessage> messages;
};
Result<SongFile> song_to_start_with(const Options& options);
// The first line that cannot be done is refused as `file`.
Result<Done> take_song(Console& console, const SongFile& song);

}  // namespace chronus
