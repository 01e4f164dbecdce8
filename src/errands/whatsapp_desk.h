#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "care/service_desk.h"
#include "channels/whatsapp_texts.h"
#include "channels/whatsapp_webhook.h"
#include "errands/whatsapp_jobs.h"
#include "errands/whatsapp_line.h"
#include "support/conversation_desk.h"
#include "trust/contact_desk.h"

namespace handrail::errands {

/// How a service uses WhatsApp. Off unless somebody set it up.
struct WhatsappSettings {
    bool on = false;
    std::string phone_number_id;        ///< of the service's own number, as the API names it
    std::string app_secret;             ///< signs what Meta delivers
    std::string token;                  ///< of a system user: what we send with
    std::string verify_token;           ///< of the handshake
    std::string graph_url = "https://graph.facebook.com";
    std::string version = "v23.0";
    std::vector<std::string> countries; ///< calling codes in which it answers; none: nowhere
    std::map<std::string, std::string> templates; ///< language → name of an approved template that says nothing of health
    std::string link;                   ///< the web chat
};

/// What came in on WhatsApp, worked off as every other message is: one person's in their order, each once, screened,
/// answered and, where a human is needed, with its alert. What goes out lies in the outbox (WhatsappOutbox).
class WhatsappDesk {
public:
    /// The gate of the sign-up: whether the service is open. Until then only words of danger let somebody new come in.
    using Gate = std::function<Result<bool>()>;
    WhatsappDesk(trust::Record& record, trust::Keyring& keyring, const support::ConversationDesk& conversations,
                 const care::ServiceDesk& service, const care::AlertDesk& alerts,
                 const content::CrisisLines& lines, const channels::WhatsappTexts& texts, WhatsappSettings settings,
                 Gate gate);

    const WhatsappSettings& settings() const { return settings_; }
    /// A signed delivery, kept before it is acknowledged. Nothing of it is worked off here.
    Result<void> receive(const Actor& system, const std::string& raw_body) const;

    struct Worked {
        int messages = 0;
        int repeats = 0;   ///< came before
        int set_aside = 0; ///< not answered: older than what is remembered, or of somebody new before the service is open
        int statuses = 0;
    };
    /// Works off what was kept. Called about once a second by every node; one at a time does it. Unavailable: the rest
    /// stays for the next time.
    Result<Worked> work(const Actor& system);
    /// Puts what was said since into the outbox: by a human, or by the service when somebody was too slow.
    Result<int> carry_over(const Actor& system);

private:
    Result<void> take(const Actor& system, const channels::WhatsappInbound& message, Worked& worked) const;
    Result<void> answer(const Actor& system, const channels::WhatsappInbound& message, const Actor& person,
                        const RawId& hash) const;
    Result<std::optional<Actor>> who(const Actor& system, const channels::WhatsappUser& user) const;
    Result<Actor> newcomer(const Actor& system, const channels::WhatsappUser& user, const std::string& words) const;
    Result<void> note_status(const Actor& system, const channels::WhatsappStatus& status, Worked& worked) const;
    Result<void> carry(trust::Writing& writing, WhatsappLine& line, PersonId person, ConversationId conversation,
                       std::optional<Instant> after, std::string first_text) const;
    /// Where a human answers, for whoever could not be understood.
    Result<std::string> options(trust::Reading& reading, PersonId person, const std::string& language) const;
    Result<RawId> hash_of(const Actor& system, std::string_view field, const std::string& value) const;

    trust::Record& record_;
    trust::Keyring& keyring_;
    trust::ContactDesk contacts_;
    const support::ConversationDesk& conversations_;
    const care::ServiceDesk& service_;
    const care::AlertDesk& alerts_;
    const content::CrisisLines& lines_;
    const channels::WhatsappTexts& texts_;
    const WhatsappSettings settings_;
    const std::int64_t holder_;
    const Gate gate_;
    Instant carried_to_;
    std::map<ConversationId, Instant> carried_; ///< how new each was when it was last put into the outbox
};

/// The line of a person's alert that says what this channel could not do; raises it, or opens it again.
Result<void> tell_staff(trust::Writing& writing, const care::AlertDesk& alerts, PersonId person,
                        ConversationId conversation, Urgency urgency, const std::string& why);
/// A fixed text for danger.
bool is_crisis(const support::Message& message);
Urgency urgency_of(const support::Message& message);

} // namespace handrail::errands
