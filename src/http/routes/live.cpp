#include <algorithm>

#include "care/documents.h"
#include "care/presence.h"
#include "errands/person_card.h"
#include "http/json_body.h"
#include "http/routes/account_json.h"
#include "http/routes/card_json.h"
#include "http/routes/conversation_json.h"
#include "support/human_wait.h"
#include "trust/record.h"

namespace handrail::http::routes {

namespace {

JsonObject initialed(const trust::Account& account)
{
    return JsonObject{}
        .add("id", account.id)
        .add("name", account.display_name)
        .add("initials", initials(account.display_name));
}

Result<Response> queue(Desks& desks, const Request& request)
{
    const auto& actor = request.actor();
    const auto waiting = TRY(desks.conversations.queue(actor));
    Names names(desks, actor);
    std::vector<AccountId> here;
    TRY(desks.record.read(actor, [&](trust::Reading& reading) -> Result<void> {
        here = TRY(care::colleagues_here(reading));
        return {};
    }));
    JsonList waits, mine, others, present;
    for (const auto& account : here)
        present.add(initialed(names.of(account)));
    for (const auto& each : waiting) {
        std::string called;
        std::optional<support::HumanTimer> timer;
        TRY(desks.record.read(actor, [&](trust::Reading& reading) -> Result<void> {
            called = TRY(errands::read_head(reading, each.person)).name;
            timer = TRY(support::read_timer(reading, each.conversation));
            reading.note({"read.live_queue", std::nullopt, "conversation", {}, {each.person}, {}});
            return {};
        }));
        JsonObject row;
        row.add("conversation", each.conversation).add("person", each.person).add("name", called);
        row.add("since", each.since).add("urgency", name(each.urgency)).add("state", support::name(each.state));
        if (!each.held_by.empty()) {
            row.add("with", initialed(names.of(each.held_by)));
            row.add("away", std::find(here.begin(), here.end(), each.held_by) == here.end());
        }
        if (timer)
            row.add("due_at", timer->due_at);
        (each.state == support::ConversationState::Waiting ? waits : each.held_by == actor.account() ? mine : others)
            .add(row);
    }
    return Response::ok(JsonObject{}.add("waiting", waits).add("mine", mine).add("others", others).add("here", present).done());
}

Result<Response> shown(Desks& desks, const Request& request, const support::Conversation& conversation)
{
    Names names(desks, request.actor());
    errands::PersonHead head;
    errands::PersonCard card;
    std::optional<care::Alert> alert;
    std::vector<care::StaffNote> kept;
    TRY(desks.record.read(request.actor(), [&](trust::Reading& reading) -> Result<void> {
        head = TRY(errands::read_head(reading, conversation.person));
        card = TRY(errands::read_card(reading, desks.accounts, head));
        alert = TRY(desks.alerts.open_alert(reading, conversation.person));
        kept = TRY(care::notes_of(reading, conversation.person, conversation.id));
        reading.note({"read.conversation", conversation.person, "conversation", conversation.id, {}, {}});
        return {};
    }));
    JsonObject matters;
    if (alert)
        matters.add("alert", JsonObject{}
                                 .add("id", alert->id)
                                 .add("urgency", name(alert->urgency))
                                 .add("reason", alert->reason)
                                 .add("state", care::name(alert->state)));
    matters.add("card", card_json(card));
    JsonList notes;
    for (const auto& note : kept)
        notes.add(JsonObject{}.add("at", note.at).add("by", names.of(note.by).display_name).add("text", note.text));
    return Response::ok(JsonObject{}
                            .add("conversation", conversation_json(names, conversation, true))
                            .add("person", head_json(head))
                            .add("matters", matters)
                            .add("notes", notes)
                            .done());
}

} // namespace

void add_live_routes(Router& router, Desks& desks)
{
    const auto staff = Callers::staff();
    router.shape({"LiveRow",
                  {{"conversation", "id"},
                   {"person", "id"},
                   {"name", "text"},
                   {"since", "instant"},
                   {"urgency", "Urgency"},
                   {"state", R"("ai"|"waiting"|"human"|"closed")"},
                   {"with?", "Initialed"},
                   {"away?", "flag", "who has it does not have a page open"},
                   {"due_at?", "instant", "when an alert goes out, or the fixed words"}}});
    router.shape({"Live", {{"waiting", "LiveRow[]"}, {"mine", "LiveRow[]"}, {"others", "LiveRow[]"}, {"here", "Initialed[]", "who has a page open"}}});
    router.shape({"OpenAlert", {{"id", "id"}, {"urgency", "Urgency"}, {"reason", "text"}, {"state", "text"}}});
    router.shape({"Matters", {{"alert?", "OpenAlert"}, {"card", "Card"}}});
    router.shape({"ConversationNote", {{"at", "instant"}, {"by", "text"}, {"text", "text"}}, "for colleagues only"});
    router.shape({"LivePage",
                  {{"conversation", "Conversation"},
                   {"person", "PersonHead"},
                   {"matters", "Matters"},
                   {"notes", "ConversationNote[]", "newest first"}}});
    router.add({.pattern = "/api/v1/live",
                .summary = "Who waits for a human, and who is with one.",
                .callers = staff,
                .answer_type = "Live",
                .handler = [&desks](const Request& request) { return queue(desks, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/live/here",
                .summary = "Says that one has a page open and in sight. Holds for 75 seconds.",
                .callers = Callers::only({Role::Clinician, Role::Lead, Role::Administrator}),
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    TRY(care::mark_here(desks.record, request.actor()));
                    return Response::no_content();
                }});
    router.add({.pattern = "/api/v1/conversations/{conversation}",
                .summary = "A conversation, and what matters beside it.",
                .callers = staff,
                .answer_type = "LivePage",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<ConversationId>("conversation"));
                    return shown(desks, request, TRY(desks.conversations.open(request.actor(), id)));
                }});
    router.add({.pattern = "/api/v1/conversations/{conversation}/messages",
                .summary = "Older messages.",
                .callers = staff,
                .query = {{"before", "instant"}},
                .answer = {{"items", "Message[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<ConversationId>("conversation"));
                    const auto before = TRY(from_rfc3339(request.query("before").value_or("")));
                    Names names(desks, request.actor());
                    JsonList items;
                    for (const auto& message : TRY(desks.conversations.earlier(request.actor(), id, before)))
                        items.add(shown_message(names, message, true));
                    return Response::ok(JsonObject{}.add("items", items).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/conversations/{conversation}/take",
                .summary = "Takes the conversation over: the AI is quiet, screening goes on. The first one gets it.",
                .callers = staff,
                .answer_type = "LivePage",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<ConversationId>("conversation"));
                    const auto taken = desks.conversations.take(request.actor(), id);
                    if (!taken.ok())
                        return with_name(desks, request.actor(), taken.error());
                    return shown(desks, request, *taken);
                },
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/conversations/{conversation}/hand-back",
                .summary = "Hands it back to the AI, with one line for whoever comes next.",
                .callers = staff,
                .fields = {{"line", "text"}},
                .example = R"({"line":"Calmer. Her brother is with her until tomorrow."})",
                .answer_type = "LivePage",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<ConversationId>("conversation"));
                    const auto line = TRY(read_body(request, [](Body& body) { return body.text("line", 1000); }));
                    return shown(desks, request, TRY(desks.conversations.hand_back(request.actor(), id, line)));
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/conversations/{conversation}/messages",
                .summary = "Writes to the person as oneself.",
                .callers = staff,
                .fields = {{"text", "text"}, {"client_id?", "text"}},
                .example = R"({"text":"Hello Ada, this is Maeve.","client_id":"9a2e"})",
                .status = 201,
                .answer_type = "Message",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<ConversationId>("conversation"));
                    struct Form {
                        std::string text, client_id;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{body.text("text", 200'000), body.text_or("client_id", 100, "")};
                    }));
                    Names names(desks, request.actor());
                    const auto message =
                        TRY(desks.conversations.write_as_human(request.actor(), id, form.text, form.client_id));
                    return Response::created(shown_message(names, message, true).done());
                },
                .for_help = true});
}

} // namespace handrail::http::routes
