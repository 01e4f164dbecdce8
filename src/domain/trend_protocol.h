#pragma once

#include <string>

namespace handrail {

/// content/protocols/trend.json: when a series of one person stands out from that person's own days. A day is a day with
/// an answer unless it says otherwise.
struct TrendProtocol {
    std::string version;

    int baseline_days = 0;        ///< before anything is said
    int baseline_longest = 0;     ///< that make up the baseline, the newest ones
    int baseline_lag_days = 0;    ///< the last calendar days are not part of it, so that a slow change does not hide itself
    double least_steps = 0;       ///< a deviation is never under this share of the smallest step the person has shown
    double furthest_day = 0;      ///< in standard deviations: no single day counts for more
    int weekday_needs_days = 0;   ///< in the baseline before weekdays are told apart
    double weekday_pull_days = 0; ///< usual days that each weekday's mean is averaged with
    double alike_usual = 0;       ///< correlation of neighbouring days while too little is known of this person's
    double alike_pull_days = 0;   ///< how many days that counts for
    double alike_most = 0;

    double ewma_weight = 0; ///< of the newest day
    double ewma_limit = 0;  ///< in standard errors of the average
    double cusum_slack = 0; ///< in standard deviations: smaller shifts are left alone
    double cusum_limit = 0;
    double ends_at = 0;       ///< an alarm ends when both are back under this share of their limits
    int passing_days = 0;     ///< an alarm that ends before it stood so many calendar days was part of the person's ups and downs
    int today_after_days = 0; ///< both rules standing this many calendar days ask for a human today

    int silence_days = 0;         ///< the shortest silence that is reported, in calendar days
    double silence_intervals = 0; ///< and not under this many of the person's usual intervals
    int completeness_days = 0;    ///< calendar days over which completeness is stated

    int fatigue_recent_days = 0;  ///< calendar days that are compared with
    int fatigue_earlier_days = 0; ///< the calendar days before them
    double fatigue_fall = 0;      ///< in the share of days with an answer: smaller falls are left alone
    double fatigue_limit = 0;     ///< and not under this many standard errors
    int same_answers_least = 0;   ///< equal answers one after another
    double same_answers_chance = 0; ///< under which this person would have given so many

    int slowing_window_days = 0; ///< calendar days in which correlation and variance are taken
    int slowing_trend_days = 0;  ///< calendar days over which they are seen to rise
    double slowing_filled = 0;   ///< share of the window's days that must have an answer
    double slowing_rise = 0;     ///< Kendall's rank correlation with time that both must reach
    double slowing_preceded = 0; ///< published share of recurrences that such signals came before
};

} // namespace handrail
