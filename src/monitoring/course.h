#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "monitoring/treatment_course.h"

namespace handrail::monitoring {

/// One check-in as the course remembers it.
struct CourseAnswer {
    Instant at;       ///< to the second
    int mood = 0;     ///< 1 to 5; 0: left open, which is no value
    int sleep = 0;    ///< the form's choice, 1 to 6; 0: left open
};

/// How a suicide screener that is asked after a critical answer went.
enum class FollowUp {
    NotAnswered,
    NothingFurther,
    Positive, ///< yes to active thoughts or more, by the protocol
};

/// One scored questionnaire as the course remembers it.
struct CourseTotal {
    Instant at;       ///< to the second
    std::string instrument;
    std::optional<double> total; ///< main score, one decimal; nothing when the form was not complete
    std::optional<int> critical; ///< highest answer to a critical item
    std::string version = {};    ///< of the instrument; empty: kept before versions were, so it is not known
    FollowUp follow_up = FollowUp::NotAnswered; ///< of a screener that is asked after a critical answer
    std::vector<std::pair<std::string, int>> critical_items = {}; ///< each critical item that was answered
};

/// One answer to a scale of a check-in that the service designed.
struct CourseValue {
    enum class Worse { Neither, Up, Down };
    Instant at; ///< to the second
    std::string form;
    std::string item;
    int version = 1; ///< of the form
    Worse worse = Worse::Neither;
    int value = 0;
};

/// The answers to one such scale, in one version of its form: versions are never mixed.
struct CourseSeries {
    std::string form;
    std::string item;
    int version = 1;
    CourseValue::Worse worse = CourseValue::Worse::Neither;
    std::vector<std::pair<Instant, int>> points = {}; ///< oldest first
};

/// What is needed to judge and draw one person's last months without opening every answer: a small sealed block per
/// person, kept up to date in the transaction of each answer. Holds no words.
class Course {
public:
    static constexpr int days_kept = 90;              ///< before the newest answer
    static constexpr std::size_t most_answers = 1024; ///< the oldest go first
    static constexpr std::size_t most_totals = 96;
    static constexpr std::size_t most_series = 24; ///< the one heard of longest ago goes first
    static constexpr std::size_t most_points = 180; ///< of one series

    /// Adds an answer in its place in time; one at the same second replaces it, so that a repeated request adds nothing.
    void add(const CourseAnswer& answer);
    void add(const CourseTotal& total);
    void add(const CourseValue& value);

    const std::vector<CourseAnswer>& answers() const { return answers_; } ///< oldest first
    const std::vector<CourseTotal>& totals() const { return totals_; }    ///< oldest first, all instruments
    const std::vector<CourseSeries>& series() const { return series_; } ///< in the order in which they came
    /// The newest instant anything was heard; nothing in an empty course.
    std::optional<Instant> heard_at() const;
    /// Of one instrument in one version, oldest first; versions are never mixed. Totals of before versions were kept are
    /// among them: leaving them out would hide that somebody became worse.
    std::vector<CourseTotal> totals_of(std::string_view instrument, std::string_view version) const;
    /// The last form on which a critical item was answered. One of an unknown version is none: then the answer is new.
    const CourseTotal* last_critical(std::string_view instrument, std::string_view version) const;
    std::optional<double> last_total(std::string_view instrument, std::string_view version) const;

    /// What a clinician recorded; nothing until then.
    const std::optional<Treatment>& treatment() const { return treatment_; }
    void set_treatment(std::optional<Treatment> treatment) { treatment_ = treatment; }

    /// Lets go of what is older than the service keeps it.
    void forget_before(Instant before);

    /// A few bytes an answer; the first byte is the version: 3 with series, and 2 without any, which a Handrail from before
    /// them reads too. Version 1 had no instrument versions, follow-up or treatment, and is still read.
    std::string encoded() const;
    /// Reads any bytes without harm. Invalid when they are damaged, Unavailable when a newer Handrail wrote them.
    static Result<Course> decoded(std::string_view bytes);

private:
    void let_go_of_the_old();
    void let_go_of_old_series();

    std::vector<CourseAnswer> answers_;
    std::vector<CourseTotal> totals_;
    std::vector<CourseSeries> series_;
    std::optional<Treatment> treatment_;
};

} // namespace handrail::monitoring
