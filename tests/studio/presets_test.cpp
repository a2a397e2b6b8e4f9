// Presets: what their files may say, how they are made, applied, saved and logged.
#include <nlohmann/json.hpp>

#include "render/live.h"
#include "studio/presets.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

// A folder of the user's own presets, and instruments that know it.
struct Desk : Instrument {
    explicit Desk(const ScratchFolder& folder) { console().keep_presets_in(folder.path); }
};

void write(const ScratchFolder& folder, const std::string& type, const std::string& text) {
    std::ofstream(folder.path / (type + ".chr")) << text;
}

std::vector<std::string> problems_of(const std::string& type, const std::string& text) {
    const Types types(modules());
    std::vector<std::string> all;
    read_presets(*types.find(type), types, "test.chr", text, [&](const Refusal& why) { all.push_back(why.reason); });
    return all;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Sound played(Instrument& instrument, const std::string& id) {
    instrument.done("gate " + id);
    return instrument.play(24000);
}

double farthest(const Sound& a, const Sound& b) {
    double most = 0;
    for (std::size_t i = 0; i < a.left.size(); ++i) most = std::max(most, double(std::abs(a.left[i] - b.left[i])));
    return most;
}

}  // namespace

TEST_CASE("a preset is made by create, and what stands beside it wins, wherever it stands", "[presets]") {
    const ScratchFolder folder;
    write(folder, "kick", "# mine\npreset boom freq=40 decay=1 \"long and low\"\npreset \"short one\" decay=0.1\n");
    Desk desk(folder);
    CHECK(desk.done("create kick k preset=boom") == "k kick preset boom");
    CHECK(desk.studio().modules.at("k").bases.at("freq") == 40);
    CHECK(desk.studio().modules.at("k").bases.at("decay") == 1);
    desk.done("create kick l decay=0.5 preset=boom freq=60");
    CHECK(desk.studio().modules.at("l").bases.at("freq") == 60);
    CHECK(desk.studio().modules.at("l").bases.at("decay") == 0.5f);
    desk.done("create kick m preset=\"short one\"");
    CHECK(desk.studio().modules.at("m").bases.at("decay") == 0.1f);
    CHECK(desk.take(Message{"/create", {std::string("kick"), std::string("n"), std::string("preset=boom")}}).done);
    CHECK(desk.refused("create kick o preset=bom").starts_with("unknown there is no preset bom of kick; did you mean boom?"));
    CHECK_FALSE(desk.studio().modules.contains("o"));
}

TEST_CASE("what is wrong in a file of presets is named with its line and left out", "[presets]") {
    const auto problems = problems_of("kick", "preset a freq=50 zing=3 decay=0.4\npreset b freq=900000 decay=0.4\nwobble\n"
                                              "preset ../c freq=50\npreset d freq=\npreset default freq=50\npreset e \"open\n");
    REQUIRE(problems.size() == 7);
    const char* parts[] = {"line 1: left out: kick (kick) has no parameter zing", "line 2: left out: freq 900000 is not within",
                           "line 3: left out: wobble is no preset", "line 4: left out: \"../c\" cannot be the name of a preset",
                           "line 5: left out:", "line 6: left out: default is what", "line 7: left out:"};
    for (std::size_t i = 0; i < problems.size(); ++i) CHECK(has(problems[i], parts[i]));

    const ScratchFolder folder;
    write(folder, "kick", "preset a freq=50 zing=3 decay=0.4\n");
    write(folder, "warp", "preset a depth=2\n");
    Desk desk(folder);
    REQUIRE(desk.console().types().problems().size() == 2);
    desk.console().keep_presets_in(folder.path);  // what was told once is not told again
    CHECK(desk.console().types().problems().size() == 2);
    CHECK(has(desk.console().types().problems()[1].reason, "there is no type warp"));
    CHECK(desk.console().types().find("kick")->presets.at("a").bases.at("decay") == 0.4f);
    CHECK_FALSE(desk.console().types().find("kick")->presets.at("a").bases.contains("zing"));
}

TEST_CASE("preset on a module that plays: it sounds as one that was made so, whatever was set before", "[presets]") {
    const ScratchFolder folder;
    write(folder, "acid-bass", "preset one cutoff=300 res=0.9 \"one\"\npreset two square=0.5 filter/nothing=1 acid/decay=0.6\n");
    for (const char* before : {"set b.env 200 b.acid/drive 1 b.level 0.1", "set b.acid/cutoff 4000", "preset b two"})
        for (const std::string name : {"one", "two", "default"}) {
            Desk desk(folder), fresh(folder);
            INFO(before << ", then " << name);
            desk.done("create acid-bass b");
            desk.done(before);
            desk.play(4800);
            const std::string answer = desk.done("preset b " + name);
            CHECK(answer.starts_with("b " + name));
            if (name == "one") CHECK(answer == "b one cutoff=300 res=0.9");
            desk.play(4800);  // past the smoothing
            fresh.done("create acid-bass b preset=" + name);
            fresh.play(9600);
            CHECK(desk.studio().modules.at("b").bases == fresh.studio().modules.at("b").bases);
            CHECK(farthest(played(desk, "b"), played(fresh, "b")) < 1e-3);  // a filter that rings forgets slowly
        }
    Desk desk(folder);
    desk.done("create acid-bass b");
    CHECK(desk.done("preset b one cutoff=900") == "b one cutoff=900 res=0.9");
    CHECK(desk.refused("preset b on").starts_with("unknown there is no preset on of acid-bass; did you mean one?"));
    CHECK(desk.refused("preset c one").starts_with("unknown there is no module c"));
    CHECK(desk.refused("preset b cutoff=900").starts_with("missing"));
    CHECK(desk.refused("preset b one poly=2").starts_with("syntax"));
    CHECK(desk.studio().modules.at("b").bases.at("cutoff") == 900);
}

