#include "care/saved_replies.h"
#include "http/json_body.h"
#include "http/routes/conversation_json.h"

namespace handrail::http::routes {

namespace {

JsonObject saved_replies_json(const care::SavedReplies& replies)
{
    JsonList items;
    for (const auto& each : replies.items)
        items.add(JsonObject{}.add("language", each.language).add("title", each.title).add("text", each.text));
    return JsonObject{}.add("items", items).add("version", replies.version);
}

void add_notes(Router& router, Desks& desks)
{
    router.add({.method = Method::Post,
                .pattern = "/api/v1/conversations/{conversation}/notes",
                .summary = "A note for colleagues beside the conversation: never said in it, and part of the record that "
                           "the person can take along.",
                .callers = Callers::staff(),
                .fields = {{"text", "text"}},
                .example = R"({"text":"Her brother has the tablets."})",
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto id = TRY(request.id<ConversationId>("conversation"));
                    const auto text = TRY(read_body(request, [](Body& body) { return body.text("text", 4001); }));
                    TRY(desks.conversations.add_note(request.actor(), id, text));
                    return Response::no_content();
                }});
}

void add_saved_replies(Router& router, Desks& desks)
{
    router.shape({"SavedReply",
                  {{"language", "text"}, {"title", "text"}, {"text", "text", "{name} stands for what the person is called"}},
                  "words kept ready for staff, who change them and send them as their own"});
    router.shape({"SavedReplies", {{"items", "SavedReply[]"}, {"version", "integer"}}});
    router.add({.pattern = "/api/v1/saved-replies",
                .summary = "Words that the service keeps ready for its staff.",
                .callers = Callers::only({Role::Clinician, Role::Lead, Role::Administrator}),
                .answer_type = "SavedReplies",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const care::SavedReplyDesk replies(desks.record);
                    return Response::ok(saved_replies_json(TRY(replies.read(request.actor()))).done());
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/saved-replies",
                .summary = "Changes all of them at once. `version` is the one that was read.",
                .callers = Callers::only({Role::Lead, Role::Administrator}),
                .fields = {{"items", "SavedReply[]"}, {"version", "integer"}},
                .example = R"({"items":[{"language":"en","title":"I am here","text":"{name}, I am here and reading."}],)"
                           R"("version":0})",
                .answer_type = "SavedReplies",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto form = TRY(read_body(request, [](Body& body) {
                        care::SavedReplies replies;
                        for (auto& each : body.list("items", 201))
                            replies.items.push_back(
                                {each.text("language", 10), each.text("title", 200), each.text("text", 4000)});
                        replies.version = body.number("version", 0, 1'000'000'000);
                        return replies;
                    }));
                    const care::SavedReplyDesk replies(desks.record);
                    return Response::ok(saved_replies_json(TRY(replies.save(request.actor(), form))).done());
                }});
}

} // namespace

void add_hand_over_routes(Router& router, Desks& desks)
{
    add_notes(router, desks);
    add_saved_replies(router, desks);
}

} // namespace handrail::http::routes
