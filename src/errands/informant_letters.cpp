#include "errands/informant_letters.h"

#include "channels/alert_mail.h"

namespace handrail::errands {

struct InformantLetters::Claimed {
    std::string to, language, token, zone;
    Instant now, ends_at;
    int tries = 0;
};

/// @return false when it is another node's, or when it is not to go now
Result<bool> InformantLetters::claim(const Actor& system, const monitoring::DueInformantAsk& due, Claimed& claimed,
                                     Sent& sent) const
{
    bool goes = false;
    Sent counted;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        goes = false;
        counted = {};
        claimed = {};
        if (!TRY(monitoring::claim_informant_letter(writing, due.person, due.ask)))
            return {};
        const auto ask = TRY(monitoring::read_informant_ask(writing, due.person, due.ask));
        const auto informant = TRY(monitoring::read_informant(writing, due.person, ask->informant));
        claimed.now = writing.now();
        claimed.ends_at = ask->ends_at;
        const bool may = informant && TRY(informants_.may_be_asked(writing, *informant));
        if (!may || !channels::mail_address(informant->mail) || ask->ends_at <= claimed.now) {
            ++counted.not_needed;
            TRY(monitoring::end_informant_ask(writing, due.person, due.ask, monitoring::InformantAskState::Withdrawn));
            return {};
        }
        claimed.zone = informant->plan->zone;
        if (const auto morning = monitoring::after_quiet(informants_.quiet(), claimed.zone, claimed.now); morning > claimed.now) {
            ++counted.put_off;
            return monitoring::settle_informant_letter(writing, due.person, due.ask, false,
                                                       morning < ask->ends_at ? std::optional{morning} : std::nullopt);
        }
        claimed.to = informant->mail;
        claimed.language = informant->language;
        claimed.tries = ask->tries;
        claimed.token = TRY(monitoring::make_informant_link(writing, due.person, due.ask));
        goes = true;
        return {};
    }));
    sent.not_needed += counted.not_needed;
    sent.put_off += counted.put_off;
    return goes;
}

Result<InformantLetters::Sent> InformantLetters::send_due(const Actor& system, const std::function<bool()>& stopping) const
{
    Sent sent;
    if (settings_.server.empty())
        return sent;
    std::vector<monitoring::DueInformantAsk> all;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        all = TRY(monitoring::due_informant_letters(reading));
        return {};
    }));
    for (const auto& due : all) {
        if (stopping && stopping())
            break;
        Claimed claimed;
        if (!TRY(claim(system, due, claimed, sent)))
            continue;
        // After the #, which no browser sends: the token stands in no server's log. The "i." says whose form it is.
        const auto posted =
            post(mail_, settings_, claimed.to,
                 channels::letter_text({due.ask.text(), settings_.from, claimed.to, settings_.site + "/c#i." + claimed.token,
                                        claimed.language, claimed.now},
                                       settings_.texts),
                 stopping);
        const bool taken = posted.taken();
        if (!taken)
            sent.problem = posted.problem;
        const auto again =
            monitoring::after_quiet(informants_.quiet(), claimed.zone, claimed.now + reminder_pause(claimed.tries));
        const bool given_up = !taken && again >= claimed.ends_at;
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            TRY(monitoring::settle_informant_letter(writing, due.person, due.ask, taken,
                                                    taken || given_up ? std::nullopt : std::optional{again}));
            if (taken)
                writing.note({"remind.informant", due.person, "informant_ask", due.ask, {}, {}});
            return {};
        }));
        ++(taken ? sent.sent : given_up ? sent.given_up : sent.put_off);
        if (posted.code == 0)
            break; // the others keep their time, and the next round tries one of them
    }
    return sent;
}

} // namespace handrail::errands
