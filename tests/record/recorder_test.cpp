// What is recorded is what was heard, to the frame and the bit.
#include "record/recorder.h"

#include <sndfile.h>

#include <chrono>
#include <cmath>
#include <thread>

#include "studio/instrument.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

struct Recorded {
    std::vector<float> left, right;
    SF_INFO info{};
};

Recorded read(const std::filesystem::path& file) {
    Recorded all;
    SNDFILE* opened = sf_open(file.c_str(), SFM_READ, &all.info);
    INFO(file.string());
    REQUIRE(opened);
    std::vector<float> samples(static_cast<std::size_t>(2 * all.info.frames));
    CHECK(sf_readf_float(opened, samples.data(), all.info.frames) == all.info.frames);
    sf_close(opened);
    for (std::size_t i = 0; i < samples.size(); i += 2) {
        all.left.push_back(samples[i]);
        all.right.push_back(samples[i + 1]);
    }
    return all;
}

// Plays, a second at a time, so that who writes can follow.
struct Room : Instrument {
    Room() {
        console().record_with(&recorder);
        console().on_event = [this](const std::string& what, const std::string& of) { happened.push_back(what + " " + of); };
        load("create kick k\ncreate hat h level=0.4\nsequence k: X...\nsequence h: x.x.\n");
    }
    ~Room() { console().record_with(nullptr); }
    void hear(std::int64_t frames) {
        for (; frames > 0; frames -= 48000) {
            const Sound sound = play(std::min<std::int64_t>(frames, 48000));
            heard.left.insert(heard.left.end(), sound.left.begin(), sound.left.end());
            heard.right.insert(heard.right.end(), sound.right.begin(), sound.right.end());
        }
    }
    // Until somebody says that it is done.
    std::string wait() {
        for (int i = 0; i < 5000 && happened.empty(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            hear(64);
        }
        if (happened.empty()) return "nothing happened";
        const std::string first = happened.front();
        happened.pop_front();
        return first;
    }
    std::filesystem::path file(const std::string& name) const { return folder.path / "recordings" / name; }

    const ScratchFolder folder;
    Sound heard;
    std::deque<std::string> happened;
    Recorder recorder{console().mail(), 48000, {folder.path / "recordings", folder.path / "past", 0.5}};
};

bool is_part(const std::vector<float>& part, const std::vector<float>& whole, std::int64_t from, float tolerance) {
    if (static_cast<std::size_t>(from) + part.size() > whole.size()) return false;
    for (std::size_t i = 0; i < part.size(); ++i)
        if (std::abs(part[i] - whole[static_cast<std::size_t>(from) + i]) > tolerance) return false;
    return true;
}

constexpr float k24 = 1.0f / (1 << 23);

}  // namespace

