#include "trust/seal.h"

#include <algorithm>
#include <array>

namespace handrail::trust {

namespace {

/// First byte of every sealed value. 1: XChaCha20-Poly1305, four bytes of length, words, zero padding.
constexpr char format = 1;
constexpr std::size_t length_size = 4;

void put(std::string& out, std::string_view bytes)
{
    out.push_back(static_cast<char>(bytes.size()));
    out.append(bytes);
}

void put(std::string& out, const RawId& id)
{
    out.append(reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size());
}

/// Every part has a fixed length or says its own, so that no two places give the same bytes.
std::string associated(OrganisationId organisation, PersonId person, const Place& place)
{
    ensure(place.table.size() < 128 && place.field.size() < 128, "names of tables and fields are short");
    std::string out;
    out.reserve(3 + 48 + place.table.size() + place.field.size());
    out.push_back(format);
    put(out, organisation);
    put(out, person);
    put(out, place.row);
    put(out, place.table);
    put(out, place.field);
    return out;
}

} // namespace

std::size_t padded_size(std::size_t length)
{
    constexpr std::size_t block = 64;
    if (length <= 512)
        return std::max(block, (length + block - 1) / block * block);
    // Each step is 12 % of the last, rounded down to 16 bytes.
    std::size_t size = 512;
    while (size < length)
        size += std::max<std::size_t>(16, size * 12 / 100 / 16 * 16);
    return size;
}

rows::Blob seal(const SecretKey& key, OrganisationId organisation, PersonId person, const Place& place,
                std::string_view words)
{
    ensure(words.size() <= 0xFFFFFFFFU - 1024U, "a sealed value is smaller than 4 GB");
    std::string plain;
    const auto size = padded_size(length_size + words.size());
    plain.reserve(size);
    for (unsigned shift = 0; shift < 32; shift += 8)
        plain.push_back(static_cast<char>(words.size() >> shift));
    plain.append(words);
    plain.resize(size, '\0');
    rows::Blob sealed;
    const auto inner = encrypted(key, plain, associated(organisation, person, place));
    wipe(plain);
    sealed.bytes.reserve(1 + inner.size());
    sealed.bytes.push_back(format);
    sealed.bytes.append(inner);
    return sealed;
}

std::optional<Confidential> unseal(const SecretKey& key, OrganisationId organisation, PersonId person,
                                   const Place& place, const rows::Blob& sealed)
{
    const std::string_view bytes = sealed.bytes;
    if (bytes.empty() || bytes.front() != format)
        return std::nullopt;
    auto plain = decrypted(key, bytes.substr(1), associated(organisation, person, place));
    if (!plain || plain->size() < length_size)
        return std::nullopt;
    std::size_t length = 0;
    for (unsigned i = 0; i < length_size; ++i)
        length |= static_cast<std::size_t>(static_cast<unsigned char>((*plain)[i])) << (8 * i);
    if (length > plain->size() - length_size)
        return std::nullopt;
    Confidential words{plain->substr(length_size, length)};
    wipe(*plain);
    return words;
}

} // namespace handrail::trust
