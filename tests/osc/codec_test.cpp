#include "osc/codec.h"

#include "catch.h"
#include "osc/random_message.h"
#include "osc/raw_packet.h"

using namespace chronus;

namespace {

std::string refused(const RawPacket& packet) {
    const Result<Packet> read = decode(packet.bytes);
    return read ? "taken" : read.refusal().code;
}

Message only(const RawPacket& packet) {
    const Result<Packet> read = decode(packet.bytes);
    REQUIRE(read);
    REQUIRE(read->messages.size() == 1);
    return read->messages.front().message;
}

}  // namespace

TEST_CASE("what is encoded is decoded as it was") {
    RandomMessage random(7);
    std::vector<std::byte> bytes;
    for (int i = 0; i < 20'000; ++i) {
        const Message message = random();
        encode(message, bytes);
        const Result<Packet> read = decode(bytes);
        REQUIRE(read);
        REQUIRE(read->messages == std::vector<TimedMessage>{{1, 0, message}});
    }
}

TEST_CASE("a bundle's messages come out in order with its time tag and number") {
    RandomMessage random(8);
    const std::vector<Message> sent{random(), random(), random()};
    std::vector<std::byte> bytes;
    encode_bundle(0x0123'4567'89ab'cdef, sent, bytes);
    const Result<Packet> read = decode(bytes);
    REQUIRE(read);
    REQUIRE(read->messages.size() == 3);
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(read->messages[i] == TimedMessage{0x0123'4567'89ab'cdef, 1, sent[i]});
}

TEST_CASE("a bundle within a bundle keeps its own time tag and number") {
    const RawPacket message = RawPacket{}.string("/a").string(",");
    const RawPacket inner = RawPacket{}.bundle(9).element(message);
    const Result<Packet> read =
        decode(RawPacket{}.bundle(5).element(message).element(inner).element(message).bytes);
    REQUIRE(read);
    REQUIRE(read->messages.size() == 3);
    CHECK(read->messages[0] == TimedMessage{5, 1, {"/a", {}}});
    CHECK(read->messages[1] == TimedMessage{9, 2, {"/a", {}}});
    CHECK(read->messages[2] == TimedMessage{5, 1, {"/a", {}}});
}

TEST_CASE("a bundle without a time is for now: pyliblo's are such") {
    const RawPacket message = RawPacket{}.string("/a").string(",");
    const Result<Packet> read = decode(RawPacket{}.bundle(0).element(message).bytes);
    REQUIRE(read);
    CHECK(read->messages == std::vector<TimedMessage>{{1, 1, {"/a", {}}}});
}

TEST_CASE("bundles may be eight deep, not nine") {
    RawPacket packet = RawPacket{}.string("/a").string(",");
    for (int depth = 1; depth <= 8; ++depth) packet = RawPacket{}.bundle(1).element(packet);
    CHECK(refused(packet) == "taken");
    CHECK(refused(RawPacket{}.bundle(1).element(packet)) == "wire");
}

TEST_CASE("an empty bundle is a packet without messages") {
    const Result<Packet> read = decode(RawPacket{}.bundle(1).bytes);
    REQUIRE(read);
    CHECK(read->messages.empty());
}

TEST_CASE("a datagram holds 4096 messages at most") {
    RawPacket packet = RawPacket{}.bundle(1);
    for (std::size_t i = 0; i < kMostMessages; ++i) packet.element(RawPacket{}.string("/a"));
    CHECK(refused(packet) == "taken");
    CHECK(refused(packet.element(RawPacket{}.string("/a"))) == "wire");
}

TEST_CASE("a message without type tags has no arguments") {
    CHECK(only(RawPacket{}.string("/play")) == Message{"/play", {}});
    CHECK(refused(RawPacket{}.string("/play").word(1)) == "wire");
}

TEST_CASE("lists are taken as their elements and symbols as strings") {
    const RawPacket packet =
        RawPacket{}.string("/notes").string(",s[i[S]]T").string("a").word(41).string("b");
    CHECK(only(packet) == Message{"/notes", {std::string("a"), 41, std::string("b"), true}});
    CHECK(refused(RawPacket{}.string("/notes").string(",[i").word(1)) == "wire");
    CHECK(refused(RawPacket{}.string("/notes").string(",]i[").word(1)) == "wire");
}

TEST_CASE("a single number in a list, which liblo reads, equals one alone, which is read without it") {
    for (const std::uint32_t bits : {0u, 1u, 0x3f80'0000u, 0x8000'0000u, 0xff7f'ffffu, 0x7f80'0000u}) {
        CHECK(only(RawPacket{}.string("/a").string(",f").word(bits)) ==
              only(RawPacket{}.string("/a").string(",[f]").word(bits)));
        CHECK(only(RawPacket{}.string("/a").string(",i").word(bits)) ==
              only(RawPacket{}.string("/a").string(",[i]").word(bits)));
    }
}

TEST_CASE("types that no command takes are refused by name and place") {
    CHECK(refused(RawPacket{}.string("/a").string(",b").word(0)) == "type");
    for (const char tag : std::string("ctmrIx\x01\xff")) {
        const std::string tags{',', 'i', tag};
        CHECK(refused(RawPacket{}.string("/a").string(tags).word(0).word(0).word(0)) == "type");
    }
    const Result<Packet> read = decode(RawPacket{}.string("/a").string(",ib").word(0).word(0).bytes);
    REQUIRE_FALSE(read);
    CHECK(read.refusal().reason.find("argument 2 of /a is a blob (b)") == 0);
}

TEST_CASE("malformed datagrams are refused") {
    CHECK(refused(RawPacket{}) == "wire");
    CHECK(refused(RawPacket{}.raw("/ab")) == "wire");
    CHECK(refused(RawPacket{}.raw("/abc")) == "wire");                        // no end of the address
    CHECK(refused(RawPacket{}.string("abc")) == "wire");                      // no slash
    CHECK(refused(RawPacket{}.string("/a b")) == "wire");                     // a space
    CHECK(refused(RawPacket{}.raw("/a\0x")) == "wire");                       // cut at the NUL: no padding
    CHECK(refused(RawPacket{}.raw(std::string_view("/a\0x", 4))) == "wire");  // padding that isn't zero
    CHECK(refused(RawPacket{}.string("/a").raw(",iii")) == "wire");           // no end of the tags
    CHECK(refused(RawPacket{}.string("/a").string(",i")) == "wire");          // too few bytes
    CHECK(refused(RawPacket{}.string("/a").string(",i").word(1).word(2)) == "wire");  // too many
    CHECK(refused(RawPacket{}.string("/a").string(",d").word(1)) == "wire");
    CHECK(refused(RawPacket{}.string("/a").string(",s").raw("abcd")) == "wire");
    CHECK(refused(RawPacket{}.string("#bundle")) == "wire");
    CHECK(refused(RawPacket{}.string("#bundle").word(0)) == "wire");
    CHECK(refused(RawPacket{}.bundle(1).word(4)) == "wire");
    CHECK(refused(RawPacket{}.bundle(1).word(0)) == "wire");
    CHECK(refused(RawPacket{}.bundle(1).word(0xffff'fffc).string("/a")) == "wire");
    CHECK(refused(RawPacket{}.bundle(1).word(3).string("/a")) == "wire");
}

TEST_CASE("one bad message refuses its whole bundle") {
    const RawPacket good = RawPacket{}.string("/a").string(",");
    CHECK(refused(RawPacket{}.bundle(1).element(good).element(RawPacket{}.string("b"))) == "wire");
}

TEST_CASE("more than UDP can carry is refused") {
    RawPacket packet = RawPacket{}.string("/a").string(",s");
    packet.string(std::string(65'600, 'x'));
    CHECK(refused(packet) == "wire");
    packet.bytes.resize(65'536);
    CHECK(refused(packet) == "wire");
}
