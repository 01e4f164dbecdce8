#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/json.hpp>

namespace handrail {

/// A language model's server on loopback that does what a test tells it to: each request is read whole, then the script
/// writes on the bare connection.
class ScriptedEndpoint {
public:
    class Connection {
    public:
        explicit Connection(int socket) : socket_(socket) {}
        void raw(std::string_view bytes) const
        {
            while (!bytes.empty()) {
                const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
                if (sent <= 0)
                    return;
                bytes.remove_prefix(static_cast<std::size_t>(sent));
            }
        }
        void head() const { raw("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"); }
        static std::string event(std::string_view text, const char* finish = nullptr)
        {
            boost::json::object choice{{"index", 0}, {"delta", {{"content", text}}}};
            choice["finish_reason"] = finish == nullptr ? boost::json::value() : boost::json::value(finish);
            return "data: " + boost::json::serialize(boost::json::object{{"choices", boost::json::array{choice}}}) + "\n\n";
        }
        void say(std::string_view text) const { raw(event(text)); }
        void finish() const { raw(event("", "stop") + "data: [DONE]\n\n"); }

    private:
        int socket_;
    };
    using Script = std::function<void(const Connection&, const std::string& body)>;

    explicit ScriptedEndpoint(Script script) : script_(std::move(script)), listener_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no port on loopback");
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    /// Says the whole text at once.
    static Script saying(std::string text)
    {
        return [text](const Connection& to, const std::string&) {
            to.head();
            to.say(text);
            to.finish();
        };
    }
    ~ScriptedEndpoint()
    {
        ::shutdown(listener_, SHUT_RDWR);
        ::close(listener_);
        thread_.join();
    }
    ScriptedEndpoint(const ScriptedEndpoint&) = delete;
    ScriptedEndpoint& operator=(const ScriptedEndpoint&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }
    /// What came, request by request: head and body.
    std::vector<std::string> received() const
    {
        const std::scoped_lock lock(mutex_);
        return received_;
    }

private:
    void serve()
    {
        for (;;) {
            const int socket = ::accept(listener_, nullptr, nullptr);
            if (socket < 0)
                return;
            std::string all;
            std::size_t wanted = std::string::npos, body = 0;
            char part[4096];
            while (all.size() < wanted) {
                const auto got = ::recv(socket, part, sizeof part, 0);
                if (got <= 0)
                    break;
                all.append(part, static_cast<std::size_t>(got));
                if (wanted == std::string::npos && all.find("\r\n\r\n") != std::string::npos) {
                    body = all.find("\r\n\r\n") + 4;
                    const auto length = all.find("Content-Length: ");
                    wanted = body + (length == std::string::npos ? 0 : std::stoul(all.substr(length + 16)));
                }
            }
            {
                const std::scoped_lock lock(mutex_);
                received_.push_back(all);
            }
            script_(Connection(socket), all.substr(body));
            ::close(socket);
        }
    }

    Script script_;
    int listener_;
    int port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> received_;
    std::thread thread_;
};

} // namespace handrail
