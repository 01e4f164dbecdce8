#include "monitoring/course_notes.h"

#include <algorithm>
#include <charconv>

#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "http/routes/outcomes_json.h"
#include "monitoring/answer_desk.h"

namespace handrail::http::routes {

namespace {

Result<Response> note_event(Desks& desks, const Request& request)
{
    const auto id = TRY(request.id<PersonId>("person"));
    struct Form {
        std::string on, kind, text;
        bool missed = false;
    };
    const auto form = TRY(read_body(request, [](Body& body) {
        return Form{body.text("on", 10), body.one_of("kind", {"life", "medicine", "appointment"}),
                    body.text("text", 4000), body.flag_or("missed", false)};
    }));
    const auto day = from_rfc3339(form.on);
    if (!day)
        return invalid("Write the day like 2026-01-05.", "/on");
    monitoring::CourseEvent event;
    event.on = std::chrono::floor<std::chrono::days>(*day);
    event.kind = monitoring::happened_from(form.kind).value_or(monitoring::Happened::Life);
    event.missed = form.missed;
    event.text = form.text;
    const auto noted = monitoring::CourseNoteDesk{desks.record}.note_event(request.actor(), id, event);
    if (!noted.ok())
        return outside_team(noted.error());
    return Response::created(JsonObject{}.add("number", noted->number).done());
}

Result<Response> withdraw_event(Desks& desks, const Request& request)
{
    const auto id = TRY(request.id<PersonId>("person"));
    const auto& written = request.path("number");
    std::int64_t number = 0;
    const auto read = std::from_chars(written.data(), written.data() + written.size(), number);
    if (read.ec != std::errc{} || read.ptr != written.data() + written.size())
        return not_found("That event is not on the chart.");
    return done_for_person(monitoring::CourseNoteDesk{desks.record}.withdraw_event(request.actor(), id, number));
}

Result<Response> note_review(Desks& desks, const Request& request)
{
    const auto id = TRY(request.id<PersonId>("person"));
    const auto& known = desks.answers.asking().change.steps;
    const auto review = TRY(read_body(request, [&](Body& body) {
        monitoring::CourseReview form;
        for (auto& step : body.list("steps", 40)) {
            monitoring::CourseReview::Step one;
            one.text = step.text("text", 400);
            if (std::find(known.begin(), known.end(), one.text) == known.end())
                step.refuse("text", "This step is not one of those that this service goes through.");
            const auto found = step.one_of("found", {"fine", "in_the_way", "not_asked"});
            one.found = monitoring::step_found_from(found).value_or(monitoring::StepFound::NotAsked);
            one.note = step.text_or("note", 4000, "");
            form.steps.push_back(std::move(one));
        }
        form.plan = body.text_or("plan", 4000, "");
        return form;
    }));
    return done_for_person(monitoring::CourseNoteDesk{desks.record}.note_review(request.actor(), id, review));
}

} // namespace

JsonList reviews_json(const std::vector<monitoring::CourseReview>& reviews, const StaffNames& names)
{
    JsonList out;
    for (const auto& review : reviews) {
        const auto by = names.find(review.by);
        JsonList steps;
        for (const auto& step : review.steps)
            steps.add(JsonObject{}
                          .add("text", step.text)
                          .add("found", monitoring::name(step.found))
                          .add("note", step.note));
        out.add(JsonObject{}
                    .add("at", review.at)
                    .add("by", by == names.end() ? std::string() : by->second)
                    .add("steps", steps)
                    .add("plan", review.plan));
    }
    return out;
}

void declare_course_note_shapes(Router& router)
{
    router.shape({"ReviewStep",
                  {{"text", "text"}, {"found", R"("fine"|"in_the_way"|"not_asked")"}, {"note", "text"}}});
    router.shape({"CourseReview",
                  {{"at", "instant"}, {"by", "text"}, {"steps", "ReviewStep[]"}, {"plan", "text"}},
                  "one time through what may be in the way, and what follows from it"});
    router.shape({"ChartEvent",
                  {{"at", "instant"},
                   {"kind", R"("alert"|"contact"|"note"|"treatment_begun"|"treatment_ended"|"life"|"medicine"|)"
                            R"("appointment"|"known_and_planned"|"review")"},
                   {"text", "text"},
                   {"urgency?", "Urgency"},
                   {"by?", "text", "the human who did or wrote it"},
                   {"number?", "integer", "by which a noted event is taken back"},
                   {"missed?", "flag", "an appointment that did not take place"}},
                  "what stands on the lane under the totals"});
}

void add_course_note_routes(Router& router, Desks& desks)
{
    const auto staff = Callers::staff();
    router.add({.method = Method::Post,
                .pattern = "/api/v1/people/{person}/course-events",
                .summary = "What happened on a day: it stands on the chart beside the totals. The person reads it when they "
                           "take their record along.",
                .callers = staff,
                .fields = {{"on", "day"},
                           {"kind", R"("life"|"medicine"|"appointment")"},
                           {"text", "text"},
                           {"missed?", "flag", "an appointment that did not take place"}},
                .example = R"({"on":"2026-01-05","kind":"medicine","text":"Sertraline 50 mg"})",
                .status = 201,
                .answer = {{"number", "integer"}},
                .handler = [&desks](const Request& request) { return note_event(desks, request); }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/people/{person}/course-events/{number}",
                .summary = "Takes an event off the chart.",
                .callers = staff,
                .status = 204,
                .handler = [&desks](const Request& request) { return withdraw_event(desks, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/people/{person}/course-reviews",
                .summary = "What was found when going through the steps for somebody who is not on track, and the plan.",
                .callers = staff,
                .fields = {{"steps", "ReviewStep[]"}, {"plan?", "text"}},
                .example = R"({"steps":[],"plan":"Video visits until January."})",
                .status = 204,
                .handler = [&desks](const Request& request) { return note_review(desks, request); }});
}

} // namespace handrail::http::routes
