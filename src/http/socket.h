#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace boost::asio
{
class io_context;
namespace ssl
{
class context;
}
} // namespace boost::asio

namespace handrail::http
{

/// What a socket tells of itself, always on the thread of its loop.
class SocketUser
{
public:
    virtual ~SocketUser() = default;
    virtual void on_bytes(std::string_view bytes) = 0; ///< answers one read(); the bytes are gone afterwards
    virtual void on_end() = 0;                         ///< answers one read(): nothing comes any more
    virtual void on_sent(bool all) = 0;                ///< answers a send() that said Later
};

/// Bytes on their way out, in this order.
struct Outgoing {
    std::string head;
    std::string body;
    std::vector<std::shared_ptr<const std::string>> parts;
};

enum class Sent { Done, Later, Failed };

/// One connection, plain or TLS. Everything but post() is called on the thread of its loop.
class Socket
{
public:
    virtual ~Socket() = default;
    /// Asks for what comes next. `user` is kept alive until it was told.
    virtual void read(std::shared_ptr<SocketUser> user) = 0;
    virtual bool has_unread() const = 0; ///< something has come that was not read yet
    virtual Sent send(Outgoing outgoing, std::shared_ptr<SocketUser> user) = 0;
    /// Says to the other side that nothing more will be sent.
    virtual void end_sending(std::shared_ptr<SocketUser> user) = 0;
    virtual void close() = 0;
    virtual void post(std::function<void()> work) = 0;
};

std::unique_ptr<Socket> plain_socket(boost::asio::io_context& io, int descriptor, bool six);
std::unique_ptr<Socket> tls_socket(boost::asio::io_context& io,
                                   std::shared_ptr<boost::asio::ssl::context> context, int descriptor,
                                   bool six);

} // namespace handrail::http
