// Modules of one type with everything that a host gives them, fenced in: what they write outside of
// their states and outputs is found, and so is an output that they leave unwritten.
#pragma once
#include <xmmintrin.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <vector>

#include "handoff/realtime_scope.h"
#include "host/arena.h"
#include "host/module_type.h"
#include "laws/sounds.h"

namespace chronus::laws {

// Denormals are zero on every thread that renders.
class FlushToZero {
public:
    FlushToZero() : before_(_mm_getcsr()) { _mm_setcsr(before_ | 0x8040); }
    ~FlushToZero() { _mm_setcsr(before_); }
    FlushToZero(const FlushToZero&) = delete;
    FlushToZero& operator=(const FlushToZero&) = delete;

private:
    unsigned before_;
};

class Rig {
public:
    Rig(const ModuleType& type, std::size_t count, double rate = 48000, std::uint64_t seed = 1)
        : type_(type.descriptor()), count_(count), rate_(rate), seed_(seed), arenas_(count), units_(count) {
        const std::size_t alignment = std::max<std::size_t>(type_.state_alignment, kFence);
        stride_ = (type_.state_size + kFence + alignment - 1) / alignment * alignment;
        states_.reset(static_cast<std::byte*>(std::aligned_alloc(alignment, stride_ * count)));
        std::memset(states_.get(), kMark, stride_ * count);
        in_.resize(count * type_.input_count);
        buffers_.resize(2 * in_.size() * CHRONUS_BLOCK);
        out_.assign(count * type_.output_count * kOutStride, kUnwritten);
        for (std::size_t u = 0; u < count; ++u)
            for (std::size_t o = 0; o < type_.output_count; ++o) outs_.push_back(out_begin(u, o));
        for (std::size_t u = 0; u < count; ++u)
            units_[u] = {states_.get() + u * stride_, in_.data() + u * type_.input_count,
                         outs_.data() + u * type_.output_count};
        for (std::size_t u = 0; u < count; ++u) start(u);
    }

    const chronus_module_type& type() const { return type_; }
    std::size_t count() const { return count_; }
    double rate() const { return rate_; }

    // As the host does with a module that went wrong: reset, and prepared in the memory it has.
    void reset() {
        const RealtimeScope watched;
        for (std::size_t u = 0; u < count_; ++u) {
            arenas_[u].rewind();
            start(u);
        }
        frame_ = 0;
    }

    // What unit u gets at an input; the two buffers are its own, to be filled and pointed to.
    chronus_signal& in(std::size_t u, std::size_t input) { return in_[u * type_.input_count + input]; }
    float* samples(std::size_t u, std::size_t input) { return buffer(u, input, 0); }
    float* onsets(std::size_t u, std::size_t input) { return buffer(u, input, 1); }
    const float* out(std::size_t u, std::size_t output) const {
        return outs_[u * type_.output_count + output];
    }

    // One block, in batches of so many.
    void process(std::size_t batch) {
        std::fill(out_.begin(), out_.end(), kUnwritten);
        const chronus_clock clock{rate_, frame_, double(frame_) / rate_ * 2, 120, 1, 0.2f, sounds_, 0.25f};
        {
            const RealtimeScope watched;
            for (std::size_t first = 0; first < count_; first += batch)
                type_.process(units_.data() + first, std::uint32_t(std::min(batch, count_ - first)), &clock);
        }
        frame_ += CHRONUS_BLOCK;
    }

    bool fences_stand() const {
        for (std::size_t u = 0; u < count_; ++u)
            for (std::size_t i = type_.state_size; i < stride_; ++i)
                if (states_[u * stride_ + i] != std::byte(kMark)) return false;
        for (std::size_t i = 0; i < out_.size(); ++i) {
            const bool inside = i % kOutStride >= kFence && i % kOutStride < kFence + CHRONUS_BLOCK;
            if (!inside && !std::isnan(out_[i])) return false;
        }
        return true;
    }
    std::size_t arena_bytes() const { return arenas_.front().bytes(); }  // of one module
    bool arenas_sufficed() const {
        for (const HostArena& arena : arenas_)
            if (arena.refused()) return false;
        return true;
    }

private:
    struct Free {
        void operator()(std::byte* memory) const { std::free(memory); }
    };
    static constexpr std::size_t kFence = 64;
    static constexpr int kMark = 0xA5;
    static constexpr std::size_t kOutStride = kFence + CHRONUS_BLOCK + kFence;
    static constexpr float kUnwritten = std::numeric_limits<float>::quiet_NaN();

    // They take a while to make, and few types look at them.
    static const chronus_sound* sounds_for(const chronus_module_type& type) {
        const auto plays = [](const chronus_port& port) { return port.meaning == CHRONUS_SOUND || port.meaning == CHRONUS_WAVETABLE; };
        return std::any_of(type.inputs, type.inputs + type.input_count, plays) ? all_sounds() : nullptr;
    }
    void start(std::size_t u) {
        type_.reset(units_[u].state, seed_ + 7919 * u);
        if (type_.prepare) type_.prepare(units_[u].state, arenas_[u].host(), rate_);
    }
    float* out_begin(std::size_t u, std::size_t output) {
        return out_.data() + (u * type_.output_count + output) * kOutStride + kFence;
    }
    float* buffer(std::size_t u, std::size_t input, std::size_t kind) {
        return buffers_.data() + ((u * type_.input_count + input) * 2 + kind) * CHRONUS_BLOCK;
    }

    const chronus_module_type& type_;
    const chronus_sound* sounds_ = sounds_for(type_);
    std::size_t count_, stride_ = 0;
    double rate_;
    std::uint64_t seed_;
    std::int64_t frame_ = 0;
    std::vector<HostArena> arenas_;
    std::unique_ptr<std::byte[], Free> states_;
    std::vector<chronus_signal> in_;
    std::vector<float> buffers_, out_;
    std::vector<float*> outs_;
    std::vector<chronus_unit> units_;
};

}  // namespace chronus::laws
