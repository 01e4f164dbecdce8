#include "monitoring/questionnaire_told.h"

#include <algorithm>
#include <cmath>

#include "monitoring/progress.h"

namespace handrail::monitoring {

namespace {

std::string plain(double value)
{
    const double tenths = std::round(value * 10) / 10;
    auto out = std::to_string(tenths);
    out.erase(out.find('.') + 2);
    if (out.ends_with(".0"))
        out.erase(out.size() - 2);
    return out;
}

} // namespace

QuestionnaireTold told_after(const Instrument& instrument, const ScoringResult& result, Urgency urgency)
{
    QuestionnaireTold out;
    out.title = "Saved. Thank you.";
    const ScoreRule* main = instrument.main_score();
    if (urgency == Urgency::Today || urgency == Urgency::Now) {
        out.text = "What you answered matters. Please read what comes next.";
        return out;
    }
    if (result.status != ScoringStatus::Ok) {
        out.text = "Some questions are still open, so there is no sum. That is fine. Your team sees what you answered.";
        return out;
    }
    const auto total = main != nullptr ? result.score(main->id) : std::nullopt;
    if (!total || instrument.direction == ScoreDirection::Neither) {
        out.text = "Your team sees what you answered.";
        return out;
    }
    const bool higher_is_better = instrument.direction == ScoreDirection::HigherIsBetter;
    out.range = plain(main->lowest) + " to " + plain(main->highest) + ", " + (higher_is_better ? "higher" : "lower") +
                " is better";
    out.text = "Your answers add up to " + plain(*total) + ".";
    if (const auto about = give_or_take(instrument))
        out.text += " It may really be anywhere from " + plain(std::max(main->lowest, *total - *about)) + " to " +
                    plain(std::min(main->highest, *total + *about)) + ".";
    if (result.prorated)
        out.text += " You left a question open, so this is worked out from the others.";
    out.text += " It is not a diagnosis. It cannot know why you feel this way. How it changes over time tells more.";
    return out;
}

std::string title_for_people(const Instrument& instrument, const ProgressProtocol& protocol, std::string_view language)
{
    const auto found = protocol.names.find(instrument.id);
    return found == protocol.names.end() ? instrument.name : in_language(found->second, language);
}

int minutes_for(const Instrument& instrument)
{
    return std::max(1, static_cast<int>(std::lround(static_cast<double>(instrument.items.size()) * 10.0 / 60.0)));
}

} // namespace handrail::monitoring
