#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "domain/instrument.h"
#include "domain/trend_protocol.h"
#include "domain/urgency.h"
#include "monitoring/day_series.h"

namespace handrail::monitoring {

/// One row of a series. A row without a value is a question that was not answered: time went on, and nothing is known.
struct TrendRow {
    std::string person;
    Instant at;
    std::string measure;
    std::optional<double> value;
    bool higher_is_worse = true;
};

/// What became known with a row.
struct TrendEvent {
    std::string person;
    Instant at; ///< of the row that made it known
    std::string measure;
    /// worse_than_usual, slowly_worse, reliably_worse or silence. A standing alarm repeats daily under its kind.
    std::string kind;
    Urgency urgency = Urgency::Soon;
    std::string why;
    std::vector<std::pair<std::string, double>> numbers;
};

/// Follows one measure of one person. What it says after a row depends on that row and those before it, and on nothing
/// later: adding rows never changes an earlier event.
///
/// Each total is compared with the first by the published reliable change of its instrument. Each day's mean (so far) is compared with the person's own earlier days by an exponentially weighted average (Roberts
/// 1959) and by a cumulative sum (Page 1954), both widened for days that resemble the day before. A change for the better
/// raises nothing, and nothing here lowers an urgency: an alarm that ends stops repeating.
class TrendFollower {
public:
    /// @param reliable What change of this measure is unlikely to be chance; null for measures without a published one.
    TrendFollower(const TrendProtocol& protocol, const ReliableChange* reliable)
        : protocol_(&protocol), reliable_(reliable)
    {
    }

    /// @param row Not earlier than the rows before it.
    std::vector<TrendEvent> take(const TrendRow& row);

private:
    struct Baseline {
        double mean = 0;
        double deviation = 0;
        double alike = 0; ///< correlation of neighbouring days, pulled towards none while days are few
        int days = 0;
    };
    /// The two statistics, in the direction in which higher is worse.
    struct Stand {
        double average = 0;
        double sum = 0;
    };
    struct Reading {
        double ewma = 0; ///< in standard errors
        double cusum = 0;
    };

    void close_day();
    std::optional<Baseline> baseline() const;
    Stand stand_with(const Baseline& base, double day_value) const;
    Reading reading_of(const Baseline& base, const Stand& stand) const;
    bool enough_of_today() const;
    void look_for_silence(const TrendRow& row, std::vector<TrendEvent>& events);
    void look_for_reliable_change(const TrendRow& row, std::vector<TrendEvent>& events);
    void look_for_change(const TrendRow& row, std::vector<TrendEvent>& events);
    TrendEvent change_event(const TrendRow& row, const Baseline& base, const Reading& reading) const;

    const TrendProtocol* protocol_;
    const ReliableChange* reliable_;
    std::optional<double> first_;   ///< the first value of the series, higher is worse
    std::optional<Instant> reliably_told_at_;
    std::deque<DayMean> days_;      ///< closed days, higher is worse, the newest last
    std::deque<bool> in_alarm_;     ///< whether an alarm stood on each closed day
    std::optional<std::chrono::sys_days> today_;
    double today_sum_ = 0;
    int today_count_ = 0;
    std::optional<Stand> stand_;    ///< over the closed days, since the baseline was known
    bool alarmed_ = false;
    bool slowly_ = false;
    Urgency urgency_ = Urgency::Soon;
    std::chrono::sys_days alarmed_on_{};
    std::optional<Instant> told_at_;
    std::optional<Instant> answered_at_;
    std::deque<double> intervals_;  ///< days between answered days
    std::optional<Instant> silence_told_at_;
};

/// Published reliable changes by measure; a series of totals has the instrument's id as its measure.
using ReliableChanges = std::map<std::string, ReliableChange, std::less<>>;

/// Follows any number of people and measures. Holds references to what it is made with.
class Trends {
public:
    Trends(const TrendProtocol& protocol, const ReliableChanges& reliable) : protocol_(protocol), reliable_(reliable) {}
    /// @param row Not earlier than the rows before it.
    std::vector<TrendEvent> take(const TrendRow& row);

private:
    const TrendProtocol& protocol_;
    const ReliableChanges& reliable_;
    std::map<std::pair<std::string, std::string>, TrendFollower> followers_;
};

} // namespace handrail::monitoring
