#include "monitoring/treatment_desk.h"

#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "http/routes/outcomes_json.h"

namespace handrail::http::routes {

namespace {

JsonList flags_json(const std::vector<CourseFlag>& flags)
{
    JsonList out;
    for (const auto& flag : flags)
        out.add(JsonObject{}
                    .add("id", flag.flag)
                    .add("urgency", name(flag.urgency))
                    .add("text", flag.told)
                    .add("source", flag.source));
    return out;
}

Result<Response> saved(Result<void> done)
{
    if (done.ok())
        return Response::no_content();
    return outside_team(done.error());
}

Result<Response> set_treatment(Desks& desks, const Request& request)
{
    const auto id = TRY(request.id<PersonId>("person"));
    struct Form {
        std::string started_on;
        bool psychological = false;
        bool medication = false;
    };
    const auto form = TRY(read_body(request, [](Body& body) {
        return Form{body.text("started_on", 10), body.flag_or("psychological", false),
                    body.flag_or("medication", false)};
    }));
    const auto day = from_rfc3339(form.started_on);
    if (!day)
        return invalid("Write the first day of treatment like 2026-01-05.", "/started_on");
    const monitoring::Treatment treatment{std::chrono::floor<std::chrono::days>(*day), form.psychological,
                                          form.medication};
    return saved(monitoring::TreatmentDesk{desks.record}.set_treatment(request.actor(), id, treatment));
}

} // namespace

JsonObject outcomes_json(const monitoring::Outcomes& outcomes)
{
    JsonList lines;
    for (const auto& line : outcomes.lines)
        lines.add(JsonObject{}
                      .add("instrument", line.instrument)
                      .add("title", line.title)
                      .add("baseline", line.baseline)
                      .add("baseline_at", line.baseline_at)
                      .add("current", line.current)
                      .add("current_at", line.current_at)
                      .add("treated", line.treated)
                      .add("change", line.outcome.change)
                      .add("reliable", monitoring::name(line.outcome.reliably))
                      .add("was_case", line.outcome.was_case)
                      .add("is_case", line.outcome.is_case)
                      .add("recovery", line.outcome.recovery)
                      .add("reliable_recovery", line.outcome.reliable_recovery)
                      .add("percent_fall", line.percent_fall)
                      .add("behind_above", line.limit)
                      .add("text", line.text)
                      .add("source", line.source)
                      .add("flags", flags_json(line.flags)));
    JsonObject out;
    out.add("lines", lines).add("waiting", flags_json(outcomes.waiting)).add("steps", outcomes.steps);
    if (!outcomes.together.empty())
        out.add("together", outcomes.together);
    if (!outcomes.steps_source.empty())
        out.add("steps_source", outcomes.steps_source);
    return out;
}

JsonObject treatment_json(const monitoring::Treatment& treatment)
{
    return JsonObject{}
        .add("started_on", to_rfc3339(Instant{treatment.started_on}).substr(0, 10))
        .add("psychological", treatment.psychological)
        .add("medication", treatment.medication);
}

JsonList known_json(const std::vector<monitoring::KnownAndPlanned>& notes)
{
    JsonList out;
    for (const auto& note : notes)
        out.add(JsonObject{}.add("instrument", note.instrument).add("at", note.at).add("text", note.text));
    return out;
}

void declare_outcome_shapes(Router& router)
{
    router.shape({"CourseFlag",
                  {{"id", "text"}, {"urgency", R"("usual"|"soon")"}, {"text", "text", "in words"}, {"source", "text"}}});
    router.shape({"MeasuredOutcome",
                  {{"instrument", "text"},
                   {"title", "text"},
                   {"baseline", "number"},
                   {"baseline_at", "instant"},
                   {"current", "number"},
                   {"current_at", "instant"},
                   {"treated", "flag", "from the beginning of a recorded treatment; else from the first form of the episode"},
                   {"change", "number", "in points; under 0 is a fall of the total"},
                   {"reliable", R"("none"|"improved"|"deteriorated")", "more than chance"},
                   {"was_case", "flag"},
                   {"is_case", "flag"},
                   {"recovery", "flag", "was in the range of a case and is not"},
                   {"reliable_recovery", "flag"},
                   {"percent_fall?", "number"},
                   {"behind_above?", "number", "a total above it is behind the expected course"},
                   {"text", "text", "in words"},
                   {"source", "text", "of the reliable change"},
                   {"flags", "CourseFlag[]"}},
                  "one questionnaire from the beginning of the episode until now"});
    router.shape({"Outcomes",
                  {{"lines", "MeasuredOutcome[]"},
                   {"together?", "text", "depression and anxiety read together"},
                   {"waiting", "CourseFlag[]", "of questionnaires without a change to tell"},
                   {"steps", "text[]", "what to go through when somebody is not on track"},
                   {"steps_source?", "text"}},
                  "whether the person is better, and whether the plan should change; no diagnosis"});
    router.shape({"Treatment", {{"started_on", "day"}, {"psychological", "flag"}, {"medication", "flag"}}});
    router.shape({"KnownAndPlanned",
                  {{"instrument", "text"}, {"at", "instant"}, {"text", "text"}},
                  "a clinician's note that covers an unchanged answer about death or self-harm for 28 days"});
}

void add_treatment_routes(Router& router, Desks& desks)
{
    const auto staff = Callers::staff();
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/treatment",
                .summary = "What somebody is treated with, from which day on: their course is judged from there.",
                .callers = staff,
                .fields = {{"started_on", "day"}, {"psychological?", "flag"}, {"medication?", "flag"}},
                .example = R"({"started_on":"2026-01-05","psychological":true})",
                .status = 204,
                .handler = [&desks](const Request& request) { return set_treatment(desks, request); }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/people/{person}/treatment",
                .summary = "The treatment has ended; it stays in the record.",
                .callers = staff,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    return saved(
                        monitoring::TreatmentDesk{desks.record}.set_treatment(request.actor(), id, std::nullopt));
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/known-and-planned/{instrument}",
                .summary = "That an answer about death or self-harm is known, with a plan. Covers the same low answer for 28 "
                           "days; closes no alert.",
                .callers = staff,
                .fields = {{"text", "text"}},
                .example = R"({"text":"Passive thoughts as before. We talk about them each Tuesday."})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    const auto text = TRY(read_body(request, [](Body& body) { return body.text("text", 4000); }));
                    return saved(monitoring::TreatmentDesk{desks.record}.note_known(
                        request.actor(), id, request.path("instrument"), text));
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/people/{person}/known-and-planned/{instrument}",
                .summary = "It covers nothing any more.",
                .callers = staff,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    return saved(monitoring::TreatmentDesk{desks.record}.withdraw_known(request.actor(), id,
                                                                                        request.path("instrument")));
                }});
}

} // namespace handrail::http::routes
