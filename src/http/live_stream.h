#pragma once

#include <memory>
#include <string>

#include "http/event_stream.h"

namespace handrail::http {

/// The writing end of one answer of server-sent events that a thread makes as it goes. The thread waits while its reader
/// is slow, so that memory stays where it is, and learns when the reader has left.
class LiveStream {
public:
    explicit LiveStream(std::size_t most_waiting = 256 * 1024)
        : stream_(std::make_shared<EventStream>()), most_waiting_(most_waiting)
    {
    }
    ~LiveStream() { close(); }
    LiveStream(const LiveStream&) = delete;
    LiveStream& operator=(const LiveStream&) = delete;

    /// For Response::event_stream.
    const std::shared_ptr<EventStream>& stream() const { return stream_; }
    /// Whole events: a heartbeat may come between two writes. False when the reader has left.
    bool write(std::string events);
    /// Nothing more comes.
    void close();
    bool gone() const;

private:
    std::shared_ptr<EventStream> stream_;
    std::size_t most_waiting_;
};

} // namespace handrail::http
