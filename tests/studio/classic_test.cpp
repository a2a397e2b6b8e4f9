// The classic addresses, ranges and defaults, all kept, and what its users suffered from, mended.
#include <cmath>
#include <limits>

#include "sound/measure.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

struct Row {
    const char* path;
    double low, high, initial;
};

constexpr Row kVoice[] = {
    {"freq", 20, 5000, 440},        {"amp", 0, 1, 0.3},           {"osc/type", 0, 5, 0},
    {"slide_time", 0, 1.5, 0},      {"filter/freq", 50, 8000, 1000}, {"filter/q", 0.5, 10, 2},
    {"adsr/attack", 0.001, 2, 0.01}, {"adsr/decay", 0, 2, 0.1},   {"adsr/sustain", 0, 1, 0.7},
    {"adsr/release", 0.01, 3, 0.5}, {"send/reverb", 0, 1, 0},     {"send/delay", 0, 1, 0},
};
constexpr Row kRest[] = {
    {"acid1/cutoff", 80, 5000, 1500},     {"acid1/res", 0, 0.98, 0.45},       {"acid1/env_amount", 0, 5000, 2500},
    {"acid1/decay", 0.02, 1, 0.25},       {"acid1/accent", 0, 1, 0},          {"acid1/cutoff_offset", 0, 1000, 300},
    {"acid1/res_accent_boost", 0, 0.4, 0.2}, {"acid1/accent_decay", 0.02, 0.15, 0.05}, {"acid1/drive", 0, 1, 0.2},
    {"acid1/mix", 0, 1, 1},               {"acid1/vol_comp", 0, 1, 0.5},      {"dist1/drive", 0, 1, 0},
    {"dist1/mix", 0, 1, 0},               {"dist1/tone", 0, 1, 0.5},          {"reverb1/mix", 0, 1, 0.3},
    {"reverb1/room", 0, 1, 0.5},          {"reverb1/damp", 0, 1, 0.5},        {"delay1/time", 0.1, 0.6, 0.25},
    {"delay1/feedback", 0, 0.7, 0.4},     {"delay1/mix", 0, 1, 0.3},          {"delay1/lowcut", 20, 1000, 100},
    {"delay1/highcut", 1000, 10000, 5000}, {"lfo1/rate", 0.01, 10, 0.25},     {"lfo1/depth", 0, 1, 0.7},
    {"lfo1/offset", -1, 1, 0},            {"lfo2/rate", 0.01, 10, 4},         {"lfo2/depth", 0, 1, 0.3},
    {"lfo2/offset", -1, 1, 0},
};

std::vector<Row> all_rows(std::vector<std::string>& paths) {
    std::vector<Row> rows(std::begin(kRest), std::end(kRest));
    for (const Row& row : rows) paths.push_back(row.path);
    for (int v = 1; v <= 8; ++v)
        for (Row row : kVoice) {
            rows.push_back(row);
            paths.push_back("voice" + std::to_string(v) + "/" + row.path);
        }
    return rows;
}

// The value that is answered: a number, or the place of a choice's name.
double value_of(Classic& classic, const std::string& path) {
    const Outcome outcome = classic.take(Message{"/mod/" + path, {}});
    INFO(path << ": " << said(outcome));
    REQUIRE(outcome.done);
    if (const auto number = number_of(outcome.words.at(0))) return *number;
    const auto input = resolve_input(classic.studio(), classic.console().types(), path);
    const auto& choices = input->info().choices;
    return double(std::find(choices.begin(), choices.end(), *text_of(outcome.words[0])) - choices.begin());
}

bool says(const Outcome& outcome, const std::string& word) { return said(outcome).find(word) != std::string::npos; }

double gain_db(const Sound& sound) { return sound::decibels(sound::rms(sound.left)); }

}  // namespace

TEST_CASE("the classic studio loads without a refusal") { Classic classic; }

TEST_CASE("every classic address answers its default") {
    Classic classic;
    std::vector<std::string> paths;
    const std::vector<Row> rows = all_rows(paths);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        CAPTURE(paths[i]);
        CHECK(value_of(classic, paths[i]) == Approx(rows[i].initial).epsilon(1e-6).margin(1e-9));
    }
}

TEST_CASE("every classic address takes its whole range, and beyond it clamps and says so") {
    Classic classic;
    std::vector<std::string> paths;
    const std::vector<Row> rows = all_rows(paths);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string address = "/mod/" + paths[i];
        CAPTURE(address);
        const auto set = [&](double value) {
            const Outcome outcome = classic.take(Message{address, {float(value)}});
            INFO(said(outcome));
            CHECK(outcome.done);
            return outcome;
        };
        for (const double inside : {rows[i].low, rows[i].high, rows[i].initial}) {
            CHECK_FALSE(says(set(inside), "clamped"));
            CHECK(value_of(classic, paths[i]) == Approx(inside).epsilon(1e-6).margin(1e-9));
        }
        CHECK(says(set(rows[i].high * 1.1 + 1), "clamped"));
        CHECK(value_of(classic, paths[i]) == Approx(rows[i].high).epsilon(1e-6));
        CHECK(says(set(rows[i].low - 1), "clamped"));
        CHECK(value_of(classic, paths[i]) == Approx(rows[i].low).epsilon(1e-6).margin(1e-9));
    }
}

