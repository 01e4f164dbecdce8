#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "domain/instrument.h"
#include "monitoring/scoring.h"

namespace handrail::monitoring {

/// What a condition may look at. Holds references: it lives as long as one scoring.
struct Known {
    const std::vector<std::optional<int>>& values; ///< by place of the item; valid answers and skip values only
    std::map<std::string, double, std::less<>> scores;
    const AnswerContext& context;
    std::set<std::size_t> refused;
};

/// Whether a condition of the instrument schema is met. An unanswered item meets no bound.
bool holds(const Condition& condition, const Known& known);

} // namespace handrail::monitoring
