#include "text/quote.h"

namespace chronus {

std::string quote(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        if (c == '\n')
            quoted += "\\n";
        else
            quoted += c;
    }
    return quoted += '"';
}

std::optional<Quoted> read_quoted(std::string_view line, std::size_t open) {
    Quoted read;
    for (std::size_t at = open + 1; at < line.size(); ++at) {
        const char c = line[at];
        if (c == '"') {
            read.end = at + 1;
            return read;
        }
        const char next = c == '\\' && at + 1 < line.size() ? line[at + 1] : '\0';
        const bool escape = next == '"' || next == '\\' || next == 'n';
        read.text += !escape ? c : next == 'n' ? '\n' : next;
        at += escape ? 1 : 0;
    }
    return {};
}

}  // namespace chronus
