#include "gateway/scripted_upstream.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/json.hpp>

namespace handrail::gateway {

namespace {

std::size_t length_in(const std::string& head)
{
    const auto at = head.find("Content-Length: ");
    return at == std::string::npos ? 0 : std::stoul(head.substr(at + 16));
}

} // namespace

ScriptedUpstream::ScriptedUpstream()
{
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&here), sizeof here);
    ::listen(listener_, 64);
    socklen_t size = sizeof here;
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&here), &size);
    port_ = ntohs(here.sin_port);
    accepting_ = std::thread([this] { accept(); });
}

ScriptedUpstream::~ScriptedUpstream()
{
    stopping_ = true;
    accepting_.join();
    ::close(listener_);
    for (auto& each : threads_)
        each.join();
}

std::string ScriptedUpstream::url() const
{
    return "http://127.0.0.1:" + std::to_string(port_) + "/v1";
}

void ScriptedUpstream::does(Script script)
{
    const std::lock_guard lock(mutex_);
    script_ = std::move(script);
}

std::string ScriptedUpstream::last_body() const
{
    const std::lock_guard lock(mutex_);
    return last_body_;
}

std::string ScriptedUpstream::last_head() const
{
    const std::lock_guard lock(mutex_);
    return last_head_;
}

void ScriptedUpstream::accept()
{
    while (!stopping_) {
        pollfd wait{listener_, POLLIN, 0};
        if (::poll(&wait, 1, 50) <= 0)
            continue;
        const int socket = ::accept(listener_, nullptr, nullptr);
        if (socket >= 0)
            threads_.emplace_back([this, socket] { serve(socket); });
    }
}

void ScriptedUpstream::serve(int socket)
{
    std::string in;
    char part[65536];
    std::size_t head_end = std::string::npos;
    while (head_end == std::string::npos || in.size() < head_end + 4 + length_in(in.substr(0, head_end))) {
        const auto got = ::recv(socket, part, sizeof part, 0);
        if (got <= 0) {
            ::close(socket);
            return;
        }
        in.append(part, static_cast<std::size_t>(got));
        head_end = in.find("\r\n\r\n");
    }
    Call call;
    call.socket_ = socket;
    call.head = in.substr(0, head_end);
    call.body = in.substr(head_end + 4);
    Script script;
    {
        const std::lock_guard lock(mutex_);
        script = script_;
        last_body_ = call.body;
        last_head_ = call.head;
        ++calls_;
    }
    if (script)
        script(call);
    ::close(socket);
}

bool ScriptedUpstream::Call::say(std::string_view bytes) const
{
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

void ScriptedUpstream::Call::say_slowly(std::string_view bytes) const
{
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        say(bytes.substr(i, 1));
        if (i % 16 == 0)
            std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
}

void ScriptedUpstream::Call::answer(std::string_view type, std::string_view words, int status) const
{
    say("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Type: " + std::string(type) +
        "\r\nContent-Length: " + std::to_string(words.size()) + "\r\nConnection: close\r\n\r\n" + std::string(words));
}

void ScriptedUpstream::Call::begin_events() const
{
    say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n");
}

bool ScriptedUpstream::Call::closed_within(std::chrono::milliseconds time) const
{
    const auto until = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < until) {
        pollfd wait{socket_, POLLIN, 0};
        if (::poll(&wait, 1, 20) > 0) {
            char byte;
            if (::recv(socket_, &byte, 1, 0) <= 0)
                return true;
        }
    }
    return false;
}

std::string chunk_of(std::string_view delta, std::string_view finish, int choice)
{
    return R"(data: {"id":"chatcmpl-up","object":"chat.completion.chunk","created":1700000000,"model":"small-1","choices":[{"index":)" +
           std::to_string(choice) + R"(,"delta":)" + std::string(delta) + R"(,"finish_reason":)" +
           (finish.empty() ? std::string("null") : "\"" + std::string(finish) + "\"") + "}]}\n\n";
}

std::string words_of(std::string_view text, int choice)
{
    return chunk_of("{\"content\":" + boost::json::serialize(boost::json::string_view(text.data(), text.size())) + "}", {}, choice);
}

} // namespace handrail::gateway
