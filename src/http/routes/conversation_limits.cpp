#include "support/limits.h"

#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/desks.h"

namespace handrail::http::routes {

namespace {

constexpr std::int64_t longest = 24 * 60;

std::string limits_json(const support::Limits& limits)
{
    return JsonObject{}
        .add("rest_after_minutes", static_cast<std::int64_t>(limits.rest_after.count()))
        .add("sitting_minutes", static_cast<std::int64_t>(limits.sitting.count()))
        .add("names_reliance", limits.names_reliance)
        .add("information_only", limits.information_only)
        .add("under_age", limits.under_age == support::Limits::UnderAge::Helpline ? "helpline" : "child_safe")
        .done();
}

support::Limits limits_in(Body& body)
{
    support::Limits limits;
    limits.rest_after = std::chrono::minutes{body.number("rest_after_minutes", 0, longest)};
    limits.sitting = std::chrono::minutes{body.number("sitting_minutes", 0, longest)};
    limits.names_reliance = body.flag_or("names_reliance", true);
    limits.information_only = body.flag_or("information_only", false);
    limits.under_age = body.one_of("under_age", {"child_safe", "helpline"}) == "helpline"
                           ? support::Limits::UnderAge::Helpline
                           : support::Limits::UnderAge::ChildSafe;
    return limits;
}

} // namespace

void add_conversation_limit_routes(Router& router, Desks& desks)
{
    const auto administrator = Callers::administrator();
    router.shape({"ConversationLimits",
                  {{"rest_after_minutes", "integer", "a break is suggested this often; 0: only every three hours, and every hour to minors"},
                   {"sitting_minutes", "integer", "the longest sitting, then a pause; 0: none. Never in danger"},
                   {"names_reliance", "flag", "whether heavy use is spoken of, with one step towards people"},
                   {"information_only", "flag", "no feeling is read or named, and no language model words a reply"},
                   {"under_age", R"("child_safe"|"helpline")",
                    "what somebody gets who says that they are younger than the least age"}},
                  "what the operator sets for sittings; none of it holds in danger"});
    router.add({.pattern = "/api/v1/admin/conversation-limits",
                .summary = "Breaks, the longest sitting, and what is done about heavy use and an age told in the chat.",
                .callers = administrator,
                .answer_type = "ConversationLimits",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::ok(limits_json(TRY(support::limits_of(desks.record, request.actor()))));
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/admin/conversation-limits",
                .summary = "Sets them.",
                .callers = administrator,
                .fields = {{"rest_after_minutes", "integer"},
                           {"sitting_minutes", "integer"},
                           {"names_reliance?", "flag"},
                           {"information_only?", "flag"},
                           {"under_age", R"("child_safe"|"helpline")"}},
                .example = R"({"rest_after_minutes":60,"sitting_minutes":0,"names_reliance":true,"under_age":"child_safe"})",
                .answer_type = "ConversationLimits",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto wanted = TRY(read_body(request, [](Body& body) { return limits_in(body); }));
                    return Response::ok(limits_json(TRY(support::save_limits(desks.record, request.actor(), wanted))));
                }});
}

} // namespace handrail::http::routes
