#include "session/write_ahead.h"

#include <chronus/abi.h>

#include <cerrno>
#include <cmath>
#include <cstring>

#include "text/log.h"
#include "text/message_text.h"

namespace chronus {
namespace {

constexpr double kNsApart = 20'000;  // a clock that has drifted so far is told again

bool is_same(const Timeline& a, const Timeline& b) {
    return a.running == b.running && a.tempo == b.tempo && a.frame == b.frame && a.beats == b.beats;
}

bool is_played(const std::string& address) { return address.starts_with("/gate/") || address.starts_with("/note/"); }

}  // namespace

void Held::follow(const Message& message) {
    if (message.address == "/panic" || message.address == "/engine/stop" || message.address == "/session/start" || message.address == "/clear") open_.clear();
    if (!is_played(message.address)) return;
    const bool note = message.address.starts_with("/note/");
    const auto word = [&](std::size_t i) { return message.arguments.size() > i ? text_of(message.arguments[i]).value_or("") : ""; };
    const std::size_t at = note ? 1 : 0;
    const auto velocity = message.arguments.size() > at ? number_of(message.arguments[at]) : std::nullopt;
    const std::string module = message.address.substr(6) + '\n';
    if (word(0) == "off" || (!note && velocity && *velocity <= 0))  // all of them
        std::erase_if(open_, [&](const auto& one) { return one.first.starts_with(module); });
    else if (word(at) == "off" || (velocity && *velocity <= 0)) open_.erase(module + word(0));
    else open_[module + (note ? word(0) : "")] = message;
}

WriteAhead::~WriteAhead() { flush(); }

const std::string& WriteAhead::trouble() const {
    static const std::string none;
    return file_ ? file_->trouble() : none;
}

void WriteAhead::write(const std::string& address, std::vector<Argument> arguments, std::int64_t frame) {
    if (!file_) return;
    const LogTime time{.is_frame = true, .frame = std::max<std::int64_t>(frame, 0), .ntp = 0};
    file_->add(print_log_line(time, {address, std::move(arguments)}) + '\n');
    fresh_ = true;
}

Result<Done> WriteAhead::write_whole(const std::vector<Message>& studio, std::int64_t frame) {
    std::filesystem::path draft = path_;
    draft += ".new";
    std::error_code none;
    std::filesystem::remove(draft, none);
    auto opened = AppendFile::create(draft, AppendFile::Of::fresh);
    if (!opened) return opened.refusal();
    const std::unique_ptr<AppendFile> before = std::exchange(file_, std::move(*opened));
    write("/resume/begin", {std::int32_t{rate_}, port_}, frame);
    for (const Message& message : studio) write(message.address, message.arguments, frame);
    for (const auto& [opened, message] : held_.all()) write(message.address, message.arguments, frame);
    for (const auto& [number, awaited] : awaited_) write_awaited(number, awaited, frame);
    const auto timeline = std::exchange(timeline_, std::nullopt);
    const auto line = std::exchange(clock_, std::nullopt);
    if (timeline) stands(*timeline, frame);
    if (line) clock(*line);
    if (!file_->flush() || !file_->rename(path_)) {
        const std::string reason = file_->trouble().empty() ? std::strerror(errno) : file_->trouble();
        std::filesystem::remove(draft, none);
        file_ = nullptr;
        return Refusal{"file", fmt::format("the state cannot be kept: {}", reason), ""};
    }
    whole_ = file_->bytes();
    fresh_ = false;
    taken_ = true;
    return Done{};
}

void WriteAhead::add(const Message& message, std::int64_t frame) {
    held_.follow(message);
    write(message.address, message.arguments, frame);
    taken_ = false;
}

void WriteAhead::write_awaited(std::uint64_t number, const Awaited& awaited, std::int64_t frame) {
    std::vector<Argument> words{static_cast<std::int64_t>(number), awaited.musical, awaited.at, awaited.tag, awaited.message.address};
    words.insert(words.end(), awaited.message.arguments.begin(), awaited.message.arguments.end());
    write("/resume/wait", std::move(words), frame);
}

std::uint64_t WriteAhead::wait(const Awaited& awaited, std::int64_t frame) {
    awaited_[++waits_] = awaited;
    write_awaited(waits_, awaited, frame);
    return waits_;
}

void WriteAhead::waited(std::uint64_t number, std::int64_t frame) {
    if (awaited_.erase(number) > 0) write("/resume/waited", {static_cast<std::int64_t>(number)}, frame);
}

void WriteAhead::taken(std::int64_t frame) {
    if (std::exchange(taken_, true)) return;
    write("/resume/taken", {}, frame);
}

void WriteAhead::stands(const Timeline& timeline, std::int64_t frame) {
    frame_ = frame;
    if (timeline_ && chronus::is_same(*timeline_, timeline)) return;
    timeline_ = timeline;
    write("/resume/timeline", {timeline.frame, timeline.beats, std::int32_t{timeline.tempo}, timeline.running}, frame);
}

void WriteAhead::clock(const ClockLine& line) {
    if (clock_) {
        const double expected = static_cast<double>(clock_->ns) + static_cast<double>(line.frame - clock_->frame) * clock_->ns_per_frame;
        if (std::abs(static_cast<double>(line.ns) - expected) < kNsApart) return;
    }
    clock_ = line;
    write("/resume/clock", {line.ns, line.frame, line.ns_per_frame}, line.frame);
}

void WriteAhead::end(std::int64_t frame) {
    write("/resume/end", {}, frame);
    flush();
}

void WriteAhead::flush() {
    if (file_ && (fresh_ || !file_->trouble().empty())) file_->flush();
    fresh_ = false;
}

namespace {

class Reading {
public:
    Result<LeftBehind> read(const std::string& text) {
        for (std::size_t begin = 0; begin < text.size();) {
            const std::size_t end = text.find('\n', begin);
            if (end == std::string::npos) break;  // it was cut off
            const std::string_view line(text.data() + begin, end - begin);
            begin = end + 1;
            if (line.empty() || line.front() == '#') continue;
            auto one = read_log_line(line);
            if (!one) return one.refusal();
            take(one->message, one->time.frame);
        }
        end_run();
        if (all_.rate <= 0) return Refusal{"file", "it has no beginning", "chronusd"};
        for (const auto& [opened, message] : held_.all()) all_.held.push_back(message);
        for (auto& [number, awaited] : awaited_) all_.awaited.push_back(std::move(awaited));
        return std::move(all_);
    }

private:
    std::int64_t whole(const Message& message, std::size_t i) const {
        if (message.arguments.size() <= i) return 0;
        if (const auto* exact = std::get_if<std::int64_t>(&message.arguments[i])) return *exact;
        return static_cast<std::int64_t>(number_of(message.arguments[i]).value_or(0));
    }
    double number(const Message& message, std::size_t i) const { return message.arguments.size() > i ? number_of(message.arguments[i]).value_or(0) : 0; }

