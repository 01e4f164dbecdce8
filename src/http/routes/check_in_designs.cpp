#include "http/routes/check_in_designs.h"

#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "monitoring/answer_desk.h"
#include "monitoring/ask_desk.h"

namespace handrail::http::routes {

namespace {

using monitoring::DesignItem;
using monitoring::DesignId;
using Kind = DesignItem::Kind;

// More than the rules of a design allow, so that those say what is wrong and with which item.
constexpr std::size_t most_read = 40;
constexpr std::size_t longest_read = 4000;

JsonObject local_json(const LocalText& text)
{
    JsonObject out;
    for (const auto& [language, words] : text)
        out.add(language, words);
    return out;
}

JsonObject item_json(const DesignItem& item)
{
    JsonObject out;
    out.add("id", item.id).add("kind", monitoring::name(item.kind)).add("question", local_json(item.question));
    if (!item.hint.empty())
        out.add("hint", local_json(item.hint));
    switch (item.kind) {
    case Kind::Scale:
        out.add("lowest", item.lowest).add("highest", item.highest).add("step", item.step);
        out.add("at_lowest", local_json(item.at_lowest)).add("at_highest", local_json(item.at_highest));
        if (item.worse != DesignItem::Worse::Neither)
            out.add("worse", monitoring::name(item.worse));
        out.add("series", item.series);
        break;
    case Kind::Choice: {
        JsonList options;
        for (const auto& option : item.options)
            options.add(local_json(option));
        out.add("several", item.several).add("options", options);
        break;
    }
    case Kind::Text: out.add("longest", item.longest); break;
    }
    JsonList calls;
    for (const auto& call : item.calls) {
        JsonList answers;
        for (const auto answer : call.answers)
            answers.add(answer);
        calls.add(JsonObject{}.add("answers", answers).add("urgency", name(call.urgency)).add("category", name(call.category)));
    }
    if (!item.calls.empty())
        out.add("calls", calls);
    if (item.no_danger)
        out.add("no_danger", true);
    return out;
}

JsonObject design_json(const monitoring::KeptDesign& kept)
{
    JsonList items;
    for (const auto& item : kept.design.items)
        items.add(item_json(item));
    JsonObject out;
    out.add("id", kept.id).add("form", kept.form()).add("version", kept.version).add("newest", kept.newest);
    out.add("made_at", kept.made_at).add("retired_at", kept.retired_at).add("languages", kept.design.languages);
    out.add("title", local_json(kept.design.title));
    if (!kept.design.about.empty())
        out.add("about", local_json(kept.design.about));
    if (kept.design.sensitive)
        out.add("sensitive", true);
    return out.add("purpose", kept.design.purpose).add("asks", monitoring::name(kept.design.asks)).add("items", items);
}

JsonList designs_json(const std::vector<monitoring::KeptDesign>& all)
{
    JsonList out;
    for (const auto& kept : all)
        out.add(design_json(kept));
    return out;
}

LocalText local_in(Body body)
{
    LocalText out;
    for (const auto& language : body.names())
        out[language] = body.text(language, longest_read, 0);
    return out;
}

LocalText local_in(Body& body, std::string_view name)
{
    return body.has(name) ? local_in(body.object(name)) : LocalText{};
}

DesignItem item_in(Body& body)
{
    DesignItem item;
    item.id = body.text("id", 100, 0);
    const auto kind = body.one_of("kind", {"scale", "choice", "text"});
    item.kind = kind == "choice" ? Kind::Choice : kind == "text" ? Kind::Text : Kind::Scale;
    item.question = local_in(body, "question");
    item.hint = local_in(body, "hint");
    constexpr std::int64_t far = 1'000'000;
    item.lowest = static_cast<int>(body.optional_number("lowest", -far, far).value_or(0));
    item.highest = static_cast<int>(body.optional_number("highest", -far, far).value_or(10));
    item.step = static_cast<int>(body.optional_number("step", -far, far).value_or(1));
    item.at_lowest = local_in(body, "at_lowest");
    item.at_highest = local_in(body, "at_highest");
    const auto worse = body.optional_one_of("worse", {"up", "down"});
    item.worse = worse == "up"     ? DesignItem::Worse::Up
                 : worse == "down" ? DesignItem::Worse::Down
                                   : DesignItem::Worse::Neither;
    item.series = body.flag_or("series", false);
    item.several = body.flag_or("several", false);
    for (auto& option : body.list("options", most_read))
        item.options.push_back(local_in(option));
    item.longest = static_cast<std::size_t>(body.optional_number("longest", 0, far).value_or(2000));
    for (auto& call : body.list("calls", most_read)) {
        DesignItem::Call read;
        for (const auto answer : call.numbers("answers", most_read, -far, far))
            read.answers.push_back(static_cast<int>(answer));
        read.urgency = urgency_from(call.one_of("urgency", {"soon", "today", "now"})).value_or(Urgency::Today);
        read.category = category_from(call.text("category", 40)).value_or(Category::None);
        item.calls.push_back(std::move(read));
    }
    item.no_danger = body.flag_or("no_danger", false);
    return item;
}

monitoring::CheckInDesign design_in(Body& body)
{
    monitoring::CheckInDesign design;
    design.languages = body.texts("languages", most_read, 20);
    design.title = local_in(body, "title");
    design.about = local_in(body, "about");
    design.purpose = body.text("purpose", longest_read, 0);
    if (body.optional_one_of("asks", {"person", "informant"}) == "informant")
        design.asks = monitoring::CheckInDesign::Asks::Informant;
    design.sensitive = body.flag_or("sensitive", false);
    for (auto& item : body.list("items", most_read))
        design.items.push_back(item_in(item));
    return design;
}

constexpr const char* example_design =
    R"("languages":["en"],"title":{"en":"Evening check"},"purpose":"To see whether evenings become easier after the move.",)"
    R"("items":[{"id":"energy","kind":"scale","question":{"en":"How much energy do you have?"},"lowest":0,"highest":10,)"
    R"("at_lowest":{"en":"none"},"at_highest":{"en":"a lot"},"worse":"down","series":true},)"
    R"({"id":"where","kind":"choice","question":{"en":"Where are you?"},"options":[{"en":"At home"},{"en":"With others"}]},)"
    R"({"id":"words","kind":"text","question":{"en":"Anything you want to say?"},"longest":500}]})";

std::vector<Field> fields_of_a_design()
{
    return {{"languages", "text[]", "\"en\"; the first is for whoever reads none of them"},
            {"title", "map<text>", "by language, as every text here: in each of `languages`"},
            {"about?", "map<text>", "above the questions"},
            {"purpose", "text", "for staff; people never read it"},
            {"asks?", R"("person"|"informant")", "whom: the person, or somebody close about them; stays as it is; person"},
            {"sensitive?", "flag", "its link never goes by WhatsApp; one with answers that need a human never does"},
            {"items", "DesignItem[]", "1 to 12"}};
}

void declare_shapes(Router& router)
{
    router.shape({"DesignCall",
                  {{"answers", "integer[]", "numbers of the scale, or options by their place from 1"},
                   {"urgency", R"("soon"|"today"|"now")"},
                   {"category", "text", "as in findings: \"suicide\"; the person gets the words and lines that fit it"}}});
    router.shape({"DesignItem",
                  {{"id", "text", "a short name: \"energy\""},
                   {"kind", R"("scale"|"choice"|"text")"},
                   {"question", "map<text>"},
                   {"hint?", "map<text>"},
                   {"lowest?", "integer", "of a scale; 0"},
                   {"highest?", "integer", "10; at most 21 numbers"},
                   {"step?", "integer", "1"},
                   {"at_lowest?", "map<text>", "what the ends of a scale mean"},
                   {"at_highest?", "map<text>"},
                   {"worse?", R"("up"|"down")", "none: neither direction is worse, and no one is compared with their own days"},
                   {"series?", "flag", "its answers are drawn over time"},
                   {"several?", "flag", "of a choice: more than one"},
                   {"options?", "map<text>[]", "answered by their place, from 1"},
                   {"longest?", "integer", "of free text, in characters; 2000"},
                   {"calls?", "DesignCall[]", "answers that need a human: for soon, today and now at most one each"},
                   {"no_danger?", "flag", "words of danger stand in it, and it asks about none"}}});
    std::vector<Field> kept{{"id", "id"},
                            {"form", "text", "what schedules and answers call it"},
                            {"version", "integer"},
                            {"newest", "flag"},
                            {"made_at", "instant"},
                            {"retired_at?", "instant"}};
    for (auto& field : fields_of_a_design())
        kept.push_back(std::move(field));
    router.shape({"CheckInDesign", std::move(kept)});
    router.shape({"QuestionAndAnswer", {{"question", "text"}, {"answer", "text", "in words"}}});
    router.shape({"DesignedAnswer",
                  {{"id", "id"},
                   {"form", "text"},
                   {"version", "text", "that it was given to"},
                   {"title", "text"},
                   {"at", "instant"},
                   {"said", "QuestionAndAnswer[]"}}});
}

std::string language_of(const Request& request)
{
    const auto languages = request.languages();
    return languages.empty() ? "en" : languages.front();
}

Result<Response> answers_of(Desks& desks, const Request& request, PersonId person)
{
    std::optional<Instant> before;
    if (const auto text = request.query("before"); text && !text->empty())
        before = TRY(from_rfc3339(*text));
    JsonList items;
    for (const auto& each : TRY(monitoring::DesignDesk(desks.record, desks.asks.asking().asks).answers(request.actor(), person, before, 100)))
        items.add(designed_answer_json(each, language_of(request)));
    return Response::ok(JsonObject{}.add("items", items).done());
}

void add_routes_of_designs(Router& router, Desks& desks)
{
    const auto staff = Callers::only({Role::Clinician, Role::Lead, Role::Administrator});
    router.add({.pattern = "/api/v1/check-in-designs",
                .summary = "Check-ins that this service designed, in their newest version; retired ones last.",
                .callers = staff,
                .answer = {{"items", "CheckInDesign[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto all = TRY(monitoring::DesignDesk(desks.record, desks.asks.asking().asks).all(request.actor()));
                    return Response::ok(JsonObject{}.add("items", designs_json(all)).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/check-in-designs",
                .summary = "Designs a check-in: scales, choices and free text in the service's own words. Nothing is scored.",
                .callers = staff,
                .fields = fields_of_a_design(),
                .example = std::string("{") + example_design,
                .status = 201,
                .answer_type = "CheckInDesign",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto design = TRY(read_body(request, [](Body& body) { return design_in(body); }));
                    return Response::created(
                        design_json(TRY(monitoring::DesignDesk(desks.record, desks.asks.asking().asks).create(request.actor(), design))).done());
                }});
    router.add({.pattern = "/api/v1/check-in-designs/{design}",
                .summary = "Every version of one, newest first.",
                .callers = staff,
                .answer = {{"items", "CheckInDesign[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<DesignId>("design"));
                    const auto all = TRY(monitoring::DesignDesk(desks.record, desks.asks.asking().asks).versions(request.actor(), id));
                    return Response::ok(JsonObject{}.add("items", designs_json(all)).done());
                }});
    auto fields = fields_of_a_design();
    fields.insert(fields.begin(), {"from_version", "integer", "the newest, which is being changed"});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/check-in-designs/{design}/versions",
                .summary = "Changes one: a new version. Answers keep the version that they were given to.",
                .callers = staff,
                .fields = std::move(fields),
                .example = std::string(R"({"from_version":1,)") + example_design,
                .status = 201,
                .answer_type = "CheckInDesign",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<DesignId>("design"));
                    struct Form {
                        int from = 0;
                        monitoring::CheckInDesign design;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{static_cast<int>(body.number("from_version", 1, 1000)), design_in(body)};
                    }));
                    return Response::created(
                        design_json(TRY(monitoring::DesignDesk(desks.record, desks.asks.asking().asks).revise(request.actor(), id, form.from, form.design)))
                            .done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/check-in-designs/{design}/retire",
                .summary = "Asks it no more. What was answered stays; what waits for an answer is nobody's miss.",
                .callers = staff,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    TRY(monitoring::DesignDesk(desks.record, desks.asks.asking().asks).retire(request.actor(), TRY(request.id<DesignId>("design"))));
                    return Response::no_content();
                }});
}

} // namespace

