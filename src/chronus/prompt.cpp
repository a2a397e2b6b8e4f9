#include "chronus/prompt.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <cwchar>
#include <filesystem>

namespace chronus::hand {
namespace {

namespace fs = std::filesystem;

constexpr int kRemembered = 1'000;  // lines

constexpr char kCtrlD = 4;

char* prompt_text(EditLine*) {
    static char text[] = "chronus> ";
    static_assert(sizeof text == Prompt::kIndent + 1);
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

bool can_place_cursor() {
    const char* terminal = std::getenv("TERM");
    return terminal && *terminal && std::string_view(terminal) != "dumb";
}

winsize terminal_size() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) size = {24, 80, 0, 0};
    return size;
}

std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

// The line as it stands, and the cursor in it.
std::pair<std::string, std::size_t> line_of(EditLine* editor) {
    const LineInfo* line = el_line(editor);
    return {{line->buffer, line->lastchar}, static_cast<std::size_t>(line->cursor - line->buffer)};
}

}  // namespace

Prompt::Prompt(Help help)
    : help_(std::move(help)),
      hints_(can_place_cursor()),
      history_file_(history_file()),
      history_(history_init()) {
    std::setlocale(LC_CTYPE, "");  // for letters beyond ASCII; numbers keep their dot
    HistEvent event{};
    history(history_.get(), &event, H_SETSIZE, kRemembered);
    history(history_.get(), &event, H_SETUNIQUE, 1);
    if (!history_file_.empty()) history(history_.get(), &event, H_LOAD, history_file_.c_str());

    editor_.reset(el_init("chronus", stdin, stdout, stderr));
    el_set(editor_.get(), EL_PROMPT, &prompt_text);
    el_set(editor_.get(), EL_EDITOR, "emacs");
    el_set(editor_.get(), EL_SIGNAL, 0);  // Keys has them
    el_set(editor_.get(), EL_HIST, &history, history_.get());
    el_set(editor_.get(), EL_CLIENTDATA, this);
    el_set(editor_.get(), EL_GETCFN, static_cast<el_rfunc_t>(&Prompt::next_key));
    el_set(editor_.get(), EL_ADDFN, "chronus-complete", "Completes the word",
           static_cast<unsigned char (*)(EditLine*, int)>(&Prompt::complete_word));
    el_set(editor_.get(), EL_BIND, "^I", "chronus-complete", nullptr);
    el_set(editor_.get(), EL_BIND, "^R", "em-inc-search-prev", nullptr);
    el_source(editor_.get(), nullptr);
}

std::optional<std::string> Prompt::read() {
    int length = 0;
    keys_.emplace();
    const char* typed = el_gets(editor_.get(), &length);
    keys_.reset();
    if (!typed || length <= 0) return std::nullopt;
    std::string line(typed, static_cast<std::size_t>(length));
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.pop_back();
    if (line.find_first_not_of(' ') != std::string::npos) remember(line);
    return line;
}

bool Prompt::fits(const std::string& line) const {
    return kIndent + characters(line) < terminal_size().ws_col;
}

int Prompt::next_key(EditLine* editor, wchar_t* key) {
    void* prompt = nullptr;
    el_get(editor, EL_CLIENTDATA, &prompt);
    return static_cast<Prompt*>(prompt)->wait_for_key(key);
}

unsigned char Prompt::complete_word(EditLine* editor, int) {
    void* prompt = nullptr;
    el_get(editor, EL_CLIENTDATA, &prompt);
    return static_cast<Prompt*>(prompt)->complete_word();
}

// The hint is there only while a key is waited for: the editor never sees it, and it is gone before anything
// else is written.
int Prompt::wait_for_key(wchar_t* key) {
    std::mbstate_t state{};
    for (;;) {
        if (!keys_->pending()) show_hint();
        const Keys::Event event = keys_->wait();
        erase_hint();
        switch (event) {
            case Keys::Event::key:
                break;
            case Keys::Event::interrupted:
                begin_anew();
                continue;
            case Keys::Event::resized:
                resize();
                continue;
            case Keys::Event::suspended:
                suspend();
                continue;
            case Keys::Event::resumed:
                draw_again();
                continue;
            case Keys::Event::timeout:
                continue;
            case Keys::Event::told_to_end:
            case Keys::Event::closed:
                return 0;
        }
        char byte = 0;
        if (::read(STDIN_FILENO, &byte, 1) != 1) return 0;
        if (byte == '\0') byte = kCtrlD;  // as the terminal hands on one that was typed before the editor had it
        const std::size_t read = std::mbrtowc(key, &byte, 1, &state);
        if (read == static_cast<std::size_t>(-2)) continue;  // the rest of it comes
        if (read == static_cast<std::size_t>(-1)) state = {}, *key = static_cast<unsigned char>(byte);
        return 1;
    }
}

