// The host's side of chronus_arena: the memory of one module. The first preparation allocates it piece by
// piece; after a rewind the same pieces come again, zeroed, and nothing is allocated any more.
#pragma once
#include <chronus/abi.h>

#include <cstddef>
#include <memory>

namespace chronus {

class HostArena {
public:
    HostArena();
    HostArena(HostArena&&) noexcept;
    HostArena& operator=(HostArena&&) noexcept;
    ~HostArena();

    // What `prepare` is given. It stays where it is when the HostArena moves.
    chronus_arena* host() noexcept;

    // [audio] From here on a take gives the next of the pieces there are, or null if that one does not fit.
    void rewind() noexcept;

    std::size_t bytes() const noexcept;  // all pieces together
    bool refused() const noexcept;       // a take was answered with null since the last rewind

private:
    struct Pieces;
    std::unique_ptr<Pieces> pieces_;
};

}  // namespace chronus