std::string designed_title(const monitoring::KeptDesign& kept, const std::string& language)
{
    return in_language(kept.design.title, kept.design.language_for(language));
}

JsonObject designed_form_json(const monitoring::KeptDesign& kept, const CheckInForm& daily, const std::string& language)
{
    const auto& design = kept.design;
    const auto& shown = design.language_for(language);
    const auto* note = daily.group("note");
    JsonList groups;
    for (const auto& item : design.items) {
        JsonObject one;
        one.add("id", item.id).add("question", in_language(item.question, shown));
        if (!item.hint.empty())
            one.add("hint", in_language(item.hint, shown));
        JsonList choices;
        switch (item.kind) {
        case Kind::Scale:
            for (int value = item.lowest; value <= item.highest; value += item.step) {
                JsonObject choice;
                choice.add("value", value).add("text", std::to_string(value));
                if (value == item.lowest || value == item.highest)
                    choice.add("end", in_language(value == item.lowest ? item.at_lowest : item.at_highest, shown));
                choices.add(choice);
            }
            one.add("choices", choices);
            break;
        case Kind::Choice:
            if (item.several)
                one.add("many", true);
            for (std::size_t i = 0; i < item.options.size(); ++i) {
                JsonObject choice;
                if (item.several)
                    choice.add("value", std::to_string(i + 1));
                else
                    choice.add("value", i + 1);
                choices.add(choice.add("text", in_language(item.options[i], shown)));
            }
            one.add("choices", choices);
            break;
        case Kind::Text:
            if (note != nullptr)
                one.add("below", in_language(note->below, shown));
            one.add("text", true).add("longest", item.longest);
            break;
        }
        groups.add(one);
    }
    return JsonObject{}
        .add("id", kept.form())
        .add("version", std::to_string(kept.version))
        .add("title", in_language(design.title, shown))
        .add("language", shown)
        .add("about", in_language(design.about, shown))
        .add("groups", groups);
}

