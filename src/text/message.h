// What happens to the instrument, in one form whether it came as a datagram, a typed line or a log.
#pragma once
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace chronus {

struct Nil {
    bool operator==(const Nil&) const = default;
};

// OSC's i f h d s T/F N. Other types are refused where they are decoded.
using Argument = std::variant<std::int32_t, float, std::int64_t, double, std::string, bool, Nil>;

struct Message {
    std::string address;
    std::vector<Argument> arguments;

    bool operator==(const Message&) const = default;
};

}  // namespace chronus
