// From nothing to a module: templates, the compiler, Faust, a part of the rack as a type.
#include <chrono>
#include <future>

#include "workbench/build.h"
#include "workbench/program.h"
#include "workbench/templates.h"
#include "workbench/watch.h"
#include "workshop/shop.h"
#include "workshop/vetter.h"

using namespace chronus;
namespace fs = std::filesystem;

namespace {

// As a daemon answers it.
Recipe recipe() {
    Instrument instrument;
    const Outcome outcome = instrument.take("/module/recipe");
    REQUIRE(outcome.done);
    const auto read = read_recipe(outcome.words);
    REQUIRE(read);
    return *read;
}

float loudest(const Sound& sound) {
    float most = 0;
    for (const float s : sound.left) {
        REQUIRE(std::isfinite(s));
        most = std::max(most, std::fabs(s));
    }
    return most;
}

// A shop with a type that has just been built from this source.
struct Made {
    explicit Made(const std::string& name, const std::string& source, const char* ending = ".cpp") : shop("steady/tone") {
        const auto built = build_module(recipe(), shop.folder.write(name + ending, source), shop.folder.path());
        INFO((built ? "" : built.refusal().reason));
        REQUIRE(built);
        CHECK(built->said.empty());
        const Verdict verdict = vet(vet_program(), built->file);
        INFO(verdict.why.reason);
        REQUIRE(verdict.passed);
        const auto candidate = shop.console().builds().copy(built->file);
        REQUIRE(candidate);
        REQUIRE(shop.console().builds().keep(*candidate));
        shop.done("/module/reload " + name + " \"" + candidate->hash + "\"");
    }
    Shop shop;
};

}  // namespace

TEST_CASE("each template compiles as it is, passes the trial and makes a sound", "[workshop]") {
    for (const Template& row : templates()) {
        INFO(row.kind);
        const auto source = source_of_kind(std::string(row.kind), "my-growl");
        REQUIRE(source);
        CHECK(source->find("CHANGE") != std::string::npos);
        CHECK(source->find('@') == std::string::npos);
        CHECK(source->find("struct MyGrowl {") != std::string::npos);
        Made made("my-growl", *source);
        Shop& shop = made.shop;
        if (row.kind == "oscillator") shop.done("create my-growl g");
        if (row.kind == "drum") shop.done("create my-growl g"), shop.done("gate g 1");
        if (row.kind == "modulator") shop.done("create saw g"), shop.done("patch g > vca > out"), shop.done("create my-growl m rate=20"), shop.done("connect m > vca.level");
        if (row.kind == "filter" || row.kind == "effect" || row.kind == "buffer") shop.done("create saw g freq=220"), shop.done("patch g > my-growl > out");
        CHECK(loudest(shop.play(24000)) > 0.02f);
    }
}

TEST_CASE("a kind that there is not is told with those that there are", "[workshop]") {
    const auto wrong = source_of_kind("piano", "growl");
    REQUIRE_FALSE(wrong);
    CHECK(wrong.refusal().reason == "there is no kind piano: there is oscillator, filter, effect, modulator, drum, buffer");
    CHECK(type_name("kit-909") == "Kit909");
    CHECK(type_name("a_b-c") == "ABC");
}

TEST_CASE("a type that is like another is that one under its own name, and leaves it the aliases", "[workshop]") {
    for (const char* other : {"ladder", "kick", "reverb", "adsr"}) {
        INFO(other);
        const std::string source = source_like(text_of_file(CHRONUS_SOURCE_PATH "/modules/" + std::string(other) + ".cpp"), "deep");
        CHECK(source.find(".aliases") == std::string::npos);
        Made made("deep", source);
        CHECK(made.shop.console().types().find("deep")->name == "deep");
        CHECK(made.shop.console().types().find("deep")->inputs.size() == made.shop.console().types().find(other)->inputs.size());
    }
    CHECK(composite_like("summary \"x\"\nalias a b\ncreate saw s\n") == "summary \"x\"\ncreate saw s\n");
}

TEST_CASE("what the compiler says comes with the file and the line, and a hint", "[workshop]") {
    TemporaryFolder folder;
    std::string source = *source_of_kind("effect", "growl");
    source.replace(source.find("        // CHANGE: the effect."), 0, "        if (in > F(0.f)) in = F(0.f);\n");
    const auto built = build_module(recipe(), folder.write("growl.cpp", source), folder.path());
    REQUIRE_FALSE(built);
    CHECK(built.refusal().code == "compile");
    const auto line = static_cast<int>(std::count(source.begin(), source.begin() + static_cast<std::ptrdiff_t>(source.find("if (in >")), '\n')) + 1;
    INFO(built.refusal().reason);
    CHECK(built.refusal().reason.find("growl.cpp:" + std::to_string(line) + ":") != std::string::npos);
    CHECK(built.refusal().reason.find("hint: F may be many numbers at once") != std::string::npos);
    // Nothing is left but what was there, and what is made beside it.
    CHECK_FALSE(fs::exists(folder.path() / "growl.so"));
}

