// Modules and cables as commands change them: what is connected, what is kept, what is refused.
#include <cstring>

#include "sound/measure.h"
#include "studio/instrument.h"

using namespace chronus;

namespace {

std::string cables(Instrument& instrument) {
    std::string all;
    for (const Cable& c : instrument.studio().cables)
        all += c.from.module + "." + c.from.port + ">" + c.to.module + "." + c.to.port + (c.delayed ? " delayed" : "") + "; ";
    return all;
}

bool same_bits(const Sound& a, const Sound& b) {
    return a.left.size() == b.left.size() && std::memcmp(a.left.data(), b.left.data(), a.left.size() * sizeof(float)) == 0 &&
           std::memcmp(a.right.data(), b.right.data(), a.right.size() * sizeof(float)) == 0;
}

}  // namespace

TEST_CASE("what is created is heard, unless it is quiet or has nothing to hear") {
    Instrument instrument;
    instrument.done("create saw s");
    CHECK(cables(instrument) == "s.out>out.left; s.out>out.right; ");
    instrument.done("create saw t quiet");
    instrument.done("create lfo");
    CHECK(instrument.studio().cables.size() == 2);
    CHECK(sound::peak(instrument.play(4800).left) > 0.1);
}

TEST_CASE("an id that is left out is the type's name, numbered when taken") {
    Instrument instrument;
    CHECK(instrument.done("create kick") == "kick kick");
    CHECK(instrument.done("create kick") == "kick2 kick");
    CHECK(instrument.done("load tb303_module") == "tb303 acid-bass");
    CHECK(instrument.refused("create kick kick").find("taken") != std::string::npos);
    instrument.done("create snare out2");
    for (const char* id : {"out", "a/b", "a.b", "\"a b\"", "-a", "a#0", "a@1", "\xc3\xa4"}) {
        CAPTURE(id);
        instrument.refused(std::string("create saw ") + id);
    }
    instrument.refused("create saw " + std::string(65, 'a'));
    instrument.done("create saw " + std::string(64, 'a'));
}

TEST_CASE("patch takes the place of the automatic cable, and leads its last module to the mix") {
    Instrument instrument;
    instrument.done("create saw s");
    instrument.done("create svf f");
    instrument.done("patch s > f");
    CHECK(cables(instrument) == "f.out>out.left; f.out>out.right; s.out>f.in; ");
    instrument.done("patch f > out 0.5");
    CHECK(instrument.studio().cables.back().gain == 0.5f);
    CHECK(instrument.studio().cables.size() == 3);
}

TEST_CASE("a name that is only a type makes a module, and the answer says so") {
    Instrument instrument;
    instrument.done("load tb303_module");
    CHECK(instrument.done("patch tb303 > filter > delay").find("filter was made, a svf") != std::string::npos);
    CHECK(instrument.studio().modules.contains("delay"));
    CHECK(instrument.refused("patch tb303 > flter").find("filter") != std::string::npos);
}

TEST_CASE("the cable that closes a loop comes a block later, stays so, and the answer says it") {
    Instrument instrument;
    instrument.done("create delay a");
    instrument.done("create drive b");
    instrument.done("patch a > b");
    CHECK(instrument.done("connect b a 0.5").find("closes a loop") != std::string::npos);
    CHECK(cables(instrument).find("b.out>a.left delayed") != std::string::npos);
    CHECK(cables(instrument).find("a.left>b.in;") != std::string::npos);
    instrument.done("create svf c");
    instrument.done("connect c c.cutoff 0.1");
    CHECK(cables(instrument).find("c.out>c.cutoff delayed") != std::string::npos);
    instrument.done("disconnect a b");
    CHECK(cables(instrument).find("b.out>a.left delayed") != std::string::npos);  // as it was when it was laid
    CHECK(sound::finite(instrument.play(9600).left));
}

