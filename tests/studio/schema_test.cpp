// What is told of commands and types, and that what they do agrees with it.
#include "studio/schema.h"

#include <nlohmann/json.hpp>

#include "studio/command.h"
#include "studio/instrument.h"
#include "studio/scratch_folder.h"
#include "text/numbers.h"

using namespace chronus;
using Json = nlohmann::json;

namespace {

struct Row {
    const Command* command;
    std::size_t argument;
};

// All arguments that are numbers with a range that can be left.
std::vector<Row> ranges() {
    std::vector<Row> rows;
    for (const std::string& address : command_addresses()) {
        const Command& command = *find_command(address);
        if (address == "/notify" || address == "/lease" || address == "/quiet" || address == "/session/start") continue;  // heard by the server; of another rate
        for (std::size_t i = 0; i < command.takes.size(); ++i)
            if (command.takes[i].low < command.takes[i].high) rows.push_back({&command, i});
    }
    return rows;
}

// The row's example with another argument in one place.
Message with(const Row& row, Argument argument) {
    Message message = (*read_line(row.command->example))[0];
    message.arguments.resize(std::max(message.arguments.size(), row.argument + 1), std::string("1"));
    message.arguments[row.argument] = std::move(argument);
    return message;
}

}  // namespace

TEST_CASE("a number out of its row's range is clamped, and the answer says so", "[schema]") {
    for (const Row& row : ranges()) {
        Classic studio;
        const Takes& takes = row.command->takes[row.argument];
        const ScratchFolder folder;
        studio.console().keep_patches_in(folder.path);
        for (const std::int32_t slot : {1, 128}) REQUIRE(studio.take(Message{"/pattern/save", {slot}}).done);
        if (row.command->address == "/seed") studio.done("new patch");
        if (row.command->address == "/record/last" || row.command->address == "/session/show") continue;  // nothing is kept here
        for (const double outside : {takes.high + 1 + std::abs(takes.high), takes.low - 1 - std::abs(takes.low)}) {
            const Outcome outcome = studio.take(with(row, outside));
            INFO(row.command->address << " " << takes.name << ": " << said(outcome));
            CHECK(outcome.done);
            CHECK(said(outcome).find(std::string(takes.name) + " " + print_number(outside) + " clamped to ") != std::string::npos);
        }
    }
    CHECK(ranges().size() >= 6);
}

TEST_CASE("an argument of another type is refused with what is wanted and what was got", "[schema]") {
    for (const Row& row : ranges()) {
        Classic studio;
        const Studio before = studio.studio();
        const Takes& takes = row.command->takes[row.argument];
        for (const Argument& wrong : {Argument{std::string("loud")}, Argument{Nil{}}}) {
            const Outcome outcome = studio.take(with(row, wrong));
            INFO(row.command->address << " " << takes.name << ": " << said(outcome));
            REQUIRE_FALSE(outcome.done);
            CHECK(text_of(outcome.words[0]) == "type");
            CHECK(said(outcome).find(std::string(takes.name) + " should be a ") != std::string::npos);
            CHECK(said(outcome).find("not " + described(wrong)) != std::string::npos);
            CHECK(studio.studio() == before);
        }
    }
}

TEST_CASE("numbers are taken as they are meant", "[schema]") {
    Classic studio;
    for (const Argument& argument : {Argument{std::int32_t{150}}, Argument{150.0f}, Argument{150.0}, Argument{std::int64_t{150}},
                                     Argument{std::string("150")}, Argument{std::string("+150.0")}}) {
        studio.done("tempo 90");
        CHECK(said(studio.take(Message{"/tempo", {argument}})) == "150.0 bpm");
    }
    CHECK(studio.take(Message{"/gate/voice1", {true}}).words == Words{true, 1.0f});
    CHECK(studio.take(Message{"/gate/voice1", {false}}).words == Words{false, 0.0f});
}

