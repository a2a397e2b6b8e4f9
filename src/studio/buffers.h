// Signal buffers that are used again as soon as their last reader is done, so that a plan stays in the cache.
#pragma once
#include <chronus/abi.h>

#include <memory>
#include <vector>

namespace chronus {

class Buffers {
public:
    float* take() {
        if (free_.empty()) grow();
        float* buffer = free_.back();
        free_.pop_back();
        return buffer;
    }
    void give_back(float* buffer) { free_.push_back(buffer); }
    std::vector<std::unique_ptr<float[]>> release() { return std::move(chunks_); }

private:
    static constexpr std::size_t kChunk = 32;  // buffers

    void grow() {
        constexpr std::size_t kLine = 64 / sizeof(float);  // of the cache
        chunks_.push_back(std::make_unique<float[]>(kChunk * CHRONUS_BLOCK + kLine));
        float* first = chunks_.back().get();
        while (reinterpret_cast<std::uintptr_t>(first) % 64 != 0) ++first;
        for (std::size_t i = kChunk; i-- > 0;) free_.push_back(first + i * CHRONUS_BLOCK);
    }

    std::vector<std::unique_ptr<float[]>> chunks_;
    std::vector<float*> free_;  // the one given back last is warm: it goes first
};

}  // namespace chronus
