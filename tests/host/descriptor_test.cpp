#include "host/descriptor.h"

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "catch.h"

using namespace chronus;

namespace {

void reset(void*, std::uint64_t) {}
void process(const chronus_unit*, std::uint32_t, const chronus_clock*) {}

// A descriptor that may be spoilt.
struct Sample {
    std::vector<chronus_port> in = {
        {"in", "", "", "what comes in", "", CHRONUS_AUDIO, CHRONUS_LINEAR, 0, 0, 0, 0},
        {"cutoff", "freq", "Hz", "corner", "", CHRONUS_HERTZ, CHRONUS_EXPONENTIAL, 20, 18000, 1000, 0.005f},
        {"mode", "", "", "which", "low|band|high", CHRONUS_CHOICE, CHRONUS_LINEAR, 0, 2, 0, 0}};
    std::vector<chronus_port> out = {
        {"out", "", "", "what goes out", "", CHRONUS_AUDIO, CHRONUS_LINEAR, 0, 0, 0, 0}};
    chronus_module_type type{};

    Sample() {
        type = {CHRONUS_ABI_VERSION,
                sizeof type,
                "svf",
                "lowpass",
                "Filters",
                nullptr,
                0,
                nullptr,
                0,
                8,
                4,
                1,
                20,
                reset,
                nullptr,
                process};
    }
    std::optional<std::string> fault() {
        type.inputs = in.data();
        type.input_count = std::uint32_t(in.size());
        type.outputs = out.data();
        type.output_count = std::uint32_t(out.size());
        return fault_of(type);
    }
};

}  // namespace

TEST_CASE("a good descriptor has no fault") {
    REQUIRE(Sample().fault() == std::nullopt);
}

TEST_CASE("each fault of a descriptor is said by name") {
    struct Row {
        const char* what;
        std::function<void(Sample&)> spoil;
        const char* said;
    };
    const Row rows[] = {
        {"short descriptor", [](Sample& s) { s.type.size = 8; }, "has a descriptor of 8 bytes"},
        {"no name", [](Sample& s) { s.type.name = nullptr; }, "has no name"},
        {"capital letters", [](Sample& s) { s.type.name = "Svf"; }, "is called 'Svf'"},
        {"slash in a type", [](Sample& s) { s.type.name = "a/b"; }, "is called 'a/b'"},
        {"alias is the name", [](Sample& s) { s.type.aliases = "svf"; },
         "is called 'svf', and so is another"},
        {"no aliases", [](Sample& s) { s.type.aliases = nullptr; }, "has no list of aliases"},
        {"no summary", [](Sample& s) { s.type.summary = ""; }, "has no summary"},
        {"nameless port", [](Sample& s) { s.in[1].name = ""; }, "parameter 1  has no name"},
        {"port with a space", [](Sample& s) { s.out[0].name = "o t"; }, "output 0 o t is called 'o t'"},
        {"port twice", [](Sample& s) { s.in[2].name = "in"; },
         "parameter 2 in is called 'in', and so is another"},
        {"alias twice", [](Sample& s) { s.in[2].aliases = "x freq"; }, "is called 'freq', and so is another"},
        {"no doc", [](Sample& s) { s.in[0].doc = ""; }, "input 0 in has no doc"},
        {"strange meaning", [](Sample& s) { s.in[0].meaning = 99; }, "meaning that is not known"},
        {"empty range", [](Sample& s) { s.in[1].maximum = 20; },
         "parameter 1 cutoff has an empty range, 20..20"},
        {"default below", [](Sample& s) { s.in[1].initial = 1; },
         "cutoff has the default 1, which is not in its range"},
        {"default NaN", [](Sample& s) { s.in[1].initial = std::nanf(""); }, "range that is not finite"},
        {"exponential from 0", [](Sample& s) { s.in[1].minimum = 0; },
         "is exponential, but its range begins at 0"},
        {"strange curve", [](Sample& s) { s.in[1].curve = 7; }, "curve that is not known"},
        {"smoothed backwards", [](Sample& s) { s.in[1].smoothing = -1; }, "is smoothed over -1 s"},
        {"too few choices", [](Sample& s) { s.in[2].choices = "low|high"; },
         "has 2 choices, but a range of 0..2"},
        {"empty choice", [](Sample& s) { s.in[2].choices = "low||high"; }, "has an empty choice"},
        {"choice twice", [](Sample& s) { s.in[2].choices = "low|low|high"; }, "has the choice 'low' twice"},
        {"huge state", [](Sample& s) { s.type.state_size = 17 << 20; }, "has a state of 17825792 bytes"},
        {"odd alignment", [](Sample& s) { s.type.state_alignment = 12; }, "has a state alignment of 12"},
        {"no reset", [](Sample& s) { s.type.reset = nullptr; }, "has no reset"},
        {"no process", [](Sample& s) { s.type.process = nullptr; }, "has no process"},
        {"no gain", [](Sample& s) { s.type.largest_gain = INFINITY; }, "has a largest gain of inf"},
        {"no ports",
         [](Sample& s) {
             s.in.clear();
             s.out.clear();
         },
         "has neither inputs nor outputs"},
        {"too many ports", [](Sample& s) { s.in.resize(65, s.in[0]); }, "has 65 inputs"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        Sample sample;
        row.spoil(sample);
        const auto fault = sample.fault();
        REQUIRE(fault);
        INFO(*fault);
        CHECK(fault->find(row.said) != std::string::npos);
    }
}
