// Types made of types: what their text may say, and what is said where it may not.
#include "sound/measure.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

const Types& types() {
    static const Types all(modules());
    return all;
}

Type read(const std::string& text) {
    auto type = read_composite("test", text, types());
    if (!type) FAIL(type.refusal().reason);
    return *type;
}

std::string refusal_of(const std::string& text) {
    const auto type = read_composite("test", text, types());
    CAPTURE(text);
    REQUIRE_FALSE(type);
    return type.refusal().reason;
}

// A folder of composites in front of the library's own types.
struct Folder {
    Folder() : path(std::filesystem::temp_directory_path() / ("chronus-composites-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(path);
    }
    ~Folder() { std::filesystem::remove_all(path); }
    void write(const std::string& name, const std::string& text) { std::ofstream(path / (name + ".chr")) << text; }
    Library library() const { return Library::scan({CHRONUS_MODULE_PATH, path}); }
    const std::filesystem::path path;
};

std::vector<float> play(Offline& offline, int blocks) {
    std::vector<float> all;
    for (int b = 0; b < blocks; ++b) {
        float left[CHRONUS_BLOCK], right[CHRONUS_BLOCK];
        offline.block(left, right);
        all.insert(all.end(), left, left + CHRONUS_BLOCK);
    }
    return all;
}

}  // namespace

TEST_CASE("a composite's ports take meaning, unit and curve from what they expose") {
    const Type type = read("summary \"A test\"\nalias tester probe\ncreate svf filter cutoff=700\n"
                           "expose in in = filter.in\nexpose out out = filter.out\n"
                           "expose param cutoff = filter.cutoff\nexpose param tone = filter.cutoff 100 2000 300 \"how bright\"\n");
    CHECK(type.summary == "A test");
    CHECK(type.aliases == std::vector<std::string>{"tester", "probe"});
    const PublicPort& cutoff = type.inputs[*type.input("cutoff")];
    CHECK(cutoff.unit == "Hz");
    CHECK(cutoff.curve == CHRONUS_EXPONENTIAL);
    CHECK(cutoff.initial == 700);  // as the part was made
    const PublicPort& tone = type.inputs[*type.input("tone")];
    CHECK(tone.minimum == 100);
    CHECK(tone.maximum == 2000);
    CHECK(tone.initial == 300);
    CHECK(tone.doc == "how bright");
    CHECK(type.main_inputs() == std::vector<std::string>{"in"});
}

TEST_CASE("a composite's refusal names file, line and what is wrong") {
    CHECK(refusal_of("create saw osc\ncreat svf\n").starts_with("test.chr, line 2: "));
    CHECK(refusal_of("create sww osc\n").find("saw") != std::string::npos);
    CHECK(refusal_of("create saw osc\ncreate sine osc\n").find("line 2: osc is there twice") != std::string::npos);
    CHECK(refusal_of("create saw osc frequenzy=3\n").find("no parameter frequenzy") != std::string::npos);
    CHECK(refusal_of("create saw osc freq=loud\n").find("wants a number") != std::string::npos);
    CHECK(refusal_of("create saw osc\npatch osc > nobody\n").find("nobody") != std::string::npos);
    CHECK(refusal_of("create saw osc\nexpose out out = osc.outt\n").find("outt") != std::string::npos);
    CHECK(refusal_of("create saw osc\nexpose param f = osc.freq 1 2\n").find("three numbers") != std::string::npos);
    CHECK(refusal_of("create saw osc\nexpose param f = osc.freq 5 2 3\n").find("no range") != std::string::npos);
    CHECK(refusal_of("create saw osc\nexpose inside f = osc.freq\n").find("expose in|out|param") != std::string::npos);
    CHECK(refusal_of("create svf a\ncreate svf b\nexpose param a/q = b.q\n").find("a part's own parameter") != std::string::npos);
    CHECK(refusal_of("# nothing\n").find("no parts") != std::string::npos);
    CHECK(refusal_of("summary \"open\ncreate saw osc\n").find("line 1") != std::string::npos);
}

TEST_CASE("a loop inside a composite is delayed where the last line closes it") {
    const Type type = read("create delay a\ncreate drive b\npatch a > b\npatch b > a 0.5\nexpose out out = b.out\n");
    for (const Cable& cable : type.cables) CHECK(cable.delayed == (cable.from.module == "b"));
}

TEST_CASE("a broken composite is reported and left out, the rest is there") {
    Folder folder;
    folder.write("broken", "create nothing-like-it x\n");
    folder.write("fine", "create saw osc\nexpose out out = osc.out\nexpose param freq = osc.freq\n");
    const Library library = folder.library();
    const Types all(library);
    CHECK(all.find("fine"));
    CHECK_FALSE(all.find("broken"));
    REQUIRE(all.problems().size() == 1);
    CHECK(all.problems()[0].reason.find("broken.chr, line 1") != std::string::npos);
}

TEST_CASE("composites of composites work, whatever order they are found in; one of itself does not") {
    Folder folder;
    folder.write("aa-outer", "create zz-inner inner\ncreate svf filter\npatch inner > filter\n"
                             "expose out out = filter.out\nexpose param tune = inner.tune 20 2000 200\n");
    folder.write("zz-inner", "create saw osc\nexpose out out = osc.out\nexpose param tune = osc.freq\n");
    folder.write("mirror", "create mirror m\nexpose out out = m.out\n");
    const Library library = folder.library();
    Offline offline(library, 48000);
    Console& console = offline.console();
    CHECK_FALSE(console.types().find("mirror"));
    REQUIRE(console.take_line("create aa-outer o").done);
    CHECK(console.take_line("set o.tune 400").done);
    CHECK(console.take_line("set o.inner/osc/freq 500").done);
    CHECK(console.take_line("set o.filter.cutoff 18000").done);
    const std::vector<float> sound = play(offline, 800);
    CHECK(sound::frequency(sound.data() + 9600, 32768, 500, 48000) == Approx(500).margin(0.1));
}

TEST_CASE("an exposed port of several parts reaches them all") {
    Folder folder;
    folder.write("pair", "create sine a freq=100\ncreate sine b freq=100\nexpose out left = a.out\nexpose out right = b.out\n"
                         "expose param freq = a.freq b.freq 20 5000 440\n");
    const Library library = folder.library();
    Offline offline(library, 48000);
    REQUIRE(offline.console().take_line("create pair p").done);
    const auto check = [&](double hertz) {
        std::vector<float> left, right;
        for (int b = 0; b < 600; ++b) {
            float l[CHRONUS_BLOCK], r[CHRONUS_BLOCK];
            offline.block(l, r);
            left.insert(left.end(), l, l + CHRONUS_BLOCK);
            right.insert(right.end(), r, r + CHRONUS_BLOCK);
        }
        CHECK(left == right);
        CHECK(sound::frequency(left.data() + 4800, 32768, hertz, 48000) == Approx(hertz).margin(0.01));
    };
    check(440);
    REQUIRE(offline.console().take_line("set p.freq 777").done);
    check(777);
}
