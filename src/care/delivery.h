#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "domain/urgency.h"
#include "trust/record.h"

/// What leaves the server for staff about an alert, as rows. Written where the alert is raised or goes up, in the same
/// transaction (care::Telling); sent by errands::AlertDeliveries. Here are ids and instants, and nobody's words.
namespace handrail::care {

using DeliveryId = Id<struct DeliveryNoun>;

/// How staff are told beside the page.
enum class Channel {
    Pager, ///< a signed webhook
    Mail,
    Push, ///< a notification on the devices where they switched it on
    Text, ///< to their work number, through the site's gateway
};
std::string_view name(Channel channel);
std::optional<Channel> channel_from(std::string_view name);

enum class DeliveryState {
    Waiting,
    Sent,      ///< the receiver took it; whether somebody read it only an acknowledgement says
    NotNeeded, ///< somebody acted before it went, a later one took its place, or they switched the device off
    GivenUp,   ///< refused for good, or for too long
};
std::string_view name(DeliveryState state);
std::optional<DeliveryState> delivery_state_from(std::string_view name);

struct Delivery {
    DeliveryId id; ///< of alert, step, telling, account and channel: the receiver knows by it what it had already
    AlertId alert;
    AccountId account; ///< empty: whoever answers the channel, because nobody could be named
    Channel channel = Channel::Pager;
    int step = 0;
    int telling = 1; ///< the how-manieth time that this alert is told
    Instant made_at;
    Instant due_at;
    int tries = 0;
    DeliveryState state = DeliveryState::Waiting;
    std::optional<Instant> done_at;
    std::string problem; ///< what the receiver said last; empty when nothing went wrong
};

DeliveryId delivery_id(AlertId alert, int step, int telling, AccountId account, Channel channel);

/// Does nothing when it stands there already.
Result<void> insert_delivery(trust::Writing& writing, const Delivery& delivery);
/// Those of one alert that still wait for this account and channel are not needed: a later one takes their place.
Result<void> replace_waiting(trust::Writing& writing, AlertId alert, AccountId account, Channel channel);
/// How often an alert has been told.
Result<int> tellings_of(trust::Reading& reading, AlertId alert);

/// Whose time has come and which nobody has in hand, the longest due first; at most 50.
Result<std::vector<Delivery>> due_deliveries(trust::Reading& reading, Channel channel);
/// Takes one for 45 seconds, counting the try: the intent stands in the store before anything leaves.
Result<bool> claim_delivery(trust::Writing& writing, DeliveryId id);
/// Lets go of what a process that is no more had in hand, so that it goes at once. Only where one process alone sends from
/// the store: of another node's this would send a second time.
Result<void> release_deliveries(trust::Writing& writing, Channel channel);
/// Says what became of it; a waiting one is tried again at `due_at`.
Result<void> settle_delivery(trust::Writing& writing, const Delivery& delivery);

/// Everything that was sent about an alert, in the order in which it was told.
Result<std::vector<Delivery>> deliveries_of(trust::Reading& reading, AlertId alert);

/// What does not get out by one channel.
struct DeliveryTrouble {
    Channel channel = Channel::Pager;
    std::int64_t failing = 0;      ///< tried, and still waiting
    std::optional<Instant> since;  ///< when the oldest of them was written
    std::int64_t given_up = 0;     ///< within the last 24 hours
    std::string problem;           ///< what was said last
};
/// Only channels with trouble.
Result<std::vector<DeliveryTrouble>> delivery_troubles(trust::Reading& reading);

} // namespace handrail::care
