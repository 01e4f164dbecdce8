#include "errands/reminders.h"

#include <algorithm>

#include "care/heard.h"
#include "channels/alert_mail.h"
#include "channels/text_webhook.h"
#include "trust/account_row.h"
#include "trust/link_desk.h"

namespace handrail::errands {

namespace {

using std::chrono::minutes;

constexpr std::chrono::hours longest_ring{24};

/// Until when a device that is off may still ring once it is on: not into the quiet hours, nor when the ask is over.
Instant rings_until(const monitoring::QuietHours& quiet, const std::string& zone, Instant now, Instant ends_at)
{
    constexpr minutes step{15}; // quiet hours begin at full hours
    const auto last = std::min(ends_at, now + longest_ring);
    for (auto at = now + step; at < last; at += step)
        if (monitoring::after_quiet(quiet, zone, at) > at)
            return at - step;
    return last;
}

} // namespace

struct Reminders::Claimed {
    enum class Way { Notification, Whatsapp, Text, Letter } way = Way::Letter;
    std::optional<Way> else_by; ///< where WhatsApp does not take it
    WhatsappWay whatsapp;
    AccountId account;
    std::string to, language, token, zone;
    Instant now, ends_at;
    int tries = 0;
};

/// @return false when it is another node's, or when it is not to go now
Result<bool> Reminders::claim(const Actor& system, const monitoring::DueAsk& due, Claimed& claimed, Sent& sent) const
{
    using Way = Claimed::Way;
    bool goes = false;
    Sent counted;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        goes = false;
        counted = {};
        claimed = {};
        if (!TRY(monitoring::claim_reminder(writing, due.person, due.ask)))
            return {};
        const auto ask = TRY(monitoring::read_ask(writing, due.person, due.ask));
        const auto reminding = TRY(monitoring::read_reminding(writing, due.person));
        const auto person = TRY(care::read_person_state(writing, due.person));
        const auto schedule = TRY(monitoring::read_schedule(writing, due.person, ask->schedule));
        claimed.zone = !reminding.time_zone.empty() || !schedule ? reminding.time_zone : schedule->plan.schedule.zone;
        claimed.now = writing.now();
        claimed.ends_at = ask->ends_at;
        claimed.language = person.language;
        std::optional<Way> by;
        if (!settings_.text.url.empty() && !reminding.phone.empty()) {
            by = Way::Text;
            claimed.to = reminding.phone;
        } else if (!settings_.server.empty() && channels::mail_address(reminding.mail)) {
            by = Way::Letter;
            claimed.to = reminding.mail;
        }
        if (settings_.push.on() && TRY(trust::has_push_device(writing, due.person))) {
            by = Way::Notification;
            const auto account = TRY(trust::find_account_of(writing, due.person));
            claimed.account = account ? account->id : AccountId{};
        } else if (const auto way = ways_.whatsapp == nullptr
                                        ? std::optional<WhatsappWay>{}
                                        : TRY(ways_.whatsapp->way(writing, *ask, reminding, person.language));
                   way && !(way->waits && by)) {
            claimed.else_by = std::exchange(by, Way::Whatsapp);
            claimed.whatsapp = *way;
        }
        if (!by || person.state != "active" || ask->ends_at <= claimed.now) {
            ++counted.not_needed;
            if (!by && reminding.whatsapp) // they agreed, and it is shut to them: it waits on the page alone
                writing.note({"skip.reminder", due.person, "ask", due.ask, {}, {}});
            return monitoring::settle_reminder(writing, due.person, due.ask, false, std::nullopt);
        }
        claimed.way = *by;
        const bool whatsapp = claimed.way == Way::Whatsapp;
        if (whatsapp && claimed.whatsapp.waits) {
            ++counted.put_off;
            TRY(ways_.whatsapp->wait_for_them(writing, due.person, due.ask));
            return monitoring::settle_reminder(writing, due.person, due.ask, false, std::nullopt);
        }
        if (whatsapp && claimed.whatsapp.asked_for) {
            // They are awake, and wrote for it.
        } else if (const auto morning = monitoring::after_quiet(quiet_, claimed.zone, claimed.now); morning > claimed.now) {
            ++counted.put_off;
            return monitoring::settle_reminder(writing, due.person, due.ask, false,
                                               morning < ask->ends_at ? std::optional{morning} : std::nullopt);
        }
        if (claimed.way != Way::Notification) // that one opens the page, where they are signed in or sign in
            claimed.token = TRY(trust::LinkDesk::make(writing, due.person, due.ask));
        claimed.tries = TRY(monitoring::reminder_tries(writing, due.person, due.ask));
        goes = true;
        return {};
    }));
    sent.not_needed += counted.not_needed;
    sent.put_off += counted.put_off;
    return goes;
}

Reminders::Answer Reminders::go(const Actor& system, const monitoring::DueAsk& due, const Claimed& claimed,
                                const std::function<bool()>& stopping) const
{
    using Way = Claimed::Way;
    switch (claimed.way) {
    case Way::Notification: return ring(system, due, claimed, stopping);
    case Way::Whatsapp:
        return ways_.whatsapp->send(system, due.person, due.ask, claimed.whatsapp,
                                    settings_.says.in(claimed.language) + " " + settings_.site + "/c#" + claimed.token, stopping);
    case Way::Text: return text(system, due, claimed, stopping);
    case Way::Letter: break;
    }
    return write(due, claimed, stopping);
}

