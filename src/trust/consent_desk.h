#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"

namespace handrail::trust {

/// What a person may agree to, each by itself.
inline constexpr std::array<std::string_view, 6> consent_purposes{"record",   "staff_reading", "language_model",
                                                                  "research", "voice_notes",   "wearables"};

struct Consent {
    std::string purpose;
    std::int64_t version = 0; ///< counts this person's answers to this purpose; 0: never asked
    bool granted = false;
    std::optional<Instant> at;
    std::optional<Instant> until;
    std::string wording; ///< id of the text they were shown
};

/// Consent with purpose, wording and date. Every answer is kept; the latest counts.
class ConsentDesk {
public:
    explicit ConsentDesk(Record& record) : record_(record) {}

    /// One line a purpose, in the order of consent_purposes; those never asked have version 0.
    Result<std::vector<Consent>> current(const Actor& actor, PersonId person) const;
    Result<std::vector<Consent>> current(Reading& reading, PersonId person) const;
    /// Whether the latest answer grants it now.
    Result<bool> granted(Reading& reading, PersonId person, std::string_view purpose) const;
    Result<std::vector<Consent>> history(const Actor& actor, PersonId person) const;

    struct Answer {
        std::string purpose;
        bool granted = false;
        std::string wording;
        std::optional<Instant> until;
    };
    /// The person themselves (or System, at sign-up). An answer that changes nothing is not written again.
    /// Announces "consent" with the person's id, for event streams to close.
    Result<void> put(const Actor& actor, PersonId person, const std::vector<Answer>& answers) const;
    Result<void> put(Writing& writing, PersonId person, const std::vector<Answer>& answers) const;

private:
    Record& record_;
};

} // namespace handrail::trust
