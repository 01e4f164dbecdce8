#include "monitoring/night_judge.h"

#include <algorithm>
#include <cstdio>

namespace handrail::monitoring {

namespace {

constexpr const char* mood = "mood";

long week_of(Instant at)
{
    return std::chrono::duration_cast<std::chrono::weeks>(at.time_since_epoch()).count();
}

/// Which form in which version on a first line, and on the second what a clinician reads.
std::string measure_of(const CourseSeries& series)
{
    return series.form + " " + std::to_string(series.version) + "\n" + series.item;
}

std::string in_numbers(const TrendEvent& event)
{
    std::string out;
    for (const auto& [name, value] : event.numbers) {
        char written[32];
        std::snprintf(written, sizeof written, " %.4g", value);
        out += (out.empty() ? "" : ", ") + name + written;
    }
    return out;
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
    std::vector<TrendRow> moods;
    moods.reserve(course.answers().size() + 1);
    for (const auto& answer : course.answers())
        if (answer.at <= now)
            moods.push_back({{}, answer.at, mood, answer.mood == 0 ? std::nullopt : std::optional<double>(answer.mood), false});
    // Time goes on without an answer: that is how silence becomes known.
    if (!moods.empty())
        moods.push_back({{}, now, mood, std::nullopt, false});
    auto events = follow(moods, since);

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
    for (const auto& series : course.series()) {
        if (series.worse == CourseValue::Worse::Neither)
            continue;
        std::vector<TrendRow> rows;
        for (const auto& [at, value] : series.points)
            if (at <= now)
                rows.push_back({{}, at, measure_of(series), value, series.worse == CourseValue::Worse::Up});
        for (auto& event : follow(rows, since))
            if (event.kind != "silence")
                events.push_back(std::move(event));
    }

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
        evidence.text = event.measure.substr(event.measure.find('\n') + 1) + ": " + in_numbers(event);
        evidence.rule = "trend." + event.kind;
        evidence.source = "content/protocols/trend.json";
        one.finding.evidence.push_back(std::move(evidence));
        found.push_back(std::move(one));
    }
    return found;
}

} // namespace handrail::monitoring
