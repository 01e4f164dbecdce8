#include "care/delivery.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/crypto.h"
#include "base/fields.h"

namespace handrail::care {

namespace {

/// A try ends within 20 seconds, to the devices of one human within 40; a node that died with one in its hand holds it up no longer than this.
constexpr std::chrono::seconds claimed_for{45};
constexpr std::chrono::hours given_up_seen_for{24};

constexpr std::array<std::pair<Channel, std::string_view>, 4> channels{
    {{Channel::Pager, "pager"}, {Channel::Mail, "mail"}, {Channel::Push, "push"}, {Channel::Text, "text"}}};
constexpr std::array<std::pair<DeliveryState, std::string_view>, 4> states{{{DeliveryState::Waiting, "waiting"},
                                                                            {DeliveryState::Sent, "sent"},
                                                                            {DeliveryState::NotNeeded, "not_needed"},
                                                                            {DeliveryState::GivenUp, "given_up"}}};

constexpr rows::Statement insert{
    "delivery.insert",
    "INSERT INTO delivery (organisation, delivery, alert, account, channel, step, telling, made_at, due_at, tries, "
    "claimed_until, state, done_at, sealed_body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, NULL, 'waiting', NULL, "
    "NULL) ON CONFLICT (organisation, delivery) DO NOTHING"};
constexpr rows::Statement replace{
    "delivery.replace", "UPDATE delivery SET state = 'not_needed', done_at = $2, claimed_until = NULL "
                        "WHERE organisation = $1 AND alert = $3 AND account = $4 AND channel = $5 "
                        "AND state = 'waiting' AND (claimed_until IS NULL OR claimed_until <= $2)"};
constexpr rows::Statement select_telling{
    "delivery.telling", "SELECT MAX(telling) FROM delivery WHERE organisation = $1 AND alert = $2"};
constexpr rows::Statement select_due{
    "delivery.due",
    "SELECT delivery, alert, account, channel, step, telling, made_at, due_at, tries, state, done_at, sealed_body "
    "FROM delivery WHERE organisation = $1 AND channel = $2 AND state = 'waiting' AND due_at <= $3 "
    "AND (claimed_until IS NULL OR claimed_until <= $3) ORDER BY due_at LIMIT 50"};
constexpr rows::Statement claim{
    "delivery.claim", "UPDATE delivery SET claimed_until = $2, tries = tries + 1 WHERE organisation = $1 "
                      "AND delivery = $3 AND state = 'waiting' AND (claimed_until IS NULL OR claimed_until <= $4)"};
constexpr rows::Statement release{
    "delivery.release", "UPDATE delivery SET claimed_until = NULL WHERE organisation = $1 AND state = 'waiting' "
                        "AND channel = $2 AND claimed_until IS NOT NULL"};
constexpr rows::Statement settle{
    "delivery.settle", "UPDATE delivery SET state = $2, due_at = $3, done_at = $4, sealed_body = $5, "
                       "claimed_until = NULL WHERE organisation = $1 AND delivery = $6"};
constexpr rows::Statement select_of_alert{
    "delivery.of_alert",
    "SELECT delivery, alert, account, channel, step, telling, made_at, due_at, tries, state, done_at, sealed_body "
    "FROM delivery WHERE organisation = $1 AND alert = $2 ORDER BY telling, made_at, delivery"};
constexpr rows::Statement select_failing{
    "delivery.failing",
    "SELECT delivery, alert, account, channel, step, telling, made_at, due_at, tries, state, done_at, sealed_body "
    "FROM delivery WHERE organisation = $1 AND state = 'waiting' AND channel = $2 AND tries > 0 "
    "AND sealed_body IS NOT NULL ORDER BY due_at LIMIT 1000"};
constexpr rows::Statement select_given_up{
    "delivery.given_up",
    "SELECT delivery, alert, account, channel, step, telling, made_at, due_at, tries, state, done_at, sealed_body "
    "FROM delivery WHERE organisation = $1 AND state = 'given_up' AND done_at > $2 ORDER BY done_at DESC LIMIT 1000"};

template <class Names, class Enum> std::string_view name_in(const Names& names, Enum value)
{
    for (const auto& [each, text] : names)
        if (each == value)
            return text;
    return "";
}

template <class Enum, class Names> std::optional<Enum> value_in(const Names& names, std::string_view text)
{
    for (const auto& [each, written] : names)
        if (written == text)
            return each;
    return std::nullopt;
}

trust::Place place_of(DeliveryId id) { return {"delivery", "body", id}; }

Result<Delivery> delivery_in(trust::Reading& reading, const rows::Row& row)
{
    Delivery delivery;
    delivery.id = row[0].id<DeliveryId>();
    delivery.alert = row[1].id<AlertId>();
    delivery.account = row[2].id<AccountId>();
    delivery.channel = channel_from(row[3].text()).value_or(Channel::Pager);
    delivery.step = static_cast<int>(row[4].number());
    delivery.telling = static_cast<int>(row[5].number());
    delivery.made_at = row[6].instant();
    delivery.due_at = row[7].instant();
    delivery.tries = static_cast<int>(row[8].number());
    delivery.state = delivery_state_from(row[9].text()).value_or(DeliveryState::Waiting);
    if (!row[10].null())
        delivery.done_at = row[10].instant();
    if (!row[11].null())
        delivery.problem =
            TRY(Fields::decoded(TRY(reading.open(place_of(delivery.id), row[11].blob())).reveal())).text("problem");
    return delivery;
}

Result<std::vector<Delivery>> deliveries_in(trust::Reading& reading, const rows::Rows& found)
{
    std::vector<Delivery> all;
    for (const auto& row : found)
        all.push_back(TRY(delivery_in(reading, row)));
    return all;
}

} // namespace

std::string_view name(Channel channel) { return name_in(channels, channel); }
std::string_view name(DeliveryState state) { return name_in(states, state); }
std::optional<Channel> channel_from(std::string_view text) { return value_in<Channel>(channels, text); }
std::optional<DeliveryState> delivery_state_from(std::string_view text) { return value_in<DeliveryState>(states, text); }

DeliveryId delivery_id(AlertId alert, int step, int telling, AccountId account, Channel channel)
{
    // The ids in it are random: nobody finds one from outside.
    return DeliveryId{id_of_named(alert.text() + account.text() + "/" + std::to_string(step) + "/" +
                                  std::to_string(telling) + "/" + std::string(name(channel)))};
}

Result<void> insert_delivery(trust::Writing& writing, const Delivery& delivery)
{
    TRY(writing.change(insert, {delivery.id, delivery.alert, delivery.account, name(delivery.channel), delivery.step,
                                delivery.telling, delivery.made_at, delivery.due_at}));
    return {};
}

Result<void> replace_waiting(trust::Writing& writing, AlertId alert, AccountId account, Channel channel)
{
    TRY(writing.change(replace, {writing.now(), alert, account, name(channel)}));
    return {};
}

Result<int> tellings_of(trust::Reading& reading, AlertId alert)
{
    const auto found = TRY(reading.rows(select_telling, {rows::Value{alert}}));
    return found.empty() || found.front()[0].null() ? 0 : static_cast<int>(found.front()[0].number());
}

Result<std::vector<Delivery>> due_deliveries(trust::Reading& reading, Channel channel)
{
    return deliveries_in(reading, TRY(reading.rows(select_due, {name(channel), reading.now()})));
}

Result<bool> claim_delivery(trust::Writing& writing, DeliveryId id)
{
    const auto now = writing.now();
    return TRY(writing.change(claim, {now + claimed_for, id, now})) == 1;
}

Result<void> release_deliveries(trust::Writing& writing, Channel channel)
{
    TRY(writing.change(release, {name(channel)}));
    return {};
}

Result<void> settle_delivery(trust::Writing& writing, const Delivery& delivery)
{
    rows::Value body;
    if (!delivery.problem.empty())
        body = rows::Value{
            TRY(writing.seal(place_of(delivery.id), Confidential{Fields{{"problem", delivery.problem}}.encoded()}))};
    const auto done = delivery.done_at ? rows::Value{*delivery.done_at} : rows::Value{};
    TRY(writing.change(settle, {name(delivery.state), delivery.due_at, done, body, delivery.id}));
    return {};
}

Result<std::vector<Delivery>> deliveries_of(trust::Reading& reading, AlertId alert)
{
    return deliveries_in(reading, TRY(reading.rows(select_of_alert, {rows::Value{alert}})));
}

Result<std::vector<DeliveryTrouble>> delivery_troubles(trust::Reading& reading)
{
    const auto given_up = TRY(deliveries_in(
        reading, TRY(reading.rows(select_given_up, {rows::Value{reading.now() - given_up_seen_for}}))));
    std::vector<DeliveryTrouble> all;
    for (const auto& [channel, text] : channels) {
        DeliveryTrouble trouble;
        trouble.channel = channel;
        for (const auto& each : given_up) {
            if (each.channel != channel)
                continue;
            ++trouble.given_up;
            if (trouble.problem.empty())
                trouble.problem = each.problem;
        }
        const auto failing = TRY(deliveries_in(reading, TRY(reading.rows(select_failing, {rows::Value{text}}))));
        for (const auto& each : failing) {
            ++trouble.failing;
            trouble.since = std::min(trouble.since.value_or(each.made_at), each.made_at);
            trouble.problem = each.problem;
        }
        if (trouble.failing > 0 || trouble.given_up > 0)
            all.push_back(std::move(trouble));
    }
    return all;
}

} // namespace handrail::care
