#include "base/text.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "http/routes/taking_in.h"
#include "monitoring/daily_import.h"
#include "trust/actor_desk.h"

namespace handrail::http::routes {

namespace {

std::string_view bearer(const Request& request)
{
    const auto header = request.header("Authorization");
    return header.size() > 7 && lower_ascii(header.substr(0, 7)) == "bearer " ? trimmed(header.substr(7))
                                                                             : std::string_view();
}

Result<monitoring::DailyDesk::Day> day_in(const Request& request)
{
    return read_body(request, [](Body& body) {
        monitoring::DailyDesk::Day day;
        const auto written = body.text("day", 10, 10);
        const auto at = from_rfc3339(written);
        if (at.ok())
            day.day = std::chrono::floor<std::chrono::days>(*at);
        else
            body.refuse("day", "A day is written like 2026-03-02.");
        day.source = body.text("source", 60);
        auto values = body.object("values");
        for (const auto& measure : values.names())
            if (values.kind(measure) != Body::Kind::Null) // not known: no value, and not nought
                day.values[measure] = values.real(measure, -1e9, 1e9);
        return day;
    });
}

JsonObject course_json(const monitoring::DailyCourse& course)
{
    JsonList points, gaps;
    for (const auto& [day, value] : course.points)
        points.add(JsonObject{}.add("day", monitoring::day_text(day)).add("value", value));
    for (const auto& gap : course.gaps)
        gaps.add(JsonObject{}
                     .add("from", monitoring::day_text(gap.from))
                     .add("to", monitoring::day_text(gap.to))
                     .add("lasts", gap.lasts));
    return JsonObject{}
        .add("measure", course.measure)
        .add("name", course.name)
        .add("unit", course.unit)
        .add("points", points)
        .add("gaps", gaps)
        .add("no_data", course.no_data)
        .add("said", course.said);
}

Result<Response> courses(const TakingIn& taking_in, const Request& request, PersonId person)
{
    JsonList items;
    for (const auto& course : TRY(taking_in.daily.courses(request.actor(), person)))
        items.add(course_json(course));
    return Response::ok(JsonObject{}.add("items", items).done());
}

std::vector<Field> fields_of_a_day()
{
    return {{"day", "day"},
            {"source", "text", "what sends it, in a short word of its own"},
            {"values", "map<number|null>", "by measure of content/protocols/wearables.json; null: not known"}};
}

constexpr const char* example_day = R"({"day":"2026-02-27","source":"watch","values":{"steps":8200,"sleep_minutes":430}})";

} // namespace

void add_daily_routes(Router& router, Desks& desks, const TakingIn& taking_in)
{
    router.shape({"DailyPoint", {{"day", "day"}, {"value", "number"}}});
    router.shape({"DailyGap", {{"from", "day"}, {"to", "day"}, {"lasts", "flag", "nothing has come since"}}});
    router.shape({"DailyCourse",
                  {{"measure", "text"},
                   {"name", "text"},
                   {"unit", "text", "empty: minutes after midnight"},
                   {"points", "DailyPoint[]"},
                   {"gaps", "DailyGap[]", "days without a value: nothing is drawn across them"},
                   {"no_data", "text", "since when, in words; may be empty"},
                   {"said", "text", "within the days since the last gap; may be empty"}}});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/daily",
                .summary = "What one's wearable counted on a day. The same day of the same source is replaced.",
                .callers = Callers::person(),
                .fields = fields_of_a_day(),
                .example = example_day,
                .status = 204,
                .handler = [&taking_in](const Request& request) -> Result<Response> {
                    TRY(taking_in.daily.put(request.actor(), *request.actor().person(), TRY(day_in(request))));
                    return Response::no_content();
                }});
    router.add({.pattern = "/api/v1/daily",
                .summary = "One's daily summaries with their gaps. Empty without a yes to wearables.",
                .callers = Callers::person(),
                .answer = {{"items", "DailyCourse[]"}},
                .handler = [&taking_in](const Request& request) {
                    return courses(taking_in, request, *request.actor().person());
                }});
    router.add({.pattern = "/api/v1/people/{person}/daily",
                .summary = "A person's daily summaries with their gaps. Empty without their yes to wearables.",
                .callers = Callers::staff(),
                .answer = {{"items", "DailyCourse[]"}},
                .handler = [&taking_in](const Request& request) -> Result<Response> {
                    return courses(taking_in, request, TRY(request.id<PersonId>("person")));
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/daily",
                .summary = "The same from an app, by its key with the scope daily in the Authorization header.",
                .callers = Callers::anyone(), // the key says who it is
                .fields = fields_of_a_day(),
                .example = example_day,
                .status = 204,
                .handler = [&desks, &taking_in](const Request& request) -> Result<Response> {
                    const auto app = TRY(taking_in.app_of_key(bearer(request)));
                    auto day = TRY(day_in(request));
                    day.sent_by = app;
                    TRY(taking_in.daily.put(trust::ActorDesk::system(desks.organisation),
                                            TRY(request.id<PersonId>("person")), day));
                    return Response::no_content();
                },
                .from_anywhere = true});
}

} // namespace handrail::http::routes
