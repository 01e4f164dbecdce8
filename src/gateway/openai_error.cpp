#include "gateway/openai_error.h"

#include <algorithm>

#include <boost/json.hpp>

#include "gateway/strict_json.h"

namespace handrail::gateway {

namespace {

namespace json = boost::json;

std::string or_null(const std::string& text)
{
    return text.empty() ? "null" : json_text(text);
}

/// "context_length_exceeded" is a word; a sentence is not.
std::string plain_word(const json::object& error, std::string_view key)
{
    const auto* value = error.if_contains(key);
    if (value == nullptr || !value->is_string())
        return {};
    const std::string word(value->get_string());
    const bool plain = !word.empty() && word.size() <= 60 && std::all_of(word.begin(), word.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
    return plain ? word : std::string();
}

} // namespace

std::string error_body(const OpenAiError& error)
{
    return "{\"error\":{\"message\":" + json_text(error.message) + ",\"type\":" + json_text(error.type) +
           ",\"param\":" + or_null(error.param) + ",\"code\":" + or_null(error.code) + "}}";
}

OpenAiError of_upstream(int status, std::string_view body)
{
    OpenAiError out;
    out.status = status;
    out.type = status >= 500 ? "server_error" : status == 429 ? "requests" : "invalid_request_error";
    json::error_code failed;
    const auto value = json::parse({body.data(), body.size()}, failed);
    if (!failed && value.is_object())
        if (const auto* error = value.get_object().if_contains("error"); error != nullptr && error->is_object()) {
            if (auto type = plain_word(error->get_object(), "type"); !type.empty())
                out.type = std::move(type);
            out.code = plain_word(error->get_object(), "code");
            out.param = plain_word(error->get_object(), "param");
        }
    switch (status) {
    case 401:
    case 403:
        // The gateway's own key: nothing that the caller can put right, and nothing that another try would.
        return {502, "server_error", "upstream_refused", {}, "The language model's service does not accept the gateway's key.", false};
    case 404:
        out.message = "The language model's service does not know this model.";
        break;
    case 429:
        out.message = "The language model's service is asked too much at the moment.";
        out.again = out.code != "insufficient_quota";
        break;
    case 400:
    case 413:
    case 422:
        out.message = "The language model's service cannot read this request.";
        break;
    default:
        if (status < 400 || status > 599) // a redirect is not followed
            out = {502, "server_error", "upstream_unreadable", {}, {}, false};
        else
            out.again = status >= 500 || status == 408 || status == 409;
        out.message = "The language model's service answered " + std::to_string(status) + ".";
        break;
    }
    return out;
}

OpenAiError no_upstream(bool timed_out)
{
    return {timed_out ? 504 : 502, "server_error", timed_out ? "upstream_timeout" : "upstream_unavailable", {},
            timed_out ? "The language model's service did not answer in time."
                      : "The language model's service cannot be reached, or broke off.",
            true};
}

OpenAiError not_screened()
{
    return {503, "server_error", "handrail_screener_failed", {},
            "This could not be screened, so nothing was let through.", false};
}

} // namespace handrail::gateway
