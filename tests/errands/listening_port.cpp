#include "errands/listening_port.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "base/text.h"

namespace handrail::errands {

ListeningPort::ListeningPort(std::function<void(int connection)> talk) : listening_(::socket(AF_INET, SOCK_STREAM, 0))
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
    worker_ = std::thread([this, talk = std::move(talk)] {
        for (;;) {
            const int connection = ::accept(listening_, nullptr, nullptr);
            if (connection < 0)
                return;
            talk(connection);
            ::close(connection);
        }
    });
}

ListeningPort::~ListeningPort()
{
    ::shutdown(listening_, SHUT_RDWR);
    worker_.join();
    ::close(listening_);
}

std::string header_of(const std::string& head, const std::string& name)
{
    for (const auto line : split(head, '\n'))
        if (lower_ascii(line.substr(0, name.size() + 1)) == name + ":")
            return std::string(trimmed(line.substr(name.size() + 1)));
    return {};
}

void answer_request(int connection, const std::function<std::string(const std::string& head, const std::string& body)>& answer)
{
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
}

} // namespace handrail::errands
