#include "errands/text_stand_in.h"

#include <regex>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace handrail::errands {

namespace {

namespace json = boost::json;

/// Worked out by OpenSSL, and not by what is tested.
std::string signature(const std::string& key, const std::string& text)
{
    std::string hash(32, '\0');
    unsigned int size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), reinterpret_cast<unsigned char*>(hash.data()), &size);
    std::string out(48, '\0');
    const int written = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                        reinterpret_cast<const unsigned char*>(hash.data()), static_cast<int>(size));
    out.resize(static_cast<std::size_t>(written));
    return "v1," + out;
}

} // namespace

TextStandIn::TextStandIn(std::string key)
    : key_(std::move(key)), port_([this](int connection) {
          answer_request(connection, [this](const std::string& head, const std::string& body) { return answer(head, body); });
      })
{
}

void TextStandIn::answer_with(int status)
{
    const std::lock_guard lock(mutex_);
    status_ = status;
}

std::vector<TextStandIn::Text> TextStandIn::texts() const
{
    const std::lock_guard lock(mutex_);
    return texts_;
}

std::vector<std::string> TextStandIn::wrong() const
{
    const std::lock_guard lock(mutex_);
    return wrong_;
}

void TextStandIn::expect(bool holds, const std::string& what)
{
    if (!holds)
        wrong_.push_back(what);
}

std::string TextStandIn::answer(const std::string& head, const std::string& body)
{
    const std::lock_guard lock(mutex_);
    expect(head.rfind("POST /text HTTP/1.1", 0) == 0, head.substr(0, head.find('\r')));
    expect(header_of(head, "content-type") == "application/json", "the content type");
    const auto id = header_of(head, "webhook-id");
    expect(header_of(head, "webhook-signature") == signature(key_, id + "." + header_of(head, "webhook-timestamp") + "." + body),
           "the signature");
    boost::system::error_code failed;
    const auto read = json::parse(body, failed);
    if (failed || !read.is_object()) {
        wrong_.emplace_back("not JSON");
        return "HTTP/1.1 400 x\r\nContent-Length: 0\r\n\r\n";
    }
    const auto& object = read.get_object();
    const auto field = [&](const char* name) {
        const auto* found = object.if_contains(name);
        expect(found != nullptr && found->is_string(), std::string("no field ") + name);
        return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
    };
    expect(object.size() == 5, "a field too many");
    expect(field("type") == "handrail.text", "the type");
    expect(field("delivery") == id, "the delivery's id in the body");
    texts_.push_back({id, field("to"), field("text"), field("kind"), status_});
    expect(std::regex_match(texts_.back().to, std::regex(R"(\+[1-9]\d{6,14})")), "the number");
    expect(texts_.back().text.size() <= 160, "longer than one text message");
    if (status_ == 0)
        return {};
    return "HTTP/1.1 " + std::to_string(status_) + " x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
}

} // namespace handrail::errands
