// The one error type of everything off the audio thread. It travels to whoever asked.
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace chronus {

struct Refusal {
    std::string code;     // one word a program can branch on: unknown, range, type, missing, busy, file, device…
    std::string reason;   // one line for a person; names the nearest right name where there is one
    std::string example;  // a complete line or message that works; may be empty
};

// Either a value or the reason why there is none.
template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : content_(std::move(value)) {}
    Result(Refusal refusal) : content_(std::move(refusal)) {}

    explicit operator bool() const { return content_.index() == 0; }
    T& operator*() { return std::get<0>(content_); }
    const T& operator*() const { return std::get<0>(content_); }
    T* operator->() { return &std::get<0>(content_); }
    const T* operator->() const { return &std::get<0>(content_); }
    const Refusal& refusal() const { return std::get<1>(content_); }

private:
    std::variant<T, Refusal> content_;
};

// For what succeeds without a value.
struct Done {};

}  // namespace chronus
