// Bundles and the commonest messages are read here; every other message by liblo, from a padded copy:
// liblo 0.31 reads past the end of some malformed ones.
#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "osc/codec.h"
#include "osc/liblo_message.h"
#include "osc/packet_reader.h"
#include "osc/timetag.h"
#include "osc/type_tags.h"

namespace chronus {
namespace {

constexpr std::size_t kLongestAddress = 1'024;  // so that a refusal can name it
constexpr std::uint64_t kNoTime = 0;  // what pyliblo writes for immediately; as a time it is one in 2036
constexpr std::size_t kPadding = 16;  // zeros behind the copy, more than liblo ever reads past the end

Refusal malformed(std::string reason) {
    return {"wire", std::move(reason), ""};
}

bool is_address(std::string_view text) {
    if (!text.starts_with('/') || text.size() > kLongestAddress) return false;
    for (const char c : text)
        if (static_cast<unsigned char>(c) <= ' ' || c == '\x7f') return false;
    return true;
}

// Arguments lie at multiples of four only, so doubles can't be read in place.
template <class T>
T value_at(const void* arg) {
    T value;
    std::memcpy(&value, arg, sizeof value);
    return value;
}

Argument argument(char tag, const void* arg) {
    switch (tag) {
        case 'i':
            return value_at<std::int32_t>(arg);
        case 'f':
            return value_at<float>(arg);
        case 'h':
            return value_at<std::int64_t>(arg);
        case 'd':
            return value_at<double>(arg);
        case 's':
        case 'S':
            return std::string(static_cast<const char*>(arg));
        case 'T':
            return true;
        case 'F':
            return false;
        default:
            return Nil{};
    }
}

void append_string(std::vector<std::byte>& out, std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
    out.insert(out.end(), bytes, bytes + text.size());
    out.resize((out.size() / 4 + 1) * 4);
}

Result<Message> by_liblo(std::string_view address, const std::string& tags,
                         std::span<const std::byte> values) {
    std::vector<std::byte> copy;
    copy.reserve(address.size() + tags.size() + values.size() + 16 + kPadding);
    append_string(copy, address);
    append_string(copy, "," + tags);
    copy.insert(copy.end(), values.begin(), values.end());
    const std::size_t size = copy.size();
    copy.resize(size + kPadding);

    int error = 0;
    const LibloMessage read{lo_message_deserialise(copy.data(), size, &error)};
    if (!read)
        return malformed(fmt::format("the {} bytes of arguments of {} don't fit its types \"{}\"",
                                     values.size(), address, tags));
    Message message{std::string(address), {}};
    message.arguments.reserve(tags.size());
    lo_arg** args = lo_message_get_argv(read.get());
    for (std::size_t i = 0; i < tags.size(); ++i) message.arguments.push_back(argument(tags[i], args[i]));
    return message;
}

Result<Message> decode_message(std::span<const std::byte> bytes) {
    PacketReader reader(bytes);
    const auto address = reader.string();
    if (!address || !is_address(*address))
        return malformed(
            "a message begins with an address: '/', no spaces, zeros up to a multiple of four bytes");
    if (reader.empty()) return Message{std::string(*address), {}};  // old senders leave the tags out

    const auto tags = reader.next() == ',' ? reader.string() : std::nullopt;
    if (!tags) return malformed(fmt::format("the arguments of {} have no type tags before them", *address));
    const std::span<const std::byte> values = reader.rest();
    if (values.size() == 4) {
        if (*tags == ",f")
            return Message{std::string(*address),
                           {std::bit_cast<float>(read_big_endian<std::uint32_t>(values))}};
        if (*tags == ",i")
            return Message{std::string(*address),
                           {std::bit_cast<std::int32_t>(read_big_endian<std::uint32_t>(values))}};
    }
    const Result<std::string> accepted = accepted_tags(*address, *tags);
    if (!accepted) return accepted.refusal();
    return by_liblo(*address, *accepted, values);
}

// What is gathered while bundles are walked.
class Walk {
public:
    Result<Done> element(std::span<const std::byte> bytes, std::uint64_t ntp, std::uint32_t bundle,
                         int depth) {
        constexpr std::string_view kBundle("#bundle\0", 8);
        if (bytes.size() >= kBundle.size() && std::memcmp(bytes.data(), kBundle.data(), kBundle.size()) == 0)
            return bundle_at(bytes.subspan(kBundle.size()), depth + 1);
        if (packet_.messages.size() == kMostMessages)
            return malformed(fmt::format("more than {} messages in one datagram", kMostMessages));
        Result<Message> message = decode_message(bytes);
        if (!message) return message.refusal();
        packet_.messages.push_back({ntp, bundle, std::move(*message)});
        return Done{};
    }

    Packet take() { return std::move(packet_); }

private:
    Result<Done> bundle_at(std::span<const std::byte> bytes, int depth) {
        if (depth > kDeepestBundle)
            return malformed(fmt::format("bundles within bundles go {} deep at most", kDeepestBundle));
        PacketReader reader(bytes);
        const auto ntp = reader.number<std::uint64_t>();
        if (!ntp) return malformed("a bundle that ends before its time tag");
        const std::uint64_t time = *ntp == kNoTime ? kImmediately : *ntp;
        const std::uint32_t bundle = ++bundles_;
        while (!reader.empty()) {
            const auto size = reader.number<std::uint32_t>();
            const auto content = size && *size % 4 == 0 ? reader.bytes(*size) : std::nullopt;
            if (!content)
                return malformed("a bundle whose element is longer than the bundle, or not of whole words");
            Result<Done> taken = element(*content, time, bundle, depth);
            if (!taken) return taken;
        }
        return Done{};
    }

    Packet packet_;
    std::uint32_t bundles_ = 0;
};

}  // namespace

Result<Packet> decode(std::span<const std::byte> datagram) {
    if (datagram.empty() || datagram.size() % 4 != 0 || datagram.size() > kLargestDatagram)
        return malformed(fmt::format("a datagram of {} bytes; OSC comes in multiples of 4, up to {}",
                                     datagram.size(), kLargestDatagram));
    Walk walk;
    const Result<Done> taken = walk.element(datagram, kImmediately, 0, 0);
    if (!taken) return taken.refusal();
    return walk.take();
}

}  // namespace chronus
