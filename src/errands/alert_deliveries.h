#pragma once

#include <functional>
#include <string>

#include "care/delivery.h"
#include "channels/alert_mail.h"
#include "channels/notices.h"
#include "errands/mail_account.h"
#include "errands/push_sender.h"
#include "errands/signed_post.h"
#include "language/transport.h"
#include "trust/record.h"

namespace handrail::errands {

struct DeliverySettings {
    std::string link; ///< where staff reach this service, "https://talk.example.org"
    SignedReceiver pager;
    SignedReceiver text;        ///< the site's gateway for text messages
    PushSettings push;
    channels::NoticeTexts says; ///< what notifications and text messages say
    struct Mail : MailAccount {
        channels::AlertMailTexts texts;
    } mail;
};

/// Sends what care::Telling wrote. The intent is in the store before anything leaves, and its id goes with it: after a
/// crash it goes twice rather than never, and the receiver sees that it is the same. Right before it goes the alert is
/// looked at again: what somebody has acknowledged calls nobody. No words are opened for it.
class AlertDeliveries {
public:
    /// The ways out.
    struct Ways {
        const language::Transport& web;
        const language::MailTransport& mail;
    };
    AlertDeliveries(trust::Record& record, Ways ways, DeliverySettings settings)
        : record_(record), ways_(ways), settings_(std::move(settings)), pushing_(record, ways.web, settings_.push)
    {
    }

    struct Sent {
        int sent = 0;
        int not_needed = 0;
        int put_off = 0;
        int given_up = 0;
        std::string problem; ///< what did not work last; names nobody
    };
    /// Once, before the first send_due(), where no other node has this store: what the last run had in hand goes at once.
    Result<void> take_up(const Actor& system, care::Channel channel) const;
    /// Whether anything leaves: of the service's own walk (errands/walk.h) nothing does, and all else is done.
    enum class Out { Goes, Stays };
    /// Sends what is due by one channel. On a thread of its own for each: the other side may be silent for long, and no
    /// alert and no other channel waits for it.
    /// @param stopping  asked several times a second: true breaks off what is on its way, to be tried again
    Result<Sent> send_due(const Actor& system, care::Channel channel, const std::function<bool()>& stopping = {},
                          Out out = Out::Goes) const;

private:
    /// How a try went.
    struct Answer {
        enum class Kind {
            Taken,
            Again,   ///< not taken, and perhaps the next time
            Refused, ///< not taken until somebody puts something right; tried again all the same, at longer pauses
            Never,   ///< this one will not be taken, whenever it is tried
            Nobody,  ///< no answer: the others of the round need not try
            Nowhere, ///< there is nowhere to send it, and nobody said that there is
        } kind = Kind::Nobody;
        std::string problem;
    };
    /// What the alert is at this moment, as far as it stands in clear.
    struct Now;
    Result<bool> claim(const Actor& system, care::Delivery& one, Now& now) const;
    Answer page(const care::Delivery& one, const Now& now, const std::function<bool()>& stopping) const;
    Answer write(const care::Delivery& one, const Now& now, const std::function<bool()>& stopping) const;
    Answer ring(const Actor& system, const care::Delivery& one, const Now& now, const std::function<bool()>& stopping) const;
    Answer text(const Actor& system, const care::Delivery& one, const Now& now, const std::function<bool()>& stopping) const;
    Answer sent_by(care::Channel channel, const Actor& system, const care::Delivery& one, const Now& now,
                   const std::function<bool()>& stopping) const;
    Result<void> settle(const Actor& system, care::Delivery one, const Answer& answer, Sent& sent) const;

    trust::Record& record_;
    Ways ways_;
    DeliverySettings settings_;
    PushSender pushing_;
};

} // namespace handrail::errands
