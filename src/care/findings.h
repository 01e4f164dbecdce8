#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "care/list_entries.h"
#include "domain/finding.h"
#include "trust/record.h"

namespace handrail::care {

/// A finding as it is kept: what was found, about what, and what a clinician said to it.
struct KeptFinding {
    FindingId id;
    PersonId person;
    std::string about;  ///< message, check_in, questionnaire, silence
    RawId about_id;
    Instant at;
    Finding finding;
    std::string judged; ///< agree, disagree or empty
    AccountId judged_by;
    std::optional<Instant> judged_at;
    /// Of what is for soon: on the list, or looked at.
    std::optional<Instant> due_at;  ///< nobody has looked at it
    std::optional<LookedAt> looked;
};

/// Keeps a finding in the transaction of the message or answer it is about. Sealed: evidence quotes the person.
/// @param id  empty: a fresh one
Result<FindingId> keep_finding(trust::Writing& writing, PersonId person, std::string_view about, const RawId& about_id,
                               const Finding& finding, FindingId id = {});
/// Whether a finding with this id was kept before, by whatever node.
Result<bool> is_kept(trust::Reading& reading, FindingId id);
Result<KeptFinding> read_finding(trust::Reading& reading, FindingId id);
/// Newest first.
Result<std::vector<KeptFinding>> findings_of(trust::Reading& reading, PersonId person, std::optional<Instant> before,
                                             int most);

/// A clinician agrees or disagrees: that measures precision, by rule.
class FindingDesk {
public:
    explicit FindingDesk(trust::Record& record) : record_(record) {}
    /// `judgement` is agree or disagree; the last one counts, each is in the audit record.
    Result<KeptFinding> judge(const Actor& actor, FindingId finding, const std::string& judgement,
                              const std::string& note) const;
    /// Unjudged ones of the actor's teams, newest first.
    Result<std::vector<KeptFinding>> unjudged(const Actor& actor, int most) const;

private:
    trust::Record& record_;
};

Fields encoded(const Finding& finding);
Finding finding_from(const Fields& fields);

} // namespace handrail::care
