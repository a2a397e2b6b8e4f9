// A program of ours as a process of its own, whose output is read and which ends when the test does.
#pragma once
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "osc/descriptor.h"

extern char** environ;

namespace chronus {

struct Ended {
    int status = -1;  // of exit; 1000 and the signal's number if a signal ended it
    std::string out, err;
};

// A folder of its own that goes with it.
class Folder {
public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "chronus-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("cannot make a folder");
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string operator/(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

// Where those leave their sessions that have no home of their own.
inline const std::string& shared_home() {
    static const Folder folder;
    static const std::string home = folder / "home";
    return home;
}

class Process {
public:
    // `settings`: of its environment, NAME=VALUE; before others of the same name.
    Process(const std::string& program, const std::vector<std::string>& arguments, const std::string& input = "",
            const std::vector<std::string>& settings = {}, const std::string& home = "") {
        int in[2], out[2], err[2];
        if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || pipe2(err, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe is left");
        const Descriptor read_in(in[0]), write_out(out[1]), write_err(err[1]);
        Descriptor write_in(in[1]);
        out_ = Descriptor(out[0]);
        err_ = Descriptor(err[0]);

        posix_spawn_file_actions_t pipes;
        posix_spawn_file_actions_init(&pipes);
        posix_spawn_file_actions_adddup2(&pipes, in[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&pipes, out[1], STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&pipes, err[1], STDERR_FILENO);
        std::vector<char*> words{const_cast<char*>(program.c_str())};
        for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
        words.push_back(nullptr);
        std::vector<char*> variables;
        for (const std::string& setting : settings) variables.push_back(const_cast<char*>(setting.c_str()));
        for (char** variable = environ; *variable; ++variable)
            if (!std::string_view(*variable).starts_with("CHRONUS_") && !is_set(settings, *variable)) variables.push_back(*variable);
        const std::string modules = "CHRONUS_MODULE_PATH=" CHRONUS_MODULE_PATH + (home == "" ? "" : ":" + home + "/modules");
        variables.push_back(const_cast<char*>(modules.c_str()));
        // Sessions and recordings go where the test's own files go.
        const std::string state = "XDG_STATE_HOME=" + (home == "" ? shared_home() : home), data = "XDG_DATA_HOME=" + home;
        const auto put = [&](const std::string& variable) {
            if (is_set(settings, variable)) return;
            const std::string name = variable.substr(0, variable.find('=') + 1);
            std::erase_if(variables, [&](const char* one) { return std::string_view(one).starts_with(name); });
            variables.push_back(const_cast<char*>(variable.c_str()));
        };
        put(state);
        if (home != "") put(data);
        variables.push_back(nullptr);
        const int failed =
            posix_spawn(&id_, program.c_str(), &pipes, nullptr, words.data(), variables.data());
        posix_spawn_file_actions_destroy(&pipes);
        if (failed != 0) throw std::runtime_error("cannot run " + program);
        if (write(write_in.get(), input.data(), input.size()) != static_cast<ssize_t>(input.size()))
            throw std::runtime_error("it does not listen");
    }
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process() {
        if (id_ == 0) return;
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }

    pid_t id() const { return id_; }
    void signal(int number) const { kill(id_, number); }

    // The first line of its output that has these words in it.
    std::string wait_for_line(const std::string& words) {
        for (;;) {
            for (std::size_t begin = 0, end; (end = out_text_.find('\n', begin)) != std::string::npos;
                 begin = end + 1)
                if (const std::string line = out_text_.substr(begin, end - begin);
                    line.find(words) != std::string::npos)
                    return line;
            if (!read_more())
                throw std::runtime_error("it ended without saying: " + words + "\n" + err_text_);
        }
    }
    Ended wait_for_end() {
        while (read_more()) {
        }
        int status = 0;
        for (; waitpid(id_, &status, WNOHANG) == 0; std::this_thread::sleep_for(std::chrono::milliseconds(2)))
            if (std::chrono::steady_clock::now() > give_up_) throw std::runtime_error("it does not end");
        id_ = 0;
        return {WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status), out_text_, err_text_};
    }

private:
    static bool is_set(const std::vector<std::string>& settings, std::string_view variable) {
        const std::string_view name = variable.substr(0, variable.find('=') + 1);
        for (const std::string& setting : settings)
            if (setting.starts_with(name)) return true;
        return false;
    }
    // False at the end of all that it says.
    bool read_more() {
        pollfd pipes[2] = {{out_.get(), POLLIN, 0}, {err_.get(), POLLIN, 0}};
        if (!out_ && !err_) return false;
        if (std::chrono::steady_clock::now() > give_up_)
            throw std::runtime_error("it goes on and on:\n" + err_text_);
        poll(pipes, 2, 1000);
        if (pipes[0].revents) take(out_, out_text_);
        if (pipes[1].revents) take(err_, err_text_);
        return true;
    }
    static void take(Descriptor& pipe, std::string& text) {
        char some[4096];
        const ssize_t size = read(pipe.get(), some, sizeof some);
        if (size <= 0)
            pipe = Descriptor();
        else
            text.append(some, static_cast<std::size_t>(size));
    }

    pid_t id_ = 0;
    Descriptor out_, err_;
    std::string out_text_, err_text_;
    const std::chrono::steady_clock::time_point give_up_ =
        std::chrono::steady_clock::now() + std::chrono::seconds(120);
};

inline Ended run(const std::string& program, const std::vector<std::string>& arguments, const std::string& input = "",
                 const std::vector<std::string>& settings = {}) {
    return Process(program, arguments, input, settings).wait_for_end();
}

}  // namespace chronus
