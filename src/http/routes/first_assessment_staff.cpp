#include "http/routes/first_assessment_staff.h"

#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "http/routes/finding_json.h"
#include "http/routes/names.h"

namespace handrail::http::routes {

namespace {

using monitoring::AnsweredQuestion;
using monitoring::FirstAssessmentDesk;

/// In English, but for what the person wrote.
JsonObject line_json(const AnsweredQuestion& answered)
{
    return JsonObject{}
        .add("section", answered.section)
        .add("asked", answered.asked_english)
        .add("said", answered.words ? answered.said : answered.said_english)
        .add("words", answered.words);
}

/// In the order of the form; what it does not ask any more comes last.
JsonList lines_json(const FirstAssessment& form, const std::vector<AnsweredQuestion>& answered)
{
    const auto answers = monitoring::answers_in(form, answered);
    JsonList out;
    for (const auto& question : form.questions)
        for (const auto& each : answered)
            if (each.question == question.asks.id && monitoring::is_asked(form, question, answers))
                out.add(line_json(each));
    for (const auto& each : answered)
        if (form.question(each.question) == nullptr)
            out.add(line_json(each));
    return out;
}

JsonList fitting_json(const Desks& desks, const FirstAssessmentDesk& first,
                      const std::vector<FirstAssessmentDesk::Fitting>& fitting)
{
    JsonList out;
    for (const auto& each : fitting) {
        const auto* instrument = first.instruments().find(each.fit->instrument);
        JsonObject one;
        one.add("instrument", each.fit->instrument).add("name", instrument == nullptr ? std::string() : instrument->name);
        one.add("why", each.fit->why).add("source", source_json(each.fit->source, desks.sources));
        one.add("offered", each.may_be_shown).add("answered_at", each.answered_at);
        if (!each.score.empty())
            one.add("score", each.score);
        if (!each.band.empty())
            one.add("band", each.band);
        out.add(one);
    }
    return out;
}

JsonObject summary_json(Desks& desks, const FirstAssessmentDesk& first, const Request& request,
                        const FirstAssessmentDesk::Summary& summary)
{
    const auto& kept = summary.kept;
    Names names(desks, request.actor());
    JsonObject out;
    out.add("state", name(kept.state)).add("form", kept.form).add("language", kept.language).add("age_band", kept.age_band);
    out.add("minor", monitoring::is_minor(kept.age_band)).add("begun_at", kept.begun_at).add("sent_at", kept.sent_at);
    out.add("due_at", kept.due_at).add("overdue", kept.due_at && *kept.due_at <= desks.clock.now());
    if (!kept.reader.empty())
        out.add("reader", named(names, kept.reader));
    if (kept.read_at)
        out.add("read_at", *kept.read_at).add("read_by", named(names, kept.read_by)).add("note", kept.note);
    out.add("lines", lines_json(first.form(), kept.answered));
    JsonList before;
    for (const auto& each : kept.before)
        before.add(line_json(each.answered).add("changed_at", each.at));
    JsonList left_open;
    for (const auto* question : summary.left_open)
        left_open.add(in_language(question->asks.question, "en"));
    JsonList findings;
    for (const auto& finding : summary.findings)
        findings.add(finding_json(finding, desks.sources));
    return out.add("before", before)
        .add("left_open", left_open)
        .add("fitting", fitting_json(desks, first, summary.fitting))
        .add("findings", findings);
}

Result<Response> summary_of(Desks& desks, const FirstAssessmentDesk& first, const Request& request)
{
    const auto person = TRY(request.id<PersonId>("person"));
    const auto found = first.summary(request.actor(), person);
    if (!found.ok())
        return outside_team(found.error());
    JsonObject out;
    if (*found)
        out.add("assessment", summary_json(desks, first, request, **found));
    return Response::ok(out.done());
}

Result<Response> unread_json(Desks& desks, const FirstAssessmentDesk& first, const Request& request)
{
    Names names(desks, request.actor());
    const auto teams = TRY(TeamClinicians::read(desks, request.actor()));
    JsonList items;
    for (const auto& each : TRY(first.unread(request.actor()))) {
        JsonObject one;
        one.add("person", each.person).add("team", teams.name(each.team)).add("sent_at", each.sent_at).add("due_at", each.due_at);
        one.add("overdue", each.due_at <= desks.clock.now()).add("may_read", teams.of(each.team));
        if (!each.reader.empty())
            one.add("reader", named(names, each.reader));
        items.add(one);
    }
    return Response::ok(JsonObject{}.add("items", items).done());
}

std::string settings_json(const FirstAssessmentDesk::Settings& settings)
{
    return JsonObject{}.add("on", settings.on).add("read_within_days", settings.read_within_days).done();
}

void declare_shapes(Router& router)
{
    router.shape({"FirstAssessmentLine",
                  {{"section", "text"},
                   {"asked", "text"},
                   {"said", "text"},
                   {"words", "flag", "in the person's own words: to be quoted"},
                   {"changed_at?", "instant", "it was answered so before, and otherwise then"}}});
    router.shape({"FirstAssessmentFit",
                  {{"instrument", "text"},
                   {"name", "text"},
                   {"why", "text"},
                   {"source", "FindingSource"},
                   {"offered", "flag", "it may be shown to this person; else it fits and cannot be asked here"},
                   {"answered_at?", "instant"},
                   {"score?", "text", "\"14 of 27\""},
                   {"band?", "text", "as its publisher calls it; no diagnosis"}}});
    router.shape({"FirstAssessment",
                  {{"state", R"("sent"|"read")"},
                   {"form", "text"},
                   {"language", "text", "in which it was answered"},
                   {"age_band", "text"},
                   {"minor", "flag"},
                   {"begun_at", "instant"},
                   {"sent_at", "instant"},
                   {"due_at?", "instant", "by when it is to be read; absent once it was read"},
                   {"overdue", "flag"},
                   {"reader?", "Named", "absent: a lead names somebody"},
                   {"read_at?", "instant"},
                   {"read_by?", "Named"},
                   {"note?", "text", "what follows from it"},
                   {"lines", "FirstAssessmentLine[]"},
                   {"before", "FirstAssessmentLine[]", "answers about danger that were changed before it was sent"},
                   {"left_open", "text[]", "questions without an answer; nothing follows from that"},
                   {"fitting", "FirstAssessmentFit[]"},
                   {"findings", "Finding[]", "what the rules and the screening concluded, with reasons; newest first"}},
                  "a page for a clinician; no diagnosis"});
    router.shape({"UnreadFirstAssessment",
                  {{"person", "id"},
                   {"team", "text"},
                   {"sent_at", "instant"},
                   {"due_at", "instant"},
                   {"overdue", "flag"},
                   {"reader?", "Named"},
                   {"may_read", "Named[]", "the clinicians of the team"}}});
    router.shape({"FirstAssessmentSettings",
                  {{"on", "flag", "whether people are asked"},
                   {"read_within_days", "integer", "working days, 1 to 10: days on which staff read"}}});
}

} // namespace

void add_first_assessment_staff_routes(Router& router, Desks& desks, FirstAssessmentDesk& first)
{
    declare_shapes(router);
    const auto staff = Callers::staff();
    const std::string of_person = "/api/v1/people/{person}/first-assessment";
    router.add({.pattern = of_person,
                .summary = "Somebody's first assessment on one page; nothing while it was not sent.",
                .callers = staff,
                .answer = {{"assessment?", "FirstAssessment"}},
                .handler = [&desks, &first](const Request& request) { return summary_of(desks, first, request); }});
    router.add({.method = Method::Post,
                .pattern = of_person + "/read",
                .summary = "That one has read it, with what follows from it.",
                .callers = staff,
                .fields = {{"note", "text"}},
                .example = R"({"note":"First talk on Tuesday at ten."})",
                .status = 204,
                .handler = [&first](const Request& request) -> Result<Response> {
                    const auto person = TRY(request.id<PersonId>("person"));
                    const auto note = TRY(read_body(request, [](Body& body) { return body.text("note", 5000); }));
                    return done_for_person(first.mark_read(request.actor(), person, note));
                }});
    router.add({.method = Method::Put,
                .pattern = of_person + "/reader",
                .summary = "Names who reads it: a clinician of the person's team.",
                .callers = staff,
                .fields = {{"account", "id"}},
                .example = R"({"account":"01K6B3V8N4R2T5W7X9Z1A2C3D4"})",
                .status = 204,
                .handler = [&first](const Request& request) -> Result<Response> {
                    const auto person = TRY(request.id<PersonId>("person"));
                    const auto account =
                        TRY(read_body(request, [](Body& body) { return body.id<AccountId>("account"); }));
                    return done_for_person(first.name_reader(request.actor(), person, account));
                }});
    router.add({.pattern = "/api/v1/first-assessments",
                .summary = "First assessments that nobody has read: of one's teams; a lead sees all, without names.",
                .callers = staff,
                .answer = {{"items", "UnreadFirstAssessment[]"}},
                .handler = [&desks, &first](const Request& request) { return unread_json(desks, first, request); }});
    router.add({.pattern = "/api/v1/admin/first-assessment",
                .summary = "Whether people are asked at the start, and by when somebody reads it.",
                .callers = Callers::administrator(),
                .answer_type = "FirstAssessmentSettings",
                .handler = [&first](const Request& request) -> Result<Response> {
                    return Response::ok(settings_json(TRY(first.settings(request.actor()))));
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/admin/first-assessment",
                .summary = "Sets it. Whoever has begun one can finish it.",
                .callers = Callers::administrator(),
                .fields = {{"on", "flag"}, {"read_within_days", "integer"}},
                .example = R"({"on":true,"read_within_days":2})",
                .answer_type = "FirstAssessmentSettings",
                .handler = [&first](const Request& request) -> Result<Response> {
                    const auto wanted = TRY(read_body(request, [](Body& body) {
                        return FirstAssessmentDesk::Settings{body.flag("on"),
                                                             static_cast<int>(body.number("read_within_days", 1, 10))};
                    }));
                    TRY(first.save_settings(request.actor(), wanted));
                    return Response::ok(settings_json(TRY(first.settings(request.actor()))));
                }});
}

} // namespace handrail::http::routes
