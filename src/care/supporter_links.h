#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "care/documents.h"
#include "trust/record.h"

/// Supporters, and what each was let see, as rows. The list is a document like any other; a link is a row, found by the hash
/// of its token.
namespace handrail::care {

using SupporterId = Id<struct SupporterNoun>;

/// Chosen by the person; removed silently, never alerted by itself.
struct Supporter {
    SupporterId id;
    std::string name;
    std::string relation;
};

/// Why a clinician holds that the person understands what they agree to. The person reads it.
struct SupporterNote {
    AccountId by;
    Instant at;
    std::string text;
};

/// What one supporter may see, ticked part by part, from the moment it was made until it ends. One a supporter.
struct SupporterLink {
    PersonId person;
    SupporterId supporter;
    Instant made_at;
    Instant ends_at;
    int opened = 0;
    std::optional<Instant> opened_at; ///< the last time
    std::set<PlanPart> shares;
    std::string called;   ///< what their page calls the person
    std::string language; ///< theirs
    std::string wording;  ///< id of the text that was agreed to
    std::optional<SupporterNote> understood;
};

Result<std::vector<Supporter>> read_supporters(trust::Reading& reading, PersonId person);
/// The whole list anew.
Result<void> write_supporters(trust::Writing& writing, PersonId person, const std::vector<Supporter>& everyone);

/// In place of an earlier one, which opens nothing any more.
/// @return what goes into the link; not kept
Result<std::string> make_supporter_link(trust::Writing& writing, const SupporterLink& link);
/// Keeps what was ticked and noted; token, end and count stay.
Result<void> change_supporter_link(trust::Writing& writing, const SupporterLink& link);
/// @return false when there was none
Result<bool> remove_supporter_link(trust::Writing& writing, PersonId person, SupporterId supporter);
/// Also one that has ended.
Result<std::optional<SupporterLink>> read_supporter_link(trust::Reading& reading, PersonId person, SupporterId supporter);
Result<std::vector<SupporterLink>> supporter_links_of(trust::Reading& reading, PersonId person);
struct LedTo {
    PersonId person;
    SupporterId supporter;
};
/// None whether it was never made, was taken back, or has ended.
Result<std::optional<LedTo>> follow_supporter_link(trust::Reading& reading, const std::string& token);
/// @return false when it was taken back or renewed in between
Result<bool> count_opening(trust::Writing& writing, const SupporterLink& link, const std::string& token);

} // namespace handrail::care
