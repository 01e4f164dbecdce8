#include "gateway/moderation.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "gateway/chat_answer.h"
#include "gateway/strict_json.h"

namespace handrail::gateway {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 13> categories{
    "harassment", "harassment/threatening", "hate",   "hate/threatening", "illicit",          "illicit/violent", "self-harm",
    "self-harm/intent", "self-harm/instructions", "sexual", "sexual/minors", "violence", "violence/graphic"};

bool found_in(const Finding& finding, Category category)
{
    return finding.category == category ||
           std::find(finding.categories.begin(), finding.categories.end(), category) != finding.categories.end();
}

bool flagged(const Finding& finding, std::string_view category)
{
    if (need(finding.urgency) < need(Urgency::Soon) || finding.urgency == Urgency::Unknown)
        return false;
    const bool self = found_in(finding, Category::Suicide) || found_in(finding, Category::SelfHarm);
    if (category == "self-harm")
        return self;
    if (category == "self-harm/intent")
        return self && need(finding.urgency) >= need(Urgency::Today);
    if (category == "violence")
        return found_in(finding, Category::HarmToOthers);
    return false;
}

} // namespace

Result<std::vector<std::string>> read_moderation_request(std::string_view body)
{
    const auto value = TRY(read_strict_json(body));
    const auto* root = value.if_object();
    const auto* input = root == nullptr ? nullptr : root->if_contains("input");
    if (input == nullptr)
        return invalid("\"input\" is a text or a list of texts.", "input");
    std::vector<std::string> texts;
    if (const auto* one = input->if_string()) {
        texts.emplace_back(*one);
        return texts;
    }
    if (!input->is_array() || input->get_array().empty() || input->get_array().size() > 100)
        return invalid("\"input\" is a text or a list of 1 to 100 texts.", "input");
    for (const auto& each : input->get_array()) {
        if (const auto* text = each.if_string()) {
            texts.emplace_back(*text);
            continue;
        }
        const auto* part = each.if_object();
        const auto* text = part == nullptr ? nullptr : part->if_contains("text");
        if (text == nullptr || !text->is_string())
            return invalid("Only texts can be screened.", "input");
        texts.emplace_back(text->get_string());
    }
    return texts;
}

std::string moderation_answer(const std::vector<Finding>& findings)
{
    std::string out = "{\"id\":" + json_text(fresh_id("modr-")) + ",\"model\":\"handrail\",\"results\":[";
    for (std::size_t i = 0; i < findings.size(); ++i) {
        const auto& finding = findings[i];
        std::string flags, scores, types;
        for (const auto category : categories) {
            const bool yes = flagged(finding, category);
            const auto comma = flags.empty() ? "" : ",";
            flags += comma + json_text(category) + (yes ? ":true" : ":false");
            scores += comma + json_text(category) + (yes ? ":1" : ":0");
            types += comma + json_text(category) + ":[\"text\"]";
        }
        const bool any = need(finding.urgency) >= need(Urgency::Soon);
        out += std::string(i > 0 ? "," : "") + "{\"flagged\":" + (any ? "true" : "false") + ",\"categories\":{" + flags +
               "},\"category_scores\":{" + scores + "},\"category_applied_input_types\":{" + types +
               "},\"handrail\":{\"urgency\":" + json_text(name(finding.urgency)) +
               ",\"category\":" + json_text(name(finding.category)) + "}}";
    }
    return out + "]}";
}

} // namespace handrail::gateway
