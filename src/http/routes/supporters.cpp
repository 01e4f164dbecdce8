#include "http/routes/supporters.h"

#include "http/json_body.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "http/routes/documents_json.h"
#include "http/routes/message_json.h"
#include "http/routes/names.h"
#include "support/conversation_desk.h"

namespace handrail::http::routes {

namespace {

using care::SupporterDesk;
using care::SupporterId;

constexpr std::size_t longest_note = 2000;
/// What somebody agrees to when they make a link: content that two people sign.
constexpr const char* consent_parts[] = {"sees", "link", "looked", "ends"};

JsonList shares_json(const std::set<care::PlanPart>& shares)
{
    JsonList list;
    for (const auto& [part, name] : care::plan_parts)
        if (shares.contains(part))
            list.add(std::string(name));
    return list;
}

std::set<care::PlanPart> shares_in(Body& body)
{
    std::set<care::PlanPart> shares;
    for (const auto& given : body.texts("shares", care::plan_parts.size(), 40)) {
        bool known = false;
        for (const auto& [part, name] : care::plan_parts)
            if (name == given) {
                shares.insert(part);
                known = true;
            }
        if (!known)
            body.refuse("shares", "Only parts of the safety plan can be shared: warning_signs, coping, distraction, people, "
                                  "professionals, safer_place.");
    }
    return shares;
}

JsonObject link_json(Desks& desks, const care::SupporterLink& link, bool waits, Instant now)
{
    JsonObject out;
    out.add("shares", shares_json(link.shares)).add("called", link.called).add("language", link.language);
    out.add("since", link.made_at).add("ends_at", link.ends_at);
    out.add("state", link.ends_at <= now ? "ended" : waits ? "waits" : "open").add("opened", link.opened).add("opened_at", link.opened_at);
    if (const auto& note = link.understood) {
        JsonObject one;
        one.add("at", note->at).add("note", note->text);
        if (const auto by = name_for_person(desks, note->by); !by.empty())
            one.add("by", by);
        out.add("understood", one);
    }
    return out;
}

JsonObject supporter_json(const care::Supporter& supporter)
{
    return JsonObject{}.add("id", supporter.id).add("name", supporter.name).add("relation", supporter.relation);
}

Result<Response> own(Desks& desks, const Request& request, const SupporterDesk& supporters)
{
    const auto language = TRY(desks.conversations.language_of(request.actor()));
    const auto all = TRY(supporters.own(request.actor()));
    JsonList items, days, consent;
    for (const auto& each : all.supporters) {
        auto one = supporter_json(each.supporter);
        if (each.link)
            one.add("link", link_json(desks, *each.link, each.waits, all.at));
        items.add(one);
    }
    for (const int each : supporters.rule().days)
        days.add(each);
    for (const std::string part : consent_parts)
        consent.add(desks.conversations.words(language, "consent.supporter." + part));
    return Response::ok(JsonObject{}
                            .add("items", items)
                            .add("days", days)
                            .add("usual_days", supporters.rule().usual_days)
                            .add("consent", consent)
                            .done());
}

Result<Response> share(Desks& desks, const Request& request, const SupporterDesk& supporters)
{
    const auto language = TRY(desks.conversations.language_of(request.actor()));
    const auto sharing = TRY(read_body(request, [&](Body& body) {
        SupporterDesk::Sharing read;
        read.shares = shares_in(body);
        read.days = static_cast<int>(body.number("days", 1, 366));
        read.called = body.text("called", 60);
        read.language = body.one_of("language", {"en", "es", "fr", "de", "pt"});
        read.wording = desks.read_version(language);
        if (!body.flag_or("agreed", false))
            body.refuse("agreed", "Something is shared only when you agree to it.");
        return read;
    }));
    const auto made = TRY(supporters.share(request.actor(), TRY(request.id<SupporterId>("supporter")), sharing));
    return Response::created(JsonObject{}
                                 .add("link", link_json(desks, made.link, made.waits, made.link.made_at))
                                 .add("token", made.token)
                                 .done());
}

void declare_shapes(Router& router)
{
    router.shape({"SupporterLink",
                  {{"shares", "text[]", "parts of the safety plan"},
                   {"called", "text", "what their page calls one"},
                   {"language", "text", "theirs"},
                   {"since", "instant"},
                   {"ends_at", "instant"},
                   {"state", R"("open"|"waits"|"ended")",
                    "waits: a clinician records first that one understands what one agrees to; it opens nothing yet"},
                   {"opened", "integer", "so often"},
                   {"opened_at?", "instant", "the last time"},
                   {"understood?", "UnderstoodNote"}}});
    router.shape({"Supporter", {{"id", "id"}, {"name", "text"}, {"relation", "text"}, {"link?", "SupporterLink"}}});
}

void add_routes_of_the_list(Router& router, Desks& desks, const SupporterDesk& supporters)
{
    router.add({.pattern = "/api/v1/supporters",
                .summary = "Friends or relatives one has chosen, what each may see, and the text that one agrees to. None of them is "
                           "ever alerted by the software.",
                .callers = Callers::person(),
                .answer = {{"items", "Supporter[]"},
                           {"days", "integer[]", "how long a link may last, to choose from"},
                           {"usual_days", "integer"},
                           {"consent", "text[]", "in one's own language; part by part"}},
                .handler = [&desks, &supporters](const Request& request) { return own(desks, request, supporters); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/supporters",
                .summary = "Adds a supporter, who sees nothing until one makes them a link.",
                .callers = Callers::person(),
                .fields = {{"name", "text"}, {"relation?", "text"}},
                .example = R"({"name":"Joss","relation":"brother"})",
                .status = 201,
                .answer_type = "Supporter",
                .handler = [&supporters](const Request& request) -> Result<Response> {
                    std::string name, relation;
                    TRY(read_body(request, [&](Body& body) {
                        name = body.text("name", 200);
                        relation = body.text_or("relation", 200, "");
                        return true;
                    }));
                    return Response::created(supporter_json(TRY(supporters.add(request.actor(), name, relation))).done());
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/supporters/{supporter}",
                .summary = "Removes a supporter, silently; their link opens nothing any more.",
                .callers = Callers::person(),
                .status = 204,
                .handler = [&supporters](const Request& request) -> Result<Response> {
                    TRY(supporters.remove(request.actor(), TRY(request.id<SupporterId>("supporter"))));
                    return Response::no_content();
                }});
}

void add_routes_of_links(Router& router, Desks& desks, const SupporterDesk& supporters)
{
    router.add({.method = Method::Post,
                .pattern = "/api/v1/supporters/{supporter}/link",
                .summary = "Makes a link by which a supporter sees parts of one's safety plan, in place of an earlier one. Its token is "
                           "told here and never again.",
                .callers = Callers::person(),
                .fields = {{"shares", "text[]", "parts of the safety plan"},
                           {"days", "integer", "one of those of GET"},
                           {"called", "text", "what their page calls one"},
                           {"language", "text", "en, es, fr, de or pt: theirs"},
                           {"agreed", "flag", "to the text of GET; needed"}},
                .example = R"({"shares":["warning_signs","people"],"days":30,"called":"Sam","language":"en","agreed":true})",
                .status = 201,
                .answer = {{"link", "SupporterLink"}, {"token", "text", "what stands after # in the link"}},
                .handler = [&desks, &supporters](const Request& request) { return share(desks, request, supporters); }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/supporters/{supporter}/link",
                .summary = "Changes what the same link shows from now on.",
                .callers = Callers::person(),
                .fields = {{"shares", "text[]", "parts of the safety plan"}},
                .example = R"({"shares":["people"]})",
                .status = 204,
                .handler = [&supporters](const Request& request) -> Result<Response> {
                    const auto shares = TRY(read_body(request, shares_in));
                    TRY(supporters.change(request.actor(), TRY(request.id<SupporterId>("supporter")), shares));
                    return Response::no_content();
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/supporters/{supporter}/link",
                .summary = "Takes the link back: it opens nothing any more, and nobody is told.",
                .callers = Callers::person(),
                .status = 204,
                .handler = [&supporters](const Request& request) -> Result<Response> {
                    TRY(supporters.take_back(request.actor(), TRY(request.id<SupporterId>("supporter"))));
                    return Response::no_content();
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/shared-plan/open",
                .summary = "Shows what a person lets a supporter see of their safety plan, as it is now, and nothing else of theirs. The "
                           "person sees that it was opened, and when.",
                .callers = Callers::anyone(),
                .fields = {{"token", "text", "what stands after # in the link"}},
                .example = R"({"token":"0jS3lD4kq1mZ5xV7bN8cT2yR6wP9aU0eHgFiKoLmQsE"})",
                .answer = {{"called", "text", "what the person wants to be called here"},
                           {"language", "text", "theirs"},
                           {"until", "instant"},
                           {"updated_at?", "instant", "when the plan was written last"},
                           {"shares", "text[]"},
                           {"parts", "PlanParts", "those that are not shared are empty"},
                           {"worried", "Block[]", "fixed words for whoever worries about somebody"},
                           {"danger", "Block[]", "fixed words for whoever helps somebody in danger"}},
                .handler = [&desks, &supporters](const Request& request) -> Result<Response> {
                    const auto token = TRY(read_body(request, [](Body& body) { return body.text("token", 200); }));
                    const auto opened = TRY(supporters.open(desks.organisation, token));
                    return Response::ok(JsonObject{}
                                            .add("called", opened.link.called)
                                            .add("language", opened.link.language)
                                            .add("until", opened.link.ends_at)
                                            .add("updated_at", opened.plan.updated_at)
                                            .add("shares", shares_json(opened.link.shares))
                                            .add("parts", plan_parts_json(opened.plan))
                                            .add("worried", blocks_json(opened.worried.blocks))
                                            .add("danger", blocks_json(opened.danger.blocks))
                                            .done());
                },
                .rate = RateClass::SignIn,
                .for_help = true});
}

void add_routes_of_the_team(Router& router, Desks& desks, const SupporterDesk& supporters)
{
    router.shape({"SupporterToUnderstand",
                  {{"id", "id"}, {"name", "text"}, {"relation", "text"}, {"link", "SupporterLink"}}});
    router.add({.pattern = "/api/v1/people/{person}/supporter-links",
                .summary = "Links to somebody's safety plan of which a clinician records that the person understands what they agree "
                           "to: below the age of asking.json, or of unknown age. Nobody else's are shown.",
                .callers = Callers::staff(),
                .answer = {{"items", "SupporterToUnderstand[]"}, {"competence_below", "integer", "years"}},
                .handler = [&desks, &supporters](const Request& request) -> Result<Response> {
                    const auto found = supporters.to_be_understood(request.actor(), TRY(request.id<PersonId>("person")));
                    if (!found.ok())
                        return outside_team(found.error());
                    JsonList items;
                    for (const auto& each : *found)
                        items.add(supporter_json(each.supporter).add("link", link_json(desks, *each.link, each.waits, desks.clock.now())));
                    return Response::ok(
                        JsonObject{}.add("items", items).add("competence_below", supporters.competence_below()).done());
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/people/{person}/supporter-links/{supporter}/understood",
                .summary = "Records that the person understands what they agree to; the link opens from then on.",
                .callers = Callers::staff(),
                .fields = {{"note", "text", "how one knows; the person reads it"}},
                .example = R"({"note":"Went through it together on Tuesday; said it back in own words."})",
                .status = 204,
                .handler = [&supporters](const Request& request) -> Result<Response> {
                    const auto person = TRY(request.id<PersonId>("person"));
                    const auto supporter = TRY(request.id<SupporterId>("supporter"));
                    const auto note = TRY(read_body(request, [](Body& body) { return body.text("note", longest_note); }));
                    return done_for_person(supporters.note_understood(request.actor(), person, supporter, note));
                }});
}

} // namespace

void add_supporter_routes(Router& router, Desks& desks, SupporterDesk& supporters)
{
    declare_shapes(router);
    add_routes_of_the_list(router, desks, supporters);
    add_routes_of_links(router, desks, supporters);
    add_routes_of_the_team(router, desks, supporters);
}

} // namespace handrail::http::routes