unsigned char Prompt::complete_word() {
    const auto [line, cursor] = line_of(editor_.get());
    const Completion completion = help_.complete(line, cursor);
    if (completion.candidates.empty() || completion.begin > cursor) return CC_REFRESH_BEEP;
    const std::string typed = line.substr(completion.begin, cursor - completion.begin);
    std::string longer = common_beginning(completion.candidates);
    if (longer.size() > typed.size() && longer.starts_with(typed)) {
        longer.erase(0, typed.size());
        if (longer.ends_with(' ') && cursor < line.size() && line[cursor] == ' ') longer.pop_back();
        el_insertstr(editor_.get(), longer.c_str());
        return CC_REFRESH;
    }
    const winsize size = terminal_size();
    fmt::print("\n{}", listed(completion.candidates, size.ws_col, size.ws_row > 4 ? size.ws_row - 3u : 1u));
    std::fflush(stdout);
    return CC_REDISPLAY;
}

Prompt::Standing Prompt::standing() const {
    const auto [line, cursor] = line_of(editor_.get());
    const winsize size = terminal_size();
    const std::size_t at = kIndent + characters(std::string_view(line).substr(0, cursor)),
                      end = kIndent + characters(line);
    return {.width = size.ws_col,
            .height = size.ws_row,
            .column = static_cast<int>(at) % size.ws_col,
            .row = static_cast<int>(at) / size.ws_col,
            .last_row = static_cast<int>(end) / size.ws_col};
}

void Prompt::show_hint() {
    constexpr int kNarrowest = 20, kLowest = 4;
    if (!hints_) return;
    const auto [line, cursor] = line_of(editor_.get());
    const Hint hint = help_.hint(line, cursor);
    const Standing now = standing();
    const int below = now.last_row - now.row + 1;
    if (hint.empty() || now.width < kNarrowest || now.height < kLowest || now.last_row + 2 > now.height)
        return;
    const auto [before, here, after] = cut_to(hint, static_cast<std::size_t>(now.width - 1));
    // Newlines, not a cursor movement: at the last row the screen must scroll.
    fmt::print("{:\n<{}}\r\033[0;2m{}\033[0;1m{}\033[0;2m{}\033[0m\033[K\033[{}A\033[{}G", "", below, before,
               here, after, below, now.column + 1);
    std::fflush(stdout);
    hint_shown_ = true;
}

void Prompt::erase_hint() {
    if (!hint_shown_) return;
    const Standing now = standing();
    fmt::print("\033[{0}B\r\033[J\033[{0}A\033[{1}G", now.last_row - now.row + 1, now.column + 1);
    std::fflush(stdout);
    hint_shown_ = false;
}

// Most terminals break their lines anew by themselves, so the line begins where its length and the new width
// say.
void Prompt::resize() {
    const Standing now = standing();
    el_resize(editor_.get());
    if (now.row > 0 && hints_) fmt::print("\033[{}A", now.row);
    draw_again();
}

void Prompt::begin_anew() {
    const auto [line, cursor] = line_of(editor_.get());
    leave_line();
    el_cursor(editor_.get(), static_cast<int>(characters(std::string_view(line).substr(cursor))));
    el_deletestr(editor_.get(), static_cast<int>(characters(line)));
    el_set(editor_.get(), EL_REFRESH);
}

// To the row below what has been typed.
void Prompt::leave_line() {
    const Standing now = standing();
    fmt::print("{:\n<{}}\r", "", now.last_row - now.row + 1);
    std::fflush(stdout);
}

// The shell has the terminal for a while, and leaves its cursor anywhere.
void Prompt::suspend() {
    leave_line();
    el_set(editor_.get(), EL_PREP_TERM, 0);
    raise(SIGSTOP);
    el_set(editor_.get(), EL_PREP_TERM, 1);
    draw_again();
}

void Prompt::draw_again() {
    if (hints_) fmt::print("\r\033[J");
    std::fflush(stdout);
    el_set(editor_.get(), EL_REFRESH);
}

// Saved at once: a session may end by a signal.
void Prompt::remember(const std::string& line) {
    HistEvent event{};
    history(history_.get(), &event, H_ENTER, line.c_str());
    if (!history_file_.empty()) history(history_.get(), &event, H_SAVE, history_file_.c_str());
}

}  // namespace chronus::hand
