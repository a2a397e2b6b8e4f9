// Answers that are names and values, as /status is one.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/message.h"
#include "text/message_text.h"

namespace chronus::hand {

class Table {
public:
    explicit Table(const std::vector<Argument>& values) : values_(values) {}

    // The value behind the first pair of that name; null if there is none.
    const Argument* find(std::string_view name) const {
        for (std::size_t i = 0; i + 1 < values_.size(); i += 2)
            if (const auto* text = std::get_if<std::string>(&values_[i]); text && *text == name)
                return &values_[i + 1];
        return nullptr;
    }
    double number(std::string_view name, double otherwise) const {
        const Argument* value = find(name);
        return value ? number_of(*value).value_or(otherwise) : otherwise;
    }
    std::int64_t whole(std::string_view name, std::int64_t otherwise) const {
        return static_cast<std::int64_t>(number(name, static_cast<double>(otherwise)));
    }
    bool is_true(std::string_view name) const { return number(name, 0) != 0; }
    std::string text(std::string_view name) const {
        const Argument* value = find(name);
        return value ? text_of(*value).value_or("") : "";
    }
    // All values of pairs of that name.
    std::vector<std::string> all(std::string_view name) const {
        std::vector<std::string> found;
        for (std::size_t i = 0; i + 1 < values_.size(); i += 2)
            if (const auto* text = std::get_if<std::string>(&values_[i]); text && *text == name)
                found.push_back(text_of(values_[i + 1]).value_or(""));
        return found;
    }

private:
    const std::vector<Argument>& values_;
};

}  // namespace chronus::hand
