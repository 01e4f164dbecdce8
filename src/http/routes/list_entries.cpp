#include "care/list_entries.h"

#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "http/routes/names.h"

namespace handrail::http::routes {

namespace {

Result<Response> open_entries(Desks& desks, const Request& request)
{
    Names names(desks, request.actor());
    const auto teams = TRY(TeamClinicians::read(desks, request.actor()));
    JsonList items;
    for (const auto& each : TRY(care::ListDesk(desks.record, desks.alerts).open(request.actor()))) {
        JsonObject one;
        one.add("finding", each.finding).add("person", each.person).add("team", teams.name(each.team));
        one.add("made_at", each.made_at).add("due_at", each.due_at).add("overdue", each.due_at <= desks.clock.now());
        one.add("may_own", teams.of(each.team));
        if (!each.owner.empty())
            one.add("owner", named(names, each.owner));
        items.add(one);
    }
    return Response::ok(JsonObject{}.add("items", items).done());
}

Result<Response> record_looked(Desks& desks, const Request& request)
{
    const auto person = TRY(request.id<PersonId>("person"));
    const auto record = TRY(read_body(request, [](Body& body) {
        care::ListDesk::Record read;
        read.findings = body.ids<FindingId>("findings", 200);
        const auto how = body.one_of("looked", {"talked", "arranged", "known", "mistaken", "nothing"});
        read.how = care::looked_from(how).value_or(care::Looked::Nothing);
        read.words = body.text_or("words", 4001, "");
        return read;
    }));
    const auto done = care::ListDesk(desks.record, desks.alerts).record_looked(request.actor(), person, record);
    if (!done.ok() && done.error().kind == ErrorKind::Conflict)
        return with_name(desks, request.actor(), done.error());
    return done_for_person(done);
}

} // namespace

void add_list_entry_routes(Router& router, Desks& desks)
{
    router.shape({"ListEntry",
                  {{"finding", "id"},
                   {"person", "id"},
                   {"team", "text"},
                   {"made_at", "instant"},
                   {"due_at", "instant", "by when somebody has to have looked"},
                   {"overdue", "flag"},
                   {"owner?", "Named", "whose it is; absent: there is nobody"},
                   {"may_own", "Named[]", "the clinicians of the team"}}});
    router.add({.pattern = "/api/v1/list-entries",
                .summary = "What is for soon and nobody has looked at: of one's teams; a lead sees all, without names.",
                .callers = Callers::staff(),
                .answer = {{"items", "ListEntry[]", "what is due first first"}},
                .handler = [&desks](const Request& request) { return open_entries(desks, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/people/{person}/looked",
                .summary = "What one did who looked at findings for soon, or why there is nothing to do. That takes them off the list.",
                .callers = Callers::staff(),
                .fields = {{"findings", "id[]", "those that were on the screen"},
                           {"looked", R"("talked"|"arranged"|"known"|"mistaken"|"nothing")"},
                           {"words?", "text", "needed for nothing: why"}},
                .example = R"({"findings":["01K6B3V8N4R2T5W7X9Z1A2C3D4"],"looked":"nothing","words":"Seen on Tuesday; it is about the film."})",
                .status = 204,
                .handler = [&desks](const Request& request) { return record_looked(desks, request); }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/list-entries/owner",
                .summary = "Names whose everything of this person on the list is: a clinician of their team.",
                .callers = Callers::staff(),
                .fields = {{"account", "id"}},
                .example = R"({"account":"01K6B3V8N4R2T5W7X9Z1A2C3D4"})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto person = TRY(request.id<PersonId>("person"));
                    const auto account =
                        TRY(read_body(request, [](Body& body) { return body.id<AccountId>("account"); }));
                    return done_for_person(care::ListDesk(desks.record, desks.alerts).name_owner(request.actor(), person, account));
                }});
}

} // namespace handrail::http::routes
