#include "errands/reminders.h"

#include <algorithm>

#include "care/heard.h"
#include "channels/alert_mail.h"
#include "trust/link_desk.h"

namespace handrail::errands {

namespace {

using std::chrono::minutes;

constexpr minutes longest_pause{60};

/// 1, 2, 4 … 60 minutes.
Duration pause_after(int tries) { return std::min<Duration>(minutes{1LL << std::clamp(tries - 1, 0, 6)}, longest_pause); }

} // namespace

struct Reminders::Claimed {
    std::string to, language, token, zone;
    Instant now, ends_at;
    int tries = 0;
};

/// @return false when it is another node's, or when it is not to go now
Result<bool> Reminders::claim(const Actor& system, const monitoring::DueAsk& due, Claimed& claimed, Sent& sent) const
{
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
        claimed.to = reminding.mail;
        claimed.language = person.language;
        if (!channels::mail_address(claimed.to) || person.state != "active" || ask->ends_at <= claimed.now) {
            ++counted.not_needed;
            return monitoring::settle_reminder(writing, due.person, due.ask, false, std::nullopt);
        }
        if (const auto morning = monitoring::after_quiet(quiet_, claimed.zone, claimed.now); morning > claimed.now) {
            ++counted.put_off;
            return monitoring::settle_reminder(writing, due.person, due.ask, false,
                                               morning < ask->ends_at ? std::optional{morning} : std::nullopt);
        }
        claimed.token = TRY(trust::LinkDesk::make(writing, due.person, due.ask));
        claimed.tries = TRY(monitoring::reminder_tries(writing, due.person, due.ask));
        goes = true;
        return {};
    }));
    sent.not_needed += counted.not_needed;
    sent.put_off += counted.put_off;
    return goes;
}

Result<Reminders::Sent> Reminders::send_due(const Actor& system, const std::function<bool()>& stopping) const
{
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
        language::Letter letter;
        letter.server = settings_.server;
        letter.tls = settings_.tls;
        letter.user = settings_.user;
        letter.password = settings_.password;
        letter.from = settings_.from;
        letter.to = claimed.to;
        // After the #, which no browser sends: the token stands in no server's log.
        letter.text = channels::letter_text({due.ask.text(), settings_.from, claimed.to,
                                             settings_.site + "/c#" + claimed.token, claimed.language, claimed.now},
                                            settings_.texts);
        const auto code = mail_.send(letter, stopping);
        const bool taken = code.ok() && *code == 250;
        const auto again = monitoring::after_quiet(quiet_, claimed.zone, claimed.now + pause_after(claimed.tries));
        const bool given_up = !taken && again >= claimed.ends_at;
        if (!code.ok())
            sent.problem = "The mail server did not answer: " + code.error().noted + ".";
        else if (!taken)
            sent.problem = "The mail server did not take a letter: " + std::to_string(*code) + ".";
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            TRY(monitoring::settle_reminder(writing, due.person, due.ask, taken,
                                            taken || given_up ? std::nullopt : std::optional{again}));
            if (taken)
                writing.note({"remind.person", due.person, "ask", due.ask, {}, {}});
            return {};
        }));
        ++(taken ? sent.sent : given_up ? sent.given_up : sent.put_off);
        if (!code.ok())
            break; // the others keep their time, and the next round tries one of them
    }
    return sent;
}

} // namespace handrail::errands
