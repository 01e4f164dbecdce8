#include "http/socket.h"

#include <array>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

namespace handrail::http
{
namespace
{

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

tcp protocol(bool six)
{
    return six ? tcp::v6() : tcp::v4();
}

std::vector<asio::const_buffer> buffers_of(const Outgoing& outgoing)
{
    std::vector<asio::const_buffer> out;
    out.reserve(2 + outgoing.parts.size());
    if (!outgoing.head.empty())
        out.emplace_back(asio::buffer(outgoing.head));
    if (!outgoing.body.empty())
        out.emplace_back(asio::buffer(outgoing.body));
    for (const auto& part : outgoing.parts)
        if (!part->empty())
            out.emplace_back(asio::buffer(*part));
    return out;
}

/// Drops `bytes` from the front; what is left is what still has to go.
void consume(std::vector<asio::const_buffer>& buffers, std::size_t bytes)
{
    std::size_t whole = 0;
    while (whole < buffers.size() && bytes >= buffers[whole].size())
        bytes -= buffers[whole++].size();
    buffers.erase(buffers.begin(), buffers.begin() + static_cast<std::ptrdiff_t>(whole));
    if (!buffers.empty())
        buffers.front() += bytes;
}

/// Every read of a thread lands here first: a connection that waits holds no buffer, and 10,000 of them hold
/// none.
std::array<char, 64 * 1024>& landing()
{
    thread_local std::array<char, 64 * 1024> bytes;
    return bytes;
}

class PlainSocket final : public Socket
{
public:
    PlainSocket(asio::io_context& io, int descriptor, bool six)
        : io_(io), socket_(io, protocol(six), descriptor)
    {
        error_code ignored;
        socket_.non_blocking(true, ignored);
        socket_.set_option(tcp::no_delay(true), ignored);
    }

    void read(std::shared_ptr<SocketUser> user) override
    {
        socket_.async_wait(tcp::socket::wait_read, [this, user = std::move(user)](error_code error) {
            std::size_t count = 0;
            if (!error)
                count = socket_.read_some(asio::buffer(landing()), error);
            if (error == asio::error::would_block)
                read(user);
            else if (error)
                user->on_end();
            else
                user->on_bytes({landing().data(), count});
        });
    }

    bool has_unread() const override
    {
        error_code error;
        return socket_.available(error) > 0 && !error;
    }

    Sent send(Outgoing outgoing, std::shared_ptr<SocketUser> user) override
    {
        auto buffers = buffers_of(outgoing);
        // Most answers fit into the socket's own buffer: no waiting, no copy, no allocation.
        while (!buffers.empty()) {
            error_code error;
            const auto count = socket_.write_some(buffers, error);
            if (error == asio::error::would_block)
                break;
            if (error)
                return Sent::Failed;
            consume(buffers, count);
        }
        if (buffers.empty())
            return Sent::Done;
        // Moving the strings would move short ones out from under their buffers: they are held where they
        // are.
        auto held = std::make_shared<Outgoing>(std::move(outgoing));
        std::size_t left = 0;
        for (const auto& buffer : buffers)
            left += buffer.size();
        auto rest = buffers_of(*held);
        std::size_t all = 0;
        for (const auto& buffer : rest)
            all += buffer.size();
        consume(rest, all - left);
        asio::async_write(socket_, rest, [user = std::move(user), held](error_code error, std::size_t) {
            user->on_sent(!error);
        });
        return Sent::Later;
    }

    void end_sending(std::shared_ptr<SocketUser>) override
    {
        error_code ignored;
        socket_.shutdown(tcp::socket::shutdown_send, ignored);
    }

    void close() override
    {
        error_code ignored;
        socket_.close(ignored);
    }

    void post(std::function<void()> work) override { asio::post(io_, std::move(work)); }

private:
    asio::io_context& io_;
    tcp::socket socket_;
};

class TlsSocket final : public Socket
{
public:
    TlsSocket(asio::io_context& io, std::shared_ptr<asio::ssl::context> context, int descriptor, bool six)
        : io_(io), context_(std::move(context)),
          stream_(tcp::socket(io, protocol(six), descriptor), *context_)
    {
        error_code ignored;
        stream_.next_layer().set_option(tcp::no_delay(true), ignored);
        SSL_set_mode(stream_.native_handle(), SSL_MODE_RELEASE_BUFFERS);
    }

    void read(std::shared_ptr<SocketUser> user) override
    {
        if (!shaken_) {
            stream_.async_handshake(asio::ssl::stream_base::server,
                                    [this, user = std::move(user)](error_code error) {
                                        if (error) {
                                            user->on_end();
                                            return;
                                        }
                                        shaken_ = true;
                                        read(user);
                                    });
            return;
        }
        stream_.async_read_some(asio::buffer(bytes_),
                                [this, user = std::move(user)](error_code error, std::size_t count) {
                                    if (error)
                                        user->on_end();
                                    else
                                        user->on_bytes({bytes_.data(), count});
                                });
    }

    bool has_unread() const override
    {
        error_code error;
        return stream_.next_layer().available(error) > 0 && !error;
    }

    Sent send(Outgoing outgoing, std::shared_ptr<SocketUser> user) override
    {
        // In one piece: small pieces would become small TLS records.
        auto whole = std::make_shared<std::string>(std::move(outgoing.head));
        *whole += outgoing.body;
        for (const auto& part : outgoing.parts)
            *whole += *part;
        asio::async_write(
            stream_, asio::buffer(*whole),
            [user = std::move(user), whole](error_code error, std::size_t) { user->on_sent(!error); });
        return Sent::Later;
    }

    void end_sending(std::shared_ptr<SocketUser> user) override
    {
        stream_.async_shutdown([this, user = std::move(user)](error_code) {
            error_code ignored;
            stream_.next_layer().shutdown(tcp::socket::shutdown_send, ignored);
        });
    }

    void close() override
    {
        error_code ignored;
        stream_.next_layer().close(ignored);
    }

    void post(std::function<void()> work) override { asio::post(io_, std::move(work)); }

private:
    asio::io_context& io_;
    std::shared_ptr<asio::ssl::context> context_; ///< a newer certificate does not pull this one away
    asio::ssl::stream<tcp::socket> stream_;
    std::array<char, 4096> bytes_;
    bool shaken_ = false;
};

} // namespace

std::unique_ptr<Socket> plain_socket(asio::io_context& io, int descriptor, bool six)
{
    return std::make_unique<PlainSocket>(io, descriptor, six);
}

std::unique_ptr<Socket> tls_socket(asio::io_context& io, std::shared_ptr<asio::ssl::context> context,
                                   int descriptor, bool six)
{
    return std::make_unique<TlsSocket>(io, std::move(context), descriptor, six);
}

} // namespace handrail::http
