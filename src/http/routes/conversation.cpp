#include "http/routes/conversation_json.h"

#include "http/json_body.h"
#include "http/routes/unkept.h"
#include "support/spoken.h"
#include "trust/actor_desk.h"

namespace handrail::http::routes {

JsonObject shown_message(Names& names, const support::Message& message, bool for_staff)
{
    if (message.author_account.empty())
        return message_json(message, {}, {}, for_staff);
    const auto& author = names.of(message.author_account);
    return message_json(message, author.display_name.empty() ? "Your care team" : author.display_name,
                        std::string(name(author.role)), for_staff);
}

JsonObject conversation_json(Names& names, const support::Conversation& conversation, bool for_staff)
{
    JsonObject out;
    out.add("id", conversation.id).add("state", support::name(conversation.state)).add("memory", conversation.memory);
    if (conversation.state == support::ConversationState::Human) {
        const auto& with = names.of(conversation.held_by);
        out.add("with", JsonObject{}
                            .add("id", with.id)
                            .add("name", with.display_name)
                            .add("role", name(with.role))
                            .add("since", conversation.since));
    }
    if (conversation.state == support::ConversationState::Waiting)
        out.add("waiting", JsonObject{}.add("since", conversation.since).add("text", conversation.waiting_text));
    JsonList messages;
    for (const auto& message : conversation.messages)
        messages.add(shown_message(names, message, for_staff));
    out.add("messages", messages);
    if (conversation.earlier)
        out.add("earlier", to_rfc3339(*conversation.earlier));
    if (for_staff)
        out.add("urgency", name(conversation.urgency)).add("person", conversation.person);
    return out;
}

namespace {

/// Whatever fits into a request: the desk says in words how long a message may be.
constexpr std::size_t longest_text = 1U << 20;

/// Staff names on a person's page are looked up by the service itself: a person may not list the staff.
Names names_for(Desks& desks)
{
    return {desks, trust::ActorDesk::system(desks.organisation)};
}

Result<Response> exchanged(Desks& desks, const support::Exchange& exchange)
{
    auto names = names_for(desks);
    JsonList replies;
    for (const auto& reply : exchange.replies)
        replies.add(shown_message(names, reply, false));
    JsonObject out;
    out.add("message", shown_message(names, exchange.message, false)).add("replies", replies);
    return Response::created(out.done());
}

} // namespace

void add_conversation_routes(Router& router, Desks& desks)
{
    const auto person = Callers::person();
    declare_message_shapes(router);
    router.shape({"ConversationWith",
                  {{"id", "id"}, {"name", "text"}, {"role", "text"}, {"since", "instant"}},
                  "the human who has the conversation"});
    router.shape({"Waiting", {{"since", "instant"}, {"text", "text"}}});
    router.shape({"Exchange", {{"message", "Message"}, {"replies", "Message[]"}}});
    router.shape({"Exercise", {{"id", "text"}, {"title", "text"}, {"minutes", "integer"}, {"not_when", "text"}}});
    router.shape({"Conversation",
                  {{"id", "id"},
                   {"state", R"("ai"|"waiting"|"human"|"closed")"},
                   {"memory", "flag"},
                   {"with?", "ConversationWith"},
                   {"waiting?", "Waiting"},
                   {"messages", "Message[]"},
                   {"earlier?", "instant", "older messages come before this"},
                   {"urgency?", "Urgency", "staff only"},
                   {"person?", "id", "staff only"}}});
    router.add({.pattern = "/api/v1/conversation",
                .summary = "One's current conversation; opened, with the notice, when there is none.",
                .callers = person,
                .answer_type = "Conversation",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    auto names = names_for(desks);
                    const auto conversation = TRY(desks.conversations.current(request.actor()));
                    return Response::ok(conversation_json(names, conversation, false).done());
                }});
    router.add({.pattern = "/api/v1/conversation/messages",
                .summary = "Older messages.",
                .callers = person,
                .query = {{"before", "instant"}},
                .answer = {{"items", "Message[]"}, {"next?", "instant"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto before = TRY(from_rfc3339(request.query("before").value_or("")));
                    auto names = names_for(desks);
                    JsonList items;
                    const auto found = TRY(desks.conversations.earlier(request.actor(), std::nullopt, before));
                    for (const auto& message : found)
                        items.add(shown_message(names, message, false));
                    JsonObject out;
                    out.add("items", items);
                    if (found.size() == 50)
                        out.add("next", to_rfc3339(found.front().at));
                    return Response::ok(out.done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/conversation/messages",
                .summary = "Says something. Durable, screened and answered when this returns.",
                .callers = person,
                .query = {country_of_lines},
                .fields = {{"text", "text"}, {"client_id?", "text", "the same one again is the same message"}},
                .example = R"({"text":"I can't sleep","client_id":"3f1c"})",
                .status = 201,
                .answer_type = "Exchange",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    struct Form {
                        std::string text, client_id;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{body.text("text", longest_text), body.text_or("client_id", 100, "")};
                    }));
                    if (form.client_id.starts_with(support::whatsapp_mark))
                        return invalid("A name that begins so is WhatsApp's. Choose another.", "/client_id");
                    return exchanged(desks, TRY(desks.conversations.write(request.actor(), form.text, form.client_id)));
                },
                .not_kept = [&desks](const Request& request) -> std::optional<Response> {
                    const auto words = read_body(request, [](Body& body) { return body.text("text", 200'000); });
                    if (!words.ok())
                        return std::nullopt;
                    return not_kept(desks, request, *words, desks.conversations.judged(*words));
                },
                .for_help = true});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/conversation/choices",
                .summary = "Answers a question with one of its choices.",
                .callers = person,
                .fields = {{"message", "id"}, {"choice", "text"}},
                .example = R"({"message":"00000000000000000000000000","choice":"yes"})",
                .status = 201,
                .answer_type = "Exchange",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    struct Form {
                        MessageId message;
                        std::string choice;
                    };
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return Form{body.id<MessageId>("message"), body.text("choice", 60)};
                    }));
                    return exchanged(desks,
                                     TRY(desks.conversations.choose(request.actor(), form.message, form.choice)));
                },
                .for_help = true});
    router.add({.pattern = "/api/v1/exercises",
                .summary = "Small steps, with how long they take and when not to use them.",
                .callers = person,
                .answer = {{"items", "Exercise[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto languages = request.languages();
                    JsonList items;
                    for (const auto& each : desks.conversations.exercises(languages.empty() ? "en" : languages.front()))
                        items.add(JsonObject{}
                                      .add("id", each.id)
                                      .add("title", each.title)
                                      .add("minutes", each.minutes)
                                      .add("not_when", each.not_when));
                    return Response::ok(JsonObject{}.add("items", items).done());
                }});
    const auto want = [&desks](bool wanted) {
        return [&desks, wanted](const Request& request) -> Result<Response> {
            auto names = names_for(desks);
            const auto conversation = TRY(desks.conversations.want_person(request.actor(), wanted));
            return Response::ok(conversation_json(names, conversation, false).done());
        };
    };
    router.add({.method = Method::Post,
                .pattern = "/api/v1/conversation/person-wanted",
                .summary = "Asks for a human.",
                .callers = person,
                .answer_type = "Conversation",
                .handler = want(true),
                .for_help = true});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/conversation/person-wanted",
                .summary = "Calls it off.",
                .callers = person,
                .answer_type = "Conversation",
                .handler = want(false)});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/conversation/new",
                .summary = "Closes the current conversation and opens another, with or without memory.",
                .callers = person,
                .fields = {{"memory?", "flag"}},
                .example = R"({"memory":true})",
                .answer_type = "Conversation",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto memory =
                        TRY(read_body(request, [](Body& body) { return body.flag_or("memory", true); }));
                    auto names = names_for(desks);
                    const auto conversation = TRY(desks.conversations.begin_anew(request.actor(), memory));
                    return Response::ok(conversation_json(names, conversation, false).done());
                }});
}

} // namespace handrail::http::routes
