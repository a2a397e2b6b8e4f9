// The states of modules, those of one size side by side: a batch of them is a few lines of the cache.
#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace chronus {

// [studio] What is taken may outlive the store.
class States {
public:
    // Zeroed. It goes back to the store with its last owner.
    std::shared_ptr<std::byte> take(std::size_t size, std::size_t alignment);

private:
    class Shelf;  // of one size
    std::map<std::pair<std::size_t, std::size_t>, std::shared_ptr<Shelf>> shelves_;
};

}  // namespace chronus
