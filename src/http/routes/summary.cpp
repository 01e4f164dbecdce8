#include "support/summary.h"

#include "errands/person_card.h"
#include "http/json_body.h"
#include "http/routes/card_json.h"
#include "http/routes/conversation_json.h"
#include "http/routes/desks.h"
#include "support/drafts.h"
#include "trust/consent_desk.h"

namespace handrail::http::routes {

namespace {

JsonObject heard_json(const support::ConversationSummary::Heard& heard)
{
    JsonObject out;
    out.add("at", heard.at).add("urgency", name(heard.urgency)).add("category", name(heard.category));
    if (!heard.why.empty())
        out.add("why", heard.why);
    JsonList evidence;
    for (const auto& each : heard.evidence)
        evidence.add(JsonObject{}.add("text", each.text).add("rule", each.rule).add("source", each.source));
    return out.add("evidence", evidence);
}

Result<Response> summarised(Desks& desks, const Request& request)
{
    const auto& actor = request.actor();
    const auto id = TRY(request.id<ConversationId>("conversation"));
    const auto summary = TRY(desks.conversations.summary(actor, id));
    std::optional<errands::PersonHead> head;
    std::optional<errands::PersonCard> card;
    std::vector<errands::Agreed> agreed;
    bool reads = false;
    TRY(desks.record.read(actor, [&](trust::Reading& reading) -> Result<void> {
        reads = TRY(desks.consents.granted(reading, summary.person, "staff_reading"));
        const auto found = errands::read_head(reading, summary.person);
        if (found.ok())
            head = *found;
        if (found.ok() && summary.words) {
            card = TRY(errands::read_card(reading, desks.accounts, *found));
            agreed = TRY(errands::read_agreed(reading, desks.consents, *found, *card));
        }
        reading.note({"read.summary", summary.person, "conversation", id, {}, {}});
        return {};
    }));
    JsonObject out;
    out.add("conversation", id).add("person", summary.person).add("name", head ? head->name : errands::no_name);
    out.add("state", support::name(summary.state)).add("urgency", name(summary.urgency));
    out.add("category", name(summary.category)).add("words", summary.words).add("staff_reading", reads);
    for (const auto& [field, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"country", summary.country}, {"language", summary.language}, {"age_band", summary.age_band}})
        out.add(field, text);
    if (!summary.held_by.empty()) {
        Names names(desks, actor);
        out.add("with", names.of(summary.held_by).display_name);
    }
    out.add("asked_at", summary.asked_at).add("due_at", summary.due_at);
    JsonList heard, asked, tried, consents;
    for (const auto& each : summary.heard)
        heard.add(heard_json(each));
    for (const auto& each : summary.asked)
        asked.add(JsonObject{}.add("text", each.text).add("answered", each.answered));
    for (const auto& each : summary.tried)
        tried.add(JsonObject{}.add("title", each.title).add("helped", each.helped));
    for (const auto& each : agreed)
        consents.add(JsonObject{}.add("what", each.what).add("text", each.text));
    out.add("heard", heard).add("asked", asked).add("tried", tried).add("agreed", consents);
    if (card)
        out.add("card", card_json(*card));
    return Response::ok(out.done());
}

Result<Response> drafted(Desks& desks, const Request& request)
{
    const auto id = TRY(request.id<ConversationId>("conversation"));
    JsonObject out;
    if (const auto draft = TRY(desks.conversations.draft(request.actor(), id))) {
        JsonObject words;
        words.add("to", draft->to).add("urgency", name(draft->urgency)).add("text", draft->text);
        if (!draft->fixed.empty())
            words.add("fixed", draft->fixed).add("fixed_id", draft->fixed_id);
        out.add("draft", words);
    }
    return Response::ok(out.done());
}

} // namespace

void add_summary_routes(Router& router, Desks& desks)
{
    const auto staff = Callers::staff();
    router.shape({"SummaryEvidence", {{"text", "text"}, {"rule", "text"}, {"source", "text"}}});
    router.shape({"SummaryHeard",
                  {{"at", "instant"},
                   {"urgency", "Urgency"},
                   {"category", "text"},
                   {"why?", "text"},
                   {"evidence", "SummaryEvidence[]"}}});
    router.shape({"SummaryAsked", {{"text", "text"}, {"answered", "flag"}}, "a direct question of the crisis protocol"});
    router.shape({"SummaryTried", {{"title", "text"}, {"helped", "integer", "easier after it, less harder after it"}}});
    router.shape({"SummaryAgreed", {{"what", "text"}, {"text", "text"}}});
    router.shape({"Summary",
                  {{"conversation", "id"},
                   {"person", "id"},
                   {"name", "text"},
                   {"state", R"("ai"|"waiting"|"human"|"closed")"},
                   {"urgency", "Urgency"},
                   {"category", "text"},
                   {"words", "flag", "whether what was said may be read; without, nothing of it is in here"},
                   {"staff_reading", "flag", "whether the person agreed that the team reads along"},
                   {"country", "text"},
                   {"language", "text"},
                   {"age_band", "text"},
                   {"with?", "text"},
                   {"asked_at?", "instant", "since when the person waits for a human"},
                   {"due_at?", "instant", "when that becomes an alert, or the fixed words go out"},
                   {"heard", "SummaryHeard[]", "newest first"},
                   {"asked", "SummaryAsked[]"},
                   {"tried", "SummaryTried[]"},
                   {"agreed", "SummaryAgreed[]"},
                   {"card?", "Card"}},
                  "a conversation in one look"});
    router.shape({"Draft",
                  {{"to", "id", "the message that it answers"},
                   {"urgency", "Urgency"},
                   {"text", "text"},
                   {"fixed?", "text", "in danger: the protocol's own words"},
                   {"fixed_id?", "text"}},
                  "what the AI would say: not sent, and kept nowhere"});
    router.add({.pattern = "/api/v1/conversations/{conversation}/summary",
                .summary = "A conversation in one look; without its words where they may not be read.",
                .callers = staff,
                .answer_type = "Summary",
                .handler = [&desks](const Request& request) { return summarised(desks, request); }});
    router.add({.pattern = "/api/v1/conversations/{conversation}/draft",
                .summary = "What the AI would answer, for the human who has the conversation. Sends nothing.",
                .callers = staff,
                .answer = {{"draft?", "Draft"}},
                .handler = [&desks](const Request& request) { return drafted(desks, request); }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/conversations/{conversation}/urgency",
                .summary = "A human says how soon one is needed, with the reason.",
                .callers = staff,
                .fields = {{"urgency", R"("usual"|"soon"|"today"|"now")"}, {"reason", "text"}},
                .example = R"({"urgency":"today","reason":"He told me that he has stopped eating."})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<ConversationId>("conversation"));
                    struct Form {
                        std::string urgency, reason;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{body.one_of("urgency", {"usual", "soon", "today", "now"}), body.text("reason", 2000)};
                    }));
                    TRY(desks.conversations.set_urgency(request.actor(), id,
                                                        urgency_from(form.urgency).value_or(Urgency::Unknown), form.reason));
                    return Response::no_content();
                }});
}

} // namespace handrail::http::routes
