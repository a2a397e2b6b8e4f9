#include "chronus/completion.h"

#include <algorithm>

#include "chronus/known.h"
#include "chronus/spot.h"

using namespace chronus;
using namespace chronus::hand;

namespace {

using Texts = std::vector<std::string>;

Texts texts(const Completion& completion) {
    Texts all;
    for (const Candidate& candidate : completion.candidates) all.push_back(candidate.text);
    return all;
}
Texts after(const std::string& text) {
    return texts(complete(text, text.size(), known()));
}

// The line once Tab was pressed.
std::string tabbed(const std::string& text) {
    const Completion completion = complete(text, text.size(), known());
    const std::string longer = common_beginning(completion.candidates);
    return longer.empty() ? text : text.substr(0, completion.begin) + longer;
}

bool has(const Texts& all, const std::string& text) {
    return std::find(all.begin(), all.end(), text) != all.end();
}

}  // namespace

TEST_CASE("the first word is a command of the line language, or an address once there is a slash",
          "[chronus]") {
    const Texts words = after("");
    for (const char* word : {"set", "get", "load", "gate", "create", "tempo", "status", "listen"})
        CHECK(has(words, word));
    CHECK(std::none_of(words.begin(), words.end(),
                       [](const std::string& word) { return word.starts_with('/'); }));
    CHECK(tabbed("tem") == "tempo ");
    CHECK(tabbed("/seq/stat") == "/seq/status ");
    CHECK(has(after("/"), "/seq/add"));
    CHECK(after("nosuchword").empty());
}

TEST_CASE("every first word that is offered is one that the instrument knows", "[chronus]") {
    Instrument instrument;
    for (const std::string& word : after("")) {
        const std::string said = chronus::said(instrument.take(word));
        CAPTURE(word, said);
        CHECK(said.find("is no command") == std::string::npos);
    }
    CHECK(after("").size() >= 30);
}

TEST_CASE("a parameter is completed in two steps: module, then parameter", "[chronus]") {
    CHECK(after("set ") == Texts{"bass", "k", "lead"});
    CHECK(tabbed("set b") == "set bass.");
    CHECK(tabbed("set bass.cut") == "set bass.cutoff ");
    CHECK(tabbed("get bass.cut") == "get bass.cutoff ");
    CHECK(tabbed("set bass.cutoff 900 k.dec") == "set bass.cutoff 900 k.decay ");
    CHECK(tabbed("/mod/b") == "/mod/bass/");
    CHECK(tabbed("/mod/bass/cut") == "/mod/bass/cutoff ");
    CHECK(has(after("set bass."), "bass.cutoff"));
    CHECK_FALSE(has(after("set bass."), "bass.out"));
}

TEST_CASE("what a part of a composite has is found below it, whichever way it is separated", "[chronus]") {
    CHECK(has(after("set lead.filter"), "lead.filter/freq"));
    CHECK(tabbed("set lead/filter/fr") == "set lead/filter/freq ");
    const std::string part = known().types.at("voice").parts.begin()->first,
                      type = known().types.at("voice").parts.begin()->second;
    for (const PortInfo& port : known().types.at(type).inputs)
        if (port.is_parameter())
            CHECK(has(after("set lead." + part + "."), "lead." + part + "." + port.name));
}

TEST_CASE("parts of a composite are offered where none of its own parameters is meant", "[chronus]") {
    for (const std::string& name : after("set lead.")) CHECK(known().parameter(name));
    CHECK(tabbed("set lead.filt") == "set lead.filter/");
    Vocabulary plain = known();
    auto& voice = plain.types.at("voice");
    std::erase_if(voice.inputs, [](const PortInfo& port) { return port.name.starts_with("filter"); });
    CHECK(texts(complete("set lead.filt", 13, plain)) == Texts{"lead.filter"});
}

TEST_CASE("the choices of a parameter are its values", "[chronus]") {
    CHECK(has(after("set lead.osc/type "), "saw"));
    CHECK(tabbed("set lead.osc/type squ") == "set lead.osc/type square ");
    CHECK(has(after("/mod/lead/osc/type "), "saw"));
    CHECK(has(after("create voice v osc/type="), "osc/type=saw"));
    CHECK(after("set bass.cutoff ").empty());
}

TEST_CASE("types follow create and load, their parameters with an equals sign follow the type", "[chronus]") {
    CHECK(tabbed("create rees") == "create reese ");
    CHECK(tabbed("load kic") == "load kick ");
    CHECK(tabbed("create kick fr") == "create kick freq=");
    CHECK(tabbed("add delay to bass fe") == "add delay to bass feedback=");
    CHECK(has(after("create kick k "), "quiet"));
    CHECK(has(after("create kick k "), "poly="));
}

TEST_CASE("tracks follow the commands that take one, modules those that take one", "[chronus]") {
    for (const char* line : {"mute ", "unmute ", "/seq/remove ", "/seq/update/pattern "}) {
        CAPTURE(line);
        CHECK(after(line) == Texts{"k"});
    }
    for (const char* line : {"remove ", "gate ", "note ", "sequence ", "melody ", "/seq/add x "}) {
        CAPTURE(line);
        CHECK(after(line) == Texts{"bass", "k", "lead"});
    }
    CHECK(tabbed("/gate/le") == "/gate/lead ");
}

