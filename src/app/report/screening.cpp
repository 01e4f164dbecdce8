#include "app/report/screening.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace handrail::app::report {

namespace {

std::string precision(const care::RuleCounts& rule)
{
    const auto judged = rule.agreed + rule.disagreed;
    if (judged == 0)
        return "not judged yet";
    const auto interval = care::share_interval(rule.agreed, judged);
    return fmt::format("{:.2f} ({:.2f} to {:.2f}; {} of {})", static_cast<double>(rule.agreed) / static_cast<double>(judged),
                       interval.low, interval.high, rule.agreed, judged);
}

std::int64_t of(const care::RuleCounts& rule, Urgency urgency)
{
    const auto found = rule.findings.find(urgency);
    return found == rule.findings.end() ? 0 : found->second;
}

} // namespace

std::string screening_words(const care::FindingCounts& counts, int days)
{
    const auto weekly = [&](std::int64_t alerts) {
        return counts.people == 0 ? std::string("no people")
                                  : fmt::format("{:.2f}", static_cast<double>(alerts) * 7 * 100 /
                                                              (static_cast<double>(days) * static_cast<double>(counts.people)));
    };
    std::vector<std::pair<std::string, care::RuleCounts>> rules(counts.by_rule.begin(), counts.by_rule.end());
    std::stable_sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) {
        return std::pair(b.second.alerts, b.second.asked_the_same_day()) < std::pair(a.second.alerts, a.second.asked_the_same_day());
    });
    care::RuleCounts all;
    for (const auto& [name, rule] : rules) {
        all.alerts += rule.alerts;
        all.agreed += rule.agreed;
        all.disagreed += rule.disagreed;
        for (const auto& [urgency, count] : rule.findings)
            all.findings[urgency] += count;
    }
    auto out = fmt::format("{} people, {} days. Precision: how often a clinician agreed, of the findings that one judged, with "
                           "Wilson's 95 % interval.\n\n"
                           "| rule | soon | today | now | unknown | alerts | alerts per 100 people a week | precision |\n"
                           "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n",
                           counts.people, days);
    const auto line = [&](std::string_view name, const care::RuleCounts& rule) {
        out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", name, of(rule, Urgency::Soon), of(rule, Urgency::Today),
                           of(rule, Urgency::Now), of(rule, Urgency::Unknown), rule.alerts, weekly(rule.alerts), precision(rule));
    };
    for (const auto& [name, rule] : rules)
        if (rule.alerts > 0 || rule.asked_the_same_day() > 0 || of(rule, Urgency::Soon) > 0)
            line(name.empty() ? "(none: silence, or not understood)" : "`" + name + "`", rule);
    line("all", all);
    return out;
}

} // namespace handrail::app::report
