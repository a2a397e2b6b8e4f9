// Measures module types and draws their pictures: FOLDER/figures.txt and FOLDER/pictures/TYPE.png.
// usage: chronus-figures FOLDER [TYPE…]     without types all of them, and what is left of types that are gone goes
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "figures/cost.h"
#include "figures/measures.h"
#include "figures/pictures.h"
#include "host/module_path.h"
#include "studio/schema.h"

namespace fs = std::filesystem;
using namespace chronus;
using namespace chronus::figures;

namespace {

bool is_bench(const Type& type) { return type.file.starts_with(CHRONUS_BENCH_PATH); }

void measure(const Type& type, const Type& saw, Figures& figures, const fs::path& pictures) {
    const Subject subject = subject_of(type);
    std::vector<std::string> told = measures_of(subject);
    std::string before;
    for (const std::string& sentence : figures[type.name])
        if (sentence.starts_with("Costs ")) before = sentence;
    told.push_back(cost_told(cost_of(subject, saw), before));
    figures[type.name] = std::move(told);
    picture_of(subject).save((pictures / (type.name + ".png")).string());
    fmt::print("{}: {}\n", type.name, fmt::join(figures[type.name], " "));
    std::fflush(stdout);
}

void forget_the_gone(const Types& types, Figures& figures, const fs::path& pictures) {
    std::erase_if(figures, [&](const auto& entry) { return !types.all().contains(entry.first); });
    for (const fs::directory_entry& picture : fs::directory_iterator(pictures))
        if (!types.all().contains(picture.path().stem().string())) fs::remove(picture.path());
}

int run(const fs::path& folder, const std::vector<std::string>& wanted) {
    const Types types(library());
    const fs::path file = folder / "figures.txt", pictures = folder / "pictures";
    fs::create_directories(pictures);
    std::ostringstream text;
    if (std::ifstream in(file); in) text << in.rdbuf();
    Figures figures = read_figures(text.str());
    forget_the_gone(types, figures, pictures);
    std::ofstream(file) << print_figures(figures);
    for (const auto& [name, type] : types.all())
        if (!is_bench(type) && (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end())) {
            try {
                measure(type, types.all().at("saw"), figures, pictures);
            } catch (const std::exception& error) {
                throw std::runtime_error(name + ": " + error.what());
            }
            std::ofstream(file) << print_figures(figures);
        }
    return 0;
}

}  // namespace

int main(int count, char** words) {
    if (count < 2) return fmt::print(stderr, "usage: chronus-figures FOLDER [TYPE…]\n"), 2;
    // Those that are named may be one's own.
    if (const auto own = user_module_folder(); count > 2 && fs::is_directory(own)) more_folders().push_back(own);
    try {
        return run(words[1], {words + 2, words + count});
    } catch (const std::exception& error) {
        return fmt::print(stderr, "chronus-figures: {}\n", error.what()), 1;
    }
}
