#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/router.h"

namespace handrail::http {

struct ServerLimits {
    std::chrono::milliseconds header_time{10'000};
    std::chrono::milliseconds body_time{30'000};
    std::chrono::milliseconds write_time{30'000};
    std::chrono::milliseconds idle_time{75'000};
    std::chrono::milliseconds heartbeat{20'000}; ///< a comment on every event stream, so that proxies keep it
    std::size_t header_bytes = 16 * 1024;
    std::size_t connections = 20'000;
    std::size_t connections_per_address = 1'000; ///< not counted for loopback and trusted proxies
    std::size_t workers = 32;
    std::size_t buffered_bytes = 128u << 20; ///< of requests and answers of all connections, besides 8 KiB each
    std::size_t queue = 1'024;               ///< requests waiting for a worker; more get 503 with Retry-After
};

struct ServerSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;         ///< 0: any free one, see Server::port()
    unsigned io_threads = 0;           ///< 0: one a core
    std::string certificate_file = {}; ///< PEM with the chain; with key_file: TLS in the binary
    std::string key_file = {};
    std::vector<std::string> trusted_proxies = {}; ///< "10.0.0.0/8", "::1": only these are believed about X-Forwarded-*
    ServerLimits limits = {};
};

/// Bytes in, bytes out: sockets, TLS, time-outs and limits around a Router. Handlers run on a bounded pool of
/// workers.
class Server {
public:
    /// Binds and listens; nothing is answered before start(). Conflict when the port is taken, Invalid when
    /// the address or a certificate cannot be used: the sentence says what to do. The router must outlive the
    /// server.
    static Result<std::unique_ptr<Server>> open(ServerSettings settings, const Router& router);
    ~Server(); ///< stops without grace when stop() was not called

    std::uint16_t port() const;
    bool tls() const;
    void start();

    /// Listens no more, lets requests in flight finish within `grace`, then closes what is left, event
    /// streams first. Call EventHub::close_everything() before it, so that streams do not eat the grace.
    void stop(std::chrono::milliseconds grace = std::chrono::seconds(10));

    /// Reads certificate and key again (SIGHUP; also done by itself when the files change). The old ones stay
    /// in use when the new ones are unusable.
    Result<void> reload_certificate();

    std::size_t connections() const;
    std::size_t waiting_requests() const; ///< for a worker
    std::size_t buffered_bytes() const;   ///< of requests and answers, beyond each connection's allowance

private:
    struct State;
    explicit Server(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

} // namespace handrail::http
