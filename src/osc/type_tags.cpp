#include "osc/type_tags.h"

#include <fmt/format.h>

namespace chronus {
namespace {

constexpr std::string_view kAccepted = "ifhdsSTFN";

std::string_view name_of_tag(char tag) {
    switch (tag) {
        case 'b':
            return "a blob";
        case 'c':
            return "a character";
        case 'I':
            return "infinity";
        case 'm':
            return "MIDI";
        case 'r':
            return "a colour";
        case 't':
            return "a time tag";
        default:
            return "of a type unknown to OSC 1.0";
    }
}

// A tag can be any byte; what isn't printable is shown by its number.
std::string printable(char tag) {
    if (tag > ' ' && tag < '\x7f') return std::string(1, tag);
    return fmt::format("0x{:02x}", static_cast<unsigned char>(tag));
}

Refusal unknown_type(std::string_view address, char tag, std::size_t place) {
    return {"type",
            fmt::format("argument {} of {} is {} ({}); taken are numbers (i f h d), strings (s S), T F and N",
                        place, address, name_of_tag(tag), printable(tag)),
            ""};
}

}  // namespace

Result<std::string> accepted_tags(std::string_view address, std::string_view tags) {
    std::string flat;
    int open = 0;
    for (const char tag : tags.substr(1)) {
        if (tag == '[') {
            ++open;
        } else if (tag == ']') {
            if (--open < 0) break;
        } else if (kAccepted.find(tag) == std::string_view::npos) {
            return unknown_type(address, tag, flat.size() + 1);
        } else {
            flat.push_back(tag);
        }
    }
    if (open != 0) return Refusal{"wire", fmt::format("the array brackets of {} don't pair", address), ""};
    return flat;
}

}  // namespace chronus
