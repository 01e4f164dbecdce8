#pragma once

#include <optional>
#include <string>
#include <vector>

#include "care/documents.h"
#include "trust/account_desk.h"
#include "trust/consent_desk.h"
#include "trust/record.h"

namespace handrail::errands {

/// What stands for the name of someone who gave none.
inline constexpr const char* no_name = "No name given";

/// A person as staff see them at the head of every page.
struct PersonHead {
    PersonId id;
    TeamId team;
    AccountId clinician;  ///< empty: none named
    std::string name;
    std::string age_band;
    std::string country;
    std::string language;
    Instant since;
    std::optional<Instant> heard_at;
};
Result<PersonHead> read_head(trust::Reading& reading, PersonId person);

/// What is needed to reach someone: on every alert, without looking for it.
struct PersonCard {
    care::SafeContact contact;
    std::optional<care::SafetyPlan> plan;   ///< none written, or not shared
    bool plan_unshared = false;             ///< one is written and not shared
    AccountId clinician;
    std::string clinician_name;
    std::optional<Instant> last_contact_at; ///< the last time a human of the team wrote or recorded an outcome
    std::string last_contact_what;
    std::vector<std::string> missing;       ///< in words: "No emergency contact"
};
Result<PersonCard> read_card(trust::Reading& reading, const trust::AccountDesk& accounts, const PersonHead& head);

/// What the person agreed to, in words for staff.
struct Agreed {
    std::string what;
    std::string text;
};
Result<std::vector<Agreed>> read_agreed(trust::Reading& reading, const trust::ConsentDesk& consents,
                                        const PersonHead& head, const PersonCard& card);

/// The display name of a member of staff; "" for nobody and for an account that is gone.
std::string staff_name(trust::Reading& reading, const trust::AccountDesk& accounts, AccountId account);

} // namespace handrail::errands
