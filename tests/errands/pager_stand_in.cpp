#include "errands/pager_stand_in.h"

#include <sodium.h>

#include <array>

#include "base/clock.h"

namespace handrail::errands {

namespace {

namespace json = boost::json;

/// Worked out here anew, and not by what is tested.
std::string signature(const std::string& key, const std::string& text)
{
    std::array<unsigned char, crypto_auth_hmacsha256_BYTES> hash{};
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, reinterpret_cast<const unsigned char*>(key.data()), key.size());
    crypto_auth_hmacsha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    crypto_auth_hmacsha256_final(&state, hash.data());
    std::array<char, 64> out{};
    sodium_bin2base64(out.data(), out.size(), hash.data(), hash.size(), sodium_base64_VARIANT_ORIGINAL);
    return "v1," + std::string(out.data());
}

} // namespace

SignedBody pager_fields()
{
    return {{"type", "delivery", "alert", "urgency", "step", "due_at", "to", "link"}, "delivery"};
}

PagerStandIn::PagerStandIn(std::string key, SignedBody takes)
    : key_(std::move(key)), takes_(std::move(takes)), port_([this](int connection) {
          answer_request(connection, [this](const std::string& head, const std::string& body) { return answer(head, body); });
      })
{
}

void PagerStandIn::signed_with(std::string key)
{
    const std::lock_guard lock(mutex_);
    key_ = std::move(key);
}

void PagerStandIn::answer_with(int status)
{
    const std::lock_guard lock(mutex_);
    status_ = status;
}

std::vector<PagerStandIn::Call> PagerStandIn::calls() const
{
    const std::lock_guard lock(mutex_);
    return calls_;
}

std::map<std::string, int> PagerStandIn::taken() const
{
    std::map<std::string, int> taken;
    for (const auto& call : calls())
        if (call.status >= 200 && call.status < 300)
            ++taken[call.id];
    return taken;
}

std::vector<std::string> PagerStandIn::wrong() const
{
    const std::lock_guard lock(mutex_);
    return wrong_;
}

void PagerStandIn::expect(bool holds, const std::string& what)
{
    if (!holds)
        wrong_.push_back(what);
}

std::string PagerStandIn::answer(const std::string& head, const std::string& body)
{
    const std::lock_guard lock(mutex_);
    expect(head.rfind("POST /page HTTP/1.1", 0) == 0, head.substr(0, head.find('\r')));
    expect(header_of(head, "content-type") == "application/json", "the content type");
    const auto id = header_of(head, "webhook-id");
    const auto at = header_of(head, "webhook-timestamp");
    expect(header_of(head, "webhook-signature") == signature(key_, id + "." + at + "." + body), "the signature");
    boost::system::error_code failed;
    const auto read = json::parse(body, failed);
    if (failed || !read.is_object()) {
        wrong_.emplace_back("not JSON");
        return "HTTP/1.1 400 x\r\nContent-Length: 0\r\n\r\n";
    }
    const auto& object = read.get_object();
    for (const auto& [name, value] : object)
        expect(takes_.fields.count(std::string_view(name)) > 0, "the field " + std::string(name));
    for (const auto& name : takes_.fields)
        expect(object.contains(name), "no field " + name);
    expect(object.contains(takes_.id) && object.at(takes_.id) == json::value(id), "the id in the body");
    calls_.push_back({id, object, body, status_});
    if (status_ == 0)
        return {};
    return "HTTP/1.1 " + std::to_string(status_) + " x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
}

} // namespace handrail::errands
