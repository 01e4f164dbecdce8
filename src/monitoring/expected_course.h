#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/expected_course.h"
#include "domain/instrument.h"

/// Where a total stands beside what was to be expected, and how such an expectation is fitted to a service's own courses.
/// Only totals that are higher when things are worse. What it finds calls for no human by itself and lowers nothing.
namespace handrail::monitoring {

/// Where a scale begins and ends: 0 and 27 for the PHQ-9.
struct Scale {
    double lowest = 0;
    double highest = 0;
};
Scale scale_of(const ScoreRule& score);

struct ExpectedStanding {
    double share = 0;               ///< of the first total, counted from the bottom of the scale
    double limit = 0;               ///< the share above which somebody is behind
    double limit_total = 0;         ///< the same as a total
    std::optional<double> expected; ///< the share that half of the people lay under; nothing for a line set by hand
    bool behind = false;
    /// How far above the middle curve, or above the line set by hand: puts people in order.
    double above() const { return share - expected.value_or(limit); }
};

/// Nothing before and after the days that are judged, and for a first total at the bottom of the scale.
std::optional<ExpectedStanding> standing_on(const ExpectedCourse& course, Scale scale, double intake, double day,
                                            double total);

/// What was to be expected on one day of treatment, as a total: what a chart draws.
struct ExpectedTotal {
    double day = 0;
    std::optional<double> low;    ///< under the lowest curve; nothing for a line set by hand
    std::optional<double> middle; ///< half of the people lay under it
    double limit = 0;             ///< above it somebody is behind
};
/// A week apart, from the first day to the last one that is judged. Empty for a first total at the bottom of the scale.
std::vector<ExpectedTotal> expected_totals(const ExpectedCourse& course, Scale scale, double intake);

/// One total of one person. The first row of a person is the one that courses are shares of.
struct CourseRow {
    std::string person;
    double day = 0;
    double total = 0;
};

struct FitSettings {
    std::string measure;
    std::vector<std::string> instruments;
    Scale scale;
    double least_intake = 0;  ///< people who began lower are left out
    std::vector<double> quantiles{0.1, 0.25, 0.5, 0.75, 0.9};
    std::size_t limit = 3;    ///< of the quantiles
    std::vector<double> days{7, 14, 28, 42, 56, 84, 112, 140, 168};
    double width = 0.6;       ///< in log(1 + day / 7): totals so near a day count for it, the nearer the more
    std::size_t least_people = 60; ///< in each of two bands of intake; with fewer there is one
    double judged_from = 21;
    double judged_to = 98;
};

/// People by their rows, in the order of time; those who cannot be used (no second total, a low first one) are not there.
struct FittedPerson {
    std::string person;
    double intake = 0;
    std::vector<CourseRow> later;
};
std::vector<FittedPerson> people_to_fit(const std::vector<CourseRow>& rows, const FitSettings& settings);

/// The quantiles of the share at each day, by intake. Nothing without enough people near every day.
std::optional<ExpectedCourse> fit(const std::vector<FittedPerson>& people, const FitSettings& settings);

/// Of a quantile: what share of totals lay under its curve, by people whom the fit had not seen.
struct Calibration {
    double quantile = 0;
    double observed = 0;
    double low = 0;  ///< 95 %, people counted and not totals, since totals of one person are alike
    double high = 0;
    std::size_t totals = 0;
};
/// How well being behind early tells who is not half better later.
struct EarlyWarning {
    std::size_t people = 0;
    std::size_t not_better = 0;      ///< of them: less than half better at the first total of the late days
    std::size_t behind = 0;          ///< called behind
    std::size_t behind_not_better = 0;
    double auc = 0;                  ///< of `above()`
    double auc_low = 0;              ///< 95 %
    double auc_high = 0;
};
/// Which early and which late total: the first one within the days.
struct WarningDays {
    double early_from = 21;
    double early_to = 50;
    double late_from = 120;
};
EarlyWarning warned_by(const ExpectedCourse& course, const std::vector<FittedPerson>& people, Scale scale,
                       const WarningDays& days = {});

/// A fit on the others for each of so many groups of people, judged on those it had not seen. Person by person in turn,
/// in the order in which they are given: the same file gives the same folds.
struct CrossValidated {
    std::vector<Calibration> calibration;
    EarlyWarning warning;
};
std::optional<CrossValidated> cross_validate(const std::vector<FittedPerson>& people, const FitSettings& settings,
                                             std::size_t folds = 5, const WarningDays& days = {});

/// The file of a fitted course, for content/courses/.
/// @param data in a sentence, what it was fitted to
std::string expected_course_json(const ExpectedCourse& course, const std::string& data);

} // namespace handrail::monitoring
