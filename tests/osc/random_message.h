// Messages of every type and size, to hold the codec to its laws.
#pragma once
#include <bit>
#include <random>

#include "text/message.h"

namespace chronus {

class RandomMessage {
public:
    explicit RandomMessage(std::uint64_t seed) : random_(seed) {}

    std::uint64_t below(std::uint64_t end) { return random_() % end; }

    Message operator()() {
        Message message{"/" + text('!', '~', 40), {}};
        for (auto i = below(6); i > 0; --i) message.arguments.push_back(argument());
        return message;
    }

private:
    std::string text(int lowest, int highest, std::uint64_t longest) {
        std::string made(below(longest), ' ');
        for (char& c : made) c = static_cast<char>(lowest + static_cast<int>(below(highest - lowest + 1)));
        return made;
    }

    // Any bits but NaN's, which equals nothing, itself included.
    template <class Float, class Bits>
    Float number() {
        const auto made = std::bit_cast<Float>(static_cast<Bits>(random_()));
        return made == made ? made : Float{0};
    }

    Argument argument() {
        switch (below(8)) {
            case 0:
                return static_cast<std::int32_t>(random_());
            case 1:
                return number<float, std::uint32_t>();
            case 2:
                return static_cast<std::int64_t>(random_());
            case 3:
                return number<double, std::uint64_t>();
            case 4:
                return text(1, 255, 70);
            case 5:
                return true;
            case 6:
                return false;
            default:
                return Nil{};
        }
    }

    std::mt19937_64 random_;
};

}  // namespace chronus
