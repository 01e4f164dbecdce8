#include "app/commands/finding_json.h"

#include "app/commands/json_text.h"

namespace handrail::app {

std::string finding_members(const Finding& finding)
{
    std::string out = "\"urgency\":" + json_quoted(name(finding.urgency));
    out += ",\"category\":" + json_quoted(name(finding.category)) + ",\"categories\":[";
    for (std::size_t i = 0; i < finding.categories.size(); ++i)
        out += (i > 0 ? "," : "") + json_quoted(name(finding.categories[i]));
    out += "],\"subject\":" + json_quoted(name(finding.subject)) + ",\"time\":" + json_quoted(name(finding.time));
    out += ",\"lang\":" + json_quoted(finding.lang) + ",\"evidence\":[";
    for (std::size_t i = 0; i < finding.evidence.size(); ++i) {
        const auto& each = finding.evidence[i];
        out += std::string(i > 0 ? "," : "") + "{\"begin\":" + std::to_string(each.begin) +
               ",\"end\":" + std::to_string(each.end) + ",\"text\":" + json_quoted(each.text) +
               ",\"rule\":" + json_quoted(each.rule) + ",\"source\":" + json_quoted(each.source);
        if (each.context_index >= 0)
            out += ",\"context\":" + std::to_string(each.context_index);
        out += "}";
    }
    out += "],\"probability\":{";
    bool first = true;
    for (const auto& [category, value] : finding.probability) {
        out += (first ? "" : ",") + json_quoted(category) + ":" + json_number(value);
        first = false;
    }
    out += "},\"versions\":{";
    first = true;
    for (const auto& [part, version] : finding.versions) {
        out += (first ? "" : ",") + json_quoted(part) + ":" + json_quoted(version);
        first = false;
    }
    return out + "}";
}

} // namespace handrail::app
