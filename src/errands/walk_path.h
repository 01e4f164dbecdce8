#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "care/alert_desk.h"
#include "care/heard.h"
#include "care/service_desk.h"
#include "nlp/screener.h"
#include "support/conversation_desk.h"
#include "support/dialogue.h"
#include "trust/account_desk.h"
#include "trust/contact_desk.h"
#include "trust/organisation_desk.h"
#include "trust/session_desk.h"

namespace handrail::errands {

/// What the service's own walk (walk.h) goes along: the real desks, for one made-up person in an organisation of their own.
/// An interface, so that a test can break one part and see that the walk finds it.
class WalkPath {
public:
    virtual ~WalkPath() = default;

    struct Walker {
        OrganisationId organisation;
        Actor person;
    };
    /// The made-up person, made at the first walk. Whatever an earlier walk left is removed.
    virtual Result<Walker> come_in() const = 0;

    struct Said {
        Urgency urgency = Urgency::Usual; ///< what the screener said
        bool fixed_words = false;         ///< the reply is a fixed text of danger at now
    };
    /// The person writes what no screener may miss.
    virtual Result<Said> say(const Walker& walker) const = 0;
    virtual Result<std::optional<care::Alert>> alert(const Walker& walker) const = 0;
    /// Lets the alert's time be over now, so that nobody has to wait for it.
    virtual Result<void> hurry(const Walker& walker, AlertId alert) const = 0;
    /// Which of the channels that are set up have a call about it that was sent.
    virtual Result<std::vector<care::Channel>> sent(const Walker& walker, AlertId alert) const = 0;
    /// How soon a human is to act, and by which channels they are called at now: as this service has it.
    virtual Duration time_to_answer() const = 0;
    virtual const std::vector<care::Channel>& channels() const = 0;
    /// A made-up lead acknowledges it and records what they did.
    virtual Result<void> end(const Walker& walker, AlertId alert) const = 0;
    /// Takes away every row that the person left.
    virtual Result<void> remove(const Walker& walker) const = 0;
    /// How many there are.
    virtual Result<std::int64_t> left(const Walker& walker) const = 0;
};

/// The way as the service has it.
class ServicePath : public WalkPath {
public:
    struct Parts {
        trust::Record& record;
        trust::Keyring& keyring;
        trust::SessionDesk& sessions;
        const trust::OrganisationDesk& organisations;
        const trust::AccountDesk& accounts;
        const care::ServiceDesk& service;
        const care::HelpWriter& help;
        const nlp::Screener& screener;
        const support::Dialogue& dialogue;
        const support::Guard& guard;
    };
    /// Desks of its own over the same parts: what the walk does is counted nowhere.
    ServicePath(Parts parts, const AlertPolicy& policy, std::vector<care::Channel> channels);

    Result<Walker> come_in() const override;
    Result<Said> say(const Walker& walker) const override;
    Result<std::optional<care::Alert>> alert(const Walker& walker) const override;
    Result<void> hurry(const Walker& walker, AlertId alert) const override;
    Result<std::vector<care::Channel>> sent(const Walker& walker, AlertId alert) const override;
    Duration time_to_answer() const override { return alerts_.time_to_answer(Urgency::Now); }
    const std::vector<care::Channel>& channels() const override { return channels_; }
    Result<void> end(const Walker& walker, AlertId alert) const override;
    Result<void> remove(const Walker& walker) const override;
    Result<std::int64_t> left(const Walker& walker) const override;
    /// How many messages of the walk the screener has read at now in this process: they are nobody's.
    std::uint64_t said() const { return said_.load(); }

private:
    Result<AccountId> lead(OrganisationId organisation) const;

    Parts parts_;
    trust::ContactDesk contacts_;
    std::vector<care::Channel> channels_;
    care::AlertDesk alerts_;
    care::Listening listening_;
    support::ConversationDesk conversations_;
    mutable std::atomic<std::uint64_t> said_{0};
};

} // namespace handrail::errands
