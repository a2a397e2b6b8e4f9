#include "chronus/module_job.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "host/builds.h"
#include "text/message_text.h"
#include "workbench/build.h"
#include "workbench/program.h"
#include "workbench/templates.h"
#include "workbench/watch.h"
#include "workshop/vetter.h"

namespace chronus::hand {
namespace fs = std::filesystem;

namespace {

constexpr auto kPatience = std::chrono::seconds(10);

bool refuse(const Refusal& refusal) {
    fmt::print(stderr, "error: {}\n", refusal.reason);
    if (!refusal.example.empty()) fmt::print(stderr, "try: {}\n", refusal.example);
    return false;
}
bool refuse(std::string reason, std::string example = "") { return refuse(Refusal{"", std::move(reason), std::move(example)}); }

std::string read(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

class Job {
public:
    Job(const ModuleJob& job, const Place& place) : job_(job), link_(place, kPatience), shelves_(Shelves::around(fs::current_path())) {}

    bool run() {
        if (!job_.name.empty() && !is_module_name(job_.name))
            return refuse(fmt::format("{} is no name of a module: a small letter, then small letters, digits, _ and -", job_.name), "chronus module new growl");
        if (job_.verb == "new") return make();
        if (job_.verb == "build") return build(job_.name).has_value();
        if (job_.verb == "watch") return watch();
        if (job_.verb == "list") return ask({"/module/list", {}});
        if (job_.verb == "info") return ask({"/module/info", {job_.name}});
        if (job_.verb == "doc") return ask({"/help", {job_.name}});
        if (job_.verb == "bench") return bench();
        return test();
    }

private:
    std::optional<Answer> answer_to(const Message& message) {
        const auto answer = link_.ask(message);
        if (answer && answer->done) return *answer;
        refuse(answer ? answer->refusal : answer.refusal());
        return std::nullopt;
    }
    bool ask(const Message& message) {
        const auto answer = answer_to(message);
        if (answer) fmt::print("{}\n", for_people(*answer));
        return answer.has_value();
    }
    std::optional<Recipe> recipe() {
        const auto answer = answer_to({"/module/recipe", {}});
        if (!answer) return std::nullopt;
        auto read = read_recipe(answer->values);
        if (read) return *read;
        refuse(read.refusal());
        return std::nullopt;
    }

    // A source: from a template, from another type's, or of a part of the rack.
    bool make() {
        const fs::path folder = job_.here ? shelves_.here : shelves_.own;
        if (folder.empty())
            return refuse(job_.here ? "this is no source tree of Music Chronus: there is no include/chronus/module.h" : "neither XDG_DATA_HOME nor HOME is set");
        if (const auto there = shelves_.find(job_.name)) return refuse(fmt::format("there is {} already", there->string()), "chronus module build " + job_.name);
        std::string ending = ".cpp", text;
        if (!job_.patch.empty()) {
            const auto answer = answer_to({"/module/extract", {job_.patch}});
            if (!answer || answer->values.empty()) return false;
            text = text_of(answer->values[0]).value_or("");
            ending = ".chr";
        } else if (!job_.like.empty()) {
            const auto source = source_of(job_.like);
            if (!source) return false;
            ending = source->extension().string();
            text = ending == ".cpp" ? source_like(read(*source), job_.name) : composite_like(read(*source));
        } else {
            auto made = source_of_kind(job_.kind, job_.name);
            if (!made) return refuse(made.refusal());
            text = std::move(*made);
        }
        std::error_code failed;
        fs::create_directories(folder, failed);
        const fs::path file = folder / (job_.name + ending);
        if (!(std::ofstream(file, std::ios::binary) << text)) return refuse(fmt::format("cannot write {}", file.string()));
        fmt::print("{}\n", file.string());
        return true;
    }

    std::optional<fs::path> source_of(const std::string& name) {
        if (const auto own = shelves_.find(name)) return own;
        const auto known = recipe();
        if (!known) return std::nullopt;
        for (const char* ending : {".cpp", ".chr"})
            if (fs::path file = known->sources / (name + ending); fs::exists(file)) return file;
        refuse(fmt::format("there is no source of {} in {}", name, known->sources.string()), "chronus types");
        return std::nullopt;
    }

    std::optional<Built> build(const std::string& name) {
        const auto source = shelves_.find(name);
        if (!source) {
            refuse(fmt::format("there is no source of {} in {}{}", name, shelves_.own.string(), shelves_.here.empty() ? "" : " or " + shelves_.here.string()),
                   "chronus module new " + name);
            return std::nullopt;
        }
        const auto known = recipe();
        if (!known) return std::nullopt;
        const auto built = build_module(*known, *source, shelves_.own);
        if (!built) {
            refuse(built.refusal());
            return std::nullopt;
        }
        fmt::print(stderr, "{}", built->said);
        fmt::print("{} in {:.2f} s; reload {} has it taken\n", built->file.string(), built->seconds, name);
        return *built;
    }

    // Until it is stopped.
    bool watch() {
        auto watch = SourceWatch::of({shelves_.own, shelves_.here});
        if (!watch) return refuse(watch.refusal());
        fmt::print("watching {}{}\n", shelves_.own.string(), shelves_.here.empty() ? "" : " and " + shelves_.here.string());
        std::fflush(stdout);
        for (;;)
            for (const std::string& name : watch->wait()) {
                if ((!job_.name.empty() && name != job_.name) || !is_module_name(name)) continue;
                if (build(name)) ask({"/module/reload", {name}});
                std::fflush(stdout);
            }
    }

    // The file that the daemon would take.
    std::optional<fs::path> object_of(const std::string& name) {
        const auto answer = answer_to({"/module/info", {name}});
        if (!answer) return std::nullopt;
        for (std::size_t i = 1; i + 1 < answer->values.size(); i += 2)
            if (text_of(answer->values[i]) == "file") return fs::path(text_of(answer->values[i + 1]).value_or(""));
        return std::nullopt;
    }

    bool test() {
        const auto file = object_of(job_.name);
        if (!file) return false;
        if (file->extension() == ".so") {
            const Verdict verdict = vet(vet_program(), *file);
            if (!verdict.passed) return refuse(fmt::format("{}: {}", job_.name, verdict.why.reason));
            fmt::print("{} passed in {:.0f} ms:", job_.name, verdict.seconds * 1000);
            for (const auto& [figure, value] : verdict.figures) fmt::print(" {} {:.4g}", figure, value);
            fmt::print("\n");
        }
        return picture();
    }

    // As docs/modules.md has them; drawn by a program that is built with the tests.
    bool picture() {
        fs::path program;
        for (fs::path folder = vet_program().parent_path(); folder.has_relative_path(); folder = folder.parent_path())
            if (const fs::path found = folder / "tests/figures/chronus-figures"; fs::exists(found)) program = found;
        if (program.empty()) {
            fmt::print("no picture: chronus-figures is not built (scripts/build --tests builds it)\n");
            return true;
        }
        // In a folder of its own: that program clears away pictures of types that it does not know.
        std::string folder = (fs::temp_directory_path() / "chronus-XXXXXX").string();
        if (!mkdtemp(folder.data())) return refuse("cannot make a folder for the picture");
        const Ran ran = run_program({program.string(), folder, job_.name});
        const fs::path picture = fs::absolute(job_.folder) / (job_.name + ".png");
        std::error_code failed;
        fs::copy_file(fs::path(folder) / "pictures" / picture.filename(), picture, fs::copy_options::overwrite_existing, failed);
        std::error_code none;
        fs::remove_all(folder, none);
        if (ran.status != 0) return refuse(ran.said);
        if (failed) return refuse(fmt::format("cannot write {}: {}", picture.string(), failed.message()));
        fmt::print("{}{}\n", ran.said, picture.string());
        return true;
    }

    bool bench() {
        const auto file = object_of(job_.name), saw = object_of("saw");
        if (!file || !saw) return false;
        if (file->extension() != ".so") return refuse(job_.name + " is made of others: bench one of them", "chronus module info " + job_.name);
        const auto figure = [](const Verdict& verdict, const char* name) {
            for (const auto& [figure, value] : verdict.figures)
                if (figure == name) return value;
            return 0.0;
        };
        const Verdict one = vet(vet_program(), *file), measure = vet(vet_program(), *saw);
        const double alone = figure(one, "ns_a_block"), many = figure(one, "ns_of_16");
        if (alone == 0) return refuse(fmt::format("{}: {}", job_.name, one.why.reason));
        fmt::print("{}: {:.0f} ns a block alone, {:.0f} ns each of 16; {:.1f} and {:.1f} saws; {:.3f} % of a processor at 48 kHz\n", job_.name, alone, many,
                   alone / figure(measure, "ns_a_block"), many / figure(measure, "ns_of_16"), alone / (1e9 * 64 / 48000) * 100);
        return true;
    }

    const ModuleJob& job_;
    DaemonLink link_;
    Shelves shelves_;
};

}  // namespace

bool work_on(const ModuleJob& job, const Place& place) { return Job(job, place).run(); }

}  // namespace chronus::hand
