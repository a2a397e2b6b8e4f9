#include "chronus/answer.h"

#include <nlohmann/json.hpp>

#include <algorithm>

#include "text/numbers.h"

namespace chronus::hand {
namespace {

using Json = nlohmann::ordered_json;

struct Readable {
    std::string operator()(const std::string& value) const { return value; }
    std::string operator()(bool value) const { return value ? "true" : "false"; }
    std::string operator()(Nil) const { return "nil"; }
    template <class Number>
    std::string operator()(Number value) const {
        return print_number(value);
    }
};

struct AsJson {
    // By way of its shortest text, so that 0.1 doesn't become 0.10000000149011612.
    Json operator()(float value) const {
        const auto shortest = read_as<double>(print_number(value));
        return shortest ? Json(*shortest) : Json(nullptr);
    }
    Json operator()(Nil) const { return nullptr; }
    template <class Value>
    Json operator()(const Value& value) const {
        return value;
    }
};

std::string text_at(const Message& message, std::size_t place) {
    if (place >= message.arguments.size()) return "";
    return std::visit(Readable{}, message.arguments[place]);
}

}  // namespace

std::optional<Answer> read_answer(const Message& message, const std::string& id) {
    const bool done = message.address == "/done";
    if (!done && message.address != "/fail") return std::nullopt;
    if (message.arguments.size() < 2 || text_at(message, 1) != id) return std::nullopt;
    Answer answer{done, text_at(message, 0), {}, {}};
    if (done)
        answer.values.assign(message.arguments.begin() + 2, message.arguments.end());
    else
        answer.refusal = {text_at(message, 2), text_at(message, 3), text_at(message, 4)};
    return answer;
}

// Names and values, as /status gives them: a line a pair.
bool is_table(const std::vector<Argument>& values) {
    if (values.size() < 8 || values.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < values.size(); i += 2)
        if (const auto* name = std::get_if<std::string>(&values[i]); !name || name->find(' ') != std::string::npos) return false;
    return true;
}

// Whole sentences: a line each.
bool is_list(const std::vector<Argument>& values) {
    return values.size() > 1 && std::all_of(values.begin(), values.end(), [](const Argument& value) {
        const auto* text = std::get_if<std::string>(&value);
        return text && text->find(' ') != std::string::npos;
    });
}

std::string for_people(const Answer& answer) {
    if (!answer.done) {
        const Refusal& refusal = answer.refusal;
        return "error: " + refusal.reason + (refusal.example.empty() ? "" : "\ntry: " + refusal.example);
    }
    const bool table = is_table(answer.values), list = is_list(answer.values);
    std::string text;
    for (std::size_t i = 0; i < answer.values.size(); ++i) {
        if (i > 0) text += list || (table && i % 2 == 0) ? '\n' : ' ';
        text += std::visit(Readable{}, answer.values[i]);
    }
    return text.empty() ? "done" : text;
}

std::string as_json(const Answer& answer) {
    Json json{{"ok", answer.done}, {"address", answer.address}};
    if (answer.done) {
        json["values"] = Json::array();
        for (const Argument& value : answer.values) json["values"].push_back(std::visit(AsJson{}, value));
    } else {
        json["code"] = answer.refusal.code;
        json["reason"] = answer.refusal.reason;
        json["example"] = answer.refusal.example;
    }
    // Strings come from anyone; what isn't UTF-8 in them is replaced, not thrown over.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace chronus::hand
