#include "http/json_text.h"
#include "http/routes/desks.h"
#include "trust/audit_book.h"

namespace handrail::http::routes {

void add_admin_system_routes(Router& router, Desks& desks)
{
    const auto administrator = Callers::administrator();
    router.shape({"StoreState",
                  {{"kind", R"("embedded"|"postgres")"},
                   {"answers", "flag"},
                   {"durable", "flag"},
                   {"waiting_writes", "integer"}}});
    router.shape({"KeyState", {{"epoch", "integer"}, {"source", "text"}}});
    router.shape({"BackupState", {{"last?", "text"}, {"problem?", "text"}, {"every_hours", "number"}}});
    router.shape({"ContentState", {{"unreviewed_texts", "integer"}, {"note", "text"}}});
    router.shape({"Counts", {{"accounts", "map<integer>", "by role"}, {"people", "integer"}}});
    router.shape({"FirstStartStep", {{"id", "text"}, {"title", "text"}, {"done", "flag"}, {"detail", "text"}}});
    router.shape({"ClockJump", {{"at", "instant"}, {"seconds", "integer", "forward; back when less than 0"}}});
    router.shape({"ClockState", {{"ahead_seconds", "integer"}, {"jumps", "integer"}, {"last_jump?", "ClockJump"}}});
    router.shape({"SystemState",
                  {{"version", "text"},
                   {"schema", "integer"},
                   {"store", "StoreState"},
                   {"keys", "KeyState"},
                   {"clock", "ClockState"},
                   {"backup", "BackupState"},
                   {"content", "ContentState"},
                   {"counts", "Counts"},
                   {"first_start", "FirstStartStep[]"},
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
                }});
}

} // namespace handrail::http::routes
