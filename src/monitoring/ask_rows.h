#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "monitoring/burden.h"
#include "monitoring/schedule.h"
#include "trust/record.h"

/// Schedules and asks as rows.
namespace handrail::monitoring {

using ScheduleId = Id<struct ScheduleNoun>;
using AskId = Id<struct AskNoun>;

/// What somebody is asked, when, and within which bounds: decided by a clinician.
struct AskPlan {
    std::string instrument; ///< the check-in's or the questionnaire's id
    Schedule schedule;
    RhythmBounds bounds;
    bool sensitive = false; ///< its link never goes by WhatsApp
};

struct KeptSchedule {
    ScheduleId id;
    PersonId person;
    bool running = true;
    std::optional<Instant> next_at; ///< none: nothing more comes of it
    Instant made_at;
    std::optional<Instant> over_at;
    AccountId by;
    AskPlan plan;
    Rhythm rhythm = Rhythm::Usual; ///< when it asked last
};

enum class AskState {
    Open,
    Answered,
    Missed,    ///< its time went by
    Withdrawn, ///< the schedule was stopped
};
std::string_view name(AskState state);

struct KeptAsk {
    AskId id; ///< in the order of time
    PersonId person;
    ScheduleId schedule;
    std::string instrument;
    Instant asked_at;
    Instant ends_at;
    AskState state = AskState::Open;
    std::optional<Instant> over_at;
    std::optional<Instant> remind_at;   ///< a letter waits to go
    std::optional<Instant> reminded_at; ///< it went
};

Result<void> insert_schedule(trust::Writing& writing, const KeptSchedule& schedule);
Result<std::optional<KeptSchedule>> read_schedule(trust::Reading& reading, PersonId person, ScheduleId id);
/// The newest first, at most `most`.
Result<std::vector<KeptSchedule>> schedules_of(trust::Reading& reading, PersonId person, int most);
/// Moves a schedule on. False when somebody else did: `next_at` was no longer `expected`.
Result<bool> move_schedule(trust::Writing& writing, const KeptSchedule& schedule, std::optional<Instant> expected);

struct DueSchedule {
    PersonId person;
    ScheduleId schedule;
};
/// Whose moment has come, the longest due first; at most 50.
Result<std::vector<DueSchedule>> due_schedules(trust::Reading& reading);

Result<void> insert_ask(trust::Writing& writing, const KeptAsk& ask);
Result<std::optional<KeptAsk>> read_ask(trust::Reading& reading, PersonId person, AskId id);
/// The newest first, at most `most`.
Result<std::vector<KeptAsk>> asks_of(trust::Reading& reading, PersonId person, int most);
Result<std::vector<KeptAsk>> open_asks(trust::Reading& reading, PersonId person);
struct DueAsk {
    PersonId person;
    AskId ask;
};
/// Open ones whose time is over; at most 50.
Result<std::vector<DueAsk>> ended_asks(trust::Reading& reading);
/// Ends an open one; false when it was over already. Its letter does not go any more.
Result<bool> end_ask(trust::Writing& writing, PersonId person, AskId id, AskState state);
/// An answer arrived: every open ask for it is answered, or, with an id, exactly that one. Gives how many were.
Result<std::int64_t> answer_asks(trust::Writing& writing, PersonId person, const std::string& instrument, const RawId& answer,
                                 std::optional<AskId> only);

/// Letters whose time has come and which nobody has in hand; at most 50.
Result<std::vector<DueAsk>> due_reminders(trust::Reading& reading);
/// Takes one for two minutes, counting the try.
Result<bool> claim_reminder(trust::Writing& writing, PersonId person, AskId id);
/// It went (`sent`), is tried again at `again`, or, with neither, is given up.
Result<void> settle_reminder(trust::Writing& writing, PersonId person, AskId id, bool sent, std::optional<Instant> again);
/// One that went, or waited, goes at the next round; false when the ask is over.
Result<bool> remind_now(trust::Writing& writing, PersonId person, AskId id);
/// How often it was tried.
Result<int> reminder_tries(trust::Reading& reading, PersonId person, AskId id);

/// The last finding of `soon` or graver since an instant, and the last answer's urgency. What silence itself said is no
/// finding here: it would keep itself up; nor is what somebody close wrote: how often a person is asked follows what they said.
Result<Lately> read_lately(trust::Reading& reading, PersonId person, Instant since);
struct FoundLately {
    Urgency urgency = Urgency::Unknown;
    Instant at;
    bool by_informant = false; ///< in words of somebody close
};
/// Findings of `soon` or graver, the newest first.
Result<std::vector<FoundLately>> found_since(trust::Reading& reading, PersonId person, Instant since);

} // namespace handrail::monitoring
