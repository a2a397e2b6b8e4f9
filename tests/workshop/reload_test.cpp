// Another build of a type while the rack plays: what goes on, what is crossfaded, what is refused.
#include <cmath>

#include "workshop/shop.h"

using namespace chronus;

namespace {

constexpr std::int64_t kFade = Shop::kRate / 50;  // frames in 20 ms
constexpr std::size_t kDelay = Limiter::kLatency; // what leaves is that late, limiter off

// Drums on the right, the tone on the left.
void lay_out(Shop& shop) {
    for (const char* line : {"create tone t freq=130 level=0.25", "create kick k quiet", "create hat h quiet", "patch t > out.left", "patch k > out.right",
                             "patch h > out.right", "sequence k: X.x.X...", "sequence h: x.xX", "tempo 174", "play"})
        shop.done(line);
}

}  // namespace

TEST_CASE("a reload of the same build changes not one sample", "[workshop]") {
    Shop still("steady/tone"), busy("steady/tone");
    for (Shop* shop : {&still, &busy}) lay_out(*shop);
    for (int round = 0; round < 12; ++round) {
        if (round > 1) CHECK(busy.reload("steady/tone").find("state kept") != std::string::npos);
        REQUIRE(busy.play(2000) == still.play(2000));
    }
}

TEST_CASE("a build that lays out its state alike goes on where the other was, and what else plays does not notice", "[workshop]") {
    Shop still("steady/tone"), busy("steady/tone");
    for (Shop* shop : {&still, &busy}) lay_out(*shop);
    REQUIRE(busy.play(10000) == still.play(10000));
    CHECK(busy.reload("softer/tone").find("state kept modules 1") != std::string::npos);
    const Sound a = still.play(10000), b = busy.play(10000);
    CHECK(a.right == b.right);
    for (std::size_t i = kDelay; i < a.left.size(); ++i) REQUIRE(b.left[i] == 0.5f * a.left[i]);
}

TEST_CASE("a build with another state is crossfaded, and what else plays does not notice", "[workshop]") {
    Shop still("steady/tone"), busy("steady/tone");
    for (Shop* shop : {&still, &busy}) lay_out(*shop);
    REQUIRE(busy.play(10000) == still.play(10000));
    CHECK(busy.reload("wider/tone").find("crossfade of 20 ms") != std::string::npos);
    const Sound a = still.play(48000), b = busy.play(48000);
    CHECK(a.right == b.right);
    // The same pitch and level, by name, though the ports stand in another order; its phase begins anew.
    float most = 0, least = 0;
    for (std::size_t i = 4000; i < b.left.size(); ++i) most = std::max(most, b.left[i]), least = std::min(least, b.left[i]);
    CHECK(most == Approx(0.125).margin(0.001));
    CHECK(least == Approx(-0.125).margin(0.001));
    int periods = 0;
    for (std::size_t i = 4001; i < b.left.size(); ++i) periods += b.left[i] < b.left[i - 1];
    CHECK(std::abs(periods - 130.0 * (48000 - 4000) / 48000) <= 1.5);
    CHECK(busy.studio().modules.at("t").bases.at("freq") == 130);
    CHECK(busy.studio().modules.at("t").bases.at("level") == 0.25f);
}

TEST_CASE("a crossfade takes 20 ms, is smooth, and leaves nothing behind", "[workshop]") {
    Shop shop("high/plateau");
    shop.done("create plateau p quiet");
    shop.done("patch p > out.left");
    shop.play(4800);
    shop.reload("low/plateau");
    const std::vector<float> heard = shop.play(9600).left;
    const auto at = [&](std::size_t frame) { return heard.at(frame + kDelay); };
    for (std::size_t i = 0; i < 2000; ++i) {
        const double t = std::min(1.0, static_cast<double>(i + 1) / kFade);
        const double gone = t * t * t * (10 + t * (6 * t - 15));
        REQUIRE(std::fabs(at(i) - (0.5 * (1 - gone) + 0.25 * gone)) < 1e-6);
    }
    for (std::size_t i = 2000; i + kDelay < heard.size(); ++i) REQUIRE(at(i) == 0.25f);
}

