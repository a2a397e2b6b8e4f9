// A terminal taken as a whole, and given back as it was.
#pragma once
#include <termios.h>

#include <cstddef>
#include <string>
#include <vector>

namespace chronus::hand {

enum class Style { plain, faint, strong, marked, alarm };

struct Piece {
    std::string text;  // no control characters
    Style style = Style::plain;
};
using Line = std::vector<Piece>;

struct Size {
    std::size_t columns = 80, rows = 24;
};

// Characters of a line, and the line without its styles.
std::size_t width_of(const Line& line);
std::string plain_text(const Line& line);
// No wider than `width` characters.
Line cut_to(Line line, std::size_t width);

class Screen {
public:
    Screen();  // keys come one by one and are not shown; the other screen, without a cursor
    ~Screen();
    Screen(const Screen&) = delete;
    Screen& operator=(const Screen&) = delete;

    // Of the terminal; 80 × 24 if it does not say.
    static Size size();
    // What does not fit is left out.
    void show(const std::vector<Line>& lines) const;

    void leave();  // as it was
    void enter();

private:
    termios before_{};
    bool entered_ = false;
};

}  // namespace chronus::hand
