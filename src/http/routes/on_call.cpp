#include "http/routes/on_call.h"

#include "care/on_call_notes.h"
#include "care/rota_desk.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "http/routes/names.h"
#include "trust/account_desk.h"
#include "trust/team_desk.h"

namespace handrail::http::routes {

namespace {

/// How far ahead the page looks for who comes next.
constexpr std::chrono::hours ahead{14 * 24};

JsonObject note_json(Names& names, const Actor& actor, const care::OnCallNote& note)
{
    return JsonObject{}
        .add("id", note.id)
        .add("by", names.of(note.by).display_name)
        .add("at", note.at)
        .add("until", note.until)
        .add("text", note.text)
        .add("may_take_back", note.by == actor.account() || actor.role() == Role::Lead);
}

JsonObject team_json(Names& names, const care::Rota& rota, const trust::Team& team, Instant now)
{
    JsonObject out;
    out.add("team", JsonObject{}.add("id", team.id).add("name", team.name));
    out.add("set", care::has_rota(rota, team.id));
    const auto stretches = care::stretches(rota, team.id, now, now + ahead);
    out.add("now", stretches.empty() ? JsonList{} : named(names, stretches.front().who));
    if (stretches.size() > 1) {
        out.add("until", stretches.front().until);
        out.add("next", named(names, stretches[1].who));
    }
    return out;
}

Result<Response> on_call(Desks& desks, const care::RotaDesk& rotas, const care::OnCallNotes& desk, const Request& request)
{
    const auto& actor = request.actor();
    const auto teams = actor.role() == Role::Lead ? TRY(desks.teams.all(actor)) : TRY(desks.teams.of(actor, actor.account()));
    const auto rota = TRY(rotas.read(actor));
    const auto notes = TRY(desk.read(actor));
    Names names(desks, actor);
    JsonList items;
    for (const auto& team : teams) {
        JsonList of_team;
        for (const auto& note : notes)
            if (note.team == team.id)
                of_team.add(note_json(names, actor, note));
        items.add(team_json(names, rota, team, desks.clock.now()).add("notes", of_team));
    }
    return Response::ok(JsonObject{}.add("items", items).add("time_zone", rota.time_zone).done());
}

} // namespace

void add_on_call_routes(Router& router, Desks& desks)
{
    const auto rotas = std::make_shared<care::RotaDesk>(desks.record);
    const auto desk = std::make_shared<care::OnCallNotes>(desks.record);
    const auto who = Callers::only({Role::Clinician, Role::Lead});
    router.shape({"OnCallNote",
                  {{"id", "id"},
                   {"by", "text", "empty: an account that is gone"},
                   {"at", "instant"},
                   {"until", "instant", "gone then"},
                   {"text", "text"},
                   {"may_take_back", "flag"}}});
    router.shape({"OnCallTeam",
                  {{"team", "Named"},
                   {"set", "flag", "the team has a rota"},
                   {"now", "Named[]", "empty: nobody"},
                   {"until?", "instant", "when it changes, within two weeks"},
                   {"next?", "Named[]", "from then on"},
                   {"notes", "OnCallNote[]", "the newest first"}}});
    router.add({.pattern = "/api/v1/on-call",
                .summary = "Who is on call for one's own teams, who comes next, and what was handed over. A lead sees every team.",
                .callers = who,
                .answer = {{"items", "OnCallTeam[]"}, {"time_zone", "text"}},
                .handler = [&desks, rotas, desk](const Request& request) { return on_call(desks, *rotas, *desk, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/on-call/notes",
                .summary = "A few words for whoever comes on call next, gone after three days. Not about a person: that belongs on "
                           "their page.",
                .callers = who,
                .fields = {{"team", "id"}, {"text", "text"}},
                .example = R"({"team":"01hxyzabcdefghjkmnpqrstvwx","text":"The pager of the lead is being mended: ring instead."})",
                .status = 201,
                .answer_type = "OnCallNote",
                .handler = [&desks, desk](const Request& request) -> Result<Response> {
                    struct Given {
                        TeamId team;
                        std::string text;
                    };
                    const auto given = TRY(read_body(request, [](Body& body) {
                        return Given{body.id<TeamId>("team"), body.text("text", care::OnCallNotes::longest)};
                    }));
                    const auto note = TRY(desk->leave(request.actor(), given.team, given.text));
                    Names names(desks, request.actor());
                    return Response::created(note_json(names, request.actor(), note).done());
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/on-call/notes/{note}",
                .summary = "Takes a note back: whoever wrote it, or a lead.",
                .callers = who,
                .status = 204,
                .handler = [desk](const Request& request) -> Result<Response> {
                    TRY(desk->take_back(request.actor(), TRY(request.id<care::OnCallNoteId>("note"))));
                    return Response::no_content();
                }});
}

} // namespace handrail::http::routes
