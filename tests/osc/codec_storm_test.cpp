// Whatever bytes arrive: a packet or a refusal, never more. Run under the asan preset this also proves
// that nothing is read outside the datagram, which is why each one is copied to the heap at its exact size.
#include "catch.h"
#include "osc/codec.h"
#include "osc/random_message.h"
#include "osc/raw_packet.h"

using namespace chronus;

namespace {

std::size_t taken(const std::vector<std::byte>& datagram) {
    const std::vector<std::byte> exact(datagram.begin(), datagram.end());
    const Result<Packet> read = decode(exact);
    if (read) return read->messages.size();
    REQUIRE((read.refusal().code == "wire" || read.refusal().code == "type"));
    REQUIRE_FALSE(read.refusal().reason.empty());
    return 0;
}

std::vector<std::byte> valid(RandomMessage& random) {
    std::vector<std::byte> bytes;
    if (random.below(2)) {
        encode(random(), bytes);
        return bytes;
    }
    const std::vector<Message> messages{random(), random()};
    encode_bundle(random.below(~0ull), messages, bytes);
    const RawPacket inner{bytes};
    return RawPacket{}.bundle(1).element(inner).element(inner).bytes;
}

void mutate(std::vector<std::byte>& bytes, RandomMessage& random) {
    static constexpr std::string_view kTelling = "/,#[]ifhdsSTFNbtmcI\0\1\4\x7f\xff";
    for (auto i = 1 + random.below(4); i > 0 && !bytes.empty(); --i) {
        const auto at = random.below(bytes.size());
        switch (random.below(4)) {
            case 0:
                bytes[at] = static_cast<std::byte>(random.below(256));
                break;
            case 1:
                bytes[at] = static_cast<std::byte>(kTelling[random.below(kTelling.size())]);
                break;
            case 2:
                bytes.resize(at / 4 * 4);
                break;
            default:
                bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), 4, std::byte{0});
                break;
        }
    }
}

}  // namespace

TEST_CASE("random bytes never harm the decoder") {
    RandomMessage random(11);
    for (int i = 0; i < 50'000; ++i) {
        std::vector<std::byte> bytes(random.below(32) * 4);
        for (std::byte& byte : bytes) byte = static_cast<std::byte>(random.below(256));
        if (bytes.size() > 8 && random.below(2)) bytes[0] = std::byte{'/'}, bytes[3] = std::byte{0};
        taken(bytes);
    }
}

TEST_CASE("valid packets with a few bytes changed never harm the decoder") {
    RandomMessage random(12);
    std::size_t still_valid = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::vector<std::byte> bytes = valid(random);
        mutate(bytes, random);
        still_valid += taken(bytes) > 0;
    }
    CHECK(still_valid > 5'000);  // else the mutations are too wild to reach the depths
}
