#include "care/rota_desk.h"

#include <algorithm>

#include "care/service_desk.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/desks.h"
#include "http/routes/names.h"
#include "trust/account_desk.h"
#include "trust/team_desk.h"

namespace handrail::http::routes {

namespace {

using std::chrono::hours;

std::string clock_text(int minute)
{
    char out[16];
    std::snprintf(out, sizeof out, "%02d:%02d", minute / 60 % 24, minute % 60);
    return out;
}

/// "09:00" to minutes after midnight; -1 when it is no time of day.
int minute_in(const std::string& text)
{
    if (text.size() != 5 || text[2] != ':')
        return -1;
    for (const std::size_t at : {0U, 1U, 3U, 4U})
        if (text[at] < '0' || text[at] > '9')
            return -1;
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    return hour > 23 || minute > 59 ? -1 : hour * 60 + minute;
}

int minute_of(Body& body, std::string_view name)
{
    const int minute = minute_in(body.text(name, 5));
    if (minute < 0)
        body.refuse(name, "A time of day is written like 09:00.");
    return std::max(minute, 0);
}

care::Day day_of(Body& body, std::string_view name)
{
    const auto day = care::day_from(body.text(name, 10));
    if (!day.ok())
        body.refuse(name, day.error().told);
    return day.ok() ? *day : 0;
}

JsonObject stretch_json(Names& names, const care::Stretch& stretch)
{
    return JsonObject{}
        .add("from", stretch.from)
        .add("until", stretch.until)
        .add("who", named(names, stretch.who))
        .add("away", named(names, stretch.away))
        .add("gap", stretch.gap());
}

/// One team's week, what its rota is made of, and the gaps of every team in the next six weeks.
Result<Response> rota(Desks& desks, const care::RotaDesk& desk, const Request& request)
{
    const auto& actor = request.actor();
    const auto now = desks.clock.now();
    const auto teams = TRY(desks.teams.all(actor));
    auto team = teams.front();
    if (const auto wanted = request.query("team")) {
        const auto id = TRY(TeamId::from(*wanted));
        const auto found = std::find_if(teams.begin(), teams.end(), [&](const auto& each) { return each.id == id; });
        if (found == teams.end())
            return not_found("There is no such team.");
        team = *found;
    }
    const auto rota = TRY(desk.read(actor));
    const care::LocalClock clock{rota.time_zone};
    auto day = clock.day_of(now);
    if (const auto wanted = request.query("day"))
        day = TRY(care::day_from(*wanted));
    const auto monday = day - care::weekday_of(day);
    Names names(desks, actor);

    JsonList all_teams;
    for (const auto& each : teams)
        all_teams.add(JsonObject{}.add("id", each.id).add("name", each.name));
    JsonList staff;
    for (const auto& each : TRY(desks.accounts.all_staff(actor)))
        if (!each.suspended && (each.role == Role::Clinician || each.role == Role::Lead))
            staff.add(JsonObject{}.add("id", each.id).add("name", each.display_name));
    JsonList days;
    for (auto each = monday; each < monday + 7; ++each) {
        JsonList of_day;
        for (const auto& stretch : care::stretches(rota, team.id, clock.at(each, 0), clock.at(each + 1, 0)))
            of_day.add(stretch_json(names, stretch));
        days.add(JsonObject{}.add("day", care::to_text(each)).add("stretches", of_day));
    }
    JsonList shifts;
    for (const auto& each : rota.shifts)
        if (each.team == team.id)
            shifts.add(JsonObject{}
                           .add("id", each.id)
                           .add("weekday", each.weekday + 1)
                           .add("from", clock_text(each.from))
                           .add("to", clock_text(each.to))
                           .add("who", named(names, each.account)));
    JsonList overrides;
    for (const auto& each : rota.overrides)
        if (each.team == team.id)
            overrides.add(JsonObject{}
                              .add("id", each.id)
                              .add("from", each.from)
                              .add("until", each.until)
                              .add("who", named(names, each.account)));
    JsonList leaves;
    for (const auto& each : rota.leaves)
        leaves.add(JsonObject{}
                       .add("id", each.id)
                       .add("first", care::to_text(each.first))
                       .add("last", care::to_text(each.last))
                       .add("who", named(names, each.account)));
    JsonList gaps;
    for (const auto& of_team : care::RotaDesk::gaps_ahead(rota, now)) {
        std::string name;
        for (const auto& each : teams)
            if (each.id == of_team.team)
                name = each.name;
        for (const auto& gap : of_team.gaps)
            gaps.add(JsonObject{}
                         .add("team", JsonObject{}.add("id", of_team.team).add("name", name))
                         .add("from", gap.from)
                         .add("until", gap.until)
                         .add("away", named(names, gap.away)));
    }
    return Response::ok(JsonObject{}
                            .add("team", JsonObject{}.add("id", team.id).add("name", team.name))
                            .add("teams", all_teams)
                            .add("staff", staff)
                            .add("time_zone", rota.time_zone)
                            .add("set", care::has_rota(rota, team.id))
                            .add("on_call_now", named(names, care::on_call(rota, team.id, now)))
                            .add("days", days)
                            .add("shifts", shifts)
                            .add("overrides", overrides)
                            .add("leaves", leaves)
                            .add("gaps", gaps)
                            .done());
}

void declare_shapes(Router& router)
{
    router.shape({"RotaStretch",
                  {{"from", "instant"},
                   {"until", "instant"},
                   {"who", "Named[]", "empty: nobody"},
                   {"away", "Named[]", "who would be on call, and is on leave or no longer here"},
                   {"gap", "flag", "somebody was meant to be on call, and nobody is"}}});
    router.shape({"RotaDay", {{"day", "text"}, {"stretches", "RotaStretch[]"}}});
    router.shape({"RotaShift",
                  {{"id", "id"},
                   {"weekday", "integer", "1 for Monday"},
                   {"from", "text", "by the service's own clock"},
                   {"to", "text", "not later than `from`: on the next day"},
                   {"who", "Named"}}});
    router.shape({"RotaOverride", {{"id", "id"}, {"from", "instant"}, {"until", "instant"}, {"who", "Named"}}});
    router.shape({"StaffLeave", {{"id", "id"}, {"first", "text"}, {"last", "text"}, {"who", "Named"}}});
    router.shape(
        {"RotaGap", {{"team", "Named"}, {"from", "instant"}, {"until", "instant"}, {"away", "Named[]"}}});
    router.shape({"Rota",
                  {{"team", "Named", "whose week it is"},
                   {"teams", "Named[]"},
                   {"staff", "Named[]", "who can be on call"},
                   {"time_zone", "text"},
                   {"set", "flag", "the team has a rota"},
                   {"on_call_now", "Named[]"},
                   {"days", "RotaDay[]", "Monday first"},
                   {"shifts", "RotaShift[]"},
                   {"overrides", "RotaOverride[]", "that are not over"},
                   {"leaves", "StaffLeave[]", "that are not over"},
                   {"gaps", "RotaGap[]", "of every team, in the next six weeks"}}});
}

} // namespace

void add_rota_routes(Router& router, Desks& desks)
{
    const auto desk = std::make_shared<care::RotaDesk>(desks.record);
    const auto who = Callers::only({Role::Lead, Role::Administrator});
    declare_shapes(router);
    router.add({.pattern = "/api/v1/rota",
                .summary = "Who is on call when, and where nobody is. `team`, `day`: a week of that team; else of the first one, now.",
                .callers = who,
                .query = {{"team?", "id"}, {"day?", "text"}},
                .answer_type = "Rota",
                .handler = [&desks, desk](const Request& request) { return rota(desks, *desk, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/rota/shifts",
                .summary = "Somebody is on call each week at this time.",
                .callers = who,
                .fields = {{"team", "id"},
                           {"account", "id"},
                           {"weekday", "integer", "1 for Monday"},
                           {"from", "text"},
                           {"to", "text", "not later than `from`: on the next day"}},
                .example = R"({"team":"01hxyzabcdefghjkmnpqrstvwx","account":"01hxyzabcdefghjkmnpqrstvwy","weekday":5,"from":"17:00","to":"09:00"})",
                .status = 204,
                .handler = [desk](const Request& request) -> Result<Response> {
                    const auto shift = TRY(read_body(request, [](Body& body) {
                        care::Shift given;
                        given.team = body.id<TeamId>("team");
                        given.account = body.id<AccountId>("account");
                        given.weekday = static_cast<int>(body.number("weekday", 1, 7)) - 1;
                        given.from = minute_of(body, "from");
                        given.to = minute_of(body, "to");
                        return given;
                    }));
                    TRY(desk->add(request.actor(), shift));
                    return Response::no_content();
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/rota/overrides",
                .summary = "Somebody else takes a team's calls for a date.",
                .callers = who,
                .fields = {{"team", "id"},
                           {"account", "id"},
                           {"day", "text", "of the service's own calendar"},
                           {"from", "text"},
                           {"to", "text", "not later than `from`: on the next day"}},
                .example = R"({"team":"01hxyzabcdefghjkmnpqrstvwx","account":"01hxyzabcdefghjkmnpqrstvwy","day":"2036-03-07","from":"17:00","to":"09:00"})",
                .status = 204,
                .handler = [desk](const Request& request) -> Result<Response> {
                    const auto given = TRY(read_body(request, [](Body& body) {
                        care::RotaDesk::NewOverride one;
                        one.team = body.id<TeamId>("team");
                        one.account = body.id<AccountId>("account");
                        one.day = day_of(body, "day");
                        one.from = minute_of(body, "from");
                        one.to = minute_of(body, "to");
                        return one;
                    }));
                    TRY(desk->add(request.actor(), given));
                    return Response::no_content();
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/rota/leave",
                .summary = "A member of staff is away on these days, both included; their shifts are gaps until somebody takes them.",
                .callers = who,
                .fields = {{"account", "id"}, {"first", "text"}, {"last", "text"}},
                .example = R"({"account":"01hxyzabcdefghjkmnpqrstvwy","first":"2036-03-07","last":"2036-03-14"})",
                .status = 204,
                .handler = [desk](const Request& request) -> Result<Response> {
                    const auto leave = TRY(read_body(request, [](Body& body) {
                        care::Leave one;
                        one.account = body.id<AccountId>("account");
                        one.first = day_of(body, "first");
                        one.last = day_of(body, "last");
                        return one;
                    }));
                    TRY(desk->add(request.actor(), leave));
                    return Response::no_content();
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/rota/shifts/{shift}",
                .summary = "Nobody is on call by this shift any more.",
                .callers = who,
                .status = 204,
                .handler = [desk](const Request& request) -> Result<Response> {
                    TRY(desk->remove(request.actor(), TRY(request.id<care::ShiftId>("shift"))));
                    return Response::no_content();
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/rota/overrides/{override}",
                .summary = "The pattern counts again.",
                .callers = who,
                .status = 204,
                .handler = [desk](const Request& request) -> Result<Response> {
                    TRY(desk->remove(request.actor(), TRY(request.id<care::OverrideId>("override"))));
                    return Response::no_content();
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/rota/leave/{leave}",
                .summary = "They are not away on these days.",
                .callers = who,
                .status = 204,
                .handler = [desk](const Request& request) -> Result<Response> {
                    TRY(desk->remove(request.actor(), TRY(request.id<care::LeaveId>("leave"))));
                    return Response::no_content();
                }});
}

} // namespace handrail::http::routes
