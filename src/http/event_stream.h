#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handrail::http {

/// What an event stream is told. Data carries ids only; the page fetches the rest.
struct Event {
    std::string name; ///< message, conversation, alert, caseload, finding, signed_out
    std::string data; ///< JSON
};

struct EventHubLimits {
    std::size_t kept_per_channel = 64; ///< events a browser can still catch up on
    std::chrono::seconds kept_for{600};
    std::size_t waiting_bytes = 64 * 1024; ///< per stream: a slower reader is let go, and comes back with Last-Event-ID
    std::size_t streams = 20'000;          ///< in all
    std::size_t streams_per_account = 8;   ///< the oldest makes room
    std::chrono::milliseconds retry{3000}; ///< told to the browser
};

/// One open answer of server-sent events. Made by EventHub or LiveStream, drained by the server: take() until it is empty,
/// then wait to be woken.
class EventStream {
public:
    using Bytes = std::shared_ptr<const std::string>; ///< many streams share one event's bytes

    struct Taken {
        std::vector<Bytes> parts;
        bool closed = false; ///< after these parts nothing more comes
    };
    Taken take();
    /// Called from any thread when something waits. Replaces the one before; an empty function ends the
    /// calls.
    void on_ready(std::function<void()> wake);
    /// The browser has gone.
    void leave();

private:
    friend class EventHub;
    friend class LiveStream;
    void push(const Bytes& bytes, std::size_t most_waiting);
    void close(const Bytes& last);
    void woken() const;

    mutable std::mutex mutex_;
    std::condition_variable taken_; ///< of what waited, or the browser has gone
    std::vector<Bytes> waiting_;
    std::size_t waiting_bytes_ = 0;
    bool closed_ = false;
    bool left_ = false;
    std::function<void()> wake_;
    std::string session_;
};

/// Server-sent events by channel. A channel is an opaque text that means one subscriber, never a person's
/// name: organisation and account. Safe to call from any thread; publishing never waits for a browser.
class EventHub {
public:
    explicit EventHub(EventHubLimits limits = {});
    ~EventHub();
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;

    /// Tells every stream of the channel, and those that come back with an older Last-Event-ID. An event for
    /// a channel nobody listens to is kept as long as the limits say.
    void publish(std::string_view channel, const Event& event);

    /// Tells every stream that is open now; nobody catches up on it.
    void publish_to_all(const Event& event);

    /// Opens a stream on a channel. `last_event_id` is the header's value, "" at first; when it is too old to
    /// be resumed the stream begins with an event `resync`, upon which the page fetches everything anew.
    /// `session` names the signed-in session, so that ending that session ends the stream. Unavailable when
    /// there are too many streams.
    Result<std::shared_ptr<EventStream>> subscribe(std::string_view channel, std::string_view session,
                                                   std::string_view last_event_id);

    /// Ends every stream of a channel (signed out everywhere, role or consent change), after telling it
    /// `signed_out` when `last` has a name. Kept events are dropped too.
    void close_all(std::string_view channel, const Event& last = {});
    /// Ends the streams of one session.
    void close_session(std::string_view session, const Event& last = {});
    /// Ends all: the server is stopping.
    void close_everything();

    std::size_t open_streams() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace handrail::http
