#include "http/server.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>
#include <unordered_map>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "http/session.h"
#include "http/tls_context.h"

namespace handrail::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds tick_length{100};
constexpr std::chrono::seconds certificate_look{2};
constexpr std::string_view full_house = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
                                        "Content-Length: 0\r\n\r\n";

/// How many connections there are, in all and from each address.
class Headcount {
public:
    Headcount(std::size_t most, std::size_t most_per_address) : most_(most), most_per_address_(most_per_address) {}

    bool enter(const std::string& address, bool counted)
    {
        const std::lock_guard lock(mutex_);
        if (all_ >= most_)
            return false;
        if (counted && by_address_[address] >= most_per_address_)
            return false;
        ++all_;
        ++by_address_[address];
        return true;
    }
    void leave(const std::string& address)
    {
        const std::lock_guard lock(mutex_);
        --all_;
        if (const auto at = by_address_.find(address); at != by_address_.end() && --at->second == 0)
            by_address_.erase(at);
        if (all_ == 0)
            empty_.notify_all();
    }
    void wait_until_empty(Steady::time_point deadline)
    {
        std::unique_lock lock(mutex_);
        empty_.wait_until(lock, deadline, [this] { return all_ == 0; });
    }
    std::size_t all() const
    {
        const std::lock_guard lock(mutex_);
        return all_;
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable empty_;
    const std::size_t most_;
    const std::size_t most_per_address_;
    std::size_t all_ = 0;
    std::unordered_map<std::string, std::size_t> by_address_;
};

bool is_loopback(const std::string& address)
{
    return address == "::1" || address.starts_with("127.");
}

/// One thread, one io_context, one listening socket of its own: the kernel shares out the connections between
/// them.
class Loop final : public SessionHome {
public:
    Loop(House& house, Headcount& headcount, TlsContext* tls)
        : io_(1), listener_(io_), timer_(io_), pause_(io_), house_(house), headcount_(headcount), tls_(tls)
    {
    }

    tcp::acceptor& listener() { return listener_; }

    void start()
    {
        asio::post(io_, [this] {
            accept();
            tick();
        });
        thread_ = std::thread([this] {
            const auto work = asio::make_work_guard(io_);
            io_.run();
        });
    }

    void finish()
    {
        asio::post(io_, [this] {
            take_waiting();
            error_code ignored;
            listener_.close(ignored);
            each([](Session& session) { session.finish(); });
        });
    }

    void close_all()
    {
        asio::post(io_, [this] { each([](Session& session) { session.close(); }); });
    }

    void stop()
    {
        asio::post(io_, [this] {
            error_code ignored;
            listener_.close(ignored);
            each([](Session& session) { session.close(); });
            timer_.cancel();
            pause_.cancel();
            io_.stop();
        });
        if (thread_.joinable())
            thread_.join();
    }

    void left(Session& session) override
    {
        headcount_.leave(session.peer());
        const auto place = session.place;
        if (place + 1 != sessions_.size()) {
            sessions_[place] = std::move(sessions_.back());
            sessions_[place]->place = place;
        }
        sessions_.pop_back();
    }

private:
    /// `act` may close a session, which takes it out of the list: a copy is walked.
    template <class Act> void each(Act act)
    {
        const auto all = sessions_;
        for (const auto& session : all)
            act(*session);
    }

    void tick()
    {
        const auto now = Steady::now();
        // Backwards, since a closing session is replaced by the last one.
        for (std::size_t i = sessions_.size(); i-- > 0;)
            if (i < sessions_.size()) {
                const auto session = sessions_[i];
                session->tick(now);
            }
        timer_.expires_after(tick_length);
        timer_.async_wait([this](error_code error) {
            if (!error)
                tick();
        });
    }

