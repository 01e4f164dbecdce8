#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace handrail::bench {

/// What a server said, as far as a load generator needs it.
struct Answer {
    int status = 0;
    std::string head;
    std::string body;
};

/// One keep-alive HTTP/1.1 connection to 127.0.0.1. Not for two threads.
class Connection {
public:
    explicit Connection(std::uint16_t port) : port_(port) {}
    ~Connection();
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&&) = delete;

    /// @return false when nobody listens
    bool open();
    void close();
    int fd() const { return fd_; }

    /// Writes the whole request. @return false when the connection is gone
    bool send(std::string_view request);
    /// Reads what is there, without waiting. @return false when the connection is gone
    bool receive();
    /// Takes a whole answer out of what was received. @return false when it is not complete yet
    bool take(Answer& answer);

    /// Sends, waits up to ten seconds for the answer. @return false when there is none
    bool exchange(std::string_view request, Answer& answer);

private:
    std::uint16_t port_;
    int fd_ = -1;
    std::string in_;
};

/// The text of a request as a browser sends it. @param cookie may be empty @param body may be empty
std::string request_text(std::uint16_t port, std::string_view method, std::string_view path, std::string_view cookie,
                         std::string_view body);

} // namespace handrail::bench
