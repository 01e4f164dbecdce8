#include "errands/person_page.h"

#include "care/documents.h"
#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/card_json.h"
#include "http/routes/caseload_json.h"
#include "http/routes/desks.h"
#include "http/routes/finding_json.h"
#include "http/routes/outcomes_json.h"
#include "http/routes/progress_json.h"
#include "monitoring/daily_desk.h"
#include "trust/break_glass_desk.h"

namespace handrail::http::routes {

namespace {

JsonObject event_json(const errands::Event& event)
{
    JsonObject out;
    out.add("at", event.at).add("kind", event.kind).add("text", event.text);
    if (event.urgency)
        out.add("urgency", name(*event.urgency));
    if (!event.id.empty())
        out.add("id", event.id);
    JsonList marks;
    for (const auto& mark : event.marks)
        if (mark.context_index < 0)
            marks.add(JsonObject{}
                          .add("begin", static_cast<std::int64_t>(mark.begin))
                          .add("end", static_cast<std::int64_t>(mark.end))
                          .add("rule", mark.rule));
    if (!event.marks.empty())
        out.add("marks", marks);
    return out;
}

JsonObject timeline_json(const std::vector<errands::Event>& events, std::optional<Instant> next)
{
    JsonList items;
    for (const auto& event : events)
        items.add(event_json(event));
    JsonObject out;
    out.add("items", items);
    if (next)
        out.add("next", to_rfc3339(*next));
    return out;
}

JsonList chart_json(const std::vector<errands::ChartEvent>& events)
{
    JsonList out;
    for (const auto& event : events) {
        JsonObject one;
        one.add("at", event.at).add("kind", errands::name(event.kind)).add("text", event.text);
        if (event.urgency)
            one.add("urgency", name(*event.urgency));
        if (!event.by.empty())
            one.add("by", event.by);
        if (event.number != 0)
            one.add("number", event.number);
        if (event.missed)
            one.add("missed", true);
        out.add(one);
    }
    return out;
}

JsonList designed_json(const std::vector<errands::DesignedSeries>& all)
{
    JsonList out;
    for (const auto& each : all) {
        JsonList range, ends, points;
        range.add(each.lowest).add(each.highest);
        ends.add(each.at_lowest).add(each.at_highest);
        for (const auto& [at, value] : each.points)
            points.add(JsonObject{}.add("at", at).add("value", value));
        JsonObject one;
        one.add("form", each.form).add("version", each.version).add("title", each.title).add("question", each.question);
        one.add("range", range).add("ends", ends);
        if (!each.worse.empty())
            one.add("worse", each.worse);
        out.add(one.add("points", points));
    }
    return out;
}

JsonList offers_json(const std::vector<errands::PersonView::Offer>& all, const content::Sources& sources)
{
    JsonList out;
    for (const auto& each : all) {
        JsonObject one;
        one.add("kind", each.offer.kind).add("at", each.offer.at);
        if (!each.question.empty())
            one.add("question", each.question);
        one.add("text", each.offer.why).add("numbers", each.offer.numbers);
        out.add(one.add("source", source_json(each.offer.source, sources)));
    }
    return out;
}

Result<Response> show(Desks& desks, const Request& request)
{
    const auto id = TRY(request.id<PersonId>("person"));
    const auto opened = desks.person_page.open(request.actor(), id);
    if (!opened.ok())
        return outside_team(opened.error());
    const auto& view = *opened;
    const auto& asking = desks.answers.asking();
    monitoring::ProgressQuestion question;
    question.now = desks.clock.now();
    question.days = 90;
    const auto counted = TRY(monitoring::counted_by_wearables(desks.record, desks.consents, request.actor(), id));
    question.counted = &counted;
    question.did = &view.did;
    question.scales = &view.scales;
    auto person = head_json(view.head);
    if (!view.card.clinician_name.empty())
        person.add("clinician", JsonObject{}.add("id", view.card.clinician).add("name", view.card.clinician_name));
    JsonList since, findings, in_place;
    for (const auto& event : view.since_you_looked)
        since.add(event_json(event));
    for (const auto& finding : view.findings)
        findings.add(finding_json(finding, desks.sources));
    JsonList to_look_at;
    for (const auto& each : view.to_look_at) {
        JsonObject one;
        one.add("finding", finding_json(each.finding, desks.sources));
        if (!each.owner.empty())
            one.add("owner", JsonObject{}.add("id", each.owner).add("name", each.owner_name));
        to_look_at.add(one);
    }
    for (const auto& each : view.in_place)
        in_place.add(JsonObject{}.add("what", each.what).add("text", each.text).add("missing", each.missing));
    JsonObject out;
    out.add("person", person).add("card", card_json(view.card)).add("urgency", name(view.urgency));
    if (!view.open_alert.empty())
        out.add("open_alert", view.open_alert);
    if (!view.conversation.empty())
        out.add("conversation", view.conversation);
    out.add("looked_at", view.looked_at).add("since_you_looked", since);
    out.add("progress", progress_json(monitoring::progress(view.course, asking.daily, asking.instruments,
                                                           asking.progress, question)));
    out.add("outcomes", outcomes_json(monitoring::outcomes(view.course, asking.instruments, asking.change,
                                                           asking.progress, question.now),
                                      desks.sources));
    if (view.course.treatment())
        out.add("treatment", treatment_json(*view.course.treatment()));
    const std::chrono::hours covers{24 * asking.protocol.known_and_planned_days};
    out.add("designed", designed_json(view.designed)).add("offers", offers_json(view.offers, desks.sources));
    out.add("known_and_planned", known_json(view.known, view.noted_by, covers, question.now));
    out.add("critical", critical_json(monitoring::critical_lines(view.course, asking.instruments, asking.progress)));
    out.add("reviews", reviews_json(view.reviews, view.noted_by)).add("events", chart_json(view.events));
    JsonList quiet;
    for (const auto& each : view.quiet) {
        JsonList rules;
        for (const auto& rule : each.rules)
            rules.add(rule);
        quiet.add(JsonObject{}
                      .add("id", each.id)
                      .add("rules", rules)
                      .add("because", each.because)
                      .add("at", each.made_at)
                      .add("by", view.noted_by.at(each.by))
                      .add("ends_at", each.ends_at));
    }
    out.add("quiet", quiet);
    out.add("findings", findings).add("to_look_at", to_look_at).add("in_place", in_place);
    out.add("timeline", timeline_json(view.timeline, view.next));
    return Response::ok(out.done());
}

} // namespace

void add_people_routes(Router& router, Desks& desks)
{
    const auto staff = Callers::staff();
    declare_outcome_shapes(router);
    router.shape({"TimelineEvent",
                  {{"at", "instant"},
                   {"kind", R"("message"|"message_ai"|"message_human"|"alert_step"|"check_in"|"questionnaire"|)"
                            R"("finding"|"alert"|"note"|"review"|"access"|"silence")"},
                   {"text", "text"},
                   {"urgency?", "Urgency"},
                   {"id?", "id"},
                   {"marks?", "Mark[]"}}});
    router.shape({"Timeline",
                  {{"items", "TimelineEvent[]", "newest first"}, {"next?", "instant", "older ones come before this"}}});
    router.shape({"DesignedSeries",
                  {{"form", "text"},
                   {"version", "integer"},
                   {"title", "text"},
                   {"question", "text"},
                   {"range", "number[2]"},
                   {"ends", "text[2]", "what the lowest and the highest mean"},
                   {"worse?", R"("up"|"down")"},
                   {"points", "Point[]"}}});
    router.shape({"TrendOffer",
                  {{"kind", R"("slowing_down"|"entry_fatigue")"},
                   {"at", "instant", "of the answer with which it became known"},
                   {"question?", "text", "of a designed scale; absent: the mood of the daily check-in"},
                   {"text", "text"},
                   {"numbers", "text", "in words: how surely, how late, from how many days"},
                   {"source", "FindingSource"}}});
    router.shape({"InPlace", {{"what", "text"}, {"text", "text"}, {"missing", "flag"}}});
    router.shape({"ToLookAt", {{"finding", "Finding"}, {"owner?", "Named", "whose it is; absent: there is nobody"}}});
    router.shape({"PersonPage",
                  {{"person", "PersonHead"},
                   {"card", "Card"},
                   {"urgency", "Urgency"},
                   {"open_alert?", "id"},
                   {"conversation?", "id"},
                   {"looked_at?", "instant", "when one last opened this page"},
                   {"since_you_looked", "TimelineEvent[]"},
                   {"progress", "Progress"},
                   {"outcomes", "Outcomes"},
                   {"treatment?", "Treatment"},
                   {"designed", "DesignedSeries[]", "scales of check-ins that the service designed"},
                   {"offers", "TrendOffer[]", "what a series tells beside a change for the worse; calls nobody"},
                   {"known_and_planned", "KnownAndPlanned[]"},
                   {"critical", "CriticalAnswer[]", "about which something may be noted as known and planned"},
                   {"reviews", "CourseReview[]", "the last three, newest first"},
                   {"events", "ChartEvent[]", "of the last 400 days, the earliest first"},
                   {"findings", "Finding[]"},
                   {"to_look_at", "ToLookAt[]", "for soon, and nobody has looked at it; what is due first first"},
                   {"quiet", "QuietRule[]", "what is known and not put on the list at this moment, the newest first"},
                   {"in_place", "InPlace[]"},
                   {"timeline", "Timeline"}}});
    router.add({.pattern = "/api/v1/people",
                .summary = "People of one's teams, by name.",
                .callers = staff,
                .query = {{"query?", "text"}},
                .answer = {{"items", "CaseRow[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    JsonList items;
                    for (const auto& row :
                         TRY(desks.caseload.search(request.actor(), request.query("query").value_or(""))))
                        items.add(case_row_json(row, request.actor()));
                    return Response::ok(JsonObject{}.add("items", items).done());
                }});
    router.add({.pattern = "/api/v1/people/{person}",
                .summary = "Four months of a person in ten seconds.",
                .callers = staff,
                .answer_type = "PersonPage",
                .handler = [&desks](const Request& request) { return show(desks, request); }});
    router.add({.pattern = "/api/v1/people/{person}/timeline",
                .summary = "Older events.",
                .callers = staff,
                .query = {{"before", "instant"}},
                .answer_type = "Timeline",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    const auto before = TRY(from_rfc3339(request.query("before").value_or("")));
                    const auto page = desks.person_page.older(request.actor(), id, before);
                    if (!page.ok())
                        return outside_team(page.error());
                    return Response::ok(timeline_json(page->events, page->next).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/people/{person}/notes",
                .summary = "A note for the team; the person sees it when they take their record along.",
                .callers = staff,
                .fields = {{"text", "text"}},
                .example = R"({"text":"Prefers to be called after six."})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    const auto text = TRY(read_body(request, [](Body& body) { return body.text("text", 4001); }));
                    const auto added = desks.documents.add_note(request.actor(), id, text);
                    return done_for_person(added);
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/people/{person}/break-glass",
                .summary = "Opens a person outside one's teams for 60 minutes; the lead reviews it, the person sees it.",
                .callers = staff,
                .fields = {{"reason", "text"}, {"code", "text"}},
                .example = R"({"reason":"She is in our waiting room and cannot speak.","code":"123456"})",
                .status = 201,
                .answer = {{"until", "instant"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<PersonId>("person"));
                    struct Form {
                        std::string reason, code;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{body.text("reason", 2000), body.text("code", 32)};
                    }));
                    const auto until = desks.break_glass.open(request.actor(), id, form.reason, form.code);
                    if (!until.ok()) {
                        if (until.error().where == "second-factor")
                            return typed(ErrorKind::NotAllowed, "second-factor", until.error().told);
                        return until.error();
                    }
                    return Response::created(JsonObject{}.add("until", *until).done());
                }});
}

} // namespace handrail::http::routes
