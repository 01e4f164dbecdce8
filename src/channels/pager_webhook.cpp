#include "channels/pager_webhook.h"

#include <boost/json.hpp>
#include <sodium.h>

#include "base/checksum.h"

namespace handrail::channels {

namespace {

namespace json = boost::json;

constexpr std::size_t shortest_key = 24; // as the specification asks
constexpr std::string_view prefix = "whsec_";

std::string base64(std::string_view bytes)
{
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    out.pop_back(); // the zero that ends a C string
    return out;
}

} // namespace

std::string pager_body(const PagerCall& call)
{
    json::object to;
    if (!call.account.empty())
        to["account"] = call.account;
    if (!call.phone.empty())
        to["phone"] = call.phone;
    return json::serialize(json::object{
        {"type", call.test ? "handrail.test" : "handrail.alert"},
        {"delivery", call.delivery},
        {"alert", call.alert},
        {"urgency", std::string(name(call.urgency))},
        {"step", call.step},
        {"due_at", call.due_at ? json::value(to_rfc3339(*call.due_at)) : json::value()},
        {"to", std::move(to)},
        {"link", call.link},
    });
}

std::vector<std::pair<std::string, std::string>> pager_headers(const std::string& key, const std::string& id, Instant at,
                                                               const std::string& body)
{
    const auto seconds =
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
    std::vector<std::pair<std::string, std::string>> headers;
    headers.emplace_back("Content-Type", "application/json");
    headers.emplace_back("webhook-id", id);
    headers.emplace_back("webhook-timestamp", seconds);
    headers.emplace_back("webhook-signature", "v1," + base64(hmac_sha256(key, id + "." + seconds + "." + body)));
    return headers;
}

Result<std::string> pager_key(const std::string& secret)
{
    std::string key = secret;
    if (secret.rfind(prefix, 0) == 0) {
        key.assign(secret.size(), '\0');
        std::size_t length = 0;
        const auto written = std::string_view(secret).substr(prefix.size());
        const char* end = nullptr;
        // Some write the equals signs at the end and some do not.
        const auto variant = written.ends_with('=') || written.size() % 4 == 0 ? sodium_base64_VARIANT_ORIGINAL
                                                                             : sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
        if (sodium_base642bin(reinterpret_cast<unsigned char*>(key.data()), key.size(), written.data(), written.size(),
                              nullptr, &length, &end, variant) != 0 ||
            end != written.data() + written.size())
            return invalid("A secret that begins with whsec_ goes on in base 64.");
        key.resize(length);
    }
    if (key.size() < shortest_key)
        return invalid("A secret of a webhook has at least 24 bytes.");
    return key;
}

} // namespace handrail::channels
