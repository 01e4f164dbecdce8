#include "channels/whatsapp_message.h"

#include <algorithm>
#include <set>

#include <boost/json.hpp>

#include "base/text.h"

namespace handrail::channels {

namespace {

namespace json = boost::json;

bool digit(char c) { return c >= '0' && c <= '9'; }

/// What may stand between two digits of one telephone number.
bool in_number(char c) { return digit(c) || c == ' ' || c == '-' || c == '(' || c == ')' || c == '/' || c == '.'; }

/// Whether a cut before byte `at` would part a number: digits (or its plus) on both sides with nothing but separators
/// between.
bool parts_number(std::string_view text, std::size_t at)
{
    std::size_t before = at;
    while (before > 0 && in_number(text[before - 1]) && !digit(text[before - 1]))
        --before;
    std::size_t after = at;
    while (after < text.size() && in_number(text[after]) && !digit(text[after]))
        ++after;
    return before > 0 && (digit(text[before - 1]) || text[before - 1] == '+') && after < text.size() && digit(text[after]);
}

bool letter_begins(std::string_view text, std::size_t at)
{
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

/// Where to end a part of at most `room` bytes.
std::size_t cut_at(std::string_view text, std::size_t room)
{
    const auto paragraph = text.rfind("\n\n", room - 1);
    if (paragraph != std::string_view::npos && paragraph > room / 4)
        return paragraph;
    const auto found = [&](auto ends) -> std::size_t {
        for (std::size_t at = room; at > room / 4; --at)
            if (ends(at) && !parts_number(text, at))
                return at;
        return 0;
    };
    if (const auto line = found([&](std::size_t at) { return text[at] == '\n'; }))
        return line;
    if (const auto sentence = found([&](std::size_t at) {
            return text[at] == ' ' && (text[at - 1] == '.' || text[at - 1] == '!' || text[at - 1] == '?');
        }))
        return sentence;
    if (const auto word = found([&](std::size_t at) { return text[at] == ' '; }))
        return word;
    for (std::size_t at = room; at > 0; --at)
        if (letter_begins(text, at) && !parts_number(text, at))
            return at;
    return room;
}

const Block* question_of(const std::vector<Block>& blocks)
{
    for (auto block = blocks.rbegin(); block != blocks.rend(); ++block)
        if (block->kind == Block::Kind::Question && !block->choices.empty())
            return &*block;
    return nullptr;
}

bool fit_buttons(const std::vector<ReplyChoice>& choices)
{
    std::set<std::string_view> titles;
    return choices.size() <= most_buttons && std::ranges::all_of(choices, [&](const ReplyChoice& choice) {
               return code_points(choice.text) <= longest_button && choice.id.size() <= longest_button_id &&
                      titles.insert(choice.text).second;
           });
}

bool fit_rows(const std::vector<ReplyChoice>& choices)
{
    return choices.size() <= most_rows && std::ranges::all_of(choices, [](const ReplyChoice& choice) {
               return code_points(choice.text) <= longest_row_description && choice.id.size() <= longest_row_id;
           });
}

json::object addressed(const WhatsappUser& to, std::string_view type, std::string_view tracker)
{
    json::object body;
    body["messaging_product"] = "whatsapp";
    body["recipient_type"] = "individual";
    if (!to.number.empty())
        body["to"] = to.number;
    else
        body["recipient"] = to.user_id;
    body["type"] = type;
    if (!tracker.empty())
        body["biz_opaque_callback_data"] = tracker;
    return body;
}

json::object action_of(const WhatsappPart& part, bool buttons)
{
    json::object action;
    json::array list;
    int number = 0;
    for (const auto& choice : part.choices) {
        ++number;
        if (buttons) {
            list.push_back({{"type", "reply"}, {"reply", {{"id", choice.id}, {"title", choice.text}}}});
            continue;
        }
        const bool short_enough = code_points(choice.text) <= longest_row;
        json::object row{{"id", choice.id}, {"title", short_enough ? choice.text : std::to_string(number)}};
        if (!short_enough)
            row["description"] = choice.text;
        list.push_back(std::move(row));
    }
    if (buttons) {
        action["buttons"] = std::move(list);
    } else {
        action["button"] = part.list_button;
        action["sections"] = json::array{json::object{{"title", part.list_button}, {"rows", std::move(list)}}};
    }
    return action;
}

} // namespace

std::vector<std::string> split_text(std::string_view text, std::size_t most)
{
    std::vector<std::string> parts;
    text = trimmed(text);
    while (code_points(text) > most) {
        const auto cut = cut_at(text, byte_offset(text, most));
        parts.emplace_back(trimmed(text.substr(0, cut)));
        text = trimmed(text.substr(cut));
    }
    if (!text.empty())
        parts.emplace_back(text);
    return parts;
}

std::vector<WhatsappPart> parts_of(std::string_view text, const std::vector<Block>& blocks, std::string_view choice_id,
                                   std::string_view list_button)
{
    std::vector<WhatsappPart> parts;
    const auto* question = question_of(blocks);
    std::vector<ReplyChoice> choices;
    if (question != nullptr)
        for (const auto& choice : question->choices)
            choices.push_back({std::string(choice_id) + choice.id, choice.text});
    const bool offered = !choices.empty() && (fit_buttons(choices) || fit_rows(choices));
    std::string whole(trimmed(text));
    if (!choices.empty() && !offered) {
        int number = 0;
        for (const auto& choice : choices)
            whole += "\n" + std::to_string(++number) + ". " + choice.text;
    }
    if (!offered) {
        for (auto& each : split_text(whole))
            parts.push_back({std::move(each), {}, {}});
        return parts;
    }
    // As one message when it fits. Otherwise the question, which comes last, is asked above its choices.
    std::string asked = whole;
    if (code_points(whole) > longest_interactive) {
        asked = question->text;
        if (whole.size() >= asked.size() && whole.compare(whole.size() - asked.size(), asked.size(), asked) == 0)
            whole.resize(whole.size() - asked.size());
        for (auto& each : split_text(whole))
            parts.push_back({std::move(each), {}, {}});
        auto pieces = split_text(asked, longest_interactive);
        asked = pieces.empty() ? std::string(list_button) : pieces.back();
        if (!pieces.empty())
            pieces.pop_back();
        for (auto& each : pieces)
            parts.push_back({std::move(each), {}, {}});
    }
    parts.push_back({std::move(asked), std::move(choices), std::string(list_button)});
    return parts;
}

std::string message_body(const WhatsappUser& to, const WhatsappPart& part, std::string_view tracker)
{
    if (part.choices.empty()) {
        auto body = addressed(to, "text", tracker);
        body["text"] = {{"preview_url", false}, {"body", part.text}};
        return json::serialize(body);
    }
    const bool buttons = fit_buttons(part.choices);
    auto body = addressed(to, "interactive", tracker);
    body["interactive"] = {{"type", buttons ? "button" : "list"},
                           {"body", {{"text", part.text}}},
                           {"action", action_of(part, buttons)}};
    return json::serialize(body);
}

std::string template_body(const WhatsappUser& to, std::string_view name, std::string_view language,
                          std::string_view tracker)
{
    auto body = addressed(to, "template", tracker);
    body["template"] = {{"name", name}, {"language", {{"code", language}}}};
    return json::serialize(body);
}

std::string sent_id_in(std::string_view answer)
{
    boost::system::error_code failed;
    const auto body = json::parse(answer, failed);
    if (failed || !body.is_object())
        return {};
    const auto* messages = body.get_object().if_contains("messages");
    if (messages == nullptr || !messages->is_array() || messages->get_array().empty() ||
        !messages->get_array()[0].is_object())
        return {};
    const auto* id = messages->get_array()[0].get_object().if_contains("id");
    return id != nullptr && id->is_string() ? std::string(id->get_string()) : std::string{};
}

} // namespace handrail::channels
