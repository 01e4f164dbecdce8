#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace handrail::http
{

/// What came back on a socket, taken apart just enough to test it.
struct Reply {
    int status = 0; ///< 0: nothing came before the connection ended or the time was over
    std::string head;
    std::string body;
    std::string header(std::string_view name) const;
};

/// A blocking TCP client for tests. It says exactly the bytes it is given, wrong ones too.
class Client
{
public:
    explicit Client(unsigned short port, std::chrono::milliseconds patience = std::chrono::seconds(5));
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    bool connected() const { return socket_ >= 0; }
    bool say(std::string_view bytes); ///< false when the other side has gone
    /// The next answer. A body ends with Content-Length; `head_only` for answers to HEAD.
    Reply reply(bool head_only = false);
    Reply ask(std::string_view bytes, bool head_only = false)
    {
        say(bytes);
        return reply(head_only);
    }
    /// Reads until `text` has come or patience ends; what came so far, `text` included, is returned.
    std::string until(std::string_view text);
    bool closed(); ///< waits for the other side to close

private:
    bool more();
    int socket_ = -1;
    std::string in_;
};

} // namespace handrail::http
