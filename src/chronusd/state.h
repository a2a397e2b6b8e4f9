// What a daemon leaves behind, and what the next one finds: one of each for each socket.
#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "handoff/mailbox.h"
#include "refusal/refusal.h"
#include "session/write_ahead.h"

namespace chronus {

class State {
public:
    // Nothing is kept where the folder has no name.
    State(const std::filesystem::path& folder, const std::string& socket);

    std::filesystem::path sessions() const { return folder_.empty() ? folder_ : folder_ / "sessions"; }
    std::filesystem::path past() const { return folder_.empty() ? folder_ : folder_ / "past" / key_; }
    std::filesystem::path ahead() const { return folder_ / ("resume-" + key_ + ".osc"); }
    bool is_kept() const { return !folder_.empty(); }

    // Refused as `file` where there is nothing to resume.
    Result<LeftBehind> left_behind() const;

    // From here on a module that crashes the process is told to the next one, by its type.
    void tell_crashes(const Mailbox& mail) const;
    // The same of one that another process found to hang.
    void note_hang(const std::string& type) const;
    // Types that do not play again, with the reason: they crashed twice, or hung once.
    std::map<std::string, std::string> guilty() const;
    // There is another build of it.
    void forgive(const std::string& type) const;
    void forget_crashes() const;

private:
    std::filesystem::path crashes() const { return folder_ / ("crashes-" + key_ + ".txt"); }

    std::filesystem::path folder_;
    std::string key_;
};

}  // namespace chronus
