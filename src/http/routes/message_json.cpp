#include "http/routes/message_json.h"

namespace handrail::http::routes {

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
        for (const auto& item : block.items) {
            JsonObject one;
            one.add(block.kind == Block::Kind::Steps ? "text" : "label", item.label);
            for (const auto& [field, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
                     {"detail", item.detail}, {"tel", item.tel}, {"tel_text", item.tel_text}, {"url", item.url}, {"action", item.action}})
                if (!text.empty())
                    one.add(field, text);
            if (!item.sms_number.empty()) {
                JsonObject sms;
                sms.add("number", item.sms_number);
                if (!item.sms_body.empty())
                    sms.add("body", item.sms_body);
                one.add("sms", sms);
            }
            if (block.kind == Block::Kind::Calls)
                one.add("primary", item.primary);
            items.add(one);
        }
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
    if (for_staff) {
        out.add("urgency", name(message.urgency));
        if (!message.text_id.empty())
            out.add("text_id", message.text_id);
    }
    return out;
}

} // namespace handrail::http::routes
