// What the documents tell to type works: their lines are read from them and said to an instrument, in their
// order.
#include <algorithm>
#include <sstream>

#include "chronus/answer.h"
#include "chronus/place.h"
#include "chronus/request.h"
#include "listen/hearing.h"
#include "studio/moment.h"
#include "studio/scratch_folder.h"

using namespace chronus;

namespace {

using Texts = std::vector<std::string>;

std::string document(const std::string& name) {
    return text_of_file(CHRONUS_SOURCE_PATH "/" + name);
}

Texts lines_of(const std::string& text) {
    Texts all;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) all.push_back(line);
    return all;
}

// The lines between ``` and ```, of the whole document or from a heading on.
Texts lines_of_code(const std::string& text, const std::string& heading = "") {
    Texts code;
    bool inside = false;
    for (const std::string& line : lines_of(text.substr(text.find(heading)))) {
        if (line.starts_with("```"))
            inside = !inside;
        else if (inside)
            code.push_back(line);
    }
    return code;
}

// What stands between backquotes.
Texts quoted(const std::string& text) {
    Texts all;
    for (std::size_t open = text.find('`'); open != std::string::npos;) {
        const std::size_t close = text.find('`', open + 1);
        all.push_back(text.substr(open + 1, close - open - 1));
        open = text.find('`', close + 1);
    }
    return all;
}

// As a shell splits a line of plain words, quotes and a comment.
Texts shell_words(const std::string& line) {
    Texts words;
    bool within = false;
    char quote = '\0';
    for (const char c : line) {
        if (!quote && !within && c == '#') break;
        if (quote ? c == quote : c == '\'' || c == '"') {
            quote = quote ? '\0' : c;
            if (quote && !within) words.emplace_back();
            within = true;
        } else if (!quote && c == ' ') {
            within = false;
        } else {
            if (!within) words.emplace_back();
            within = true;
            words.back() += c;
        }
    }
    return words;
}

// oscsend HOST PORT ADDRESS [TYPES ARGUMENTS]
Message sent_by_oscsend(const Texts& words) {
    Message message{words.at(3), {}};
    const std::string types = words.size() > 4 ? words[4] : "";
    REQUIRE(words.size() == 4 + !types.empty() + types.size());
    for (std::size_t i = 0; i < types.size(); ++i) {
        const std::string& word = words[5 + i];
        if (types[i] == 'i')
            message.arguments.push_back(std::stoi(word));
        else if (types[i] == 'f')
            message.arguments.push_back(std::stof(word));
        else if (types[i] == 's')
            message.arguments.push_back(word);
        else
            FAIL("oscsend knows no type " << types[i]);
    }
    return message;
}

// An instrument that is played from a document.
class Reader : public Instrument {
public:
    Reader() { console().keep_patches_in(folder_.path); }

    // What chronus shows for a line.
    hand::Answer say(const std::string& line) {
        const Result<Message> request = hand::request_of(line);
        REQUIRE(request);
        if (request->address == "/wait") return wait(text_of(request->arguments.at(0)).value_or(""));
        const Outcome outcome = heard(*this, console().obey(*request));
        play(4800);
        if (outcome.done) {
            hand::Answer answer{true, request->address, outcome.words, {}};
            if (outcome.finish) outcome.finish(answer.values);
            else if (outcome.mail > 0)
                answer.values.insert(answer.values.end(), {std::string("at"), std::int64_t{0}});
            return answer;
        }
        const auto word = [&](std::size_t i) { return text_of(outcome.words.at(i)).value_or(""); };
        return {false, request->address, {}, {word(0), word(1), word(2)}};
    }
    std::string must_do(const std::string& line) {
        const hand::Answer answer = say(line);
        INFO(line << ": " << hand::for_people(answer));
        CHECK(answer.done);
        ++lines;
        return hand::for_people(answer);
    }

    // A line of a code block.
    void follow(const std::string& line) {
        const Texts words = shell_words(line);
        if (words.empty()) return;
        if (words[0] == "scripts/run") start(document("patterns/drum-and-bass.chr"));
        if (words[0] == "chronusd" && words.size() == 1) start(classic_studio());
        if (words == Texts{"chronusd", "--empty"}) start("");
        if (words[0] == "chronus" && line.starts_with("chronus '"))
            for (std::size_t i = 1; i < words.size(); ++i) must_do(words[i]);
        if (!line.starts_with("oscsend localhost 5005 /")) return;
        Message message = sent_by_oscsend(words);
        if (message.address == "/req")
            message = {text_of(message.arguments.at(1)).value_or(""), {message.arguments.begin() + 2, message.arguments.end()}};
        const Outcome outcome = console().obey(message);
        play(4800);
        INFO(line << ": " << said(outcome));
        // It concerns the server, whose tests show what comes of it.
        CHECK((outcome.done || message == Message{"/notify", {5007}}));
        ++lines;
    }
    int lines = 0;

private:
    hand::Answer wait(const std::string& moment) {
        const Telemetry now = console().telemetry();
        const auto when = read_when(moment, now.timeline, now.frame);
        REQUIRE(when);
        play(when->frame_on(now.timeline) - now.frame);
        return {true, "/wait", {std::string("at"), std::int64_t{0}}, {}};
    }
    void start(const std::string& song) {
        REQUIRE(take(std::string("clear")).done);
        load(song);
    }
    const ScratchFolder folder_;
};

