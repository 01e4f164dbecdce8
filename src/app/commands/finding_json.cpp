#include "app/commands/finding_json.h"

namespace handrail::app {

std::string finding_members(const Finding& finding, const FindingForm& form)
{
    const auto quoted = form.quoted;
    std::string out = "\"urgency\":" + quoted(name(finding.urgency));
    out += ",\"category\":" + quoted(name(finding.category)) + ",\"categories\":[";
    for (std::size_t i = 0; i < finding.categories.size(); ++i)
        out += (i > 0 ? "," : "") + quoted(name(finding.categories[i]));
    out += "],\"subject\":" + quoted(name(finding.subject)) + ",\"time\":" + quoted(name(finding.time));
    out += ",\"lang\":" + quoted(finding.lang) + ",\"evidence\":[";
    for (std::size_t i = 0; i < finding.evidence.size(); ++i) {
        const auto& each = finding.evidence[i];
        out += std::string(i > 0 ? "," : "") + "{\"begin\":" + std::to_string(each.begin) +
               ",\"end\":" + std::to_string(each.end) + ",\"text\":" + quoted(each.text) +
               ",\"rule\":" + quoted(each.rule) + ",\"source\":" + quoted(each.source);
        if (each.context_index >= 0)
            out += ",\"context\":" + std::to_string(each.context_index);
        out += "}";
    }
    out += "],\"probability\":{";
    bool first = true;
    for (const auto& [category, value] : finding.probability) {
        out += (first ? "" : ",") + quoted(category) + ":" + json_number(value);
        first = false;
    }
    out += "}";
    if (form.why)
        out += ",\"why\":" + quoted(finding.why);
    out += ",\"versions\":{";
    first = true;
    for (const auto& [part, version] : finding.versions) {
        out += (first ? "" : ",") + quoted(part) + ":" + quoted(version);
        first = false;
    }
    return out + "}";
}

} // namespace handrail::app
