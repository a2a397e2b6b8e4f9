#include "studio/line.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <sstream>

#include "studio/command.h"
#include "studio/names.h"
#include "text/caret.h"
#include "text/numbers.h"
#include "text/words.h"

namespace chronus {
namespace {

using Lines = Result<std::vector<Message>>;

// A line's words, and the line for who has to show where one is wrong.
struct Typed : std::vector<SplitWord> {
    Typed(std::vector<SplitWord> words, std::string_view line) : std::vector<SplitWord>(std::move(words)), line(line) {}

    Refusal wrong_at(std::size_t word, std::string_view what, const char* example) const {
        const std::size_t at = word < size() ? static_cast<std::size_t>((*this)[word].column) - 1 : line.find_last_not_of(" \t\r") + 1;
        return {"syntax", point_at(what, line, at), example};
    }
    std::string_view line;
};

Argument argument_of(const SplitWord& word) {
    if (word.quoted) return word.text;
    if (const auto whole = read_as<std::int32_t>(word.text)) return *whole;
    if (const auto whole = read_as<std::int64_t>(word.text)) return *whole;
    if (const auto number = read_as<float>(word.text)) return *number;
    return word.text;
}

Message message_of(std::string address, const Typed& words, std::size_t first) {
    Message message{std::move(address), {}};
    for (std::size_t i = first; i < words.size(); ++i) message.arguments.push_back(argument_of(words[i]));
    return message;
}

std::string as_path(std::string text) {
    std::replace(text.begin(), text.end(), '.', '/');
    return text;
}

// set a.b 1 [c.d 2 …]
Lines set(const Typed& words) {
    if (words.size() < 3 || words.size() % 2 == 0) return words.wrong_at(words.size(), "set wants a parameter and a value", "set bass.cutoff 800");
    std::vector<Message> messages;
    for (std::size_t i = 1; i + 1 < words.size(); i += 2)
        messages.push_back({"/mod/" + as_path(words[i].text), {argument_of(words[i + 1])}});
    return messages;
}

// get a.b
Lines get(const Typed& words) {
    if (words.size() != 2) return words.wrong_at(2, "get wants one parameter", "get bass.cutoff");
    return std::vector{Message{"/mod/" + as_path(words[1].text), {}}};
}

// save patch "deep groove", load patch x [next bar], list patches, show, diff a b, rename a b, delete, new
Lines patch_file(const Typed& words) {
    const bool said = words.size() > 1 && !words[1].quoted && (words[1].text == "patch" || words[1].text == "patches");
    Message message{"/patch/" + words[0].text, {}};
    const std::size_t first = said ? 2 : 1;
    if (words[0].text == "save" && words.size() > first + 1)
        return words.wrong_at(first + 1, "a name of several words stands in quotes", "save patch \"deep groove\"");
    for (std::size_t i = first; i < words.size(); ++i) message.arguments.push_back(words[i].text);
    return std::vector{message};
}

// save preset bass screamer ["what it sounds like"], else a patch
Lines save(const Typed& words) {
    const bool preset = words.size() > 3 && words[1].text == "preset" && !words[1].quoted;
    return preset ? std::vector{message_of("/preset/save", words, 2)} : patch_file(words);
}

// list, list patches, list presets bass
Lines list(const Typed& words) {
    if (words.size() > 2 && words[1].text == "presets") return std::vector{message_of("/presets", words, 2)};
    return words.size() > 1 && words[1].text == "patches" ? patch_file(words) : std::vector{message_of("/list", words, 1)};
}

// load TYPE [ID]; a patch is loaded by load patch NAME only
Lines load(const Typed& words) {
    if (words.size() > 1 && words[1].text == "patch" && !words[1].quoted) return patch_file(words);
    if (words.size() < 2) return words.wrong_at(1, "load wants a module type", "load tb303 bass");
    return std::vector{message_of("/create", words, 1)};
}

// reload growl → /module/reload growl
Lines module_type(const Typed& words) {
    return std::vector{message_of("/module/" + words[0].text, words, 1)};
}

// record start jam.flac, session show last
Lines of_topic(const Typed& words) {
    if (words.size() < 2) return words.wrong_at(1, words[0].text + " what?", words[0].text == "record" ? "record start jam.flac" : "session list");
    return std::vector{message_of("/" + words[0].text + "/" + words[1].text, words, 2)};
}

// patch a > b > out 0.5
Lines patch(const Typed& words) {
    Message message{"/patch", {}};
    bool arrow = true;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i].text == ">" && !words[i].quoted) {
            if (arrow) return words.wrong_at(i, "a module is missing before >", "patch bass > delay > out");
            arrow = true;
            continue;
        }
        const bool gain = !arrow;
        if (gain && (i + 1 != words.size() || message.arguments.size() < 2))
            return words.wrong_at(i, fmt::format("{} stands where a > should", excerpt(words[i].text)), "patch bass > delay > out 0.5");
        message.arguments.push_back(gain ? argument_of(words[i]) : Argument(words[i].text));
        arrow = false;
    }
    if (arrow || message.arguments.size() < 2) return words.wrong_at(words.size(), "a patch needs two modules with > between them", "patch bass > delay > out");
    return std::vector{message};
}

