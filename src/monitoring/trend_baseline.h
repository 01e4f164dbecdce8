#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "domain/trend_protocol.h"

namespace handrail::monitoring {

/// One day of the person's own clock that is over and has an answer. Higher is worse.
struct OwnDay {
    std::chrono::sys_days day;
    double value = 0; ///< mean of the day's answers
    int answers = 0;
    bool alarmed = false; ///< an alarm stood at its end, and it was none that passed soon
};

/// The person's own days that are over, the newest last: a bounded number of them, however long the series.
class OwnDays {
public:
    static constexpr std::size_t most = 400; ///< more than any baseline needs

    void add(const OwnDay& day);
    /// The alarm that stood since then has passed soon: its days are days like others.
    void count_as_usual(std::chrono::sys_days from);
    const std::deque<OwnDay>& all() const { return days_; }
    std::optional<std::chrono::sys_days> first_on() const { return first_on_; }
    /// Answers on a usual day, from the last two weeks with answers.
    int usual_answers() const { return usual_answers_; }
    /// Share of the calendar days before `today` that have an answer: of the last `length`, or of as many as the series
    /// has. 1 before there is any.
    double completeness(std::chrono::sys_days today, int length) const;

private:
    std::deque<OwnDay> days_;
    std::optional<std::chrono::sys_days> first_on_;
    int usual_answers_ = 1;
};

/// What is usual for this person.
struct TrendBaseline {
    double mean = 0;
    double deviation = 0; ///< of one day; widened while days are few
    double alike = 0;     ///< correlation of neighbouring days
    int days = 0;
    std::array<double, 7> weekday{}; ///< what each weekday usually adds, Sunday first

    /// The day's value without what its weekday adds.
    double without_weekday(std::chrono::sys_days day, double value) const
    {
        return value - weekday[std::chrono::weekday{day}.c_encoding()];
    }
    /// By how much neighbouring days that are alike widen the error of a mean: the square root of (1 + r) / (1 - r).
    double widened() const;
};

/// The newest days that no alarm stood on, without the last few; the first days while the series is young. Nothing until
/// there are enough. Reads the days where they lie, once a day and not once an answer: sums kept from day to day would be
/// cheaper still, but one absurd value that entered them would never quite leave.
/// @param days_read goes up by the number of days that were read
std::optional<TrendBaseline> baseline_of(const OwnDays& days, std::chrono::sys_days today, const TrendProtocol& protocol,
                                         std::uint64_t& days_read);

} // namespace handrail::monitoring
