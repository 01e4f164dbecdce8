#include "errands/import_undo.h"

#include <algorithm>
#include <set>

#include "care/withdrawal.h"
#include "errands/nightly.h"
#include "monitoring/answer_rows.h"
#include "monitoring/daily_rows.h"

namespace handrail::errands {

namespace {

using monitoring::Course;

constexpr int most_findings = 1000;
/// The nights that are judged again; what an older one said is older than any course that is kept.
constexpr int most_nights = Course::days_kept;

constexpr rows::Statement remove_answers{
    "import.remove_answers",
    "DELETE FROM answer WHERE organisation = $1 AND person = $2 AND answer IN (SELECT answer FROM answer "
    "WHERE organisation = $1 AND person = $2 AND batch = $3 LIMIT $4)"};
constexpr rows::Statement last_answer{
    "import.last_answer", "SELECT MAX(at) FROM answer WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement last_message{
    "import.last_message", "SELECT MAX(at) FROM message WHERE organisation = $1 AND person = $2 AND author = 'person'"};
constexpr rows::Statement set_heard{
    "import.set_heard", "UPDATE person SET last_heard_at = $2 WHERE organisation = $1 AND person = $3"};

/// The course without the check-ins that are gone. Totals and series are not of a file: they stay. One that was let go of
/// because a file brought a newer check-in is older than ninety days now too, and would have gone with the next answer.
Result<Course> course_again(trust::Writing& writing, PersonId person)
{
    const auto before = TRY(monitoring::read_course(writing, person));
    Course course;
    const auto kept = TRY(monitoring::answers_of(writing, person, "check_in", std::nullopt, std::nullopt,
                                                 static_cast<int>(Course::most_answers)));
    for (auto answer = kept.rbegin(); answer != kept.rend(); ++answer)
        course.add(monitoring::CourseAnswer{std::chrono::floor<std::chrono::seconds>(answer->at),
                                            static_cast<int>(answer->body.number("mood")),
                                            static_cast<int>(answer->body.number("sleep"))});
    for (const auto& total : before.totals())
        course.add(total);
    for (const auto& series : before.series())
        for (const auto& [at, value] : series.points)
            course.add(monitoring::CourseValue{at, series.form, series.item, series.version, series.worse, value});
    course.set_treatment(before.treatment());
    return course;
}

Result<void> heard_again(trust::Writing& writing, PersonId person)
{
    rows::Value newest;
    for (const auto* statement : {&last_answer, &last_message}) {
        const auto found = TRY(writing.rows(*statement, {rows::Value{person}}));
        if (!found.empty() && !found.front()[0].null() &&
            (newest.null() || newest.instant() < found.front()[0].instant()))
            newest = rows::Value{found.front()[0].instant()};
    }
    TRY(writing.change(set_heard, {newest, person}));
    return {};
}

/// What the nights since would have found in this course.
std::set<FindingId> found_again(const monitoring::NightJudge& judge, const Course& course, PersonId person, Instant since,
                                Instant now)
{
    std::set<FindingId> found;
    const auto first = std::max(since, now - std::chrono::days{most_nights});
    for (auto night = now; night >= first - std::chrono::days{1}; night -= std::chrono::days{1})
        for (const auto& each : judge.judge(course, first - std::chrono::days{7}, night))
            found.insert(Nightly::id_of(person, each));
    return found;
}

} // namespace

Result<std::int64_t> remove_imported(trust::Writing& writing, const monitoring::ImportBatch& batch, int most)
{
    if (batch.kind == "daily")
        return monitoring::remove_days(writing, batch.person, batch.id, most);
    return writing.change(remove_answers, {batch.person, batch.id, most});
}

Result<Reworked> rework(trust::Writing& writing, const monitoring::NightJudge& judge, const monitoring::ImportBatch& batch)
{
    Reworked out;
    if (batch.kind == "daily")
        return out; // nothing is kept that was made from daily summaries: what is said of them is worked out when it is read
    const auto course = TRY(course_again(writing, batch.person));
    TRY(monitoring::write_course(writing, batch.person, course));
    TRY(heard_again(writing, batch.person));
    const auto still = found_again(judge, course, batch.person, batch.made_at, writing.now());
    const auto reason = "a file that was imported on " + to_rfc3339(batch.made_at).substr(0, 10) +
                        " was taken back, and without it this is not found.";
    for (const auto& kept : TRY(care::findings_of(writing, batch.person, std::nullopt, most_findings))) {
        if (kept.at < batch.made_at)
            break; // newest first
        // Only nights judge a course; what a message or a form called for does not rest on a file.
        if ((kept.about != "course" && kept.about != "silence") || still.contains(kept.id) ||
            kept.finding.urgency == Urgency::Usual)
            continue;
        ++out.withdrawn;
        out.alerts_marked += TRY(care::withdraw_finding(writing, kept, reason)) ? 1 : 0;
    }
    return out;
}

} // namespace handrail::errands
