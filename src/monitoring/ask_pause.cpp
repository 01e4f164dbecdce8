#include "monitoring/ask_pause.h"

#include <algorithm>

#include "care/document_rows.h"
#include "monitoring/ask_desk.h"
#include "monitoring/informant_rows.h"

namespace handrail::monitoring {

namespace {

using std::chrono::hours;

constexpr const char* pause_kind = "asking_pause";

/// A person for themselves, and staff for whom they may read.
Result<void> admit_to_pause(trust::Writing& writing, PersonId person)
{
    const auto& actor = writing.actor();
    if (actor.person()) {
        ensure(*actor.person() == person, "a person pauses what they themselves are asked");
        return {};
    }
    if (actor.role() != Role::Clinician && actor.role() != Role::Lead)
        return not_allowed("Only the person, a clinician or a lead pauses what somebody is asked.");
    return writing.admit(person, trust::Scope::Words);
}

Result<void> keep(trust::Writing& writing, PersonId person, const AskPause& pause)
{
    const auto before = TRY(care::latest_document(writing, person, pause_kind));
    return care::put_document(writing, person, pause_kind, before.version + 1,
                              Fields{{"since", to_rfc3339(pause.since)},
                                     {"until", to_rfc3339(pause.until)},
                                     {"by", pause.own ? "person" : "staff"},
                                     {"reason", pause.reason}});
}

/// What waits for the end of a pause comes then, at another instant.
Result<void> move_waiting(trust::Writing& writing, PersonId person, Instant from, Instant to)
{
    for (auto& kept : TRY(schedules_of(writing, person, 200))) {
        const auto& schedule = kept.plan.schedule;
        if (!kept.running || !schedule.anchor || kept.next_at != from || *schedule.anchor + schedule.offset == from)
            continue;
        kept.next_at = to;
        TRY(move_schedule(writing, kept, from));
    }
    return {};
}

} // namespace

Result<std::optional<AskPause>> last_pause(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(care::latest_document(reading, person, pause_kind));
    if (found.version == 0)
        return std::optional<AskPause>{};
    AskPause pause;
    pause.since = TRY(from_rfc3339(found.body.text("since")));
    pause.until = TRY(from_rfc3339(found.body.text("until")));
    pause.own = found.body.text("by") == "person";
    pause.reason = found.body.text("reason");
    return std::optional{pause};
}

Result<std::optional<AskPause>> running_pause(trust::Reading& reading, PersonId person)
{
    auto pause = TRY(last_pause(reading, person));
    if (pause && pause->until <= reading.now())
        pause.reset();
    return pause;
}

Result<AskPause> AskDesk::pause(const Actor& actor, PersonId person, int days, const std::string& reason) const
{
    const auto longest = asking_.asks.pause.longest_days;
    if (days < 1 || days > longest)
        return invalid("Between one day and " + std::to_string(longest) + ".", "/days");
    AskPause kept;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(admit_to_pause(writing, person));
        const auto before = TRY(running_pause(writing, person));
        kept = {writing.now(), writing.now() + hours{24 * days}, actor.person().has_value(), reason};
        TRY(keep(writing, person, kept));
        if (before)
            TRY(move_waiting(writing, person, before->until, kept.until));
        for (const auto& ask : TRY(open_asks(writing, person)))
            TRY(end_ask(writing, person, ask.id, AskState::Withdrawn));
        TRY(withdraw_informant_asks(writing, person));
        if (kept.own)
            TRY(look_at_pause(writing, person, kept));
        writing.note({"write.asking_pause", person, "document", {}, {}, {}});
        return {};
    }));
    return kept;
}

/// Whoever asks to be left alone soon after something grave is heard by a human, as somebody who stops answering is.
Result<void> AskDesk::look_at_pause(trust::Writing& writing, PersonId person, const AskPause& pause) const
{
    const auto& rule = asking_.asks.pause;
    const auto found = TRY(found_since(writing, person, writing.now() - hours{24 * rule.within_days}));
    if (std::none_of(found.begin(), found.end(), [&](const auto& each) { return need(each.urgency) >= need(rule.after); }))
        return {};
    care::Heard heard;
    heard.person = person;
    heard.about = "silence";
    heard.about_id = AskId::at(writing.now());
    heard.finding.urgency = rule.urgency;
    heard.finding.why = rule.why;
    heard.finding.versions["asking"] = asking_.asks.version;
    Evidence evidence;
    evidence.text = "Paused until " + to_rfc3339(pause.until);
    evidence.rule = "asking.pause";
    evidence.source = rule.source;
    heard.finding.evidence.push_back(std::move(evidence));
    const auto state = TRY(care::read_person_state(writing, person));
    TRY(listening_.follow(writing, heard, state, care::Help{}));
    return {};
}

Result<void> AskDesk::end_pause(const Actor& actor, PersonId person) const
{
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(admit_to_pause(writing, person));
        auto pause = TRY(running_pause(writing, person));
        if (!pause)
            return not_found("Nothing is paused.");
        TRY(move_waiting(writing, person, pause->until, writing.now()));
        pause->until = writing.now();
        TRY(keep(writing, person, *pause));
        writing.note({"end.asking_pause", person, "document", {}, {}, {}});
        return {};
    });
}

Result<std::optional<AskPause>> AskDesk::paused(const Actor& actor) const
{
    ensure(actor.person().has_value(), "only a person is asked");
    std::optional<AskPause> pause;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        pause = TRY(running_pause(reading, *actor.person()));
        reading.note({"read.asking_pause", *actor.person(), "document", {}, {}, {}});
        return {};
    }));
    return pause;
}

} // namespace handrail::monitoring
