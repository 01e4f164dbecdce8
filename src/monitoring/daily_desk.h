#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "domain/daily_summary.h"
#include "monitoring/daily_series.h"
#include "trust/consent_desk.h"
#include "trust/record.h"

namespace handrail::monitoring {

/// What somebody agreed to by name before anything of a wearable is kept, and what hides it when they take it back.
inline constexpr std::string_view wearables_purpose = "wearables";

/// Daily summaries of wearables: kept sealed, shown with their gaps, and never by themselves a reason to call anybody.
class DailyDesk {
public:
    DailyDesk(trust::Record& record, const trust::ConsentDesk& consents, const WearableProtocol& protocol)
        : record_(record), consents_(consents), protocol_(protocol)
    {
    }

    struct Day {
        std::chrono::sys_days day{};
        std::string source; ///< what sends it: a short word of its own
        DailyValues values;
        std::string sent_by; ///< for the audit record, when it is an app: which key; else empty
    };
    /// The same day of the same source replaces what stood there. The person, or System for an app with a key.
    /// Invalid names the field; NotAllowed ("type:consent") without the person's yes to wearables.
    Result<void> put(const Actor& actor, PersonId person, const Day& day) const;

    /// Each measure that has a value in the drawn days, in the protocol's order. Empty without the person's yes.
    Result<std::vector<DailyCourse>> courses(const Actor& actor, PersonId person) const;
    /// Inside any transaction.
    Result<std::vector<DailyCourse>> courses(trust::Reading& reading, PersonId person) const;

    const WearableProtocol& protocol() const { return protocol_; }

private:
    trust::Record& record_;
    const trust::ConsentDesk& consents_;
    const WearableProtocol& protocol_;
};

/// The last ninety days for what they go with, in the person's own reading or a clinician's. Empty without a yes.
Result<CountedByDay> counted_by_wearables(trust::Record& record, const trust::ConsentDesk& consents, const Actor& actor,
                                          PersonId person);
/// NotAllowed ("type:consent") without the person's yes.
Result<void> agreed_to_wearables(trust::Reading& reading, const trust::ConsentDesk& consents, PersonId person);

} // namespace handrail::monitoring
