#include "osc/client.h"

#include <unordered_set>

#include "catch.h"

using namespace chronus;

TEST_CASE("a client is its address") {
    CHECK(Client::udp(5006) == Client::udp(5006));
    CHECK_FALSE(Client::udp(5006) == Client::udp(5007));
    CHECK_FALSE(Client::udp(5006) == Client{});
    const std::unordered_set<Client> known{Client::udp(1), Client::udp(2), Client::udp(1)};
    CHECK(known.size() == 2);
}

TEST_CASE("a client's name can be read") {
    CHECK(Client::udp(5006).name() == "127.0.0.1:5006");
    CHECK(Client::udp(5006).answerable());
}
