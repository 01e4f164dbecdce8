#include "care/finding_counts.h"

#include <algorithm>
#include <cmath>

namespace handrail::care {

namespace {

constexpr rows::Statement select_by_rule{
    "finding.counts", "SELECT rule, urgency, category, judged, about, COUNT(*) FROM finding WHERE organisation = $1 AND at >= $2 "
                      "AND at < $3 GROUP BY rule, urgency, category, judged, about"};
constexpr rows::Statement select_alerts{
    "finding.alert_counts",
    "SELECT f.rule, f.about, COUNT(*) FROM alert a JOIN finding f ON f.organisation = a.organisation AND f.finding = a.finding "
    "WHERE a.organisation = $1 AND a.raised_at >= $2 AND a.raised_at < $3 GROUP BY f.rule, f.about"};
constexpr rows::Statement select_judged{
    "finding.judged_of_rule", "SELECT judged FROM finding WHERE organisation = $1 AND rule = $2 AND judged IS NOT NULL AND "
                              "about <> 'informant' ORDER BY at DESC LIMIT $3"};
constexpr rows::Statement select_judged_of_others{
    "finding.judged_of_others_rule", "SELECT judged FROM finding WHERE organisation = $1 AND rule = $2 AND judged IS NOT NULL AND "
                                     "about = 'informant' ORDER BY at DESC LIMIT $3"};
constexpr rows::Statement select_people{"finding.people",
                                        "SELECT COUNT(*) FROM person WHERE organisation = $1 AND created_at < $2"};

/// Words of somebody close about a person are other words than the person's: a rule is counted for them by itself.
std::string counted_as(const rows::Value& rule, const rows::Value& about)
{
    return about.text() == "informant" ? "informant:" + rule.text() : rule.text();
}

} // namespace

std::int64_t RuleCounts::asked_the_same_day() const
{
    std::int64_t all = 0;
    for (const auto& [urgency, count] : findings)
        if (need(urgency) >= need(Urgency::Today))
            all += count;
    return all;
}

Result<FindingCounts> count_findings(trust::Record& record, const Actor& actor, Instant from, Instant until)
{
    FindingCounts counts;
    TRY(record.read(actor, [&](trust::Reading& reading) -> Result<void> {
        counts = {};
        if (actor.role() != Role::System && actor.role() != Role::Lead)
            return not_allowed("Only a lead sees what the rules of the whole service did.");
        for (const auto& row : TRY(reading.rows(select_by_rule, {from, until}))) {
            const auto urgency = urgency_from(row[1].text()).value_or(Urgency::Unknown);
            auto& rule = counts.by_rule[counted_as(row[0], row[4])];
            rule.findings[urgency] += row[5].number();
            counts.by_category[category_from(row[2].text()).value_or(Category::None)][urgency] += row[5].number();
            if (row[3].null())
                continue;
            (row[3].text() == "agree" ? rule.agreed : rule.disagreed) += row[5].number();
        }
        for (const auto& row : TRY(reading.rows(select_alerts, {from, until})))
            counts.by_rule[counted_as(row[0], row[1])].alerts += row[2].number();
        for (const auto& row : TRY(reading.rows(select_people, {rows::Value{until}})))
            counts.people = row[0].number();
        return {};
    }));
    return counts;
}

Result<RulePrecision> rule_precision(trust::Record& record, const Actor& actor, const std::string& named)
{
    RulePrecision precision;
    constexpr std::string_view of_others = "informant:";
    const bool theirs = named.starts_with(of_others);
    const auto rule = theirs ? named.substr(of_others.size()) : named;
    if (rule.empty())
        return invalid("Say which rule.", "/rule");
    TRY(record.read(actor, [&](trust::Reading& reading) -> Result<void> {
        precision = {};
        if (actor.role() != Role::Clinician && actor.role() != Role::Lead)
            return not_allowed("Clinicians and leads see how often a rule was agreed with.");
        for (const auto& row : TRY(reading.rows(theirs ? select_judged_of_others : select_judged, {rule, last_judged}))) {
            ++precision.judged;
            precision.agreed += row[0].text() == "agree" ? 1 : 0;
        }
        return {};
    }));
    precision.interval = share_interval(precision.agreed, precision.judged);
    precision.enough = precision.judged >= fewest_judged;
    return precision;
}

ShareInterval share_interval(std::int64_t of, std::int64_t all)
{
    if (all <= 0)
        return {};
    constexpr double z = 1.959963984540054; // 97.5 % of the normal distribution
    const auto n = static_cast<double>(all);
    const auto share = static_cast<double>(of) / n;
    const auto centre = share + z * z / (2 * n);
    const auto spread = z * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    const auto scale = 1 + z * z / n;
    return {std::max(0.0, (centre - spread) / scale), std::min(1.0, (centre + spread) / scale)};
}

} // namespace handrail::care
