#include "channels/web_push.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <sodium.h>

#include "base/checksum.h"
#include "base/crypto.h"
#include "base/public_address.h"
#include "base/text.h"

namespace handrail::channels {

namespace {

constexpr std::size_t point_size = 65;
constexpr std::size_t secret_size = 32;
constexpr std::size_t auth_size = 16;
constexpr std::size_t salt_size = 16;
constexpr std::size_t tag_size = 16;
constexpr std::size_t padded_to = 256;
constexpr std::size_t most_text = 3000;     ///< push services take 4096 bytes in all
constexpr std::uint32_t record_size = 4096; ///< there is one record, and it is shorter
constexpr std::size_t longest_endpoint = 1000;
constexpr std::chrono::hours claim_lasts{12}; ///< 24 at most

/// OpenSSL frees each kind of its own with a function of its own.
template <auto Free> struct Frees {
    template <class T> void operator()(T* it) const { Free(it); }
};
using Context = std::unique_ptr<EVP_PKEY_CTX, Frees<EVP_PKEY_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Frees<BN_clear_free>>;

EVP_PKEY* raw(const std::shared_ptr<void>& key) { return static_cast<EVP_PKEY*>(key.get()); }
std::shared_ptr<void> held(EVP_PKEY* key)
{
    return {key, [](void* it) { EVP_PKEY_free(static_cast<EVP_PKEY*>(it)); }};
}
const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

Error broken() { return unavailable("A notification could not be sealed.", "OpenSSL refused"); }
Error no_key() { return invalid("This is no key of a browser."); }

/// @param secret  empty: the public half alone
Result<std::shared_ptr<void>> key_of(std::string_view point, std::string_view secret)
{
    if (point.size() != point_size || (!secret.empty() && secret.size() != secret_size))
        return no_key();
    const std::unique_ptr<OSSL_PARAM_BLD, Frees<OSSL_PARAM_BLD_free>> build(OSSL_PARAM_BLD_new());
    const Number number(secret.empty() ? nullptr : BN_bin2bn(bytes_of(secret), static_cast<int>(secret.size()), nullptr));
    if (!build || OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "P-256", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1 ||
        (number && OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) != 1))
        return broken();
    const std::unique_ptr<OSSL_PARAM, Frees<OSSL_PARAM_free>> parts(OSSL_PARAM_BLD_to_param(build.get()));
    const Context context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY* made = nullptr;
    if (!parts || !context || EVP_PKEY_fromdata_init(context.get()) != 1)
        return broken();
    if (EVP_PKEY_fromdata(context.get(), &made, secret.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR, parts.get()) != 1)
        return no_key(); // the point is not of the curve
    auto key = held(made);
    const Context checking(EVP_PKEY_CTX_new_from_pkey(nullptr, made, nullptr));
    if (!checking || (secret.empty() ? EVP_PKEY_public_check(checking.get()) : EVP_PKEY_check(checking.get())) != 1)
        return no_key();
    return key;
}

/// One block of HKDF's second half (RFC 5869) for a purpose.
std::string expanded(std::string_view key, std::string purpose, std::size_t size)
{
    purpose.push_back('\1');
    return hmac_sha256(key, purpose).substr(0, size);
}

/// AES-128-GCM with the tag at its end; empty when OpenSSL refuses.
std::string aes_gcm(std::string_view key, std::string_view nonce, std::string_view plain)
{
    const std::unique_ptr<EVP_CIPHER_CTX, Frees<EVP_CIPHER_CTX_free>> context(EVP_CIPHER_CTX_new());
    std::string out(plain.size() + tag_size, '\0');
    int size = 0;
    int rest = 0;
    if (!context ||
        EVP_EncryptInit_ex(context.get(), EVP_aes_128_gcm(), nullptr, bytes_of(key), bytes_of(nonce)) != 1 ||
        EVP_EncryptUpdate(context.get(), bytes_of(out), &size, bytes_of(plain), static_cast<int>(plain.size())) != 1 ||
        EVP_EncryptFinal_ex(context.get(), bytes_of(out) + size, &rest) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_size, bytes_of(out) + plain.size()) != 1)
        return {};
    return out;
}

