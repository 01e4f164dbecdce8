#include "monitoring/treatment_desk.h"

#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "http/routes/finding_json.h"
#include "http/routes/outcomes_json.h"

namespace handrail::http::routes {

namespace {

JsonList flags_json(const std::vector<CourseFlag>& flags, const content::Sources& sources)
{
    JsonList out;
    for (const auto& flag : flags)
        out.add(JsonObject{}
                    .add("id", flag.flag)
                    .add("urgency", name(flag.urgency))
                    .add("text", flag.told)
                    .add("source", flag.source)
                    .add("from", source_json(flag.source, sources)));
    return out;
}

std::string_view words_of(FigureMark mark)
{
    switch (mark) {
    case FigureMark::Verified: return "verified";
    case FigureMark::SecondHand: return "second-hand";
    case FigureMark::House: return "Handrail's own choice, not reviewed";
    case FigureMark::Unverified: break;
    }
    return "unverified";
}

JsonObject expected_json(const monitoring::OutcomeLine::Expected& expected, const content::Sources& sources)
{
    const auto day = [&](double number) {
        return Instant{expected.began} + std::chrono::hours{24} * static_cast<int>(number);
    };
    JsonList points;
    for (const auto& total : expected.totals)
        points.add(JsonObject{}
                       .add("at", day(total.day))
                       .add("low", total.low)
                       .add("middle", total.middle)
                       .add("limit", total.limit));
    return JsonObject{}
        .add("judged_from", day(expected.judged_from))
        .add("judged_to", day(expected.judged_to))
        .add("fitted", expected.fitted)
        .add("from", source_json(expected.source, sources))
        .add("points", points);
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
    return done_for_person(monitoring::TreatmentDesk{desks.record}.set_treatment(request.actor(), id, treatment));
}

} // namespace

JsonObject outcomes_json(const monitoring::Outcomes& outcomes, const content::Sources& sources)
{
    JsonList lines;
    for (const auto& line : outcomes.lines) {
        JsonObject one;
        if (line.expected)
            one.add("expected", expected_json(*line.expected, sources));
        if (line.caseness && line.caseness->bound.comparison == Comparison::AtLeast)
            one.add("case_from", line.caseness->bound.value);
        if (line.caseness && line.caseness->bound.comparison == Comparison::AtMost)
            one.add("case_to", line.caseness->bound.value);
        if (line.caseness)
            one.add("case_source", line.caseness->source).add("case_mark", words_of(line.caseness->mark));
        lines.add(one.add("instrument", line.instrument)
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
                      .add("words", line.words)
                      .add("text", line.text)
                      .add("reliable_points", line.reliable.points)
                      .add("beyond_chance", line.outcome.beyond_chance)
                      .add("source", line.source)
                      .add("mark", words_of(line.reliable.mark))
                      .add("flags", flags_json(line.flags, sources)));
    }
    JsonObject out;
    out.add("lines", lines).add("waiting", flags_json(outcomes.waiting, sources)).add("steps", outcomes.steps);
    if (!outcomes.together.empty())
        out.add("together", outcomes.together);
    if (!outcomes.steps_source.empty())
        out.add("steps_source", outcomes.steps_source).add("steps_from", source_json(outcomes.steps_source, sources));
    return out;
}

JsonObject treatment_json(const monitoring::Treatment& treatment)
{
    return JsonObject{}
        .add("started_on", to_rfc3339(Instant{treatment.started_on}).substr(0, 10))
        .add("psychological", treatment.psychological)
        .add("medication", treatment.medication);
}

JsonList critical_json(const std::vector<monitoring::CriticalLine>& lines)
{
    JsonList out;
    for (const auto& line : lines)
        out.add(JsonObject{}
                    .add("instrument", line.instrument)
                    .add("title", line.title)
                    .add("at", line.at)
                    .add("value", line.value)
                    .add("answer", line.answer));
    return out;
}

JsonList known_json(const std::vector<monitoring::KnownAndPlanned>& notes, const StaffNames& names,
                    std::chrono::hours covers, Instant now)
{
    JsonList out;
    for (const auto& note : notes) {
        const auto by = names.find(note.by);
        out.add(JsonObject{}
                    .add("instrument", note.instrument)
                    .add("at", note.at)
                    .add("by", by == names.end() ? std::string() : by->second)
                    .add("until", note.at + covers)
                    .add("covers", now <= note.at + covers)
                    .add("text", note.text));
    }
    return out;
}

void declare_outcome_shapes(Router& router)
{
    router.shape({"CourseFlag",
                  {{"id", "text"},
                   {"urgency", R"("usual"|"soon")"},
                   {"text", "text", "in words"},
                   {"source", "text"},
                   {"from", "FindingSource"}}});
    router.shape({"ExpectedTotal",
                  {{"at", "instant"},
                   {"low?", "number"},
                   {"middle?", "number", "half of the people lay under it"},
                   {"limit", "number", "a total above it is behind"}}});
    router.shape({"ExpectedTotals",
                  {{"judged_from", "instant"},
                   {"judged_to", "instant"},
                   {"fitted", "flag", "to data of people; else a line set by hand"},
                   {"from", "FindingSource"},
                   {"points", "ExpectedTotal[]", "a week apart, from the first day of treatment"}},
                  "what was to be expected of a total in treatment"});
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
                   {"words", "text", "the class alone: reliably better, and whether still in the range of a case"},
                   {"text", "text", "in words, with the figures it rests on"},
                   {"reliable_points", "number", "a change of so many points counts"},
                   {"beyond_chance", "flag", "so large a change is unlikely to be chance; else only what a source calls one"},
                   {"source", "text", "of the reliable change"},
                   {"mark", "text", "how well that figure is known"},
                   {"case_from?", "number", "totals from here up count as a case"},
                   {"case_to?", "number", "totals from here down count as a case"},
                   {"case_source?", "text"},
                   {"case_mark?", "text"},
                   {"expected?", "ExpectedTotals", "in a recorded treatment only"},
                   {"flags", "CourseFlag[]"}},
                  "one questionnaire from the beginning of the episode until now"});
    router.shape({"Outcomes",
                  {{"lines", "MeasuredOutcome[]"},
                   {"together?", "text", "depression and anxiety read together"},
                   {"waiting", "CourseFlag[]", "of questionnaires without a change to tell"},
                   {"steps", "text[]", "what to go through when somebody is not on track"},
                   {"steps_source?", "text"},
                   {"steps_from?", "FindingSource"}},
                  "whether the person is better, and whether the plan should change; no diagnosis"});
    router.shape({"Treatment", {{"started_on", "day"}, {"psychological", "flag"}, {"medication", "flag"}}});
    router.shape({"KnownAndPlanned",
                  {{"instrument", "text"},
                   {"at", "instant"},
                   {"by", "text"},
                   {"until", "instant"},
                   {"covers", "flag", "still; a higher or a new answer is never covered"},
                   {"text", "text"}},
                  "a clinician's note that covers an unchanged answer about death or self-harm for 28 days"});
    router.shape({"CriticalAnswer",
                  {{"instrument", "text"},
                   {"title", "text"},
                   {"at", "instant"},
                   {"value", "integer"},
                   {"answer", "text", "in the questionnaire's own words; empty where they may not be shown"}},
                  "the last answer about death or self-harm that was not the lowest"});
    declare_course_note_shapes(router);
}

void add_treatment_routes(Router& router, Desks& desks)
{
    add_course_note_routes(router, desks);
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
                    return done_for_person(
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
                    return done_for_person(monitoring::TreatmentDesk{desks.record}.note_known(
                        request.actor(), id, request.path("instrument"), text));
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/people/{person}/known-and-planned/{instrument}",
                .summary = "It covers nothing any more.",
                .callers = staff,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    return done_for_person(monitoring::TreatmentDesk{desks.record}.withdraw_known(request.actor(), id,
                                                                                        request.path("instrument")));
                }});
}

} // namespace handrail::http::routes
