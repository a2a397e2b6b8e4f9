#include "peers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>

namespace chronus::bench {
namespace {

const std::string kFolder = CHRONUS_SOURCE_PATH "/tests/bench/peers/";

double pitch(const std::string& work, int i) { return work == "sines" ? 50 + i * 7.3 : 40 + i * 5.1; }
int count(const std::string& work) { return work == "sines" ? 1000 : 128; }

std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}
void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

// An OSC message, and a score of them: one bundle each, behind its length.
struct Osc {
    std::string bytes;

    void word(std::uint32_t x) {
        for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(x >> shift & 255);
    }
    void number(double x) {
        const auto narrow = static_cast<float>(x);
        std::uint32_t bits;
        std::memcpy(&bits, &narrow, 4);
        word(bits);
    }
    void text(const std::string& x) { bytes += x + std::string(4 - x.size() % 4, '\0'); }
    void blob(const std::string& x) {
        word(static_cast<std::uint32_t>(x.size()));
        bytes += x + std::string((4 - x.size() % 4) % 4, '\0');
    }
    void at(double seconds, const Osc& message) {
        word(static_cast<std::uint32_t>(20 + message.bytes.size()));
        bytes += std::string("#bundle\0", 8);
        word(static_cast<std::uint32_t>(seconds));
        word(static_cast<std::uint32_t>((seconds - static_cast<std::uint32_t>(seconds)) * 4294967296.0));
        blob(message.bytes);
    }
};

std::string scsynth_score(const std::string& work, double seconds) {
    Osc score;
    const auto add = [&](double at, auto&& fill) {
        Osc message;
        fill(message);
        score.at(at, message);
    };
    add(0, [](Osc& m) { m.text("/g_new"), m.text(",iii"), m.word(1), m.word(0), m.word(0); });
    add(0, [&](Osc& m) { m.text("/d_recv"), m.text(",b"), m.blob(read(kFolder + work + ".scsyndef")); });
    for (int i = 0; i < count(work); ++i)
        add(0, [&](Osc& m) {
            const bool panned = work == "voices";
            m.text("/s_new"), m.text(panned ? ",siiisfsf" : ",siiisf"), m.text(panned ? "v" : "s");
            m.word(static_cast<std::uint32_t>(1000 + i)), m.word(1), m.word(0);
            m.text("freq"), m.number(pitch(work, i));
            if (panned) m.text("pan"), m.number(i / 64.0 - 1);
        });
    add(seconds, [](Osc& m) { m.text("/c_set"), m.text(",ii"), m.word(0), m.word(0); });
    return score.bytes;
}

std::string csound_score(const std::string& work, double seconds) {
    std::string lines;
    for (int i = 0; i < count(work); ++i) lines += fmt::format("i1 0 {} {} {}\n", seconds, pitch(work, i), i / 128.0);
    return fmt::format("{}<CsScore>\n{}e {}\n</CsScore></CsoundSynthesizer>\n", read(kFolder + work + ".orc"), lines, seconds);
}

// dac~, then 1000 oscillators with their level, then what ends it.
std::string pd_patch(double seconds) {
    std::string objects = "#N canvas 0 0 450 300 12;\n#X obj 10 10 dac~;\n", cables;
    const int n = count("sines");
    for (int i = 0; i < n; ++i) {
        objects += fmt::format("#X obj 10 10 osc~ {};\n#X obj 10 10 *~ 0.001;\n", pitch("sines", i));
        cables += fmt::format("#X connect {0} 0 {1} 0;\n#X connect {1} 0 0 0;\n", 1 + 2 * i, 2 + 2 * i);
    }
    objects += fmt::format("#X obj 10 10 loadbang;\n#X msg 10 10 \\; pd dsp 1;\n#X obj 10 10 delay {};\n#X msg 10 10 \\; pd quit;\n", seconds * 1000);
    const int bang = 1 + 2 * n;
    return objects + cables + fmt::format("#X connect {0} 0 {1} 0;\n#X connect {0} 0 {2} 0;\n#X connect {2} 0 {3} 0;\n", bang, bang + 1, bang + 2, bang + 3);
}

int run(const std::vector<std::string>& words, rusage& used) {
    std::vector<char*> pointers;
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    for (const int out : {1, 2}) posix_spawn_file_actions_addopen(&files, out, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, pointers[0], &files, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    int status = 0;
    if (failed || wait4(child, &status, 0, &used) != child) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Desk::Desk() {
    std::string name = (std::filesystem::temp_directory_path() / "chronus-bench-XXXXXX").string();
    folder_ = mkdtemp(name.data()) ? name : ".";
}
Desk::~Desk() {
    if (folder_ != ".") std::filesystem::remove_all(folder_);
}

std::vector<Peer> peers(const std::string& work, double seconds, const Desk& desk) {
    std::vector<Peer> all;
    const auto timed = [&](std::vector<std::string> words) {  // whoever hangs is ended
        words.insert(words.begin(), {"timeout", "300"});
        return words;
    };
    write(desk / (work + ".osc"), scsynth_score(work, seconds));
    for (const char* server : {"scsynth", "supernova"})
        all.push_back({server, {}, timed({server, "-N", desk / (work + ".osc"), "_", desk / "out.wav", "48000", "WAV", "float", "-o", "2", "-n", "4096", "-m", "65536"})});
    write(desk / (work + ".csd"), csound_score(work, seconds));
    all.push_back({"csound", {}, timed({"csound", desk / (work + ".csd")})});
    const std::string length = fmt::format("{}", seconds);
    all.push_back({"chuck", {}, timed({"chuck", "--silent", "--srate:48000", kFolder + work + ".ck:" + length})});
    all.push_back({"pyo", {}, timed({"/usr/bin/python3", kFolder + work + ".py", length, desk / "pyo.wav"})});
    const std::string code = desk / (work + ".cpp"), program = desk / (work + "-faust");
    all.push_back({"faust -O3",
                   {fmt::format("faust -a {}faust.h {}{}.dsp -o {}", kFolder, kFolder, work, code),
                    fmt::format("g++ -O3 -march=native -ffast-math -o {} {}", program, code)},
                   timed({program, length})});
    if (work == "sines") {
        write(desk / "sines.pd", pd_patch(seconds));
        all.push_back({"pd", {}, timed({"pd", "-nogui", "-batch", "-r", "48000", "-nosound", desk / "sines.pd"})});
    }
    return all;
}

std::optional<double> measure(const Peer& peer, int runs) {
    rusage used{};
    for (const std::string& line : peer.prepare)
        if (run({"sh", "-c", line}, used) != 0) return std::nullopt;
    std::optional<double> least;
    for (int i = 0; i < runs; ++i) {
        used = {};
        if (run(peer.command, used) != 0) return std::nullopt;
        const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
        const double spent = seconds(used.ru_utime) + seconds(used.ru_stime);
        least = std::min(least.value_or(spent), spent);
    }
    return least;
}

}  // namespace chronus::bench