    void accept()
    {
        listener_.async_wait(tcp::acceptor::wait_read, [this](error_code error) {
            if (error || !listener_.is_open())
                return;
            if (take_waiting()) {
                accept();
                return;
            }
            // Out of descriptors or memory: those who wait in the queue are served when others have gone.
            pause_.expires_after(tick_length);
            pause_.async_wait([this](error_code cancelled) {
                if (!cancelled && listener_.is_open())
                    accept();
            });
        });
    }

    bool take_waiting()
    {
        for (int i = 0; i < 64; ++i) {
            sockaddr_storage from{};
            socklen_t size = sizeof from;
            const int descriptor = ::accept4(listener_.native_handle(), reinterpret_cast<sockaddr*>(&from), &size,
                                             SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (descriptor < 0)
                return errno == EAGAIN || errno == EWOULDBLOCK || errno == ECONNABORTED || errno == EINTR;
            welcome(descriptor, from);
        }
        return true;
    }

    void welcome(int descriptor, const sockaddr_storage& from)
    {
        char text[INET6_ADDRSTRLEN] = "";
        const bool six = from.ss_family == AF_INET6;
        if (six)
            inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(from).sin6_addr, text, sizeof text);
        else
            inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(from).sin_addr, text, sizeof text);
        std::string peer = text;
        if (peer.starts_with("::ffff:") && peer.find('.') != std::string::npos)
            peer.erase(0, 7);
        const bool counted = !is_loopback(peer) && !house_.proxies.trusted(peer);
        if (!headcount_.enter(peer, counted)) {
            if (!tls_)
                (void)!::send(descriptor, full_house.data(), full_house.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            ::close(descriptor);
            return;
        }
        auto socket = tls_ ? tls_socket(io_, tls_->current(), descriptor, six) : plain_socket(io_, descriptor, six);
        auto session = std::make_shared<Session>(std::move(socket), house_, *this, std::move(peer), tls_ != nullptr);
        session->place = sessions_.size();
        sessions_.push_back(session);
        session->start();
    }

    asio::io_context io_;
    tcp::acceptor listener_;
    asio::steady_timer timer_;
    asio::steady_timer pause_;
    House& house_;
    Headcount& headcount_;
    TlsContext* tls_;
    std::vector<std::shared_ptr<Session>> sessions_;
    std::thread thread_;
};

Error cannot_listen(const std::string& address, std::uint16_t port, const error_code& error)
{
    const auto where = std::to_string(port);
    if (error == asio::error::address_in_use)
        return conflict("Port " + where + " is in use by another program. Stop it, or set listen in handrail.toml.");
    if (error == asio::error::access_denied)
        return invalid("Port " + where +
                       " may only be opened by root. Set listen in handrail.toml to a port above "
                       "1023, or put a reverse proxy in front.");
    if (error == boost::system::errc::address_not_available)
        return invalid(address + " is not an address of this machine. Set listen in handrail.toml.");
    return invalid("Cannot listen on " + address + " port " + where + ": " + error.message() + ".");
}

error_code bind(tcp::acceptor& listener, const tcp::endpoint& endpoint, bool shared)
{
    using reuse_port = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
    error_code error;
    listener.open(endpoint.protocol(), error);
    if (!error)
        listener.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error && shared)
        listener.set_option(reuse_port(true), error);
    if (!error)
        listener.bind(endpoint, error);
    if (!error)
        listener.listen(4096, error);
    if (!error)
        listener.non_blocking(true, error);
    return error;
}

