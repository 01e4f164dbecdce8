#include "monitoring/course_notes.h"

#include <algorithm>
#include <set>

#include "base/fields.h"
#include "base/text.h"
#include "care/document_rows.h"
#include "care/list_entries.h"

namespace handrail::monitoring {

namespace {

using std::chrono::days;

constexpr const char* event_kind = "course_event";
constexpr const char* review_kind = "course_review";
constexpr int most_events = 300; // versions, with those that take one back
const Instant ever = from_stored(INT64_MAX);

Result<void> only_clinicians(const Actor& actor)
{
    if (actor.role() == Role::Clinician || actor.role() == Role::Lead)
        return {};
    return not_allowed("Only a clinician or a lead records this.");
}

Result<void> not_too_long(const std::string& text, const char* where)
{
    if (code_points(text) > 4000)
        return Error{ErrorKind::TooMuch, "This text has more than 4,000 characters. Make it shorter.", {}, where};
    return {};
}

std::string day_text(std::chrono::sys_days day) { return to_rfc3339(Instant{day}).substr(0, 10); }

} // namespace

std::string_view name(Happened kind)
{
    switch (kind) {
    case Happened::Medicine: return "medicine";
    case Happened::Appointment: return "appointment";
    case Happened::Life: break;
    }
    return "life";
}

std::optional<Happened> happened_from(std::string_view text)
{
    for (const auto kind : {Happened::Life, Happened::Medicine, Happened::Appointment})
        if (name(kind) == text)
            return kind;
    return std::nullopt;
}

std::string_view name(StepFound found)
{
    switch (found) {
    case StepFound::Fine: return "fine";
    case StepFound::InTheWay: return "in_the_way";
    case StepFound::NotAsked: break;
    }
    return "not_asked";
}

std::optional<StepFound> step_found_from(std::string_view text)
{
    for (const auto found : {StepFound::Fine, StepFound::InTheWay, StepFound::NotAsked})
        if (name(found) == text)
            return found;
    return std::nullopt;
}

Result<std::vector<CourseEvent>> read_course_events(trust::Reading& reading, PersonId person)
{
    std::vector<CourseEvent> events;
    std::set<std::int64_t> withdrawn;
    for (const auto& kept : TRY(care::documents_before(reading, person, event_kind, ever, most_events))) { // newest first
        if (const auto of = kept.body.number("withdraws"); of != 0) {
            withdrawn.insert(of);
            continue;
        }
        if (withdrawn.contains(kept.version))
            continue;
        CourseEvent event;
        event.number = kept.version;
        event.on = std::chrono::floor<days>(TRY(from_rfc3339(kept.body.text("on"))));
        event.kind = happened_from(kept.body.text("kind")).value_or(Happened::Life);
        event.missed = kept.body.number("missed") != 0;
        event.text = kept.body.text("text");
        event.at = kept.at;
        event.by = kept.by;
        events.push_back(std::move(event));
    }
    std::stable_sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return a.on < b.on; });
    return events;
}

Result<std::vector<CourseReview>> read_course_reviews(trust::Reading& reading, PersonId person, int most)
{
    std::vector<CourseReview> reviews;
    for (const auto& kept : TRY(care::documents_before(reading, person, review_kind, ever, most))) {
        CourseReview review{kept.at, kept.by, {}, kept.body.text("plan")};
        for (const auto& step : kept.body.inner("step"))
            review.steps.push_back({step.text("text"), step_found_from(step.text("found")).value_or(StepFound::NotAsked),
                                    step.text("note")});
        reviews.push_back(std::move(review));
    }
    return reviews;
}

Result<CourseEvent> CourseNoteDesk::note_event(const Actor& actor, PersonId person, const CourseEvent& event) const
{
    TRY(only_clinicians(actor));
    if (trimmed(event.text).empty())
        return invalid("Write in a few words what happened.", "/text");
    TRY(not_too_long(event.text, "/text"));
    CourseEvent noted = event;
    noted.missed = event.missed && event.kind == Happened::Appointment;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto today = std::chrono::floor<days>(writing.now());
        if (event.on > today + days{1} || event.on < today - days{3650})
            return invalid("The day is not in the future, and at most ten years ago.", "/on");
        const auto before = TRY(care::latest_document(writing, person, event_kind));
        if (TRY(care::documents_before(writing, person, event_kind, ever, most_events)).size() >=
            static_cast<std::size_t>(most_events))
            return Error{ErrorKind::TooMuch, "No more events fit on this chart. Take back some that no longer matter.", {}, "/text"};
        noted.number = before.version + 1;
        noted.at = writing.now();
        noted.by = writing.actor().account();
        Fields body{{"on", day_text(noted.on)}, {"kind", std::string(name(noted.kind))}, {"text", noted.text}};
        body.add("missed", noted.missed ? 1 : 0);
        TRY(care::put_document(writing, person, event_kind, noted.number, body));
        writing.note({"write.course_event", person, "document", {}, {}, {}});
        return {};
    }));
    return noted;
}

Result<void> CourseNoteDesk::withdraw_event(const Actor& actor, PersonId person, std::int64_t number) const
{
    TRY(only_clinicians(actor));
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto events = TRY(read_course_events(writing, person));
        if (std::none_of(events.begin(), events.end(), [&](const auto& each) { return each.number == number; }))
            return not_found("That event is not on the chart.");
        const auto before = TRY(care::latest_document(writing, person, event_kind));
        Fields body;
        body.add("withdraws", number);
        TRY(care::put_document(writing, person, event_kind, before.version + 1, body));
        writing.note({"write.course_event", person, "document", {}, {}, {}});
        return {};
    });
}

Result<void> CourseNoteDesk::note_review(const Actor& actor, PersonId person, const CourseReview& review) const
{
    TRY(only_clinicians(actor));
    TRY(not_too_long(review.plan, "/plan"));
    const bool asked = std::any_of(review.steps.begin(), review.steps.end(),
                                   [](const auto& step) { return step.found != StepFound::NotAsked; });
    if (!asked && trimmed(review.plan).empty())
        return invalid("Say of one step at least what was found, or write what you plan.", "/steps");
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto before = TRY(care::latest_document(writing, person, review_kind));
        Fields body;
        for (const auto& step : review.steps) {
            TRY(not_too_long(step.note, "/steps"));
            body.add("step", Fields{{"text", step.text}, {"found", std::string(name(step.found))}, {"note", step.note}});
        }
        body.add("plan", review.plan);
        TRY(care::put_document(writing, person, review_kind, before.version + 1, body));
        // What the course of the totals put on the list was looked at with it; what was said or answered was not.
        TRY(care::take_off_by_rule(
            writing, person,
            {"answers:course-", "answers:reliably-worse", "trend.worse_than_usual", "trend.slowly_worse"},
            care::Looked::Reviewed));
        writing.note({"write.course_review", person, "document", {}, {}, {}});
        return {};
    });
}

} // namespace handrail::monitoring
