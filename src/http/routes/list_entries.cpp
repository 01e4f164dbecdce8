#include "care/list_entries.h"

#include "care/local_clock.h"
#include "care/quiet_rules.h"
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
        if (each.beyond != care::Beyond::No)
            one.add("beyond", care::name(each.beyond));
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

care::QuietRuleDesk quiet_rules(Desks& desks)
{
    const auto& times = desks.alerts.times();
    return {desks.record, desks.service, times.longest_quiet_days, times.soon_days};
}

Result<Response> make_quiet(Desks& desks, const Request& request)
{
    const auto finding = TRY(request.id<FindingId>("finding"));
    struct Form {
        std::string until, because;
    };
    const auto form = TRY(read_body(request, [](Body& body) { return Form{body.text("until", 10), body.text("because", 1001)}; }));
    const auto day = care::day_from(form.until);
    if (!day.ok())
        return invalid("Write the day like 2026-01-05.", "/until");
    const auto made = quiet_rules(desks).make(request.actor(), finding, *day, form.because);
    if (!made.ok())
        return outside_team(made.error());
    return Response::created(JsonObject{}.add("id", *made).done());
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
                   {"may_own", "Named[]", "the clinicians of the team"},
                   {"beyond?", R"("colleague"|"team")", "whoever would have had it had theirs for the day when it came"}}});
    router.shape({"QuietRule",
                  {{"id", "id"},
                   {"rules", "text[]"},
                   {"because", "text"},
                   {"at", "instant"},
                   {"by", "text"},
                   {"ends_at", "instant"}},
                  "what is known of somebody: until then what these rules find for soon is not put on the list"});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/findings/{finding}/quiet",
                .summary = "What this finding found is known, until the end of a day: its rules put nothing about this person on the list. "
                           "Anything sooner than soon, and any other rule, is heard as ever.",
                .callers = Callers::staff(),
                .fields = {{"until", "text", "a day, at most as far ahead as the protocol allows"}, {"because", "text"}},
                .example = R"({"until":"2026-03-02","because":"We spoke about it on Monday; she starts with the new medicine."})",
                .status = 201,
                .answer = {{"id", "id"}},
                .handler = [&desks](const Request& request) { return make_quiet(desks, request); }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/people/{person}/quiet-rules/{quiet}",
                .summary = "Takes it back: what it kept off the list is on it, to be looked at as if it came now.",
                .callers = Callers::staff(),
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto person = TRY(request.id<PersonId>("person"));
                    const auto quiet = TRY(request.id<QuietRuleId>("quiet"));
                    return done_for_person(quiet_rules(desks).take_back(request.actor(), person, quiet));
                }});
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
