#include "monitoring/scoring.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "monitoring/scoring_conditions.h"

namespace handrail::monitoring {

namespace {

using Values = std::vector<std::optional<int>>;

/// 1. Validate every answer, and gather all errors.
Values validated(const Instrument& instrument, const GivenAnswers& answers, std::vector<AnswerError>& errors)
{
    Values values(instrument.items.size());
    std::vector<std::pair<std::size_t, AnswerError>> found;
    for (const auto& [id, answer] : answers) {
        const auto place = instrument.item(id);
        if (!place) {
            found.push_back({instrument.items.size(), {"unknown_item", id}});
            continue;
        }
        if (answer.kind == GivenAnswer::Kind::Unanswered)
            continue;
        if (answer.kind == GivenAnswer::Kind::NotWhole) {
            found.push_back({*place, {"not_integer", id}});
            continue;
        }
        const auto& item = instrument.items[*place];
        const bool in_range = answer.value >= item.lowest && answer.value <= item.highest;
        const bool offered = item.values.empty() || std::find(item.values.begin(), item.values.end(), answer.value) !=
                                                        item.values.end();
        if (!in_range || !offered) {
            found.push_back({*place, {"value_out_of_range", id}});
            continue;
        }
        values[*place] = static_cast<int>(answer.value);
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
        return std::tie(a.second.code, a.first, a.second.item) < std::tie(b.second.code, b.first, b.second.item);
    });
    for (auto& [place, error] : found)
        errors.push_back(std::move(error));
    return values;
}

/// Rounds a fraction of whole numbers half away from zero, without a floating-point step in between.
long long rounded_fraction(long long numerator, long long denominator)
{
    const long long sign = numerator < 0 ? -1 : 1;
    return sign * ((2 * std::abs(numerator) + denominator) / (2 * denominator));
}

/// Works the scores out one after the other; later ones may start from earlier ones.
class ScoreSheet {
public:
    ScoreSheet(const Instrument& instrument, const Values& values, const Known& known)
        : instrument_(instrument), values_(values), known_(known)
    {
    }

    void work_out()
    {
        for (const auto& rule : instrument_.scoring.scores) {
            if (rule.method == ScoreRule::Method::Scale || rule.method == ScoreRule::Method::Lookup)
                derive(rule);
            else
                add_up(rule);
        }
    }

    std::vector<ScoreValue> scores;
    std::vector<std::pair<std::string, double>> exact;
    std::set<std::size_t> missing;

private:
    void add_up(const ScoreRule& rule)
    {
        std::set<std::size_t> left_out;
        for (const auto& exclusion : rule.exclusions)
            if (holds(exclusion.when, known_))
                left_out.insert(exclusion.items.begin(), exclusion.items.end());

        long long sum = 0;
        int highest = 0;
        long long items = 0;
        long long answered = 0;
        std::set<std::size_t> unanswered;
        for (std::size_t i = 0; i < rule.items.size(); ++i) {
            const auto place = rule.items[i];
            if (left_out.contains(place))
                continue;
            ++items;
            if (!values_[place]) {
                unanswered.insert(place);
                continue;
            }
            const auto& item = instrument_.items[place];
            const int given = *values_[place];
            highest = answered == 0 ? given : std::max(highest, given);
            ++answered;
            if (rule.method == ScoreRule::Method::ThresholdCount)
                sum += given >= rule.thresholds[i] ? 1 : 0;
            else
                sum += item.reversed ? item.lowest + item.highest - given : given;
        }

        std::set<std::size_t> lacking;
        for (const auto place : rule.required_too)
            if (!values_[place])
                lacking.insert(place);
        if (unanswered.size() > rule.most_missing)
            lacking.insert(unanswered.begin(), unanswered.end());
        if (!lacking.empty() || answered == 0) {
            missing.insert(lacking.begin(), lacking.end());
            return;
        }
        if (rule.method == ScoreRule::Method::Max)
            scores.push_back({rule.id, static_cast<double>(highest), true});
        else if (unanswered.empty() || rule.missing == ScoreRule::Missing::Ignore)
            scores.push_back({rule.id, static_cast<double>(sum), true});
        else
            prorate(rule, sum, items, answered);
    }

    /// The mean of the answered items times the number of items.
    void prorate(const ScoreRule& rule, long long sum, long long items, long long answered)
    {
        exact.emplace_back(rule.id, static_cast<double>(rounded_fraction(sum * items * 10000, answered)) / 10000.0);
        if (rule.missing == ScoreRule::Missing::ProrateOneDecimal)
            scores.push_back(
                {rule.id, static_cast<double>(rounded_fraction(sum * items * 10, answered)) / 10.0, false});
        else
            scores.push_back({rule.id, static_cast<double>(rounded_fraction(sum * items, answered)), true});
    }

    void derive(const ScoreRule& rule)
    {
        const auto from = std::find_if(scores.begin(), scores.end(), [&](const auto& each) { return each.score == rule.of; });
        if (from == scores.end())
            return;
        if (rule.method == ScoreRule::Method::Scale) {
            const double value = from->value * rule.factor;
            scores.push_back({rule.id, value, from->whole && rule.factor == std::floor(rule.factor)});
            return;
        }
        const auto row = rule.table.find(static_cast<int>(from->value));
        if (row != rule.table.end())
            scores.push_back({rule.id, row->second, false});
    }

