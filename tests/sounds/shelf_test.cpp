// Sounds by name.
#include "sounds/shelf.h"

#include <sndfile.h>

#include "catch.h"
#include "host/folders.h"
#include "sounds/wavetables.h"

using namespace chronus;

namespace {

void write_sound(const TemporaryFolder& folder, const std::string& name, int frames, int channels = 1) {
    folder.write(name, "");
    SF_INFO info{};
    info.samplerate = 44100, info.channels = channels, info.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
    SNDFILE* file = sf_open((folder.path() / name).c_str(), SFM_WRITE, &info);
    const std::vector<float> samples(static_cast<std::size_t>(frames * channels), 0.5f);
    sf_writef_float(file, samples.data(), frames);
    sf_close(file);
}

constexpr auto kRecording = Shelf::Kind::recording;
constexpr auto kWavetable = Shelf::Kind::wavetable;

}  // namespace

TEST_CASE("a sound is found by its path below the folder, or by its last part if that is enough", "[sounds]") {
    TemporaryFolder folder;
    write_sound(folder, "drums/amen.wav", 1000);
    write_sound(folder, "loops/think.wav", 1000);
    write_sound(folder, "other/think.wav", 1000);
    Shelf shelf({folder.path()});
    const auto place = shelf.place_of(kRecording, "drums/amen");
    REQUIRE(place);
    CHECK(*shelf.place_of(kRecording, "amen") == *place);
    CHECK(*shelf.place_of(kRecording, "amen.wav") == *place);
    CHECK(shelf.name_at(*place) == "drums/amen");
    CHECK(shelf.place_of(kRecording, "think").refusal().reason == "think may be loops/think or other/think");
    CHECK(shelf.place_of(kRecording, "amne").refusal().reason == "there is no sound amne; there is drums/amen, loops/think, other/think");
    CHECK(shelf.place_of(kRecording, "../amen").refusal().code == "unknown");
    CHECK(shelf.place_of(kRecording, (folder.path() / "drums/amen.wav").string()).refusal().code == "unknown");
    CHECK(*shelf.place_of(kRecording, "none") == 0);
}

TEST_CASE("a later folder replaces what an earlier one has by the same name", "[sounds]") {
    TemporaryFolder factory, own;
    write_sound(factory, "kick.wav", 1000);
    write_sound(own, "kick.wav", 2000, 2);
    Shelf shelf({factory.path(), own.path()});
    const auto place = shelf.place_of(kRecording, "kick");
    REQUIRE(shelf.load(*place));
    CHECK(shelf.at(*place)->seconds() == Approx(2000 / 44100.0));
    CHECK(shelf.at(*place)->channels() == 2);
}

TEST_CASE("what has been read stands in the table, also for one that is given later", "[sounds]") {
    TemporaryFolder folder;
    write_sound(folder, "a.wav", 1000);
    write_sound(folder, "b.wav", 500);
    Shelf shelf({folder.path()});
    SoundTable table;
    const auto a = shelf.place_of(kRecording, "a"), b = shelf.place_of(kRecording, "b");
    REQUIRE(shelf.load(*a));
    shelf.publish_to(table);
    REQUIRE(shelf.load(*b));
    CHECK(table.data()[*a].levels[0].frames == 1000);
    CHECK(table.data()[*b].levels[0].frames == 500);
    CHECK(table.data()[*b + 1].level_count == 0);
}

TEST_CASE("a file that is no sound is refused with its reason", "[sounds]") {
    TemporaryFolder folder;
    folder.write("broken.wav", "this is no wave");
    folder.write("notes.txt", "this neither");
    Shelf shelf({folder.path()});
    const auto place = shelf.place_of(kRecording, "broken");
    REQUIRE(place);
    CHECK(shelf.load(*place).refusal().code == "file");
    CHECK(shelf.place_of(kRecording, "notes").refusal().code == "unknown");
}

TEST_CASE("the factory's wavetables stand at their places, and a file can be read as one too", "[sounds]") {
    TemporaryFolder folder;
    write_sound(folder, "mine.wav", 4096);
    Shelf shelf({folder.path()});
    CHECK(*shelf.place_of(kWavetable, "basic") == CHRONUS_BASIC_TABLE);
    const auto mine = shelf.place_of(kWavetable, "mine"), same = shelf.place_of(kRecording, "mine");
    REQUIRE(mine);
    CHECK(*mine != *same);
    REQUIRE(shelf.load(*mine));
    CHECK(shelf.at(*mine)->view().cycles == 2);
    for (const std::string& name : factory_tables()) REQUIRE(shelf.load(*shelf.place_of(kWavetable, name)));
}