    void take(const Message& message, std::int64_t frame) {
        all_.frame = std::max(all_.frame, frame);
        if (message.address.starts_with("/resume/")) return take_own(message);
        const std::string& address = message.address;
        Timeline& line = all_.timeline;
        const std::int64_t then = (frame + CHRONUS_BLOCK - 1) / CHRONUS_BLOCK * CHRONUS_BLOCK;
        held_.follow(message);
        if (is_played(address)) return;
        if (address == "/play" || address == "/seq/start") {
            if (!line.running) line = line.from_start(then);
        } else if (address == "/stop" || address == "/seq/stop" || address == "/panic" || address == "/engine/stop") {
            stop(then);
        } else {
            if (address == "/clear") stop(then);
            if (address == "/tempo" || address == "/seq/bpm") line = line.with_tempo(then, static_cast<std::int32_t>(std::lround(number(message, 0) * 1000)));
            keep(message);
        }
    }
    void stop(std::int64_t frame) {
        if (all_.timeline.running) all_.timeline = all_.timeline.moved_to(frame);
        all_.timeline.running = false;
    }
    void take_own(const Message& message) {
        if (message.address == "/resume/begin") {
            all_.rate = static_cast<int>(number(message, 0));
            all_.port = static_cast<std::int32_t>(number(message, 1));
            all_.timeline.rate = all_.rate;
        } else if (message.address == "/resume/timeline") {
            all_.timeline.frame = whole(message, 0);
            all_.timeline.beats = whole(message, 1);
            all_.timeline.tempo = static_cast<std::int32_t>(whole(message, 2));
            all_.timeline.running = number(message, 3) > 0;
        } else if (message.address == "/resume/clock") {
            all_.clock = ClockLine{whole(message, 0), whole(message, 1), number(message, 2)};
        } else if (message.address == "/resume/wait" && message.arguments.size() > 4) {
            awaited_[whole(message, 0)] = {number(message, 1) > 0, whole(message, 2),
                                           {text_of(message.arguments[4]).value_or(""), {message.arguments.begin() + 5, message.arguments.end()}}, text_of(message.arguments[3]).value_or("")};
        } else if (message.address == "/resume/waited") {
            awaited_.erase(whole(message, 0));
        } else if (message.address == "/resume/end") {
            all_.clock.reset();
        }
    }
    // Of a parameter that was turned over and over, where it ended.
    void keep(const Message& message) {
        if (!message.address.starts_with("/mod/")) {
            end_run();
            all_.messages.push_back(message);
            return;
        }
        const auto [place, is_new] = run_.try_emplace(message.address, all_.messages.size());
        if (is_new) all_.messages.push_back(message);
        else all_.messages[place->second] = message;
    }
    void end_run() { run_.clear(); }

    LeftBehind all_;
    Held held_;
    std::unordered_map<std::string, std::size_t> run_;
    std::map<std::int64_t, Awaited> awaited_;
};

}  // namespace

Result<LeftBehind> read_left_behind(const std::string& text) { return Reading().read(text); }

}  // namespace chronus
