#include "monitoring/night_judge.h"

#include <algorithm>

#include "monitoring/trend_words.h"

namespace handrail::monitoring {

namespace {

constexpr const char* mood = "mood";
constexpr const char* published_of_slowing_down = "smit-2025"; // content/protocols/trend.json names it beside the share
constexpr const char* rule_of_fatigue = "handrail-trend-2";

long week_of(Instant at)
{
    return std::chrono::duration_cast<std::chrono::weeks>(at.time_since_epoch()).count();
}

/// Which form in which version on a first line, and on the second what a clinician reads.
std::string measure_of(const CourseSeries& series)
{
    return series.form + " " + std::to_string(series.version) + "\n" + series.item;
}

std::vector<TrendRow> moods_of(const Course& course, Instant now)
{
    std::vector<TrendRow> moods;
    moods.reserve(course.answers().size() + 1);
    for (const auto& answer : course.answers())
        if (answer.at <= now)
            moods.push_back({{}, answer.at, mood, answer.mood == 0 ? std::nullopt : std::optional<double>(answer.mood), false});
    // Time goes on without an answer: that is how silence becomes known.
    if (!moods.empty())
        moods.push_back({{}, now, mood, std::nullopt, false});
    return moods;
}

/// Nothing of a scale of which nobody said which way is worse.
std::vector<TrendRow> values_of(const CourseSeries& series, Instant now)
{
    std::vector<TrendRow> rows;
    if (series.worse != CourseValue::Worse::Neither)
        for (const auto& [at, value] : series.points)
            if (at <= now)
                rows.push_back({{}, at, measure_of(series), value, series.worse == CourseValue::Worse::Up});
    return rows;
}

} // namespace

std::vector<TrendEvent> NightJudge::follow(const std::vector<TrendRow>& rows, Instant since) const
{
    // A reliable change was told when the total was saved; what asks for nobody fills no list.
    TrendFollower follower(protocol_, nullptr, TrendFollower::Offers::LeftOut);
    std::vector<TrendEvent> fresh;
    for (const auto& row : rows)
        for (auto& event : follower.take(row))
            if (event.at >= since && event.urgency != Urgency::Usual)
                fresh.push_back(std::move(event));
    return fresh;
}

std::vector<NightFinding> NightJudge::judge(const Course& course, Instant since, Instant now) const
{
    auto events = follow(moods_of(course, now), since);

    std::map<std::string_view, std::vector<TrendRow>> totals;
    for (const auto& total : course.totals()) {
        const auto direction = higher_is_worse_.find(total.instrument);
        if (direction != higher_is_worse_.end() && total.total && total.at <= now)
            totals[direction->first].push_back({{}, total.at, total.instrument, total.total, direction->second});
    }
    for (const auto& [instrument, rows] : totals)
        for (auto& event : follow(rows, since))
            if (event.kind != "silence") // of one form: the person is heard in others
                events.push_back(std::move(event));
    for (const auto& series : course.series())
        for (auto& event : follow(values_of(series, now), since))
            if (event.kind != "silence")
                events.push_back(std::move(event));

    std::vector<NightFinding> found;
    for (const auto& event : events) {
        NightFinding one;
        one.about = event.kind == "silence" ? "silence" : "course";
        one.key = event.measure + " " + event.kind + " " + std::string(name(event.urgency)) + " " +
                  std::to_string(week_of(event.at));
        if (std::any_of(found.begin(), found.end(), [&](const NightFinding& other) { return other.key == one.key; }))
            continue;
        one.finding.urgency = event.urgency;
        one.finding.why = event.why;
        one.finding.versions["trend"] = protocol_.version;
        Evidence evidence;
        evidence.text = event.measure.substr(event.measure.find('\n') + 1) + ": " + in_words(event, protocol_);
        evidence.rule = "trend." + event.kind;
        evidence.source = "content/protocols/trend.json";
        one.finding.evidence.push_back(std::move(evidence));
        found.push_back(std::move(one));
    }
    return found;
}

std::vector<TrendOffer> NightJudge::offers(const Course& course, Instant now) const
{
    std::vector<TrendOffer> out;
    const auto since = now - std::chrono::days{protocol_.completeness_days};
    const auto look = [&](const std::vector<TrendRow>& rows, const std::string& form, const std::string& item) {
        TrendFollower follower(protocol_, nullptr);
        std::map<std::string, TrendEvent> newest;
        for (const auto& row : rows)
            for (auto& event : follower.take(row))
                if (event.urgency == Urgency::Usual && event.at >= since)
                    newest.insert_or_assign(event.kind, std::move(event));
        for (const auto& [kind, event] : newest)
            out.push_back({kind, event.at, form, item, event.why, in_words(event, protocol_),
                           kind == "slowing_down" ? published_of_slowing_down : rule_of_fatigue});
    };
    look(moods_of(course, now), {}, mood);
    for (const auto& series : course.series())
        look(values_of(series, now), series.form, series.item);
    return out;
}

} // namespace handrail::monitoring
