#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "care/heard.h"
#include "care/service_desk.h"
#include "care/supporter_links.h"
#include "domain/asking_protocol.h"
#include "trust/consent_desk.h"

namespace handrail::care {

/// Friends or relatives whom a person has chosen. None of them is ever called by the software. The person may let each see
/// parts of their safety plan, ticked one by one, by a link without an account that they hand on themselves: the plan as it is
/// when it is opened, until the link ends or is taken back. Nothing else of the person is ever behind it.
class SupporterDesk {
public:
    SupporterDesk(trust::Record& record, const Listening& listening, const ServiceDesk& service,
                  const trust::ConsentDesk& consents, const AskingProtocol& asking)
        : record_(record), listening_(listening), service_(service), consents_(consents), asking_(asking)
    {
    }

    // The person.
    struct Own {
        Supporter supporter;
        std::optional<SupporterLink> link; ///< also one that has ended
        bool waits = false; ///< for a clinician to record that the person understands what they agree to: it opens nothing yet
    };
    struct All {
        Instant at;
        std::vector<Own> supporters;
    };
    Result<All> own(const Actor& person) const;
    /// Invalid without a name; TooMuch when the list is full.
    Result<Supporter> add(const Actor& person, const std::string& name, const std::string& relation) const;
    /// Silently; their link opens nothing any more.
    Result<void> remove(const Actor& person, SupporterId id) const;
    struct Sharing {
        std::set<PlanPart> shares;
        int days = 0;
        std::string called;
        std::string language;
        std::string wording; ///< id of the text that was shown
    };
    struct Made {
        SupporterLink link;
        bool waits = false;
        std::string token; ///< what goes into the link; not kept
    };
    /// A fresh link in place of an earlier one. Invalid with a JSON pointer; NotAllowed ("consent") while somebody who may be
    /// too young lets no team read: a clinician has to talk with them first.
    Result<Made> share(const Actor& person, SupporterId id, const Sharing& sharing) const;
    /// What the same link shows from now on. NotFound when it has ended.
    Result<void> change(const Actor& person, SupporterId id, const std::set<PlanPart>& shares) const;
    /// At once; nobody is told. NotFound when there is none.
    Result<void> take_back(const Actor& person, SupporterId id) const;

    // The team.
    /// Those links of which somebody records, or recorded, that the person understands what they agree to. Whoever may read
    /// the person's words.
    Result<std::vector<Own>> to_be_understood(const Actor& staff, PersonId person) const;
    /// A clinician of the team.
    Result<void> note_understood(const Actor& clinician, PersonId person, SupporterId id, const std::string& note) const;

    // Whoever holds a link.
    struct Opened {
        SupporterLink link;
        SafetyPlan plan; ///< the parts that were ticked; the others are empty
        Help worried;    ///< fixed words for helpers (safety.md C13), in their language
        Help danger;
    };
    /// Counted, and told to the person. NotFound, in the same words, whether it was never made, has ended, was taken back, or
    /// opens nothing yet.
    Result<Opened> open(OrganisationId organisation, const std::string& token) const;

    const AskingProtocol::Supporters& rule() const { return asking_.supporters; }
    int competence_below() const { return asking_.informants.competence_below; }

private:
    Result<bool> needs_competence(trust::Reading& reading, PersonId person) const;
    Result<Opened> opened(trust::Writing& writing, const std::string& token) const;

    trust::Record& record_;
    const Listening& listening_;
    const ServiceDesk& service_;
    const trust::ConsentDesk& consents_;
    const AskingProtocol& asking_;
};

} // namespace handrail::care