Reminders::Answer Reminders::ring(const Actor& system, const monitoring::DueAsk& due, const Claimed& claimed,
                                  const std::function<bool()>& stopping) const
{
    using Kind = Answer::Kind;
    PushSender::Notice notice;
    notice.about = due.ask;
    notice.group = "reminder " + due.person.text(); // two that wait say the same
    notice.say = settings_.says.in(claimed.language);
    notice.path = "/#/more/asking";
    notice.lasts = std::chrono::duration_cast<std::chrono::seconds>(
        rings_until(quiet_, claimed.zone, claimed.now, claimed.ends_at) - claimed.now);
    const auto pushed = pushing_.send(system, {due.person, claimed.account}, notice, stopping);
    if (!pushed.ok())
        return {Kind::Again, pushed.error().told};
    if (pushed->stopped)
        return {Kind::Nobody, "It was broken off."};
    if (pushed->taken > 0)
        return {Kind::Taken, pushed->problem};
    return {pushed->failed > 0 ? Kind::Again : Kind::Otherwise, pushed->problem};
}

Reminders::Answer Reminders::text(const Actor& system, const monitoring::DueAsk& due, const Claimed& claimed,
                                  const std::function<bool()>& stopping) const
{
    using Kind = Answer::Kind;
    channels::TextMessage message;
    message.delivery = due.ask.text();
    message.to = claimed.to;
    message.text = settings_.says.in(claimed.language) + " " + settings_.site + "/c#" + claimed.token;
    message.kind = "reminder";
    const auto status =
        signed_post(ways_.web, settings_.text, message.delivery, claimed.now, channels::text_body(message), stopping);
    if (!status.ok())
        return {Kind::Nobody, "The gateway for texts did not answer: " + status.error().noted + "."};
    if (*status >= 200 && *status < 300)
        return {Kind::Taken, {}};
    if (*status == 0)
        return {Kind::Nobody, "It was broken off."};
    if (*status != channels::number_is_gone)
        return {Kind::Again, "The gateway for texts answered " + std::to_string(*status) + "."};
    const auto forgotten = record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        // Unless another number was given in the meantime.
        if (TRY(monitoring::read_reminding(writing, due.person)).phone != claimed.to)
            return {};
        TRY(monitoring::forget_phone(writing, due.person));
        writing.note({"end.texts", due.person, "document", {}, {}, {}});
        return {};
    });
    return forgotten.ok() ? Answer{Kind::Otherwise, {}} : Answer{Kind::Again, forgotten.error().told};
}

Reminders::Answer Reminders::write(const monitoring::DueAsk& due, const Claimed& claimed,
                                   const std::function<bool()>& stopping) const
{
    using Kind = Answer::Kind;
    // After the #, which no browser sends: the token stands in no server's log.
    auto posted = post(ways_.mail, settings_, claimed.to,
                       channels::letter_text({due.ask.text(), settings_.from, claimed.to, settings_.site + "/c#" + claimed.token,
                                              claimed.language, claimed.now},
                                             settings_.texts),
                       stopping);
    return {posted.taken() ? Kind::Taken : posted.code == 0 ? Kind::Nobody : Kind::Again, std::move(posted.problem)};
}

Result<Reminders::Sent> Reminders::send_due(const Actor& system, const std::function<bool()>& stopping) const
{
    using Kind = Answer::Kind;
    Sent sent;
    std::vector<monitoring::DueAsk> all;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        all = TRY(monitoring::due_reminders(reading));
        return {};
    }));
    for (const auto& due : all) {
        if (stopping && stopping())
            break;
        Claimed claimed;
        if (!TRY(claim(system, due, claimed, sent)))
            continue;
        auto answer = go(system, due, claimed, stopping);
        if (claimed.else_by && (answer.kind == Kind::Otherwise || answer.kind == Kind::Refused)) {
            if (!answer.problem.empty())
                sent.problem = answer.problem;
            claimed.way = *std::exchange(claimed.else_by, std::nullopt);
            answer = go(system, due, claimed, stopping);
        }
        const bool taken = answer.kind == Kind::Taken;
        const auto pause = answer.kind == Kind::Otherwise ? Duration{} : reminder_pause(claimed.tries);
        const auto again = monitoring::after_quiet(quiet_, claimed.zone, claimed.now + pause);
        const bool given_up = !taken && again >= claimed.ends_at;
        if (!answer.problem.empty())
            sent.problem = answer.problem;
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            TRY(monitoring::settle_reminder(writing, due.person, due.ask, taken,
                                            taken || given_up ? std::nullopt : std::optional{again}));
            if (taken)
                writing.note({"remind.person", due.person, "ask", due.ask, {}, {}});
            return {};
        }));
        ++(taken ? sent.sent : given_up ? sent.given_up : sent.put_off);
        if (answer.kind == Kind::Nobody)
            break; // the others keep their time, and the next round tries one of them
    }
    return sent;
}

} // namespace handrail::errands
