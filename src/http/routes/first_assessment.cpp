#include "http/routes/first_assessment.h"

#include "errands/own_record.h"
#include "http/json_body.h"
#include "http/routes/condition_json.h"
#include "http/routes/desks.h"
#include "http/routes/first_assessment_staff.h"
#include "http/routes/forms_json.h"
#include "http/routes/message_json.h"
#include "http/routes/progress_json.h"
#include "http/routes/unkept.h"
#include "monitoring/questionnaire_told.h"
#include "trust/account_desk.h"
#include "trust/actor_desk.h"

namespace handrail::http::routes {

namespace {

using monitoring::FirstAssessmentDesk;
using monitoring::KeptAssessment;
using State = KeptAssessment::State;

std::string language_of(const Request& request)
{
    const auto languages = request.languages();
    return languages.empty() ? "en" : languages.front().substr(0, languages.front().find('-'));
}

JsonObject said_json(const monitoring::AnsweredQuestion& answered)
{
    return JsonObject{}
        .add("question", answered.question)
        .add("section", answered.section)
        .add("asked", answered.asked)
        .add("said", answered.said)
        .add("words", answered.words);
}

JsonObject answers_json(const CheckInAnswers& answers)
{
    JsonObject out;
    for (const auto& [question, value] : answers.one)
        out.add(question, value);
    for (const auto& [question, values] : answers.many)
        out.add(question, values);
    for (const auto& [question, words] : answers.text)
        out.add(question, words.reveal());
    return out;
}

void add_form(JsonObject& out, const FirstAssessment& form, const std::string& language)
{
    JsonObject conditions;
    JsonList needed;
    for (const auto& question : form.questions) {
        if (question.asked_when)
            conditions.add(question.asks.id, condition_json(*question.asked_when, form.items));
        if (question.needed)
            needed.add(question.asks.id);
    }
    out.add("form", form_json(monitoring::form_of(form), language)).add("asked_when", conditions).add("needed", needed);
}

/// What is still worth filling in: it fits, may be shown, and was not answered lately.
JsonList offered_json(const Desks& desks, const FirstAssessmentDesk& first, const FirstAssessmentDesk::Own& own,
                      const std::string& language)
{
    JsonList out;
    for (const auto& each : own.fitting)
        if (const auto* instrument = first.instruments().find(each.fit->instrument);
            instrument != nullptr && each.may_be_shown && !each.answered_at)
            out.add(JsonObject{}
                        .add("id", instrument->id)
                        .add("title", monitoring::title_for_people(*instrument, desks.answers.asking().progress, language)));
    return out;
}

/// Who will read it, by name: whoever is named, else the people of the team.
Result<void> add_readers(JsonObject& out, Desks& desks, const Request& request, const FirstAssessmentDesk::Own& own)
{
    const auto system = trust::ActorDesk::system(desks.organisation);
    JsonList team;
    std::string named;
    for (const auto& reader : TRY(desks.own_record.readers(request.actor())).people)
        if (reader.role == Role::Clinician)
            team.add(reader.name);
    if (own.kept && !own.kept->reader.empty())
        if (const auto account = desks.accounts.staff(system, own.kept->reader); account.ok())
            named = account->display_name;
    if (!named.empty())
        out.add("reader", named);
    out.add("team", team);
    return {};
}

Result<JsonObject> own_json(Desks& desks, const FirstAssessmentDesk& first, const Request& request,
                            const FirstAssessmentDesk::Own& own)
{
    const auto language = language_of(request);
    JsonObject out;
    JsonList said;
    out.add("on", own.settings.on).add("staff_may_read", own.staff_may_read);
    out.add("state", own.kept ? name(own.kept->state) : "none");
    if (own.kept) {
        out.add("sent_at", own.kept->sent_at).add("due_at", own.kept->due_at).add("read_at", own.kept->read_at);
        for (const auto& question : first.form().questions)
            for (const auto& each : own.kept->answered)
                if (each.question == question.asks.id && monitoring::is_asked(first.form(), question, own.answers))
                    said.add(said_json(each));
    }
    out.add("version", own.kept ? own.kept->version : 0).add("answers", answers_json(own.answers)).add("said", said);
    out.add("offered", offered_json(desks, first, own, language));
    TRY(add_readers(out, desks, request, own));
    const bool open = own.kept ? own.kept->state == State::Begun : own.settings.on;
    if (open)
        add_form(out, first.form(), language);
    return out;
}

Result<FirstAssessmentDesk::Given> given_in(const Request& request)
{
    return read_body(request, [&](Body& body) {
        FirstAssessmentDesk::Given given;
        given.form = body.text("form", 60);
        given.language = language_of(request);
        if (const auto seen = body.optional_number("seen", 0, 1'000'000))
            given.seen = static_cast<int>(*seen);
        auto answers = body.object("answers");
        const auto read = given_check_in(answers);
        if (read.size() != 1) {
            body.refuse("answers", "Give the answer to one question.");
            return given;
        }
        given.question = read.begin()->first;
        given.answer = read.begin()->second;
        return given;
    });
}

Result<Response> answer(const FirstAssessmentDesk& first, const Request& request)
{
    const auto saved = TRY(first.answer(request.actor(), TRY(given_in(request))));
    JsonObject out;
    out.add("version", saved.version).add("changed_elsewhere", saved.changed_elsewhere);
    if (!saved.help.blocks.empty())
        out.add("blocks", blocks_json(saved.help.blocks));
    return Response::ok(out.done());
}

void declare_shapes(Router& router)
{
    router.shape({"FirstAssessmentSaid",
                  {{"question", "text"},
                   {"section", "text"},
                   {"asked", "text"},
                   {"said", "text"},
                   {"words", "flag", "free text, as it was written"}}});
    router.shape({"FirstAssessmentOffer", {{"id", "text"}, {"title", "text"}}, "a questionnaire that fits what was answered"});
    router.shape({"FirstAssessmentOwn",
                  {{"on", "flag", "this service asks it"},
                   {"state", R"("none"|"begun"|"sent"|"read")"},
                   {"version", "integer", "counts changes; 0: nothing was answered"},
                   {"staff_may_read", "flag", "without it the page cannot be sent"},
                   {"form?", "CheckInForm", "while it can be answered"},
                   {"asked_when?", "map<json>", "by question: the condition under which it is asked; absent: always"},
                   {"needed?", "text[]", "questions that have to be answered before it is sent"},
                   {"answers", "map<integer|text|text[]>", "by question"},
                   {"said", "FirstAssessmentSaid[]", "the page: what was asked and answered"},
                   {"offered", "FirstAssessmentOffer[]"},
                   {"reader?", "text", "who is named to read it"},
                   {"team", "text[]", "the clinicians of one's team"},
                   {"sent_at?", "instant"},
                   {"due_at?", "instant", "by when it is to be read"},
                   {"read_at?", "instant"}}});
}

} // namespace

void add_first_assessment_routes(Router& router, Desks& desks, FirstAssessmentDesk& first)
{
    declare_shapes(router);
    router.add({.pattern = "/api/v1/first-assessment",
                .summary = "One's first assessment: what is asked, what one answered, and who reads it.",
                .callers = Callers::person(),
                .answer_type = "FirstAssessmentOwn",
                .handler = [&desks, &first](const Request& request) -> Result<Response> {
                    const auto own = TRY(first.own(request.actor()));
                    return Response::ok(TRY(own_json(desks, first, request, own)).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/first-assessment/answers",
                .summary = "Saves the answer to one question: durable and screened when this returns. null takes it back.",
                .callers = Callers::person(),
                .query = {country_of_lines},
                .fields = {{"form", "text", "the version of the form that was on the screen"},
                           {"answers", "map<integer|text|text[]|null>", "one question with its answer"},
                           {"seen?", "integer", "the version of the page that was on the screen"}},
                .example = R"({"form":"1","answers":{"since":3},"seen":2})",
                .answer = {{"version", "integer"},
                           {"changed_elsewhere", "flag", "another device answered it in between: this one was not kept"},
                           {"blocks?", "Block[]", "words for somebody in danger: they go first"}},
                .handler = [&first](const Request& request) { return answer(first, request); },
                .not_kept = [&desks, &first](const Request& request) -> std::optional<Response> {
                    const auto given = given_in(request);
                    return given.ok() ? not_kept(desks, request, {}, first.judged(*given)) : std::nullopt;
                },
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/first-assessment/send",
                .summary = "Sends the page to whoever reads it. Nothing of it changes afterwards.",
                .callers = Callers::person(),
                .fields = {{"version", "integer", "of the page that was on the screen"}},
                .example = R"({"version":12})",
                .answer_type = "FirstAssessmentOwn",
                .handler = [&desks, &first](const Request& request) -> Result<Response> {
                    const auto version =
                        TRY(read_body(request, [](Body& body) { return body.number("version", 0, 1'000'000); }));
                    const auto own = TRY(first.send(request.actor(), static_cast<int>(version)));
                    return Response::ok(TRY(own_json(desks, first, request, own)).done());
                }});
    add_first_assessment_staff_routes(router, desks, first);
}

} // namespace handrail::http::routes
