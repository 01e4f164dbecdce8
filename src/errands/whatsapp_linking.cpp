#include <algorithm>

#include "care/heard.h"
#include "channels/whatsapp_countries.h"
#include "errands/link_codes.h"
#include "errands/whatsapp_desk.h"
#include "errands/whatsapp_reminder.h"
#include "trust/account_row.h"

// A number that becomes part of somebody's account on the page, and one that is taken away again. Two records are never made
// one: the number moves, and what was written before stays where it is.
namespace handrail::errands {

namespace {

using channels::WhatsappInbound;

constexpr std::string_view code_field = "whatsapp_link";
constexpr std::string_view tries_field = "whatsapp_link_try";
constexpr int codes_an_hour = 5;
constexpr int tries_an_hour = 5;       ///< of one sender that led nowhere
constexpr int all_tries_an_hour = 50;  ///< of everybody: with eight digits one guess in two million leads to somebody

std::string last_digits(const std::string& number)
{
    return number.size() > 4 ? number.substr(number.size() - 2) : std::string{};
}

} // namespace

Result<WhatsappDesk::Joined> WhatsappDesk::joined(const Actor& person) const
{
    Joined found;
    TRY(record_.read(person, [&](trust::Reading& reading) -> Result<void> {
        found = {};
        const auto line = TRY(read_line(reading, *person.person()));
        if (line && line->joined_at)
            found = {line->joined_at, last_digits(line->user.number)};
        reading.note({"read.whatsapp_line", *person.person(), "document", {}, {}, {}});
        return {};
    }));
    return found;
}

Result<WhatsappDesk::Code> WhatsappDesk::fresh_code(const Actor& person) const
{
    const auto id = *person.person();
    const auto made = TRY(hash_of(person, tries_field, "codes of " + id.text()));
    for (int attempt = 0; attempt < 3; ++attempt) {
        const auto digits = fresh_link_code();
        const auto hash = TRY(hash_of(person, code_field, digits));
        Code code;
        auto kept = record_.write(person, [&](trust::Writing& writing) -> Result<void> {
            if (TRY(link_tries(writing, made)) >= codes_an_hour)
                return Error{ErrorKind::TooMuch, "You asked for many codes. Please try again in an hour.", {}, "too-often"};
            TRY(add_link_try(writing, made));
            TRY(keep_link_code(writing, hash, id));
            code.ends_at = writing.now() + link_code_lasts;
            writing.note({"make.whatsapp_code", id, "person", id, {}, {}});
            return {};
        });
        if (!kept.ok() && kept.error().kind == ErrorKind::Conflict && kept.error().told.find("another code") != std::string::npos)
            continue; // somebody else's is the same
        TRY(std::move(kept));
        code.code = digits.substr(0, 4) + "-" + digits.substr(4);
        code.text = "LINK " + code.code;
        if (!settings_.number.empty())
            code.link = "https://wa.me/" + settings_.number + "?text=LINK%20" + code.code;
        return code;
    }
    return unavailable("No code could be made. Please try again.", "three link codes in a row were taken");
}

Result<bool> WhatsappDesk::join(const Actor& system, const WhatsappInbound& message, const std::string& digits,
                                const std::optional<Actor>& writer, const RawId& hash) const
{
    const auto& user = message.user;
    const auto code_hash = TRY(hash_of(system, code_field, digits));
    const auto sender = TRY(hash_of(system, tries_field, user.user_id.empty() ? user.number : user.user_id));
    const auto everybody = TRY(hash_of(system, tries_field, "everybody"));
    std::optional<LinkCode> code;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        code.reset();
        auto found = TRY(link_code(writing, code_hash));
        const auto account = found ? TRY(trust::find_account_of(writing, found->person)) : std::nullopt;
        const bool good = TRY(link_tries(writing, sender)) < tries_an_hour &&
                          TRY(link_tries(writing, everybody)) < all_tries_an_hour && account && !account->suspended &&
                          (found->taken.empty() || found->taken == message.id);
        if (!good) {
            TRY(add_link_try(writing, sender));
            return add_link_try(writing, everybody);
        }
        // One message takes it. After a crash the same message goes on here, and knows who had the number.
        if (found->taken.empty()) {
            found->taken = message.id;
            if (writer && *writer->person() != found->person)
                found->former = *writer->person();
            TRY(take_link_code(writing, code_hash, *found));
        }
        code = std::move(found);
        return {};
    }));
    if (!code)
        return false;
    // One number a person: another one they had leads to nobody any more.
    TRY(contacts_.let_go(system.organisation(), code->person, {whatsapp_user_field, whatsapp_number_field}));
    if (!user.user_id.empty())
        TRY(contacts_.belongs_to(system.organisation(), code->person, by_id(user)));
    if (!user.number.empty())
        TRY(contacts_.belongs_to(system.organisation(), code->person, by_number(user)));
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        if (TRY(seen(writing, hash)))
            return {};
        const auto now = writing.now();
        const auto state = TRY(care::read_person_state(writing, code->person));
        auto line = TRY(read_line(writing, code->person)).value_or(WhatsappLine{});
        for (const auto& job : line.held)
            TRY(release(writing, TRY(WhatsappJobId::from(job))));
        line.held.clear();
        TRY(remind_who_wrote(writing, code->person, line));
        line.user = user;
        line.last_inbound = std::max(line.last_inbound, message.at);
        line.stopped_at.reset();
        line.left_at.reset();
        line.joined_at = now;
        line.greeted = true;
        line.age_asked = line.age_asked || !state.age_band.empty();
        line.sent_through = MessageId::at(now); // what was said on the page stays there
        TRY(save_line(writing, code->person, line));
        if (!code->former.empty())
            TRY(leave_behind(writing, code->former, code->person, now));
        const auto service = TRY(service_.read(writing)).name;
        const auto say = [&](std::string_view key) {
            return texts_.text(state.language, key, {{"service", service}, {"link", settings_.link}});
        };
        ToSend one;
        one.id = WhatsappJobId::at(now);
        one.person = code->person;
        one.since = now;
        one.text = say("linked") + (code->former.empty() ? "" : " " + say("linked_before")) + "\n\n" + say("hello") +
                   "\n\n" + say("meta");
        TRY(put_to_send(writing, one, now));
        TRY(drop_link_code(writing, code_hash));
        TRY(remember_seen(writing, hash));
        writing.note({"join.whatsapp", code->person, "person", code->person, {}, {}});
        return {};
    }));
    return true;
}

