#include "base/checksum.h"

#include <sodium.h>

#include <array>

#include "base/text.h"

namespace handrail {

std::string sha256_text(std::string_view bytes)
{
    std::array<unsigned char, crypto_hash_sha256_BYTES> out{};
    crypto_hash_sha256(out.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return to_hex({reinterpret_cast<const char*>(out.data()), out.size()});
}

} // namespace handrail
