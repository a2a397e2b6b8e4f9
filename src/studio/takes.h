// What a command takes: its arguments by name, with their types, units, ranges and defaults.
#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace chronus {

enum class Kind {
    text,    // a name or a word; a number is taken as it would be written
    number,  // also text with a number in it, T and F
    whole,   // a number without fraction
    on_off,  // on, off, a number, T, F
    any      // for the handler to read
};

struct Takes {
    std::string_view name;
    Kind kind = Kind::text;
    double low = 0, high = 0;   // of a number; outside it is clamped
    std::string_view unit{};
    std::string_view initial{}; // what an optional one is, left out
    bool optional = false;
    bool many = false;          // it and all that follow

    constexpr Takes or_else(std::string_view value) const {
        Takes changed = *this;
        changed.optional = true;
        changed.initial = value;
        return changed;
    }
};

namespace takes {

constexpr Takes text(std::string_view name) { return {.name = name}; }
constexpr Takes number(std::string_view name, double low, double high, std::string_view unit = {}) {
    return {.name = name, .kind = Kind::number, .low = low, .high = high, .unit = unit};
}
constexpr Takes whole(std::string_view name, double low, double high, std::string_view unit = {}) {
    return {.name = name, .kind = Kind::whole, .low = low, .high = high, .unit = unit};
}
constexpr Takes on_off(std::string_view name) { return {.name = name, .kind = Kind::on_off}; }
constexpr Takes any(std::string_view name) { return {.name = name, .kind = Kind::any}; }
// One or more of them; or_else("") makes it none or more.
constexpr Takes many(std::string_view name) { return {.name = name, .kind = Kind::any, .many = true}; }

}  // namespace takes

// The arguments of one row, in their order.
class TakesAll {
public:
    static constexpr std::size_t kMost = 6;
    template <class... T>
    constexpr TakesAll(const T&... takes) : takes_{takes...}, count_(sizeof...(T)) {
        static_assert(sizeof...(T) <= kMost);
    }
    constexpr std::size_t size() const { return count_; }
    constexpr const Takes* begin() const { return takes_; }
    constexpr const Takes* end() const { return takes_ + count_; }
    constexpr const Takes& operator[](std::size_t i) const { return takes_[i]; }

private:
    Takes takes_[kMost]{};
    std::size_t count_ = 0;
};

}  // namespace chronus
