#include "care/alert_desk.h"
#include "errands/caseload.h"
#include "errands/service_outcomes.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "monitoring/answer_desk.h"
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

JsonObject share_json(const errands::OutcomeShare& share)
{
    return JsonObject{}.add("of", share.told.of).add("count", share.told.count).add("expected", share.expected);
}

Result<Response> outcomes(Desks& desks, const Request& request)
{
    if (desks.every_person == nullptr)
        return Error{ErrorKind::Unavailable, "Counts over everybody are not made here.", {}, {}};
    const auto report = TRY(errands::ServiceOutcomes(*desks.every_person, desks.record, desks.answers.asking())
                                .report(request.actor()));
    JsonList measures;
    for (const auto& measure : report.measures) {
        JsonList rows;
        for (const auto& row : measure.rows)
            rows.add(JsonObject{}
                         .add("by", row.by)
                         .add("group", row.group)
                         .add("better", share_json(row.better))
                         .add("worse", share_json(row.worse))
                         .add("recovered", share_json(row.recovered))
                         .add("reliably_recovered", share_json(row.reliably_recovered)));
        measures.add(JsonObject{}.add("instrument", measure.instrument).add("title", measure.title).add("rows", rows));
    }
    JsonObject contacts;
    contacts.add("days", report.contacts.days).add("people", report.contacts.people);
    if (report.contacts.people)
        contacts.add("before", report.contacts.before).add("after", report.contacts.after);
    return Response::ok(JsonObject{}
                            .add("as_of", report.as_of)
                            .add("fewest_people", errands::fewest_people)
                            .add("fewest_counted", errands::fewest_counted)
                            .add("measures", measures)
                            .add("contacts", contacts)
                            .done());
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
                   {"ninetieth_seconds?", "integer", "nine of ten were acknowledged sooner"},
                   {"escalated", "integer"},
                   {"unanswered", "integer", "open now, and nobody has acknowledged them"},
                   {"levels", "AcknowledgedLevel[]", "now first"}}});
    router.shape({"AcknowledgedLevel",
                  {{"urgency", "Urgency"},
                   {"raised", "integer"},
                   {"acknowledged", "integer"},
                   {"in_time", "integer"},
                   {"median_seconds?", "integer"},
                   {"ninetieth_seconds?", "integer"},
                   {"waits", "integer[]", "seconds until somebody acknowledged, the shortest first"}}});
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
                  {{"channel", R"("pager"|"mail"|"push"|"text")"},
                   {"failing", "integer", "tried and not taken yet"},
                   {"since?", "instant", "the oldest of them"},
                   {"given_up", "integer", "in the last 24 hours"},
                   {"problem?", "text", "what was said last"}}});
    router.shape({"ServiceReport",
                  {{"acknowledged", "Acknowledged"},
                   {"channels", "AlertChannel[]", "by which alerts leave this server; empty: by none"},
                   {"open_alerts", "ReportedAlert[]"},
                   {"break_glass", "BreakGlass[]"}}});
    router.shape({"OutcomeShare",
                  {{"of?", "integer", "absent: too few people to tell"},
                   {"count?", "integer", "absent: too few of them, or all but too few"},
                   {"expected?", "number", "what one would expect from where these people began"}}});
    router.shape({"OutcomeRow",
                  {{"by", R"("all"|"start"|"age_band"|"language"|"country")"},
                   {"group", "text"},
                   {"better", "OutcomeShare", "reliably, of all with a first and a later total"},
                   {"worse", "OutcomeShare"},
                   {"recovered", "OutcomeShare", "of those in the range of a case at the beginning"},
                   {"reliably_recovered", "OutcomeShare"}}});
    router.shape({"MeasureOutcomes", {{"instrument", "text"}, {"title", "text"}, {"rows", "OutcomeRow[]"}}});
    router.shape({"HumanContacts",
                  {{"days", "integer", "before and after the first alert about somebody"},
                   {"people?", "integer", "absent: too few to tell"},
                   {"before?", "number", "days with a human, a person"},
                   {"after?", "number"}}});
    router.shape({"ServiceOutcomes",
                  {{"as_of", "instant"},
                   {"fewest_people", "integer", "a smaller group is not told"},
                   {"fewest_counted", "integer", "a smaller count is not told"},
                   {"measures", "MeasureOutcomes[]"},
                   {"contacts", "HumanContacts"}},
                  "counts that name nobody"});
    router.add({.pattern = "/api/v1/service-outcomes",
                .summary = "Are people getting better, by where they began and by group; do they meet humans.",
                .callers = Callers::lead(),
                .answer_type = "ServiceOutcomes",
                .handler = [&desks](const Request& request) { return outcomes(desks, request); },
                .rate = RateClass::Costly});
    router.add({.pattern = "/api/v1/service-report",
                .summary = "Are alerts answered in time, what is open, and who opened someone from outside their team.",
                .callers = Callers::lead(),
                .answer_type = "ServiceReport",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto report = TRY(desks.caseload.report(request.actor()));
                    JsonObject acknowledged;
                    acknowledged.add("days", report.days).add("raised", report.raised);
                    acknowledged.add("acknowledged", report.acknowledged).add("in_time", report.in_time);
                    acknowledged.add("median_seconds", report.median_seconds);
                    acknowledged.add("ninetieth_seconds", report.ninetieth_seconds).add("escalated", report.escalated);
                    JsonList levels;
                    for (const auto& level : report.levels)
                        levels.add(JsonObject{}
                                       .add("urgency", name(level.urgency))
                                       .add("raised", level.raised)
                                       .add("acknowledged", level.acknowledged)
                                       .add("in_time", level.in_time)
                                       .add("median_seconds", level.median_seconds)
                                       .add("ninetieth_seconds", level.ninetieth_seconds)
                                       .add("waits", level.waits));
                    acknowledged.add("unanswered", report.unanswered).add("levels", levels);
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
