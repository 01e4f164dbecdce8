#include "monitoring/change.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace handrail::monitoring {

namespace {

/// Sums of decimals are off by less than this; no published figure is as fine.
constexpr double rounding = 1e-9;

FigureMark weaker(FigureMark a, FigureMark b)
{
    const auto doubt = [](FigureMark mark) {
        switch (mark) {
        case FigureMark::Verified: return 0;
        case FigureMark::House: return 1;
        case FigureMark::SecondHand: return 2;
        case FigureMark::Unverified: return 3;
        }
        return 3;
    };
    return doubt(a) >= doubt(b) ? a : b;
}

} // namespace

Result<double> error_of_difference(double sd, double reliability)
{
    if (!(sd > 0))
        return invalid("The standard deviation must be more than 0.", "sd_not_positive");
    if (!(reliability >= 0 && reliability <= 1))
        return invalid("The reliability must lie between 0 and 1.", "reliability_out_of_range");
    return sd * std::sqrt(2.0) * std::sqrt(1 - reliability);
}

Result<ReliablePoints> reliable_points(double sd, double reliability, double z)
{
    ReliablePoints out;
    out.error = TRY(error_of_difference(sd, reliability));
    out.points = z * out.error;
    out.whole = static_cast<int>(std::ceil(out.points - rounding));
    return out;
}

Result<ReliableScore> reliable_score(double first, double last, double sd, double reliability, double z)
{
    const double error = TRY(error_of_difference(sd, reliability));
    ReliableScore out;
    if (error > 0)
        out.rc = (last - first) / error;
    else if (last != first)
        out.rc = std::copysign(std::numeric_limits<double>::infinity(), last - first);
    out.reliable = std::abs(out.rc) > z;
    return out;
}

Result<CutOffs> cut_offs(const ChangeNorms::Group& clinical, const ChangeNorms::Group& general)
{
    if (!(clinical.sd >= 0 && general.sd >= 0 && clinical.sd + general.sd > 0))
        return invalid("The standard deviations must not be under 0, and one of them more than 0.", "sd_not_positive");
    const double towards_well = general.mean >= clinical.mean ? 1 : -1;
    CutOffs out;
    out.a = clinical.mean + towards_well * 2 * clinical.sd;
    out.b = general.mean - towards_well * 2 * general.sd;
    out.c = (general.sd * clinical.mean + clinical.sd * general.mean) / (general.sd + clinical.sd);
    return out;
}

std::string_view name(Moved moved)
{
    switch (moved) {
    case Moved::Not: return "none";
    case Moved::Better: return "improved";
    case Moved::Worse: return "deteriorated";
    }
    return "";
}

double points_worse(const Instrument& instrument, double first, double last)
{
    return instrument.direction == ScoreDirection::HigherIsBetter ? first - last : last - first;
}

Moved moved(const Instrument& instrument, double first, double last)
{
    if (!instrument.reliable_change || instrument.direction == ScoreDirection::Neither)
        return Moved::Not;
    const double worse = points_worse(instrument, first, last);
    const double enough = instrument.reliable_change->points - rounding;
    return worse >= enough ? Moved::Worse : -worse >= enough ? Moved::Better : Moved::Not;
}

std::optional<Outcome> outcome_of(const Instrument& instrument, double first, double last)
{
    if (!instrument.reliable_change || !instrument.caseness || instrument.direction == ScoreDirection::Neither)
        return std::nullopt;
    Outcome out;
    out.change = last - first;
    out.reliably = moved(instrument, first, last);
    out.was_case = instrument.caseness->bound.holds(first);
    out.is_case = instrument.caseness->bound.holds(last);
    out.recovery = out.was_case && !out.is_case;
    out.reliable_recovery = out.recovery && out.reliably == Moved::Better;
    if (instrument.direction == ScoreDirection::HigherIsWorse && first != 0)
        out.percent_better = 100 * (first - last) / first;
    out.beyond_chance = instrument.reliable_change->beyond_chance;
    out.mark = weaker(instrument.reliable_change->mark, instrument.caseness->mark);
    return out;
}

TwoMeasures together(const Outcome& one, const Outcome& other)
{
    const auto either = [&](Moved what) { return one.reliably == what || other.reliably == what; };
    TwoMeasures out;
    out.reliable_improvement = either(Moved::Better) && !either(Moved::Worse);
    out.reliable_deterioration = either(Moved::Worse) && !either(Moved::Better);
    out.was_case = one.was_case || other.was_case;
    out.recovery = out.was_case && !one.is_case && !other.is_case;
    out.reliable_recovery = out.recovery && out.reliable_improvement;
    return out;
}

std::string outcome_words(const Outcome& outcome)
{
    const bool beyond_chance = outcome.beyond_chance;
    const std::string moved_words =
        outcome.reliably == Moved::Better  ? (beyond_chance ? "Reliably better" : "Better by what counts")
        : outcome.reliably == Moved::Worse ? (beyond_chance ? "Reliably worse" : "Worse by what counts")
                                           : (beyond_chance ? "No change that is more than chance" : "No change that counts");
    if (outcome.recovery)
        return moved_words +
               (outcome.reliable_recovery ? ", and no longer in the range of a case."
                                          : ". The total is just no longer in the range of a case.");
    if (outcome.was_case)
        return moved_words + ", and in the range of a case as before.";
    if (outcome.is_case)
        return moved_words + ", and now in the range of a case.";
    return moved_words + ". Not in the range of a case, then or now.";
}

} // namespace handrail::monitoring
