#include "monitoring/expected_course.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace handrail::monitoring {

namespace {

constexpr double normal_95 = 1.959964;

double log_time(double day) { return std::log1p(day / 7); }

/// Straight in log time between the days; before the first and after the last as there.
double share_at(const ExpectedCourse& course, const ExpectedCourse::Curve& curve, double day)
{
    const auto after = std::upper_bound(course.days.begin(), course.days.end(), day);
    if (after == course.days.begin())
        return curve.shares.front();
    if (after == course.days.end())
        return curve.shares.back();
    const auto next = static_cast<std::size_t>(after - course.days.begin());
    const double from = log_time(course.days[next - 1]);
    const double way = (log_time(day) - from) / (log_time(course.days[next]) - from);
    return curve.shares[next - 1] + way * (curve.shares[next] - curve.shares[next - 1]);
}

const ExpectedCourse::Band& band_of(const ExpectedCourse& course, double intake_share)
{
    for (const auto& band : course.bands)
        if (intake_share < band.intake_to)
            return band;
    return course.bands.back();
}

struct Weighted {
    double share = 0;
    double weight = 0;
};

/// The share under which that part of the weight lies. The values are in order.
double quantile_of(const std::vector<Weighted>& values, double quantile)
{
    double total = 0;
    for (const auto& each : values)
        total += each.weight;
    double sum = 0;
    for (const auto& each : values) {
        sum += each.weight;
        if (sum >= quantile * total)
            return each.share;
    }
    return values.back().share;
}

double share_of(double total, double intake, Scale scale) { return (total - scale.lowest) / (intake - scale.lowest); }

double intake_share(double intake, Scale scale) { return (intake - scale.lowest) / (scale.highest - scale.lowest); }

std::optional<ExpectedCourse::Band> fit_band(const std::vector<FittedPerson>& people, const FitSettings& settings,
                                             double from, double to)
{
    ExpectedCourse::Band band{from, to, {}};
    for (const auto quantile : settings.quantiles)
        band.curves.push_back({quantile, {}});
    for (const auto day : settings.days) {
        std::vector<Weighted> near;
        std::size_t seen = 0;
        for (const auto& person : people) {
            const double begun = intake_share(person.intake, settings.scale);
            if (begun < from || (begun >= to && to < 1))
                continue;
            const auto before = near.size();
            for (const auto& row : person.later) {
                const double apart = std::abs(log_time(row.day) - log_time(day));
                if (apart < settings.width)
                    near.push_back({share_of(row.total, person.intake, settings.scale), 1 - apart / settings.width});
            }
            seen += near.size() > before ? 1 : 0;
        }
        if (seen * 2 < settings.least_people)
            return std::nullopt;
        std::sort(near.begin(), near.end(), [](const auto& a, const auto& b) { return a.share < b.share; });
        for (std::size_t i = 0; i < settings.quantiles.size(); ++i)
            band.curves[i].shares.push_back(quantile_of(near, settings.quantiles[i]));
    }
    return band;
}

struct Ranked {
    double above = 0;
    bool not_better = false;
    bool behind = false;
};

std::optional<Ranked> ranked(const ExpectedCourse& course, const FittedPerson& person, Scale scale,
                             const WarningDays& days)
{
    const CourseRow* early = nullptr;
    const CourseRow* late = nullptr;
    for (const auto& row : person.later) {
        if (early == nullptr && row.day >= days.early_from && row.day <= days.early_to)
            early = &row;
        if (late == nullptr && row.day >= days.late_from)
            late = &row;
    }
    if (early == nullptr || late == nullptr)
        return std::nullopt;
    const auto standing = standing_on(course, scale, person.intake, early->day, early->total);
    if (!standing)
        return std::nullopt;
    return Ranked{standing->above(), share_of(late->total, person.intake, scale) >= 0.5, standing->behind};
}

/// The chance that one who is not better was further above than one who is, ties counting half, with DeLong's interval.
EarlyWarning warning_from(const std::vector<Ranked>& all)
{
    EarlyWarning out;
    std::vector<double> not_better;
    std::vector<double> better;
    for (const auto& each : all) {
        ++out.people;
        out.behind += each.behind ? 1 : 0;
        out.behind_not_better += each.behind && each.not_better ? 1 : 0;
        (each.not_better ? not_better : better).push_back(each.above);
    }
    out.not_better = not_better.size();
    if (not_better.empty() || better.empty())
        return out;
    const auto placed = [](double one, double other) { return one > other ? 1.0 : one == other ? 0.5 : 0.0; };
    const auto parts = [&](const std::vector<double>& of, const std::vector<double>& against, bool higher) {
        std::vector<double> each;
        for (const double one : of) {
            double sum = 0;
            for (const double other : against)
                sum += higher ? placed(one, other) : placed(other, one);
            each.push_back(sum / static_cast<double>(against.size()));
        }
        return each;
    };
    const auto mean_and_variance = [](const std::vector<double>& values) {
        double mean = 0;
        for (const double value : values)
            mean += value / static_cast<double>(values.size());
        double squares = 0;
        for (const double value : values)
            squares += (value - mean) * (value - mean);
        return std::pair{mean, values.size() < 2 ? 0.0 : squares / static_cast<double>(values.size() - 1)};
    };
    const auto [auc, variance_not_better] = mean_and_variance(parts(not_better, better, true));
    const auto [same, variance_better] = mean_and_variance(parts(better, not_better, false));
    (void)same;
    const double error = std::sqrt(variance_not_better / static_cast<double>(not_better.size()) +
                                   variance_better / static_cast<double>(better.size()));
    out.auc = auc;
    out.auc_low = std::max(0.0, auc - normal_95 * error);
    out.auc_high = std::min(1.0, auc + normal_95 * error);
    return out;
}

/// Totals under each curve, person by person.
struct Under {
    double count = 0;
    double of = 0;
};

Calibration calibrated(double quantile, const std::vector<Under>& people)
{
    Calibration out;
    out.quantile = quantile;
    Under all;
    for (const auto& each : people) {
        all.count += each.count;
        all.of += each.of;
    }
    out.totals = static_cast<std::size_t>(all.of);
    out.observed = all.count / all.of;
    double squares = 0;
    for (const auto& each : people)
        squares += (each.count - out.observed * each.of) * (each.count - out.observed * each.of);
    const double error = std::sqrt(squares) / all.of;
    out.low = std::max(0.0, out.observed - normal_95 * error);
    out.high = std::min(1.0, out.observed + normal_95 * error);
    return out;
}

std::string number(double value)
{
    auto text = std::to_string(std::round(value * 10000) / 10000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return text;
}

std::string list_of(const std::vector<double>& values)
{
    std::string out;
    for (const double value : values)
        out += (out.empty() ? "" : ", ") + number(value);
    return "[" + out + "]";
}

std::string quoted(const std::string& plain)
{
    std::string out = "\"";
    for (const char c : plain)
        if (c == '"' || c == '\\')
            out += std::string("\\") + c;
        else
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return out + "\"";
}

} // namespace

Scale scale_of(const ScoreRule& score) { return {score.lowest, score.highest}; }

std::optional<ExpectedStanding> standing_on(const ExpectedCourse& course, Scale scale, double intake, double day,
                                            double total)
{
    if (day < course.judged_from || day > course.judged_to || intake <= scale.lowest)
        return std::nullopt;
    const auto& band = band_of(course, intake_share(intake, scale));
    ExpectedStanding out;
    out.share = share_of(total, intake, scale);
    out.limit = share_at(course, band.curves[course.limit], day);
    out.limit_total = scale.lowest + out.limit * (intake - scale.lowest);
    for (const auto& curve : band.curves)
        if (curve.quantile == 0.5)
            out.expected = share_at(course, curve, day);
    out.behind = out.share > out.limit;
    return out;
}

std::vector<ExpectedTotal> expected_totals(const ExpectedCourse& course, Scale scale, double intake)
{
    std::vector<ExpectedTotal> totals;
    if (intake <= scale.lowest)
        return totals;
    const auto& band = band_of(course, intake_share(intake, scale));
    const auto total_at = [&](const ExpectedCourse::Curve& curve, double day) {
        return scale.lowest + share_at(course, curve, day) * (intake - scale.lowest);
    };
    for (double day = 0; day <= course.judged_to; day += 7) {
        ExpectedTotal one{day, std::nullopt, std::nullopt, total_at(band.curves[course.limit], day)};
        if (band.curves.front().quantile && course.limit > 0)
            one.low = total_at(band.curves.front(), day);
        for (const auto& curve : band.curves)
            if (curve.quantile == 0.5)
                one.middle = total_at(curve, day);
        totals.push_back(one);
    }
    return totals;
}

std::vector<FittedPerson> people_to_fit(const std::vector<CourseRow>& rows, const FitSettings& settings)
{
    std::map<std::string, std::vector<CourseRow>> by_person;
    for (const auto& row : rows)
        by_person[row.person].push_back(row);
    std::vector<FittedPerson> people;
    for (auto& [person, all] : by_person) {
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
        const double intake = all.front().total;
        if (all.front().day != 0 || intake < settings.least_intake || intake <= settings.scale.lowest || all.size() < 2)
            continue;
        people.push_back({person, intake, {all.begin() + 1, all.end()}});
    }
    return people;
}

std::optional<ExpectedCourse> fit(const std::vector<FittedPerson>& people, const FitSettings& settings)
{
    if (people.size() < settings.least_people)
        return std::nullopt;
    ExpectedCourse course;
    course.measure = settings.measure;
    course.version = "1";
    course.fitted = true;
    course.instruments = settings.instruments;
    course.days = settings.days;
    course.judged_from = settings.judged_from;
    course.judged_to = settings.judged_to;
    course.limit = settings.limit;
    if (people.size() >= 2 * settings.least_people) {
        std::vector<double> intakes;
        intakes.reserve(people.size());
        for (const auto& person : people)
            intakes.push_back(intake_share(person.intake, settings.scale));
        const auto middle = intakes.begin() + static_cast<std::ptrdiff_t>(intakes.size() / 2);
        std::nth_element(intakes.begin(), middle, intakes.end());
        const double cut = std::round(*middle * 10000) / 10000; // as it is written into the file
        const auto lower = fit_band(people, settings, 0, cut);
        const auto upper = fit_band(people, settings, cut, 1);
        if (lower && upper && cut > 0 && cut < 1)
            course.bands = {*lower, *upper};
    }
    if (course.bands.empty()) {
        const auto all = fit_band(people, settings, 0, 1);
        if (!all)
            return std::nullopt;
        course.bands = {*all};
    }
    return course;
}

EarlyWarning warned_by(const ExpectedCourse& course, const std::vector<FittedPerson>& people, Scale scale,
                       const WarningDays& days)
{
    std::vector<Ranked> all;
    for (const auto& person : people)
        if (const auto one = ranked(course, person, scale, days))
            all.push_back(*one);
    return warning_from(all);
}

std::optional<CrossValidated> cross_validate(const std::vector<FittedPerson>& people, const FitSettings& settings,
                                             std::size_t folds, const WarningDays& days)
{
    std::vector<std::vector<Under>> under(settings.quantiles.size());
    std::vector<Ranked> all;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        std::vector<FittedPerson> others;
        for (std::size_t i = 0; i < people.size(); ++i)
            if (i % folds != fold)
                others.push_back(people[i]);
        const auto course = fit(others, settings);
        if (!course)
            return std::nullopt;
        for (std::size_t i = fold; i < people.size(); i += folds) {
            const auto& person = people[i];
            const auto& band = band_of(*course, intake_share(person.intake, settings.scale));
            for (std::size_t q = 0; q < under.size(); ++q) {
                Under one;
                for (const auto& row : person.later) {
                    const double share = share_of(row.total, person.intake, settings.scale);
                    const double curve = share_at(*course, band.curves[q], row.day);
                    one.count += share < curve ? 1 : share == curve ? 0.5 : 0;
                    one.of += 1;
                }
                under[q].push_back(one);
            }
            if (const auto one = ranked(*course, person, settings.scale, days))
                all.push_back(*one);
        }
    }
    CrossValidated out;
    for (std::size_t q = 0; q < under.size(); ++q)
        out.calibration.push_back(calibrated(settings.quantiles[q], under[q]));
    out.warning = warning_from(all);
    return out;
}

