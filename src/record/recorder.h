// Records what is heard: has the audio thread copy it, and writes it on a thread beside the others.
#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "handoff/mailbox.h"
#include "record/past_sound.h"
#include "record/take.h"
#include "studio/recordings.h"

namespace chronus {

struct RecordPlaces {
    std::filesystem::path recordings;  // where files go; empty: there is none
    std::filesystem::path past;        // of the last minutes; empty: they are not kept
    double past_minutes = 10;
    bool past_goes_on = false;         // what is there from before belongs to it
};

class Recorder final : public Recordings {
public:
    static constexpr std::size_t kTakes = 6;   // at once
    static constexpr std::size_t kStems = 32;  // of one

    Recorder(Mailbox& mail, int rate, RecordPlaces places);
    // [studio] Once the audio thread has stopped: what it told last is written, and the files are closed.
    ~Recorder() override;

    Result<std::string> start(const RecordWish& wish) override;
    Result<std::vector<std::string>> stop(std::int64_t frame) override;
    Words status() override;
    Result<std::pair<std::string, std::int64_t>> keep(const PastWish& wish) override;
    std::vector<std::pair<std::string, std::string>> poll() override;

private:
    struct Cut {
        PastWish wish;
        std::filesystem::path file;
    };
    struct Running {
        std::shared_ptr<Take> take;
        std::string file;
        bool told_trouble = false, ending = false;
    };
    Result<std::filesystem::path> place_for(const std::string& name) const;
    void work(const std::stop_token& stop);
    void work_once();
    void drain();
    void cut(const Cut& cut);
    void say(std::string what, std::string of);

    // [studio]
    Mailbox& mail_;
    const int rate_;
    const RecordPlaces places_;
    std::vector<Running> running_;

    // Between the two.
    std::mutex mutex_;
    std::vector<std::shared_ptr<Take>> takes_;
    std::deque<Cut> cuts_;
    std::vector<std::pair<std::string, std::string>> happened_;
    std::atomic<std::int64_t> past_begin_{0}, past_end_{0};

    // [recording]
    std::shared_ptr<Take> always_;  // of the master, for the past
    std::optional<PastSound> past_;
    std::string told_trouble_;
    std::jthread thread_;  // the last: it ends before what it works with goes
};

}  // namespace chronus
