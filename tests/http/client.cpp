#include "http/client.h"

#include <cstdlib>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "http/headers.h"

namespace handrail::http
{

std::string Reply::header(std::string_view name) const
{
    std::size_t at = head.find("\r\n");
    while (at != std::string::npos && at + 2 < head.size()) {
        const auto end = head.find("\r\n", at + 2);
        const auto line =
            std::string_view(head).substr(at + 2, end == std::string::npos ? end : end - at - 2);
        const auto colon = line.find(':');
        if (colon != std::string_view::npos && same_name(line.substr(0, colon), name))
            return std::string(line.substr(colon + 2));
        at = end;
    }
    return {};
}

Client::Client(unsigned short port, std::chrono::milliseconds patience)
{
    socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    timeval wait{patience.count() / 1000, (patience.count() % 1000) * 1000};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
        ::close(socket_);
        socket_ = -1;
    }
}

Client::~Client()
{
    if (socket_ >= 0)
        ::close(socket_);
}

bool Client::say(std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool Client::more()
{
    char bytes[16 * 1024];
    const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0)
        return false;
    in_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

Reply Client::reply(bool head_only)
{
    Reply out;
    std::size_t end = 0;
    while ((end = in_.find("\r\n\r\n")) == std::string::npos)
        if (!more())
            return out;
    out.head = in_.substr(0, end + 2);
    in_.erase(0, end + 4);
    out.status = std::atoi(out.head.c_str() + 9);
    const auto length = head_only ? 0 : std::strtoul(out.header("Content-Length").c_str(), nullptr, 10);
    while (in_.size() < length)
        if (!more())
            break;
    out.body = in_.substr(0, length);
    in_.erase(0, length);
    return out;
}

std::string Client::until(std::string_view text)
{
    while (in_.find(text) == std::string::npos)
        if (!more())
            return std::exchange(in_, {});
    const auto end = in_.find(text) + text.size();
    const auto out = in_.substr(0, end);
    in_.erase(0, end);
    return out;
}

bool Client::closed()
{
    while (more()) {
    }
    char byte;
    return ::recv(socket_, &byte, 1, MSG_DONTWAIT) == 0 || errno == ECONNRESET;
}

} // namespace handrail::http
