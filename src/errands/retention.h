#pragma once

#include <optional>

#include "care/service_desk.h"
#include "trust/consent_desk.h"
#include "trust/record.h"

namespace handrail::errands {

/// What time takes away.
///
/// Words older than the service keeps them: messages, answers, what findings quote, what was written about closed
/// alerts, notes, and versions of documents that a newer one replaced. That there was an alert, when, how urgent it was
/// and when it was answered stays, like the audit record; so does the current safety plan.
///
/// And the talk of people who did not agree that a record is kept: once the conversation is closed, or was quiet for 24
/// hours. A conversation in whose time an alert stood belongs to the record of care and is kept like the rest.
///
/// Nothing of a person is touched while an alert about them is open.
///
/// Who was told of a page without a person, a test page or one about the service itself, goes after 30 days; a note from one
/// who went off call after three.
class Retention {
public:
    static constexpr std::chrono::hours quiet{24};
    static constexpr std::chrono::hours pages_told{30 * 24};

    Retention(trust::Record& record, const trust::ConsentDesk& consents, const care::ServiceDesk& service)
        : record_(record), consents_(consents), service_(service)
    {
    }

    struct Slice {
        std::optional<PersonId> next; ///< where the next slice begins; none: everybody was looked at
        std::int64_t removed = 0;     ///< rows that are gone or lost their words
        std::optional<Error> problem; ///< of one person; the others were looked at all the same
    };
    /// Looks at the next few people after `after` in short transactions, so that nobody who writes waits for it. All of
    /// it stands in the store: begun again after a crash, it goes on with what is left. System only.
    Result<Slice> slice(const Actor& system, PersonId after) const;

private:
    Result<std::int64_t> remove_old(const Actor& system, PersonId person, Instant before) const;
    Result<std::int64_t> remove_told_pages(const Actor& system) const;
    Result<std::int64_t> remove_temporary(const Actor& system, PersonId person, ConversationId conversation) const;

    trust::Record& record_;
    const trust::ConsentDesk& consents_;
    const care::ServiceDesk& service_;
};

} // namespace handrail::errands
