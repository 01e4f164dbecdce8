#include "domain/instrument.h"

#include <algorithm>

namespace handrail {

bool Bound::holds(double number) const
{
    switch (comparison) {
    case Comparison::AtLeast: return number >= value;
    case Comparison::AtMost: return number <= value;
    case Comparison::Equal: return number == value;
    case Comparison::Above: return number > value;
    case Comparison::Below: return number < value;
    case Comparison::Between: return number >= value && number <= upper;
    }
    return false;
}

std::optional<std::size_t> Instrument::item(std::string_view item_id) const
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& each) { return each.id == item_id; });
    if (found == items.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - items.begin());
}

const FlagRule* Instrument::flag(std::string_view flag_name) const
{
    for (const auto& rule : scoring.flags)
        if (rule.flag == flag_name)
            return &rule;
    return nullptr;
}

const ScoreRule* Instrument::main_score() const
{
    using Method = ScoreRule::Method;
    for (const auto& rule : scoring.scores)
        if (rule.method == Method::Scale || rule.method == Method::Lookup)
            return &rule;
    if (scoring.scores.empty() || scoring.scores.front().method == Method::Max)
        return nullptr;
    return &scoring.scores.front();
}

const InstrumentWording* Instrument::wording(std::string_view wanted) const
{
    for (const auto& each : wordings)
        if (each.language == wanted)
            return &each;
    for (const auto& each : wordings) {
        const auto primary = std::string_view(each.language).substr(0, each.language.find('-'));
        if (primary == wanted.substr(0, wanted.find('-')))
            return &each;
    }
    return nullptr;
}

std::string Instrument::why_not() const
{
    if (!wordings.empty())
        return {};
    if (licence.words_included)
        return "Some of the questions are not here yet, so none are shown.";
    return "The words belong to " + licence.holder + ". This service has not added them yet.";
}

std::string_view name(FlagLevel level)
{
    switch (level) {
    case FlagLevel::Critical: return "critical";
    case FlagLevel::Review: return "review";
    case FlagLevel::Info: return "info";
    }
    return "";
}

} // namespace handrail
