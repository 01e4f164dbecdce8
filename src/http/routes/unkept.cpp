#include "http/routes/unkept.h"

#include "http/problem.h"
#include "http/routes/message_json.h"

namespace handrail::http::routes {

std::optional<Response> not_kept(const Desks& desks, const Request& request, std::string_view words,
                                 const Finding& finding)
{
    const auto blocks = desks.unkept(words, finding, request.languages(), request.query("country").value_or(""));
    if (!blocks)
        return std::nullopt;
    return problem(503, "not-kept", "This could not be kept, and nobody here has been told.",
                   JsonObject{}.add("blocks", blocks_json(*blocks)))
        .with("Retry-After", "5");
}

} // namespace handrail::http::routes
