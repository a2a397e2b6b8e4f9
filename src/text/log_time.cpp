// Where a log's times lie among frames.
#include <cassert>
#include <cmath>

#include "text/log.h"

namespace chronus {

std::int64_t frame_of(const LogTime& time, std::uint64_t ntp_origin, double rate) {
    if (time.is_frame) return time.frame;
    assert(rate >= 1 && rate <= 0x1p31);

    // The rate as a whole number times a power of two, which a double always is: 53 bits, so that the product
    // with 65 bits of time fits into 128.
    __extension__ using Wide = __int128;
    int exponent = 0;
    const auto mantissa = static_cast<std::int64_t>(std::ldexp(std::frexp(rate, &exponent), 53));
    const Wide product = (static_cast<Wide>(time.ntp) - static_cast<Wide>(ntp_origin)) * mantissa;
    const int shift = 32 + 53 - exponent;  // 32 for the fraction of the time; 53 to 84 in all
    return static_cast<std::int64_t>((product + (static_cast<Wide>(1) << (shift - 1))) >> shift);
}

}  // namespace chronus
