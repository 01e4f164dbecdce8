#include "care/service_desk.h"
#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/check_in_designs.h"
#include "http/routes/clock_time.h"
#include "http/routes/desks.h"
#include "http/routes/informants.h"
#include "http/routes/names.h"
#include "monitoring/ask_desk.h"
#include "trust/actor_desk.h"

namespace handrail::http::routes {

namespace {

using monitoring::InformantDesk;
using monitoring::InformantId;

constexpr std::size_t longest_note = 2000;

std::string language_of(const Request& request)
{
    const auto languages = request.languages();
    return languages.empty() ? "en" : languages.front().substr(0, 2);
}

JsonObject note_json(Names& names, const monitoring::InformantNote& note)
{
    JsonObject out;
    out.add("at", note.at).add("note", note.text);
    if (const auto& by = names.of(note.by).display_name; !by.empty())
        out.add("by", by);
    return out;
}

JsonObject plan_json(Desks& desks, const Request& request, const monitoring::InformantPlan& plan)
{
    JsonObject out;
    out.add("form", plan.form).add("every_days", plan.every_days).add("at", clock_time(plan.minute)).add("time_zone", plan.zone);
    // A retired one has no title any more.
    if (const auto design = monitoring::DesignDesk(desks.record, desks.asks.asking().asks).shown(request.actor(), plan.form); design.ok())
        out.add("title", designed_title(*design, language_of(request)));
    return out;
}

JsonObject seen_json(Desks& desks, const Request& request, Names& names, const InformantDesk::Seen& seen,
                     const InformantDesk::Own& own)
{
    const auto& kept = own.informant;
    JsonObject out;
    out.add("id", kept.id).add("relation", kept.relation).add("language", kept.language).add("since", kept.named_at);
    // Who ended it, and why, is nobody's to read.
    out.add("state", kept.in_force() ? std::string(monitoring::name(kept.state)) : "ended").add("waits", own.waits);
    out.add("ended_at", kept.over_at).add("next_at", kept.next_at);
    if (kept.plan && kept.state == monitoring::InformantState::Asked)
        out.add("plan", plan_json(desks, request, *kept.plan));
    if (kept.understood)
        out.add("understood", note_json(names, *kept.understood));
    if (kept.in_force() && InformantDesk::held(kept, seen.abuse_found))
        out.add("held_since", *seen.abuse_found);
    if (kept.released)
        out.add("released", note_json(names, *kept.released));
    JsonList asks;
    for (const auto& each : seen.asks)
        if (each.informant == kept.id)
            asks.add(JsonObject{}
                         .add("asked_at", each.asked_at)
                         .add("state", monitoring::name(each.state))
                         .add("reminded_at", each.reminded_at));
    return out.add("asks", asks);
}

JsonObject answer_json(const InformantDesk::Answered& answered, const std::string& language)
{
    const auto& kept = answered.answer;
    JsonList said;
    for (const auto& [question, words] : monitoring::told(answered.design.design, kept.answers, language))
        said.add(JsonObject{}.add("question", question).add("answer", words));
    JsonObject out;
    out.add("id", kept.id).add("informant", kept.informant).add("at", kept.at).add("urgency", name(kept.urgency));
    out.add("title", designed_title(answered.design, language)).add("version", kept.version).add("said", said);
    if (!kept.told.empty())
        out.add("told", kept.told);
    return out;
}

Result<Response> read_all(Desks& desks, const Request& request, const InformantDesk& informants)
{
    const auto seen = informants.seen(request.actor(), TRY(request.id<PersonId>("person")));
    if (!seen.ok())
        return outside_team(seen.error());
    Names names(desks, request.actor());
    JsonList items, answers;
    for (const auto& each : seen->informants)
        items.add(seen_json(desks, request, names, *seen, each));
    for (const auto& each : seen->answers)
        answers.add(answer_json(each, language_of(request)));
    const auto& rule = informants.asking().asks.informants;
    return Response::ok(JsonObject{}
                            .add("items", items)
                            .add("answers", answers)
                            .add("letters", informants.letters())
                            .add("least_days", rule.least_days)
                            .add("most_days", rule.most_days)
                            .add("competence_below", rule.competence_below)
                            .add("abuse_days", rule.abuse_days)
                            .done());
}

struct Of {
    PersonId person;
    InformantId informant;
};
Result<Of> of(const Request& request)
{
    return Of{TRY(request.id<PersonId>("person")), TRY(request.id<InformantId>("informant"))};
}

void declare_shapes(Router& router)
{
    router.shape({"InformantPlan",
                  {{"form", "text"},
                   {"title?", "text"},
                   {"every_days", "integer"},
                   {"at", "text", "\"09:00\""},
                   {"time_zone", "text"}}});
    router.shape({"InformantAsk",
                  {{"asked_at", "instant"},
                   {"state", R"("open"|"answered"|"missed"|"withdrawn")"},
                   {"reminded_at?", "instant", "the letter went"}}});
    router.shape({"InformantNote", {{"at", "instant"}, {"by?", "text"}, {"note", "text"}}});
    router.shape({"InformantOfPerson",
                  {{"id", "id"},
                   {"relation", R"("partner"|"parent"|"friend"|"other")"},
                   {"language", "text"},
                   {"since", "instant"},
                   {"state", R"("named"|"asked"|"ended")"},
                   {"waits", "flag", "somebody records first that the person understands what they agree to"},
                   {"ended_at?", "instant"},
                   {"next_at?", "instant"},
                   {"plan?", "InformantPlan"},
                   {"understood?", "InformantNote"},
                   {"held_since?", "instant", "abuse was found then: no letter goes, and no page of theirs says so"},
                   {"released?", "InformantNote", "why they may be asked all the same; the person does not read it"},
                   {"asks", "InformantAsk[]"}}});
    router.shape({"InformantAnswer",
                  {{"id", "id"},
                   {"informant", "id"},
                   {"at", "instant"},
                   {"urgency", "Urgency"},
                   {"title", "text"},
                   {"version", "integer"},
                   {"said", "QuestionAndAnswer[]"},
                   {"told?", "text", "the fixed words that they were shown"}}});
}

} // namespace

void add_informant_staff_routes(Router& router, Desks& desks, InformantDesk& informants)
{
    declare_shapes(router);
    const auto staff = Callers::staff();
    router.add({.pattern = "/api/v1/people/{person}/informants",
                .summary = "Whom somebody lets be asked, what they are asked, and what they answered; apart from the person's own.",
                .callers = staff,
                .answer = {{"items", "InformantOfPerson[]"},
                           {"answers", "InformantAnswer[]", "the newest first"},
                           {"letters", "flag", "this service can send letters; without any nobody is asked"},
                           {"least_days", "integer"},
                           {"most_days", "integer"},
                           {"competence_below", "integer", "years"},
                           {"abuse_days", "integer"}},
                .handler = [&desks, &informants](const Request& request) { return read_all(desks, request, informants); }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/informants/{informant}/plan",
                .summary = "Asks somebody close a check-in that is designed for it, every so many days at a time of day.",
                .callers = staff,
                .fields = {{"form", "text", "of a check-in that asks informants"},
                           {"every_days", "integer"},
                           {"at", "text", "\"09:00\", by the service's clock"}},
                .example = R"({"form":"own-0123456789ABCDEFGHJKMNPQRS","every_days":14,"at":"10:00"})",
                .status = 204,
                .handler = [&desks, &informants](const Request& request) -> Result<Response> {
                    const auto [person, informant] = TRY(of(request));
                    const auto service = TRY(desks.service.read(trust::ActorDesk::system(desks.organisation)));
                    const auto plan = TRY(read_body(request, [&](Body& body) {
                        monitoring::InformantPlan read;
                        read.form = body.text("form", 60);
                        read.every_days = static_cast<int>(body.number("every_days", 1, 366));
                        const auto at = body.text("at", 5, 5);
                        const auto minute = minute_of(at);
                        if (!at.empty() && (!minute || *minute >= 24 * 60))
                            body.refuse("at", "A time of day is written like 09:00.");
                        read.minute = minute.value_or(0);
                        read.zone = service.time_zone;
                        return read;
                    }));
                    const auto kept = informants.plan(request.actor(), person, informant, plan);
                    return done_for_person(kept.ok() ? Result<void>{} : Result<void>{kept.error()});
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/people/{person}/informants/{informant}/plan",
                .summary = "Asks them nothing more; the person's yes stays.",
                .callers = staff,
                .status = 204,
                .handler = [&informants](const Request& request) -> Result<Response> {
                    const auto [person, informant] = TRY(of(request));
                    return done_for_person(informants.stop(request.actor(), person, informant));
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/informants/{informant}/understood",
                .summary = "Records that the person understands what they agree to: below the age of asking.json, or of unknown age.",
                .callers = staff,
                .fields = {{"note", "text", "how one knows; the person reads it"}},
                .example = R"({"note":"Went through it together on Tuesday; said it back in own words."})",
                .status = 204,
                .handler = [&informants](const Request& request) -> Result<Response> {
                    const auto [person, informant] = TRY(of(request));
                    const auto note = TRY(read_body(request, [](Body& body) { return body.text("note", longest_note); }));
                    return done_for_person(informants.note_understood(request.actor(), person, informant, note));
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/informants/{informant}/release",
                .summary = "They may be asked although abuse was found until now, and why. No page of the person or of theirs says so.",
                .callers = staff,
                .fields = {{"reason", "text"}},
                .example = R"({"reason":"It was somebody else; spoke with her alone on Monday."})",
                .status = 204,
                .handler = [&informants](const Request& request) -> Result<Response> {
                    const auto [person, informant] = TRY(of(request));
                    const auto reason = TRY(read_body(request, [](Body& body) { return body.text("reason", longest_note); }));
                    return done_for_person(informants.release(request.actor(), person, informant, reason));
                }});
}

} // namespace handrail::http::routes
