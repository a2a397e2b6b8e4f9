#include "chronus/screen.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>

namespace chronus::hand {
namespace {

bool begins_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::size_t characters(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_character));
}

const char* code_of(Style style) {
    switch (style) {
        case Style::plain:
            return "\033[0m";
        case Style::faint:
            return "\033[0;2m";
        case Style::strong:
            return "\033[0;1m";
        case Style::marked:
            return "\033[0;7m";
        case Style::alarm:
            return "\033[0;1;31m";
    }
    return "";
}

void write_all(const std::string& text) {
    for (std::size_t at = 0; at < text.size();) {
        const ssize_t written = write(STDOUT_FILENO, text.data() + at, text.size() - at);
        if (written <= 0) return;
        at += static_cast<std::size_t>(written);
    }
}

}  // namespace

std::size_t width_of(const Line& line) {
    std::size_t width = 0;
    for (const Piece& piece : line) width += characters(piece.text);
    return width;
}

std::string plain_text(const Line& line) {
    std::string text;
    for (const Piece& piece : line) text += piece.text;
    return text;
}

Line cut_to(Line line, std::size_t width) {
    for (Piece& piece : line) {
        std::size_t end = 0;
        for (std::size_t left = width; end < piece.text.size(); ++end)
            if (begins_character(piece.text[end]) && left-- == 0) break;
        piece.text.resize(end);
        width -= characters(piece.text);
    }
    return line;
}

Screen::Screen() {
    tcgetattr(STDIN_FILENO, &before_);
    enter();
}

Screen::~Screen() {
    leave();
}

void Screen::enter() {
    if (entered_) return;
    entered_ = true;
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    write_all("\033[?1049h\033[?25l\033[2J");
}

void Screen::leave() {
    if (!entered_) return;
    entered_ = false;
    write_all("\033[0m\033[?25h\033[?1049l");
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before_);
}

Size Screen::size() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return {};
    return {size.ws_col, size.ws_row};
}

// Written over what is there, in one piece, so that nothing flickers.
void Screen::show(const std::vector<Line>& lines) const {
    const Size room = size();
    std::string text = "\033[H";
    for (std::size_t row = 0; row < std::min(lines.size(), room.rows); ++row) {
        if (row > 0) text += "\r\n";
        for (const Piece& piece : cut_to(lines[row], room.columns))
            if (!piece.text.empty()) text += code_of(piece.style) + piece.text;
        text += "\033[0m";
        if (width_of(lines[row]) < room.columns) text += "\033[K";
    }
    if (lines.size() < room.rows) text += "\033[J";
    write_all(text);
}

}  // namespace chronus::hand