TEST_CASE("disconnect takes the cables it names, and only those") {
    Instrument instrument;
    instrument.done("create saw s");
    instrument.done("create reverb r");
    instrument.done("connect s r");
    CHECK(instrument.done("disconnect s out.left") == "1");
    CHECK(instrument.done("disconnect s r") == "2");
    CHECK(cables(instrument).find("s.out>out.right") != std::string::npos);
    CHECK(instrument.refused("disconnect s r").find("no cable") != std::string::npos);
}

TEST_CASE("add puts an effect between a module and where it went") {
    Instrument instrument;
    instrument.done("create saw bass");
    instrument.done("create svf f");
    instrument.done("patch bass > f");
    instrument.done("add reverb to bass amount=0.3");
    CHECK(instrument.studio().modules.at("reverb").bases.at("mix") == 0.3f);
    CHECK(cables(instrument).find("bass.out>f.in") == std::string::npos);
    CHECK(cables(instrument).find("bass.out>reverb.left") != std::string::npos);
    CHECK(cables(instrument).find("reverb.left>f.in") != std::string::npos);
    for (const char* wrong : {"add", "add reverb", "add reverb to nobody", "add nothing to bass", "add kick to bass", "add reverb to bass amount=lots"}) {
        const Studio before = instrument.studio();
        instrument.refused(wrong);
        CHECK(instrument.studio() == before);
    }
}

TEST_CASE("a cable to nowhere is refused with what is near") {
    Classic classic;
    CHECK(classic.refused("connect voice1 dist2").find("dist2") != std::string::npos);
    CHECK(classic.refused("connect voice1.outt dist1").find("out") != std::string::npos);
    CHECK(classic.refused("connect voice1 dist1.drvie").find("drive") != std::string::npos);
    CHECK(classic.refused("connect voice1 out.middle").find("left and right") != std::string::npos);
    for (const char* wrong : {"connect voice1 dist1 loud", "connect voice1 dist1 1e9", "connect voice1", "connect out voice1", "connect out out"}) {
        const Studio before = classic.studio();
        classic.refused(wrong);
        CHECK(classic.studio() == before);
    }
}

TEST_CASE("what else is on the rack changes no bit of what a module plays") {
    const auto play = [](bool company) {
        Instrument instrument;
        instrument.done("limiter off");
        instrument.done("create voice v1 osc/type=1");
        instrument.done("create noise n colour=pink");
        instrument.done("patch n > svf > out 0.2");
        if (company)
            for (const char* line : {"create voice a1 quiet", "create voice z1 quiet poly=5", "create noise a2 quiet", "create svf a3 quiet q=9", "connect a2 a3", "gate a1 1", "gate z1 1"})
                instrument.done(line);
        instrument.done("gate v1 1");
        return instrument.play(24000);
    };
    CHECK(same_bits(play(false), play(true)));
}

TEST_CASE("adding and removing others keeps a module's state and its bits") {
    const auto play = [](bool edits) {
        Instrument instrument;
        instrument.done("limiter off");
        instrument.done("create voice v1 osc/type=1");
        instrument.done("create delay d time=0.1");
        instrument.done("patch v1 > d > out");
        instrument.done("gate v1 1");
        Sound all;
        for (int round = 0; round < 20; ++round) {
            if (edits) {
                instrument.done("create saw a" + std::to_string(round) + " quiet");
                if (round > 2) instrument.done("remove a" + std::to_string(round - 3));
                instrument.done("create kick k quiet");
                instrument.done("connect a" + std::to_string(round) + " k.freq 0.1");
                instrument.done("remove k");
            }
            const Sound some = instrument.play(640);
            all.left.insert(all.left.end(), some.left.begin(), some.left.end());
            all.right.insert(all.right.end(), some.right.begin(), some.right.end());
        }
        return all;
    };
    CHECK(same_bits(play(false), play(true)));
}

