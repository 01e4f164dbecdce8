#include "http/routes/message_json.h"

#include "support/spoken.h"

namespace handrail::http::routes {

void declare_message_shapes(Router& router)
{
    router.shape({"Urgency", {}, "how soon a human is needed", R"("usual"|"soon"|"today"|"now"|"unknown")"});
    router.shape({"Choice", {{"id", "text"}, {"text", "text"}}});
    router.shape({"Mark",
                  {{"begin", "integer", "code points"}, {"end", "integer"}, {"rule", "text"}},
                  "a part of a text that raised something"});
    router.shape({"TextMessage", {{"number", "text"}, {"body?", "text"}}, "a text message to send"});
    router.shape({"Call",
                  {{"label", "text"},
                   {"detail?", "text"},
                   {"tel?", "text", "what is dialled"},
                   {"tel_text?", "text", "as people read it: 116 123"},
                   {"url?", "text"},
                   {"action?", R"("safety_plan"|"talk_to_person")"},
                   {"sms?", "TextMessage"},
                   {"primary", "flag"}}});
    router.shape({"Step",
                  {{"text", "text"},
                   {"detail?", "text"},
                   {"tel?", "text"},
                   {"tel_text?", "text"},
                   {"calls?", "Call[]", "the touches under its words, emergency first"}}});
    router.shape({"TextBlock", {{"kind", R"("text")"}, {"text", "text"}}});
    router.shape({"QuestionBlock", {{"kind", R"("question")"}, {"text?", "text"}, {"choices?", "Choice[]"}}});
    router.shape({"CallsBlock", {{"kind", R"("calls")"}, {"text?", "text"}, {"items", "Call[]"}}});
    router.shape({"StepsBlock", {{"kind", R"("steps")"}, {"text?", "text"}, {"items", "Step[]"}}});
    router.shape({"ToldBlock",
                  {{"kind", R"("told")"},
                   {"text", "text"},
                   {"state", R"("nobody"|"told"|"opened")"},
                   {"initials?", "text"}},
                  "who was told, as far as it is true"});
    router.shape({"AsideBlock", {{"kind", R"("aside")"}, {"text", "text"}}});
    router.shape({"ExerciseBlock",
                  {{"kind", R"("exercise")"},
                   {"text", "text"},
                   {"id", "text"},
                   {"title", "text"},
                   {"step", "integer"},
                   {"steps", "integer"},
                   {"minutes", "integer"},
                   {"choices?", "Choice[]"}}});
    router.shape({"Block",
                  {},
                  "a part of what Handrail says",
                  "TextBlock|QuestionBlock|CallsBlock|StepsBlock|ToldBlock|AsideBlock|ExerciseBlock"});
    router.shape({"Message",
                  {{"id", "id"},
                   {"at", "instant"},
                   {"author", R"("person"|"ai"|"human"|"system")"},
                   {"author_name?", "text"},
                   {"author_role?", "text"},
                   {"text", "text"},
                   {"blocks?", "Block[]"},
                   {"client_id?", "text"},
                   {"by_model?", "flag", "a language model chose the words of the AI"},
                   {"from_voice_note?", "flag", "a machine wrote down what the person said"},
                   {"urgency?", "Urgency", "staff only"},
                   {"text_id?", "text", "staff only: which fixed text it was"},
                   {"marks?", "Mark[]", "in an alert only"}}});
}

namespace {

JsonObject call_json(const Call& call)
{
    JsonObject out;
    out.add("label", call.label);
    for (const auto& [field, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"detail", call.detail}, {"tel", call.tel}, {"tel_text", call.tel_text}, {"url", call.url}, {"action", call.action}})
        if (!text.empty())
            out.add(field, text);
    if (!call.sms_number.empty()) {
        JsonObject sms;
        sms.add("number", call.sms_number);
        if (!call.sms_body.empty())
            sms.add("body", call.sms_body);
        out.add("sms", sms);
    }
    return out.add("primary", call.primary);
}

JsonObject step_json(const Call& step)
{
    JsonObject out;
    out.add("text", step.label);
    for (const auto& [field, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"detail", step.detail}, {"tel", step.tel}, {"tel_text", step.tel_text}})
        if (!text.empty())
            out.add(field, text);
    if (!step.calls.empty()) {
        JsonList calls;
        for (const auto& call : step.calls)
            calls.add(call_json(call));
        out.add("calls", calls);
    }
    return out;
}

} // namespace

JsonObject block_json(const Block& block)
{
    static constexpr const char* kinds[] = {"text", "question", "calls", "steps", "told", "aside", "exercise"};
    JsonObject out;
    out.add("kind", kinds[static_cast<std::size_t>(block.kind)]);
    if (!block.text.empty())
        out.add("text", block.text);
    if (!block.choices.empty()) {
        JsonList choices;
        for (const auto& choice : block.choices)
            choices.add(JsonObject{}.add("id", choice.id).add("text", choice.text));
        out.add("choices", choices);
    }
    if (!block.items.empty()) {
        JsonList items;
        for (const auto& item : block.items)
            items.add(block.kind == Block::Kind::Steps ? step_json(item) : call_json(item));
        out.add("items", items);
    }
    if (!block.state.empty())
        out.add("state", block.state);
    if (!block.initials.empty())
        out.add("initials", block.initials);
    if (block.kind == Block::Kind::Exercise)
        out.add("id", block.id).add("title", block.title).add("step", block.step).add("steps", block.steps).add(
            "minutes", block.minutes);
    return out;
}

JsonList blocks_json(const std::vector<Block>& blocks)
{
    JsonList list;
    for (const auto& block : blocks)
        list.add(block_json(block));
    return list;
}

JsonObject message_json(const support::Message& message, const std::string& author_name,
                        const std::string& author_role, bool for_staff)
{
    JsonObject out;
    out.add("id", message.id).add("at", message.at).add("author", support::name(message.author));
    if (!author_name.empty())
        out.add("author_name", author_name).add("author_role", author_role);
    out.add("text", message.text);
    if (!message.blocks.empty())
        out.add("blocks", blocks_json(message.blocks));
    if (!message.client_id.empty())
        out.add("client_id", message.client_id);
    if (message.by_model)
        out.add("by_model", true);
    if (support::from_voice_note(message))
        out.add("from_voice_note", true);
    if (for_staff) {
        out.add("urgency", name(message.urgency));
        if (!message.text_id.empty())
            out.add("text_id", message.text_id);
    }
    return out;
}

} // namespace handrail::http::routes
