#include "osc/big_endian.h"
#include "osc/codec.h"
#include "osc/liblo_message.h"

namespace chronus {
namespace {

struct Add {
    lo_message to;

    void operator()(std::int32_t value) const { lo_message_add_int32(to, value); }
    void operator()(float value) const { lo_message_add_float(to, value); }
    void operator()(std::int64_t value) const { lo_message_add_int64(to, value); }
    void operator()(double value) const { lo_message_add_double(to, value); }
    void operator()(const std::string& value) const { lo_message_add_string(to, value.c_str()); }
    void operator()(bool value) const { value ? lo_message_add_true(to) : lo_message_add_false(to); }
    void operator()(Nil) const { lo_message_add_nil(to); }
};

}  // namespace

void encode(const Message& message, std::vector<std::byte>& out) {
    const LibloMessage built{lo_message_new()};
    for (const Argument& argument : message.arguments) std::visit(Add{built.get()}, argument);
    out.assign(lo_message_length(built.get(), message.address.c_str()), std::byte{0});
    lo_message_serialise(built.get(), message.address.c_str(), out.data(), nullptr);
}

void encode_bundle(std::uint64_t ntp, std::span<const Message> messages, std::vector<std::byte>& out) {
    out.clear();
    for (const char c : std::string_view("#bundle\0", 8)) out.push_back(static_cast<std::byte>(c));
    append_big_endian(out, ntp);
    std::vector<std::byte> element;
    for (const Message& message : messages) {
        encode(message, element);
        append_big_endian(out, static_cast<std::uint32_t>(element.size()));
        out.insert(out.end(), element.begin(), element.end());
    }
}

}  // namespace chronus
