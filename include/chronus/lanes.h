// Packs of lanes: the same sample of several modules side by side, over the vector extensions of GCC and clang.
// A module is written once over a number type F, which is float or Lanes; branches become select(condition, a, b).
#pragma once
#include <stdint.h>

namespace chronus {

#if defined(__AVX512F__)
inline constexpr int kLanes = 16;
#elif defined(__AVX2__)
inline constexpr int kLanes = 8;
#else
inline constexpr int kLanes = 4;
#endif

// 0, 1, … N-1 as a pack of template arguments.
template <int... I> struct Places {};
#if defined(__clang__)
template <class T, T... I> struct IntegerSequence { using Type = Places<I...>; };
template <int N> using PlacesUpTo = typename __make_integer_seq<IntegerSequence, int, N>::Type;
#else
template <int N> using PlacesUpTo = Places<__integer_pack(N)...>;
#endif

// Alignment of one word: a state of packs then has no padding, so a member that has no lanes is found by its size.
typedef float FloatVector __attribute__((vector_size(4 * kLanes), aligned(4)));
typedef int32_t IntVector __attribute__((vector_size(4 * kLanes), aligned(4)));
typedef uint32_t WordVector __attribute__((vector_size(4 * kLanes), aligned(4)));

// One condition a lane: all bits or none. Deliberately no bool: "if" on lanes does not compile, select does.
struct Mask {
    IntVector v;
    friend Mask operator&(Mask a, Mask b) { return {a.v & b.v}; }
    friend Mask operator|(Mask a, Mask b) { return {a.v | b.v}; }
    friend Mask operator!(Mask a) { return {~a.v}; }
    friend Mask operator&&(Mask a, Mask b) { return {a.v & b.v}; }
    friend Mask operator||(Mask a, Mask b) { return {a.v | b.v}; }
};

// The operators that both number packs share.
template <class Self>
struct PackOperators {
    friend Self operator+(Self a, Self b) { return Self(a.v + b.v); }
    friend Self operator-(Self a, Self b) { return Self(a.v - b.v); }
    friend Self operator*(Self a, Self b) { return Self(a.v * b.v); }
    friend Self& operator+=(Self& a, Self b) { return a = a + b; }
    friend Self& operator-=(Self& a, Self b) { return a = a - b; }
    friend Self& operator*=(Self& a, Self b) { return a = a * b; }
    friend Mask operator<(Self a, Self b) { return {(IntVector)(a.v < b.v)}; }
    friend Mask operator>(Self a, Self b) { return {(IntVector)(a.v > b.v)}; }
    friend Mask operator<=(Self a, Self b) { return {(IntVector)(a.v <= b.v)}; }
    friend Mask operator>=(Self a, Self b) { return {(IntVector)(a.v >= b.v)}; }
    friend Mask operator==(Self a, Self b) { return {(IntVector)(a.v == b.v)}; }
    friend Mask operator!=(Self a, Self b) { return {(IntVector)(a.v != b.v)}; }
};

// One number in all lanes. Not 0 + x, which costs an addition, as -0 would become 0.
template <int... I>
constexpr FloatVector all(float x, Places<I...>) { return FloatVector{(static_cast<void>(I), x)...}; }

struct Lanes : PackOperators<Lanes> {
    FloatVector v;  // T{} is zero; a plain T is not set, so that buffers cost nothing
    Lanes() = default;
    Lanes(float x) : v(all(x, PlacesUpTo<kLanes>{})) {}
    explicit Lanes(FloatVector x) : v(x) {}
    friend Lanes operator/(Lanes a, Lanes b) { return Lanes(a.v / b.v); }
    friend Lanes& operator/=(Lanes& a, Lanes b) { return a = a / b; }
    Lanes operator-() const { return Lanes(-v); }
};

struct IntLanes : PackOperators<IntLanes> {
    IntVector v;
    IntLanes() = default;
    IntLanes(int32_t x) : v(IntVector{} + x) {}
    explicit IntLanes(IntVector x) : v(x) {}
    friend IntLanes operator&(IntLanes a, IntLanes b) { return IntLanes(a.v & b.v); }
    friend IntLanes operator|(IntLanes a, IntLanes b) { return IntLanes(a.v | b.v); }
    friend IntLanes operator^(IntLanes a, IntLanes b) { return IntLanes(a.v ^ b.v); }
    friend IntLanes operator<<(IntLanes a, int n) { return IntLanes(a.v << n); }
    friend IntLanes operator>>(IntLanes a, int n) { return IntLanes(a.v >> n); }
};

struct WordLanes : PackOperators<WordLanes> {
    WordVector v;
    WordLanes() = default;
    WordLanes(uint32_t x) : v(WordVector{} + x) {}
    explicit WordLanes(WordVector x) : v(x) {}
    friend WordLanes operator&(WordLanes a, WordLanes b) { return WordLanes(a.v & b.v); }
    friend WordLanes operator|(WordLanes a, WordLanes b) { return WordLanes(a.v | b.v); }
    friend WordLanes operator^(WordLanes a, WordLanes b) { return WordLanes(a.v ^ b.v); }
    friend WordLanes operator<<(WordLanes a, int n) { return WordLanes(a.v << n); }
    friend WordLanes operator>>(WordLanes a, int n) { return WordLanes(a.v >> n); }
};

// The companions of a number type: Int<F> for whole numbers, Word<F> for 32 bits.
template <class F> struct Companions;
template <> struct Companions<float> { using Int = int32_t; using Word = uint32_t; };
template <> struct Companions<Lanes> { using Int = IntLanes; using Word = WordLanes; };
template <class F> using Int = typename Companions<F>::Int;
template <class F> using Word = typename Companions<F>::Word;

inline float select(bool condition, float yes, float no) { return condition ? yes : no; }
inline int32_t select(bool condition, int32_t yes, int32_t no) { return condition ? yes : no; }
inline uint32_t select(bool condition, uint32_t yes, uint32_t no) { return condition ? yes : no; }
inline Lanes select(Mask condition, Lanes yes, Lanes no) { return Lanes(condition.v ? yes.v : no.v); }
inline IntLanes select(Mask condition, IntLanes yes, IntLanes no) { return IntLanes(condition.v ? yes.v : no.v); }
inline WordLanes select(Mask condition, WordLanes yes, WordLanes no) { return WordLanes(condition.v ? yes.v : no.v); }

// True if the condition holds in any lane: halves are laid over each other until one lane has it all. In a module only
// for work that is seldom needed, never for what decides a lane's bits.
namespace detail {
template <int Half, int... I>
inline bool any(IntVector v, Places<I...> lanes) {
    if constexpr (Half == 0) return v[0] != 0;
    else return any<Half / 2>(v | __builtin_shufflevector(v, v, ((I + Half) % kLanes)...), lanes);
}
}  // namespace detail
inline bool any(Mask condition) { return detail::any<kLanes / 2>(condition.v, PlacesUpTo<kLanes>{}); }
inline bool any(bool condition) { return condition; }

// Conversions, each in both number types. truncate rounds toward zero and wants |x| < 2^31.
inline int32_t truncate(float x) { return int32_t(x); }
inline IntLanes truncate(Lanes x) { return IntLanes(__builtin_convertvector(x.v, IntVector)); }
inline float to_float(int32_t x) { return float(x); }
inline Lanes to_float(IntLanes x) { return Lanes(__builtin_convertvector(x.v, FloatVector)); }
inline int32_t as_int(uint32_t x) { return int32_t(x); }
inline IntLanes as_int(WordLanes x) { return IntLanes((IntVector)x.v); }
inline uint32_t as_word(int32_t x) { return uint32_t(x); }
inline WordLanes as_word(IntLanes x) { return WordLanes((WordVector)x.v); }

// The bits of a float as a whole number, and back.
inline int32_t bits_of(float x) { return __builtin_bit_cast(int32_t, x); }
inline IntLanes bits_of(Lanes x) { return IntLanes((IntVector)x.v); }
inline float from_bits(int32_t x) { return __builtin_bit_cast(float, x); }
inline Lanes from_bits(IntLanes x) { return Lanes((FloatVector)x.v); }

}  // namespace chronus
