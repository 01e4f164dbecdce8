#include "monitoring/daily_series.h"

#include "monitoring/daily_import.h"
#include "monitoring/day_series.h"

namespace handrail::monitoring {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

std::string day_in_words(sys_days day)
{
    static constexpr const char* weekdays[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    static constexpr const char* months[] = {"January", "February", "March",     "April",   "May",      "June",
                                             "July",    "August",   "September", "October", "November", "December"};
    const std::chrono::year_month_day date{day};
    return std::string(weekdays[std::chrono::weekday{day}.c_encoding()]) + " " +
           std::to_string(static_cast<unsigned>(date.day())) + " " + months[static_cast<unsigned>(date.month()) - 1] + " " +
           std::to_string(static_cast<int>(date.year()));
}

std::vector<DailyGap> gaps_in(const DailyCourse& course, int gap_days, sys_days today)
{
    std::vector<DailyGap> gaps;
    for (std::size_t i = 0; i < course.points.size(); ++i) {
        const bool last = i + 1 == course.points.size();
        const auto from = course.points[i].first + days{1};
        const auto to = (last ? today : course.points[i + 1].first) - days{1};
        if ((to - from).count() + 1 >= gap_days)
            gaps.push_back({from, to, last});
    }
    return gaps;
}

/// The values of the last run: those after the last gap, of days that are over.
std::vector<std::pair<sys_days, double>> last_run(const DailyCourse& course, sys_days today)
{
    std::vector<std::pair<sys_days, double>> run;
    for (const auto& point : course.points)
        if (point.first < today && (course.gaps.empty() || point.first > course.gaps.back().to))
            run.push_back(point);
    return run;
}

void say_direction(DailyCourse& course, const WearableProtocol& protocol, const DailyMeasure& measure, sys_days today)
{
    const auto run = last_run(course, today);
    if (run.empty())
        return;
    const auto length = static_cast<int>((run.back().first - run.front().first).count()) + 1;
    const auto needed = static_cast<std::size_t>(protocol.needs_days);
    if (run.size() < needed) {
        course.said = "Too few days without a gap to say anything of a direction: " + std::to_string(run.size()) + " of " +
                      std::to_string(length) + " since " + day_in_words(run.front().first) + ", " +
                      std::to_string(protocol.needs_days) + " are needed.";
        return;
    }
    std::vector<double> recent;
    std::vector<double> earlier;
    for (const auto& [day, value] : run)
        (day > run.back().first - days{protocol.recent_days} ? recent : earlier).push_back(value);
    // A few values beside many say nothing; three on either side are the least that has a spread.
    if (recent.size() < 3 || earlier.size() < 3)
        return;
    const auto now = mean_interval(recent, 0);
    const auto before = mean_interval(earlier, 0);
    DailyDirection direction{static_cast<int>(recent.size()), static_cast<int>(earlier.size()), now.mean, before.mean,
                             now.low > before.high || now.high < before.low};
    course.said = "Mean of the last " + std::to_string(protocol.recent_days) + " days " + daily_text(measure, now.mean) +
                  ", of the " + std::to_string(length - protocol.recent_days) + " days before them " +
                  daily_text(measure, before.mean) + ": " +
                  (direction.differs ? "a difference." : "no difference that could not be chance.");
    course.direction = direction;
}

} // namespace

DailyCourse daily_course(const WearableProtocol& protocol, const DailyMeasure& measure,
                         const std::map<sys_days, double>& values, sys_days today)
{
    DailyCourse course;
    course.measure = measure.id;
    course.name = measure.name;
    course.unit = measure.unit;
    for (const auto& [day, value] : values)
        if (day <= today)
            course.points.emplace_back(day, value);
    if (course.points.empty())
        return course;
    course.gaps = gaps_in(course, protocol.gap_days, today);
    if (!course.gaps.empty() && course.gaps.back().lasts) {
        const auto& gap = course.gaps.back();
        if ((gap.to - gap.from).count() + 1 >= protocol.tell_after_days)
            course.no_data = "No data since " + day_in_words(gap.from) + ". What was so in these days is not known.";
    } else if (!measure.time_of_day) {
        say_direction(course, protocol, measure, today);
    }
    return course;
}

} // namespace handrail::monitoring
