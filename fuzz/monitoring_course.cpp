// The course block of a person, as it comes back from the store: damage is an error, and never a wrong judgement.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "monitoring/course.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using handrail::ensure;
    using handrail::monitoring::Course;
    auto read = Course::decoded({reinterpret_cast<const char*>(bytes), size});
    if (!read)
        return 0;
    const auto written = read->encoded();
    const auto again = Course::decoded(written);
    ensure(again.ok() && again->encoded() == written, "what was read is written and read the same");
    ensure(read->answers().size() <= Course::most_answers && read->totals().size() <= Course::most_totals,
           "a course is small");
    // The next answer finds its place in whatever was kept.
    const auto at = read->heard_at().value_or(handrail::Instant{}) + std::chrono::hours(1);
    read->add(handrail::monitoring::CourseAnswer{at, 3, 4});
    read->add(handrail::monitoring::CourseTotal{at, "phq-9", 12.0, 0});
    read->add(handrail::monitoring::CourseValue{at, "own-1", "energy", 1, handrail::monitoring::CourseValue::Worse::Down, 3});
    ensure(read->series().size() <= Course::most_series, "a course is small");
    ensure(read->heard_at() == std::chrono::floor<std::chrono::seconds>(at), "the newest is the one just added");
    ensure(std::is_sorted(read->answers().begin(), read->answers().end(),
                          [](const auto& a, const auto& b) { return a.at < b.at; }),
           "answers stay in order");
    ensure(Course::decoded(read->encoded()).ok(), "what was added to can be read again");
    return 0;
}