Result<std::string> sealed(const PushSubscription& to, std::string plain, const PushKeyPair& once, std::string_view salt)
{
    auto shared = TRY(once.shared_with(to.p256dh));
    const std::string info = std::string("WebPush: info") + '\0' + to.p256dh + once.public_point();
    const auto key = hmac_sha256(salt, expanded(hmac_sha256(to.auth, shared), info, 32));
    wipe(shared);
    const auto cipher_key = expanded(key, std::string("Content-Encoding: aes128gcm") + '\0', 16);
    const auto nonce = expanded(key, std::string("Content-Encoding: nonce") + '\0', 12);
    const auto cipher = aes_gcm(cipher_key, nonce, plain);
    if (cipher.empty())
        return broken();
    std::string out(salt);
    for (const int shift : {24, 16, 8, 0})
        out.push_back(static_cast<char>(record_size >> static_cast<unsigned>(shift) & 0xffU));
    out.push_back(static_cast<char>(point_size));
    return out + once.public_point() + cipher;
}

/// "https://push.example.org:8443" of an endpoint.
std::string_view origin_of(std::string_view endpoint)
{
    const auto begin = endpoint.find("://");
    return begin == std::string_view::npos ? std::string_view{} : endpoint.substr(0, endpoint.find_first_of("/?#", begin + 3));
}

} // namespace

PushKeyPair::PushKeyPair(std::shared_ptr<void> key, std::string public_point)
    : key_(std::move(key)), public_point_(std::move(public_point))
{
}

Result<PushKeyPair> PushKeyPair::make()
{
    auto key = held(EVP_EC_gen("P-256"));
    std::string point(point_size, '\0');
    std::size_t size = 0;
    if (!key || EVP_PKEY_get_octet_string_param(raw(key), OSSL_PKEY_PARAM_PUB_KEY, bytes_of(point), point.size(), &size) != 1 ||
        size != point_size)
        return broken();
    return PushKeyPair(std::move(key), std::move(point));
}

Result<PushKeyPair> PushKeyPair::from_kept(std::string_view kept)
{
    std::string bytes;
    if (!from_base64url(kept, bytes) || bytes.size() != point_size + secret_size)
        return no_key();
    auto pair = from_bytes(std::string_view(bytes).substr(0, point_size), std::string_view(bytes).substr(point_size));
    wipe(bytes);
    return pair;
}

Result<PushKeyPair> PushKeyPair::from_bytes(std::string_view public_point, std::string_view secret)
{
    if (secret.empty())
        return no_key();
    auto key = TRY(key_of(public_point, secret));
    return PushKeyPair(std::move(key), std::string(public_point));
}

Result<std::string> PushKeyPair::kept() const
{
    BIGNUM* found = nullptr;
    if (EVP_PKEY_get_bn_param(raw(key_), OSSL_PKEY_PARAM_PRIV_KEY, &found) != 1)
        return broken();
    const Number secret(found);
    std::string bytes = public_point_ + std::string(secret_size, '\0');
    BN_bn2binpad(secret.get(), bytes_of(bytes) + point_size, secret_size);
    auto written = to_base64url(bytes);
    wipe(bytes);
    return written;
}

Result<std::string> PushKeyPair::shared_with(std::string_view point) const
{
    const auto other = TRY(key_of(point, {}));
    const Context context(EVP_PKEY_CTX_new_from_pkey(nullptr, raw(key_), nullptr));
    std::string out(secret_size, '\0');
    std::size_t size = out.size();
    if (!context || EVP_PKEY_derive_init(context.get()) != 1 || EVP_PKEY_derive_set_peer(context.get(), raw(other)) != 1 ||
        EVP_PKEY_derive(context.get(), bytes_of(out), &size) != 1 || size != secret_size)
        return broken();
    return out;
}

Result<std::string> PushKeyPair::signature(std::string_view text) const
{
    const std::unique_ptr<EVP_MD_CTX, Frees<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    std::array<unsigned char, 80> der{};
    std::size_t size = der.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, raw(key_)) != 1 ||
        EVP_DigestSign(context.get(), der.data(), &size, bytes_of(text), text.size()) != 1)
        return broken();
    const unsigned char* at = der.data();
    const std::unique_ptr<ECDSA_SIG, Frees<ECDSA_SIG_free>> signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    std::string out(2 * secret_size, '\0');
    if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), bytes_of(out), secret_size) < 0 ||
        BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), bytes_of(out) + secret_size, secret_size) < 0)
        return broken();
    return out;
}