TEST_CASE("presets are listed, and told of by help and schema", "[presets]") {
    const ScratchFolder folder;
    write(folder, "kick", "preset boom decay=1 \"long and low\"\n");
    Desk desk(folder);
    desk.done("create kick k");
    for (const char* line : {"presets kick", "presets k", "list presets kick"}) CHECK(has(desk.done(line), "boom: long and low"));
    CHECK(has(desk.done("help kick"), "boom"));
    CHECK(desk.refused("presets kikc").starts_with("unknown there is no type kikc; did you mean kick"));
    const auto json = nlohmann::json::parse(desk.done("schema kick"));
    const auto& presets = json.at("presets");
    const auto boom = std::find_if(presets.begin(), presets.end(), [](const auto& preset) { return preset.at("name") == "boom"; });
    REQUIRE(boom != presets.end());
    CHECK(boom->at("doc") == "long and low");
    CHECK(boom->at("settings").at("decay") == 1);
}

TEST_CASE("save preset keeps what was set of a module; the rest of the file stays as it was written", "[presets]") {
    const ScratchFolder folder;
    write(folder, "hat", "# mine\npreset other decay=0.3\npreset tick   decay=0.01\n# the end\n");
    {
        Desk desk(folder);
        desk.done("create hat h decay=0.04");
        CHECK(desk.done("save preset h tick \"as short as it gets\"") == "hat tick in place of the one before");
        CHECK(desk.done("save preset h \"two words\"") == "hat two words");
        CHECK(text_of_file((folder.path / "hat.chr").string()) == "# mine\npreset other decay=0.3\n"
              "preset tick decay=0.04 \"as short as it gets\"\n# the end\npreset \"two words\" decay=0.04\n");
        desk.done("create hat i preset=tick");
        CHECK(desk.studio().modules.at("i").bases.at("decay") == 0.04f);
        for (const char* wrong : {"save preset h ../x", "save preset h .x", "save preset h default", "save preset h a=b", "save preset z x"})
            CHECK_FALSE(desk.take(std::string(wrong)).done);
    }
    Desk again(folder);
    CHECK(again.console().types().problems().empty());
    CHECK(has(again.done("presets hat"), "tick: as short as it gets"));
    again.done("create hat h preset=\"two words\"");
    CHECK(again.studio().modules.at("h").bases.at("decay") == 0.04f);
    Instrument homeless;
    homeless.done("create hat h");
    CHECK(homeless.refused("save preset h tick").starts_with("file"));
}

TEST_CASE("the log says what a preset set: a replay does not need it", "[presets]") {
    const ScratchFolder folder;
    write(folder, "kick", "preset boom freq=40 decay=1\npreset plain\n");
    const Scratch log("presets.osc");
    std::vector<float> live;
    {
        Live instrument(log.path, 256, 4);
        instrument.console().keep_presets_in(folder.path);
        instrument.console().keep_patches_in(folder.path / "patches");
        for (const char* line : {"create kick k preset=boom decay=0.5", "create kick l", "preset l boom freq=80", "gate k", "gate l"})
            REQUIRE(instrument.console().take_line(line).done);
        instrument.play(9600);
        for (const char* line : {"preset k plain", "patch k > drive preset=default", "gate k", "save patch one", "load patch one"}) instrument.console().take_line(line);
        instrument.play(9600);
        live = instrument.stop();
    }
    const std::string text = text_of_file(log.path);
    CAPTURE(text);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        const std::string message = line.substr(0, line.find(" # "));  // the comment tells what was answered
        CHECK_FALSE(has(message, "boom"));
        CHECK_FALSE(has(message, "plain"));
    }
    CHECK(has(text, "/create"));
    CHECK(replay(text, live.size() / 2) == live);
}

TEST_CASE("parts of composites are made of presets too", "[presets]") {
    const ScratchFolder folder;
    write(folder, "kick", "preset boom freq=40 decay=1\n");
    Types types(modules());
    types.read_presets("kick", "kick.chr", "preset boom freq=40 decay=1\n");
    const auto type = read_composite("test", "create kick k decay=0.3 preset=boom\nexpose out out = k.out\nexpose param freq = k.freq\n", types);
    REQUIRE(type);
    CHECK(type->parts[0].module.bases.at("freq") == 40);
    CHECK(type->parts[0].module.bases.at("decay") == 0.3f);
    CHECK(type->inputs[0].initial == 40);
    const auto wrong = read_composite("test", "create kick k preset=bom\nexpose out out = k.out\n", types);
    REQUIRE_FALSE(wrong);
    CHECK(has(wrong.refusal().reason, "did you mean boom?"));
}

TEST_CASE("a composite says how many notes it plays at once", "[presets]") {
    const ScratchFolder folder;
    write(folder, "organ", "poly 4\ncreate sine osc\nexpose out out = osc.out\nexpose param freq = osc.freq\n");
    const Library library = Library::scan({CHRONUS_MODULE_PATH, folder.path});
    Offline offline(library, 48000);
    REQUIRE(offline.console().take_line("create organ o").done);
    REQUIRE(offline.console().take_line("create organ p poly=2").done);
    CHECK(offline.console().studio().modules.at("o").poly == 4);
    CHECK(offline.console().studio().modules.at("p").poly == 2);
    CHECK(has(said(offline.console().take_line("help organ")), "plays 4 notes at once"));
    const auto json = nlohmann::json::parse(said(offline.console().take_line("schema organ")));
    CHECK(json.at("poly") == 4);
    CHECK(said(offline.console().take_line("show patch")) == "tempo 120\n\ncreate organ o\ncreate organ p poly=2");
}
