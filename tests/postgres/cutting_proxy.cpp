#include "postgres/cutting_proxy.h"

#include <stdexcept>
#include <string_view>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace handrail::tests {

namespace {

sockaddr_in loopback(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

bool send_all(int to, std::string_view bytes)
{
    while (!bytes.empty()) {
        const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

} // namespace

CuttingProxy::CuttingProxy(int server_port)
    : server_port_(server_port), listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(listening_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listening_, 16) != 0 ||
        ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
        throw std::runtime_error("the proxy cannot listen");
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
}

CuttingProxy::~CuttingProxy()
{
    stopping_ = true;
    acceptor_.join();
    for (auto& carrier : carriers_)
        carrier.join();
    ::close(listening_);
}

void CuttingProxy::accept_all()
{
    while (!stopping_) {
        pollfd waited{listening_, POLLIN, 0};
        if (::poll(&waited, 1, 50) <= 0)
            continue;
        const int client = ::accept(listening_, nullptr, nullptr);
        if (client < 0)
            continue;
        const std::lock_guard lock(mutex_);
        carriers_.emplace_back([this, client] { carry(client); });
    }
}

void CuttingProxy::carry(int client)
{
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(server_port_);
    bool open = ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    bool swallow_answer = false;
    char bytes[16384];
    while (open && !stopping_) {
        pollfd waited[] = {{client, POLLIN, 0}, {server, POLLIN, 0}};
        if (::poll(waited, 2, 50) <= 0)
            continue;
        if (waited[0].revents != 0) {
            const auto got = ::recv(client, bytes, sizeof bytes, 0);
            const std::string_view text(bytes, got > 0 ? static_cast<std::size_t>(got) : 0);
            if (text.find("COMMIT") != std::string_view::npos) {
                const auto cut = cut_.exchange(Cut::Nothing);
                if (cut == Cut::BeforeCommit) {
                    ++cuts_;
                    break;
                }
                swallow_answer = cut == Cut::BeforeAnswer;
            }
            open = got > 0 && send_all(server, text);
        }
        if (open && waited[1].revents != 0) {
            const auto got = ::recv(server, bytes, sizeof bytes, 0);
            if (swallow_answer) { // it has been done, and nobody is told
                ++cuts_;
                break;
            }
            open = got > 0 && send_all(client, {bytes, static_cast<std::size_t>(got)});
        }
    }
    ::close(server);
    ::close(client);
}

} // namespace handrail::tests