TEST_CASE("cables lead from modules to modules, their ports, or the mix", "[chronus]") {
    CHECK(after("patch bass ") == Texts{">"});
    CHECK(tabbed("patch bass > ou") == "patch bass > out ");
    CHECK(has(after("patch bass >"), "delay"));
    CHECK(tabbed("connect k.ga") == "connect k.gate ");
    CHECK(tabbed("connect k.gate ") == "connect k.gate > ");
    CHECK(tabbed("connect k.gate > bass.cu") == "connect k.gate > bass.cutoff ");
    CHECK(tabbed("connect k.gate bass.cu") == "connect k.gate bass.cutoff ");
    CHECK(tabbed("add delay t") == "add delay to ");
    CHECK(tabbed("add delay to l") == "add delay to lead ");
    CHECK(tabbed("add delay l") == "add delay lead ");
}

TEST_CASE("patches follow the lines that take one, in quotes if their name has spaces", "[chronus]") {
    Vocabulary vocabulary = known();
    vocabulary.patches = {"deep groove", "dive"};
    const auto offered = [&](const std::string& text) { return texts(complete(text, text.size(), vocabulary)); };
    CHECK(offered("load patch ") == Texts{"\"deep groove\"", "dive"});
    CHECK(offered("delete patch d") == Texts{"dive"});
    CHECK(offered("/patch/show d") == Texts{"dive"});
    CHECK(tabbed("save pa") == "save patch ");
    CHECK(tabbed("load pat") == "load patch ");
    CHECK(tabbed("list p") == "list patches ");
}

TEST_CASE("words that are meant as they stand are offered, names of kinds are not", "[chronus]") {
    CHECK(after("/seq/update/pattern k X... ") == Texts{"bar", "beat", "now", "pass", "step"});
    CHECK(after("limiter ") == Texts{"off", "on"});
    CHECK(has(after("listen "), "master"));
    CHECK_FALSE(has(after("listen "), "bars"));
    CHECK_FALSE(has(after("help "), "topic"));
    CHECK(has(after("help "), "rack"));
}

TEST_CASE("the line that waits is completed like any other, text in open quotes is not", "[chronus]") {
    CHECK(tabbed("at \"next bar\" mut") == "at \"next bar\" mute ");
    CHECK(tabbed("at \"next bar\" mute ") == "at \"next bar\" mute k ");
    CHECK(after("at \"next b").empty());
    CHECK(after("/do \"set b").empty());
}

TEST_CASE("only what is before the cursor counts", "[chronus]") {
    const Completion completion = complete("set b.cutoff 5", 5, known());
    CHECK(completion.begin == 4);
    CHECK(texts(completion) == Texts{"bass"});
    CHECK(complete("set", 99, known()).begin == 0);
}

TEST_CASE(
    "no beginning of any example makes the completer fail, and what it offers begins with what was typed",
    "[chronus]") {
    Texts lines;
    for (const std::string& address : command_addresses()) lines.emplace_back(find_command(address)->example);
    for (const LineForm& form : line_forms()) lines.emplace_back(form.example);
    for (const std::string& line : lines)
        for (std::size_t cursor = 0; cursor <= line.size(); ++cursor) {
            const Completion completion = complete(line, cursor, known());
            REQUIRE(completion.begin <= cursor);
            const std::string typed = line.substr(completion.begin, cursor - completion.begin);
            for (const Candidate& candidate : completion.candidates)
                REQUIRE(candidate.text.starts_with(typed));
        }
    CHECK(complete("set ", 4, Vocabulary{}).candidates.empty());
}

TEST_CASE("only the types that a line speaks of are wanted, until they are known", "[chronus]") {
    Vocabulary little = known();
    for (auto& [name, type] : little.types) type.known = false;
    CHECK(types_wanted("set bass.", little) == Texts{"reese"});
    CHECK(types_wanted("create kick ", little) == Texts{"kick"});
    CHECK(types_wanted("/mod/lead/filter/q 3", little) == Texts{"voice", "svf"});
    CHECK(types_wanted("tempo 120", little).empty());
    CHECK(types_wanted("set bass.cutoff 3", known()).empty());
}

TEST_CASE("a few are listed a line each with what they are, many in columns, too many are counted",
          "[chronus]") {
    const std::vector<Candidate> few{{"bar", ""}, {"beat", "a quarter"}};
    CHECK(listed(few, 80, 20) == "bar\nbeat  a quarter\n");
    CHECK(listed(few, 12, 20) == "bar\nbeat  a ...\n");
    std::vector<Candidate> many;
    for (char c = 'a'; c < 'a' + 20; ++c) many.push_back({std::string(4, c), "note"});
    const std::string all = listed(many, 80, 20);
    CHECK(std::count(all.begin(), all.end(), '\n') == 2);
    CHECK(all.find("note") == std::string::npos);
    const std::string cut = listed(many, 12, 4);
    CHECK(std::count(cut.begin(), cut.end(), '\n') == 4);
    CHECK(cut.ends_with("... and 14 more\n"));
}

TEST_CASE("presets are completed where one is wanted, of the type or module that was said", "[chronus]") {
    CHECK(tabbed("create acid-bass pre") == "create acid-bass preset=");
    CHECK(has(after("create acid-bass b preset="), "preset=screamer"));
    CHECK(tabbed("create acid-bass b preset=scr") == "create acid-bass b preset=screamer ");
    CHECK(has(after("preset bass "), "tearout"));
    CHECK(tabbed("preset bass tear") == "preset bass tearout ");
    CHECK(has(after("save "), "preset"));
    CHECK(after("save preset ") == Texts{"bass", "k", "lead"});
    CHECK_FALSE(has(after("create saw s "), "preset="));  // it has none
}
