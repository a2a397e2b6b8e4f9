// The plan against the naive reading of the rack: every input finds all its cables' outputs, in order, and no
// buffer is used again while someone still reads it.
#include "laws/dice.h"
#include "studio/instrument.h"
#include "studio/names.h"
#include "studio/plan_reading.h"
#include "studio/wiring.h"

using namespace chronus;

namespace {

// What each input should find, straight from the cables.
Readings naive(const Wiring& wiring) {
    std::map<std::tuple<std::string, std::size_t, bool>, std::set<OutputName>> all;
    for (const LeafCable& cable : wiring.cables) {
        const std::string& source = wiring.leaves[cable.from].id;
        const bool mix = cable.to == kMix;
        const PublicPort* port = mix ? nullptr : &wiring.leaves[cable.to].type->inputs[cable.input];
        const bool octaves = port && port->is_parameter() && port->curve == CHRONUS_EXPONENTIAL && cable.unit == CableUnit::natural;
        all[{mix ? "" : wiring.leaves[cable.to].id, cable.input, octaves}].insert({source, cable.output, cable.delayed});
    }
    Readings readings;
    for (const auto& [place, outputs] : all) readings[place] = {outputs.begin(), outputs.end()};
    return readings;
}

std::string print(const Readings& readings) {
    std::string text;
    for (const auto& [place, outputs] : readings) {
        text += std::get<0>(place) + "." + std::to_string(std::get<1>(place)) + (std::get<2>(place) ? " in octaves" : "") + ":";
        for (const OutputName& o : outputs) text += " " + o.module + "." + std::to_string(o.port) + (o.delayed ? " delayed" : "");
        text += "\n";
    }
    return text;
}

std::string port_of(laws::Dice& dice, const std::vector<PublicPort>& ports) { return ports[dice.below(ports.size())].name; }

// 30 modules of all types, 60 cables wherever they fit.
void make_random_rack(Instrument& instrument, laws::Dice& dice, int modules, int cables) {
    std::vector<const Type*> types;
    for (const auto& [name, type] : instrument.console().types().all()) types.push_back(&type);
    std::vector<std::pair<std::string, const Type*>> rack;
    for (int m = 0; m < modules; ++m) {
        const Type* type = types[dice.below(types.size())];
        rack.emplace_back("m" + std::to_string(dice.bits() % 100000) + "-" + std::to_string(m), type);
        instrument.done("create " + type->name + " " + rack.back().first + (dice.below(6) ? "" : " poly=3") + (dice.below(2) ? " quiet" : ""));
    }
    for (int c = 0; c < cables;) {
        const auto& [from, source] = rack[dice.below(rack.size())];
        const auto& [to, sink] = rack[dice.below(rack.size())];
        if (source->outputs.empty() || sink->inputs.empty()) continue;
        instrument.take("connect " + from + "." + port_of(dice, source->outputs) + " " + to + "." + port_of(dice, sink->inputs) +
                        (dice.below(2) ? " 0.5" : ""));
        ++c;
    }
}

void check(const Plan& plan, const Wiring& wiring) {
    PlanReader reader(plan);
    const Readings read = reader.read();
    CHECK(reader.problems == std::vector<std::string>{});
    const Readings right = naive(wiring);
    if (read != right) FAIL("read:\n" << print(read) << "should be:\n" << print(right));
}

}  // namespace

TEST_CASE("every input of a compiled rack reads what its cables bring, in the order of their sources' ids") {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        laws::Dice dice(seed);
        Instrument instrument;
        make_random_rack(instrument, dice, 30, 60);
        const Wiring wiring = wire_up(instrument.studio(), instrument.console().types());
        Roster roster(48000);
        check(*roster.plan(wiring, 1), wiring);
    }
}

TEST_CASE("no buffer is overwritten too early while cables fade out either, and all is well once they have") {
    for (std::uint64_t seed = 101; seed <= 115; ++seed) {
        CAPTURE(seed);
        laws::Dice dice(seed);
        Instrument instrument;
        make_random_rack(instrument, dice, 20, 40);
        Roster roster(48000);
        for (int edit = 0; edit < 8; ++edit) {
            const auto& cables = instrument.studio().cables;
            if (cables.empty()) break;
            const Cable gone = cables[dice.below(cables.size())];
            instrument.done("disconnect " + print_port_name(gone.from) + " " + print_port_name(gone.to));
            if (edit % 3 == 0) instrument.take("connect " + print_port_name(gone.from) + " " + print_port_name(gone.to));
            if (edit % 4 == 3) instrument.done("remove " + instrument.studio().modules.begin()->first);
            const Wiring wiring = wire_up(instrument.studio(), instrument.console().types());
            const auto fading = roster.plan(wiring, 1);
            PlanReader reader(*fading);
            const Readings read = reader.read();
            CHECK(reader.problems == std::vector<std::string>{});
            // All that should be heard is, in its order, among what fades.
            for (const auto& [place, outputs] : naive(wiring)) {
                REQUIRE(read.contains(place));
                const auto& all = read.at(place);
                CHECK(std::is_sorted(all.begin(), all.end(), [](const OutputName& a, const OutputName& b) {
                    return std::tie(a.module, a.port) < std::tie(b.module, b.port);
                }));
                for (const OutputName& output : outputs) CHECK(std::find(all.begin(), all.end(), output) != all.end());
            }
        }
        roster.sweep();
        const Wiring wiring = wire_up(instrument.studio(), instrument.console().types());
        check(*roster.plan(wiring, 1), wiring);
    }
}

TEST_CASE("a batch has at most 16 modules, of one type, none of which hears another") {
    Instrument instrument;
    for (int i = 0; i < 40; ++i) instrument.done("create sine s" + std::to_string(i));
    instrument.done("patch s0 > svf > out");
    const Wiring wiring = wire_up(instrument.studio(), instrument.console().types());
    Roster roster(48000);
    const auto plan = roster.plan(wiring, 1);
    check(*plan, wiring);
    int batches = 0;
    for (const Step& step : plan->steps) {
        if (step.kind != Step::Kind::process) continue;
        CHECK(step.count <= 16);
        batches += plan->instances[step.first]->type->name == std::string("sine");
    }
    CHECK(batches == 3);
}

TEST_CASE("a plan for many modules in a row needs few buffers") {
    Instrument instrument;
    std::string chain = "patch s";
    instrument.done("create saw s");
    for (int i = 0; i < 50; ++i) {
        instrument.done("create svf f" + std::to_string(i));
        chain += " > f" + std::to_string(i);
    }
    instrument.done(chain + " > out");
    Roster roster(48000);
    const auto plan = roster.plan(wire_up(instrument.studio(), instrument.console().types()), 1);
    std::set<const float*> buffers(plan->outs.begin(), plan->outs.end());
    CHECK(buffers.size() <= 12);
}
