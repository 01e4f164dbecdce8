#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "domain/instrument.h"
#include "domain/trend_protocol.h"
#include "domain/urgency.h"
#include "monitoring/entry_fatigue.h"
#include "monitoring/silence.h"
#include "monitoring/slowing_down.h"
#include "monitoring/trend_alarms.h"
#include "monitoring/trend_baseline.h"

namespace handrail::monitoring {

/// One row of a series. A row without a value is a question that was not answered: time went on, and nothing is known.
struct TrendRow {
    std::string person;
    Instant at;
    std::string measure;
    std::optional<double> value;
    bool higher_is_worse = true;
    std::chrono::minutes utc_offset{0}; ///< of the person's own clock then: a day is a day on it
};

/// What became known with a row.
struct TrendEvent {
    std::string person;
    Instant at; ///< of the row that made it known
    std::string measure;
    /// worse_than_usual, slowly_worse, reliably_worse, silence (a standing one repeats daily); entry_fatigue and
    /// slowing_down, which ask for nobody and are told once until they are over.
    std::string kind;
    Urgency urgency = Urgency::Soon;
    std::string why;
    /// Always among them: delay_days, low and high (95 %, of the number before them), completeness.
    std::vector<std::pair<std::string, double>> numbers;
};

/// Follows one measure of one person. What it says after a row depends on that row and those before it, and on nothing
/// later: adding rows never changes an earlier event. It keeps a bounded number of days, however many the rows.
class TrendFollower {
public:
    /// What asks for nobody (entry_fatigue, slowing_down) is offered where somebody looks. Leaving it out saves most of the
    /// work, and changes nothing else that is said.
    enum class Offers { Made, LeftOut };

    /// @param reliable What change of this measure is unlikely to be chance; null for measures without a published one.
    TrendFollower(const TrendProtocol& protocol, const ReliableChange* reliable, Offers offers = Offers::Made)
        : protocol_(&protocol), reliable_(reliable), offers_(offers), silence_(protocol), fatigue_(protocol),
          slowing_(protocol), alarms_(protocol)
    {
    }

    /// @param row Not earlier than the rows before it.
    std::vector<TrendEvent> take(const TrendRow& row);

    std::size_t days_kept() const { return days_.all().size(); }
    /// How many days were looked at for baselines so far: it grows with the days, not with the rows.
    std::uint64_t days_read() const { return days_read_; }

private:
    using Numbers = std::vector<std::pair<std::string, double>>;

    void begin_day(const TrendRow& row, std::chrono::sys_days day, std::vector<TrendEvent>& events);
    void make_offers(const TrendRow& row, std::chrono::sys_days day, std::vector<TrendEvent>& events);
    void close_day();
    void look_for_silence(const TrendRow& row, std::vector<TrendEvent>& events);
    void look_for_reliable_change(const TrendRow& row, std::vector<TrendEvent>& events);
    void look_for_change(const TrendRow& row, std::vector<TrendEvent>& events);
    void say_fatigue(const TrendRow& row, const EntryFatigue::Noticed& noticed, std::vector<TrendEvent>& events) const;
    TrendEvent event(const TrendRow& row, const char* kind, Urgency urgency, std::string why, Numbers numbers) const;

    const TrendProtocol* protocol_;
    const ReliableChange* reliable_;
    Offers offers_;
    std::optional<double> first_; ///< the first value of the series, higher is worse
    std::optional<Instant> not_reliably_worse_at_;
    std::optional<std::chrono::sys_days> reliably_told_on_;
    OwnDays days_;
    std::optional<TrendBaseline> base_; ///< for today
    std::optional<std::chrono::sys_days> today_;
    double today_sum_ = 0;
    int today_count_ = 0;
    Silence silence_;
    EntryFatigue fatigue_;
    SlowingDown slowing_;
    TrendAlarms alarms_;
    bool alarm_stood_ = false; ///< at the end of the last day that is over
    std::uint64_t days_read_ = 0;
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
