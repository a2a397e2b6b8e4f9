// The page of the modules has a picture and figures for each type, and none for a type that is gone.
#include <algorithm>
#include <filesystem>
#include <set>

#include "studio/instrument.h"
#include "studio/schema.h"

using namespace chronus;
namespace fs = std::filesystem;

namespace {

using Names = std::set<std::string>;

const std::string kDocs = CHRONUS_SOURCE_PATH "/docs/";

Names types() {
    Instrument studio;
    Names names;
    for (const auto& [name, type] : studio.console().types().all()) names.insert(name);
    return names;
}

}  // namespace

TEST_CASE("each module type has its figures and its picture, and nobody else has", "[docs]") {
    // If not: scripts/figures TYPE
    Names measured, drawn;
    for (const auto& [name, sentences] : read_figures(text_of_file(kDocs + "figures.txt"))) {
        CAPTURE(name);
        measured.insert(name);
        CHECK(sentences.size() >= 2);
        CHECK(std::count_if(sentences.begin(), sentences.end(), [](const std::string& told) { return told.starts_with("Costs "); }) == 1);
    }
    for (const fs::directory_entry& picture : fs::directory_iterator(kDocs + "pictures")) {
        CAPTURE(picture.path().string());
        CHECK(picture.path().extension() == ".png");
        CHECK(fs::file_size(picture) > 300);
        CHECK(fs::file_size(picture) < 12000);
        CHECK(text_of_file(picture.path().string()).starts_with("\x89PNG"));
        drawn.insert(picture.path().stem().string());
    }
    CHECK(measured == types());
    CHECK(drawn == types());
}

TEST_CASE("figures are read as they are printed, and stand under their type on the page", "[docs]") {
    const Figures figures{{"saw", {"Peak 1 dB.", "Costs 1."}}, {"sine", {"Peak 0 dB."}}};
    CHECK(read_figures(print_figures(figures)) == figures);
    CHECK(read_figures("").empty());
    CHECK(read_figures("  a sentence of nobody\nsaw\n  Peak 1 dB.\n").size() == 1);

    Instrument studio;
    const std::string page = module_reference(studio.console().types(), figures);
    const std::size_t saw = page.find("\n## saw\n"), picture = page.find("![saw](pictures/saw.png)\n\nPeak 1 dB. Costs 1.\n");
    REQUIRE(saw != std::string::npos);
    CHECK(picture > saw);
    CHECK(picture < page.find("\n## shift\n"));
    CHECK(page.find("![ladder]") == std::string::npos);
    CHECK(module_reference(studio.console().types()).find("![") == std::string::npos);
}
