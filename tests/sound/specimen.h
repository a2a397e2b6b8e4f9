// One module under test: loaded from the module path by its name, alone on a batch of one, rendered block by
// block with parameters that stay put, signals frame by frame, and notes. Nothing smooths what a test sets.
#pragma once
#include <chronus/abi.h>
#include <dlfcn.h>
#include <xmmintrin.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace sound {

using Samples = std::vector<float>;

class Specimen {
public:
    explicit Specimen(const std::string& name, double rate = 48000, uint64_t seed = 1) : rate_(rate) {
        const std::string file = std::string(CHRONUS_MODULE_PATH) + "/" + name + ".so";
        object_ = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!object_) throw std::runtime_error(dlerror());
        type_ = reinterpret_cast<chronus_entry>(dlsym(object_, CHRONUS_ENTRY))();
        state_.reset(static_cast<char*>(std::aligned_alloc(64, (type_->state_size + 63) / 64 * 64)));
        type_->reset(state_.get(), seed);
        arena_.take = take;
        arena_.owner = this;
        if (type_->prepare) type_->prepare(state_.get(), &arena_, rate);
        for (uint32_t i = 0; i < type_->input_count; ++i)
            inputs_[type_->inputs[i].name].value = type_->inputs[i].initial;
    }
    Specimen(const Specimen&) = delete;
    ~Specimen() { dlclose(object_); }

    const chronus_module_type& type() const { return *type_; }

    // From the next block on.
    Specimen& set(const std::string& input, float value) {
        feed_of(input) = {value, {}, {}, 0};
        return *this;
    }
    // A recording or a wavetable, which must live as long as this.
    Specimen& load(const std::string& input, const chronus_sound& sound) {
        sounds_.resize(CHRONUS_SOUNDS);
        sounds_[++last_sound_] = sound;
        return set(input, float(last_sound_));
    }
    // From the next frame on; the last value stays.
    Specimen& feed(const std::string& input, Samples samples) {
        feed_of(input) = {samples.empty() ? 0 : samples.back(), std::move(samples), {}, 0};
        return *this;
    }
    // A note from `start` frames after now, held for `length`; may be called several times, in order.
    Specimen& note(size_t start, size_t length, float velocity = 1, const std::string& input = "gate") {
        Feed& feed = feed_of(input);
        start += feed.at;
        feed.samples.resize(std::max(feed.samples.size(), start + length + 1));
        feed.onsets.resize(feed.samples.size());
        for (size_t i = start; i < start + length; ++i) feed.samples[i] = velocity;
        feed.onsets[start] = 0.5f;
        feed.value = 0;
        return *this;
    }

    // From the next block on the transport runs from there, or stands where it has come to.
    Specimen& play(double tempo, double beat) {
        beat_ = beat, tempo_ = tempo, plays_ = true, since_ = frame_;
        return *this;
    }
    Specimen& swing(float part) {
        swing_ = part;
        return *this;
    }
    Specimen& stop() {
        beat_ = beat_at(frame_), plays_ = false;
        return *this;
    }

    // The outputs by name, `frames` rounded up to whole blocks.
    std::map<std::string, Samples> render(size_t frames) {
        const unsigned mode = _mm_getcsr();
        _mm_setcsr(mode | 0x8040);  // denormals are zero, as on the audio thread
        std::map<std::string, Samples> takes;
        for (size_t at = 0; at < frames; at += CHRONUS_BLOCK) block(takes);
        _mm_setcsr(mode);
        return takes;
    }
    Samples render(size_t frames, const std::string& output) { return render(frames).at(output); }

private:
    struct Feed {
        float value = 0;
        Samples samples, onsets;
        size_t at = 0;
        float buffer[2][CHRONUS_BLOCK]{};
    };
    struct Arena : chronus_arena {
        Specimen* owner;
    };

    Feed& feed_of(const std::string& input) {
        const auto found = inputs_.find(input);
        if (found == inputs_.end())
            throw std::runtime_error(std::string(type_->name) + " has no input " + input);
        return found->second;
    }

    static void* take(chronus_arena* arena, size_t bytes, size_t alignment) {
        auto& pieces = static_cast<Arena*>(arena)->owner->pieces_;
        pieces.emplace_back(static_cast<char*>(std::aligned_alloc(64, (bytes + 63) / 64 * 64)));
        if (alignment > 64) throw std::runtime_error("an alignment beyond 64");
        std::memset(pieces.back().get(), 0, bytes);
        return pieces.back().get();
    }

    static chronus_signal signal_of(Feed& feed) {
        chronus_signal signal{nullptr, nullptr, feed.value};
        if (feed.at >= feed.samples.size()) return signal;
        for (size_t i = 0; i < CHRONUS_BLOCK; ++i, ++feed.at) {
            feed.buffer[0][i] = feed.at < feed.samples.size() ? feed.samples[feed.at] : feed.value;
            feed.buffer[1][i] = feed.at < feed.onsets.size() ? feed.onsets[feed.at] : 0;
            if (feed.buffer[1][i] > 0) signal.onsets = feed.buffer[1];
        }
        signal.samples = feed.buffer[0];
        return signal;
    }

    void block(std::map<std::string, Samples>& takes) {
        std::vector<chronus_signal> in;
        for (uint32_t i = 0; i < type_->input_count; ++i)
            in.push_back(signal_of(inputs_[type_->inputs[i].name]));
        std::vector<float*> out;
        for (uint32_t o = 0; o < type_->output_count; ++o) {
            Samples& samples = takes[type_->outputs[o].name];
            samples.resize(samples.size() + CHRONUS_BLOCK);
            out.push_back(samples.data() + samples.size() - CHRONUS_BLOCK);
        }
        const chronus_unit unit{state_.get(), in.data(), out.data()};
        const chronus_clock clock{rate_, frame_, beat_at(frame_), tempo_, plays_, swing_, sounds_.empty() ? nullptr : sounds_.data(), 0};
        type_->process(&unit, 1, &clock);
        frame_ += CHRONUS_BLOCK;
    }

    double beat_at(int64_t frame) const {
        return beat_ + (plays_ ? double(frame - since_) * tempo_ / (60 * rate_) : 0);
    }

    struct Free {
        void operator()(char* p) const { std::free(p); }
    };
    using Piece = std::unique_ptr<char, Free>;

    void* object_;
    const chronus_module_type* type_;
    double rate_;
    int64_t frame_ = 0, since_ = 0;
    double beat_ = 0, tempo_ = 120;
    bool plays_ = false;
    float swing_ = 0;
    std::map<std::string, Feed> inputs_;
    std::vector<chronus_sound> sounds_;
    size_t last_sound_ = 0;
    Arena arena_{};
    std::vector<Piece> pieces_;
    Piece state_;
};

}  // namespace sound
