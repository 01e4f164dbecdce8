#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "http/byte_budget.h"
#include "http/event_stream.h"
#include "http/proxies.h"
#include "http/router.h"
#include "http/server.h"
#include "http/socket.h"
#include "http/workers.h"

namespace handrail::http {

class Session;

/// What all sessions of a server share.
struct House {
    House(const Router& given_router, ServerLimits given_limits, Proxies given_proxies)
        : router(given_router), limits(given_limits), proxies(std::move(given_proxies)),
          workers(given_limits.workers, given_limits.queue), buffers(given_limits.buffered_bytes)
    {
    }
    const Router& router;
    const ServerLimits limits;
    const Proxies proxies;
    std::atomic<bool> stopping{false};
    Workers workers;
    ByteBudget buffers;
};

/// Where a session is kept while it lives.
class SessionHome {
public:
    virtual ~SessionHome() = default;
    virtual void left(Session& session) = 0;
};

/// One connection's HTTP/1.1: requests one after the other, each read within its time and size, answered, and
/// the next.
///
/// Lives on the thread of its loop; only handlers run elsewhere. A request that is being worked on is not
/// interrupted.
class Session final : public SocketUser, public std::enable_shared_from_this<Session> {
public:
    using Steady = std::chrono::steady_clock;

    Session(std::unique_ptr<Socket> socket, House& house, SessionHome& home, std::string peer, bool tls);
    ~Session() override;

    void start();
    void tick(Steady::time_point now); ///< closes what is overdue, beats the heart of a stream
    void finish();                     ///< the server stops: answers what is in flight, then closes
    void close();
    const std::string& peer() const { return peer_; }

    std::size_t place = 0; ///< in its home's list

    void on_bytes(std::string_view bytes) override;
    void on_end() override;
    void on_sent(bool all) override;

private:
    enum class State { Idle, Head, Body, Working, Sending, Streaming, Draining, Closed };
    struct Parser;
    struct Answer;

    void advance();
    bool step();
    bool read_head();
    bool read_body();
    bool has_room(); ///< for what was read of this request so far; otherwise it is refused
    void take_head();
    void take_request();
    void refuse(int status, std::string_view type, std::string_view told);
    void reply(Answer answer);
    void sent();
    void pump();
    void drain();
    void want_bytes();
    void until(std::chrono::milliseconds length) { deadline_ = Steady::now() + length; }
    struct Work;
    class Owed;
    /// The route's answer to it, with what it took in the trace.
    Response routed(Work& work) const;
    Answer finished(Work& work, Response response) const;
    Answer carried_out(Work& work) const;
    void hand_in(std::shared_ptr<Work> work, Response response); ///< from any thread
    void work_on(const std::shared_ptr<Work>& work);
    std::unique_ptr<trace::Trace> begun_trace(const Request& request) const;
    void end_trace();

    std::unique_ptr<Socket> socket_;
    House& house_;
    SessionHome& home_;
    const std::string peer_;
    const bool tls_;
    State state_ = State::Idle;
    bool advancing_ = false;
    bool reading_ = false;
    bool sending_ = false;
    bool keep_alive_ = true;
    bool head_only_ = false;
    Steady::time_point deadline_;
    Steady::time_point began_;
    std::string in_;
    std::size_t head_bytes_ = 0;
    ByteBudget::Share share_;
    std::size_t drained_ = 0;
    std::atomic<bool> closed_{false}; ///< for other threads
    std::unique_ptr<Parser> parser_;
    std::unique_ptr<Answer> held_; ///< ready, but something else is still on its way out
    std::shared_ptr<EventStream> events_;
    std::string request_bytes_;           ///< the id of a trace that begins here
    std::string request_id_;              ///< the same in hexadecimal digits
    std::unique_ptr<trace::Trace> trace_; ///< of the answer that is on its way
    std::size_t reply_ = trace::Trace::none;
};

} // namespace handrail::http
