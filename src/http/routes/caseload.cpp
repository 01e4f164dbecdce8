#include "errands/caseload.h"

#include <map>

#include "http/json_text.h"
#include "http/routes/account_json.h"
#include "http/routes/caseload_json.h"
#include "http/routes/desks.h"

namespace handrail::http::routes {

JsonObject case_row_json(const errands::CaseRow& row, const Actor& actor)
{
    JsonObject out;
    out.add("person", row.person).add("name", row.name).add("age_band", row.age_band);
    out.add("urgency", name(row.urgency)).add("reason", row.reason).add("new", row.is_new);
    if (row.alert) {
        out.add("alert", row.alert->id).add("due_at", row.alert->due_at).add("step", row.alert->step);
        out.add("acknowledged", row.alert->state == care::AlertState::Acknowledged);
        out.add("raised_at", row.alert->raised_at);
        if (!row.alert->conversation.empty())
            out.add("conversation", row.alert->conversation);
    }
    JsonList spark;
    for (const auto& point : row.spark) {
        JsonObject one;
        one.add("d", point.day);
        if (point.value)
            one.add("v", *point.value);
        else
            one.null("v");
        spark.add(one);
    }
    out.add("spark", spark).add("heard_at", row.heard_at);
    out.add("looked_at", row.looked_at).add("changed", row.changed);
    if (row.to_look_at) {
        JsonList findings;
        for (const auto& finding : row.to_look_at->findings)
            findings.add(finding);
        out.add("to_look_at", JsonObject{}
                                  .add("findings", findings)
                                  .add("since", row.to_look_at->since)
                                  .add("due_at", row.to_look_at->due_at));
    }
    if (!row.who.empty())
        out.add("who", JsonObject{}
                           .add("id", row.who)
                           .add("name", row.who == actor.account() ? "You" : row.who_name)
                           .add("initials", initials(row.who_name))
                           .add("doing", row.doing));
    return out;
}

namespace {

Result<Response> caseload(Desks& desks, const Request& request)
{
    const auto scope = request.query("scope").value_or("team");
    const auto groups = TRY(desks.caseload.list(
        request.actor(), scope == "mine" ? errands::Caseload::Of::Mine : errands::Caseload::Of::Team));
    constexpr Urgency order[] = {Urgency::Now, Urgency::Today, Urgency::Unknown, Urgency::Soon, Urgency::Usual};
    JsonObject counts;
    JsonList list;
    for (const auto urgency : order) {
        JsonList people;
        int count = 0;
        for (const auto& row : groups.rows)
            if (row.urgency == urgency) {
                people.add(case_row_json(row, request.actor()));
                ++count;
            }
        counts.add(name(urgency), count);
        list.add(JsonObject{}.add("urgency", name(urgency)).add("people", people));
    }
    JsonList pages;
    for (const auto& page : groups.test_pages)
        pages.add(JsonObject{}.add("alert", page.id).add("raised_at", page.raised_at).add("reason", page.reason).add("service", page.service));
    return Response::ok(JsonObject{}
                            .add("team", JsonObject{}
                                             .add("id", groups.team)
                                             .add("name", groups.team_name)
                                             .add("people", groups.people))
                            .add("counts", counts)
                            .add("groups", list)
                            .add("test_pages", pages)
                            .done());
}

} // namespace

void add_caseload_routes(Router& router, Desks& desks)
{
    router.shape({"SparkPoint", {{"d", "integer", "day: 0 is today, -27 the first"}, {"v", "integer|null"}}});
    router.shape({"CaseHolder", {{"id", "id"}, {"name", "text"}, {"initials", "text"}, {"doing", "text"}}});
    router.shape({"CaseToLookAt",
                  {{"findings", "id[]", "what is due first first"},
                   {"since", "instant", "of the oldest"},
                   {"due_at", "instant", "by when somebody has to have looked"}},
                  "findings for soon that nobody has looked at"});
    router.shape({"CaseRow",
                  {{"person", "id"},
                   {"name", "text"},
                   {"age_band", "text"},
                   {"urgency", "Urgency"},
                   {"reason", "text"},
                   {"new", "flag"},
                   {"alert?", "id"},
                   {"due_at?", "instant"},
                   {"step?", "integer"},
                   {"acknowledged?", "flag", "with an alert only"},
                   {"raised_at?", "instant"},
                   {"conversation?", "id"},
                   {"spark", "SparkPoint[]"},
                   {"heard_at?", "instant"},
                   {"looked_at?", "instant", "when one last opened this person"},
                   {"changed", "text[]", "since then, in words"},
                   {"to_look_at?", "CaseToLookAt"},
                   {"who?", "CaseHolder"}}});
    router.shape({"CaseGroup", {{"urgency", "Urgency"}, {"people", "CaseRow[]"}}});
    router.shape({"TestPage", {{"alert", "id"}, {"raised_at", "instant"}, {"reason", "text"}, {"service", "flag", "about the service itself"}}});
    router.shape({"CaseCounts",
                  {{"now", "integer"},
                   {"today", "integer"},
                   {"unknown", "integer"},
                   {"soon", "integer"},
                   {"usual", "integer"}}});
    router.shape({"CaseTeam", {{"id", "text"}, {"name", "text"}, {"people", "integer"}}});
    router.shape({"Caseload",
                  {{"team", "CaseTeam"},
                   {"counts", "CaseCounts"},
                   {"groups", "CaseGroup[]", "in the order in which a human is needed"},
                   {"test_pages", "TestPage[]"}}});
    router.add({.pattern = "/api/v1/caseload",
                .summary = "Who needs me first, and why.",
                .callers = Callers::only({Role::Clinician, Role::Lead, Role::Administrator}),
                .query = {{"scope?", R"("mine"|"team")"}},
                .answer_type = "Caseload",
                .handler = [&desks](const Request& request) { return caseload(desks, request); },
                .for_help = true});
}

} // namespace handrail::http::routes
