#include "chronus/doctor.h"

#include "catch.h"

using namespace chronus;
using namespace chronus::hand;

namespace {

using S = std::string;

// A daemon that is as it should be.
Facts sound() {
    Facts facts;
    facts.client_version = "0.1.0";
    facts.status = {S("rate"),
                    48000,
                    S("device"),
                    S("ALSA: card"),
                    S("device_frames"),
                    256,
                    S("latency_ms"),
                    5.3f,
                    S("xruns"),
                    0,
                    S("realtime"),
                    true,
                    S("load_p50_percent"),
                    4.0f,
                    S("load_p99_percent"),
                    12.0f,
                    S("faults"),
                    0};
    facts.about = {S("version"),        S("Music Chronus 0.1.0"),
                   S("process"),        12,
                   S("port"),           5005,
                   S("socket"),         S("/run/a.sock"),
                   S("receive_buffer"), 8 << 20,
                   S("datagrams"),      100,
                   S("dropped"),        0,
                   S("module_path"),    S("/lib/modules"),
                   S("types"),          27};
    facts.priority_limit = 95;
    facts.locked_memory = 64 << 20;
    facts.may_use_realtime = true;
    facts.governor = "performance";
    facts.module_path = {"/lib/modules"};
    facts.daemon_program = "/bin/chronusd";
    return facts;
}

void change(std::vector<Argument>& table, const S& name, Argument value) {
    for (std::size_t i = 0; i + 1 < table.size(); i += 2)
        if (table[i] == Argument(name)) table[i + 1] = value;
}

// The worst that is said of a subject.
Finding worst(const Facts& facts, const S& subject) {
    Finding found{Grade::ok, "", "", ""};
    for (const Finding& finding : diagnose(facts))
        if (finding.subject == subject && (found.subject.empty() || finding.grade > found.grade))
            found = finding;
    CAPTURE(subject);
    REQUIRE(found.subject == subject);
    return found;
}
bool has(const S& text, const S& part) {
    return text.find(part) != S::npos;
}

}  // namespace

TEST_CASE("of a daemon that is as it should be nothing is complained", "[chronus]") {
    for (const Finding& finding : diagnose(sound())) {
        CAPTURE(for_people(finding));
        CHECK(finding.grade == Grade::ok);
        CHECK(finding.mend.empty());
        CHECK_FALSE(finding.found.empty());
    }
    CHECK(is_sound(diagnose(sound())));
}

TEST_CASE("without a daemon the doctor says how to start one, and looks at the rest all the same",
          "[chronus]") {
    Facts facts = sound();
    facts.status.clear();
    facts.about.clear();
    facts.absence = "no daemon answers at 127.0.0.1:5005; start one";
    facts.start = "chronusd";
    CHECK_FALSE(is_sound(diagnose(facts)));
    CHECK(worst(facts, "daemon").mend == "chronusd");
    CHECK(worst(facts, "priority").grade == Grade::ok);
    CHECK(worst(facts, "modules").grade == Grade::ok);
    facts.port_holder = "nc (process 7)";
    facts.port = 5005;
    CHECK(worst(facts, "daemon").found == "UDP port 5005 is held by nc (process 7), which gives no answer");
    CHECK(worst(facts, "daemon").mend == "chronusd --port 5006");
    facts.daemon_program.clear();
    CHECK(worst(facts, "libraries").grade == Grade::wrong);
}

TEST_CASE("each thing that can be wrong is found, with a way to mend it", "[chronus]") {
    struct Row {
        const char* subject;
        Grade grade;
        void (*spoil)(Facts&);
        const char* mend;
    };
    const Row rows[] = {
        {"version", Grade::warn, [](Facts& f) { f.client_version = "0.2.0"; }, "chronusd"},
        {"libraries", Grade::wrong, [](Facts& f) { f.missing_libraries = {"liblo.so.7"}; }, "scripts/setup"},
        {"device", Grade::warn, [](Facts& f) { change(f.status, "device", S("null")); }, "--list-devices"},
        {"device", Grade::wrong, [](Facts& f) { f.audio_stopped = true; }, "chronus /quit"},
        {"xruns", Grade::warn, [](Facts& f) { change(f.status, "xruns", 3); }, "--frames 512"},
        {"load", Grade::warn, [](Facts& f) { change(f.status, "load_p99_percent", 80.0f); }, "chronus cost"},
        {"load", Grade::wrong, [](Facts& f) { change(f.status, "load_p99_percent", 150.0f); },
         "chronus cost"},
        {"faults", Grade::warn, [](Facts& f) { change(f.status, "faults", 2); }, "feedback"},
        {"priority", Grade::wrong,
         [](Facts& f) {
             change(f.status, "realtime", false);
             f.may_use_realtime = false;
             f.priority_limit = 0;
         },
         "limits.d"},
        {"memory", Grade::warn,
         [](Facts& f) {
             f.locked_memory = 0;
             f.memory_limit = 8 << 20;
         },
         "memlock unlimited"},
        {"processor", Grade::warn, [](Facts& f) { f.governor = "powersave"; }, "cpupower"},
        {"wire", Grade::warn, [](Facts& f) { change(f.about, "receive_buffer", 425984); }, "rmem_max"},
        {"wire", Grade::warn, [](Facts& f) { change(f.about, "dropped", 5); }, "--socket /run/a.sock"},
        {"modules", Grade::wrong,
         [](Facts& f) {
             f.about.insert(f.about.end(), {S("left_out"), S("a.so: not a module")});
         },
         "again"},
        {"modules", Grade::wrong, [](Facts& f) { change(f.about, "types", 0); }, "scripts/build"},
    };
    for (const Row& row : rows) {
        Facts facts = sound();
        row.spoil(facts);
        const Finding found = worst(facts, row.subject);
        CAPTURE(row.subject, for_people(found));
        CHECK(found.grade == row.grade);
        CHECK(has(found.mend, row.mend));
        CHECK(is_sound(diagnose(facts)) == (row.grade != Grade::wrong));
    }
}

TEST_CASE("what the user lacks for real time is what is told to do", "[chronus]") {
    Facts facts = sound();
    change(facts.status, "realtime", false);
    facts.may_use_realtime = false;
    facts.priority_limit = 0;
    facts.audio_group_has_priority = true;
    CHECK(worst(facts, "priority").mend == "sudo usermod -aG audio \"$USER\", then log in again");
    facts.listed_in_audio_group = true;
    CHECK(worst(facts, "priority").mend == "log in again, then start chronusd anew");
    facts.audio_group_has_priority = false;
    CHECK(has(worst(facts, "priority").mend, "limits.d"));
    CHECK_FALSE(has(worst(facts, "priority").mend, "usermod"));
    facts.is_root = true;
    CHECK(has(worst(facts, "priority").mend, "container"));
    facts.may_use_realtime = true;
    CHECK(has(worst(facts, "priority").mend, "from this shell"));
}

TEST_CASE("a finding is a line for people with its mend below, and an object for programs", "[chronus]") {
    const Finding finding{Grade::warn, "xruns", "3 since it was started", "chronusd --frames 512"};
    CHECK(for_people(finding) ==
          "warn   xruns      3 since it was started\n                  try: chronusd --frames 512");
    CHECK(
        as_json(finding) ==
        R"({"grade":"warn","subject":"xruns","found":"3 since it was started","mend":"chronusd --frames 512"})");
}
