// A line at a time from a person at a terminal, with editing and a history that outlives the session.
#pragma once
#include <histedit.h>

#include <memory>
#include <optional>
#include <string>

namespace chronus::hand {

class Prompt {
public:
    Prompt();

    // Nothing after Ctrl-D.
    std::optional<std::string> read();

private:
    void remember(const std::string& line);

    struct End {
        void operator()(EditLine* editor) const { el_end(editor); }
        void operator()(History* history) const { history_end(history); }
    };

    std::string history_file_;
    std::unique_ptr<History, End> history_;
    std::unique_ptr<EditLine, End> editor_;
};

}  // namespace chronus::hand