// add reverb to bass amount=0.3
Lines add(const Typed& words) {
    Message message{"/add", {}};
    for (std::size_t i = 1; i < words.size(); ++i)
        if (i != 2 || words[i].text != "to") message.arguments.push_back(words[i].text);
    return std::vector{message};
}

// gate k [velocity] → /gate/k, note bass C2 [velocity] → /note/bass
Lines addressed(const Typed& words) {
    if (words.size() < 2) return words.wrong_at(1, words[0].text + " wants a module", words[0].text == "note" ? "note bass C2" : "gate kick");
    return std::vector{message_of("/" + words[0].text + "/" + as_path(words[1].text), words, 2)};
}

Lines connect(const Typed& words) {
    std::vector<Message> messages{{"/" + words[0].text, {}}};
    for (std::size_t i = 1; i < words.size(); ++i)
        if (words[i].text != ">") messages[0].arguments.push_back(argument_of(words[i]));
    return messages;
}

struct Form {
    LineForm row;
    Lines (*read)(const Typed&);
};
constexpr Takes kGain = takes::text("gain").or_else("1"), kParameter = takes::text("parameter"), kPatch = takes::text("'patch'");
constexpr Form kForms[] = {
    {{"add", {takes::text("effect"), takes::text("'to'"), takes::text("module"), takes::many("parameter=value or preset=name").or_else("")},
      "Puts an effect behind a module.", "add reverb to bass mix=0.3"}, add},
    {{"connect", {takes::text("from"), takes::text(">"), takes::text("to"), kGain}, "Adds one cable.", "connect lfo1 > bass.cutoff 0.5"},
     connect},
    {{"delete", {kPatch, takes::text("name")}, "Throws a patch away.", "delete patch intro"}, patch_file},
    {{"diff", {kPatch, takes::text("name"), takes::text("other").or_else("")}, "What differs between two.", "diff patch intro drop"}, patch_file},
    {{"disconnect", {takes::text("from"), takes::text(">"), takes::text("to")}, "Takes cables away.", "disconnect bass > out"}, connect},
    {{"gate", {takes::text("module"), takes::number("velocity", 0, 1).or_else("1")}, "Opens a module's gate; 0 closes it.", "gate kick 1"},
     addressed},
    {{"get", {kParameter}, "Answers a parameter's value.", "get bass.cutoff"}, get},
    {{"list", {takes::text("'patches'").or_else(""), takes::text("module").or_else("")},
      "The modules on the rack, the patches that are kept, or the presets of a module.", "list patches"}, list},
    {{"load", {takes::text("type or 'patch'"), takes::many("id, parameter=value, preset=name, poly=n or quiet").or_else("")},
      "Makes a module and connects it to the mix; load patch NAME loads what was saved.", "load tb303 bass"}, load},
    {{"new", {takes::text("'patch'").or_else("")}, "An empty rack.", "new patch"}, patch_file},
    {{"note", {takes::text("module"), takes::text("note"), takes::number("velocity", 0, 1).or_else("1")},
      "Plays a note: a name, a MIDI number or Hz; off ends it.", "note bass C2 0.8"}, addressed},
    {{"patch", {takes::text("module"), takes::text(">"), takes::many("module, at last a gain")},
      "Connects each module to the next; the last to the mix.", "patch bass > delay > out"}, patch},
    {{"record", {takes::text("start, stop, status or last"), takes::many("file, bar, …").or_else("")},
      "Writes what is heard, or what was: record last 64 bars jam.flac.", "record start jam.flac"}, of_topic},
    {{"rename", {kPatch, takes::text("name"), takes::text("new name")}, "Another name for a patch.", "rename patch intro opening"}, patch_file},
    {{"reload", {takes::text("type")}, "Takes a module type from its file again, while it plays.", "reload reese"}, module_type},
    {{"rollback", {takes::text("type")}, "Goes back to the build of a type that was there before.", "rollback reese"}, module_type},
    {{"save", {takes::text("name, 'patch' or 'preset'"), takes::text("name").or_else(""), takes::many("preset, at last what it sounds like").or_else("")},
      "Keeps all of it as text; of a preset, the settings of one module: save preset bass growl.", "save patch \"deep groove\""}, save},
    {{"session", {takes::text("list, show, render, export"), takes::many("name, …").or_else("")}, "The logs of sessions.", "session list"}, of_topic},
    {{"set", {kParameter, takes::any("value"), takes::many("parameter and value").or_else("")}, "Sets parameters.", "set bass.cutoff 800"},
     set},
    {{"show", {kPatch, takes::text("name").or_else("")}, "What is kept, or what would be.", "show patch"}, patch_file},
};

