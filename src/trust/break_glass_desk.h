#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"
#include "trust/sign_in_desk.h"

namespace handrail::trust {

struct BreakGlass {
    RawId id;
    AccountId account;
    PersonId person;
    Instant at;
    Instant ends_at;
    std::string reason;
    AccountId reviewed_by; ///< empty: not yet
    std::optional<Instant> reviewed_at;
    Instant review_due_at; ///< 72 hours after it was opened
};

/// Opening a person outside one's teams: second factor, a reason, one person, 60 minutes, three a day,
/// reviewed by the lead within 72 hours. The person sees it on "who looked"; nobody is pushed a message about
/// it.
class BreakGlassDesk {
public:
    BreakGlassDesk(Record& record, SignInDesk& sign_in) : record_(record), sign_in_(sign_in) {}
    static constexpr std::chrono::minutes open_time{60};
    static constexpr std::chrono::hours review_time{72};
    static constexpr int daily_limit = 3; ///< in any 24 hours

    /// Clinician or lead. NotAllowed with `where` "second-factor" for a wrong code, TooMuch over the limit,
    /// Invalid without a reason of at least ten characters. Gives the instant it ends.
    Result<Instant> open(const Actor& staff, PersonId person, const std::string& reason, const std::string& code) const;
    /// Newest first; lead and System.
    Result<std::vector<BreakGlass>> list(const Actor& lead, bool unreviewed_only) const;
    /// By a lead who did not open it. Conflict when it was reviewed already.
    Result<void> review(const Actor& lead, const RawId& id, const std::string& note) const;

private:
    Record& record_;
    SignInDesk& sign_in_;
};

} // namespace handrail::trust
