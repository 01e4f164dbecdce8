#include "errands/alert_deliveries.h"

#include <algorithm>

#include "base/crypto.h"
#include "care/alert.h"
#include "channels/pager_webhook.h"
#include "channels/text_webhook.h"
#include "trust/staff_contact.h"

namespace handrail::errands {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr hours tried_for{24};
constexpr seconds longest_pause{60};
constexpr std::chrono::minutes refused_pause{5}; ///< somebody has to put something right first
constexpr seconds shortest_ring{60}; ///< how long a push service keeps a notification for a device that is off
constexpr seconds longest_ring{3600};
/// One device has rung: for this long the others are still tried.
constexpr std::chrono::minutes other_devices_tried_for{10};

constexpr rows::Statement select_alert{
    "delivery.alert_now", "SELECT person, urgency, state, due_at, step, acknowledged_by, told FROM alert "
                          "WHERE organisation = $1 AND alert = $2"};

/// 2, 4, 8 … 60 seconds, each between half and the whole: services that failed together do not come back together.
Duration pause_after(int tries)
{
    const Duration whole = std::min<Duration>(seconds{1LL << std::clamp(tries, 1, 6)}, longest_pause);
    std::int64_t number = 0;
    for (const char each : random_bytes(7))
        number = number * 256 + static_cast<unsigned char>(each);
    return whole / 2 + Duration{number % (whole.count() / 2)};
}

} // namespace

struct AlertDeliveries::Now {
    bool test = false;
    Urgency urgency = Urgency::Unknown;
    int step = 0;
    std::optional<Instant> due_at;
    Instant at;
    trust::StaffContact contact;
};

/// @return false when it is another node's, or when nobody needs it any more
Result<bool> AlertDeliveries::claim(const Actor& system, care::Delivery& one, Now& now) const
{
    bool claimed = false;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        one.state = care::DeliveryState::Waiting;
        one.done_at = std::nullopt;
        claimed = TRY(care::claim_delivery(writing, one.id));
        if (!claimed)
            return {};
        const auto found = TRY(writing.rows(select_alert, {rows::Value{one.alert}}));
        using care::AlertState;
        const auto state =
            found.empty() ? AlertState::Closed : care::alert_state_from(found.front()[2].text()).value_or(AlertState::Open);
        trust::StaffContact contact;
        if (!one.account.empty()) {
            auto found_contact = trust::staff_contact(writing, one.account);
            if (!found_contact.ok() && found_contact.error().kind != ErrorKind::NotFound)
                return found_contact.error();
            if (found_contact.ok())
                contact = *found_contact;
        }
        // Who wants a second person does not call themselves, and who has left is not called.
        const bool there = one.account.empty() || contact.active;
        const bool needed = there && (state == AlertState::Open || (state == AlertState::SecondWanted &&
                                                          found.front()[5].id<AccountId>() != one.account));
        if (!needed) {
            one.state = care::DeliveryState::NotNeeded;
            one.done_at = writing.now();
            return care::settle_delivery(writing, one);
        }
        const auto& row = found.front();
        now = {row[0].id<PersonId>().empty() && !row[6].null(), urgency_from(row[1].text()).value_or(Urgency::Unknown),
               static_cast<int>(row[4].number()),
               row[3].null() ? std::nullopt : std::optional{row[3].instant()}, writing.now(), contact};
        return {};
    }));
    if (claimed && one.state == care::DeliveryState::Waiting)
        ++one.tries;
    return claimed;
}

AlertDeliveries::Answer AlertDeliveries::page(const care::Delivery& one, const Now& now,
                                              const std::function<bool()>& stopping) const
{
    channels::PagerCall call;
    call.delivery = one.id.text();
    call.alert = one.alert.text();
    call.urgency = now.urgency;
    call.step = now.step;
    call.due_at = now.due_at;
    call.account = one.account.empty() ? std::string{} : one.account.text();
    call.phone = now.contact.phone;
    call.link = settings_.link + "/staff/alerts/" + one.alert.text();
    call.test = now.test;
    const auto status =
        signed_post(ways_.web, settings_.pager, call.delivery, now.at, channels::pager_body(call), stopping);
    using Kind = Answer::Kind;
    if (!status.ok())
        return {Kind::Nobody, "The pager's server did not answer: " + status.error().noted + "."};
    if (*status == 0)
        return {Kind::Nobody, "It was broken off."}; // the service stops
    if (*status >= 200 && *status < 300)
        return {Kind::Taken, {}};
    return {Kind::Again, "The pager's server answered " + std::to_string(*status) + "."};
}

AlertDeliveries::Answer AlertDeliveries::ring(const Actor& system, const care::Delivery& one, const Now& now,
                                              const std::function<bool()>& stopping) const
{
    using Kind = Answer::Kind;
    PushSender::Notice notice;
    notice.about = one.id;
    notice.group = one.alert.text();
    notice.say = now.test ? settings_.says.test : settings_.says.alert;
    notice.path = "/staff/alerts/" + one.alert.text();
    // What still lies at a push service when somebody has acknowledged it would ring all the same: it lies there no longer
    // than until the alert goes up, and then another one takes its place.
    notice.lasts = std::clamp(std::chrono::duration_cast<seconds>(now.due_at.value_or(now.at) - now.at), shortest_ring, longest_ring);
    notice.urgent = true;
    const auto pushed = pushing_.send(system, {{}, one.account}, notice, stopping);
    if (!pushed.ok())
        return {Kind::Again, pushed.error().told};
    if (pushed->stopped)
        return {Kind::Nobody, "It was broken off."};
    if (pushed->devices == 0)
        return {Kind::Nowhere, {}};
    if (pushed->failed > 0 && (pushed->taken == 0 || now.at < one.made_at + other_devices_tried_for))
        return {pushed->refused ? Kind::Refused : Kind::Again, pushed->problem};
    if (pushed->taken == 0)
        return {Kind::Never, "No device takes notifications any more."};
    return {Kind::Taken, {}};
}

