// From an address to what it means.
#include "studio/resolve.h"

#include "studio/instrument.h"

using namespace chronus;

namespace {

// A composite that shows one of its filters under the other's name, besides what it hides.
const char* kTwoFilters = R"(
summary "Two filters in a row"
create svf first cutoff=300
create svf second cutoff=600
patch first > second
expose in in = first.in
expose out out = second.out
expose param cutoff = first.cutoff second.cutoff 50 5000 500 "both"
)";

struct Rack : Classic {
    std::string where(const std::string& address) {
        const auto input = resolve_input(studio(), console().types(), address);
        if (!input) return input.refusal().reason;
        return input->path + ":" + input->info().name + " as " + input->name;
    }
};

}  // namespace

TEST_CASE("an exposed name comes before a part's own") {
    Rack rack;
    CHECK(rack.where("voice1/filter/freq") == "voice1:filter/freq as filter/freq");
    CHECK(rack.where("voice1/filter/mode") == "voice1/filter:mode as filter/mode");
    CHECK(rack.where("voice1/glide/time") == "voice1/glide:time as glide/time");
    CHECK(rack.where("voice1/amp") == "voice1:amp as amp");
}

TEST_CASE("dots and slashes mean the same") {
    Rack rack;
    for (const char* address : {"voice1.filter.freq", "voice1/filter.freq", "voice1.filter/freq"}) CHECK(rack.where(address) == rack.where("voice1/filter/freq"));
}

TEST_CASE("aliases stand for the beginning of a path, but never hide a module") {
    Rack rack;
    CHECK(rack.where("sine1/freq") == rack.where("voice1/freq"));
    CHECK(rack.where("filter1/q") == rack.where("voice1/filter/q"));
    CHECK(rack.where("1/freq") == rack.where("voice1/freq"));
    rack.done("create svf filter1");
    CHECK(rack.where("filter1/q") == "filter1:q as q");
    rack.done("remove filter1");
    CHECK(rack.where("filter1/q") == rack.where("voice1/filter/q"));
}

TEST_CASE("a part's parameter can be set and answered like an exposed one") {
    Rack rack;
    CHECK(rack.done("get voice1.noise/colour") == "white");
    rack.done("set voice1.filter/mode bandpass");
    CHECK(rack.done("get voice1.filter/mode").starts_with("bandpass"));
    CHECK(rack.studio().modules.at("voice1").bases.contains("filter/mode"));
}

TEST_CASE("what is not there is refused with the nearest that is") {
    Rack rack;
    CHECK(rack.refused("set vioce2.freq 440").find("voice2") != std::string::npos);
    CHECK(rack.refused("set voice2.freg 440").find("freq") != std::string::npos);
    CHECK(rack.refused("set voice2.filter/frek 440").find("filter/freq") != std::string::npos);
    CHECK(rack.refused("/mod/voice1 5").find("name one of its parameters") != std::string::npos);
    CHECK(rack.refused("/gate/reverb1 1").find("has no gate") != std::string::npos);
    CHECK(rack.refused("/mod/voice1/gate 1").find("is a gate") != std::string::npos);
    CHECK(rack.refused("/gate/voice1/amp 1").find("has no gate") != std::string::npos);
    CHECK(rack.refused("/mode/voice1/freq 1").find("/mod/") != std::string::npos);
    for (const char* address : {"/mod/", "/mod//", "/mod///", "/mod/voice1/", "/mod/voice1//", "/mod/voice1/filter/", "/mod/ ", "/gate/", "/mod", "/"})
        CHECK_FALSE(rack.take(Message{address, {1.0f}}).done);
}

TEST_CASE("get answers the value that was set, clamped, with its unit") {
    Rack rack;
    CHECK(rack.done("get voice1.freq") == "440.0 Hz");
    rack.done("set voice1.freq 99999");
    CHECK(rack.done("get voice1.freq") == "5000.0 Hz");
    rack.done("set voice1.osc/type 1");
    rack.done("set voice2.filter/q 3.5");
    CHECK(rack.done("/mod/voice2/filter/q").starts_with("3.5"));
}

TEST_CASE("an exposed parameter of several parts is one parameter, and answers one value") {
    const auto type = read_composite("two-filters", kTwoFilters, Instrument().console().types());
    REQUIRE(type);
    CHECK(type->inputs[*type->input("cutoff")].inside.size() == 2);
    CHECK(type->inputs[*type->input("cutoff")].initial == 500);
}
