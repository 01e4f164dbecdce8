#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "care/list_owners.h"
#include "trust/record.h"

/// What is for soon raises no alert: each such finding is an entry on somebody's list, with a time by which they have to have
/// looked. It stays there until a named human records what was done; saying that a finding was right is not that.
namespace handrail::care {

class AlertDesk;

/// One that nobody has looked at. Nothing of the finding is opened.
struct ListEntry {
    FindingId finding;
    PersonId person;
    TeamId team;
    Instant made_at;
    Instant due_at;
    std::optional<Instant> told_at; ///< when the leads were told that nobody had looked in time
    /// Who was named for it, else the person's clinician, while they are of the team; else a lead of the team, else a lead of
    /// the service; empty: there is none of these.
    AccountId owner;
    Beyond beyond = Beyond::No;             ///< whose number for the day was full when it came
    std::optional<Instant> beyond_told_at;  ///< when the leads were told that it is more than a team is to look at
};

/// What a human records who looked.
enum class Looked {
    Talked,   ///< spoke or wrote with the person
    Arranged, ///< something is arranged: a talk, a visit, a change of what is done
    Known,    ///< nothing to do: it is known, and being worked on
    Mistaken, ///< nothing to do: it is not what it looked like
    Nothing,  ///< nothing to do, because of what is written down
    Reviewed, ///< went through what is in the way (monitoring::CourseNoteDesk)
    Quiet,    ///< nobody looked: somebody had written down that it is known (care/quiet_rules.h)
};
std::string_view name(Looked looked);
std::optional<Looked> looked_from(std::string_view name);

/// An entry that was taken off.
struct LookedAt {
    FindingId finding;
    Instant made_at;
    Looked how = Looked::Nothing;
    std::string words;
    Instant at;
    AccountId by;
};

/// Puts a finding on the list, in its transaction. Once: a second time changes nothing.
Result<void> put_on_list(trust::Writing& writing, PersonId person, FindingId finding, Instant due_at, const Given& given);
/// Keeps it beside the list instead, in the name of whoever wrote down that it is known.
Result<void> keep_off_list(trust::Writing& writing, PersonId person, FindingId finding, QuietRuleId quiet, AccountId by);
/// One that is on it, because the actor writes down now that it is known.
Result<void> take_off_as_known(trust::Writing& writing, PersonId person, FindingId finding, QuietRuleId quiet);
/// All that this kept off.
Result<void> put_back_on_list(trust::Writing& writing, PersonId person, QuietRuleId quiet, Instant due_at);
/// Off again, because what the finding rested on was taken back.
Result<void> withdraw_from_list(trust::Writing& writing, FindingId finding);
/// All of the service's that nobody looked at, what is due first first.
Result<std::vector<ListEntry>> open_entries(trust::Reading& reading);
/// Those of people of the account's teams.
Result<std::vector<ListEntry>> open_entries(trust::Reading& reading, AccountId of_team_member);
/// Of one person, what is due first first.
Result<std::vector<ListEntry>> open_entries_of(trust::Reading& reading, PersonId person);
/// @param columns  made_at, due_at, looked, looked_at, looked_by, sealed_body of one that was looked at
Result<LookedAt> looked_in(trust::Reading& reading, PersonId person, FindingId finding, rows::Values columns);
/// Takes off what rests on a rule whose id begins with one of these. Gives how many.
Result<int> take_off_by_rule(trust::Writing& writing, PersonId person, const std::vector<std::string>& rules, Looked how);

class ListDesk {
public:
    ListDesk(trust::Record& record, const AlertDesk& alerts) : record_(record), alerts_(alerts) {}

    struct Record {
        std::vector<FindingId> findings; ///< those that were on the screen: what came meanwhile stays
        Looked how = Looked::Nothing;
        std::string words;               ///< needed for Nothing; with the others what one adds
    };
    /// Clinicians of the person's team, and leads. Conflict, with the account in `where`, when a colleague took one off
    /// already; NotFound when none of them is on the list.
    Result<void> record_looked(const Actor& actor, PersonId person, const Record& record) const;
    /// Whose everything of this person is that is on the list: an active clinician of their team. Leads, and clinicians of
    /// that team. NotFound when nothing is.
    Result<void> name_owner(const Actor& actor, PersonId person, AccountId owner) const;
    /// Of one's own teams; a lead sees all, without names and words.
    Result<std::vector<ListEntry>> open(const Actor& actor) const;
    /// Tells the leads of those that nobody looked at in time, once. Gives how many.
    Result<int> tell_overdue(const Actor& system) const;
    /// Tells the leads of those that are more than a team is to look at in a day, once. Gives how many.
    Result<int> tell_beyond(const Actor& system) const;

private:
    trust::Record& record_;
    const AlertDesk& alerts_;
};

} // namespace handrail::care
