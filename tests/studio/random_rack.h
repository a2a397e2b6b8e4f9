// Racks as nobody would build them: edits of every kind, those that are refused passed over.
#pragma once
#include <algorithm>

#include "laws/dice.h"
#include "studio/instrument.h"
#include "text/numbers.h"

namespace chronus {

class RandomRack {
public:
    RandomRack(Instrument& instrument, std::uint64_t seed) : instrument_(instrument), dice_(seed) {
        for (const auto& [name, type] : instrument.console().types().all())
            types_.push_back(&type);
        if (dice_.below(2)) instrument.take("seed " + std::to_string(dice_.bits() >> 11));
    }

    // In one batch, so that all of it is there from the first frame on.
    void edit(int count, bool with_removals) {
        instrument_.console().begin_batch();
        for (int i = 0; i < count; ++i)
            if (const std::string line = any_line(); with_removals || !line.starts_with("remove")) instrument_.take(line);
        instrument_.console().end_batch();
    }

    // Says everything that a patch keeps.
    std::string any_line() {
        switch (dice_.below(32)) {
            case 0: case 1: case 2: case 3: return create();
            case 4: return "remove " + module();
            case 5: return "patch " + module() + " > " + module() + " > out" + gain();
            case 6: return "patch " + module() + " > " + module();
            case 7: return "patch " + output() + " > " + input() + gain();
            case 8: return "connect " + output() + " > " + input() + gain();
            case 9: return "connect " + module() + " > " + module() + gain();
            case 10: return "connect " + module() + one_of({" > out", " > out.left", " > out.right 0.3"});
            case 11: return "disconnect " + module() + " " + one_of({"out", "out.left", module().c_str()});
            case 12: return "add " + one_of({"reverb", "delay", "drive", "svf"}) + " to " + module();
            case 13: case 14: case 15: return "set " + parameter();
            case 16: case 24: case 25: return "sequence " + module() + ": " + one_of({"X...x...", "x_.X | x.", "XxxX....xx.x....XX", "\tX  ..\t_"});
            case 17: return "melody " + module() + ": " + one_of({"C2 . Eb2 _ G2^", "A2, A3>", "C#3|E3 55Hz", "41.2 _ ."});
            case 18: return "/seq/add " + one_of({"t1", "t2", "\"my hats\"", "7", "1e3"}) + " " + module() + " " +
                            one_of({"X.x.", "\"x. X_\"", "\"\" notes=C3", "XxxX 220 900", "x notes=\"C3, E3>\" gate_frac=0.9", "X base_amp=0.1234567 accent_boost=1e-7"});
            case 19: return one_of({"mute ", "mute ", "unmute ", "solo ", "unsolo ", "/seq/remove "}) + one_of({"t1", "t2", "\"my hats\"", "7", module().c_str()});
            case 20: return "tempo " + number(20, 999);
            case 21: return one_of({"swing 0.1234567", "swing 0.6", "limiter off", "limiter on", "bars 12"});
            case 22: return "alias " + one_of({"1", "lead", "m0", "1e5"}) + " " + one_of({module().c_str(), "lead", (module() + "/filter").c_str()});
            case 26: return "track " + track() + one_of({" rate=3/2", " swing=0.25 swing_grid=1/8", " length=7 offset=-1.25", " humanize=0.1 humanize_velocity=0.3",
                                                         " transpose=-5 octave=1", " legato=on seed=other", " step=1/8t", " rate= swing="});
            case 27: return "lane " + parameter_name() + ": " + one_of({"0.5 . 0.25", "lin 0 1 <0.5 0.75>", "exp {1 / 2} [3 4]*2"});
            case 28: return "scene " + one_of({"a", "b", "\"the end\""});
            case 29: return "bank " + track() + one_of({" one", " two"});
            case 30: return one_of({"song: a*2 b*3 loop", "song: a", "song: b*16 a", "song: off", "/seq/clear", "scene/remove b"});
            case 31: return one_of({"signature 7/8", "signature 4/4", "a4 432.1", "swing 0.3 1/8"});
            default: return "/mod/" + module() + "/" + one_of({"adsr/decay 0.3", "filter/freq 440", "glide/time 0.1", "left_filter/cutoff 333", "cutoff 500"});
        }
    }

private:
    std::string one_of(std::initializer_list<const char*> words) { return words.begin()[dice_.below(words.size())]; }
    std::string track() { return one_of({"t1", "t2", "\"my hats\"", "7", module().c_str()}); }
    std::string parameter_name() {
        const std::string both = parameter();
        return both.substr(0, both.find(' '));
    }
    std::string number(float low, float high) { return print_number(low + (high - low) * dice_.unipolar()); }
    std::string gain() { return dice_.below(2) ? "" : " " + number(-2, 2) + one_of({"", "", "Hz"}); }
    std::string module() { return "m" + std::to_string(dice_.below(static_cast<std::size_t>(made_) + 1)); }

    const Type* type_of(const std::string& id) const {
        const auto module = instrument_.studio().modules.find(id);
        return module == instrument_.studio().modules.end() ? nullptr : instrument_.console().types().find(module->second.type);
    }
    std::string port(std::vector<PublicPort> Type::*side) {
        const std::string id = module();
        const Type* type = type_of(id);
        return !type || (type->*side).empty() ? id : id + "." + (type->*side)[dice_.below((type->*side).size())].name;
    }
    std::string output() { return port(&Type::outputs); }
    std::string input() { return port(&Type::inputs); }
    std::string value_for(const PublicPort& port) {
        if (!port.choices.empty()) return port.choices[dice_.below(port.choices.size())];
        return dice_.below(5) ? number(port.minimum, port.maximum) : print_number(port.initial);
    }
    std::string parameter() {
        const std::string id = module();
        const Type* type = type_of(id);
        if (!type || type->inputs.empty()) return id + ".x 1";
        const PublicPort& port = type->inputs[dice_.below(type->inputs.size())];
        return id + "." + port.name + " " + value_for(port);
    }
    std::string create() {
        const Type& type = *types_[dice_.below(types_.size())];
        std::string line = "create " + type.name + (dice_.below(6) ? " m" + std::to_string(made_++) : "");
        line += one_of({"", "", " quiet", " poly=3"});
        for (const PublicPort& port : type.inputs)
            if (port.is_parameter() && dice_.below(3) == 0) line += " " + port.name + "=" + value_for(port);
        return line;
    }

    Instrument& instrument_;
    laws::Dice dice_;
    std::vector<const Type*> types_;
    int made_ = 0;
};

}  // namespace chronus
