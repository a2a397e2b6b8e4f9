// Every system call of what is written may fail, or be the last one: a good file is never replaced by a broken one.
#include <fcntl.h>
#include <sndfile.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>

#include "record/recorder.h"
#include "session/write_ahead.h"
#include "studio/instrument.h"
#include "studio/merge.h"
#include "studio/scratch_folder.h"

namespace {

// Which call fails, counted from when it is set; 0: none. Of this thread only.
thread_local int calls_left = 0;
thread_local bool dies = false, stays_full = false;
thread_local bool failed = false;

bool fails() {
    if (calls_left == 0 && !(failed && stays_full)) return false;
    if (calls_left > 0 && --calls_left > 0) return false;
    if (dies) _exit(9);
    failed = true;
    errno = ENOSPC;
    return true;
}

}  // namespace

// In place of the C library's, for this program and all that it is linked to.
extern "C" {
ssize_t write(int file, const void* bytes, size_t count) {
    // Half of it may find room.
    if (fails()) return count > 1 && !stays_full ? syscall(SYS_write, file, bytes, count / 2) : -1;
    return syscall(SYS_write, file, bytes, count);
}
int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) ? va_arg(more, mode_t) : 0;
    va_end(more);
    return fails() ? -1 : static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}
int mkostemp(char* path, int flags) { return fails() ? -1 : mkostemps(path, 0, flags); }
int mkdir(const char* path, mode_t mode) noexcept { return fails() ? -1 : static_cast<int>(syscall(SYS_mkdir, path, mode)); }
// What cannot be closed well is closed all the same.
int close(int file) {
    const int done = static_cast<int>(syscall(SYS_close, file));
    return fails() ? -1 : done;
}
off_t lseek(int file, off_t offset, int whence) noexcept { return fails() ? -1 : syscall(SYS_lseek, file, offset, whence); }
// libsndfile's names for the same.
int open64(const char* path, int flags, ...) __attribute__((alias("open")));
off64_t lseek64(int file, off64_t offset, int whence) noexcept __attribute__((alias("lseek")));
int fsync(int file) { return fails() ? -1 : static_cast<int>(syscall(SYS_fsync, file)); }
int fdatasync(int file) { return fails() ? -1 : static_cast<int>(syscall(SYS_fdatasync, file)); }
int fchmod(int file, mode_t mode) noexcept { return fails() ? -1 : static_cast<int>(syscall(SYS_fchmod, file, mode)); }
int rename(const char* from, const char* to) noexcept { return fails() ? -1 : static_cast<int>(syscall(SYS_rename, from, to)); }
}

using namespace chronus;

