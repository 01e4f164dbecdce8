#include "http/response.h"

#include <array>
#include <utility>

namespace handrail::http
{
namespace
{

constexpr std::string_view json_type = "application/json";

Response with_body(int status, std::string body, std::string_view type)
{
    Response out;
    out.status = status;
    out.type = type;
    out.body = std::move(body);
    return out;
}

} // namespace

Response Response::ok(std::string json)
{
    return with_body(200, std::move(json), json_type);
}
Response Response::created(std::string json)
{
    return with_body(201, std::move(json), json_type);
}
Response Response::accepted(std::string json)
{
    return with_body(202, std::move(json), json_type);
}
Response Response::no_content()
{
    return with_body(204, {}, {});
}
Response Response::bytes(std::string body, std::string type)
{
    return with_body(200, std::move(body), type);
}
Response Response::text(std::string words)
{
    return with_body(200, std::move(words), "text/plain; charset=utf-8");
}

Response Response::see_other(std::string location)
{
    return with_body(303, {}, {}).with("Location", std::move(location));
}

Response Response::attachment(std::string body, std::string type, std::string_view file_name)
{
    std::string plain;
    for (const char c : file_name)
        plain += (c == '.' || c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                  (c >= 'A' && c <= 'Z'))
                     ? c
                     : '_';
    return with_body(200, std::move(body), type)
        .with("Content-Disposition", "attachment; filename=\"" + plain + "\"");
}

Response Response::event_stream(std::shared_ptr<EventStream> stream)
{
    auto out = with_body(200, {}, "text/event-stream");
    out.events = std::move(stream);
    return out;
}

Response&& Response::with(std::string name, std::string value) &&
{
    headers.add(std::move(name), std::move(value));
    return std::move(*this);
}

Response& Response::with(std::string name, std::string value) &
{
    headers.add(std::move(name), std::move(value));
    return *this;
}

std::string_view reason_phrase(int status)
{
    static constexpr std::array<std::pair<int, std::string_view>, 28> phrases = {{
        {100, "Continue"},
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
    }};
    for (const auto& [known, phrase] : phrases)
        if (known == status)
            return phrase;
    return "Status";
}

} // namespace handrail::http