TEST_CASE("a recording from bar to bar has just those frames, as floats to the bit", "[record]") {
    Room studio;
    studio.done("play");
    studio.hear(30000);
    studio.done("record start jam.wav float bar");
    studio.hear(100000);
    studio.done("record stop bar");
    studio.hear(96000 * 2);
    CHECK(studio.wait().starts_with("recorded"));
    const Recorded jam = read(studio.file("jam.wav"));
    CHECK(jam.info.frames == 96000);
    CHECK((jam.info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_FLOAT);
    CHECK(is_part(jam.left, studio.heard.left, 96000, 0));
    CHECK(is_part(jam.right, studio.heard.right, 96000, 0));
}

TEST_CASE("formats are as asked for, and the stems are what makes the mix", "[record]") {
    Room studio;
    studio.done("limiter off");
    studio.done("play");
    studio.hear(6400);
    const std::int64_t from = studio.frame();
    studio.done("record start a.flac 16");
    studio.done("record start b.wav 24");
    studio.done("record start c.wav float stems");
    studio.hear(96000);
    studio.done("record stop");
    studio.hear(640);
    for (int i = 0; i < 3; ++i) CHECK(studio.wait().starts_with("recorded"));
    CHECK((read(studio.file("a.flac")).info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_16);
    CHECK((read(studio.file("b.wav")).info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_24);
    const Recorded mix = read(studio.file("c.wav")), k = read(studio.file("c k.wav")), h = read(studio.file("c h.wav"));
    REQUIRE(mix.left.size() == k.left.size());
    REQUIRE(mix.left.size() == h.left.size());
    CHECK(mix.left.size() == 96000);
    CHECK(is_part(mix.left, studio.heard.left, from, 0));
    float differ = 0, most = 0;
    const std::size_t behind = 64;  // the limiter's look-ahead
    for (std::size_t i = 0; i + behind < mix.left.size(); ++i) {
        differ = std::max(differ, std::abs(mix.left[i + behind] - k.left[i] - h.left[i]));
        most = std::max(most, std::abs(mix.left[i]));
    }
    CHECK(most > 0.1f);
    CHECK(differ < 1e-6f);
}

TEST_CASE("stems may be what tracks play, and a group's strip", "[record]") {
    Room studio;
    for (const char* line : {"/seq/clear", "create strip drums quiet", "patch k > drums", "patch drums > out", "/seq/add beat k X...", "/seq/add offbeat h ..x.", "lane k.freq: 50 60", "play"})
        studio.done(line);
    studio.done("record start a.wav float stems tracks");
    studio.done("record start b.wav float stems drums beat");
    studio.hear(48000);
    studio.done("record stop");
    studio.hear(640);
    for (int i = 0; i < 2; ++i) CHECK(studio.wait().starts_with("recorded"));
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(studio.folder.path / "recordings")) files.insert(entry.path().filename());
    CHECK(files == std::set<std::string>{"a.wav", "a beat.wav", "a offbeat.wav", "b.wav", "b beat.wav", "b drums.wav"});
    CHECK(read(studio.file("a beat.wav")).left == read(studio.file("b beat.wav")).left);
    CHECK(read(studio.file("b drums.wav")).left != read(studio.file("b beat.wav")).left);
    studio.done("/seq/clear");
    CHECK(said(studio.console().take_line("record start c.wav stems tracks")).find("there are no tracks yet") != std::string::npos);
}

TEST_CASE("the past is there, as bars or seconds, with the log beside it, and no more than was asked for is kept", "[record]") {
    Room studio;
    studio.console().write_log(std::move(*SessionLog::open(studio.folder.path / "now.osc")));
    studio.done("play");
    for (int i = 0; i < 45; ++i) {
        studio.hear(48000);
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    const std::string said = studio.done("record last 4 bars jam.flac");
    CAPTURE(said);
    CHECK(studio.wait().find("recorded") == 0);
    const Recorded jam = read(studio.file("jam.flac"));
    CHECK(jam.info.frames == 4 * 96000);
    const std::int64_t from = 45 * 48000 / 96000 * 96000 - 4 * 96000;
    CHECK(is_part(jam.left, studio.heard.left, from, k24));
    CHECK(std::filesystem::exists(studio.file("jam.osc")));
    CHECK(studio.done("record last 2 s two.flac").find("2.0 s from") != std::string::npos);
    CHECK(studio.wait().find("recorded") == 0);
    CHECK(read(studio.file("two.flac")).info.frames == 96000);
    CHECK(studio.done("record last 600 s all.flac").find("no more is kept") != std::string::npos);
    CHECK(studio.wait().find("recorded") == 0);
    const auto all = read(studio.file("all.flac")).info.frames;
    CHECK(all > 29 * 48000);
    CHECK(all < 42 * 48000);
    CHECK(studio.refused("record last 600 s all.flac").starts_with("taken"));
    CHECK(studio.refused("record last 2 s ../two.flac").starts_with("file"));
    CHECK(studio.refused("record stop").starts_with("unknown nothing is being recorded"));
}

TEST_CASE("the past of a process that was killed belongs to the one that goes on", "[record]") {
    const ScratchFolder folder;
    const std::int64_t apart = 6400, end = 25 * 48000 / CHRONUS_BLOCK * CHRONUS_BLOCK;
    const auto sample = [](std::int64_t frame) { return static_cast<float>(frame % 1000) * 0x1p-10f; };
    const auto add = [&](PastSound& past, std::int64_t from, std::int64_t to) {
        for (EarBlock block; from < to; from += CHRONUS_BLOCK) {
            block.frame = from;
            for (int i = 0; i < CHRONUS_BLOCK; ++i) block.left[i] = block.right[i] = sample(from + i);
            past.add(block);
        }
    };
    PastSound first(folder.path / "first", 48000, 1);
    add(first, 0, end);
    std::filesystem::copy(folder.path / "first", folder.path / "second");  // as a kill would leave it, its last file open
    PastSound second(folder.path / "second", 48000, 1, true);
    CHECK(second.begin() == 0);
    const std::int64_t kept = second.end();
    CHECK(kept <= end);
    CHECK(kept > end - 8192);  // what FLAC has not yet made a frame of is gone
    add(second, end + apart, end + apart + 48000);
    const auto file = folder.path / "all.flac";
    REQUIRE(second.cut(file, 11 * 48000, end + apart + 48000, [] {}));
    const Recorded all = read(file);
    REQUIRE(static_cast<std::int64_t>(all.left.size()) == end + apart + 48000 - 11 * 48000);
    for (std::int64_t i = 0; i < static_cast<std::int64_t>(all.left.size()); ++i) {
        const std::int64_t frame = 11 * 48000 + i;
        REQUIRE(all.left[static_cast<std::size_t>(i)] == (frame >= kept && frame < end + apart ? 0 : sample(frame)));
    }
    const PastSound third(folder.path / "second", 48000, 1);
    CHECK(third.end() == 0);
}

TEST_CASE("what finds no room is silence, told, and all stays in time", "[record]") {
    Room studio;
    Take take({EarTarget{}}, 48000, 0);
    auto file = TakeFile::create(studio.folder.path / "gap.wav", 48000, "float");
    REQUIRE(file);
    take.files.push_back(std::move(*file));
    EarBlock block;
    std::fill_n(block.left, CHRONUS_BLOCK, 0.5f);
    std::fill_n(block.right, CHRONUS_BLOCK, 0.5f);
    std::int64_t told = 0;
    const std::int64_t all = static_cast<std::int64_t>(Reel::kSeconds * 48000 / CHRONUS_BLOCK) + 100;
    for (std::int64_t n = 0; n < all; ++n) {
        block.frame = n * CHRONUS_BLOCK;
        told += take.reel.tell(block);
    }
    CHECK(told == all - 100);
    take.write();
    block.frame = all * CHRONUS_BLOCK;
    take.reel.tell(block);
    take.to = block.frame + CHRONUS_BLOCK;
    take.write();
    CHECK(take.closed);
    CHECK(take.lost() == 100 * CHRONUS_BLOCK);
    CHECK(take.trouble().find("too slow") != std::string::npos);
    const Recorded gap = read(studio.folder.path / "gap.wav");
    REQUIRE(gap.info.frames == (all + 1) * CHRONUS_BLOCK);
    CHECK(gap.left[static_cast<std::size_t>(told * CHRONUS_BLOCK) - 1] == 0.5f);
    CHECK(gap.left[static_cast<std::size_t>(told * CHRONUS_BLOCK)] == 0);
    CHECK(gap.left.back() == 0.5f);
}