// Frames are another thing each time.
std::string without_frames(std::string text) {
    for (std::size_t at = 0; (at = text.find("\"at\",", at)) != std::string::npos;) {
        at += 5;
        text.replace(at, text.find(']', at) - at, "N");
    }
    for (std::size_t at = 0; (at = text.find("at ", at)) != std::string::npos;) {
        at += 3;
        if (at > 3 && text[at - 4] != ' ' && text[at - 4] != '\n') continue;
        std::size_t end = at;
        while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
        if (end > at) text.replace(at, end - at, "N");
    }
    return text;
}

}  // namespace

// What is shown for a line that begins with $ chronus: its answers, one after the other.
Texts shown_for(Reader& reader, const std::string& line) {
    Texts words = shell_words(line.substr(2));
    const bool json = words.at(1) == "--json";
    std::string shown;
    for (std::size_t i = json ? 2 : 1; i < words.size(); ++i) {
        const hand::Answer answer = reader.say(words[i]);
        shown += (json ? hand::as_json(answer) : hand::for_people(answer)) + "\n";
    }
    return lines_of(without_frames(shown));
}

// What stands before … is all that is told.
bool is_told(const std::string& told, const std::string& shown) {
    const std::size_t cut = told.find("…");
    return cut == std::string::npos ? shown == told : shown.starts_with(told.substr(0, cut));
}

TEST_CASE("the pages about patterns and agents: what is typed is done, and answered as they tell", "[docs]") {
    for (const char* page : {"docs/patterns.md", "docs/agents.md"}) {
        Reader reader;
        int questions = 0;
        const Texts code = lines_of_code(document(page));
        for (std::size_t i = 0; i < code.size(); ++i) {
            if (!code[i].starts_with("$ ")) {
                reader.follow(code[i]);
                continue;
            }
            const std::string& line = code[i];
            const Texts shown = shown_for(reader, line);
            CAPTURE(page, line, shown);
            ++questions;
            for (std::size_t row = 0; row < shown.size(); ++row) {
                REQUIRE(i + 1 < code.size());
                CHECK(is_told(without_frames(code[++i]), shown[row]));
            }
        }
        CAPTURE(page);
        CHECK(questions >= 8);
        CHECK(reader.lines >= 2);
    }
}

TEST_CASE("the lines that the README tells to type are done", "[docs]") {
    Reader reader;
    for (const std::string& line : lines_of_code(document("README.md"))) reader.follow(line);
    CHECK(reader.lines >= 25);
}

TEST_CASE("the examples for the agent are done, each after the ones before", "[docs]") {
    Reader reader;
    for (const std::string& line : lines_of_code(document("CLAUDE.md"), "## Five examples"))
        reader.follow(line);
    CHECK(reader.lines >= 25);
}

TEST_CASE("the commands that matter are done on the rack of the examples, with the answers that are told",
          "[docs]") {
    const std::string text = document("CLAUDE.md");
    Reader reader;
    for (const std::string& line : lines_of_code(text, "## Five examples")) reader.follow(line);
    reader.lines = 0;
    const std::size_t begin = text.find("## The commands that matter");
    for (const std::string& row : lines_of(text.substr(begin, text.find("## Five examples") - begin))) {
        if (!row.starts_with("| `")) continue;
        const std::size_t column = row.find(" | ");
        const Texts told = quoted(row.substr(column));
        for (std::size_t i = 0; const std::string& line : quoted(row.substr(0, column))) {
            if (line.starts_with("create kick k")) reader.say("remove k");
            std::string shown = reader.must_do(line);
            if (line == "remove k") reader.say("create kick k");  // the rows after it need one
            // What is left out is told as …, and a status has its own numbers each time.
            if (i == told.size() || line.ends_with("status")) continue;
            const std::string answer = without_frames(told[i++]);
            std::replace(shown.begin(), shown.end(), '\n', ' ');
            CAPTURE(line, shown, answer);
            CHECK(without_frames(shown).starts_with(answer.substr(0, answer.find("…"))));
        }
    }
    CHECK(reader.lines >= 25);
}

TEST_CASE("what goes wrong shows as the agent was told", "[docs]") {
    const std::string text = document("CLAUDE.md");
    Reader reader;
    for (const std::string& line : lines_of_code(text, "## Five examples")) reader.follow(line);
    const Texts told = lines_of_code(text, "## What goes wrong");
    int questions = 0;
    for (std::size_t i = 0; i < told.size(); ++i) {
        if (!told[i].starts_with("$ chronus '")) continue;
        const std::string line = shell_words(told[i].substr(2)).at(1);
        const hand::Answer answer = reader.say(line);
        const std::string text = answer.done ? hand::for_people(answer) : hand::refusal_shown(line, answer.refusal, std::nullopt);
        const Texts shown = lines_of(without_frames(text));
        CAPTURE(line, shown);
        ++questions;
        for (std::size_t row = 0; i + 1 < told.size() && !told[i + 1].starts_with("$"); ++i, ++row) {
            REQUIRE(row < shown.size());
            CHECK(shown[row] == without_frames(told[i + 1]));
        }
    }
    CHECK(questions >= 5);
}
