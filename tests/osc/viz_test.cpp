// What pages draw.
#include <algorithm>

#include "osc/served.h"

using namespace chronus;

namespace {

std::vector<double> next(Peer& peer, const std::string& address) {
    for (int i = 0; i < 500; ++i) {
        const Message message = peer.receive();
        if (message.address != address) continue;
        std::vector<double> values;
        for (const Argument& argument : message.arguments) values.push_back(number_of(argument).value_or(-1));
        return values;
    }
    throw std::runtime_error("nothing came for " + address);
}

}  // namespace

TEST_CASE("who asks for viz is told the levels of the voices and the spectrum, again and again", "[server][viz]") {
    Served daemon;
    Peer page = daemon.begin().udp(), player = daemon.udp();
    page.ask({"/notify", {std::string("here"), std::string("viz")}});
    const auto silent = next(page, "/viz/levels");
    REQUIRE(silent.size() >= 8);
    for (const double level : silent) CHECK(level == 0);
    player.ask({"/mod/voice3/osc/type", {std::string("sine")}});
    player.ask({"/mod/voice3/freq", {1000}});
    player.ask({"/mod/voice3/filter/freq", {8000}});
    player.ask({"/mod/voice3/adsr/sustain", {1}});
    player.ask({"/gate/voice3", {1}});
    std::vector<double> levels, bands;
    for (int i = 0; i < 5; ++i) {
        levels = next(page, "/viz/levels");
        bands = next(page, "/viz/spectrum");
    }
    CAPTURE(levels, bands);
    CHECK(levels[2] > 0.05);
    CHECK(levels[0] < 1e-3);
    REQUIRE(bands.size() == 8);
    CHECK(std::max_element(bands.begin(), bands.end()) - bands.begin() == 4);  // 1 kHz
    CHECK(bands[4] > 3 * bands[2]);
    player.ask({"/gate/voice3", {0}});
    for (int i = 0; i < 60 && levels[2] > 1e-3; ++i) levels = next(page, "/viz/levels");
    CHECK(levels[2] <= 1e-3);
}