TEST_CASE("cables and modules come and go without a click") {
    Instrument instrument;
    instrument.done("limiter off");
    instrument.done("create sine s freq=100");
    instrument.play(4800);
    double steepest = 0;
    float last = 0;
    const auto listen = [&](int frames) {
        const Sound sound = instrument.play(frames);
        for (const float s : sound.left) {
            steepest = std::max(steepest, std::abs(double(s) - last));
            last = s;
        }
    };
    last = instrument.play(64).left.back();
    listen(640);
    instrument.done("disconnect s out");
    listen(1280);
    instrument.done("patch s > out");
    listen(1280);
    instrument.done("connect s out.left 0.2");
    listen(1280);
    instrument.done("remove s");
    listen(1280);
    CHECK(steepest < 0.03);  // 100 Hz alone moves 0.013 a frame, a fade of 5 ms less than as much again
    CHECK(sound::peak(instrument.play(640).left) == 0);
}

TEST_CASE("two cables that mean the same pair of ports add up") {
    Instrument one, two;
    for (Instrument* instrument : {&one, &two}) {
        instrument->done("limiter off");
        instrument->done("create sine s quiet");
        instrument->done("create vca v gain=1");
    }
    one.done("connect s v 1");
    one.done("connect s v 0.25");  // the same cable: its gain is changed
    CHECK(one.studio().cables.size() == 3);
    two.done("connect s v 0.25");
    one.play(4800);
    two.play(4800);
    const double a = sound::rms(one.play(9600).left), b = sound::rms(two.play(9600).left);
    CHECK(a == Approx(b).epsilon(1e-3));
}

TEST_CASE("a module made again under its old id is another one") {
    Instrument instrument;
    instrument.done("create voice v amp=1");
    instrument.done("gate v 1");
    CHECK(sound::peak(instrument.play(9600).left) > 0.1);
    instrument.done("remove v");
    instrument.done("create voice v");
    instrument.play(4800);
    CHECK(sound::peak(instrument.play(9600).left) < 1e-4);  // nobody opened its gate
    CHECK(instrument.done("get v.amp") == "0.3");
}

TEST_CASE("clear leaves an empty studio, in which ids and tempo begin anew") {
    Classic classic;
    classic.done("tempo 90");
    classic.done("/seq/add t voice1 xxxx");
    classic.done("play");
    classic.play(4800);
    classic.done("clear");
    classic.play(4800);
    CHECK(classic.studio().modules.empty());
    CHECK(classic.studio().tempo == 120000);
    CHECK(sound::peak(classic.play(4800).left) < 1e-6);
    classic.load(classic_studio());
    classic.done("gate voice1 1");
    CHECK(sound::peak(classic.play(9600).left) > 0.05);
}

TEST_CASE("300 modules come and go without a word from the guard") {
    Instrument instrument;
    for (int i = 0; i < 300; ++i) instrument.done("create sine s" + std::to_string(i) + " freq=" + std::to_string(100 + i));
    instrument.play(640);
    for (int i = 0; i < 300; i += 2) instrument.done("remove s" + std::to_string(i));
    CHECK(sound::finite(instrument.play(6400).left));
    CHECK(instrument.studio().modules.size() == 150);
}

TEST_CASE("a sound is not patched into a gate unless that is said") {
    Instrument instrument;
    instrument.done("create saw s");
    instrument.done("create kick k");
    instrument.done("create lfo slow");
    CHECK(instrument.refused("patch s > k").find("no audio input") != std::string::npos);
    CHECK(instrument.done("patch slow > k").find("k") != std::string::npos);
    CHECK(instrument.done("patch s > k.gate").find("k.gate") != std::string::npos);
}

TEST_CASE("a module in the place of another of its name sounds the same, however many were born before") {
    const auto replaced = [](int born) {
        Instrument instrument;
        instrument.done("limiter off");
        for (int i = 0; i < born; ++i) {
            instrument.done("create kick x quiet");
            instrument.done("remove x");
        }
        instrument.load("create saw a freq=99\ncreate saw b freq=110\n");
        instrument.play(4800);
        instrument.console().begin_batch();
        instrument.done("remove b");
        instrument.done("create saw b freq=150");
        instrument.console().end_batch();
        return instrument.play(4800);
    };
    const Sound first = replaced(0);
    for (int born = 1; born < 12; ++born) {
        INFO(born << " were born before");
        CHECK((replaced(born) == first));
    }
}
