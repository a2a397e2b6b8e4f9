#include "studio/command.h"

#include <map>

namespace chronus {
namespace {

const std::map<std::string_view, const Command*>& table() {
    static const std::map<std::string_view, const Command*> rows = [] {
        std::map<std::string_view, const Command*> all;
        for (const auto topic : {rack_commands(), sound_commands(), track_commands(), system_commands()})
            for (const Command& command : topic) all.emplace(command.address, &command);
        return all;
    }();
    return rows;
}

}  // namespace

const Command* find_command(std::string_view address) {
    if (const auto row = table().find(address); row != table().end()) return row->second;
    // /mod/bass/filter/q is answered by the row /mod/*.
    const auto slash = address.find('/', 1);
    if (slash == std::string_view::npos || slash + 1 == address.size()) return nullptr;
    const auto row = table().find(std::string(address.substr(0, slash + 1)) + "*");
    return row == table().end() ? nullptr : row->second;
}

std::vector<std::string> command_addresses() {
    std::vector<std::string> names;
    for (const auto& [address, command] : table()) names.emplace_back(address);
    return names;
}

}  // namespace chronus
