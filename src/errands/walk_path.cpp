#include "errands/walk_path.h"

#include <algorithm>
#include <array>

#include "care/alert_rows.h"
#include "care/delivery.h"
#include "support/human_wait.h"
#include "trust/actor_desk.h"

namespace handrail::errands {

namespace {

// Rule and model agree on it in every release: tests/fixtures hold it at now.
constexpr const char* words_of_danger = "I am going to kill myself tonight";
const trust::ContactDesk::Contact walker_contact{"walk", "walk"};
constexpr const char* lead_login = "walk-lead";

constexpr rows::Statement set_due{"walk.hurry",
                                  "UPDATE alert SET due_at = $2 WHERE organisation = $1 AND alert = $3 AND state = 'open'"};
constexpr rows::Statement select_conversations{
    "walk.conversations", "SELECT conversation FROM conversation WHERE organisation = $1 AND person = $2"};
constexpr std::array removals{
    rows::Statement{"walk.delivery", "DELETE FROM delivery WHERE organisation = $1 AND alert IN "
                                     "(SELECT alert FROM alert WHERE organisation = $1 AND person = $2)"},
    rows::Statement{"walk.alert_step", "DELETE FROM alert_step WHERE organisation = $1 AND alert IN "
                                       "(SELECT alert FROM alert WHERE organisation = $1 AND person = $2)"},
    rows::Statement{"walk.alert", "DELETE FROM alert WHERE organisation = $1 AND person = $2"},
    rows::Statement{"walk.finding", "DELETE FROM finding WHERE organisation = $1 AND person = $2"},
    rows::Statement{"walk.message", "DELETE FROM message WHERE organisation = $1 AND person = $2"},
    rows::Statement{"walk.conversation", "DELETE FROM conversation WHERE organisation = $1 AND person = $2"},
    rows::Statement{"walk.document", "DELETE FROM document WHERE organisation = $1 AND person = $2"},
    rows::Statement{"walk.course", "DELETE FROM course WHERE organisation = $1 AND person = $2"},
};
constexpr rows::Statement count_left{
    "walk.left",
    "SELECT (SELECT COUNT(*) FROM alert WHERE organisation = $1 AND person = $2) + "
    "(SELECT COUNT(*) FROM finding WHERE organisation = $1 AND person = $2) + "
    "(SELECT COUNT(*) FROM message WHERE organisation = $1 AND person = $2) + "
    "(SELECT COUNT(*) FROM conversation WHERE organisation = $1 AND person = $2)"};

/// Those by which the policy calls staff at now, but for notifications: the made-up lead has no device.
std::vector<care::Channel> at_now(const AlertPolicy& policy, std::vector<care::Channel> channels)
{
    std::erase_if(channels, [&](care::Channel each) {
        const auto& names = policy.channels_now;
        return each == care::Channel::Push || std::find(names.begin(), names.end(), care::name(each)) == names.end();
    });
    return channels;
}

Actor system_of(const WalkPath::Walker& walker) { return trust::ActorDesk::system(walker.organisation); }

} // namespace

ServicePath::ServicePath(Parts parts, const AlertPolicy& policy, std::vector<care::Channel> channels)
    : parts_(parts), contacts_(parts.record, parts.keyring), channels_(at_now(policy, channels)),
      alerts_(parts.record, policy, std::move(channels)),
      listening_(alerts_, parts.service, parts.help),
      conversations_(parts.record, listening_, alerts_, parts.service, parts.screener, parts.dialogue, parts.guard)
{
}

Result<AccountId> ServicePath::lead(OrganisationId organisation) const
{
    const auto system = trust::ActorDesk::system(organisation);
    for (const auto& each : TRY(parts_.accounts.all_staff(system)))
        if (each.role == Role::Lead)
            return each.id;
    trust::AccountDesk::NewStaff made_up; // without a password: nobody can sign in with it
    made_up.role = Role::Lead;
    made_up.login = lead_login;
    made_up.display_name = "The service's own walk";
    return parts_.accounts.create_staff(system, made_up);
}

Result<WalkPath::Walker> ServicePath::come_in() const
{
    const auto organisation = TRY(parts_.organisations.create(std::string(trust::walk_organisation)));
    TRY(lead(organisation)); // whoever is told
    auto known = TRY(contacts_.known(organisation, walker_contact));
    if (!known) {
        known = TRY(contacts_.come_in(organisation, walker_contact, {"en", ""}));
        TRY(parts_.record.write(trust::ActorDesk::system(organisation), [&](trust::Writing& writing) {
            return contacts_.set_age_band(writing, *known->person(), "26_64");
        }));
    }
    const Walker walker{organisation, *known};
    if (TRY(left(walker)) > 0)
        TRY(remove(walker));
    return walker;
}

Result<WalkPath::Said> ServicePath::say(const Walker& walker) const
{
    const auto exchange = TRY(conversations_.write(walker.person, words_of_danger, {}));
    Said said;
    said.urgency = exchange.message.urgency;
    said_ += said.urgency == Urgency::Now ? 1 : 0;
    if (exchange.replies.empty() || exchange.replies.front().text.empty())
        return said;
    const auto& id = exchange.replies.front().text_id;
    for (const auto& text : parts_.dialogue.book("en").crisis_texts())
        said.fixed_words = said.fixed_words || (text.urgency == Urgency::Now && id.starts_with(text.id + "/"));
    return said;
}

Result<std::optional<care::Alert>> ServicePath::alert(const Walker& walker) const
{
    std::optional<care::Alert> found;
    TRY(parts_.record.read(system_of(walker), [&](trust::Reading& reading) -> Result<void> {
        found = TRY(care::read_open_alert(reading, *walker.person.person()));
        return {};
    }));
    return found;
}

Result<void> ServicePath::hurry(const Walker& walker, AlertId alert) const
{
    return parts_.record.write(system_of(walker), [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.change(set_due, {writing.now(), alert}));
        return {};
    });
}

