#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace handrail::monitoring {

/// One check-in as the course remembers it.
struct CourseAnswer {
    Instant at;       ///< to the second
    int mood = 0;     ///< 1 to 5; 0: left open, which is no value
    int sleep = 0;    ///< the form's choice, 1 to 6; 0: left open
};

/// One scored questionnaire as the course remembers it.
struct CourseTotal {
    Instant at;       ///< to the second
    std::string instrument;
    std::optional<double> total; ///< main score, one decimal; nothing when the form was not complete
    std::optional<int> critical; ///< highest answer to a critical item
};

/// What is needed to judge and draw one person's last months without opening every answer: a small sealed block per
/// person, kept up to date in the transaction of each answer. Holds no words.
class Course {
public:
    static constexpr int days_kept = 90;              ///< before the newest answer
    static constexpr std::size_t most_answers = 1024; ///< the oldest go first
    static constexpr std::size_t most_totals = 96;

    /// Adds an answer in its place in time; one at the same second replaces it, so that a repeated request adds nothing.
    void add(const CourseAnswer& answer);
    void add(const CourseTotal& total);

    const std::vector<CourseAnswer>& answers() const { return answers_; } ///< oldest first
    const std::vector<CourseTotal>& totals() const { return totals_; }    ///< oldest first, all instruments
    /// The newest instant anything was heard; nothing in an empty course.
    std::optional<Instant> heard_at() const;
    /// The last answered critical item and the last complete total of an instrument.
    std::optional<int> last_critical(std::string_view instrument) const;
    std::optional<double> last_total(std::string_view instrument) const;

    /// Lets go of what is older than the service keeps it.
    void forget_before(Instant before);

    /// A few bytes an answer; the first byte is the version.
    std::string encoded() const;
    /// Reads any bytes without harm. Invalid when they are damaged, Unavailable when a newer Handrail wrote them.
    static Result<Course> decoded(std::string_view bytes);

private:
    void let_go_of_the_old();

    std::vector<CourseAnswer> answers_;
    std::vector<CourseTotal> totals_;
};

} // namespace handrail::monitoring
