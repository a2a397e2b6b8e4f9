#include "workbench/build.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

#include "host/module_path.h"
#include "workbench/program.h"

namespace chronus {
namespace fs = std::filesystem;

namespace {

bool is_file(const fs::path& file) {
    std::error_code none;
    return fs::is_regular_file(file, none);
}

// Modules of the source tree go where its build has them; the user's own stay where they are.
fs::path folder_for(const Recipe& recipe, const fs::path& source, const fs::path& own) {
    std::error_code none;
    if (!recipe.modules.empty() && fs::equivalent(source.parent_path(), recipe.sources, none)) return recipe.modules;
    return own;
}

Refusal refused(std::string said) {
    if (said.find("could not convert") != std::string::npos && said.find("bool") != std::string::npos)
        said += "hint: F may be many numbers at once: in place of if and ?: use select(condition, a, b)\n";
    if (said.find("has no member named") != std::string::npos && said.find("Clock") != std::string::npos)
        said += "hint: a Clock has rate, step, beat, tempo, frame, plays\n";
    while (!said.empty() && said.back() == '\n') said.pop_back();
    return {"compile", said, ""};
}

// With its own layout, by which a reload knows whether the state may be kept.
Ran compile(const Recipe& recipe, const std::string& name, const fs::path& source, const fs::path& draft, const fs::path& layout) {
    const Ran hashed = run_program({recipe.awk, "-f", recipe.layout.string(), "-v", "include=" + recipe.include.string(), source.string()});
    if (hashed.status != 0) return hashed;
    std::ofstream(layout) << hashed.said;
    std::vector<std::string> words;
    if (!recipe.launcher.empty()) words.push_back(recipe.launcher);
    words.push_back(recipe.compiler);
    words.insert(words.end(), recipe.flags.begin(), recipe.flags.end());
    if (isatty(STDERR_FILENO)) words.emplace_back("-fdiagnostics-color=always");
    words.push_back("-DCHRONUS_NAME=\"" + name + "\"");  // what cannot say it itself is called so
    for (const std::string& word : {std::string("-I"), recipe.include.string(), std::string("-include"), layout.string(), std::string("-o"), draft.string(), source.string()})
        words.push_back(word);
    return run_program(words);
}

// Faust's C++ for a module, with what makes one of it around it.
Result<fs::path> from_faust(const Recipe& recipe, const fs::path& source, const fs::path& folder) {
    const std::string name = source.stem().string();
    const fs::path made = folder / ("." + name + "-faust.cpp");
    if (recipe.faust.empty() || !is_file(recipe.faust)) return Refusal{"file", "the daemon knows no way to make modules of Faust's code", ""};
    const Ran ran = run_program({"faust", "-lang", "cpp", "-cn", "FaustDsp", "-a", recipe.faust.string(), "-o", made.string(), source.string()});
    if (ran.status == -1) return Refusal{"missing", "the program faust is not installed: apt install faust", ""};
    if (ran.status != 0) return refused(ran.said);
    return made;
}

}  // namespace

Shelves Shelves::around(const fs::path& folder) {
    Shelves shelves{user_module_folder(), {}};
    std::error_code none;
    if (is_file(folder / "include/chronus/module.h")) shelves.here = fs::absolute(folder / "modules", none);
    return shelves;
}

std::optional<fs::path> Shelves::find(const std::string& name) const {
    for (const fs::path& folder : {own, here})
        for (const char* ending : {".cpp", ".dsp", ".chr"})
            if (const fs::path file = folder / (name + ending); !folder.empty() && is_file(file)) return file;
    return std::nullopt;
}

Result<Built> build_module(const Recipe& recipe, const fs::path& source, const fs::path& own_folder) {
    const auto begin = std::chrono::steady_clock::now();
    if (source.extension() == ".chr") return Built{source, "", 0};
    const fs::path folder = folder_for(recipe, source, own_folder);
    const std::string name = source.stem().string();
    std::error_code failed;
    fs::create_directories(folder, failed);
    fs::path text = source;
    if (source.extension() == ".dsp") {
        const auto made = from_faust(recipe, source, folder);
        if (!made) return made.refusal();
        text = *made;
    }
    const fs::path draft = folder / ("." + name + "-draft.so"), layout = folder / ("." + name + "-layout.h");
    const Ran ran = compile(recipe, name, text, draft, layout);
    if (ran.status != 0) return refused(ran.said);
    const fs::path file = folder / (name + ".so");
    fs::rename(draft, file, failed);
    if (failed) return Refusal{"file", fmt::format("cannot write {}: {}", file.string(), failed.message()), ""};
    return Built{file, ran.said, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()};
}

}  // namespace chronus
