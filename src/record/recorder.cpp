#include "record/recorder.h"

#include <chrono>
#include <fstream>

#include "text/message_text.h"

namespace chronus {

namespace fs = std::filesystem;

namespace {

constexpr auto kTurn = std::chrono::milliseconds(20);
constexpr const char* kExample = "record start jam.flac bar";

}  // namespace

Recorder::Recorder(Mailbox& mail, int rate, RecordPlaces places) : mail_(mail), rate_(rate), places_(std::move(places)) {
    if (!places_.past.empty() && places_.past_minutes > 0) {
        always_ = std::make_shared<Take>(std::vector<EarTarget>{EarTarget{}}, rate_, 0);
        past_.emplace(places_.past, rate_, places_.past_minutes, places_.past_goes_on);
        mail_.send({.kind = EventKind::record, .pointer = &always_->reel});
    }
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Recorder::~Recorder() {
    thread_.request_stop();
    thread_.join();
    work_once();
    for (const auto& take : takes_) take->close();
}

// A name, with its ending; never a path.
Result<fs::path> Recorder::place_for(const std::string& name) const {
    if (places_.recordings.empty()) return Refusal{"file", "there is no folder for recordings: neither XDG_DATA_HOME nor HOME is set", kExample};
    const fs::path file = name;
    if (file.extension() != ".wav" && file.extension() != ".flac")
        return Refusal{"file", fmt::format("{} is neither .wav nor .flac", name), kExample};
    if (name.find('/') != std::string::npos || name.front() == '.') return Refusal{"file", fmt::format("{} is no name of a file", name), kExample};
    std::error_code none;
    if (fs::exists(places_.recordings / file, none)) return Refusal{"taken", fmt::format("there is a recording {} already", name), kExample};
    return places_.recordings / file;
}

Result<std::string> Recorder::start(const RecordWish& wish) {
    for (Running& running : running_) {
        if (running.take->from != INT64_MAX || fs::path(running.file).filename() != wish.name || wish.from == kLater) continue;
        running.take->from = wish.from;
        return running.file;
    }
    const auto file = place_for(wish.name);
    if (!file) return file.refusal();
    if (running_.size() >= kTakes) return Refusal{"busy", fmt::format("there are {} recordings under way", kTakes), "record stop"};
    if (wish.stems.size() > kStems) return Refusal{"range", fmt::format("a recording has at most {} stems", kStems), kExample};
    std::vector<EarTarget> targets{EarTarget{}};
    for (const RecordWish::Stem& stem : wish.stems) targets.push_back(stem.target);
    auto take = std::make_shared<Take>(targets, rate_, wish.from);
    std::vector<std::string> names{""};
    for (const RecordWish::Stem& stem : wish.stems) {
        std::string name = " " + stem.name;
        std::replace(name.begin(), name.end(), '/', '-');
        names.push_back(name);
    }
    for (const std::string& name : names) {
        fs::path own = *file;
        own.replace_filename(file->stem().string() + name + file->extension().string());
        auto made = TakeFile::create(own, rate_, wish.samples);
        if (!made) return made.refusal();
        take->files.push_back(std::move(*made));
    }
    if (!mail_.send({.kind = EventKind::record, .pointer = &take->reel}))
        return Refusal{"busy", "the audio thread does not keep up", "status"};
    running_.push_back({take, file->string()});
    const std::lock_guard lock(mutex_);
    takes_.push_back(take);
    return file->string();
}

Result<std::vector<std::string>> Recorder::stop(std::int64_t frame) {
    std::vector<std::string> files;
    for (Running& running : running_) {
        if (running.take->to != INT64_MAX) continue;
        running.take->to = frame;
        files.push_back(running.file);
    }
    if (files.empty()) return Refusal{"unknown", "nothing is being recorded", kExample};
    return files;
}

Words Recorder::status() {
    Words words{std::string("recording"), static_cast<std::int32_t>(running_.size())};
    const auto add = [&](const char* name, Argument value) {
        words.push_back(std::string(name));
        words.push_back(std::move(value));
    };
    for (const Running& running : running_) {
        add("file", running.file);
        add("seconds", static_cast<float>(static_cast<double>(running.take->written()) / rate_));
        add("lost_frames", running.take->lost());
        if (const std::string trouble = running.take->trouble(); !trouble.empty()) add("trouble", trouble);
    }
    add("past_seconds", static_cast<float>(static_cast<double>(past_end_ - past_begin_) / rate_));
    return words;
}

Result<std::pair<std::string, std::int64_t>> Recorder::keep(const PastWish& wish) {
    const auto file = place_for(wish.name);
    if (!file) return file.refusal();
    if (!always_) return Refusal{"unknown", "the past is not kept: the daemon was told so", "chronusd"};
    const std::int64_t from = std::max(wish.from, past_begin_.load());
    if (from >= wish.to) return Refusal{"range", "nothing of that is kept", "record last 16 bars jam.flac"};
    const std::lock_guard lock(mutex_);
    cuts_.push_back({wish, *file});
    cuts_.back().wish.from = from;
    return std::pair(file->string(), from);
}

std::vector<std::pair<std::string, std::string>> Recorder::poll() {
    for (Running& running : running_) {
        if (const std::string trouble = running.take->trouble(); !trouble.empty() && !std::exchange(running.told_trouble, true)) say("trouble", trouble);
        if (running.take->closed && !running.ending) running.ending = mail_.send({.kind = EventKind::record_end, .pointer = &running.take->reel});
    }
    const std::lock_guard lock(mutex_);
    std::erase_if(running_, [&](const Running& running) {
        if (!running.take->reel.returned) return false;
        std::erase(takes_, running.take);
        happened_.emplace_back("recorded", running.file);
        return true;
    });
    return std::exchange(happened_, {});
}

void Recorder::say(std::string what, std::string of) {
    const std::lock_guard lock(mutex_);
    happened_.emplace_back(std::move(what), std::move(of));
}

void Recorder::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        work_once();
        std::this_thread::sleep_for(kTurn);
    }
}

void Recorder::work_once() {
    drain();
    std::optional<Cut> next;
    {
        const std::lock_guard lock(mutex_);
        if (!cuts_.empty() && past_ && past_->end() >= cuts_.front().wish.to) {
            next = cuts_.front();
            cuts_.pop_front();
        }
    }
    if (next) cut(*next);
}

void Recorder::drain() {
    std::vector<std::shared_ptr<Take>> takes;
    {
        const std::lock_guard lock(mutex_);
        takes = takes_;
    }
    for (const auto& take : takes) take->write();
    if (!past_) return;
    for (const EarBlock* block = always_->reel.next(); block; block = always_->reel.next()) {
        past_->add(*block);
        always_->reel.drop();
    }
    past_begin_ = past_->begin();
    past_end_ = past_->end();
    if (!past_->trouble.empty() && told_trouble_ != past_->trouble) say("trouble", past_->trouble);
    told_trouble_ = past_->trouble;
}

void Recorder::cut(const Cut& cut) {
    const auto done = past_->cut(cut.file, cut.wish.from, cut.wish.to, [this] { drain(); });
    if (!done) return say("trouble", done.refusal().reason);
    if (!cut.wish.log.empty()) {
        fs::path log = cut.file;
        std::ifstream from(cut.wish.log, std::ios::binary);
        std::ofstream to(log.replace_extension(".osc"), std::ios::binary);
        to << "# " << cut.wish.about << "\n" << from.rdbuf();
        if (!to.flush()) say("trouble", "cannot write " + log.string());
    }
    say("recorded", cut.file.string());
}

}  // namespace chronus
