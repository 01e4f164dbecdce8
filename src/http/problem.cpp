#include "http/problem.h"

#include "base/text.h"
#include "http/json_text.h"

namespace handrail::http {
namespace {

constexpr std::string_view type_mark = "type:";

std::string_view type_of(const Error& error)
{
    const std::string_view where = error.where;
    if (where == "too-often") // as trust says it, which knows no problem types
        return where;
    return where.starts_with(type_mark) ? where.substr(type_mark.size()) : std::string_view();
}

/// A relative reference, so that it means the same under every public address: "/problems/second-factor".
Response document(int status, std::string_view type, std::string_view detail, const JsonObject* more = nullptr)
{
    JsonObject out;
    out.add("type", type.empty() ? "about:blank" : "/problems/" + std::string(type));
    out.add("title", reason_phrase(status));
    out.add("status", status);
    if (!detail.empty())
        out.add("detail", detail);
    auto text = out.done();
    if (more) {
        const auto rest = more->done();
        text.back() = ',';
        text += rest.substr(1);
    }
    Response response;
    response.status = status;
    response.type = "application/problem+json";
    response.body = std::move(text);
    return response;
}

} // namespace

int status_of(const Error& error)
{
    const auto type = type_of(error);
    switch (error.kind) {
    case ErrorKind::Invalid:
        if (type == "media-type")
            return 415;
        return !error.where.empty() && error.where.front() == '/' ? 422 : 400;
    case ErrorKind::NotSignedIn:
        return 401;
    case ErrorKind::NotAllowed:
        return 403;
    case ErrorKind::NotFound:
        return 404;
    case ErrorKind::Conflict:
        return type == "idempotency-key" ? 422 : 409;
    case ErrorKind::TooMuch:
        return type.starts_with("too-often") ? 429 : 413;
    case ErrorKind::Unavailable:
        return 503;
    }
    return 500;
}

Response problem(const Error& error)
{
    const int status = status_of(error);
    const auto type = type_of(error);
    JsonObject more;
    bool has_more = false;
    std::string detail = error.told;
    if (type.empty() && !error.where.empty()) {
        has_more = true;
        const auto places = split(error.where, '\n');
        if (places.size() == 1) {
            more.add("where", error.where);
        } else {
            const auto details = split(error.told, '\n');
            std::vector<JsonObject> errors;
            for (std::size_t i = 0; i < places.size(); ++i)
                errors.push_back(JsonObject{}
                                     .add("where", places[i])
                                     .add("detail", i < details.size() ? details[i] : std::string_view()));
            more.add("where", places[0]);
            more.add("errors", errors);
            detail = details[0];
        }
    }
    auto response = document(status, type, detail, has_more ? &more : nullptr);
    if (status == 503)
        response.headers.add("Retry-After", "2");
    if (status == 429)
        response.headers.add("Retry-After", "30");
    return response;
}

Response problem(int status, std::string_view type, std::string_view detail)
{
    return document(status, type, detail);
}

Response problem(int status, std::string_view type, std::string_view detail, const JsonObject& more)
{
    return document(status, type, detail, &more);
}

Response internal_problem(std::string_view reference)
{
    JsonObject more;
    more.add("reference", reference);
    return document(500, "internal",
                    "Something went wrong here, and it is not your doing. The service keeps a note of it under this "
                    "reference.",
                    &more);
}

Error typed(ErrorKind kind, std::string_view type, std::string told)
{
    return {kind, std::move(told), {}, std::string(type_mark) + std::string(type)};
}

Error outside_team(Error error)
{
    if (error.where == "outside-team")
        return typed(ErrorKind::NotAllowed, "outside-team", error.told);
    return error;
}

Result<Response> done_for_person(const Result<void>& done)
{
    if (!done.ok())
        return outside_team(done.error());
    return Response::no_content();
}

} // namespace handrail::http
