#include "errands/pager_stand_in.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <set>
#include <stdexcept>

#include "base/clock.h"
#include "base/text.h"

namespace handrail::errands {

namespace {

namespace json = boost::json;

std::string header_of(const std::string& head, const std::string& name)
{
    for (const auto line : split(head, '\n'))
        if (lower_ascii(line.substr(0, name.size() + 1)) == name + ":")
            return std::string(trimmed(line.substr(name.size() + 1)));
    return {};
}

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

PagerStandIn::PagerStandIn(std::string key) : key_(std::move(key)), listening_(::socket(AF_INET, SOCK_STREAM, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (listening_ < 0 || ::bind(listening_, plain, length) != 0 || ::listen(listening_, 8) != 0 ||
        ::getsockname(listening_, plain, &length) != 0)
        throw std::runtime_error("no port for the stand-in");
    port_ = ntohs(address.sin_port);
    worker_ = std::thread([this] { serve(); });
}

PagerStandIn::~PagerStandIn()
{
    ::shutdown(listening_, SHUT_RDWR);
    worker_.join();
    ::close(listening_);
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

void PagerStandIn::serve()
{
    for (;;) {
        const int connection = ::accept(listening_, nullptr, nullptr);
        if (connection < 0)
            return;
        std::string all;
        std::size_t whole = 0;
        char bytes[16384];
        while (whole == 0 || all.size() < whole) {
            const auto count = ::recv(connection, bytes, sizeof bytes, 0);
            if (count <= 0)
                break;
            all.append(bytes, static_cast<std::size_t>(count));
            if (const auto end = all.find("\r\n\r\n"); whole == 0 && end != std::string::npos)
                whole = end + 4 + std::stoul("0" + header_of(all.substr(0, end), "content-length"));
        }
        const auto end = all.find("\r\n\r\n");
        const auto out = end == std::string::npos ? std::string{} : answer(all.substr(0, end), all.substr(end + 4));
        if (!out.empty())
            (void)::send(connection, out.data(), out.size(), MSG_NOSIGNAL);
        ::close(connection);
    }
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
    static const std::set<std::string, std::less<>> known{"type",   "delivery", "alert", "urgency",
                                                          "step",   "due_at",   "to",    "link"};
    const auto& object = read.get_object();
    for (const auto& [name, value] : object)
        expect(known.count(std::string_view(name)) > 0, "the field " + std::string(name));
    for (const auto& name : known)
        expect(object.contains(name), "no field " + name);
    expect(object.contains("delivery") && object.at("delivery") == json::value(id), "the delivery's id in the body");
    calls_.push_back({id, object, body, status_});
    if (status_ == 0)
        return {};
    return "HTTP/1.1 " + std::to_string(status_) + " x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
}

} // namespace handrail::errands
