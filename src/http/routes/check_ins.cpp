#include <cmath>

#include "http/json_body.h"
#include "http/routes/check_in_designs.h"
#include "http/routes/desks.h"
#include "http/routes/forms_json.h"
#include "http/routes/message_json.h"
#include "http/routes/progress_json.h"
#include "http/routes/unkept.h"
#include "monitoring/ask_desk.h"
#include "monitoring/daily_desk.h"

namespace handrail::http::routes {

JsonObject form_json(const CheckInForm& form, const std::string& language)
{
    JsonList groups;
    for (const auto& group : form.groups) {
        JsonObject one;
        one.add("id", group.id).add("question", in_language(group.question, language));
        if (const auto& hint = in_language(group.hint, language); !hint.empty())
            one.add("hint", hint);
        if (const auto& below = in_language(group.below, language); !below.empty())
            one.add("below", below);
        if (group.kind == CheckInGroup::Kind::Many)
            one.add("many", true);
        if (group.kind == CheckInGroup::Kind::Text)
            one.add("text", true).add("longest", group.longest);
        JsonList choices;
        for (const auto& choice : group.choices) {
            JsonObject offered;
            if (group.kind == CheckInGroup::Kind::Many)
                offered.add("value", choice.id);
            else
                offered.add("value", choice.value);
            choices.add(offered.add("text", in_language(choice.text, language)));
        }
        if (!group.choices.empty())
            one.add("choices", choices);
        groups.add(one);
    }
    return JsonObject{}
        .add("id", form.id)
        .add("version", form.version)
        .add("about", in_language(form.about, language))
        .add("groups", groups);
}

void declare_progress_shapes(Router& router)
{
    router.shape({"Level", {{"value", "integer"}, {"text", "text"}}});
    router.shape({"Point", {{"at", "instant"}, {"value", "integer"}}});
    router.shape({"Gap", {{"from", "instant"}, {"to", "instant"}}, "days without an answer"});
    router.shape({"Average", {{"at", "instant"}, {"value", "number"}, {"low", "number"}, {"high", "number"}}});
    router.shape({"UsualRange", {{"low", "number"}, {"high", "number"}}, "the person's own"});
    router.shape({"Series",
                  {{"measure", "text"},
                   {"scale", "Level[]"},
                   {"better", R"("up"|"down")"},
                   {"points", "Point[]"},
                   {"gaps", "Gap[]"},
                   {"average", "Average[]"},
                   {"usual?", "UsualRange"}}});
    router.shape({"TotalPoint",
                  {{"at", "instant"},
                   {"total", "number"},
                   {"low", "number"},
                   {"high", "number"},
                   {"text", "text", "in words"}}});
    router.shape({"Totals",
                  {{"instrument", "text"},
                   {"title", "text"},
                   {"range", "number[2]", "lowest and highest that the instrument can give"},
                   {"better", R"("up"|"down")"},
                   {"points", "TotalPoint[]"},
                   {"change", "text", "what is unlikely to be chance; may be empty"}}});
    router.shape({"Helped", {{"text", "text"}, {"how_sure", "text"}}});
    router.shape({"Progress",
                  {{"sentence", "text"},
                   {"how_sure", "text"},
                   {"series", "Series"},
                   {"totals", "Totals[]"},
                   {"helps", "Helped[]"},
                   {"empty", "flag", "too few answers for a picture"}}});
}

JsonObject progress_json(const monitoring::Progress& progress)
{
    JsonList scale;
    for (const auto& level : progress.scale)
        scale.add(JsonObject{}.add("value", level.value).add("text", level.text));
    JsonList points;
    for (const auto& point : progress.points)
        points.add(JsonObject{}.add("at", point.at).add("value", point.value));
    JsonList gaps;
    for (const auto& gap : progress.gaps)
        gaps.add(JsonObject{}.add("from", gap.from).add("to", gap.to));
    JsonList average;
    for (const auto& each : progress.average)
        average.add(
            JsonObject{}.add("at", each.at).add("value", each.value).add("low", each.low).add("high", each.high));
    JsonObject series;
    series.add("measure", progress.measure).add("scale", scale).add("better", progress.better);
    series.add("points", points).add("gaps", gaps).add("average", average);
    if (progress.usual)
        series.add("usual", JsonObject{}.add("low", progress.usual->low).add("high", progress.usual->high));
    JsonList totals;
    for (const auto& total : progress.totals) {
        JsonList its_points;
        for (const auto& point : total.points)
            its_points.add(JsonObject{}
                               .add("at", point.at)
                               .add("total", point.total)
                               .add("low", point.low)
                               .add("high", point.high)
                               .add("text", point.text));
        JsonList range;
        range.add(total.lowest).add(total.highest);
        totals.add(JsonObject{}
                       .add("instrument", total.instrument)
                       .add("title", total.title)
                       .add("range", range)
                       .add("better", total.better)
                       .add("points", its_points)
                       .add("change", total.change));
    }
    JsonList helps;
    for (const auto& each : progress.helps)
        helps.add(JsonObject{}.add("text", each.text).add("how_sure", each.how_sure));
    return JsonObject{}
        .add("sentence", progress.sentence)
        .add("how_sure", progress.how_sure)
        .add("series", series)
        .add("totals", totals)
        .add("helps", helps)
        .add("empty", progress.empty);
}

monitoring::GivenCheckIn given_check_in(Body& answers)
{
    monitoring::GivenCheckIn given;
    for (const auto& group : answers.names()) {
        switch (answers.kind(group)) {
        case Body::Kind::Null:
        case Body::Kind::Absent:
            given[group] = std::monostate{};
            break;
        case Body::Kind::Text:
            given[group] = answers.text_or(group, 100'000, "");
            break;
        case Body::Kind::List:
            given[group] = answers.texts(group, 100, 100);
            break;
        case Body::Kind::Number: {
            const double number = answers.real(group, -1e15, 1e15);
            if (number == std::floor(number))
                given[group] = static_cast<std::int64_t>(number);
            else
                given[group] = monitoring::NotAnAnswer{};
            break;
        }
        default:
            given[group] = monitoring::NotAnAnswer{};
        }
    }
    return given;
}

std::string designed_or_daily(const std::string& form)
{
    return monitoring::design_named(form) ? form : std::string{};
}

namespace {

Result<Response> form_of(Desks& desks, const Request& request)
{
    const auto languages = request.languages();
    const auto language = languages.empty() ? "en" : languages.front();
    const auto& daily = desks.answers.asking().daily;
    const auto form = request.query("form").value_or(daily.id);
    if (form == daily.id)
        return Response::ok(form_json(daily, language).done());
    const auto kept = TRY(monitoring::DesignDesk(desks.record, desks.asks.asking().asks).shown(request.actor(), form));
    return Response::ok(designed_form_json(kept, daily, language).done());
}

Result<monitoring::AnswerDesk::CheckIn> check_in_of(const Request& request)
{
    return read_body(request, [](Body& body) {
        monitoring::AnswerDesk::CheckIn read;
        read.form = designed_or_daily(body.text_or("form", 60, "daily"));
        read.version = body.text("version", 60);
        auto answers = body.object("answers");
        read.answers = given_check_in(answers);
        read.answered_at = body.optional_instant("answered_at");
        read.client_id = body.text_or("client_id", 100, "");
        return read;
    });
}

Result<Response> save(Desks& desks, const Request& request)
{
    const auto check_in = TRY(check_in_of(request));
    const auto saved = TRY(desks.answers.save_check_in(request.actor(), check_in));
    JsonObject out;
    out.add("id", saved.id).add("saved_at", saved.saved_at);
    if (!saved.help.blocks.empty())
        out.add("blocks", blocks_json(saved.help.blocks));
    return Response::created(out.done());
}

Result<Response> list(Desks& desks, const Request& request)
{
    std::optional<Instant> from, to;
    if (const auto text = request.query("from"); text && !text->empty())
        from = TRY(from_rfc3339(*text));
    if (const auto text = request.query("to"); text && !text->empty())
        to = TRY(from_rfc3339(*text));
    JsonList items;
    for (const auto& answer : TRY(desks.answers.check_ins(request.actor(), *request.actor().person(), from, to, 500))) {
        JsonObject answers;
        for (const char* group : {"mood", "sleep"})
            if (answer.body.has(group))
                answers.add(group, answer.body.number(group));
        answers.add("did", answer.body.texts("did"));
        if (answer.body.has("note"))
            answers.add("note", answer.body.text("note"));
        items.add(JsonObject{}.add("id", answer.id).add("at", answer.at).add("answers", answers));
    }
    return Response::ok(JsonObject{}.add("items", items).done());
}

} // namespace

void add_check_in_routes(Router& router, Desks& desks)
{
    const auto person = Callers::person();
    declare_progress_shapes(router);
    router.shape({"CheckInChoice",
                  {{"value", "text|integer"}, {"text", "text"}, {"end?", "text", "what this end of a scale means"}}});
    router.shape({"CheckInGroup",
                  {{"id", "text"},
                   {"question", "text"},
                   {"hint?", "text"},
                   {"below?", "text"},
                   {"many?", "flag", "more than one choice may be given"},
                   {"text?", "flag", "answered in words"},
                   {"longest?", "integer", "characters"},
                   {"choices?", "CheckInChoice[]"}}});
    router.shape(
        {"CheckInForm",
         {{"id", "text"},
          {"version", "text"},
          {"title?", "text", "of one that the service designed"},
          {"language?", "text", "in which that one is shown"},
          {"about", "text"},
          {"groups", "CheckInGroup[]"}}});
    router.shape({"CheckInSaved", {{"id", "id"}, {"saved_at", "instant"}, {"blocks?", "Block[]"}}});
    router.shape(
        {"CheckInAnswers", {{"mood?", "integer"}, {"sleep?", "integer"}, {"did", "text[]"}, {"note?", "text"}}});
    router.shape({"CheckIn", {{"id", "id"}, {"at", "instant"}, {"answers", "CheckInAnswers"}}});
    router.add({.pattern = "/api/v1/check-in/form",
                .summary = "What the check-in asks: the daily one, or one that the service designed.",
                .query = {{"form?", "text", "\"daily\", or what a designed one is called"}},
                .answer_type = "CheckInForm",
                .handler = [&desks](const Request& request) { return form_of(desks, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/check-ins",
                .summary = "Saves a check-in: durable and screened when this returns. Nothing in it is required.",
                .callers = person,
                .query = {country_of_lines},
                .fields = {{"form?", "text", "\"daily\", or what a designed one is called"},
                           {"version", "text"},
                           {"answers", "map<integer|text|text[]|null>", "by group: a number, a list of ids, a text"},
                           {"answered_at?", "instant", "for answers given offline"},
                           {"client_id?", "text", "the same one again is the same check-in"}},
                .example = R"({"form":"daily","version":"1","answers":{"mood":3,"sleep":4,"did":["people"]}})",
                .status = 201,
                .answer_type = "CheckInSaved",
                .handler = [&desks](const Request& request) { return save(desks, request); },
                .not_kept = [&desks](const Request& request) -> std::optional<Response> {
                    const auto check_in = check_in_of(request);
                    return check_in.ok() ? not_kept(desks, request, {}, desks.answers.judged(*check_in)) : std::nullopt;
                },
                .for_help = true});
    router.add({.pattern = "/api/v1/check-ins",
                .summary = "One's check-ins, newest first.",
                .callers = person,
                .query = {{"from?", "instant"}, {"to?", "instant"}},
                .answer = {{"items", "CheckIn[]"}},
                .handler = [&desks](const Request& request) { return list(desks, request); }});
    router.add({.pattern = "/api/v1/progress",
                .summary = "One's progress: a sentence, a series with its gaps, totals, and how sure.",
                .callers = person,
                .query = {{"days?", "integer"}, {"offset?", "integer", "minutes east of UTC of the person's clock"}},
                .answer_type = "Progress",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    monitoring::ProgressQuestion question;
                    question.now = desks.clock.now();
                    question.days = static_cast<int>(TRY(request.query_number("days", 28, 7, 90)));
                    question.utc_offset =
                        std::chrono::minutes{TRY(request.query_number("offset", 0, -14 * 60, 14 * 60))};
                    const auto own = TRY(desks.answers.own_course(request.actor()));
                    const auto counted = TRY(monitoring::counted_by_wearables(desks.record, desks.consents, request.actor(),
                                                                              *request.actor().person()));
                    question.counted = &counted;
                    question.did = &own.did;
                    question.scales = &own.scales;
                    const auto& asking = desks.answers.asking();
                    return Response::ok(progress_json(monitoring::progress(own.course, asking.daily, asking.instruments,
                                                                           asking.progress, question))
                                            .done());
                }});
}

} // namespace handrail::http::routes
