#include "care/telling.h"

#include <algorithm>

#include "care/rota_desk.h"
#include "care/service.h"
#include "care/service_desk.h"
#include "trust/push_devices.h"

namespace handrail::care {

namespace {

constexpr rows::Statement select_team{
    "delivery.team", "SELECT m.account FROM team_member m "
                     "JOIN account a ON a.organisation = m.organisation AND a.account = m.account "
                     "WHERE m.organisation = $1 AND m.team = $2 AND a.role = 'clinician' AND a.state = 'active' "
                     "ORDER BY m.account"};
constexpr rows::Statement select_role{
    "delivery.role",
    "SELECT account FROM account WHERE organisation = $1 AND role = $2 AND state = 'active' ORDER BY account"};

void add(std::vector<AccountId>& who, AccountId account)
{
    if (std::find(who.begin(), who.end(), account) == who.end())
        who.push_back(account);
}

Result<void> add(std::vector<AccountId>& who, Result<rows::Rows> found)
{
    for (const auto& row : TRY(std::move(found)))
        add(who, row[0].id<AccountId>());
    return {};
}

} // namespace

Result<std::vector<AccountId>> Telling::who(trust::Reading& reading, const Alert& alert, bool anew) const
{
    const bool by_name = !alert.told.empty() && alert.told != alert.acknowledged_by;
    if (by_name && (alert.test || !anew))
        return std::vector{alert.told};
    std::vector<AccountId> all;
    using Who = AlertPolicy::Who;
    std::vector<AccountId> on_call;
    const auto add_all = [&](const std::vector<Who>& who) -> Result<void> {
        for (const auto each : who)
            switch (each) {
            case Who::Team:
                TRY(add(all, reading.rows(select_team, {rows::Value{alert.team}})));
                break;
            case Who::Rota:
                for (const auto& account : on_call)
                    add(all, account);
                break;
            case Who::Lead:
                TRY(add(all, reading.rows(select_role, {name(Role::Lead)})));
                break;
            case Who::Administrator:
                TRY(add(all, reading.rows(select_role, {name(Role::Administrator)})));
                break;
            }
        return {};
    };
    if (alert.service) {
        TRY(add_all({Who::Lead, Who::Administrator}));
        return all;
    }
    if (by_name)
        all.push_back(alert.told);
    const auto service = TRY(read_service(reading, settings_));
    on_call = care::on_call(TRY(read_rota(reading, service.time_zone)), alert.team, reading.now());
    auto first = policy_.steps.front();
    bool on_duty = staffed(service, reading.now()).now;
    if (!on_duty && !on_call.empty() && std::find(first.begin(), first.end(), Who::Rota) != first.end()) {
        on_duty = true;
        std::erase(first, Who::Team); // they are not at work: that is what somebody is on call for
    }
    if (on_duty && (alert.step == 0 || anew))
        TRY(add_all(first));
    if (!on_duty)
        TRY(add_all(policy_.nobody_on_duty));
    if (alert.step > 0)
        TRY(add_all(policy_.steps.at(std::min(static_cast<std::size_t>(alert.step), policy_.steps.size() - 1))));
    // "No contact needed" waits for a second person, who is never the one who asked.
    std::erase(all, alert.acknowledged_by);
    for (const auto each : policy_.nobody_there)
        if (all.empty()) {
            TRY(add_all({each}));
            std::erase(all, alert.acknowledged_by);
        }
    return all;
}

bool Telling::takes(const Alert& alert, Channel channel) const
{
    const auto& names = alert.urgency == Urgency::Now     ? policy_.channels_now
                        : alert.urgency == Urgency::Today ? policy_.channels_today
                                                          : policy_.channels_unknown;
    return alert.test || alert.service || std::find(names.begin(), names.end(), name(channel)) != names.end();
}

Result<void> Telling::tell(trust::Writing& writing, const Alert& alert, bool anew) const
{
    if (channels_.empty())
        return {};
    auto all = TRY(who(writing, alert, anew));
    if (all.empty())
        all.emplace_back(); // nobody can be named: whoever answers the channel
    const int telling = 1 + TRY(tellings_of(writing, alert.id));
    for (const auto& account : all)
        for (const auto channel : channels_) {
            if (!takes(alert, channel) || (account.empty() && channel != Channel::Pager))
                continue; // only a pager knows by itself who answers it
            if (channel == Channel::Push && !TRY(trust::has_push_device(writing, account)))
                continue; // who wants notifications switches them on
            TRY(replace_waiting(writing, alert.id, account, channel));
            Delivery delivery;
            delivery.id = delivery_id(alert.id, alert.step, telling, account, channel);
            delivery.alert = alert.id;
            delivery.account = account;
            delivery.channel = channel;
            delivery.step = alert.step;
            delivery.telling = telling;
            delivery.made_at = writing.now();
            delivery.due_at = writing.now();
            TRY(insert_delivery(writing, delivery));
        }
    return {};
}

} // namespace handrail::care
