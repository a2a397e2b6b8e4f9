#include "works.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace chronus::bench {
namespace {

constexpr int kSines = 1000, kVoices = 128;
const std::string kSource = CHRONUS_SOURCE_PATH;

Result<std::string> read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return Refusal{"file", "cannot read " + path, ""};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string sines() {
    std::string text = "create vca sum\n";
    for (int i = 0; i < kSines; ++i)
        text += fmt::format("create sine s{0} quiet freq={1:.1f}\npatch s{0} > sum 0.001\n", i, 50 + i * 7.3);
    return text;
}

// Eight steps a second, of which every other one holds: four notes a second, each as long as its rest.
std::string voices() {
    std::string text = "tempo 120\ncreate lfo sweep rate=0.3\n";
    for (int i = 0; i < kVoices; ++i)
        text += fmt::format(
            "create saw o{0} quiet freq={1:.1f}\ncreate ladder f{0} quiet cutoff=1500 resonance=0.6\n"
            "create adsr e{0} attack=0.005 decay=0.1 sustain=0.6 release=0.2\n"
            "create vca a{0} quiet gain=0\ncreate pan p{0} quiet pan={2:.6f}\n"
            "patch sweep.out > f{0}.cutoff 800Hz\npatch o{0} > f{0} > a{0} > p{0} > out 0.01\n"
            "patch e{0} > a{0}.gain\nsequence e{0}: X.\n",
            i, 40 + i * 5.1, i / 64.0 - 1);
    return text;
}

// The classic studio with all eight voices playing: what a session on it comes to.
Result<std::string> studio() {
    auto text = read(kSource + "/patterns/studio.chr");
    if (!text) return text;
    const char* const kWaves[] = {"saw", "saw", "square", "sine", "sine", "white", "pink", "square"};
    std::string more = "\ntempo 130\n";
    for (int v = 1; v <= 8; ++v)
        more += fmt::format("set voice{0}.osc/type {1}\nset voice{0}.send/reverb 0.2\nset voice{0}.send/delay 0.2\n"
                            "sequence voice{0}: X.x. X.xx x.X. xX..\nmelody voice{0}: A{2} C{3} E{2} G{2} C{3}\n",
                            v, kWaves[v - 1], 1 + v / 3, 2 + v / 3);
    return *text + more + "set dist1.drive 0.3\nset dist1.mix 0.5\n";
}

std::string path_of(const std::string& work) {
    if (work == "acid-dreams") return kSource + "/tests/sessions/acid-dreams.osc";
    if (work == "acid" || work == "drum-and-bass" || work == "four-on-the-floor")
        return kSource + "/patterns/" + work + ".chr";
    return work;
}

}  // namespace

const std::vector<Work>& works() {
    static const std::vector<Work> all{
        {"sines", "1000 sines, summed", true},
        {"voices", "128 x saw > ladder swept by an LFO > adsr at 4 notes a second > vca > pan", true},
        {"studio", "the classic studio, all eight voices playing"},
        {"acid-dreams", "a session of the classic studio"},
        {"acid", "patterns/acid.chr"},
        {"drum-and-bass", "patterns/drum-and-bass.chr"},
        {"four-on-the-floor", "patterns/four-on-the-floor.chr"},
    };
    return all;
}

Result<Recital> recital_of(const std::string& work, int rate) {
    if (work == "sines") return read_song(sines(), work);
    if (work == "voices") return read_song(voices(), work);
    if (work == "studio") {
        const auto text = studio();
        if (!text) return text.refusal();
        return read_song(*text, work);
    }
    const std::string path = path_of(work);
    const auto text = read(path);
    if (!text) return text.refusal();
    if (!is_log(*text)) return read_song(*text, path);
    const auto home = read(kSource + "/patterns/studio.chr");
    if (!home) return home.refusal();
    return read_session(*text, path, *home, rate);
}

}  // namespace chronus::bench