/// Ten thousand streams need ten thousand descriptors; the soft limit is often 1,024.
void allow_many_descriptors()
{
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace

struct Server::State {
    State(const Router& router, const ServerSettings& given, Proxies proxies)
        : settings(given), house(router, given.limits, std::move(proxies)),
          headcount(given.limits.connections, given.limits.connections_per_address)
    {
    }

    const ServerSettings settings;
    House house;
    Headcount headcount;
    std::unique_ptr<TlsContext> tls;
    std::vector<std::unique_ptr<Loop>> loops;
    std::uint16_t port = 0;
    bool started = false;
    bool stopped = false;

    std::mutex watch_mutex;
    std::condition_variable watch_end;
    bool watch_over = false;
    std::thread watch;
};

Result<std::unique_ptr<Server>> Server::open(ServerSettings settings, const Router& router)
{
    auto proxies = TRY(Proxies::from(settings.trusted_proxies));
    error_code error;
    const auto address = asio::ip::make_address(settings.address, error);
    if (error)
        return invalid("\"" + settings.address +
                       "\" is not an IP address. Set listen in handrail.toml, for example "
                       "127.0.0.1:8080.");
    allow_many_descriptors();
    auto state = std::make_shared<State>(router, settings, std::move(proxies));
    if (!settings.certificate_file.empty() || !settings.key_file.empty())
        state->tls = TRY(TlsContext::open(settings.certificate_file, settings.key_file));

    tcp::endpoint endpoint(address, settings.port);
    if (settings.port != 0) {
        // Sockets that share a port would also share it with another copy of this server. One that does not
        // share asks first whether anybody is there.
        asio::io_context io;
        tcp::acceptor probe(io);
        if (const auto taken = bind(probe, endpoint, false))
            return cannot_listen(settings.address, settings.port, taken);
    }
    const unsigned threads =
        settings.io_threads > 0 ? settings.io_threads : std::max(1u, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < threads; ++i) {
        auto loop = std::make_unique<Loop>(state->house, state->headcount, state->tls.get());
        if (const auto failed = bind(loop->listener(), endpoint, true))
            return cannot_listen(settings.address, settings.port, failed);
        endpoint.port(loop->listener().local_endpoint().port());
        state->loops.push_back(std::move(loop));
    }
    state->port = endpoint.port();
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::shared_ptr<State> state) : state_(std::move(state)) {}

Server::~Server()
{
    stop(std::chrono::milliseconds(0));
}

std::uint16_t Server::port() const
{
    return state_->port;
}
bool Server::tls() const
{
    return state_->tls != nullptr;
}
std::size_t Server::connections() const
{
    return state_->headcount.all();
}

std::size_t Server::waiting_requests() const
{
    return state_->house.workers.waiting();
}

std::size_t Server::buffered_bytes() const
{
    return state_->house.buffers.held();
}

void Server::start()
{
    ensure(!state_->started, "a server is started once");
    state_->started = true;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (const auto& loop : state_->loops)
        loop->start();
    if (state_->tls)
        state_->watch = std::thread([state = state_.get()] {
            std::unique_lock lock(state->watch_mutex);
            while (!state->watch_end.wait_for(lock, certificate_look, [&] { return state->watch_over; }))
                if (state->tls->changed()) {
                    const auto reloaded = state->tls->reload();
                    if (const auto& note = state->house.router.hooks().note; note)
                        note(reloaded ? "the TLS certificate was read again"
                                      : "the new TLS certificate cannot be used, the old one stays: " +
                                            reloaded.error().told,
                             {});
                }
        });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void Server::stop(std::chrono::milliseconds grace)
{
    if (std::exchange(state_->stopped, true))
        return;
    state_->house.stopping = true;
    if (state_->watch.joinable()) {
        {
            const std::lock_guard lock(state_->watch_mutex);
            state_->watch_over = true;
        }
        state_->watch_end.notify_all();
        state_->watch.join();
    }
    if (state_->started) {
        for (const auto& loop : state_->loops)
            loop->finish();
        state_->headcount.wait_until_empty(Steady::now() + grace);
        for (const auto& loop : state_->loops)
            loop->close_all();
    }
    // A handler that still runs is in the middle of something: it is waited for, whatever the grace.
    state_->house.workers.stop();
    if (state_->started)
        for (const auto& loop : state_->loops)
            loop->stop();
}

Result<void> Server::reload_certificate()
{
    if (!state_->tls)
        return {};
    return state_->tls->reload();
}

} // namespace handrail::http
