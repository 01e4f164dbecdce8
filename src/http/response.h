#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "http/headers.h"

namespace handrail::http
{

class EventStream;
class Later;

/// What a route answers. Security headers, Content-Length, Cache-Control and compression are added on the way
/// out.
struct Response {
    int status = 200;
    std::string type; ///< Content-Type; "" when there is no body
    std::string body;
    Headers headers;
    /// Compressed only when true, so that no reply that mixes a secret with typed text is (BREACH). The
    /// router sets it for routes that anyone may call; a route for signed-in callers must ask for it.
    bool may_compress = false;
    std::shared_ptr<const std::string> shared_body; ///< in place of body: bytes that many answers share
    std::shared_ptr<EventStream> events; ///< in place of body: the answer goes on until the stream closes
    /// In place of everything else: begins what will give the answer, and returns at once.
    std::function<void(std::shared_ptr<Later>)> later;

    static Response ok(std::string json);
    static Response created(std::string json);
    static Response accepted(std::string json);
    static Response no_content();
    static Response see_other(std::string location);
    static Response bytes(std::string body, std::string type);
    /// Offered as a file to keep: Content-Disposition attachment.
    static Response attachment(std::string body, std::string type, std::string_view file_name);
    static Response text(std::string words); ///< text/plain in UTF-8
    static Response event_stream(std::shared_ptr<EventStream> stream);

    Response&& with(std::string name, std::string value) &&;
    Response& with(std::string name, std::string value) &;
    std::string_view content() const
    {
        return shared_body ? std::string_view(*shared_body) : std::string_view(body);
    }
};

std::string_view reason_phrase(int status);

} // namespace handrail::http
