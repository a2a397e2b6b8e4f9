#include "text/message_text.h"

#include <algorithm>
#include <type_traits>

#include "text/numbers.h"
#include "text/quote.h"

namespace chronus {
namespace {

// In the order of Argument's alternatives; a bool is told by its value.
constexpr char kTypes[] = {'i', 'f', 'h', 'd', 's', 'T', 'N'};

bool needs_quotes(const std::string& text) {
    const auto odd = [](unsigned char c) {
        return c <= ' ' || c == 0x7F || c == '"' || c == '\\' || c == '>';
    };
    const bool is_word = text == "true" || text == "false" || text == "nil";
    return text.empty() || text.starts_with('#') || is_word || read_number(text) ||
           std::any_of(text.begin(), text.end(), odd);
}

std::string print_argument(const Argument& argument) {
    return std::visit(
        [](const auto& value) -> std::string {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>)
                return needs_quotes(value) ? quote(value) : value;
            else if constexpr (std::is_same_v<T, bool>)
                return value ? "true" : "false";
            else if constexpr (std::is_same_v<T, Nil>)
                return "nil";
            else
                return print_number(value);
        },
        argument);
}

}  // namespace

std::string described(const Argument& argument) {
    if (std::holds_alternative<Nil>(argument)) return "nil";
    if (const bool* on = std::get_if<bool>(&argument)) return *on ? "true" : "false";
    return (std::holds_alternative<std::string>(argument) ? "the text " : "the number ") + print_argument(argument);
}

std::string print_message(const Message& message) {
    std::string line = message.address;
    for (const Argument& argument : message.arguments) line += ' ' + print_argument(argument);
    return line;
}

std::string types_of(const Message& message) {
    std::string types;
    for (const Argument& argument : message.arguments) {
        const bool* on = std::get_if<bool>(&argument);
        types += on && !*on ? 'F' : kTypes[argument.index()];
    }
    return types;
}

std::optional<double> number_of(const Argument& argument) {
    return std::visit(
        [](const auto& value) -> std::optional<double> {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>)
                return read_number(value);
            else if constexpr (std::is_same_v<T, Nil>)
                return {};
            else
                return static_cast<double>(value);
        },
        argument);
}

std::optional<std::string> text_of(const Argument& argument) {
    return std::visit(
        [](const auto& value) -> std::optional<std::string> {
            using T = std::decay_t<decltype(value)>;
            if constexpr (std::is_same_v<T, std::string>) {
                return value;
            } else if constexpr (std::is_floating_point_v<T>) {
                if (!is_finite_number(value)) return {};
                const std::string digits = print_number(value);
                return digits.find_first_of(".e") == std::string::npos ? digits + ".0" : digits;
            } else if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, Nil>) {
                return {};
            } else {
                return print_number(value);
            }
        },
        argument);
}

}  // namespace chronus