const Form* find_form(std::string_view verb) {
    const auto found = std::find_if(std::begin(kForms), std::end(kForms), [&](const Form& form) { return form.row.verb == verb; });
    return found == std::end(kForms) ? nullptr : found;
}

// sequence k: X...x...   The text after the name stays as it was written.
std::optional<Message> pattern_line(std::string_view line) {
    std::istringstream words{std::string(line)};
    std::string verb, name;
    if (!(words >> verb >> name) || (verb != "sequence" && verb != "melody" && verb != "lane" && verb != "fill")) return std::nullopt;
    std::string text;
    std::getline(words, text);
    if (const auto colon = name.find(':'); colon != std::string::npos) {
        text = name.substr(colon + 1) + text;
        name.resize(colon);
    } else if (const auto start = text.find_first_not_of(" \t"); start != std::string::npos && text[start] == ':') {
        text = text.substr(start + 1);
    }
    const auto first = text.find_first_not_of(" \t");
    // A # that begins a word begins a comment; within one it is a sharp.
    auto end = text.size();
    for (std::size_t i = 1; i < text.size(); ++i)
        if (text[i] == '#' && (text[i - 1] == ' ' || text[i - 1] == '\t')) { end = i; break; }
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t' || text[end - 1] == '\r')) --end;
    text = first == std::string::npos || first >= end ? "" : text.substr(first, end - first);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    Message message{"/" + verb, {name, text}};
    // fill k: XxXx beat
    if (const auto last = text.rfind(' '); verb == "fill" && last != std::string::npos) {
        const std::string when = text.substr(last + 1);
        if (when == "now" || when == "step" || when == "beat" || when == "bar") message.arguments = {name, text.substr(0, last), when};
    }
    return message;
}

std::vector<std::string> verbs() {
    std::vector<std::string> all;
    for (const Form& form : kForms) all.emplace_back(form.row.verb);
    for (const std::string& address : command_addresses())
        if (address.find('/', 1) == std::string::npos) all.push_back(address.substr(1));
    return all;
}

}  // namespace

std::vector<LineForm> line_forms() {
    std::vector<LineForm> rows;
    for (const Form& form : kForms) rows.push_back(form.row);
    return rows;
}

Lines read_line(std::string_view line) {
    if (auto message = pattern_line(line)) return std::vector{std::move(*message)};
    const bool osc = line.find_first_not_of(" \t") != std::string_view::npos && line[line.find_first_not_of(" \t")] == '/';
    auto split = split_words(line, {.split_arrows = !osc});
    if (!split) return split.refusal();
    if (split->empty()) return std::vector<Message>{};
    const Typed words(std::move(*split), line);
    const std::string& verb = words[0].text;
    if (osc) return std::vector{message_of(verb, words, 1)};
    if (const Form* form = find_form(verb)) return form->read(words);
    if (find_command("/" + verb)) return std::vector{message_of("/" + verb, words, 1)};
    if (verb == "song:") return std::vector{message_of("/song", words, 1)};
    return Refusal{"unknown", fmt::format("{} is no command{}", excerpt(verb), did_you_mean(verb, verbs())), "create kick"};
}

Result<std::vector<NumberedMessage>> read_lines(std::string_view text, std::string_view file) {
    std::vector<NumberedMessage> all;
    std::istringstream lines{std::string(text)};
    int number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        auto messages = read_line(line);
        if (!messages)
            return Refusal{"file", fmt::format("{}, line {}: {}", file, number, messages.refusal().reason), messages.refusal().example};
        for (Message& message : *messages) all.push_back({std::move(message), number});
    }
    return all;
}

}  // namespace chronus
