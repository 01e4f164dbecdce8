#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/actor.h"
#include "trust/keyring.h"
#include "trust/record.h"

namespace handrail::trust {

/// People who come through a channel that proves who writes (a signed delivery names the sender), without a session.
/// They are found again by a keyed hash of the contact, which lies with the keys and goes with the person.
class ContactDesk {
public:
    ContactDesk(Record& record, Keyring& keyring) : record_(record), keyring_(keyring) {}

    /// One way to know somebody: `field` says which kind ("whatsapp_user").
    struct Contact {
        std::string_view field;
        std::string value;
    };
    /// The person of this contact, acting through the channel; none when nobody has it.
    Result<std::optional<Actor>> known(OrganisationId organisation, const Contact& contact) const;
    /// A person acting through the channel; none when they are gone.
    Result<std::optional<Actor>> acting(OrganisationId organisation, PersonId person) const;

    struct Newcomer {
        std::string language; ///< BCP 47
        std::string country;  ///< ISO 3166; empty when unknown
    };
    /// Someone new, in the organisation's oldest team, without a login, consents or an age band: nothing of that was
    /// asked yet. One caller at a time for the same contact.
    Result<Actor> come_in(OrganisationId organisation, const Contact& contact, const Newcomer& newcomer) const;
    /// From now on this contact leads to the person, and to nobody else: a delivery said that both are one. Whoever had it
    /// before keeps their record, and both records note it.
    Result<void> belongs_to(OrganisationId organisation, PersonId person, const Contact& contact) const;

    /// From now on no contact of these kinds leads to the person. Noted.
    Result<void> let_go(OrganisationId organisation, PersonId person, std::initializer_list<std::string_view> fields) const;

    Result<void> set_age_band(Writing& writing, PersonId person, std::string_view band) const;

private:
    Record& record_;
    Keyring& keyring_;
};

} // namespace handrail::trust
