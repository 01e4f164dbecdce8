#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "trust/record.h"

/// What clinicians note beside a course of totals: what happened on a day, and what was gone through when somebody was
/// not on track. Sealed, one version an entry, and in the record that the person can take along.
namespace handrail::monitoring {

enum class Happened { Life, Medicine, Appointment };
/// life, medicine, appointment
std::string_view name(Happened kind);
std::optional<Happened> happened_from(std::string_view name);

/// Something that stands on the chart beside the totals.
struct CourseEvent {
    std::int64_t number = 0;       ///< by which it is taken back
    std::chrono::sys_days on{};
    Happened kind = Happened::Life;
    bool missed = false;           ///< an appointment that did not take place
    std::string text;
    Instant at;                    ///< when it was noted
    AccountId by;
};

/// What was found at one step. Nobody asked is not the same as fine.
enum class StepFound { Fine, InTheWay, NotAsked };
/// fine, in_the_way, not_asked
std::string_view name(StepFound found);
std::optional<StepFound> step_found_from(std::string_view name);

/// One time through the steps for somebody who is not on track (ChangeProtocol::steps), with what follows from it.
struct CourseReview {
    struct Step {
        std::string text; ///< the step in its words of that day
        StepFound found = StepFound::NotAsked;
        std::string note;
    };
    Instant at;
    AccountId by;
    std::vector<Step> steps;
    std::string plan;
};

class CourseNoteDesk {
public:
    explicit CourseNoteDesk(trust::Record& record) : record_(record) {}

    /// Clinicians and leads. Invalid without words, for a day that is not there yet, or more than ten years ago. TooMuch
    /// when the list is full.
    Result<CourseEvent> note_event(const Actor& actor, PersonId person, const CourseEvent& event) const;
    /// It no longer stands anywhere; what was written stays in the record until it is too old. NotFound when there is none.
    Result<void> withdraw_event(const Actor& actor, PersonId person, std::int64_t number) const;
    /// Invalid when nothing was asked and nothing is planned: an empty review would look like work that was done.
    Result<void> note_review(const Actor& actor, PersonId person, const CourseReview& review) const;

private:
    trust::Record& record_;
};

/// The earliest day first; those that were taken back are left out.
Result<std::vector<CourseEvent>> read_course_events(trust::Reading& reading, PersonId person);
/// The newest first.
Result<std::vector<CourseReview>> read_course_reviews(trust::Reading& reading, PersonId person, int most);

} // namespace handrail::monitoring
