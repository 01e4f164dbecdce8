#include "errands/push_stand_in.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <array>

#include "base/text.h"

namespace handrail::errands {

namespace {

namespace json = boost::json;

constexpr const char* auth = "sixteen bytes xx";

unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* raw(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string unpacked(const std::string& written)
{
    std::string out;
    return from_base64url(written, out) ? out : std::string{};
}

/// Both halves of HKDF, by OpenSSL: what is tested does it by itself.
std::string hkdf(const std::string& salt, const std::string& key, std::string info, std::size_t size)
{
    EVP_KDF* kdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    EVP_KDF_CTX* context = EVP_KDF_CTX_new(kdf);
    std::string sha = "SHA256";
    std::string from = key;
    std::string with = salt;
    const std::array<OSSL_PARAM, 5> parameters{
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, sha.data(), 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, from.data(), from.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, with.data(), with.size()),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()), OSSL_PARAM_construct_end()};
    std::string out(size, '\0');
    EVP_KDF_derive(context, raw(out), out.size(), parameters.data());
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return out;
}

/// What the browser reads; empty when it does not open.
std::string opened(const channels::PushKeyPair& browser, const std::string& body)
{
    if (body.size() < 86 + 17 || body[20] != 65)
        return {};
    const auto salt = body.substr(0, 16);
    const auto sender = body.substr(21, 65);
    const auto cipher = body.substr(86, body.size() - 86 - 16);
    auto tag = body.substr(body.size() - 16);
    const auto shared = browser.shared_with(sender);
    if (!shared.ok())
        return {};
    const std::string nul(1, '\0');
    const auto input = hkdf(auth, *shared, "WebPush: info" + nul + browser.public_point() + sender, 32);
    const auto key = hkdf(salt, input, "Content-Encoding: aes128gcm" + nul, 16);
    const auto nonce = hkdf(salt, input, "Content-Encoding: nonce" + nul, 12);
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    std::string plain(cipher.size(), '\0');
    int size = 0;
    int rest = 0;
    EVP_DecryptInit_ex(context, EVP_aes_128_gcm(), nullptr, raw(key), raw(nonce));
    EVP_DecryptUpdate(context, raw(plain), &size, raw(cipher), static_cast<int>(cipher.size()));
    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, 16, tag.data());
    const bool right = EVP_DecryptFinal_ex(context, raw(plain) + size, &rest) == 1;
    EVP_CIPHER_CTX_free(context);
    const auto end = plain.find_last_not_of('\0');
    if (!right || end == std::string::npos || plain[end] != '\2')
        return {};
    return plain.substr(0, end);
}

/// Whether a signature (r and s) is this public point's.
bool signed_by(const std::string& point, const std::string& text, const std::string& signature)
{
    if (signature.size() != 64 || point.size() != 65)
        return false;
    EVP_PKEY* key = EVP_EC_gen("P-256");
    EVP_PKEY_set1_encoded_public_key(key, raw(point), point.size());
    ECDSA_SIG* parts = ECDSA_SIG_new();
    ECDSA_SIG_set0(parts, BN_bin2bn(raw(signature), 32, nullptr), BN_bin2bn(raw(signature) + 32, 32, nullptr));
    unsigned char* der = nullptr;
    const int size = i2d_ECDSA_SIG(parts, &der);
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key);
    const bool right = EVP_DigestVerify(context, der, static_cast<std::size_t>(size), raw(text), text.size()) == 1;
    EVP_MD_CTX_free(context);
    OPENSSL_free(der);
    ECDSA_SIG_free(parts);
    EVP_PKEY_free(key);
    return right;
}

} // namespace

PushStandIn::PushStandIn()
    : port_([this](int connection) {
          answer_request(connection, [this](const std::string& head, const std::string& body) { return answer(head, body); });
      })
{
}

trust::PushDesk::Given PushStandIn::device(const std::string& name)
{
    const std::lock_guard lock(mutex_);
    auto found = browsers_.find(name);
    if (found == browsers_.end())
        found = browsers_.emplace(name, *channels::PushKeyPair::make()).first;
    return {"http://" + port_.address() + "/push/" + name, found->second.public_point(), auth};
}

void PushStandIn::answer_with(const std::string& name, int status)
{
    const std::lock_guard lock(mutex_);
    statuses_[name] = status;
}

std::vector<PushStandIn::Ring> PushStandIn::rings() const
{
    const std::lock_guard lock(mutex_);
    return rings_;
}

std::vector<PushStandIn::Ring> PushStandIn::taken(const std::string& name) const
{
    auto all = rings();
    std::erase_if(all, [&](const Ring& each) { return each.device != name || each.status < 200 || each.status > 299; });
    return all;
}

std::vector<std::string> PushStandIn::wrong() const
{
    const std::lock_guard lock(mutex_);
    return wrong_;
}

void PushStandIn::expect(bool holds, const std::string& what)
{
    if (!holds)
        wrong_.push_back(what);
}

std::string PushStandIn::answer(const std::string& head, const std::string& body)
{
    const std::lock_guard lock(mutex_);
    const std::string begins = "POST /push/";
    expect(head.rfind(begins, 0) == 0, head.substr(0, head.find('\r')));
    Ring ring;
    ring.device = head.substr(begins.size(), head.find(' ', begins.size()) - begins.size());
    expect(header_of(head, "content-type") == "application/octet-stream", "the content type");
    expect(header_of(head, "content-encoding") == "aes128gcm", "the content encoding");
    const auto lasts = header_of(head, "ttl");
    expect(!lasts.empty() && lasts.find_first_not_of("0123456789") == std::string::npos, "TTL");
    ring.lasts = std::atoi(lasts.c_str());
    ring.urgency = header_of(head, "urgency");
    ring.topic = header_of(head, "topic");
    expect(!ring.topic.empty() && ring.topic.size() <= 32 && !unpacked(ring.topic).empty(), "the topic");

    const auto who = header_of(head, "authorization");
    const auto comma = who.find(", k=");
    expect(who.rfind("vapid t=", 0) == 0 && comma != std::string::npos, "the authorization");
    const auto token = who.substr(8, comma - 8);
    ring.service_key = who.substr(comma + 4);
    const auto last = token.rfind('.');
    expect(signed_by(unpacked(ring.service_key), token.substr(0, last), unpacked(token.substr(last + 1))), "the signature");
    boost::system::error_code failed;
    const auto first = token.find('.');
    const auto claims = json::parse(unpacked(token.substr(first + 1, last - first - 1)), failed);
    expect(!failed && claims.is_object() && claims.at("aud") == json::value("http://" + port_.address()), "the audience");
    expect(!failed && claims.is_object() && claims.at("sub") == json::value("mailto:ops@service.example"), "the contact");

    const auto browser = browsers_.find(ring.device);
    const auto text = browser == browsers_.end() ? std::string{} : opened(browser->second, body);
    const auto notice = json::parse(text, failed);
    expect(!failed && notice.is_object() && notice.get_object().size() == 3, "what the browser reads");
    if (!failed && notice.is_object())
        ring.notice = notice.get_object();
    ring.raw = text + "\n" + head;
    const auto status = statuses_.find(ring.device);
    ring.status = status == statuses_.end() ? 201 : status->second;
    rings_.push_back(ring);
    if (ring.status == 0)
        return {};
    return "HTTP/1.1 " + std::to_string(ring.status) + " x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
}

} // namespace handrail::errands
