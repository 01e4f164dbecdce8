#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/clock.h"
#include "monitoring/trend.h"
#include "shared_corpora.h"

namespace handrail::monitoring {

/// One value a day from the first day on; nothing where the day has no answer. Higher is worse.
using Diary = std::vector<std::optional<double>>;

/// The diaries of one public study, by person; only people with 14 days or more.
struct Study {
    std::string name;
    double weight = 1;
    std::vector<Diary> people;
};

inline Study study(const std::string& table, const std::vector<std::string>& columns, double sign, double weight)
{
    std::map<std::string, std::map<int, std::vector<double>>> by_person;
    for (const auto& row : test::table_of(test::clinical(table))) {
        std::vector<double> values;
        for (const auto& column : columns)
            if (const auto& written = row.at(column); !written.empty())
                values.push_back(sign * std::stod(written));
        if (!values.empty())
            by_person[row.at("person")][std::stoi(row.at("day"))].push_back(mean_of(values));
    }
    Study out{table + " " + columns.front(), weight, {}};
    for (const auto& [person, days] : by_person) {
        if (days.size() < 14)
            continue;
        auto& diary = out.people.emplace_back(static_cast<std::size_t>(days.rbegin()->first - days.begin()->first + 1));
        for (const auto& [day, values] : days)
            diary[static_cast<std::size_t>(day - days.begin()->first)] = mean_of(values);
    }
    return out;
}

/// The diaries that the settings were chosen on; empty studies where the data are not here. Each study weighs the same.
inline const std::vector<Study>& studies_for_choosing()
{
    static const std::vector<Study> all{
        study("fisher2017/esm",
              {"irritable", "restless", "worried", "guilty", "afraid", "anhedonia", "angry", "hopeless", "down"}, 1, 1.0 / 3),
        study("flueckiger2014/daily", {"na"}, 1, 1.0 / 3), study("jang2024_panic/daily", {"anxiety"}, 1, 1.0 / 6),
        study("jang2024_panic/daily", {"negative_feeling"}, -1, 1.0 / 6)};
    return all;
}

/// The days on which a change for the worse was told for the first time.
inline std::vector<int> new_alarms(const TrendProtocol& protocol, const Diary& diary)
{
    TrendFollower follower(protocol, nullptr);
    std::vector<int> out;
    const Instant start = *from_rfc3339("2026-01-05T19:00:00Z");
    for (std::size_t i = 0; i < diary.size(); ++i)
        if (diary[i])
            for (const auto& event : follower.take({"p", start + std::chrono::hours(24) * static_cast<int>(i), "m", diary[i]}))
                for (const auto& [key, value] : event.numbers)
                    if (key == "standing_days" && value == 0)
                        out.push_back(static_cast<int>(i));
    return out;
}

/// How often alarms come by themselves, and how often a rise of 1.5 of the person's standard deviations is noticed.
struct Measured {
    double as_they_are = 0; ///< new alarms a person-month in the diaries as they are
    double resampled = 0;   ///< in diaries put together again in blocks of five days
    double within_7 = 0;    ///< share of planted rises that a new alarm follows within 7 days
    double within_14 = 0;
};

inline Measured measured(const TrendProtocol& protocol, int repeats)
{
    constexpr int long_as = 120;
    constexpr int rise_on = 80;
    Measured out;
    for (const auto& study : studies_for_choosing()) {
        std::mt19937 random(7);
        double alarms = 0;
        double months = 0;
        double false_alarms = 0;
        double false_months = 0;
        double planted = 0;
        double soon = 0;
        double later = 0;
        for (const auto& diary : study.people) {
            alarms += static_cast<double>(new_alarms(protocol, diary).size());
            months += std::max(0.0, static_cast<double>(diary.size()) - protocol.baseline_days) / 30;
            std::vector<double> values;
            for (const auto& each : diary)
                if (each)
                    values.push_back(*each);
            const double deviation = deviation_of(values);
            for (int i = 0; i < repeats && deviation > 0; ++i) {
                Diary again;
                while (again.size() < long_as) {
                    const std::size_t from = random() % diary.size();
                    for (std::size_t k = 0; k < 5; ++k)
                        again.push_back(diary[(from + k) % diary.size()]);
                }
                again.resize(long_as);
                false_alarms += static_cast<double>(new_alarms(protocol, again).size());
                false_months += (long_as - protocol.baseline_days) / 30.0;
                for (std::size_t day = rise_on; day < again.size(); ++day)
                    if (again[day])
                        *again[day] += 1.5 * deviation;
                const auto found = new_alarms(protocol, again);
                const auto first = std::lower_bound(found.begin(), found.end(), rise_on);
                planted += 1;
                soon += first != found.end() && *first < rise_on + 7 ? 1 : 0;
                later += first != found.end() && *first < rise_on + 14 ? 1 : 0;
            }
        }
        out.as_they_are += study.weight * alarms / months;
        out.resampled += study.weight * false_alarms / false_months;
        out.within_7 += study.weight * soon / planted;
        out.within_14 += study.weight * later / planted;
    }
    return out;
}

} // namespace handrail::monitoring
