#include "monitoring/course_replay.h"

#include <algorithm>

#include "monitoring/answer_rows.h"
#include "monitoring/questionnaire_history.h"
#include "monitoring/scoring.h"
#include "monitoring/treatment_desk.h"

namespace handrail::monitoring {

namespace {

constexpr int all = 1 << 30;

Instant second_of(const KeptAnswer& answer) { return std::chrono::floor<std::chrono::seconds>(answer.at); }

ScoringResult scored_again(const Instrument& instrument, const KeptAnswer& answer)
{
    GivenAnswers given;
    for (const auto& each : answer.body.inner("answer"))
        given[each.text("item")] = {GivenAnswer::Kind::Whole, each.number("value")};
    AnswerContext context;
    context.refused = answer.body.texts("refused");
    return score(instrument, given, context);
}

} // namespace

Result<void> CourseReplay::add_designed(Course& course, const KeptAnswer& answer)
{
    const auto* kept = TRY(designs_.of(answer.instrument, answer.version));
    if (kept == nullptr)
        return {};
    CheckInAnswers scales;
    for (const auto& item : kept->design.items)
        if (item.kind == DesignItem::Kind::Scale && answer.body.has(item.id))
            scales.one[item.id] = static_cast<int>(answer.body.number(item.id));
    for (const auto& value : series_in(kept->design, answer.instrument, kept->version, scales, second_of(answer)))
        course.add(value);
    return {};
}

bool CourseReplay::add_total(Course& course, const KeptAnswer& answer, const Course& kept) const
{
    const auto at = second_of(answer);
    const auto* instrument = asking_.instruments.find(answer.instrument);
    if (instrument != nullptr && instrument->version == answer.version) {
        auto total = course_total(*instrument, scored_again(*instrument, answer), asking_.protocol, at);
        // What was wrong with a form is not kept, only that something was: it has no total now either.
        if (answer.body.text("status") == name(ScoringStatus::Invalid))
            total.total.reset();
        course.add(total);
        return true;
    }
    for (const auto& total : kept.totals())
        if (total.at == at && total.instrument == answer.instrument)
            course.add(total);
    return false;
}

Result<CourseReplay::Replayed> CourseReplay::of(PersonId person, const Course& kept)
{
    Replayed out;
    auto answers = TRY(answers_of(reading_, person, {}, std::nullopt, std::nullopt, all));
    std::reverse(answers.begin(), answers.end());
    for (const auto& answer : answers) {
        ++out.answers;
        if (answer.kind == "check_in")
            out.course.add(CourseAnswer{second_of(answer), static_cast<int>(answer.body.number("mood")),
                                        static_cast<int>(answer.body.number("sleep"))});
        else if (answer.kind == designed_kind)
            TRY(add_designed(out.course, answer));
        else if (answer.kind == "questionnaire")
            out.carried += add_total(out.course, answer, kept) ? 0 : 1;
    }
    const auto episodes = TRY(read_treatments(reading_, person));
    if (!episodes.empty() && !episodes.back().ended_at)
        out.course.set_treatment(episodes.back().treatment);
    return out;
}

} // namespace handrail::monitoring
