// Folders for a test to fill, gone when it ends.
#pragma once
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace chronus {

class TemporaryFolder {
public:
    TemporaryFolder() : path_((std::filesystem::temp_directory_path() / "chronus-test-XXXXXX").string()) {
        if (!mkdtemp(path_.data())) std::abort();
    }
    ~TemporaryFolder() { std::filesystem::remove_all(path_); }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    std::filesystem::path path() const { return path_; }
    std::filesystem::path write(const std::string& name, std::string_view text) const {
        std::filesystem::create_directories((path() / name).parent_path());
        std::ofstream(path() / name, std::ios::binary) << text;
        return path() / name;
    }
    // From the folder of objects that were built for the tests.
    std::filesystem::path copy(const std::string& fixture) const {
        const std::filesystem::path from = std::filesystem::path(CHRONUS_FIXTURE_PATH) / fixture;
        std::filesystem::copy_file(from, path() / from.filename(),
                                   std::filesystem::copy_options::overwrite_existing);
        return path() / from.filename();
    }

private:
    std::string path_;
};

}  // namespace chronus
