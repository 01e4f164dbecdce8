#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/confidential.h"
#include "care/service_desk.h"
#include "channels/whatsapp_texts.h"
#include "channels/whatsapp_webhook.h"
#include "errands/voice_note_jobs.h"
#include "errands/whatsapp_jobs.h"
#include "errands/whatsapp_line.h"
#include "support/conversation_desk.h"
#include "trust/contact_desk.h"

namespace handrail::errands {

/// Somebody's server that turns a voice note into words, as OpenAI's API has it.
struct Transcriber {
    std::string name;   ///< whose it is and where, as people are told: "Example AI, Ireland". Empty: there is none
    std::string url;    ///< up to /audio/transcriptions, with or without it
    std::string model;
    Confidential key;   ///< empty: none is sent
    std::chrono::milliseconds within{40'000}; ///< from the question to the words; then it could not be listened to
    bool on() const { return !name.empty(); }
    /// "Example AI, Ireland (api.example.org)".
    std::string told() const;
    /// What a yes has to have named: another name or host makes another. "voice-1f0c…".
    std::string named() const;
};

/// How a service uses WhatsApp. Off unless somebody set it up.
struct WhatsappSettings {
    bool on = false;
    std::string phone_number_id;        ///< of the service's own number, as the API names it
    std::string number;                 ///< the telephone number, digits only, for a link that opens WhatsApp; may be empty
    std::string app_secret;             ///< signs what Meta delivers
    std::string token;                  ///< of a system user: what we send with
    std::string verify_token;           ///< of the handshake
    std::string graph_url = "https://graph.facebook.com";
    std::string version = "v23.0";
    std::vector<std::string> countries; ///< calling codes in which it answers; none: nowhere
    /// Of these, where people of the service answer and the AI sorts; none: the AI answers everywhere.
    std::vector<std::string> people_answer;
    std::map<std::string, std::string> templates; ///< language → name of an approved template that says nothing of health
    std::string link;                   ///< the web chat
    Transcriber transcriber;            ///< of voice notes

    /// Who answers this user what is no danger. Where the country is not known and somewhere people do, people do.
    support::ConversationDesk::Answers answers(const channels::WhatsappUser& user) const;
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
    /// What became of a voice note: its words are taken as the person's message, and without words the person hears that
    /// it could not be listened to. Once, whatever is asked again.
    Result<void> heard(const Actor& system, const VoiceNote& note, const std::optional<std::string>& words) const;
    /// Whether its words, or the sentence, were written already: a machine stopped in between.
    Result<bool> was_heard(const Actor& system, trust::Reading& reading, const VoiceNote& note) const;
    /// Whether a voice note of the person may go to the transcriber: they agreed to this one.
    Result<bool> may_hear(trust::Reading& reading, PersonId person) const;

    /// Whether a number is part of the person's account on the page.
    struct Joined {
        std::optional<Instant> at; ///< none: none is
        std::string ends_in;       ///< the number's last two digits; empty when WhatsApp gives no number
    };
    Result<Joined> joined(const Actor& person) const;
    /// A code that they send from WhatsApp within ten minutes: it works once, and an earlier one of theirs no more. TooMuch
    /// after five in an hour. Only a keyed hash is kept.
    struct Code {
        std::string code; ///< "4821-9307"
        std::string text; ///< what is to be sent: "LINK 4821-9307"
        std::string link; ///< opens WhatsApp with it; empty when the service's number is not known
        Instant ends_at;
    };
    Result<Code> fresh_code(const Actor& person) const;
    /// Takes the number away again. Whoever has none loses nothing.
    Result<void> part(const Actor& person) const;

    /// Puts what was said since into the outbox: by a human, or by the service when somebody was too slow.
    Result<int> carry_over(const Actor& system);

private:
    /// Of whom a voice note is being turned into words: when it was spoken, and until when what they wrote after it waits.
    struct Speaking {
        Instant spoken_at;
        Instant waits_until;
    };
    using AllSpeaking = std::map<PersonId, Speaking>;
    /// @return until when it waits for a voice note before it; none: it was taken
    Result<std::optional<Instant>> take(const Actor& system, const channels::WhatsappInbound& message, Worked& worked,
                                        AllSpeaking& speaking) const;
    Result<bool> keep_to_hear(const Actor& system, const channels::WhatsappInbound& message, PersonId person,
                              const RawId& hash, AllSpeaking& speaking) const;
    /// Staff hear of what could not be taken in; a store that is away is tried again.
    Result<void> settle(const Actor& system, PersonId person, const RawId& hash, Result<void> done) const;
    bool presses(const channels::WhatsappInbound& message) const;
    /// A message that holds a code: the number moves to the person who asked for it. @return whether it led to somebody
    Result<bool> join(const Actor& system, const channels::WhatsappInbound& message, const std::string& digits,
                      const std::optional<Actor>& writer, const RawId& hash) const;
    /// The record that had the number before stays as it is, and its open alert stays open.
    Result<void> leave_behind(trust::Writing& writing, PersonId former, PersonId joined, Instant now) const;
    Result<void> take_away(trust::Writing& writing, PersonId person, WhatsappLine& line, const std::string& text) const;
    Result<void> answer(const Actor& system, const channels::WhatsappInbound& message, const Actor& person,
                        const RawId& hash) const;
    trust::ContactDesk::Contact by_id(const channels::WhatsappUser& user) const
    {
        return contact_by_id(settings_.phone_number_id, user);
    }
    trust::ContactDesk::Contact by_number(const channels::WhatsappUser& user) const
    {
        return contact_by_number(settings_.phone_number_id, user);
    }
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