JsonObject designed_answer_json(const monitoring::DesignedAnswer& answered, const std::string& language)
{
    JsonList said;
    for (const auto& [question, words] : monitoring::told(answered.design.design, answered.answer.body, language))
        said.add(JsonObject{}.add("question", question).add("answer", words));
    return JsonObject{}
        .add("id", answered.answer.id)
        .add("form", answered.answer.instrument)
        .add("version", answered.answer.version)
        .add("title", designed_title(answered.design, language))
        .add("at", answered.answer.at)
        .add("said", said);
}

void add_check_in_design_routes(Router& router, Desks& desks)
{
    declare_shapes(router);
    add_routes_of_designs(router, desks);
    const std::vector<Field> query{{"before?", "instant", "older ones than the last of the page before"}};
    router.add({.pattern = "/api/v1/check-ins/designed",
                .summary = "What one answered to check-ins that the service designed, newest first.",
                .callers = Callers::person(),
                .query = query,
                .answer = {{"items", "DesignedAnswer[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    return answers_of(desks, request, *request.actor().person());
                }});
    router.add({.pattern = "/api/v1/people/{person}/check-ins/designed",
                .summary = "What somebody answered to check-ins that the service designed, newest first.",
                .callers = Callers::staff(),
                .query = query,
                .answer = {{"items", "DesignedAnswer[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    auto answered = answers_of(desks, request, TRY(request.id<PersonId>("person")));
                    if (!answered.ok())
                        return outside_team(answered.error());
                    return answered;
                }});
}

} // namespace handrail::http::routes
