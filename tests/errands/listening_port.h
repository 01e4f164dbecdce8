#pragma once

#include <functional>
#include <string>
#include <thread>

namespace handrail::errands {

/// A port of this machine that a stand-in answers at, one connection after the other.
class ListeningPort {
public:
    /// @param talk  what is done with a connection; it is closed afterwards
    explicit ListeningPort(std::function<void(int connection)> talk);
    /// Waits for the connection that is being talked to.
    ~ListeningPort();
    ListeningPort(const ListeningPort&) = delete;
    ListeningPort& operator=(const ListeningPort&) = delete;

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

private:
    int listening_ = -1;
    int port_ = 0;
    std::thread worker_;
};

/// A header of an HTTP request, by its name in small letters; empty when it is not there.
std::string header_of(const std::string& head, const std::string& name);

/// Reads one HTTP request of a connection and sends what `answer` makes of its head and body; nothing when that is empty.
void answer_request(int connection, const std::function<std::string(const std::string& head, const std::string& body)>& answer);

} // namespace handrail::errands