TEST_CASE("modules that are reloaded one after another within a fade fade together", "[workshop]") {
    Shop shop("high/plateau");
    for (const char* line : {"create plateau p quiet", "create vca v quiet", "patch p > v > out.left"}) shop.done(line);
    shop.play(4800);
    std::vector<float> heard;
    for (int round = 0; round < 40; ++round) {
        shop.reload(round % 2 ? "high/plateau" : "low/plateau");
        const Sound some = shop.play(256);
        heard.insert(heard.end(), some.left.begin(), some.left.end());
    }
    const Sound rest = shop.play(4800);
    heard.insert(heard.end(), rest.left.begin(), rest.left.end());
    for (std::size_t i = 1; i < heard.size(); ++i) {
        REQUIRE(heard[i] > 0.2f);
        REQUIRE(heard[i] < 0.56f);
        REQUIRE(std::fabs(heard[i] - heard[i - 1]) < 0.003f);
    }
    CHECK(heard.back() == 0.5f);
}

TEST_CASE("what an input was fed with it is fed with after a crossfade, loops and gates too", "[workshop]") {
    Shop shop("steady/tone");
    for (const char* line : {"create tone a freq=110 quiet", "create tone b freq=220 quiet", "create delay d quiet time=0.01", "connect a > d", "connect d > b.level 0.5",
                             "connect b > a.level 0.5", "connect b > d 0.3", "connect d > out"})
        shop.done(line);
    shop.play(4800);
    const auto cables = shop.studio().cables;
    shop.reload("wider/tone");
    const Sound heard = shop.play(9600);
    float most = 0;
    for (const float s : heard.left) {
        REQUIRE(std::isfinite(s));
        most = std::max(most, std::fabs(s));
    }
    CHECK(most > 0.01f);
    CHECK(shop.studio().cables == cables);
}

TEST_CASE("what is set while a build is crossfaded is set of the new one; tracks and notes go on with it", "[workshop]") {
    Shop shop("steady/tone");
    for (const char* line : {"create tone t level=0.5", "sequence t: X...", "melody t: 100Hz", "tempo 120", "play"}) shop.done(line);
    shop.play(4800);
    shop.reload("wider/tone");
    shop.done("set t.level 0.25");
    shop.done("melody t: 400Hz");
    shop.play(24000);
    const Sound heard = shop.play(24000);
    int periods = 0;
    float most = 0;
    for (std::size_t i = 1; i < heard.left.size(); ++i) periods += heard.left[i] < heard.left[i - 1], most = std::max(most, heard.left[i]);
    CHECK(std::abs(periods - 200) <= 2);
    CHECK(most == Approx(0.125).margin(0.002));
}

TEST_CASE("what a build no longer has is told, and left out", "[workshop]") {
    Shop shop("steady/tone");
    for (const char* line : {"create tone t freq=1500 level=0.25", "create tone other", "create lfo slow rate=1", "patch slow > t.level", "sequence t: X...", "play"})
        shop.done(line);
    shop.play(4800);
    const std::string told = shop.reload("poorer/tone");
    INFO(told);
    CHECK(told.find("t.level is gone") != std::string::npos);
    CHECK(told.find("freq 1500 clamped to 1000 Hz") != std::string::npos);
    CHECK(told.find("slow.out > t.level was taken away") != std::string::npos);
    CHECK(told.find("t.out > out.left was taken away") != std::string::npos);
    CHECK(told.find("track t was taken away") != std::string::npos);
    CHECK(shop.studio().tracks.empty());
    CHECK(shop.studio().cables.empty());
    CHECK(shop.refused("set t.level 1").find("no parameter level") != std::string::npos);
    for (const float s : shop.play(4800).left) REQUIRE(std::isfinite(s));
    shop.done("connect t.saw > out.left");
    shop.play(4800);
    float most = 0;
    for (const float s : shop.play(4800).left) most = std::max(most, s);
    CHECK(most == Approx(0.5).margin(0.02));
}

