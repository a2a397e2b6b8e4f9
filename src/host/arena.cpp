#include "host/arena.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace chronus {

// A module sees the base only.
struct HostArena::Pieces : chronus_arena {
    struct Free {
        void operator()(void* memory) const noexcept { std::free(memory); }
    };
    struct Piece {
        std::unique_ptr<void, Free> memory;
        std::size_t bytes;
    };

    std::vector<Piece> all;
    std::size_t next = 0;
    std::size_t total = 0;
    bool allocates = true;
    bool refused = false;

    void* again(std::size_t bytes, std::size_t alignment) noexcept {
        if (next == all.size()) return nullptr;
        const Piece& piece = all[next++];
        if (bytes > piece.bytes || reinterpret_cast<std::uintptr_t>(piece.memory.get()) % alignment != 0)
            return nullptr;
        std::memset(piece.memory.get(), 0, bytes);
        return piece.memory.get();
    }

    void* anew(std::size_t bytes, std::size_t alignment) {
        // A cache line at least: pieces of two modules never share one, and vectors load aligned.
        constexpr std::size_t kLine = 64;
        if (alignment < kLine) alignment = kLine;
        if (bytes > SIZE_MAX - alignment) return nullptr;
        const std::size_t whole = bytes ? (bytes + alignment - 1) / alignment * alignment : alignment;
        void* memory = std::aligned_alloc(alignment, whole);
        if (!memory) return nullptr;
        std::memset(memory, 0, whole);
        all.push_back({std::unique_ptr<void, Free>(memory), bytes});
        next = all.size();
        total += bytes;
        return memory;
    }

    static void* take_from(chronus_arena* arena, std::size_t bytes, std::size_t alignment) {
        Pieces& pieces = *static_cast<Pieces*>(arena);
        void* memory = nullptr;
        if (alignment && (alignment & (alignment - 1)) == 0)
            memory = pieces.allocates ? pieces.anew(bytes, alignment) : pieces.again(bytes, alignment);
        if (!memory) pieces.refused = true;
        return memory;
    }
};

HostArena::HostArena() : pieces_(std::make_unique<Pieces>()) {
    pieces_->take = Pieces::take_from;
}
HostArena::HostArena(HostArena&&) noexcept = default;
HostArena& HostArena::operator=(HostArena&&) noexcept = default;
HostArena::~HostArena() = default;

chronus_arena* HostArena::host() noexcept {
    return pieces_.get();
}

void HostArena::rewind() noexcept {
    pieces_->next = 0;
    pieces_->allocates = false;
    pieces_->refused = false;
}

std::size_t HostArena::bytes() const noexcept {
    return pieces_->total;
}
bool HostArena::refused() const noexcept {
    return pieces_->refused;
}

}  // namespace chronus
