#pragma once

#include <string>

#include "domain/trend_protocol.h"
#include "monitoring/trend.h"

namespace handrail::monitoring {

/// What the numbers of an event say, for a clinician to read: what differs and how surely, how late it is known, and how much of
/// the time was answered. The numbers themselves stay with `handrail trend`.
std::string in_words(const TrendEvent& event, const TrendProtocol& protocol);

} // namespace handrail::monitoring
