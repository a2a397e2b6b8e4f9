#include "studio/states.h"

#include <algorithm>
#include <new>

namespace chronus {

class States::Shelf {
public:
    Shelf(std::size_t size, std::size_t alignment) : stride_((size + alignment - 1) / alignment * alignment) {}

    std::byte* take() {
        if (free_.empty()) grow();
        std::byte* state = free_.extract(free_.begin()).value();  // the lowest, so that they stay together
        std::fill(state, state + stride_, std::byte{0});
        return state;
    }
    void give_back(std::byte* state) { free_.insert(state); }

private:
    static constexpr std::size_t kAtOnce = 64;
    static constexpr std::align_val_t kLine{64};  // of the cache

    struct Free {
        void operator()(std::byte* memory) const { ::operator delete[](memory, kLine); }
    };

    void grow() {
        chunks_.emplace_back(static_cast<std::byte*>(::operator new[](kAtOnce * stride_, kLine)));
        for (std::size_t i = 0; i < kAtOnce; ++i) free_.insert(chunks_.back().get() + i * stride_);
    }

    std::size_t stride_;
    std::vector<std::unique_ptr<std::byte[], Free>> chunks_;
    std::set<std::byte*> free_;
};

std::shared_ptr<std::byte> States::take(std::size_t size, std::size_t alignment) {
    alignment = std::max<std::size_t>(alignment, 1);
    std::shared_ptr<Shelf>& shelf = shelves_[{size, alignment}];
    if (!shelf) shelf = std::make_shared<Shelf>(std::max<std::size_t>(size, 1), alignment);
    std::byte* state = shelf->take();
    return {state, [shelf](std::byte* returned) { shelf->give_back(returned); }};
}

}  // namespace chronus
