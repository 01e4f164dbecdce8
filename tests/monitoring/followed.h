#pragma once

#include <string>
#include <vector>

#include "content/trend_protocol.h"
#include "monitoring/shipped_content.h"
#include "monitoring/trend.h"

/// Rows followed with the shipped protocol, and an event written out to be compared.
namespace handrail::monitoring {

inline const TrendProtocol& protocol()
{
    static const TrendProtocol loaded = *content::load_trend_protocol(content_folder);
    return loaded;
}

inline std::vector<TrendEvent> events_of(const std::vector<TrendRow>& rows)
{
    static const ReliableChanges published{{"phq-9", {6, "nhs"}}};
    Trends trends(protocol(), published);
    std::vector<TrendEvent> out;
    for (const auto& each : rows)
        for (auto& event : trends.take(each))
            out.push_back(std::move(event));
    return out;
}

inline std::string written(const TrendEvent& event)
{
    std::string out = to_rfc3339(event.at) + event.kind + std::string(name(event.urgency)) + event.why;
    for (const auto& [key, value] : event.numbers)
        out += key + std::to_string(value);
    return out;
}

} // namespace handrail::monitoring
