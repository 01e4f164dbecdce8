#include "care/alert_desk.h"
#include "errands/caseload.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "trust/account_desk.h"
#include "trust/break_glass_desk.h"

namespace handrail::http::routes {

namespace {

/// Each channel that is set up, and what does not get out by it.
Result<JsonList> alert_channels(Desks& desks, const Actor& actor)
{
    std::vector<care::DeliveryTrouble> troubles;
    TRY(desks.record.read(actor, [&](trust::Reading& reading) -> Result<void> {
        troubles = TRY(care::delivery_troubles(reading));
        return {};
    }));
    JsonList channels;
    for (const auto channel : desks.alerts.channels()) {
        care::DeliveryTrouble trouble;
        for (const auto& each : troubles)
            if (each.channel == channel)
                trouble = each;
        JsonObject one;
        one.add("channel", care::name(channel)).add("failing", trouble.failing).add("since", trouble.since);
        one.add("given_up", trouble.given_up);
        if (!trouble.problem.empty())
            one.add("problem", trouble.problem);
        channels.add(one);
    }
    return channels;
}

} // namespace

void add_lead_routes(Router& router, Desks& desks)
{
    router.shape({"Acknowledged",
                  {{"days", "integer"},
                   {"raised", "integer"},
                   {"acknowledged", "integer"},
                   {"in_time", "integer"},
                   {"median_seconds?", "integer"},
                   {"escalated", "integer"}}});
    router.shape({"ReportedAlert",
                  {{"id", "id"},
                   {"urgency", "Urgency"},
                   {"raised_at", "instant"},
                   {"due_at?", "instant"},
                   {"step", "integer"},
                   {"state", R"("open"|"acknowledged"|"second_wanted"|"closed")"}}});
    router.shape({"BreakGlass",
                  {{"id", "id"},
                   {"who", "text"},
                   {"person", "id", "a lead reads no names here"},
                   {"at", "instant"},
                   {"ends_at", "instant"},
                   {"reason", "text"},
                   {"review_due_at", "instant"},
                   {"reviewed", "flag"}}});
    router.shape({"AlertChannel",
                  {{"channel", R"("pager"|"mail")"},
                   {"failing", "integer", "tried and not taken yet"},
                   {"since?", "instant", "the oldest of them"},
                   {"given_up", "integer", "in the last 24 hours"},
                   {"problem?", "text", "what was said last"}}});
    router.shape({"ServiceReport",
                  {{"acknowledged", "Acknowledged"},
                   {"channels", "AlertChannel[]", "by which alerts leave this server; empty: by none"},
                   {"open_alerts", "ReportedAlert[]"},
                   {"break_glass", "BreakGlass[]"}}});
    router.add({.pattern = "/api/v1/service-report",
                .summary = "Are alerts answered in time, what is open, and who opened someone from outside their team.",
                .callers = Callers::lead(),
                .answer_type = "ServiceReport",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto report = TRY(desks.caseload.report(request.actor()));
                    JsonObject acknowledged;
                    acknowledged.add("days", report.days).add("raised", report.raised);
                    acknowledged.add("acknowledged", report.acknowledged).add("in_time", report.in_time);
                    acknowledged.add("median_seconds", report.median_seconds).add("escalated", report.escalated);
                    JsonList open;
                    for (const auto& alert : report.open)
                        open.add(JsonObject{}
                                     .add("id", alert.id)
                                     .add("urgency", name(alert.urgency))
                                     .add("raised_at", alert.raised_at)
                                     .add("due_at", alert.due_at)
                                     .add("step", alert.step)
                                     .add("state", care::name(alert.state)));
                    const auto channels = TRY(alert_channels(desks, request.actor()));
                    JsonList opened;
                    for (const auto& each : TRY(desks.break_glass.list(request.actor(), false))) {
                        const auto who = desks.accounts.staff(request.actor(), each.account);
                        opened.add(JsonObject{}
                                       .add("id", each.id)
                                       .add("who", who.ok() ? who->display_name : std::string("An account that is gone"))
                                       .add("person", each.person)
                                       .add("at", each.at)
                                       .add("ends_at", each.ends_at)
                                       .add("reason", each.reason)
                                       .add("review_due_at", each.review_due_at)
                                       .add("reviewed", each.reviewed_at.has_value()));
                    }
                    return Response::ok(JsonObject{}
                                            .add("acknowledged", acknowledged)
                                            .add("channels", channels)
                                            .add("open_alerts", open)
                                            .add("break_glass", opened)
                                            .done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/break-glass/{opening}/review",
                .summary = "The lead's review, within 72 hours.",
                .callers = Callers::lead(),
                .fields = {{"note", "text"}},
                .example = R"({"note":"Asked her. The person was in the waiting room."})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(raw_id_from(request.path("opening")));
                    const auto note = TRY(read_body(request, [](Body& body) { return body.text("note", 2000); }));
                    TRY(desks.break_glass.review(request.actor(), id, note));
                    return Response::no_content();
                }});
}

} // namespace handrail::http::routes
