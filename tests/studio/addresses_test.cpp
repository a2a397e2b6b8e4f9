// One message for many addresses.
#include "studio/addresses.h"

#include "studio/instrument.h"

using namespace chronus;

namespace {
bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
}  // namespace

TEST_CASE("a pattern sets every parameter that it stands for, and says which", "[addresses]") {
    Classic studio;
    const std::string answer = studio.done("/mod/voice*/amp 0.125");
    CHECK(answer.starts_with("8 voice1/amp 0.125 voice2/amp 0.125"));
    for (int i = 1; i <= 8; ++i) CHECK(studio.done("get voice" + std::to_string(i) + ".amp").starts_with("0.125"));
    CHECK(studio.done("/mod/voice[1-3]/filter/freq 900").starts_with("3 "));
    CHECK(studio.done("set {voice1,voice4}.filter/q 3").starts_with("2 "));
    const std::string stages = studio.done("/mod/voice1/adsr/* 0.5");
    INFO(stages);
    CHECK(stages.starts_with("6 voice1/adsr/attack 0.5"));
    CHECK(has(studio.done("/mod/voice?/amp 7"), "amp 7 clamped to 1"));
}

TEST_CASE("a pattern asks, opens gates and plays notes too", "[addresses]") {
    Classic studio;
    studio.done("/mod/voice2/amp 0.5");
    CHECK(has(studio.done("/mod/voice[12]/amp"), "voice1/amp 0.3"));
    CHECK(has(studio.done("/mod/voice[12]/amp"), "voice2/amp 0.5"));
    CHECK(studio.done("/gate/voice* 1").starts_with("8 "));
    CHECK(studio.done("/note/voice[1-2] C3").starts_with("2 voice1 C3=130.813"));
}

TEST_CASE("what stands for nothing, or is taken by none, is refused", "[addresses]") {
    Classic studio;
    CHECK(studio.refused("/mod/bass*/amp 0.5").starts_with("unknown nothing on the rack is called /mod/bass*/amp"));
    CHECK(studio.refused("/mod/voice*/amp loud").starts_with("type"));
    CHECK(studio.refused("/mod/voice*/nothing 1").starts_with("unknown"));
    // Some take what others refuse.
    const std::string answer = studio.done("/mod/voice1/osc/* saw");
    CHECK(has(answer, "voice1/osc/type saw"));
    CHECK(has(answer, "refused by"));
}

TEST_CASE("they come in the order of the modules", "[addresses]") {
    Classic studio;
    const auto like = addresses_like(studio.studio(), studio.console().types(), "voice*/amp");
    CHECK(like.size() == 8);
    CHECK(like.front() == "voice1/amp");
}
