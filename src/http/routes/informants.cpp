#include "http/routes/informants.h"

#include "channels/alert_mail.h"
#include "http/json_body.h"
#include "http/routes/check_in_designs.h"
#include "http/routes/desks.h"
#include "http/routes/forms_json.h"
#include "http/routes/message_json.h"
#include "http/routes/names.h"
#include "http/routes/unkept.h"
#include "support/conversation_desk.h"

namespace handrail::http::routes {

namespace {

using monitoring::InformantDesk;
using monitoring::InformantId;

/// What somebody agrees to when they name one: content that two people sign.
constexpr const char* consent_parts[] = {"asked", "read", "sees", "ends"};

JsonObject own_json(Desks& desks, const InformantDesk::Own& own)
{
    const auto& kept = own.informant;
    JsonObject out;
    out.add("id", kept.id).add("relation", kept.relation).add("language", kept.language).add("since", kept.named_at);
    if (!kept.called.empty())
        out.add("called", kept.called);
    if (!kept.mail.empty())
        out.add("mail", kept.mail);
    // Why it ended is nobody's to read, nor who ended it.
    out.add("state", !kept.in_force() ? "ended" : own.waits ? "waits" : std::string(monitoring::name(kept.state)));
    out.add("ended_at", kept.over_at);
    if (kept.state == monitoring::InformantState::Asked)
        out.add("every_days", kept.plan->every_days);
    JsonList answered;
    for (const auto& each : own.answered)
        answered.add(to_rfc3339(each));
    out.add("answered_at", answered);
    if (kept.understood) {
        JsonObject note;
        note.add("at", kept.understood->at).add("note", kept.understood->text);
        if (const auto by = name_for_person(desks, kept.understood->by); !by.empty())
            note.add("by", by);
        out.add("understood", note);
    }
    return out;
}

Result<Response> own(Desks& desks, const Request& request, const InformantDesk& informants)
{
    const auto language = TRY(desks.conversations.language_of(request.actor()));
    JsonList items, consent;
    for (const auto& each : TRY(informants.own(request.actor())))
        items.add(own_json(desks, each));
    for (const std::string part : consent_parts)
        consent.add(desks.conversations.words(language, "consent.informant." + part));
    return Response::ok(JsonObject{}
                            .add("items", items)
                            .add("most", informants.asking().asks.informants.most)
                            .add("letters", informants.letters())
                            .add("consent", consent)
                            .done());
}

Result<Response> name_one(Desks& desks, const Request& request, const InformantDesk& informants)
{
    const auto language = TRY(desks.conversations.language_of(request.actor()));
    const auto naming = TRY(read_body(request, [&](Body& body) {
        InformantDesk::Naming read;
        read.relation = body.one_of("relation", {"partner", "parent", "friend", "other"});
        read.called = body.text_or("called", 40, "");
        read.mail = body.text("mail", 254);
        read.language = body.one_of("language", {"en", "es", "fr", "de", "pt"});
        read.wording = desks.read_version(language);
        if (!read.mail.empty() && !channels::mail_address(read.mail))
            body.refuse("mail", "This is no e-mail address, such as someone@example.org.");
        if (!body.flag_or("agreed", false))
            body.refuse("agreed", "Somebody close is asked only when you agree to it.");
        return read;
    }));
    const auto kept = TRY(informants.name(request.actor(), naming));
    for (const auto& each : TRY(informants.own(request.actor())))
        if (each.informant.id == kept.id)
            return Response::created(own_json(desks, each).done());
    return not_found("It was ended at this very moment.");
}

void declare_shapes(Router& router)
{
    router.shape({"UnderstoodNote", {{"at", "instant"}, {"by?", "text"}, {"note", "text", "the person reads it"}}});
    router.shape({"Informant",
                  {{"id", "id"},
                   {"relation", R"("partner"|"parent"|"friend"|"other")"},
                   {"called?", "text", "what their page calls the person"},
                   {"mail?", "text", "not kept any more once it ended"},
                   {"language", "text"},
                   {"since", "instant"},
                   {"state", R"("waits"|"named"|"asked"|"ended")",
                    "waits: a clinician records first that the person understands what they agree to; named: nothing is asked yet"},
                   {"ended_at?", "instant"},
                   {"every_days?", "integer", "about how often"},
                   {"answered_at", "instant[]", "when, not what; the newest first"},
                   {"understood?", "UnderstoodNote"}}});
}

void add_routes_of_the_person(Router& router, Desks& desks, const InformantDesk& informants)
{
    router.add({.pattern = "/api/v1/informants",
                .summary = "Whom one lets be asked, what came of it, and the text that one agrees to when one names somebody.",
                .callers = Callers::person(),
                .answer = {{"items", "Informant[]"},
                           {"most", "integer", "so many at a time"},
                           {"letters", "flag", "this service can send letters"},
                           {"consent", "text[]", "in one's own language; part by part"}},
                .handler = [&desks, &informants](const Request& request) { return own(desks, request, informants); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/informants",
                .summary = "Lets somebody close be asked by the care team now and then. They see nothing of one's own.",
                .callers = Callers::person(),
                .fields = {{"relation", R"("partner"|"parent"|"friend"|"other")"},
                           {"called?", "text", "what their page calls one"},
                           {"mail", "text"},
                           {"language", "text", "en, es, fr, de or pt: theirs"},
                           {"agreed", "flag", "to the text of GET; needed"}},
                .example = R"({"relation":"friend","called":"Sam","mail":"someone@example.org","language":"en","agreed":true})",
                .status = 201,
                .answer_type = "Informant",
                .handler = [&desks, &informants](const Request& request) { return name_one(desks, request, informants); }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/informants/{informant}",
                .summary = "Ends it: no more letters, the address is gone, nobody is told why. What was answered stays.",
                .callers = Callers::person(),
                .status = 204,
                .handler = [&informants](const Request& request) -> Result<Response> {
                    TRY(informants.withdraw(request.actor(), TRY(request.id<InformantId>("informant"))));
                    return Response::no_content();
                }});
}

Result<InformantDesk::Given> given_in(const Request& request)
{
    return read_body(request, [](Body& body) {
        InformantDesk::Given given;
        given.token = body.text("token", 200);
        auto answers = body.object("answers");
        given.answers = given_check_in(answers);
        return given;
    });
}

Result<Response> open_link(Desks& desks, const Request& request, const InformantDesk& informants)
{
    const auto token = TRY(read_body(request, [](Body& body) { return body.text("token", 200); }));
    const auto opened = TRY(informants.open(desks.organisation, token));
    JsonObject out;
    // In their own language, and without what the daily form says to the person under a free text.
    out.add("until", opened.ask.ends_at).add("language", opened.language);
    if (!opened.called.empty())
        out.add("called", opened.called);
    return Response::ok(out.add("check_in", designed_form_json(opened.design, CheckInForm{}, opened.language)).done());
}

void add_routes_of_links(Router& router, Desks& desks, const InformantDesk& informants)
{
    router.add({.method = Method::Post,
                .pattern = "/api/v1/asked-about/open",
                .summary = "Shows the one form that a link to somebody close opens: its questions, what the person wrote for them, and "
                           "nothing else of the person.",
                .callers = Callers::anyone(),
                .fields = {{"token", "text", "what stands after #i. in the link"}},
                .example = R"({"token":"0jS3lD4kq1mZ5xV7bN8cT2yR6wP9aU0eHgFiKoLmQsE"})",
                .answer = {{"until", "instant"},
                           {"language", "text", "theirs"},
                           {"called?", "text", "what the person wants to be called here"},
                           {"check_in", "CheckInForm"}},
                .handler = [&desks, &informants](const Request& request) { return open_link(desks, request, informants); },
                .rate = RateClass::SignIn});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/asked-about/answer",
                .summary = "Answers that form, once. Free text is screened like a message; danger gets the words for helpers.",
                .callers = Callers::anyone(),
                .query = {country_of_lines},
                .fields = {{"token", "text"}, {"answers", "map<integer|text|text[]|null>"}},
                .example = R"({"token":"0jS3lD4kq1mZ5xV7bN8cT2yR6wP9aU0eHgFiKoLmQsE","answers":{"evenings":3}})",
                .status = 201,
                .answer = {{"saved_at", "instant"},
                           {"blocks?", "Block[]", "fixed words for whoever helps"},
                           {"team_called?", "flag", "by these words"}},
                .handler = [&desks, &informants](const Request& request) -> Result<Response> {
                    const auto saved = TRY(informants.answer(desks.organisation, TRY(given_in(request))));
                    JsonObject out;
                    out.add("saved_at", saved.saved_at);
                    if (!saved.help.blocks.empty())
                        out.add("blocks", blocks_json(saved.help.blocks)).add("team_called", saved.team_called);
                    return Response::created(out.done());
                },
                .rate = RateClass::SignIn,
                .not_kept = [&desks, &informants](const Request& request) -> std::optional<Response> {
                    const auto given = given_in(request);
                    return given.ok() ? not_kept(desks, request, {}, informants.judged(given->answers)) : std::nullopt;
                },
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/asked-about/no-more",
                .summary = "Whoever this link was sent to is not asked again, for good; their address is not kept any longer.",
                .callers = Callers::anyone(),
                .fields = {{"token", "text"}},
                .example = R"({"token":"0jS3lD4kq1mZ5xV7bN8cT2yR6wP9aU0eHgFiKoLmQsE"})",
                .status = 204,
                .handler = [&desks, &informants](const Request& request) -> Result<Response> {
                    const auto token = TRY(read_body(request, [](Body& body) { return body.text("token", 200); }));
                    TRY(informants.decline(desks.organisation, token));
                    return Response::no_content();
                },
                .rate = RateClass::SignIn});
}

} // namespace

void add_informant_routes(Router& router, Desks& desks, InformantDesk& informants)
{
    declare_shapes(router);
    add_routes_of_the_person(router, desks, informants);
    add_routes_of_links(router, desks, informants);
    add_informant_staff_routes(router, desks, informants);
}

} // namespace handrail::http::routes
