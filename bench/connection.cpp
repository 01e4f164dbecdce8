#include "connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>

namespace handrail::bench {

namespace {

constexpr int patience_ms = 10'000;

/// The body's length out of the head; 0 when it names none, as for 204.
std::size_t length_in(std::string_view head)
{
    for (const std::string_view name : {"\r\nContent-Length: ", "\r\ncontent-length: "}) {
        const auto at = head.find(name);
        if (at == std::string_view::npos)
            continue;
        std::size_t length = 0;
        std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
        return length;
    }
    return 0;
}

} // namespace

Connection::~Connection() { close(); }

Connection::Connection(Connection&& other) noexcept : port_(other.port_), fd_(other.fd_), in_(std::move(other.in_))
{
    other.fd_ = -1;
}

bool Connection::open()
{
    close();
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd_ < 0 || ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        close();
        return false;
    }
    const int on = 1;
    ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return true;
}

void Connection::close()
{
    if (fd_ >= 0)
        ::close(fd_);
    fd_ = -1;
    in_.clear();
}

bool Connection::send(std::string_view request)
{
    while (!request.empty()) {
        const auto sent = ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        request.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool Connection::receive()
{
    char buffer[32 * 1024];
    for (;;) {
        const auto got = ::recv(fd_, buffer, sizeof buffer, MSG_DONTWAIT);
        if (got > 0) {
            in_.append(buffer, static_cast<std::size_t>(got));
            if (static_cast<std::size_t>(got) < sizeof buffer)
                return true;
            continue;
        }
        if (got < 0 && errno == EINTR)
            continue;
        return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }
}

bool Connection::take(Answer& answer)
{
    const auto end = in_.find("\r\n\r\n");
    if (end == std::string::npos)
        return false;
    const auto head = std::string_view(in_).substr(0, end + 2);
    const auto length = length_in(head);
    if (in_.size() < end + 4 + length)
        return false;
    answer.status = 0;
    if (head.size() > 12)
        std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    answer.head.assign(head);
    answer.body.assign(in_, end + 4, length);
    in_.erase(0, end + 4 + length);
    return true;
}

bool Connection::exchange(std::string_view request, Answer& answer)
{
    if (fd_ < 0 && !open())
        return false;
    if (!send(request))
        return false;
    while (!take(answer)) {
        pollfd waiting{fd_, POLLIN, 0};
        if (::poll(&waiting, 1, patience_ms) <= 0 || !receive())
            return false;
    }
    return true;
}

std::string request_text(std::uint16_t port, std::string_view method, std::string_view path, std::string_view cookie,
                         std::string_view body)
{
    const auto host = "127.0.0.1:" + std::to_string(port);
    std::string text;
    text.reserve(256 + body.size());
    text.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    if (method != "GET")
        text.append("\r\nOrigin: http://").append(host);
    if (!cookie.empty())
        text.append("\r\nCookie: ").append(cookie);
    if (!body.empty())
        text.append("\r\nContent-Type: application/json\r\nContent-Length: ").append(std::to_string(body.size()));
    else if (method != "GET")
        text.append("\r\nContent-Length: 0");
    text.append("\r\n\r\n").append(body);
    return text;
}

} // namespace handrail::bench
