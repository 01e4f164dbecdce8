#include "monitoring/questionnaire_history.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace handrail::monitoring {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;

sys_days day_of(Instant at) { return std::chrono::floor<days>(at); }

std::vector<TreatmentForm> forms_in(const std::vector<CourseTotal>& totals)
{
    std::vector<TreatmentForm> forms;
    forms.reserve(totals.size());
    for (const auto& each : totals)
        forms.push_back({day_of(each.at), each.total, each.critical});
    return forms;
}

/// The first complete form after the last long time without one.
std::optional<sys_days> episode_began(const std::vector<TreatmentForm>& forms, int new_episode_days)
{
    std::optional<sys_days> began;
    std::optional<sys_days> before;
    for (const auto& form : forms) {
        if (!form.total)
            continue;
        if (!before || form.on - *before >= days{new_episode_days})
            began = form.on;
        before = form.on;
    }
    return began;
}

/// What can be said without knowing the treatment.
bool of_any_episode(std::string_view flag)
{
    constexpr std::array<std::string_view, 6> any{"reliable_deterioration", "reliable_improvement", "relapse_signal",
                                                  "critical_item_missing", "suicidality_item", "suicidality_item_rise"};
    return std::find(any.begin(), any.end(), flag) != any.end();
}

/// A positive screener since `covered` counts as such; else the newest, when it is fresh.
FollowUp follow_up_before(const Course& course, const AnswerProtocol& protocol, std::optional<Instant> covered,
                          Instant now)
{
    const auto positive_from = now - hours{24} * protocol.known_and_planned_days;
    const auto fresh_from = now - hours{protocol.follow_up_hours};
    auto newest = FollowUp::NotAnswered;
    for (const auto& each : course.totals()) { // oldest first
        if (protocol.screener(each.instrument) == nullptr || each.at > now)
            continue;
        if (each.follow_up == FollowUp::Positive && each.at >= positive_from && (!covered || each.at > *covered))
            return FollowUp::Positive;
        if (each.at >= fresh_from)
            newest = each.follow_up;
    }
    return newest == FollowUp::Positive ? FollowUp::NotAnswered : newest;
}

/// Of somebody in treatment who was a case at the beginning of it.
void look_at_expected_course(EpisodeStanding& out, const Course& course, const Instrument& instrument,
                             const ChangeProtocol& protocol)
{
    const auto* expected = protocol.course_of(instrument.id);
    const auto* main = instrument.main_score();
    if (expected == nullptr || main == nullptr || !out.treated || out.standing.has("no_baseline") ||
        !out.standing.change || !instrument.caseness || !instrument.caseness->bound.holds(*out.standing.baseline))
        return;
    const auto day = (day_of(*out.current_at) - course.treatment()->started_on).count();
    out.expected = standing_on(*expected, scale_of(*main), *out.standing.baseline, static_cast<double>(day),
                               *out.standing.current);
    if (!out.expected || !out.expected->behind)
        return;
    out.standing.flags.emplace_back("behind_expected_course");
    std::sort(out.standing.flags.begin(), out.standing.flags.end());
}

} // namespace

std::optional<EpisodeStanding> episode_of(const Course& course, const Instrument& instrument,
                                          const ChangeProtocol& protocol, Instant now)
{
    const auto totals = course.totals_of(instrument.id, instrument.version);
    if (totals.empty())
        return std::nullopt;
    const auto forms = forms_in(totals);
    EpisodeStanding out;
    if (course.treatment()) {
        out.treated = true;
        out.standing = stand(forms, *course.treatment(), day_of(now), instrument, protocol);
    }
    if (!out.standing.baseline) {
        const auto began = episode_began(forms, protocol.new_episode_days);
        Treatment none;
        none.started_on = began.value_or(day_of(now));
        auto standing = stand(forms, none, day_of(now), instrument, protocol);
        std::erase_if(standing.flags, [](const auto& flag) { return !of_any_episode(flag); });
        for (const auto& flag : out.standing.flags)
            if (!standing.has(flag))
                standing.flags.push_back(flag);
        std::sort(standing.flags.begin(), standing.flags.end());
        out.standing = std::move(standing);
    }
    for (const auto& each : totals) {
        if (!each.total || each.at > now)
            continue;
        if (each.total == out.standing.baseline && !out.baseline_at)
            out.baseline_at = each.at;
        out.current_at = each.at;
    }
    look_at_expected_course(out, course, instrument, protocol);
    return out;
}

CourseTotal course_total(const Instrument& instrument, const ScoringResult& result, const AnswerProtocol& protocol,
                         Instant at)
{
    CourseTotal total;
    total.at = at;
    total.instrument = instrument.id;
    total.version = instrument.version;
    if (const auto* main = instrument.main_score())
        total.total = result.score(main->id);
    total.critical = critical_grade(instrument, result);
    const auto answers = critical_answers(instrument, result);
    total.critical_items.assign(answers.begin(), answers.end());
    total.follow_up = follow_up_of(instrument, result, protocol);
    return total;
}

QuestionnaireHistory history_of(const Course& course, const Instrument& instrument, const ScoringResult& result,
                                const AnswerProtocol& answers, const ChangeProtocol& change,
                                std::optional<Instant> known, Instant now)
{
    QuestionnaireHistory history;
    history.now = now;
    history.known_and_planned_at = known;
    history.previous_total = course.last_total(instrument.id, instrument.version);
    if (const auto* before = course.last_critical(instrument.id, instrument.version)) {
        history.previous_critical = before->critical;
        history.previous_critical_items.insert(before->critical_items.begin(), before->critical_items.end());
    }
    history.follow_up = follow_up_before(course, answers, known, now);
    if (!instrument.reliable_change || !instrument.reliable_change->judges())
        return history;
    Course with = course;
    with.add(course_total(instrument, result, answers, now));
    const auto episode = episode_of(with, instrument, change, now);
    for (const auto& flag : change.flags) // in the protocol's order: the first is the reason that people read
        if (episode && episode->standing.has(flag.flag))
            history.course.push_back(flag);
    if (!history.course.empty())
        history.course_version = change.version;
    return history;
}

} // namespace handrail::monitoring
