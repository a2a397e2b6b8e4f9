#include "chronus/prompt.h"

#include <clocale>
#include <cstdlib>
#include <filesystem>

namespace chronus::hand {
namespace {

namespace fs = std::filesystem;

constexpr int kRemembered = 1'000;  // lines

char* prompt_text(EditLine*) {
    static char text[] = "chronus> ";
    return text;
}

// Empty if there is no home to keep it in.
std::string history_file() {
    fs::path folder;
    if (const char* state = std::getenv("XDG_STATE_HOME"); state && *state)
        folder = state;
    else if (const char* home = std::getenv("HOME"); home && *home)
        folder = fs::path(home) / ".local/state";
    else
        return "";
    folder /= "music-chronus";
    std::error_code failed;
    fs::create_directories(folder, failed);
    return failed ? "" : (folder / "history").string();
}

}  // namespace

Prompt::Prompt() : history_file_(history_file()), history_(history_init()) {
    std::setlocale(LC_CTYPE, "");  // for letters beyond ASCII; numbers keep their dot
    HistEvent event{};
    history(history_.get(), &event, H_SETSIZE, kRemembered);
    history(history_.get(), &event, H_SETUNIQUE, 1);
    if (!history_file_.empty()) history(history_.get(), &event, H_LOAD, history_file_.c_str());

    editor_.reset(el_init("chronus", stdin, stdout, stderr));
    el_set(editor_.get(), EL_PROMPT, &prompt_text);
    el_set(editor_.get(), EL_EDITOR, "emacs");
    el_set(editor_.get(), EL_SIGNAL, 1);  // so that Ctrl-C leaves the terminal as it was
    el_set(editor_.get(), EL_HIST, &history, history_.get());
    el_set(editor_.get(), EL_BIND, "^R", "em-inc-search-prev", nullptr);
    el_source(editor_.get(), nullptr);
}

std::optional<std::string> Prompt::read() {
    int length = 0;
    const char* typed = el_gets(editor_.get(), &length);
    if (!typed || length <= 0) return std::nullopt;
    std::string line(typed, static_cast<std::size_t>(length));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (line.find_first_not_of(' ') != std::string::npos) remember(line);
    return line;
}

// Saved at once: a session may end by Ctrl-C.
void Prompt::remember(const std::string& line) {
    HistEvent event{};
    history(history_.get(), &event, H_ENTER, line.c_str());
    if (!history_file_.empty()) history(history_.get(), &event, H_SAVE, history_file_.c_str());
}

}  // namespace chronus::hand