Result<void> WhatsappDesk::leave_behind(trust::Writing& writing, PersonId former, PersonId joined, Instant now) const
{
    auto line = TRY(read_line(writing, former));
    if (!line)
        return {};
    for (const auto& job : line->held)
        TRY(release(writing, TRY(WhatsappJobId::from(job))));
    line->held.clear();
    line->asks.clear();
    TRY(monitoring::forget_whatsapp(writing, former));
    line->left_at = now;
    TRY(save_line(writing, former, *line));
    // Somebody was about to answer there. Both teams have to know, and nobody's alert ends by a move.
    if (const auto open = TRY(alerts_.open_alert(writing, former))) {
        TRY(tell_staff(writing, alerts_, former, {}, open->urgency,
                       "The WhatsApp number of this record was joined to somebody's account on the page: from now on what "
                       "is written there is read under that account. This alert stays open."));
        TRY(tell_staff(writing, alerts_, joined, {}, open->urgency,
                       "A WhatsApp number was joined to this person's account while an alert was open under the number's "
                       "own record. See to the person here."));
    }
    return {};
}

Result<void> WhatsappDesk::part(const Actor& person) const
{
    const auto id = *person.person();
    TRY(contacts_.let_go(person.organisation(), id, {whatsapp_user_field, whatsapp_number_field}));
    return record_.write(person, [&](trust::Writing& writing) -> Result<void> {
        auto line = TRY(read_line(writing, id));
        TRY(drop_link_codes_of(writing, id));
        if (!line || !line->joined_at)
            return {};
        const auto language = TRY(care::read_person_state(writing, id)).language;
        return take_away(writing, id, *line, texts_.text(language, "unlinked", {{"link", settings_.link}}));
    });
}

Result<void> WhatsappDesk::take_away(trust::Writing& writing, PersonId person, WhatsappLine& line,
                                     const std::string& text) const
{
    const auto now = writing.now();
    for (const auto& job : line.held)
        TRY(release(writing, TRY(WhatsappJobId::from(job))));
    line.held.clear();
    line.asks.clear();
    TRY(monitoring::forget_whatsapp(writing, person));
    ToSend one;
    one.id = WhatsappJobId::at(now);
    one.person = person;
    one.to = line.user;
    one.text = text;
    one.since = now;
    one.always = true;
    line.user = {};
    line.joined_at.reset();
    line.left_at = now;
    line.stopped_at = std::max(now, line.last_inbound);
    line.may_write_first = false;
    TRY(save_line(writing, person, line));
    writing.note({"part.whatsapp", person, "person", person, {}, {}});
    return put_to_send(writing, one, now);
}

} // namespace handrail::errands
