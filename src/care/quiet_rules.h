#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.h"
#include "care/list_owners.h"
#include "domain/finding.h"
#include "trust/record.h"

/// What a clinician of the team knows of somebody: until a day, what a rule finds of them for soon is not put on the list. It is found
/// and kept as ever, and the person is told what they are told. Nothing here is asked when an alert is called for.
namespace handrail::care {

class ServiceDesk;

struct QuietRule {
    QuietRuleId id;
    std::vector<std::string> rules; ///< all those that found it, together
    std::string because;
    Instant made_at;
    AccountId by;
    Instant ends_at;
    std::optional<Instant> over_at; ///< somebody took it back
    AccountId over_by;
};

/// All the rules that a finding rests on, sorted: what somebody close wrote rests on rules of its own ("informant:…"). Empty when no
/// rule is named: that cannot be quiet.
std::vector<std::string> rules_of(const Finding& finding, std::string_view about);

/// In whose name a finding for soon stays off the list now. None, unless every one of its rules is quiet: one that is new is heard.
/// Whoever wrote it down must still be a clinician of the person's team. Opens nothing.
struct KeptOff {
    QuietRuleId quiet;
    AccountId by;
};
Result<std::optional<KeptOff>> kept_off(trust::Reading& reading, PersonId person, const Finding& finding, std::string_view about);

/// All there are, the newest first, over ones too.
Result<std::vector<QuietRule>> quiet_rules_of(trust::Reading& reading, PersonId person);
/// Of these, those that hold at this moment.
Result<std::vector<QuietRule>> quiet_rules_in_force(trust::Reading& reading, PersonId person);

class QuietRuleDesk {
public:
    QuietRuleDesk(trust::Record& record, const ServiceDesk& service, int longest_days, int soon_days)
        : record_(record), service_(service), longest_days_(longest_days), soon_days_(soon_days)
    {
    }
    /// Clinicians of the team. Until the end of that day where the service is; takes off what is on the list by these rules.
    /// Conflict for a finding that is not for soon: those are answered, not known beforehand.
    Result<QuietRuleId> make(const Actor& actor, FindingId finding, std::int64_t last_day, const std::string& because) const;
    /// Clinicians of the team, and leads. What it kept off is on the list again, to be looked at as if it came now.
    Result<void> take_back(const Actor& actor, PersonId person, QuietRuleId quiet) const;

private:
    trust::Record& record_;
    const ServiceDesk& service_;
    int longest_days_;
    int soon_days_;
};

} // namespace handrail::care