AlertDeliveries::Answer AlertDeliveries::text(const Actor& system, const care::Delivery& one, const Now& now,
                                              const std::function<bool()>& stopping) const
{
    using Kind = Answer::Kind;
    constexpr auto no_more = "The gateway said that this number takes no texts. Once it does, set it anew.";
    if (now.contact.phone.empty())
        return {Kind::Never, "No work number is known."};
    if (!now.contact.takes_texts)
        return {Kind::Never, no_more};
    channels::TextMessage message;
    message.delivery = one.id.text();
    message.to = now.contact.phone;
    message.text = (now.test ? settings_.says.test : settings_.says.alert) + " " + settings_.link + "/staff/alerts/" + one.alert.text();
    message.kind = now.test ? "test" : "alert";
    const auto status =
        signed_post(ways_.web, settings_.text, message.delivery, now.at, channels::text_body(message), stopping);
    if (!status.ok())
        return {Kind::Nobody, "The gateway for texts did not answer: " + status.error().noted + "."};
    if (*status == 0)
        return {Kind::Nobody, "It was broken off."};
    if (*status >= 200 && *status < 300)
        return {Kind::Taken, {}};
    if (*status != channels::number_is_gone)
        return {Kind::Again, "The gateway for texts answered " + std::to_string(*status) + "."};
    if (const auto ended = trust::end_texts(record_, system, one.account, message.to); !ended.ok())
        return {Kind::Again, ended.error().told};
    return {Kind::Never, no_more};
}

AlertDeliveries::Answer AlertDeliveries::sent_by(care::Channel channel, const Actor& system, const care::Delivery& one,
                                                 const Now& now, const std::function<bool()>& stopping) const
{
    switch (channel) {
    case care::Channel::Pager:
        return page(one, now, stopping);
    case care::Channel::Mail:
        return write(one, now, stopping);
    case care::Channel::Push:
        return ring(system, one, now, stopping);
    case care::Channel::Text:
        return text(system, one, now, stopping);
    }
    return {};
}

AlertDeliveries::Answer AlertDeliveries::write(const care::Delivery& one, const Now& now,
                                               const std::function<bool()>& stopping) const
{
    using Kind = Answer::Kind;
    if (!channels::mail_address(now.contact.mail))
        return {Kind::Never, "No work e-mail is known."};
    const auto& mail = settings_.mail;
    channels::AlertLetter words;
    words.delivery = one.id.text();
    words.alert = one.alert.text();
    words.from = mail.from;
    words.to = now.contact.mail;
    words.at = now.at;
    words.link = settings_.link + "/staff/alerts/" + one.alert.text();
    words.test = now.test;
    auto posted = post(ways_.mail, mail, now.contact.mail, channels::letter_text(words, mail.texts), stopping);
    const auto kind = posted.taken()       ? Kind::Taken
                      : posted.code == 0   ? Kind::Nobody
                      : posted.code >= 500 ? Kind::Refused
                                           : Kind::Again;
    return {kind, std::move(posted.problem)};
}

Result<void> AlertDeliveries::settle(const Actor& system, care::Delivery one, const Answer& answer, Sent& sent) const
{
    using Kind = Answer::Kind;
    if (!answer.problem.empty())
        sent.problem = answer.problem;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        const auto now = writing.now();
        one.problem = answer.problem;
        one.done_at = now;
        if (answer.kind == Kind::Taken) {
            one.state = care::DeliveryState::Sent;
        } else if (answer.kind == Kind::Nowhere) {
            one.state = care::DeliveryState::NotNeeded;
        } else if (answer.kind == Kind::Never || now >= one.made_at + tried_for) {
            one.state = care::DeliveryState::GivenUp;
        } else {
            one.state = care::DeliveryState::Waiting;
            one.done_at = std::nullopt;
            one.due_at = now + (answer.kind == Kind::Refused ? Duration{refused_pause} : pause_after(one.tries));
        }
        return care::settle_delivery(writing, one);
    }));
    switch (one.state) {
    case care::DeliveryState::Sent:
        ++sent.sent;
        break;
    case care::DeliveryState::GivenUp:
        ++sent.given_up;
        break;
    case care::DeliveryState::NotNeeded:
        ++sent.not_needed;
        break;
    default:
        ++sent.put_off;
    }
    return {};
}

Result<void> AlertDeliveries::take_up(const Actor& system, care::Channel channel) const
{
    return record_.write(system,
                         [&](trust::Writing& writing) { return care::release_deliveries(writing, channel); });
}

Result<AlertDeliveries::Sent> AlertDeliveries::send_due(const Actor& system, care::Channel channel,
                                                        const std::function<bool()>& stopping, Out out) const
{
    Sent sent;
    std::vector<care::Delivery> due;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        due = TRY(care::due_deliveries(reading, channel));
        return {};
    }));
    for (auto& one : due) {
        if (stopping && stopping())
            break;
        Now now;
        if (!TRY(claim(system, one, now)))
            continue;
        if (one.state == care::DeliveryState::NotNeeded) {
            ++sent.not_needed;
            continue;
        }
        const auto answer =
            out == Out::Stays ? Answer{Answer::Kind::Taken, {}} : sent_by(channel, system, one, now, stopping);
        TRY(settle(system, one, answer, sent));
        if (answer.kind == Answer::Kind::Nobody)
            break; // the others keep their time, and the next round tries one of them
    }
    return sent;
}

} // namespace handrail::errands
