#include <cmath>

#include "http/json_body.h"
#include "http/routes/condition_json.h"
#include "http/routes/desks.h"
#include "http/routes/forms_json.h"
#include "http/routes/message_json.h"
#include "http/routes/unkept.h"
#include "monitoring/answer_desk.h"
#include "monitoring/questionnaire_told.h"

namespace handrail::http::routes {

JsonObject questionnaire_json(const monitoring::Asking& asking, const Instrument& instrument, const std::string& language)
{
    const auto* screener = asking.protocol.screener(instrument.id);
    const bool says_stem = screener == nullptr || screener->says_stem;
    const auto* words = instrument.wording(language);
    if (words == nullptr)
        words = &instrument.wordings.front();
    JsonList items;
    for (const auto& question : words->questions) {
        const auto place = instrument.item(question.item);
        JsonObject one;
        one.add("id", question.item).add("text", question.text);
        JsonList options;
        for (const auto& choice : question.choices)
            options.add(JsonObject{}.add("value", choice.value).add("text", choice.text.value_or("")));
        one.add("options", options);
        if (place && instrument.items[*place].optional)
            one.add("optional", true);
        bool critical = false;
        for (const auto& rule : instrument.scoring.flags)
            if (rule.level == FlagLevel::Critical && place && items_in(rule.when).contains(*place))
                critical = true;
        if (critical)
            one.add("critical", true);
        items.add(one);
    }
    return JsonObject{}
        .add("id", instrument.id)
        .add("version", instrument.version)
        .add("language", words->language)
        .add("title", monitoring::title_for_people(instrument, asking.progress, "en"))
        .add("stem", says_stem ? words->stem : std::string{})
        .add("items", items)
        .add("skips", skips_json(instrument))
        .add("attribution", instrument.licence.attribution);
}

monitoring::GivenAnswers given_answers(Body& answers)
{
    monitoring::GivenAnswers all;
    for (const auto& item : answers.names()) {
        monitoring::GivenAnswer given;
        const auto kind = answers.kind(item);
        if (kind == Body::Kind::Number) {
            const double number = answers.real(item, -1e15, 1e15);
            given.kind = number == std::floor(number) ? monitoring::GivenAnswer::Kind::Whole
                                                      : monitoring::GivenAnswer::Kind::NotWhole;
            given.value = static_cast<std::int64_t>(number);
        } else if (kind != Body::Kind::Null) {
            given.kind = monitoring::GivenAnswer::Kind::NotWhole;
        }
        all[item] = given;
    }
    return all;
}

JsonObject told_json(const Instrument& instrument, const monitoring::SavedQuestionnaire& saved)
{
    const auto told = monitoring::told_after(instrument, saved.result, saved.urgency);
    JsonObject words;
    words.add("title", told.title).add("text", told.text);
    if (!told.range.empty())
        words.add("range", told.range);
    return words;
}

namespace {

/// One that was made for whoever fills it in, and not to be read out by somebody who asks.
bool by_themselves(const Instrument& instrument) { return instrument.respondent.starts_with("self"); }

Result<Response> list(Desks& desks)
{
    const auto& asking = desks.answers.asking();
    JsonList items;
    for (const auto& [id, instrument] : asking.instruments.all()) {
        const auto why_not = instrument.why_not();
        JsonObject one;
        one.add("id", id).add("name", instrument.name);
        one.add("title", monitoring::title_for_people(instrument, asking.progress, "en"));
        one.add("minutes", monitoring::minutes_for(instrument)).add("available", why_not.empty());
        one.add("by_themselves", by_themselves(instrument));
        JsonList languages;
        for (const auto& each : instrument.wordings)
            languages.add(each.language);
        one.add("languages", languages);
        if (!why_not.empty())
            one.add("why_not", why_not);
        items.add(one);
    }
    return Response::ok(JsonObject{}.add("items", items).done());
}

Result<Response> show(Desks& desks, const Request& request)
{
    const auto& asking = desks.answers.asking();
    const auto* instrument = asking.instruments.find(request.path("questionnaire"));
    if (instrument == nullptr)
        return not_found("There is no questionnaire of that name.");
    if (const auto why = instrument->why_not(); !why.empty())
        return conflict(why);
    return Response::ok(questionnaire_json(asking, *instrument, request.query("language").value_or("en")).done());
}

Result<monitoring::AnswerDesk::Questionnaire> form_of(const Request& request)
{
    auto form = TRY(read_body(request, [](Body& body) {
        monitoring::AnswerDesk::Questionnaire read;
        read.version = body.text("version", 60);
        read.language = body.text_or("language", 20, "en");
        auto answers = body.object("answers");
        read.answers = given_answers(answers);
        read.refused = body.texts("refused", 100, 60);
        read.partial = body.flag_or("partial", false);
        return read;
    }));
    form.instrument = request.path("questionnaire");
    return form;
}

Result<Response> save(Desks& desks, const Request& request)
{
    const auto form = TRY(form_of(request));
    const auto& id = form.instrument;
    const auto saved = TRY(desks.answers.save_questionnaire(request.actor(), form));
    const auto& asking = desks.answers.asking();
    const auto* instrument = asking.instruments.find(id);
    JsonObject out;
    out.add("id", saved.id).add("saved_at", saved.saved_at).add("status", monitoring::name(saved.result.status));
    if (!form.partial) {
        out.add("told", told_json(*instrument, saved));
    }
    if (!saved.help.blocks.empty())
        out.add("blocks", blocks_json(saved.help.blocks));
    if (saved.follow_up != nullptr)
        out.add("follow_up", questionnaire_json(asking, *asking.instruments.find(saved.follow_up->instrument), form.language));
    return Response::created(out.done());
}

} // namespace

void add_questionnaire_routes(Router& router, Desks& desks)
{
    router.shape({"QuestionnaireSummary",
                  {{"id", "text"},
                   {"name", "text"},
                   {"title", "text"},
                   {"minutes", "integer"},
                   {"available", "flag"},
                   {"by_themselves", "flag", "made for whoever fills it in; the others are asked by somebody"},
                   {"languages", "text[]", "in which its words were published and are here"},
                   {"why_not?", "text"}}});
    router.shape({"QuestionnaireOption", {{"value", "integer"}, {"text", "text"}}});
    router.shape({"QuestionnaireItem",
                  {{"id", "text"},
                   {"text", "text"},
                   {"options", "QuestionnaireOption[]"},
                   {"optional?", "flag"},
                   {"critical?", "flag", "an answer to it is sent at once"}}});
    router.shape({"Questionnaire",
                  {{"id", "text"},
                   {"version", "text"},
                   {"language", "text"},
                   {"title", "text"},
                   {"stem", "text"},
                   {"items", "QuestionnaireItem[]"},
                   {"skips", "QuestionnaireSkip[]"},
                   {"attribution", "text"}}});
    router.shape({"QuestionnaireSkip",
                  {{"items", "text[]"},
                   {"when", "json", "a condition, as in the instrument's file"},
                   {"value?", "integer", "that they take while they are not asked"}},
                  "questions that the answers before make needless"});
    router.shape({"QuestionnaireTold", {{"title", "text"}, {"text", "text"}, {"range?", "text"}}});
    router.shape({"QuestionnaireSaved",
                  {{"id", "id"},
                   {"saved_at", "instant"},
                   {"status", "text"},
                   {"told?", "QuestionnaireTold"},
                   {"blocks?", "Block[]"},
                   {"follow_up?", "Questionnaire", "offered at once after a critical answer: nobody has to answer it"}}});
    router.add({.pattern = "/api/v1/questionnaires",
                .summary = "All questionnaires there are; those whose words may not be shown say why.",
                .answer = {{"items", "QuestionnaireSummary[]"}},
                .handler = [&desks](const Request&) { return list(desks); }});
    router.add({.pattern = "/api/v1/questionnaires/{questionnaire}",
                .summary = "A questionnaire in its published words.",
                .query = {{"language?", "text"}},
                .answer_type = "Questionnaire",
                .handler = [&desks](const Request& request) { return show(desks, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/questionnaires/{questionnaire}/answers",
                .summary = "Scores and judges; `partial` sends a critical answer at once, mid-form.",
                .callers = Callers::person(),
                .query = {country_of_lines},
                .fields = {{"version", "text"},
                           {"language?", "text"},
                           {"answers", "map<integer|null>"},
                           {"refused?", "text[]"},
                           {"partial?", "flag"}},
                .example = R"({"version":"1","answers":{"1":0,"2":1}})",
                .status = 201,
                .answer_type = "QuestionnaireSaved",
                .handler = [&desks](const Request& request) { return save(desks, request); },
                .not_kept = [&desks](const Request& request) -> std::optional<Response> {
                    const auto form = form_of(request);
                    return form.ok() ? not_kept(desks, request, {}, desks.answers.judged(*form)) : std::nullopt;
                },
                .for_help = true});
}

} // namespace handrail::http::routes
