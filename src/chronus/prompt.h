// A line at a time from a person at a terminal: editing, a history that outlives the session, completion by
// Tab, and a hint below the line while it is typed.
#pragma once
#include <histedit.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "chronus/completion.h"
#include "chronus/hint.h"
#include "chronus/keys.h"

namespace chronus::hand {

class Prompt {
public:
    // What may follow and what is meant, of a line and the cursor in it.
    struct Help {
        std::function<Completion(std::string_view text, std::size_t cursor)> complete;
        std::function<Hint(std::string_view text, std::size_t cursor)> hint;
    };
    static constexpr std::size_t kIndent = 9;  // columns before what is typed

    explicit Prompt(Help help);
    Prompt(const Prompt&) = delete;
    Prompt& operator=(const Prompt&) = delete;

    // Nothing after Ctrl-D, or once a signal wants the program to end. Ctrl-C begins the line anew.
    std::optional<std::string> read();

    // The last line fits the terminal's width, so that what is below its words can be pointed at.
    bool fits(const std::string& line) const;

private:
    // Where the cursor is on the screen: rows and columns from 0, from where the prompt begins.
    struct Standing {
        int width, height, column, row, last_row;
    };
    Standing standing() const;

    static int next_key(EditLine* editor, wchar_t* key);
    static unsigned char complete_word(EditLine* editor, int key);
    int wait_for_key(wchar_t* key);
    unsigned char complete_word();
    void show_hint();
    void erase_hint();
    void resize();
    void begin_anew();
    void leave_line();
    void suspend();
    void draw_again();
    void remember(const std::string& line);

    struct End {
        void operator()(EditLine* editor) const { el_end(editor); }
        void operator()(History* history) const { history_end(history); }
    };

    Help help_;
    std::optional<Keys> keys_;  // while a line is read
    bool hints_;                // the terminal can place its cursor
    bool hint_shown_ = false;
    std::string history_file_;
    std::unique_ptr<History, End> history_;
    std::unique_ptr<EditLine, End> editor_;
};

}  // namespace chronus::hand
