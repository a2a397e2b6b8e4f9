// What tests of the server say, and look for in what is answered.
#pragma once
#include <chrono>
#include <string>

#include "osc/timetag.h"
#include "text/message.h"

namespace chronus {

inline Message line(const std::string& text) {
    return {"/do", {text}};
}
inline Message with_id(const std::string& id, const Message& message) {
    Message wrapped{"/req", {id, message.address}};
    wrapped.arguments.insert(wrapped.arguments.end(), message.arguments.begin(), message.arguments.end());
    return wrapped;
}

inline bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

inline std::uint64_t ntp_in(std::chrono::nanoseconds time) {
    return ntp_from_unix(unix_now() + time.count());
}

}  // namespace chronus
