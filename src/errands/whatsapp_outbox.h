#pragma once

#include <optional>
#include <string>

#include "channels/whatsapp_errors.h"
#include "channels/whatsapp_message.h"
#include "errands/whatsapp_desk.h"
#include "language/transport.h"

namespace handrail::errands {

/// Sends what lies in the outbox: the intent is in the store before anything leaves, so that a crash sends a message twice
/// rather than never. Only ids wait there; the words are opened when they go.
class WhatsappOutbox {
public:
    WhatsappOutbox(trust::Record& record, trust::Keyring& keyring, const care::ServiceDesk& service,
                   const care::AlertDesk& alerts, const channels::WhatsappTexts& texts,
                   const language::Transport& transport, const WhatsappSettings& settings);

    struct Sent {
        int messages = 0;
        int templates = 0;
        int put_off = 0;
        int handed_to_staff = 0;
        int dropped = 0;
        /// What only an operator can put right: a token, a permission, a template. Names nobody.
        std::string problem;
    };
    /// Sends what is due. On a thread of its own: the other side may be silent for long, and no alert waits for it.
    Result<Sent> send_due(const Actor& system);
    /// Once an hour: what is older than 8 days is forgotten.
    Result<std::int64_t> clear_old(const Actor& system) const;

private:
    /// One thing to send, with its words.
    struct Opened {
        WhatsappLine line;
        std::vector<channels::WhatsappPart> parts;
        std::string language;
        bool crisis = false;
        bool human = false;
        bool reminded = false; ///< a template went out within the last day
        bool gone = false;     ///< the number is no longer the person's
        bool withheld = false; ///< what a colleague wrote does not belong on this channel
        Urgency urgency = Urgency::Today;
    };
    Result<std::optional<Opened>> opened(trust::Writing& writing, const ToSend& one) const;
    Result<bool> send_one(const Actor& system, ToSend one, Sent& sent);
    Result<bool> outside_window(const Actor& system, ToSend& one, const Opened& open, Sent& sent);
    Result<bool> not_sent(const Actor& system, ToSend& one, const Opened& open, channels::AfterError after, int code,
                          Sent& sent);
    Result<void> give_to_staff(trust::Writing& writing, const ToSend& one, const Opened& open, Sent& sent,
                               const std::string& why) const;

    trust::Record& record_;
    trust::Keyring& keyring_;
    const care::ServiceDesk& service_;
    const care::AlertDesk& alerts_;
    const channels::WhatsappTexts& texts_;
    const language::Transport& transport_;
    const WhatsappSettings& settings_;
    const std::int64_t holder_;
};

} // namespace handrail::errands
