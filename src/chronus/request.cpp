#include "chronus/request.h"

#include <algorithm>

#include "text/message_text.h"
#include "text/numbers.h"
#include "text/words.h"

namespace chronus::hand {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\v\f";

std::string_view trimmed(std::string_view line) {
    const std::size_t begin = line.find_first_not_of(kSpaces);
    if (begin == std::string_view::npos) return {};
    return line.substr(begin, line.find_last_not_of(kSpaces) - begin + 1);
}

std::string_view unquoted(std::string_view text) {
    text = trimmed(text);
    const bool quoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
    return quoted ? text.substr(1, text.size() - 2) : text;
}

Argument argument_of(const SplitWord& word) {
    if (word.quoted) return word.text;
    if (const auto number = read_as<std::int32_t>(word.text)) return *number;
    if (const auto number = read_as<std::int64_t>(word.text)) return *number;
    if (const auto number = read_as<float>(word.text)) return *number;
    return word.text;
}

}  // namespace

bool is_blank(std::string_view line) {
    const std::string_view text = trimmed(line);
    return text.empty() || text.front() == '#';
}

Result<Message> request_of(std::string_view line) {
    const std::string_view text = trimmed(line);
    constexpr std::string_view kWait = "wait ";
    if (text.starts_with(kWait)) return Message{"/wait", {std::string(unquoted(text.substr(kWait.size())))}};
    // What concerns the conversation itself is no line for the instrument.
    const std::string verb(text.substr(0, text.find(' ')));
    const bool own = verb == "notify" || verb == "quiet" || verb == "lease";
    if (!own && !text.starts_with('/')) return Message{"/do", {std::string(text)}};
    const Result<std::vector<SplitWord>> words = split_words((own ? "/" : "") + std::string(text));
    if (!words) return words.refusal();
    Message message{words->front().text, {}};
    for (std::size_t i = 1; i < words->size(); ++i) message.arguments.push_back(argument_of((*words)[i]));
    return message;
}

Message with_id(const std::string& id, const Message& request) {
    Message wrapped{"/req", {id, request.address}};
    wrapped.arguments.insert(wrapped.arguments.end(), request.arguments.begin(), request.arguments.end());
    return wrapped;
}

double seconds_to_hear(const Message& request) {
    constexpr double kLongestBar = 12, kMostBars = 64;  // at 20 bpm
    Message said = request;
    if (request.address == "/do" && request.arguments.size() == 1) {
        const auto* line = std::get_if<std::string>(&request.arguments[0]);
        const auto words = split_words(line ? *line : "");
        if (!words || words->empty()) return 0;
        const std::string& verb = words->front().text;
        said = {verb.starts_with('/') ? verb : "/" + verb, {}};
        for (std::size_t i = 1; i < words->size(); ++i) said.arguments.push_back(argument_of((*words)[i]));
    }
    constexpr double kLongestTrial = 10;
    if (said.address == "/module/reload" || said.address == "/reload") return kLongestTrial;
    if (said.address != "/listen") return 0;
    const auto bars = said.arguments.empty() ? std::nullopt : number_of(said.arguments.back());
    return kLongestBar * std::clamp(bars.value_or(1), 0.0, kMostBars);
}

}  // namespace chronus::hand
