#include "monitoring/outcomes.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "monitoring/questionnaire_history.h"
#include "monitoring/questionnaire_told.h"

namespace handrail::monitoring {

namespace {

std::string plain(double value)
{
    const auto tenths = static_cast<long long>(std::llround(value * 10));
    const auto whole = std::to_string(tenths / 10);
    return tenths % 10 == 0 ? whole : whole + "." + std::to_string(std::abs(tenths % 10));
}

std::string words_of(const Instrument& instrument, const OutcomeLine& line)
{
    return line.words + " From " + plain(line.baseline) + " to " + plain(line.current) + "; a change of " +
           plain(instrument.reliable_change->points) +
           (line.outcome.beyond_chance ? " or more is unlikely to be chance." : " or more counts on this questionnaire.");
}

std::string together_words(const TwoMeasures& both)
{
    if (both.reliable_recovery)
        return "Both measures together: reliably better, and on neither in the range of a case any more.";
    if (both.recovery)
        return "Both measures together: on neither in the range of a case any more, without a change that is more than "
               "chance.";
    if (both.reliable_improvement)
        return "Both measures together: reliably better.";
    if (both.reliable_deterioration)
        return "Both measures together: reliably worse.";
    return "Both measures together: neither reliably better nor reliably worse.";
}

std::optional<OutcomeLine::Expected> expected_of(const Course& course, const Instrument& instrument,
                                                 const ChangeProtocol& protocol, const OutcomeLine& line)
{
    const auto* expected = protocol.course_of(instrument.id);
    const auto* main = instrument.main_score();
    if (!line.treated || !course.treatment() || expected == nullptr || main == nullptr || !line.outcome.was_case)
        return std::nullopt;
    return OutcomeLine::Expected{course.treatment()->started_on,
                                 expected->judged_from,
                                 expected->judged_to,
                                 expected->fitted,
                                 expected->source,
                                 expected_totals(*expected, scale_of(*main), line.baseline)};
}

/// A critical answer is judged where it is given; here stands only what the course itself shows.
std::vector<CourseFlag> flags_of(const EpisodeStanding& episode, const ChangeProtocol& protocol)
{
    std::vector<CourseFlag> flags;
    for (const auto& flag : protocol.flags)
        if (episode.standing.has(flag.flag))
            flags.push_back(flag);
    return flags;
}

} // namespace

Outcomes outcomes(const Course& course, const content::Instruments& instruments, const ChangeProtocol& protocol,
                  const ProgressProtocol& names, Instant now)
{
    Outcomes out;
    std::map<std::string, Outcome> by_instrument;
    for (const auto& [id, instrument] : instruments.all()) {
        if (!instrument.reliable_change || !instrument.reliable_change->judges())
            continue;
        const auto episode = episode_of(course, instrument, protocol, now);
        if (!episode)
            continue;
        const auto flags = flags_of(*episode, protocol);
        const auto outcome = episode->standing.change
                                 ? outcome_of(instrument, *episode->standing.baseline, *episode->standing.current)
                                 : std::nullopt;
        if (!outcome) {
            out.waiting.insert(out.waiting.end(), flags.begin(), flags.end());
            continue;
        }
        OutcomeLine line;
        line.instrument = id;
        line.title = title_for_people(instrument, names, "en");
        line.baseline = *episode->standing.baseline;
        line.current = *episode->standing.current;
        line.baseline_at = *episode->baseline_at;
        line.current_at = *episode->current_at;
        line.treated = episode->treated && !episode->standing.has("no_baseline");
        line.outcome = *outcome;
        line.percent_fall = episode->standing.percent_fall;
        line.words = outcome_words(*outcome);
        line.text = words_of(instrument, line);
        line.source = instrument.reliable_change->source;
        line.flags = flags;
        if (episode->expected)
            line.limit = episode->expected->limit_total;
        line.reliable = *instrument.reliable_change;
        line.caseness = instrument.caseness;
        line.expected = expected_of(course, instrument, protocol, line);
        by_instrument.emplace(id, *outcome);
        const bool plan = std::any_of(flags.begin(), flags.end(),
                                      [](const auto& flag) { return flag.urgency != Urgency::Usual; });
        if (plan)
            out.steps = protocol.steps;
        out.lines.push_back(std::move(line));
    }
    if (!out.steps.empty())
        out.steps_source = protocol.steps_source;
    const auto depression = by_instrument.find(protocol.depression);
    const auto anxiety = by_instrument.find(protocol.anxiety);
    if (depression != by_instrument.end() && anxiety != by_instrument.end())
        out.together = together_words(together(depression->second, anxiety->second));
    return out;
}

std::vector<CriticalLine> critical_lines(const Course& course, const content::Instruments& instruments,
                                         const ProgressProtocol& names)
{
    std::vector<CriticalLine> lines;
    for (const auto& [id, instrument] : instruments.all()) {
        const auto* last = course.last_critical(id, instrument.version);
        if (last == nullptr || last->critical.value_or(0) <= 0)
            continue;
        CriticalLine line{id, title_for_people(instrument, names, "en"), last->at, *last->critical, {}};
        const auto* words = instrument.wording("en");
        for (const auto& [item, value] : last->critical_items) {
            if (value != line.value || words == nullptr)
                continue;
            for (const auto& question : words->questions)
                for (const auto& choice : question.choices)
                    if (question.item == item && choice.value == value)
                        line.answer = choice.text.value_or("");
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace handrail::monitoring