TEST_CASE("a build with more state has another layout, one with other arithmetic has not", "[workshop]") {
    TemporaryFolder folder;
    const std::string source = *source_of_kind("effect", "growl");
    const auto layout = [&](const std::string& text) {
        const auto built = build_module(recipe(), folder.write("growl.cpp", text), folder.path());
        REQUIRE(built);
        const auto type = ModuleType::load(built->file);
        REQUIRE(type);
        return (*type)->descriptor().layout;
    };
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string text = source;
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    const std::uint64_t first = layout(source);
    CHECK(layout(changed("F(9.f) * drive", "F(5.f) * drive")) == first);
    CHECK(layout(changed("Phase<F> phase {};", "Phase<F> phase {}; F last {};")) != first);
}

TEST_CASE("a module of Faust's code has its sliders for parameters and is played by notes", "[workshop]") {
    if (run_program({"faust", "--version"}).status != 0) return;
    Made made("bleep", text_of_file(CHRONUS_SOURCE_PATH "/tests/workshop/fixtures/bleep.dsp"), ".dsp");
    Shop& shop = made.shop;
    const Type& type = *shop.console().types().find("bleep");
    CHECK(type.summary == "A saw with an envelope");
    REQUIRE(type.input("cut-off"));
    const PublicPort& cutoff = type.inputs[*type.input("cut-off")];
    CHECK(cutoff.meaning == CHRONUS_HERTZ);
    CHECK(cutoff.minimum == 50);
    CHECK(cutoff.maximum == 12000);
    CHECK(cutoff.initial == 1200);
    REQUIRE(type.gate());
    REQUIRE(type.pitch());
    shop.done("create bleep b poly=2");
    CHECK(loudest(shop.play(4800)) == 0);
    shop.done("note b 440Hz 0.8");
    const Sound heard = shop.play(24000);
    CHECK(loudest(heard) > 0.05f);
    int rises = 0;
    for (std::size_t i = 4801; i < heard.left.size(); ++i) rises += heard.left[i] > 0 && heard.left[i - 1] <= 0;
    CHECK(std::abs(rises - 440 * 0.4) <= 3);
    shop.done("gate b 0");
    shop.play(24000);
    CHECK(loudest(shop.play(4800)) < 1e-3f);
    // The build of Chronus itself makes the same of it, where faust was there.
    if (const std::filesystem::path shipped = CHRONUS_WORKSHOP_PATH "/faust/bleep.so"; std::filesystem::exists(shipped)) {
        CHECK(vet(vet_program(), shipped).passed);
        const auto same = ModuleType::load(shipped);
        REQUIRE(same);
        CHECK((*same)->descriptor().layout == type.leaf->descriptor().layout);
    }
}

TEST_CASE("a module and what belongs to it become a type that sounds the same", "[workshop]") {
    Shop shop("steady/tone");
    for (const char* line : {"create saw lead freq=110", "create ladder filter cutoff=700 quiet", "create lfo slow rate=2", "create reverb hall quiet", "create noise hiss quiet",
                             "patch lead > filter > out 0.5", "patch slow > filter.cutoff 2", "connect filter > hall 0.2", "connect hiss > hall 0.01", "connect hall > out"})
        shop.done(line);
    const std::string text = shop.done("/module/extract lead");
    INFO(text);
    CHECK(text.find("create saw lead") != std::string::npos);
    CHECK(text.find("patch slow.out > filter.cutoff 2") != std::string::npos);
    CHECK(text.find("hall") == std::string::npos);  // others are in it, too
    CHECK(text.find("hiss") == std::string::npos);
    CHECK(shop.refused("/module/extract laed").find("did you mean lead") != std::string::npos);
    Shop other("steady/tone");
    other.folder.write("whole.chr", text);
    other.done("reload whole");
    other.done("create whole w");
    other.done("patch w > out 0.5");
    for (const char* id : {"hall", "hiss"}) shop.done("remove " + std::string(id));
    shop.play(4800);
    other.play(4800);
    // Their clocks run alike; what fades when cables go has faded.
    const Sound a = shop.play(9600), b = other.play(9600);
    CHECK(loudest(a) == Approx(loudest(b)).epsilon(0.2));
    CHECK(other.console().types().find("whole")->input("freq"));
}

TEST_CASE("what is saved is noticed, once for a burst, and nothing else is", "[workshop]") {
    TemporaryFolder folder;
    auto watch = SourceWatch::of({folder.path(), folder.path() / "absent"});
    REQUIRE(watch);
    CHECK_FALSE(SourceWatch::of({folder.path() / "absent"}));
    auto saved = std::async(std::launch::async, [&] { return watch->wait(); });
    folder.write("notes.txt", "no source");
    folder.write(".hidden.cpp", "an editor's");
    folder.write("growl.so", "a build");
    folder.write("growl.cpp", "1");
    folder.write("growl.cpp", "2");
    folder.write("pair.chr", "3");
    std::set<std::string> names = saved.get();
    if (names.size() == 1) names.merge(watch->wait());  // had this thread been held up
    CHECK(names == std::set<std::string>{"growl", "pair"});
}