TEST_CASE("what is left out is what the row says, what is too much is told", "[schema]") {
    Classic studio;
    CHECK(studio.refused("/bars").find("count is missing: /bars count") != std::string::npos);
    CHECK(studio.take("/limiter").words == Words{true});
    CHECK(studio.done("/bars 8 9 10").find("the last 2 of 3 arguments ignored") != std::string::npos);
}

TEST_CASE("the overview is short and names every command and every type", "[schema]") {
    Classic studio;
    const std::string text = studio.done("/schema");
    CHECK(text.size() < 2048);
    for (const std::string& address : command_addresses()) CHECK(text.find(" " + address) != std::string::npos);
    for (const auto& [name, type] : studio.console().types().all()) CHECK(text.find(" " + name) != std::string::npos);
}

TEST_CASE("as JSON the schema has every row and every port", "[schema]") {
    Classic studio;
    const Json all = Json::parse(studio.done("/schema all"));
    CHECK(all["commands"].size() == command_addresses().size());
    CHECK(all["types"].size() == studio.console().types().all().size());
    for (const Json& command : all["commands"]) {
        const Command* row = find_command(command["address"].get<std::string>());
        REQUIRE(row);
        CHECK(command["arguments"].size() == row->takes.size());
        CHECK_FALSE(command["help"].get<std::string>().empty());
    }
    for (const Json& type : all["types"])
        for (const Json& port : type["inputs"])
            if (port.contains("low")) CHECK((port["low"] <= port["default"] && port["default"] <= port["high"]));
    const Json kick = Json::parse(studio.done("/schema kick"));
    CHECK(kick["name"] == "kick");
    CHECK(kick == Json::parse(studio.done("create kick k").empty() ? "" : studio.done("/schema k")));
    CHECK(studio.refused("/schema kik").find("did you mean kick") != std::string::npos);
}

TEST_CASE("what a line may begin with is told with the commands, each with an example that reads", "[schema]") {
    Classic studio;
    const Json json = Json::parse(studio.done("/schema commands"));
    CHECK(json["commands"].size() == command_addresses().size());
    CHECK_FALSE(json.contains("types"));
    std::vector<std::string> verbs;
    for (const Json& line : json["lines"]) {
        const std::string verb = line["verb"], example = line["example"];
        verbs.push_back(verb);
        CAPTURE(verb);
        CHECK(example.starts_with(verb + " "));
        CHECK(read_line(example));
        CHECK(studio.done("help " + verb).find(line["help"].get<std::string>().substr(0, 4)) != std::string::npos);
    }
    CHECK(verbs == std::vector<std::string>{"add", "connect", "delete", "diff", "disconnect", "gate", "get", "list", "load", "new",
                                            "note", "patch", "record", "rename", "reload", "rollback", "save", "session", "set", "show"});
    CHECK(studio.done("help set") == "set parameter value [parameter and value…] Sets parameters. set bass.cutoff 800");
}

TEST_CASE("a composite tells its parts and what they are", "[schema]") {
    Classic studio;
    const Json voice = Json::parse(studio.done("/schema voice"));
    CHECK(voice["parts"]["filter"] == "svf");
    CHECK_FALSE(Json::parse(studio.done("/schema kick")).contains("parts"));
}

TEST_CASE("about tells where types come from and what was left out", "[schema]") {
    Classic studio;
    const std::string about = studio.done("/about");
    CHECK(about.find("module_path ") != std::string::npos);
    CHECK(about.find("types " + std::to_string(studio.console().types().all().size())) != std::string::npos);
    studio.console().about = [](Words& words) { words.emplace_back(std::string("process")); };
    CHECK(studio.done("/about").starts_with("process module_path"));
}

TEST_CASE("the references are those that the table and the types make", "[schema]") {
    // If not: scripts/reference
    Instrument studio;
    const Figures figures = read_figures(text_of_file(CHRONUS_SOURCE_PATH "/docs/figures.txt"));
    CHECK(text_of_file(CHRONUS_SOURCE_PATH "/docs/osc.md") == command_reference());
    CHECK(text_of_file(CHRONUS_SOURCE_PATH "/docs/modules.md") == module_reference(studio.console().types(), figures));
}
