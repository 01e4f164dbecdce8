#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/result.h"

/// The few things Handrail asks of libsodium. Nothing here is of our own making.
namespace handrail {

/// Thirty-two secret bytes, wiped when the value goes.
class SecretKey {
public:
    static constexpr std::size_t size = 32;
    SecretKey() = default;
    SecretKey(const SecretKey&) = default;
    SecretKey& operator=(const SecretKey&) = default;
    ~SecretKey();

    static SecretKey random();
    /// Invalid unless there are exactly 32 bytes.
    static Result<SecretKey> from_bytes(std::string_view bytes);
    /// A key for one purpose (and one thing), from which this one cannot be worked out: keyed BLAKE2b.
    SecretKey derived(std::string_view purpose, std::string_view about = {}) const;

    std::string_view bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }

private:
    friend class KeyedHash;
    std::array<std::uint8_t, size> bytes_{};
};

std::string random_bytes(std::size_t count);

/// SipHash-2-4, 64 bits, under a key of its own: for tables in memory. Nobody outside can look for two texts alike.
class ShortHash {
public:
    ShortHash();
    std::uint64_t of(std::string_view bytes) const;

private:
    std::array<std::uint8_t, 16> key_{};
};

/// BLAKE2b, 32 bytes, with a key and in parts. Texts go in with their lengths, so that no two lists of parts
/// hash alike by moving a border.
class KeyedHash {
public:
    static constexpr std::size_t size = 32;
    explicit KeyedHash(const SecretKey& key);
    ~KeyedHash();
    KeyedHash(const KeyedHash&) = delete;
    KeyedHash& operator=(const KeyedHash&) = delete;

    KeyedHash& add(std::string_view bytes);
    KeyedHash& add(std::int64_t number);
    /// 32 bytes; the hash takes no more parts afterwards.
    std::string finish();

private:
    alignas(64) std::array<unsigned char, 384> state_; ///< room for crypto_generichash_state, checked in the source
};

/// Keyed BLAKE2b of one text, 32 bytes.
std::string keyed_hash(const SecretKey& key, std::string_view text);
/// Plain BLAKE2b, 32 bytes: only for values that are random already, such as tokens.
std::string hash_of_random(std::string_view random);
/// The id of what is named by ids that are random themselves: the same for the same name, on every node.
RawId id_of_named(std::string_view name);
/// Takes the same time wherever the two differ.
bool same_bytes(std::string_view a, std::string_view b);

/// XChaCha20-Poly1305 under a random nonce: nonce (24 bytes), ciphertext, tag (16).
std::string encrypted(const SecretKey& key, std::string_view plain, std::string_view associated);
/// None when any bit of key, text or associated data is another.
std::optional<std::string> decrypted(const SecretKey& key, std::string_view encrypted, std::string_view associated);
/// What encrypted() adds to the length.
constexpr std::size_t encryption_overhead = 24 + 16;

/// Overwrites the memory of a secret text and empties it.
void wipe(std::string& secret);

} // namespace handrail
