#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "content/instruments.h"
#include "domain/check_in.h"
#include "domain/daily_summary.h"
#include "domain/progress_protocol.h"
#include "monitoring/course.h"

namespace handrail::monitoring {

/// A person's own progress, in words first. Times are instants; a day is a day of the person's own clock.
struct Progress {
    struct Level {
        int value = 0;
        std::string text;
    };
    struct Point {
        Instant at;
        int value = 0;
    };
    /// Days without an answer: nothing is drawn across them, and nobody is blamed for them.
    struct Gap {
        Instant from; ///< start of the first day without an answer
        Instant to;   ///< end of the last one
    };
    /// Mean of the answered days of the window that ends here, with its 95 % interval.
    struct Average {
        Instant at; ///< middle of the day
        double value = 0;
        double low = 0;
        double high = 0;
    };
    struct Range {
        double low = 0;
        double high = 0;
    };
    struct TotalPoint {
        Instant at;
        double total = 0;
        double low = 0;
        double high = 0;
        std::string text;
    };
    struct Totals {
        std::string instrument;
        std::string title;
        double lowest = 0;
        double highest = 0;
        std::string better; ///< "down" or "up"
        std::vector<TotalPoint> points;
        std::string change; ///< from the first to the last point, with what is unlikely to be chance; may be empty
    };
    struct Help {
        std::string text;
        std::string how_sure;
    };

    std::string sentence;
    std::string how_sure;
    std::string measure = "mood";
    std::vector<Level> scale;
    std::string better = "up";
    std::vector<Point> points;
    std::vector<Gap> gaps;
    std::vector<Average> average;
    std::optional<Range> usual;
    std::vector<Totals> totals;
    std::vector<Help> helps;
    bool empty = true; ///< under the needed number of answers: no picture yet
};

/// What somebody chose under "What did you do?" in one check-in; never empty: left open is no value.
struct Did {
    Instant at;
    std::vector<std::string> what; ///< ids of the form's choices
};

/// What the scales of designed check-ins ask, by form and item.
using ScaleNames = std::map<std::pair<std::string, std::string>, std::string>;

/// What is known when progress is worked out.
struct ProgressQuestion {
    Instant now;
    int days = 28;                            ///< 7 to 90; others are brought into that range
    std::chrono::minutes utc_offset{0};       ///< of the person's own clock
    std::string_view language = "en";
    const CountedByDay* counted = nullptr; ///< what a wearable counted, when the person agreed to it
    const std::vector<Did>* did = nullptr; ///< of the days that the course has, oldest first
    const ScaleNames* scales = nullptr;    ///< null: the service's own scales are not looked at
};

/// Tells and draws a course. Pure: the same course, content and question give the same answer.
Progress progress(const Course& course, const CheckInForm& form, const content::Instruments& instruments,
                  const ProgressProtocol& protocol, const ProgressQuestion& question);

/// How far a total may be from the true one: reliable change over the square root of two (6 gives 4 for the PHQ-9).
/// Nothing when no reliable change was published, or one that does not come from the error of measurement.
std::optional<double> give_or_take(const Instrument& instrument);

} // namespace handrail::monitoring
