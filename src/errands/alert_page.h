#pragma once

#include <functional>

#include "care/alert.h"
#include "care/delivery.h"
#include "care/findings.h"
#include "errands/person_card.h"
#include "errands/plan_suggestions.h"
#include "monitoring/answer_rows.h"
#include "support/message.h"

namespace handrail::errands {

/// Everything a clinician needs to act on an alert, on one page.
struct AlertView {
    care::Alert alert;
    std::vector<care::Delivery> deliveries; ///< who was told beside the page, in the order in which they were
    std::optional<PersonHead> person;       ///< none for a test page
    std::optional<care::KeptFinding> finding;
    std::vector<support::Message> messages; ///< the last of the conversation, oldest first
    PersonCard card;
    std::vector<Agreed> agreed;
    std::vector<monitoring::KeptAnswer> answers; ///< to questionnaires, whole and in part, of the last two days; newest first
    bool answered = false;                  ///< the person wrote again after the fixed text
    bool abuse_named = false;               ///< in what raised it, or in what was found before
    std::vector<PlanSuggestion> suggestions; ///< for a plan, where there is none
};

class AlertPage {
public:
    AlertPage(trust::Record& record, const trust::AccountDesk& accounts, const trust::ConsentDesk& consents)
        : record_(record), accounts_(accounts), consents_(consents)
    {
    }
    Result<AlertView> open(const Actor& actor, AlertId alert) const;
    /// What is done to the alert, and the page as it stands right after, in one transaction: whoever closes an alert
    /// may no longer be admitted to the person's words a moment later, and still sees what became of it.
    using Deed = std::function<Result<void>(trust::Writing&)>;
    Result<AlertView> act(const Actor& actor, AlertId alert, const Deed& deed) const;

private:
    Result<AlertView> read(trust::Reading& reading, AlertId alert) const;

    trust::Record& record_;
    const trust::AccountDesk& accounts_;
    const trust::ConsentDesk& consents_;
};

} // namespace handrail::errands