    const Instrument& instrument_;
    const Values& values_;
    const Known& known_;
};

void add_bands(const InstrumentScoring& scoring, ScoringResult& out)
{
    for (const auto& scored : out.scores) {
        const auto bands = scoring.bands.find(scored.score);
        if (bands == scoring.bands.end())
            continue;
        const double value = scoring.band_by_whole_part ? std::floor(scored.value) : scored.value;
        for (const auto& band : bands->second)
            if (value >= band.lowest && value <= band.highest) {
                out.bands.emplace_back(scored.score, band.code);
                break;
            }
    }
}

/// Required items of an ordered result that nobody answered.
std::set<std::size_t> lacking(const OrderedResult& ordered, const Values& values, const Known& known)
{
    std::set<std::size_t> out;
    const auto check = [&](std::size_t place) {
        const bool refused = ordered.refusal_answers && known.refused.contains(place);
        if (!values[place] && !refused)
            out.insert(place);
    };
    for (const auto place : ordered.required)
        check(place);
    for (const auto& requirement : ordered.required_when)
        if (holds(requirement.when, known))
            for (const auto place : requirement.items)
                check(place);
    return out;
}

/// The first rule that applies; of half a form it is the least that can be said, and nothing reassuring.
std::optional<std::string> ordered_result(const OrderedResult& ordered, const Known& known, bool whole_form)
{
    const auto first = [&](const std::vector<OrderedResult::Rule>& rules) -> const std::string* {
        for (const auto& rule : rules)
            if (holds(rule.when, known))
                return &rule.result;
        return nullptr;
    };
    const std::string* found = first(ordered.fail_safe);
    if (found == nullptr)
        found = first(ordered.rules);
    if (found == nullptr)
        return std::nullopt;
    const auto& withheld = ordered.not_from_incomplete;
    if (!whole_form && std::find(withheld.begin(), withheld.end(), *found) != withheld.end())
        return std::nullopt;
    return *found;
}

} // namespace

ScoringResult score(const Instrument& instrument, const GivenAnswers& answers, const AnswerContext& context)
{
    const auto& scoring = instrument.scoring;
    ScoringResult out;
    out.bands_system = scoring.bands_system;

    // 1. validate every answer (collect all errors)
    Values values = validated(instrument, answers, out.errors);
    Known known{values, {}, context, {}};
    for (const auto& id : context.refused)
        if (const auto place = instrument.item(id))
            known.refused.insert(*place);

    // 2. apply skip rules: they fill what was not answered and leave every answer as it was given
    for (const auto& rule : scoring.skips)
        if (holds(rule.when, known))
            for (const auto place : rule.items)
                if (!values[place])
                    values[place] = rule.value;

    // 3. apply gate  4. compute scores, reporting missing items
    std::set<std::size_t> missing;
    const bool through_gate =
        scoring.gate && values[scoring.gate->item] && scoring.gate->bound.holds(*values[scoring.gate->item]);
    std::vector<ScoreValue> scores;
    if (through_gate) {
        for (const auto& [id, value] : scoring.gate->then_scores)
            scores.push_back({id, value, value == std::floor(value)});
    } else {
        ScoreSheet sheet(instrument, values, known);
        sheet.work_out();
        scores = std::move(sheet.scores);
        out.exact = std::move(sheet.exact);
        missing = std::move(sheet.missing);
    }
    if (scoring.ordered)
        missing.merge(lacking(*scoring.ordered, values, known));
    for (const auto place : scoring.profile_items)
        if (!values[place])
            missing.insert(place);

    out.status = !out.errors.empty()  ? ScoringStatus::Invalid
                 : !missing.empty() ? ScoringStatus::Incomplete
                                    : ScoringStatus::Ok;
    const bool whole_form = out.status == ScoringStatus::Ok;
    if (out.status == ScoringStatus::Incomplete)
        for (const auto place : missing)
            out.missing.push_back(instrument.items[place].id);
    if (whole_form || scoring.partial_scores)
        out.scores = std::move(scores);
    if (!whole_form)
        out.exact.clear();
    out.prorated = !out.exact.empty();
    for (const auto& each : out.scores)
        known.scores[each.score] = each.value;

    // 5. bands
    if (whole_form)
        add_bands(scoring, out);

    // 6. ordered_result / profile
    if (scoring.ordered) {
        out.has_result = true;
        out.result = ordered_result(*scoring.ordered, known, whole_form);
    }
    if (!scoring.profile_items.empty()) {
        out.has_profile = true;
        if (whole_form) {
            std::string digits;
            for (const auto place : scoring.profile_items)
                digits += std::to_string(*values[place]);
            out.profile = digits;
        }
    }

    // 7. rules -> flags: an answer about suicide is never lost because another answer is missing or malformed
    for (const auto& rule : scoring.flags)
        if ((whole_form || rule.fires_when_incomplete) && holds(rule.when, known))
            out.flags.push_back(rule.flag);
    std::sort(out.flags.begin(), out.flags.end());
    out.flags.erase(std::unique(out.flags.begin(), out.flags.end()), out.flags.end());

    for (std::size_t i = 0; i < values.size(); ++i)
        if (values[i])
            out.used.emplace(instrument.items[i].id, *values[i]);
    return out;
}

std::optional<double> ScoringResult::score(std::string_view id) const
{
    for (const auto& each : scores)
        if (each.score == id)
            return each.value;
    return std::nullopt;
}

bool ScoringResult::flagged(std::string_view flag) const
{
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

std::string_view name(ScoringStatus status)
{
    switch (status) {
    case ScoringStatus::Ok: return "ok";
    case ScoringStatus::Incomplete: return "incomplete";
    case ScoringStatus::Invalid: return "invalid";
    }
    return "";
}

} // namespace handrail::monitoring