Result<std::vector<care::Channel>> ServicePath::sent(const Walker& walker, AlertId alert) const
{
    std::vector<care::Channel> channels;
    TRY(parts_.record.read(system_of(walker), [&](trust::Reading& reading) -> Result<void> {
        channels.clear();
        for (const auto& each : TRY(care::deliveries_of(reading, alert)))
            if (each.state == care::DeliveryState::Sent &&
                std::find(channels.begin(), channels.end(), each.channel) == channels.end())
                channels.push_back(each.channel);
        return {};
    }));
    return channels;
}

Result<void> ServicePath::end(const Walker& walker, AlertId alert) const
{
    const auto account = TRY(lead(walker.organisation));
    const auto begun = TRY(parts_.sessions.begin(system_of(walker), {account, Role::Lead, {}, "", true}));
    const auto lead = TRY(parts_.sessions.actor_for(begun.token));
    auto ended = alerts_.acknowledge(lead, alert, "walk");
    if (ended.ok())
        ended = alerts_.record_outcome(lead, alert, {care::Outcome::Reached, "walk", {}, {}});
    TRY(parts_.sessions.revoke(lead, begun.session));
    return ended;
}

Result<void> ServicePath::remove(const Walker& walker) const
{
    return parts_.record.write(system_of(walker), [&](trust::Writing& writing) -> Result<void> {
        const auto person = *walker.person.person();
        for (const auto& row : TRY(writing.rows(select_conversations, {rows::Value{person}})))
            TRY(support::drop_timer(writing, row[0].id<ConversationId>()));
        for (const auto& each : removals)
            TRY(writing.change(each, {rows::Value{person}}));
        return {};
    });
}

Result<std::int64_t> ServicePath::left(const Walker& walker) const
{
    std::int64_t rows_left = 0;
    TRY(parts_.record.read(system_of(walker), [&](trust::Reading& reading) -> Result<void> {
        rows_left = TRY(reading.rows(count_left, {rows::Value{*walker.person.person()}})).front()[0].number();
        return {};
    }));
    return rows_left;
}

} // namespace handrail::errands
