#include "http/routes/asking_pause.h"

#include "http/json_body.h"
#include "http/problem.h"
#include "monitoring/ask_desk.h"

namespace handrail::http::routes {

namespace {

constexpr std::size_t longest_reason = 500;
constexpr int most_days = 90;

std::vector<Field> days_field() { return {{"days", "integer", "so long; then asking goes on by itself"}}; }

} // namespace

JsonObject pause_json(const monitoring::AskPause& pause)
{
    JsonObject out;
    out.add("since", pause.since).add("until", pause.until).add("by", pause.own ? "person" : "staff");
    if (!pause.reason.empty())
        out.add("reason", pause.reason);
    return out;
}

void add_asking_pause_routes(Router& router, Desks& desks)
{
    router.shape({"AskPause",
                  {{"since", "instant"},
                   {"until", "instant", "from then on it is asked again, by itself"},
                   {"by", R"("person"|"staff")"},
                   {"reason?", "text", "of staff; the person reads it"}}});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/asked/pause",
                .summary = "Asks nothing for so many days; what waits is withdrawn. The team sees it. Talk, alerts and the plan stay as "
                           "they are.",
                .callers = Callers::person(),
                .fields = days_field(),
                .example = R"({"days":7})",
                .answer_type = "AskPause",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto days =
                        TRY(read_body(request, [](Body& body) { return body.number("days", 1, most_days); }));
                    const auto kept = TRY(desks.asks.pause(request.actor(), *request.actor().person(), static_cast<int>(days), {}));
                    return Response::ok(pause_json(kept).done());
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/asked/pause",
                .summary = "From now on one is asked again.",
                .callers = Callers::person(),
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    TRY(desks.asks.end_pause(request.actor(), *request.actor().person()));
                    return Response::no_content();
                }});
    auto fields = days_field();
    fields.push_back({"reason?", "text", "the person reads it"});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/asking-pause",
                .summary = "Asks somebody nothing for so many days; what waits is withdrawn. Alerts and their timers go on.",
                .callers = Callers::staff(),
                .fields = fields,
                .example = R"({"days":14,"reason":"In hospital until the 14th."})",
                .answer_type = "AskPause",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto person = TRY(request.id<PersonId>("person"));
                    const auto [days, reason] = TRY(read_body(request, [](Body& body) {
                        const auto given = body.number("days", 1, most_days);
                        return std::pair{static_cast<int>(given), body.text_or("reason", longest_reason, "")};
                    }));
                    const auto kept = desks.asks.pause(request.actor(), person, days, reason);
                    if (!kept.ok())
                        return outside_team(kept.error());
                    return Response::ok(pause_json(*kept).done());
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/people/{person}/asking-pause",
                .summary = "From now on somebody is asked again.",
                .callers = Callers::staff(),
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto ended = desks.asks.end_pause(request.actor(), TRY(request.id<PersonId>("person")));
                    return done_for_person(ended);
                }});
}

} // namespace handrail::http::routes
