#include "http/collector_link.h"

#include <optional>
#include <string_view>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace handrail::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;

constexpr std::uint64_t longest_answer = 64 * 1024;

/// One POST, step by step; it and its io_context live as long as post_json().
class Post {
public:
    Post(asio::io_context& io, const CollectorAddress& to, const std::string& json)
        : resolver_(io), stream_(io), request_(beast::http::verb::post, to.path, 11)
    {
        request_.set(beast::http::field::host, to.host + ":" + to.port);
        request_.set(beast::http::field::user_agent, "handrail");
        request_.set(beast::http::field::content_type, "application/json");
        request_.set(beast::http::field::connection, "close");
        request_.body() = json;
        request_.prepare_payload();
        answer_.body_limit(longest_answer);
        resolver_.async_resolve(to.host, to.port, [this](auto error, auto found) {
            if (!failed(error))
                stream_.async_connect(found, [this](auto not_reached, const auto&) { write(not_reached); });
        });
    }

    std::optional<int> status;
    std::string problem = "no answer in time";

private:
    void write(beast::error_code error)
    {
        if (!failed(error))
            beast::http::async_write(stream_, request_, [this](auto not_written, std::size_t) { read(not_written); });
    }

    void read(beast::error_code error)
    {
        if (failed(error))
            return;
        beast::http::async_read(stream_, buffer_, answer_, [this](auto not_read, std::size_t) {
            if (!failed(not_read))
                status = answer_.get().result_int();
        });
    }

    bool failed(beast::error_code error)
    {
        if (error)
            problem = error.message();
        return static_cast<bool>(error);
    }

    asio::ip::tcp::resolver resolver_;
    beast::tcp_stream stream_;
    beast::http::request<beast::http::string_body> request_;
    beast::flat_buffer buffer_;
    beast::http::response_parser<beast::http::string_body> answer_;
};

} // namespace

Result<CollectorAddress> CollectorAddress::from(const std::string& url)
{
    constexpr std::string_view scheme = "http://";
    const auto wrong = [&] {
        return invalid("\"" + url +
                       "\" is not an address such as \"http://127.0.0.1:4318/v1/traces\": plain HTTP, a host, "
                       "a port and a path.");
    };
    if (!url.starts_with(scheme))
        return wrong();
    const auto slash = url.find('/', scheme.size());
    const auto authority = url.substr(scheme.size(), slash == std::string::npos ? slash : slash - scheme.size());
    const auto colon = authority.rfind(':');
    CollectorAddress out;
    out.path = slash == std::string::npos ? "/v1/traces" : url.substr(slash);
    // "[::1]" alone has colons and no port.
    const bool has_port = colon != std::string::npos && authority.find(']', colon) == std::string::npos;
    out.host = has_port ? authority.substr(0, colon) : authority;
    out.port = has_port ? authority.substr(colon + 1) : "80";
    if (out.host.starts_with('[') && out.host.ends_with(']'))
        out.host = out.host.substr(1, out.host.size() - 2);
    const bool sound_port = !out.port.empty() && out.port.size() <= 5 &&
                            out.port.find_first_not_of("0123456789") == std::string::npos && std::stoi(out.port) >= 1 &&
                            std::stoi(out.port) <= 65535;
    for (const char c : url)
        if (c <= ' ' || c == 0x7f)
            return wrong();
    if (out.host.empty() || out.host.find('@') != std::string::npos || !sound_port)
        return wrong();
    return out;
}

Result<int> post_json(const CollectorAddress& to, const std::string& json, std::chrono::milliseconds within)
{
    asio::io_context io;
    Post post(io, to, json);
    io.run_for(within);
    if (!post.status)
        return unavailable("The collector did not take it.", "traces: " + post.problem);
    return *post.status;
}

} // namespace handrail::http
