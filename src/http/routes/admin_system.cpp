#include "http/json_text.h"
#include "http/routes/desks.h"
#include "trust/audit_book.h"

namespace handrail::http::routes {

namespace {

/// Numbers only: no route of the administrator's tells anything about a person.
void add_measurements(Router& router, Desks& desks)
{
    router.shape({"AlertsThen",
                  {{"waiting", "integer", "that nobody had acknowledged"},
                   {"past_their_time", "integer"},
                   {"oldest_seconds", "integer", "age of the oldest that nobody had acknowledged; 0: none"}}});
    router.shape({"AlertsByUrgency", {{"now", "AlertsThen"}, {"today", "AlertsThen"}, {"unknown", "AlertsThen"}}});
    router.shape({"ScreenedByUrgency",
                  {{"usual", "integer"},
                   {"soon", "integer"},
                   {"today", "integer"},
                   {"now", "integer"},
                   {"unknown", "integer"}}});
    router.shape({"MeasuredSpan",
                  {{"from", "instant"},
                   {"minutes", "integer", "of it that were looked at; what stood is the worst of them"},
                   {"answers", "flag", "the store answered in all of them"},
                   {"alerts?", "AlertsByUrgency", "absent while the store did not answer"},
                   {"people_waiting?", "integer", "asked for a human, and none had come"},
                   {"longest_wait_seconds?", "integer"},
                   {"waiting_writes", "integer"},
                   {"waiting_requests", "integer"},
                   {"event_streams", "integer"},
                   {"commits", "integer"},
                   {"commit_median_seconds?", "number", "the upper end of the step it fell into"},
                   {"commit_slow_seconds?", "number", "99 of 100 took at most that"},
                   {"requests", "integer"},
                   {"refused", "integer", "answered 4xx"},
                   {"failed", "integer", "answered 5xx"},
                   {"screened", "ScreenedByUrgency"},
                   {"disk_free_bytes?", "integer"},
                   {"disk_size_bytes?", "integer"},
                   {"backup_age_seconds?", "integer"},
                   {"backup_bytes?", "integer"}}});
    router.shape(
        {"AnswerTimes", {{"count", "integer"}, {"median_seconds", "integer"}, {"longest_seconds", "integer"}}});
    router.shape({"AnsweredHour", {{"from", "instant"}, {"urgency", "Urgency"}, {"times", "AnswerTimes"}}});
    router.shape({"Measurements",
                  {{"now", "instant"},
                   {"span_seconds", "integer"},
                   {"kept_minutes", "integer", "at most; they are gone when the server stops"},
                   {"taken_minutes", "integer"},
                   {"alerts_now?", "AlertsByUrgency", "at the last look; absent when the store did not answer"},
                   {"answered", "map<AnswerTimes>", "alerts first acknowledged in 24 hours, by urgency"},
                   {"answered_by_hour", "AnsweredHour[]"},
                   {"spans", "MeasuredSpan[]", "oldest first"}}});
    router.add({.pattern = "/api/v1/admin/measurements",
                .summary = "How the service ran in the last 24 hours, in numbers.",
                .callers = Callers::administrator(),
                .answer_type = "Measurements",
                .handler = [&desks](const Request&) -> Result<Response> {
                    return Response::ok(TRY(desks.measurements()));
                },
                .may_compress = true}); // nothing in it is secret, and nothing in it was typed by anybody
}

} // namespace

void add_admin_system_routes(Router& router, Desks& desks)
{
    add_measurements(router, desks);
    const auto administrator = Callers::administrator();
    router.shape({"StoreState",
                  {{"kind", R"("embedded"|"postgres")"},
                   {"answers", "flag"},
                   {"durable", "flag"},
                   {"waiting_writes", "integer"},
                   {"trouble?", "text", "why nothing can be kept at this moment"},
                   {"trouble_since?", "instant"}}});
    router.shape({"KeyState", {{"epoch", "integer"}, {"source", "text"}}});
    router.shape({"BackupState", {{"last?", "text"}, {"problem?", "text"}, {"every_hours", "number"}}});
    router.shape({"CheckpointState", {{"last?", "text"}, {"problem?", "text"}, {"every_hours", "number"}}});
    router.shape({"ContentState", {{"unreviewed_texts", "integer"}, {"note", "text"}}});
    router.shape({"Counts", {{"accounts", "map<integer>", "by role"}, {"people", "integer"}}});
    router.shape({"FirstStartStep", {{"id", "text"}, {"title", "text"}, {"done", "flag"}, {"detail", "text"}}});
    router.shape({"ClockJump", {{"at", "instant"}, {"seconds", "integer", "forward; back when less than 0"}}});
    router.shape({"ClockState", {{"ahead_seconds", "integer"}, {"jumps", "integer"}, {"last_jump?", "ClockJump"}}});
    router.shape({"AppKeyState",
                  {{"key", "text"},
                   {"app", "text"},
                   {"made_at", "instant"},
                   {"events_to?", "text", "where its owner is told of users in danger; absent: nowhere"},
                   {"told_at?", "instant", "the last event that was taken there"},
                   {"failing_since?", "instant"},
                   {"problem?", "text"},
                   {"given_up?", "integer", "events that were never taken"}}});
    router.shape({"SystemState",
                  {{"version", "text"},
                   {"schema", "integer"},
                   {"replace?", "text", "another node runs a newer version than this one"},
                   {"store", "StoreState"},
                   {"keys", "KeyState"},
                   {"clock", "ClockState"},
                   {"backup", "BackupState"},
                   {"checkpoints?", "CheckpointState", "absent: no folder is configured for them"},
                   {"content", "ContentState"},
                   {"counts", "Counts"},
                   {"first_start", "FirstStartStep[]"},
                   {"apps?", "AppKeyState[]", "keys of the gateway that are not revoked; absent: there is no gateway"},
                   {"open", "flag"},
                   {"demo", "flag"}}});
    router.shape({"AuditEntry",
                  {{"at", "instant"},
                   {"account", "text", "empty: the service itself"},
                   {"role", R"("person"|"supporter"|"clinician"|"lead"|"administrator"|"integration"|"system")"},
                   {"who", "text"},
                   {"deed", "text"},
                   {"about", "text"},
                   {"person?", "id"},
                   {"lane", "integer"},
                   {"sequence", "integer"},
                   {"reason?", "text"}}});
    router.add({.pattern = "/api/v1/admin/state",
                .summary = "State of the system, and what is still open before people can sign up.",
                .callers = administrator,
                .answer_type = "SystemState",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::ok(TRY(desks.system_state(request.actor())));
                }});
    router.add({.pattern = "/api/v1/admin/audit",
                .summary = "The audit record, newest first; people are opaque ids.",
                .callers = Callers::only({Role::Administrator, Role::Lead}),
                .query = {{"before?", "instant"}, {"account?", "id"}, {"deed?", "text"}, {"limit?", "integer"}},
                .answer = {{"items", "AuditEntry[]"}, {"next?", "instant"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    trust::AuditBook::Filter filter;
                    if (const auto before = request.query("before"); before && !before->empty())
                        filter.before = TRY(from_rfc3339(*before));
                    filter.account = TRY(request.query_id<AccountId>("account"));
                    filter.deed = request.query("deed").value_or("");
                    filter.limit = static_cast<int>(TRY(request.query_number("limit", 100, 1, 500)));
                    JsonList items;
                    std::optional<Instant> last;
                    int count = 0;
                    for (const auto& line : TRY(desks.audit.page(request.actor(), filter))) {
                        JsonObject one;
                        one.add("at", line.at).add("account", line.account).add("role", name(line.role));
                        one.add("who", line.who.empty() && line.role == Role::System ? "Handrail" : line.who.c_str());
                        one.add("deed", line.deed).add("about", line.about).add("person", line.person);
                        one.add("lane", line.lane).add("sequence", line.sequence);
                        if (!line.reason.empty())
                            one.add("reason", line.reason);
                        items.add(one);
                        last = line.at;
                        ++count;
                    }
                    JsonObject out;
                    out.add("items", items);
                    if (count == filter.limit && last)
                        out.add("next", to_rfc3339(*last));
                    return Response::ok(out.done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/admin/audit/verify",
                .summary = "Walks the whole chain and names any entry that was changed, removed or reordered.",
                .callers = administrator,
                .answer = {{"ok", "flag"}, {"entries", "integer"}, {"problems", "text[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return Response::ok(TRY(desks.verify_audit(request.actor())));
                },
                .rate = RateClass::Costly});
}

} // namespace handrail::http::routes
