#include "chronus/conversation.h"

#include <fmt/format.h>

#include "chronus/place.h"
#include "chronus/request.h"

namespace chronus::hand {

void Conversation::say(std::string_view line, std::size_t number, std::optional<std::size_t> indent) {
    if (is_blank(line)) return;
    const Answer answer = answer_to(line);
    const std::string place = number > 0 && !json_ && !answer.done ? fmt::format("line {}: ", number) : "";
    const std::string shown = json_         ? as_json(answer)
                              : answer.done ? for_people(answer)
                                            : refusal_shown(line, answer.refusal, indent);
    std::FILE* out = answer.done || json_ ? stdout : stderr;
    fmt::print(out, "{}{}\n", place, shown);
    std::fflush(out);
    all_done_ = all_done_ && answer.done;
    alone_ = answer.refusal.code == "absent" || answer.refusal.code == "silent";
}

Answer Conversation::answer_to(std::string_view line) {
    const Result<Message> request = request_of(line);
    if (!request) return {false, "", {}, request.refusal()};
    const Result<Answer> answer = link_.ask(*request);
    return answer ? *answer : Answer{false, request->address, {}, answer.refusal()};
}

}  // namespace chronus::hand
