#include "text/nearest.h"

#include "catch.h"

using namespace chronus;

namespace {

using Names = std::vector<std::string>;
const Names kNames = {"cutoff", "resonance", "decay", "delay", "reverb", "res", "drive", "mix", "oscillator"};

}  // namespace

TEST_CASE("One slip of the fingers finds the name that was meant") {
    CHECK(nearest("cutof", kNames).front() == "cutoff");
    CHECK(nearest("ctuoff", kNames).front() == "cutoff");
    CHECK(nearest("cutofff", kNames).front() == "cutoff");
    CHECK(nearest("cutogf", kNames).front() == "cutoff");
}

TEST_CASE("Case does not matter") {
    CHECK(nearest("CutOff", kNames).front() == "cutoff");
}

TEST_CASE("A beginning is nearer than a slip") {
    CHECK(nearest("osc", kNames).front() == "oscillator");
    CHECK(nearest("rev", kNames).front() == "reverb");
    CHECK(nearest("re", kNames) == Names{"res", "reverb", "resonance"});
}

TEST_CASE("Swapped neighbours count as one slip") {
    CHECK(nearest("mxi", Names{"max", "mix"}) == Names{"mix", "max"});
}

TEST_CASE("Of equally near names the first comes first, and never twice") {
    CHECK(nearest("delax", kNames).front() == "delay");
    CHECK(nearest("dexay", kNames) == Names{"decay", "delay"});
    CHECK(nearest("dexay", Names{"delay", "decay", "delay"}) == Names{"delay", "decay"});
}

TEST_CASE("What resembles nothing finds nothing") {
    CHECK(nearest("xylophone", kNames).empty());
    CHECK(nearest("k", Names{"ab", "a"}).empty());
    CHECK(nearest("", kNames).empty());
    CHECK(nearest("cutoff", Names{}).empty());
}

TEST_CASE("Never more names than were asked for") {
    CHECK(nearest("re", kNames, 1) == Names{"res"});
    CHECK(nearest("re", kNames, 0).empty());
}
