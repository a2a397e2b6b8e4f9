// Numbers too small to hear count as zero: they cost a hundred times an ordinary one, and every thread that
// renders must treat them alike or the same session gives other bits. PortAudio's threads leave this off.
#pragma once
#include <immintrin.h>

namespace chronus {

// [any] Flush-to-zero and denormals-are-zero on this thread while it lives; both are bits of MXCSR.
class FlushDenormals {
public:
    FlushDenormals() noexcept : before_(_mm_getcsr()) {
        _mm_setcsr(before_ | kFlushToZero | kDenormalsAreZero);
    }
    ~FlushDenormals() { _mm_setcsr(before_); }
    FlushDenormals(const FlushDenormals&) = delete;
    FlushDenormals& operator=(const FlushDenormals&) = delete;

private:
    static constexpr unsigned kFlushToZero = 1u << 15;
    static constexpr unsigned kDenormalsAreZero = 1u << 6;

    unsigned before_;
};

}  // namespace chronus
