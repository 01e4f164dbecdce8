#include "monitoring/trend_baseline.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "monitoring/day_series.h"

namespace handrail::monitoring {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr std::size_t days_of_usual_answers = 14;

std::size_t weekday_of(sys_days day) { return std::chrono::weekday{day}.c_encoding(); }

/// Calls `each` with the days of the baseline, the newest first.
template <class Each>
void over_baseline(const std::deque<OwnDay>& days_, sys_days newest, const TrendProtocol& protocol, Each each)
{
    const auto needed = static_cast<std::size_t>(protocol.baseline_days);
    const auto longest = static_cast<std::size_t>(protocol.baseline_longest);
    std::size_t chosen = 0;
    for (std::size_t i = days_.size(); i-- > 0 && chosen < longest;)
        chosen += !days_[i].alarmed && days_[i].day < newest ? 1 : 0;
    // While the series is young the lag would leave too little: the first days then stand for the baseline.
    if (chosen < needed) {
        for (std::size_t i = needed; i-- > 0;)
            each(days_[i]);
        return;
    }
    chosen = 0;
    for (std::size_t i = days_.size(); i-- > 0 && chosen < longest;)
        if (!days_[i].alarmed && days_[i].day < newest) {
            each(days_[i]);
            ++chosen;
        }
}

} // namespace

void OwnDays::add(const OwnDay& day)
{
    if (!first_on_)
        first_on_ = day.day;
    days_.push_back(day);
    if (days_.size() > most)
        days_.pop_front();
    std::vector<double> counts;
    for (std::size_t i = days_.size(); i-- > 0 && counts.size() < days_of_usual_answers;)
        counts.push_back(days_[i].answers);
    usual_answers_ = static_cast<int>(std::ceil(quantile(std::move(counts), 0.5)));
}

void OwnDays::count_as_usual(sys_days from)
{
    for (std::size_t i = days_.size(); i-- > 0 && days_[i].day >= from;)
        days_[i].alarmed = false;
}

double OwnDays::completeness(sys_days today, int length) const
{
    if (!first_on_ || *first_on_ >= today)
        return 1;
    const auto from = std::max(*first_on_, today - days{length});
    int answered = 0;
    for (std::size_t i = days_.size(); i-- > 0 && days_[i].day >= from;)
        ++answered;
    return static_cast<double>(answered) / static_cast<double>((today - from).count());
}

double TrendBaseline::widened() const { return std::sqrt((1 + alike) / (1 - alike)); }

std::optional<TrendBaseline> baseline_of(const OwnDays& own, sys_days today, const TrendProtocol& protocol,
                                         std::uint64_t& days_read)
{
    const auto& all = own.all();
    if (all.size() < static_cast<std::size_t>(protocol.baseline_days))
        return std::nullopt;
    const auto newest = today - days{protocol.baseline_lag_days};
    const auto each_day = [&](auto take) {
        over_baseline(all, newest, protocol, [&](const OwnDay& day) {
            ++days_read;
            take(day);
        });
    };

    TrendBaseline base;
    double sum = 0;
    std::array<double, 7> of_weekday{};
    std::array<double, 7> count{};
    each_day([&](const OwnDay& day) {
        ++base.days;
        sum += day.value;
        of_weekday[weekday_of(day.day)] += day.value;
        count[weekday_of(day.day)] += 1;
    });
    const double n = base.days;
    base.mean = sum / n;

    // Means of few days each, pulled towards no difference (James & Stein 1961); they add up to nothing over the days.
    double spent = 0;
    if (base.days >= protocol.weekday_needs_days) {
        double over_all = 0;
        for (std::size_t i = 0; i < 7; ++i) {
            const double trust = count[i] / (count[i] + protocol.weekday_pull_days);
            base.weekday[i] = count[i] > 0 ? trust * (of_weekday[i] / count[i] - base.mean) : 0;
            over_all += count[i] * base.weekday[i] / n;
            spent += trust * 6 / 7;
        }
        for (auto& effect : base.weekday)
            effect -= over_all;
    }

    double squares = 0;
    double step = 0;
    double neighbours = 0;
    double together = 0;
    const OwnDay* later = nullptr;
    each_day([&](const OwnDay& day) {
        const double off = base.without_weekday(day.day, day.value) - base.mean;
        squares += off * off;
        if (later != nullptr) {
            const double apart = std::abs(later->value - day.value);
            if (apart > 0)
                step = step == 0 ? apart : std::min(step, apart);
            if (later->day - day.day == days{1}) {
                together += off * (base.without_weekday(later->day, later->value) - base.mean);
                ++neighbours;
            }
        }
        later = &day;
    });
    const double free = std::max(1.0, n - 1 - spent);
    const double variance = squares / free;
    // Few days may understate the deviation: Student's t widens it.
    base.deviation = std::sqrt(variance) * student_95(static_cast<int>(free)) / student_95(1'000'000);
    base.deviation = std::max(base.deviation, step * protocol.least_steps);
    const double own_alike = neighbours > 0 && variance > 0 ? together / neighbours / variance : 0;
    // Days that never differed carry nothing over to the next one.
    if (variance > 0)
        base.alike = std::clamp((own_alike * neighbours + protocol.alike_usual * protocol.alike_pull_days) /
                                    (neighbours + protocol.alike_pull_days),
                                0.0, protocol.alike_most);
    return base;
}

} // namespace handrail::monitoring