TEST_CASE("every classic address takes ints, floats, doubles and texts of numbers, but neither NaN nor infinity") {
    Classic classic;
    std::vector<std::string> paths;
    const std::vector<Row> rows = all_rows(paths);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string address = "/mod/" + paths[i];
        CAPTURE(address);
        const double before = value_of(classic, paths[i]);
        const auto high = static_cast<std::int32_t>(rows[i].high);
        for (const Argument& argument : {Argument(high), Argument(float(high)), Argument(double(high)),
                                         Argument(std::int64_t{high}), Argument(std::to_string(high))}) {
            CHECK(classic.take(Message{address, {argument}}).done);
            CHECK(value_of(classic, paths[i]) == Approx(std::max(double(high), rows[i].low)));
        }
        CHECK(classic.take(Message{address, {float(before)}}).done);
        const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
        for (const Argument& argument : {Argument(float(nan)), Argument(nan), Argument(float(infinity)), Argument(-infinity),
                                         Argument(1e300), Argument(std::string("nan")), Argument(std::string("inf")),
                                         Argument(std::string("loud")), Argument(Nil{})})
            CHECK_FALSE(classic.take(Message{address, {argument}}).done);
        CHECK(value_of(classic, paths[i]) == Approx(before));
    }
}

TEST_CASE("the names from before there were eight voices mean voice1") {
    Classic classic;
    const std::pair<const char*, const char*> kAliases[] = {
        {"sine1/freq", "voice1/freq"}, {"filter1/freq", "voice1/filter/freq"}, {"filter1/q", "voice1/filter/q"},
        {"adsr1/attack", "voice1/adsr/attack"}, {"adsr1/decay", "voice1/adsr/decay"},
        {"adsr1/sustain", "voice1/adsr/sustain"}, {"adsr1/release", "voice1/adsr/release"}};
    for (const auto& [alias, path] : kAliases) {
        CAPTURE(alias);
        CHECK(value_of(classic, alias) == value_of(classic, path));
        CHECK(classic.take(Message{std::string("/mod/") + alias, {0.9f}}).done);
        CHECK(value_of(classic, path) == value_of(classic, alias));
    }
    for (const char* gate : {"/gate/adsr1", "/gate/1", "/gate/voice1"}) {
        CAPTURE(gate);
        Classic fresh;
        CHECK(gain_db(fresh.play(4800)) < -100);
        CHECK(fresh.take(Message{gate, {std::int32_t{1}}}).done);
        CHECK(gain_db(fresh.play(9600)) > -40);
        CHECK(fresh.take(Message{gate, {std::int32_t{0}}}).done);
        fresh.play(48000 * 8);
        CHECK(gain_db(fresh.play(4800)) < -60);
    }
}

TEST_CASE("a gate is on above zero, whatever its type, else off") {
    for (const Argument& on : {Argument(1), Argument(0.5f), Argument(127), Argument(true), Argument(std::string("1"))}) {
        Classic classic;
        CHECK(classic.take(Message{"/gate/voice3", {on}}).done);
        CHECK(gain_db(classic.play(9600)) > -50);
    }
    for (const Argument& off : {Argument(0), Argument(-1.0f), Argument(false)}) {
        Classic classic;
        CHECK(classic.take(Message{"/gate/voice3", {off}}).done);
        CHECK(gain_db(classic.play(9600)) < -100);
    }
}

TEST_CASE("all eight voices sound") {
    for (int v = 1; v <= 8; ++v) {
        Classic classic;
        classic.done("gate voice" + std::to_string(v) + " 1");
        CHECK(gain_db(classic.play(9600)) > -40);
    }
}

TEST_CASE("voice2's gate also gates acid1") {
    const auto brightness = [](const std::string& line) {
        Classic classic;
        classic.done("set voice2.osc/type 1 voice2.freq 110 acid1.cutoff 100 acid1.env_amount 5000 lfo1.depth 0");
        classic.done(line);
        const Sound sound = classic.play(4800);
        double high = 0;  // what changes from sample to sample is high
        for (std::size_t i = 1; i < sound.left.size(); ++i) high += std::pow(sound.left[i] - sound.left[i - 1], 2.0);
        return high;
    };
    CHECK(brightness("gate voice2 1") > 1e-4);
    Classic classic;
    classic.done("disconnect voice2.gate acid1.gate");
    classic.done("set voice2.osc/type 1 voice2.freq 110 acid1.cutoff 100 acid1.env_amount 5000 lfo1.depth 0");
    classic.done("gate voice2 1");
    const Sound dull = classic.play(4800);
    double high = 0;
    for (std::size_t i = 1; i < dull.left.size(); ++i) high += std::pow(dull.left[i] - dull.left[i - 1], 2.0);
    CHECK(brightness("gate voice2 1") > 3 * high);
}

TEST_CASE("lfo1 moves voice2's filter by 800 Hz either way, lfo2 voice3's loudness between 0.2 and 1") {
    Classic classic;
    const auto& cables = classic.studio().cables;
    const auto from = [&](const char* module) {
        return std::find_if(cables.begin(), cables.end(), [&](const Cable& c) { return c.from.module == module; });
    };
    REQUIRE(from("lfo1") != cables.end());
    CHECK(from("lfo1")->gain == 800);
    CHECK(from("lfo1")->unit == CableUnit::own);
    classic.done("set lfo2.depth 1 lfo2.rate 10 voice3.adsr/attack 0.001 voice3.adsr/sustain 1 voice3.filter/freq 8000 reverb1.mix 0 delay1.mix 0");
    classic.done("gate voice3 1");
    classic.play(9600);
    const Sound sound = classic.play(48000);
    double most = 0, least = 1;
    for (std::size_t at = 0; at + 220 < sound.left.size(); at += 110) {  // two periods of 440 Hz
        const double level = sound::peak(sound.left, at, at + 220);
        most = std::max(most, level);
        least = std::min(least, level);
    }
    CHECK(least / most == Approx(0.2).margin(0.03));
}