TEST_CASE("a default that changes is heard where nobody set it", "[workshop]") {
    Shop shop("steady/tone");
    const auto composite = [&](const char* level) {
        shop.folder.write("pair.chr", std::string("create tone a level=") + level + "\ncreate tone b\nexpose out out = a.out\nexpose param level = b.level\n");
    };
    composite("0.5");
    shop.done("reload pair");
    shop.done("create pair p level=0.9");
    shop.done("set p.a/freq 300");
    shop.play(4800);
    composite("0.25");
    CHECK(shop.done("reload pair").find("parts that are the same go on modules 1") != std::string::npos);
    shop.play(4800);
    CHECK(shop.studio().modules.at("p").bases.at("a/freq") == 300);
    float most = 0;
    for (const float s : shop.play(4800).left) most = std::max(most, s);
    CHECK(most == Approx(0.125).margin(0.002));
}

TEST_CASE("a composite is taken anew with the types it is made of, and a reload that would break one is refused", "[workshop]") {
    Shop shop("steady/tone");
    shop.folder.write("pair.chr", "create tone a\nexpose out out = a.out\nexpose param level = a.level\n");
    shop.done("reload pair");
    shop.done("create pair p");
    const std::string hash = shop.keep("poorer/tone");
    const Studio before = shop.studio();
    const std::string why = shop.refused("/module/reload tone \"" + hash + "\"");
    CHECK(why.find("tone is used by pair, which would no longer work") != std::string::npos);
    CHECK(shop.studio() == before);
    CHECK(shop.console().types().find("tone")->input("level"));
    // Its own text may be wrong, too, or go round in a circle.
    shop.folder.write("pair.chr", "create nothing a\n");
    CHECK(shop.refused("reload pair").find("there is no type nothing") != std::string::npos);
    shop.folder.write("outer.chr", "create pair a\nexpose out out = a.out\n");
    shop.folder.write("pair.chr", "create tone a\nexpose out out = a.out\nexpose param level = a.level\n");
    shop.done("reload outer");
    shop.folder.write("pair.chr", "create outer a\nexpose out out = a.out\n");
    CHECK(shop.refused("reload pair").find("there is no type outer") != std::string::npos);
    shop.reload("wider/tone");
    CHECK(shop.done("create outer o").find("o") == 0);
    for (const float s : shop.play(4800).left) REQUIRE(std::isfinite(s));
}

TEST_CASE("a new type is there once it is reloaded, and a former build is gone back to", "[workshop]") {
    Shop shop("steady/tone");
    shop.refused("create plateau p");
    CHECK(shop.reload("high/plateau").find("new modules 0") != std::string::npos);
    shop.done("create plateau p");
    CHECK(shop.refused("rollback tone").find("has had no other build") != std::string::npos);
    shop.done("create tone t level=0.5");
    const std::string softer = shop.reload("softer/tone");
    shop.reload("steady/tone");
    CHECK(shop.done("rollback tone") == softer);
    CHECK(shop.done("/module/info tone").find("former") != std::string::npos);
    const auto loudest = [&] {
        shop.play(4800);
        const Sound heard = shop.play(4800);
        return *std::max_element(heard.left.begin(), heard.left.end());
    };
    shop.done("remove p");
    CHECK(loudest() == Approx(0.125).margin(0.002));
    shop.done("rollback tone");
    CHECK(loudest() == Approx(0.25).margin(0.002));
    // The one from the start is no file that was kept.
    Shop other("steady/tone");
    other.reload("softer/tone");
    CHECK(other.done("rollback tone").starts_with("tone original state kept"));
}

TEST_CASE("modules are named, never by a path; what is not in the module path is not found", "[workshop]") {
    Shop shop("steady/tone");
    for (const char* wrong : {"../tone", "/tmp/tone", "tone.so", "a/b", "Tone", ""}) {
        INFO(wrong);
        CHECK(shop.refused("reload \"" + std::string(wrong) + "\"").find("a name, not a path") != std::string::npos);
        CHECK(shop.refused("/module/info \"" + std::string(wrong) + "\"").find("a name, not a path") != std::string::npos);
    }
    CHECK(shop.refused("reload tome").find("there is no file of tome in the module path; did you mean") != std::string::npos);
    for (const char* wrong : {"../../tone", "0123456789abcdef", "x"})
        CHECK(shop.refused("/module/reload tone \"" + std::string(wrong) + "\"").find("no build") != std::string::npos);
    // A file is only asked to be tried: it is not loaded here.
    const Outcome asked = shop.take("reload tone");
    CHECK(asked.done);
    REQUIRE(asked.vetting);
    CHECK(asked.vetting->name == "tone");
}