namespace {

struct Failing {
    explicit Failing(int call, bool and_all_after = false) {
        calls_left = call;
        stays_full = and_all_after;
        failed = dies = false;
    }
    ~Failing() {
        calls_left = 0;
        reached = failed;
        failed = stays_full = false;
    }
    static inline bool reached = false;  // by the last one
};

// Does it with the first call failing, then the second, until none fails any more.
template <class Try>
int with_each_call_failing(Try&& attempt) {
    for (const bool full : {false, true})
        for (int call = 1;; ++call) {
            CAPTURE(call, full);
            REQUIRE(call < 10'000);
            attempt(call, full);
            if (!Failing::reached) {
                if (full) return call - 1;
                break;
            }
        }
    return 0;
}

}  // namespace

TEST_CASE("a patch is there whole, the old one or the new, whatever call fails", "[faults]") {
    const ScratchFolder folder;
    Instrument instrument;
    instrument.console().keep_patches_in(folder.path);
    instrument.load("create kick k freq=50\nsequence k: X...\n");
    instrument.done("save patch good");
    const std::string before = text_of_file((folder.path / "good.chr").string());
    instrument.done("set k.freq 90");
    const std::string after = instrument.done("show patch") + "\n";
    const int calls = with_each_call_failing([&](int call, bool full) {
        Outcome saved;
        {
            const Failing now(call, full);
            saved = instrument.take("save patch good");
        }
        const std::string text = text_of_file((folder.path / "good.chr").string());
        CHECK((text == before || text == after));
        if (saved.done) CHECK(text == after);
        if (Failing::reached && !saved.done) CHECK(said(saved).starts_with("file cannot write"));
        instrument.done("list patches");
        REQUIRE(PatchFolder(folder.path).write("good", before));
        for (const auto& entry : std::filesystem::directory_iterator(folder.path)) CHECK(entry.path().filename() == "good.chr");
    });
    CHECK(calls >= 8);  // make, write, mode, sync, close, rename, and the folder's open and close
}

TEST_CASE("a patch is there whole, the old one or the new, at whichever call the process is killed", "[faults]") {
    const ScratchFolder folder;
    const PatchFolder patches(folder.path);
    const std::string before = "create kick\n", after = "create hat\nset hat.level 0.5\n";
    bool died = true;
    for (int call = 1; died; ++call) {
        REQUIRE(patches.write("good", before));
        const pid_t child = fork();
        if (child == 0) {
            calls_left = call;
            dies = true;
            const bool written = static_cast<bool>(patches.write("good", after));
            _exit(written ? 0 : 1);
        }
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        died = WEXITSTATUS(status) == 9;
        const auto text = patches.read("good");
        REQUIRE(text);
        CAPTURE(call);
        CHECK((*text == before || *text == after));
        if (!died) CHECK(*text == after);
    }
}

TEST_CASE("what is written ahead can be read at any time, whatever call fails, and all that was flushed is in it", "[faults]") {
    const ScratchFolder folder;
    const auto file = folder.path / "ahead.osc";
    const auto messages_in = [&] {
        const auto left = read_left_behind(text_of_file(file.string()));
        REQUIRE(left);
        return left->messages;
    };
    const std::vector<Message> first{{"/create", {std::string("kick"), std::string("k")}}}, second{{"/create", {std::string("hat"), std::string("h")}}};
    const int calls = with_each_call_failing([&](int call, bool full) {
        WriteAhead ahead(file, 48000, 5005);
        REQUIRE(ahead.write_whole(first, 0));
        ahead.add({"/mute", {std::string("k")}}, 64);
        ahead.flush();
        bool whole = false;
        {
            const Failing now(call, full);
            whole = static_cast<bool>(ahead.write_whole(second, 128));
        }
        const auto messages = messages_in();
        if (whole) CHECK(messages == second);
        else CHECK(messages.size() == 2);
    });
    CHECK(calls >= 2);
}

TEST_CASE("a recording on a disk that fills up is valid up to there, and told", "[faults]") {
    const ScratchFolder folder;
    for (const char* name : {"a.wav", "a.flac"}) {
        int readable = 0;
        for (int call = 1; call < 40; ++call) {
            const auto path = folder.path / (std::to_string(call) + name);
            std::int64_t written = 0;
            bool told = false;
            {
                const Failing now(call, true);
                auto file = TakeFile::create(path, 48000, "24");
                if (file) {
                    std::vector<float> block(2 * 4800, 0.25f);
                    for (int i = 0; i < 50 && file->write(block.data(), 4800); ++i)
                        if (i % 10 == 0) file->update();
                    file->close();
                    told = !file->trouble().empty();
                    written = file->frames();
                } else {
                    told = true;
                }
            }
            CAPTURE(name, call);
            if (Failing::reached) CHECK(told);
            SF_INFO info{};
            SNDFILE* opened = sf_open(path.c_str(), SFM_READ, &info);
            if (!opened) continue;
            ++readable;
            // How much of a FLAC there is stands in its header only once that could be written again.
            std::vector<float> all(2 * 4800);
            std::int64_t found = 0;
            for (sf_count_t read = 1; read > 0; found += read) read = sf_readf_float(opened, all.data(), 4800);
            CHECK(found <= written);
            sf_close(opened);
        }
        CHECK(readable > 0);
    }
}

TEST_CASE("a session log that cannot be made is refused, and nothing is there that was not", "[faults]") {
    const ScratchFolder folder;
    const int calls = with_each_call_failing([&](int call, bool full) {
        const auto path = folder.path / "sessions" / (std::to_string(call) + (full ? "full" : "once") + ".osc");
        bool made = false;
        {
            const Failing now(call, full);
            made = static_cast<bool>(AppendFile::create(path, AppendFile::Of::fresh));
        }
        CHECK(made == std::filesystem::exists(path));
        std::filesystem::remove_all(folder.path / "sessions");
    });
    CHECK(calls >= 2);
}

TEST_CASE("a log on a disk that fills up keeps its lines, and goes on where there is room again", "[faults]") {
    const ScratchFolder folder;
    for (int call = 1; call < 12; ++call) {
        const auto path = folder.path / ("log" + std::to_string(call));
        std::string wanted;
        {
            auto file = AppendFile::create(path);
            REQUIRE(file);
            for (int i = 0; i < 10; ++i) {
                const std::string line = "@" + std::to_string(i) + " /play\n";
                wanted += line;
                (*file)->add(line);
                const Failing now(i == call ? 1 : 0, call % 2 == 0);
                (*file)->flush();
            }
        }
        CHECK(text_of_file(path.string()) == wanted);
    }
}
