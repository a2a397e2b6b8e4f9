#include "figures/canvas.h"

#include <png.h>

#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace chronus::figures {
namespace {

constexpr png_color kColours[16] = {
    {255, 255, 255}, {40, 40, 40},   {226, 226, 226}, {165, 165, 165}, {31, 90, 180},  {200, 40, 40},
    {20, 130, 60},   {220, 130, 0},  {125, 60, 160},  {222, 232, 243}, {184, 207, 230}, {137, 175, 215},
    {88, 136, 195},  {47, 94, 164},  {22, 55, 118},   {8, 22, 60}};

// Five columns a letter, the lowest bit on top.
struct Letter {
    char letter;
    std::uint8_t columns[5];
};
constexpr Letter kLetters[] = {
    {'%', {0x23, 0x13, 0x08, 0x64, 0x62}}, {'+', {0x08, 0x08, 0x3E, 0x08, 0x08}}, {'-', {0x08, 0x08, 0x08, 0x08, 0x08}},
    {'.', {0x00, 0x60, 0x60, 0x00, 0x00}}, {'/', {0x20, 0x10, 0x08, 0x04, 0x02}}, {':', {0x00, 0x36, 0x36, 0x00, 0x00}},
    {'=', {0x14, 0x14, 0x14, 0x14, 0x14}}, {'_', {0x40, 0x40, 0x40, 0x40, 0x40}}, {'0', {0x3E, 0x51, 0x49, 0x45, 0x3E}},
    {'1', {0x00, 0x42, 0x7F, 0x40, 0x00}}, {'2', {0x42, 0x61, 0x51, 0x49, 0x46}}, {'3', {0x21, 0x41, 0x45, 0x4B, 0x31}},
    {'4', {0x18, 0x14, 0x12, 0x7F, 0x10}}, {'5', {0x27, 0x45, 0x45, 0x45, 0x39}}, {'6', {0x3C, 0x4A, 0x49, 0x49, 0x30}},
    {'7', {0x01, 0x71, 0x09, 0x05, 0x03}}, {'8', {0x36, 0x49, 0x49, 0x49, 0x36}}, {'9', {0x06, 0x49, 0x49, 0x29, 0x1E}},
    {'B', {0x7F, 0x49, 0x49, 0x49, 0x36}}, {'H', {0x7F, 0x08, 0x08, 0x08, 0x7F}}, {'a', {0x20, 0x54, 0x54, 0x54, 0x78}},
    {'b', {0x7F, 0x48, 0x44, 0x44, 0x38}}, {'c', {0x38, 0x44, 0x44, 0x44, 0x20}}, {'d', {0x38, 0x44, 0x44, 0x48, 0x7F}},
    {'e', {0x38, 0x54, 0x54, 0x54, 0x18}}, {'f', {0x08, 0x7E, 0x09, 0x01, 0x02}}, {'g', {0x0C, 0x52, 0x52, 0x52, 0x3E}},
    {'h', {0x7F, 0x08, 0x04, 0x04, 0x78}}, {'i', {0x00, 0x44, 0x7D, 0x40, 0x00}}, {'j', {0x20, 0x40, 0x44, 0x3D, 0x00}},
    {'k', {0x7F, 0x10, 0x28, 0x44, 0x00}}, {'l', {0x00, 0x41, 0x7F, 0x40, 0x00}}, {'m', {0x7C, 0x04, 0x18, 0x04, 0x78}},
    {'n', {0x7C, 0x08, 0x04, 0x04, 0x78}}, {'o', {0x38, 0x44, 0x44, 0x44, 0x38}}, {'p', {0x7C, 0x14, 0x14, 0x14, 0x08}},
    {'q', {0x08, 0x14, 0x14, 0x18, 0x7C}}, {'r', {0x7C, 0x08, 0x04, 0x04, 0x08}}, {'s', {0x48, 0x54, 0x54, 0x54, 0x20}},
    {'t', {0x04, 0x3F, 0x44, 0x40, 0x20}}, {'u', {0x3C, 0x40, 0x40, 0x20, 0x7C}}, {'v', {0x1C, 0x20, 0x40, 0x20, 0x1C}},
    {'w', {0x3C, 0x40, 0x30, 0x40, 0x3C}}, {'x', {0x44, 0x28, 0x10, 0x28, 0x44}}, {'y', {0x0C, 0x50, 0x50, 0x50, 0x3C}},
    {'z', {0x44, 0x64, 0x54, 0x4C, 0x44}}};

}  // namespace

void Canvas::dot(int x, int y, std::uint8_t colour) {
    if (x >= 0 && x < kWidth && y >= 0 && y < kHeight) pixels_[std::size_t(y) * kWidth + std::size_t(x)] = colour;
}

// Bresenham's.
void Canvas::line(int x0, int y0, int x1, int y1, std::uint8_t colour) {
    const int dx = std::abs(x1 - x0), dy = -std::abs(y1 - y0);
    const int sx = x0 < x1 ? 1 : -1, sy = y0 < y1 ? 1 : -1;
    for (int error = dx + dy;;) {
        dot(x0, y0, colour);
        if (x0 == x1 && y0 == y1) return;
        const int twice = 2 * error;
        if (twice >= dy) error += dy, x0 += sx;
        if (twice <= dx) error += dx, y0 += sy;
    }
}

void Canvas::write(int x, int y, std::string_view text, std::uint8_t colour) {
    for (const char c : text) {
        for (const Letter& letter : kLetters)
            if (letter.letter == c)
                for (int column = 0; column < 5; ++column)
                    for (int row = 0; row < 8; ++row)
                        if (letter.columns[column] >> row & 1) dot(x + column, y + row, colour);
        x += kLetter;
    }
}

void Canvas::save(const std::string& file) const {
    const std::unique_ptr<FILE, int (*)(FILE*)> out(std::fopen(file.c_str(), "wb"), std::fclose);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png ? png_create_info_struct(png) : nullptr;
    if (!out || !info || setjmp(png_jmpbuf(png))) throw std::runtime_error("cannot write " + file);
    png_init_io(png, out.get());
    png_set_compression_level(png, 9);
    png_set_filter(png, 0, PNG_FILTER_NONE);  // a palette's numbers are no heights
    png_set_IHDR(png, info, kWidth, kHeight, 4, PNG_COLOR_TYPE_PALETTE, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    png_set_PLTE(png, info, kColours, 16);
    png_write_info(png, info);
    std::vector<png_byte> row(kWidth / 2);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; x += 2) {
            const std::size_t at = std::size_t(y) * kWidth + std::size_t(x);
            row[std::size_t(x) / 2] = png_byte(pixels_[at] << 4 | pixels_[at + 1]);
        }
        png_write_row(png, row.data());
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
}

}  // namespace chronus::figures
