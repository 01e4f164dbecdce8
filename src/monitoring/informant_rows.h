#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "domain/urgency.h"
#include "monitoring/schedule.h"
#include "trust/record.h"

/// Somebody close whom a person lets be asked, as rows: apart from schedules, asks and answers of the person's own, so that
/// neither silence nor burden nor a series can take the one for the other.
namespace handrail::monitoring {

using InformantId = Id<struct InformantNoun>;
using InformantAskId = Id<struct InformantAskNoun>;

enum class InformantState {
    Named,     ///< the person agreed; nothing is asked yet, or not any more
    Asked,     ///< a clinician chose what and how often
    Withdrawn, ///< the person ended it
    Declined,  ///< they themselves did
};
std::string_view name(InformantState state);

/// What is asked of them and how often: decided by a clinician.
struct InformantPlan {
    std::string form; ///< of a check-in that is designed for informants
    int every_days = 14;
    int minute = 600; ///< after midnight
    std::string zone = "UTC";
};

/// What a clinician wrote down, and that the person may read where it says so.
struct InformantNote {
    AccountId by;
    Instant at;
    std::string text;
};

struct KeptInformant {
    InformantId id;
    PersonId person;
    InformantState state = InformantState::Named;
    Instant named_at;
    std::optional<Instant> over_at;
    std::optional<Instant> next_at;

    std::string relation; ///< partner, parent, friend, other
    std::string called;   ///< what their page may call the person; may be empty
    std::string mail;     ///< empty once it is over
    std::string language;
    std::string wording;  ///< id of the text that the person agreed to
    std::string refused;  ///< of one who declined: by which their address is known again without being kept
    std::optional<InformantPlan> plan;
    std::optional<InformantNote> understood; ///< that the person understands what they agree to; they may read it
    std::optional<InformantNote> released;   ///< that they may be asked although abuse was found; staff's alone

    bool in_force() const { return state == InformantState::Named || state == InformantState::Asked; }
};

/// Every day at that time; how many days apart is the step.
Schedule daily_at(const InformantPlan& plan);
/// Stands in the sealed body of one who asked not to be asked again: the address itself is not kept.
std::string address_mark(InformantId id, std::string_view mail);

Result<void> insert_informant(trust::Writing& writing, const KeptInformant& informant);
Result<std::optional<KeptInformant>> read_informant(trust::Reading& reading, PersonId person, InformantId id);
/// In the order in which they were named.
Result<std::vector<KeptInformant>> informants_of(trust::Reading& reading, PersonId person);
/// False when somebody else moved it on: `next_at` was no longer `expected`.
Result<bool> move_informant(trust::Writing& writing, const KeptInformant& informant, std::optional<Instant> expected);
struct DueInformant {
    PersonId person;
    InformantId informant;
};
/// Whose moment has come, the longest due first; at most 50.
Result<std::vector<DueInformant>> due_informants(trust::Reading& reading);

enum class InformantAskState { Open, Answered, Missed, Withdrawn };
std::string_view name(InformantAskState state);

struct KeptInformantAsk {
    InformantAskId id; ///< in the order of time
    PersonId person;
    InformantId informant;
    std::string form;
    int version = 1; ///< of the design that is shown
    Instant asked_at;
    Instant ends_at;
    InformantAskState state = InformantAskState::Open;
    std::optional<Instant> over_at;
    std::optional<Instant> reminded_at; ///< the letter went
    int tries = 0;
};

/// @param remind_at  when its letter is due
Result<void> insert_informant_ask(trust::Writing& writing, const KeptInformantAsk& ask, Instant remind_at);
Result<std::optional<KeptInformantAsk>> read_informant_ask(trust::Reading& reading, PersonId person, InformantAskId id);
/// The newest first, at most `most`.
Result<std::vector<KeptInformantAsk>> informant_asks_of(trust::Reading& reading, PersonId person, int most);
/// Ends an open one; false when it was over already. Its letter does not go any more, and its link opens nothing.
Result<bool> end_informant_ask(trust::Writing& writing, PersonId person, InformantAskId id, InformantAskState state);
/// False when it is not open any more.
Result<bool> answer_informant_ask(trust::Writing& writing, PersonId person, InformantAskId id, AnswerId answer);
/// Withdraws every open one of a person, or of one of theirs.
Result<void> withdraw_informant_asks(trust::Writing& writing, PersonId person, std::optional<InformantId> only = std::nullopt);

struct DueInformantAsk {
    PersonId person;
    InformantAskId ask;
};
/// Open ones whose time is over; at most 50.
Result<std::vector<DueInformantAsk>> ended_informant_asks(trust::Reading& reading);
/// Letters whose time has come and which nobody has in hand; at most 50.
Result<std::vector<DueInformantAsk>> due_informant_letters(trust::Reading& reading);
/// Takes one for two minutes, counting the try.
Result<bool> claim_informant_letter(trust::Writing& writing, PersonId person, InformantAskId id);
/// It went (`sent`), is tried again at `again`, or, with neither, is given up.
Result<void> settle_informant_letter(trust::Writing& writing, PersonId person, InformantAskId id, bool sent,
                                     std::optional<Instant> again);

/// So long a link opens its form.
constexpr std::chrono::hours informant_link_lasts{72};
/// A fresh one for an ask that waits; an earlier one stays good. Gives what goes into the link; only its hash is kept.
Result<std::string> make_informant_link(trust::Writing& writing, PersonId person, InformantAskId ask);
/// The open ask that a link leads to; nothing whether it was never made, has ended, or was answered.
Result<std::optional<DueInformantAsk>> follow_informant_link(trust::Reading& reading, const std::string& token);

/// What somebody close answered: immutable, sealed, under the version that was on their screen.
struct KeptInformantAnswer {
    AnswerId id;
    PersonId person;
    InformantId informant;
    std::string form;
    int version = 1;
    Instant at;
    Urgency urgency = Urgency::Usual;
    Fields answers;
    std::string told; ///< the fixed words that they were shown; empty: none
};
Result<void> insert_informant_answer(trust::Writing& writing, const KeptInformantAnswer& answer);
/// The newest first, at most `most`.
Result<std::vector<KeptInformantAnswer>> informant_answers_of(trust::Reading& reading, PersonId person, int most);
struct InformantAnswered {
    InformantId informant;
    Instant at;
};
/// When they answered, without opening what: the newest first.
Result<std::vector<InformantAnswered>> informant_answer_times(trust::Reading& reading, PersonId person, int most);

} // namespace handrail::monitoring