std::string push_host(std::string_view endpoint)
{
    auto host = origin_of(endpoint);
    host.remove_prefix(std::min(host.size(), host.find("://") + 3));
    if (host.starts_with('['))
        return std::string(host.substr(1, host.find(']') - 1));
    return lower_ascii(host.substr(0, host.find(':')));
}

Result<void> check_subscription(const PushSubscription& subscription, bool anywhere)
{
    const auto& endpoint = subscription.endpoint;
    const auto wrong = [](const char* what) { return invalid(what, "/endpoint"); };
    const bool plain = std::all_of(endpoint.begin(), endpoint.end(), [](char c) { return c > ' ' && c <= '~' && c != '\\'; });
    if (!plain || endpoint.size() > longest_endpoint || origin_of(endpoint).find('@') != std::string_view::npos)
        return wrong("This is no address of a push service.");
    const auto host = push_host(endpoint);
    if (host.empty() || !(endpoint.starts_with("https://") || (anywhere && endpoint.starts_with("http://"))))
        return wrong("The address of a push service begins with https://.");
    if (!anywhere) {
        const auto in_numbers = is_public_address(host);
        const auto ends = [&](std::string_view with) { return host.ends_with(with); };
        if (!in_numbers.value_or(host.find('.') != std::string::npos) || ends(".local") || ends(".localhost") ||
            ends(".internal") || ends(".lan") || ends(".home.arpa") || ends("."))
            return wrong("The address of a push service is one of the internet, not of a network of one's own.");
    }
    if (subscription.auth.size() != auth_size)
        return invalid("This is no key of a browser.", "/auth");
    if (const auto key = key_of(subscription.p256dh, {}); !key.ok())
        return invalid("This is no key of a browser.", "/p256dh");
    return {};
}

Result<std::string> push_body(const PushSubscription& to, std::string_view text)
{
    if (text.size() > most_text)
        return invalid("A notification is short.");
    std::string plain(text);
    plain.push_back('\2'); // the last record
    plain.resize(std::max(plain.size(), padded_to), '\0');
    return sealed(to, std::move(plain), TRY(PushKeyPair::make()), random_bytes(salt_size));
}

Result<std::string> push_body(const PushSubscription& to, std::string_view text, const PushKeyPair& once, std::string_view salt)
{
    return sealed(to, std::string(text) + '\2', once, salt);
}

Result<std::vector<std::pair<std::string, std::string>>> push_headers(const PushKeyPair& service, std::string_view contact,
                                                                      std::string_view endpoint, const PushNotice& notice,
                                                                      Instant now)
{
    const auto until =
        std::chrono::duration_cast<std::chrono::seconds>((now + claim_lasts).time_since_epoch()).count();
    const auto claims = boost::json::serialize(
        boost::json::object{{"aud", origin_of(endpoint)}, {"exp", until}, {"sub", contact}});
    const auto said = to_base64url(R"({"typ":"JWT","alg":"ES256"})") + "." + to_base64url(claims);
    const auto signature = TRY(service.signature(said));
    std::vector<std::pair<std::string, std::string>> headers;
    headers.emplace_back("Content-Type", "application/octet-stream");
    headers.emplace_back("Content-Encoding", "aes128gcm");
    headers.emplace_back("TTL", std::to_string(notice.lasts.count()));
    headers.emplace_back("Urgency", notice.urgent ? "high" : "normal");
    headers.emplace_back("Topic", notice.topic);
    headers.emplace_back("Authorization", "vapid t=" + said + "." + to_base64url(signature) +
                                              ", k=" + to_base64url(service.public_point()));
    return headers;
}

std::string push_topic(std::string_view of_what)
{
    return to_base64url(hash_of_random(of_what).substr(0, 24));
}

std::string push_text(std::string_view sentence, std::string_view path, std::string_view topic)
{
    return boost::json::serialize(boost::json::object{{"say", sentence}, {"open", path}, {"tag", topic}});
}

} // namespace handrail::channels
