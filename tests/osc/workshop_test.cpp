// The workshop over real sockets: who reloads is answered once it has been tried, nobody waits for it, and a build that
// goes wrong too often goes.
#include <filesystem>

#include "host/folders.h"
#include "osc/served.h"

using namespace chronus;
namespace fs = std::filesystem;

namespace {

Message line(const std::string& text) { return {"/do", {text}}; }
Message request(const std::string& id, const std::string& text) { return {"/req", {id, std::string("/do"), text}}; }
std::string id_of(const Message& answer) { return text_of(answer.arguments.at(1)).value_or(""); }

// A daemon with one build of a type among its own.
struct Workplace {
    explicit Workplace(const std::string& build) {
        put(build);
        library = Library::scan({CHRONUS_MODULE_PATH, folder.path()});
        daemon = std::make_unique<Served>(library);
        daemon->console().keep_builds_in(builds.path());
    }
    void put(const std::string& build) const {
        const fs::path from = fs::path(CHRONUS_WORKSHOP_PATH) / (build + ".so");
        fs::copy_file(from, folder.path() / from.filename(), fs::copy_options::overwrite_existing);
    }
    // As if it had been tried.
    std::string keep(const std::string& build) const {
        put(build);
        const Builds store(builds.path());
        const auto candidate = store.copy(folder.path() / (fs::path(build).filename().string() + ".so"));
        if (!candidate || !store.keep(*candidate)) throw std::runtime_error("cannot keep " + build);
        return candidate->hash;
    }

    const TemporaryFolder folder, builds;
    Library library;
    std::unique_ptr<Served> daemon;
};

}  // namespace

TEST_CASE("a reload is answered with what was checked, its figures and its time", "[server][workshop]") {
    Workplace place("steady/tone");
    Peer peer = place.daemon->begin().local();
    REQUIRE(peer.ask(line("create tone t")).address == "/done");
    place.put("softer/tone");
    const std::string told = peer.hear(line("reload tone"));
    INFO(told);
    for (const char* part : {"/done", "state kept", "modules 1", "checked", "ns_a_block", "dc", "peak", "tried_ms", "took_ms", " at "})
        CHECK(told.find(part) != std::string::npos);
    CHECK(peer.hear(line("rollback tone")).find("original") != std::string::npos);
}

TEST_CASE("others are answered while a build is tried, and one that hangs is refused with the rack as it was", "[server][workshop]") {
    Workplace place("bad/hangs");
    Peer peer = place.daemon->begin().local(), other = place.daemon->udp();
    peer.send(request("try", "reload hangs"));
    peer.send(request("try", "reload hangs"));  // asked again: it is the same
    for (int n = 0; n < 10; ++n) CHECK(id_of(other.ask(request("s" + std::to_string(n), "status"))) == "s" + std::to_string(n));
    const Message answer = peer.receive();
    CHECK(id_of(answer) == "try");
    CHECK(answer.address == "/fail");
    CHECK(answer.arguments.at(2) == Argument(std::string("hang")));
    CHECK(peer.ask(request("try", "reload hangs")) == answer);
    CHECK(print_message(peer.ask(line("/module/info hangs"))).find("original") != std::string::npos);
    CHECK(fs::is_empty(place.builds.path() / "hangs"));
}

TEST_CASE("a build that runs away for the third time gives way to the one before", "[server][workshop]") {
    Workplace place("steady/tone");
    const std::string wild = place.keep("wild/tone");
    Peer peer = place.daemon->begin().local(), listener = place.daemon->udp();
    REQUIRE(listener.ask({"/notify", {std::string("here"), std::string("fault"), std::string("module")}}).address == "/done");
    REQUIRE(peer.ask(line("create tone t")).address == "/done");
    REQUIRE(peer.ask(line("/module/reload tone \"" + wild + "\"")).address == "/done");
    int faults = 0;
    std::string event;
    while ((event = print_message(listener.receive())).find("rolled-back") == std::string::npos) faults += event.find("/event fault t") != std::string::npos;
    CHECK(faults == 3);
    CHECK(event.find("rolled-back tone original") != std::string::npos);
    CHECK(print_message(peer.ask(line("/module/info tone"))).find("build original former " + wild) != std::string::npos);
}
