#include "osc/client.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>

namespace chronus {
namespace {

constexpr std::size_t kPathStart = offsetof(sockaddr_un, sun_path);

}  // namespace

Client Client::udp(std::uint16_t port) {
    Client client;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    std::memcpy(&client.address, &address, sizeof address);
    client.length = sizeof address;
    return client;
}

bool Client::answerable() const {
    return is_unix() ? length > kPathStart : length > 0;
}

std::string Client::name() const {
    if (!is_unix()) {
        sockaddr_in in{};
        std::memcpy(&in, &address, sizeof in);
        char dotted[INET_ADDRSTRLEN] = {};
        inet_ntop(AF_INET, &in.sin_addr, dotted, sizeof dotted);
        return fmt::format("{}:{}", dotted, ntohs(in.sin_port));
    }
    if (!answerable()) return "unix:unnamed";
    std::string path(bytes().substr(kPathStart));
    if (path.front() == '\0') return "unix:@" + path.substr(1);
    return "unix:" + path.substr(0, path.find('\0'));
}

}  // namespace chronus
