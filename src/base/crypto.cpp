#include "base/crypto.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

namespace handrail {

namespace {

/// Safe to call from any thread, any number of times; cheap after the first.
void start()
{
    static const bool started = sodium_init() >= 0;
    ensure(started, "libsodium must start");
}

const unsigned char* raw(std::string_view bytes)
{
    return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* raw(std::string& bytes)
{
    return reinterpret_cast<unsigned char*>(bytes.data());
}

std::array<unsigned char, 8> little_endian(std::uint64_t number)
{
    std::array<unsigned char, 8> out;
    for (auto& byte : out) {
        byte = static_cast<unsigned char>(number);
        number >>= 8;
    }
    return out;
}

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(nonce_size + tag_size == encryption_overhead);
static_assert(SecretKey::size == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

} // namespace

SecretKey::~SecretKey()
{
    sodium_memzero(bytes_.data(), bytes_.size());
}

SecretKey SecretKey::random()
{
    start();
    SecretKey key;
    randombytes_buf(key.bytes_.data(), key.bytes_.size());
    return key;
}

Result<SecretKey> SecretKey::from_bytes(std::string_view bytes)
{
    if (bytes.size() != size)
        return invalid("A key has 32 bytes.");
    SecretKey key;
    std::copy(bytes.begin(), bytes.end(), key.bytes_.begin());
    return key;
}

SecretKey SecretKey::derived(std::string_view purpose, std::string_view about) const
{
    KeyedHash hash(*this);
    auto bytes = hash.add(purpose).add(about).finish();
    SecretKey key;
    std::copy(bytes.begin(), bytes.end(), key.bytes_.begin());
    wipe(bytes);
    return key;
}

std::string random_bytes(std::size_t count)
{
    start();
    std::string bytes(count, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    return bytes;
}

ShortHash::ShortHash()
{
    static_assert(crypto_shorthash_KEYBYTES == 16 && crypto_shorthash_BYTES == sizeof(std::uint64_t));
    crypto_shorthash_keygen(key_.data());
}

std::uint64_t ShortHash::of(std::string_view bytes) const
{
    std::uint64_t out = 0;
    crypto_shorthash(reinterpret_cast<unsigned char*>(&out), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), key_.data());
    return out;
}

KeyedHash::KeyedHash(const SecretKey& key)
{
    static_assert(sizeof(crypto_generichash_state) <= sizeof(state_));
    start();
    crypto_generichash_init(reinterpret_cast<crypto_generichash_state*>(state_.data()), key.bytes_.data(),
                            key.bytes_.size(), size);
}

KeyedHash::~KeyedHash()
{
    sodium_memzero(state_.data(), state_.size());
}

KeyedHash& KeyedHash::add(std::string_view bytes)
{
    add(static_cast<std::int64_t>(bytes.size()));
    crypto_generichash_update(reinterpret_cast<crypto_generichash_state*>(state_.data()), raw(bytes), bytes.size());
    return *this;
}

KeyedHash& KeyedHash::add(std::int64_t number)
{
    const auto bytes = little_endian(static_cast<std::uint64_t>(number));
    crypto_generichash_update(reinterpret_cast<crypto_generichash_state*>(state_.data()), bytes.data(), bytes.size());
    return *this;
}

std::string KeyedHash::finish()
{
    std::string out(size, '\0');
    crypto_generichash_final(reinterpret_cast<crypto_generichash_state*>(state_.data()), raw(out), out.size());
    return out;
}

std::string keyed_hash(const SecretKey& key, std::string_view text)
{
    start();
    std::string out(KeyedHash::size, '\0');
    crypto_generichash(raw(out), out.size(), raw(text), text.size(), raw(key.bytes()), SecretKey::size);
    return out;
}

std::string hash_of_random(std::string_view random)
{
    start();
    std::string out(KeyedHash::size, '\0');
    crypto_generichash(raw(out), out.size(), raw(random), random.size(), nullptr, 0);
    return out;
}

RawId id_of_named(std::string_view name)
{
    const auto hash = hash_of_random(name);
    RawId id;
    std::copy_n(hash.begin(), id.bytes.size(), reinterpret_cast<char*>(id.bytes.data()));
    return id;
}

bool same_bytes(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string encrypted(const SecretKey& key, std::string_view plain, std::string_view associated)
{
    start();
    std::string out(nonce_size + plain.size() + tag_size, '\0');
    randombytes_buf(out.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(raw(out) + nonce_size, nullptr, raw(plain), plain.size(),
                                               raw(associated), associated.size(), nullptr, raw(out), raw(key.bytes()));
    return out;
}

std::optional<std::string> decrypted(const SecretKey& key, std::string_view encrypted, std::string_view associated)
{
    start();
    if (encrypted.size() < encryption_overhead)
        return std::nullopt;
    std::string out(encrypted.size() - encryption_overhead, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        raw(out), nullptr, nullptr, raw(encrypted) + nonce_size, encrypted.size() - nonce_size, raw(associated),
        associated.size(), raw(encrypted), raw(key.bytes()));
    if (failed != 0)
        return std::nullopt;
    return out;
}

void wipe(std::string& secret)
{
    if (!secret.empty())
        sodium_memzero(secret.data(), secret.size());
    secret.clear();
}

} // namespace handrail
