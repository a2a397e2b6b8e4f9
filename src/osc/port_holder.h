// Which process holds a UDP port, so that "port in use" can say more than that.
#pragma once
#include <cstdint>
#include <string>

namespace chronus {

// "chronusd (process 1234)", or "a process that only its owner or root can see".
std::string holder_of_udp_port(std::uint16_t port);

}  // namespace chronus
