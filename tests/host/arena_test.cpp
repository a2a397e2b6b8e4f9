#include "host/arena.h"

#include <cstdint>
#include <cstring>
#include <utility>

#include "catch.h"

using namespace chronus;

namespace {

void* take(HostArena& arena, std::size_t bytes, std::size_t alignment = 4) {
    return arena.host()->take(arena.host(), bytes, alignment);
}

bool is_zero(const void* memory, std::size_t bytes) {
    const auto* all = static_cast<const unsigned char*>(memory);
    for (std::size_t i = 0; i < bytes; ++i)
        if (all[i]) return false;
    return true;
}

}  // namespace

TEST_CASE("an arena gives zeroed, aligned memory and counts it") {
    HostArena arena;
    void* first = take(arena, 100);
    void* second = take(arena, 48000, 4096);
    REQUIRE(is_zero(first, 100));
    REQUIRE(is_zero(second, 48000));
    REQUIRE(reinterpret_cast<std::uintptr_t>(second) % 4096 == 0);
    REQUIRE(arena.bytes() == 48100);
    REQUIRE(take(arena, 0) != nullptr);
}

TEST_CASE("a rewound arena gives the same pieces in the same order, zeroed, and no more") {
    HostArena arena;
    void* first = take(arena, 100);
    void* second = take(arena, 200);
    std::memset(first, 1, 100);
    std::memset(second, 1, 200);

    for (int round = 0; round < 2; ++round) {
        arena.rewind();
        REQUIRE(take(arena, 100) == first);
        REQUIRE(is_zero(first, 100));
        REQUIRE(take(arena, 150) == second);  // less than there is
        REQUIRE(is_zero(second, 150));
        REQUIRE_FALSE(arena.refused());
        REQUIRE(take(arena, 1) == nullptr);
        REQUIRE(arena.refused());
        REQUIRE(arena.bytes() == 300);
    }
}

TEST_CASE("an arena refuses what does not fit") {
    HostArena arena;
    REQUIRE(take(arena, SIZE_MAX - 8) == nullptr);
    REQUIRE(take(arena, 8, 3) == nullptr);
    REQUIRE(arena.refused());
    take(arena, 100);
    arena.rewind();
    REQUIRE(take(arena, 101) == nullptr);
    REQUIRE(arena.refused());
}

TEST_CASE("an arena that moves stays where a module saw it") {
    HostArena arena;
    chronus_arena* seen = arena.host();
    void* piece = take(arena, 64);
    HostArena moved = std::move(arena);
    REQUIRE(moved.host() == seen);
    moved.rewind();
    REQUIRE(take(moved, 64) == piece);
}
