#include "monitoring/scoring_conditions.h"

#include <algorithm>

namespace handrail::monitoring {

namespace {

/// How many of the items are answered and meet the bound.
int count_meeting(const std::vector<std::size_t>& items, const Bound& bound, const Known& known)
{
    return static_cast<int>(std::count_if(items.begin(), items.end(), [&](std::size_t place) {
        return known.values[place] && bound.holds(*known.values[place]);
    }));
}

bool any_unanswered(const std::vector<std::size_t>& items, const Known& known)
{
    return std::any_of(items.begin(), items.end(), [&](std::size_t place) { return !known.values[place]; });
}

bool sum_meets(const Condition& condition, const Known& known)
{
    if (any_unanswered(condition.items, known))
        return false;
    int sum = 0;
    for (const auto place : condition.items)
        sum += *known.values[place];
    return condition.bound.holds(sum);
}

bool score_meets(const Condition& condition, const Known& known)
{
    const auto score = known.scores.find(condition.name);
    return score != known.scores.end() && condition.bound.holds(score->second);
}

bool context_among(const Condition& condition, const Known& known)
{
    const auto value = known.context.values.find(condition.name);
    return value != known.context.values.end() &&
           std::find(condition.values.begin(), condition.values.end(), value->second) != condition.values.end();
}

} // namespace

bool holds(const Condition& condition, const Known& known)
{
    using Kind = Condition::Kind;
    const auto part_holds = [&](const Condition& part) { return holds(part, known); };
    switch (condition.kind) {
    case Kind::Always: return true;
    case Kind::Item:
    case Kind::Sum: return sum_meets(condition, known);
    case Kind::Score: return score_meets(condition, known);
    case Kind::Count: return condition.bound.holds(count_meeting(condition.items, condition.inner, known));
    case Kind::SymptomCount: {
        const Bound two{Comparison::AtLeast, 2, 0};
        const Bound one{Comparison::AtLeast, 1, 0};
        return condition.bound.holds(count_meeting(condition.items, two, known) +
                                     count_meeting(condition.also_items, one, known));
    }
    case Kind::Missing: return any_unanswered(condition.items, known);
    case Kind::ContextIs: return context_among(condition, known);
    case Kind::ContextIsNot: return !context_among(condition, known);
    case Kind::RefusedAny:
        return std::any_of(condition.items.begin(), condition.items.end(),
                           [&](std::size_t place) { return known.refused.contains(place); });
    case Kind::All: return std::all_of(condition.parts.begin(), condition.parts.end(), part_holds);
    case Kind::Any: return std::any_of(condition.parts.begin(), condition.parts.end(), part_holds);
    }
    return false;
}

} // namespace handrail::monitoring