std::string expected_course_json(const ExpectedCourse& course, const std::string& data)
{
    std::string instruments;
    for (const auto& each : course.instruments)
        instruments += (instruments.empty() ? "" : ", ") + quoted(each);
    std::string bands;
    for (const auto& band : course.bands) {
        std::string curves;
        for (const auto& curve : band.curves)
            curves += std::string(curves.empty() ? "" : ",\n      ") + "{" +
                      (curve.quantile ? "\"quantile\": " + number(*curve.quantile) + ", " : std::string()) +
                      "\"shares\": " + list_of(curve.shares) + "}";
        bands += std::string(bands.empty() ? "" : ",\n    ") + "{\"intake_from\": " + number(band.intake_from) +
                 ", \"intake_to\": " + number(band.intake_to) + ", \"curves\": [\n      " + curves + "]}";
    }
    return "{\n  \"schema\": \"handrail.expected-course/1\",\n  \"id\": " + quoted(course.measure) +
           ",\n  \"version\": " + quoted(course.version) + ",\n  \"origin\": \"" +
           (course.fitted ? "fitted" : "hand-set") + "\",\n  \"source\": " + quoted(data) +
           ",\n  \"instruments\": [" + instruments + "],\n  \"judged_days\": {\"from\": " +
           number(course.judged_from) + ", \"to\": " + number(course.judged_to) + "},\n  \"days\": " +
           list_of(course.days) + ",\n  \"bands\": [\n    " + bands + "\n  ],\n  \"limit\": " +
           std::to_string(course.limit) + "\n}\n";
}

} // namespace handrail::monitoring
