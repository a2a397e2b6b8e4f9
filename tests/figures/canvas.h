// A small picture of sixteen colours, and the letters that fit on it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace chronus::figures {

enum Ink : std::uint8_t {
    paper, ink, grid, pale,                    // pale: what was sent in
    blue, red, green, orange, violet,          // curves, in this order
    shade                                      // the first of seven, from light to dark
};
constexpr int kShades = 7;

class Canvas {
public:
    static constexpr int kWidth = 512, kHeight = 192;
    static constexpr int kLetter = 6;  // the width of one

    Canvas() : pixels_(std::size_t(kWidth) * kHeight, paper) {}
    void dot(int x, int y, std::uint8_t colour);
    void line(int x0, int y0, int x1, int y1, std::uint8_t colour);
    void write(int x, int y, std::string_view text, std::uint8_t colour = ink);
    void save(const std::string& file) const;

private:
    std::vector<std::uint8_t> pixels_;
};

}  // namespace chronus::figures
