#include "care/rota_desk.h"

#include "care/service_desk.h"

namespace handrail::care {

namespace {

constexpr int minutes_a_day = 24 * 60;
constexpr Day longest_leave = 366;
constexpr Day furthest_ahead = 2 * 366;

constexpr rows::Statement select_shifts{
    "rota.shifts", "SELECT shift, team, account, weekday, from_minute, to_minute FROM rota_shift WHERE organisation = $1 "
                   "ORDER BY weekday, from_minute, shift"};
constexpr rows::Statement select_overrides{
    "rota.overrides", "SELECT override, team, account, from_at, until_at FROM rota_override WHERE organisation = $1 "
                      "AND until_at > $2 ORDER BY from_at, override"};
constexpr rows::Statement select_leaves{
    "rota.leaves", "SELECT leave, account, first_day, last_day FROM staff_leave WHERE organisation = $1 "
                   "AND last_day >= $2 ORDER BY first_day, leave"};
// Who could be called: of those that a rota names, whoever still is a clinician or a lead.
constexpr rows::Statement select_account{"rota.account",
                                         "SELECT role, state FROM account WHERE organisation = $1 AND account = $2"};
constexpr rows::Statement select_team{"rota.team", "SELECT team FROM team WHERE organisation = $1 AND team = $2"};
constexpr rows::Statement insert_shift{
    "rota.add_shift", "INSERT INTO rota_shift (organisation, shift, team, account, weekday, from_minute, to_minute) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr rows::Statement insert_override{
    "rota.add_override", "INSERT INTO rota_override (organisation, override, team, account, from_at, until_at) "
                         "VALUES ($1, $2, $3, $4, $5, $6)"};
constexpr rows::Statement insert_leave{"rota.add_leave",
                                       "INSERT INTO staff_leave (organisation, leave, account, first_day, last_day) "
                                       "VALUES ($1, $2, $3, $4, $5)"};
constexpr rows::Statement delete_shift{"rota.remove_shift",
                                       "DELETE FROM rota_shift WHERE organisation = $1 AND shift = $2"};
constexpr rows::Statement delete_override{"rota.remove_override",
                                          "DELETE FROM rota_override WHERE organisation = $1 AND override = $2"};
constexpr rows::Statement delete_leave{"rota.remove_leave",
                                       "DELETE FROM staff_leave WHERE organisation = $1 AND leave = $2"};

constexpr rows::Statement delete_old_overrides{
    "rota.old_overrides", "DELETE FROM rota_override WHERE organisation = $1 AND until_at < $2"};
constexpr rows::Statement delete_old_leaves{"rota.old_leaves",
                                            "DELETE FROM staff_leave WHERE organisation = $1 AND last_day < $2"};

/// What was over a month ago goes when something is added: who did what then stands in the audit record.
Result<void> forget_old(trust::Writing& writing, const LocalClock& clock)
{
    const auto before = clock.day_of(writing.now()) - 31;
    TRY(writing.change(delete_old_overrides, {rows::Value{clock.at(before, 0)}}));
    TRY(writing.change(delete_old_leaves, {rows::Value{before}}));
    return {};
}

Result<void> may_change(const Actor& actor)
{
    if (actor.role() == Role::Lead || actor.role() == Role::Administrator)
        return {};
    return not_allowed("Only a lead or an administrator changes the rota.");
}

Result<bool> can_be_called(trust::Reading& reading, AccountId account)
{
    const auto found = TRY(reading.rows(select_account, {rows::Value{account}}));
    if (found.empty() || found.front()[1].text() != "active")
        return false;
    const auto role = role_from(found.front()[0].text());
    return role == Role::Clinician || role == Role::Lead;
}

Result<void> known(trust::Reading& reading, TeamId team, AccountId account)
{
    if (TRY(reading.rows(select_team, {rows::Value{team}})).empty())
        return invalid("Choose a care team.", "/team");
    if (!TRY(can_be_called(reading, account)))
        return invalid("Choose a clinician or a lead.", "/account");
    return {};
}

/// Minutes of one day to those of a stretch: an end that is not later than the beginning is on the next day.
Result<int> end_of(int from, int to)
{
    if (from < 0 || from >= minutes_a_day)
        return invalid("A time of day is written like 09:00.", "/from");
    if (to < 0 || to > minutes_a_day)
        return invalid("A time of day is written like 17:00.", "/to");
    return to > from ? to : to + minutes_a_day;
}

void note(trust::Reading& reading, std::string_view deed, std::string_view about, const RawId& id)
{
    reading.note({deed, std::nullopt, about, id, {}, {}});
}

Result<void> remove_one(trust::Record& record, const Actor& actor, const rows::Statement& statement, const RawId& id,
                        std::string_view deed, std::string_view about)
{
    TRY(may_change(actor));
    return record.write(actor, [&](trust::Writing& writing) -> Result<void> {
        if (TRY(writing.change(statement, {rows::Value{id}})) != 1)
            return not_found("It is not in the rota any more.");
        note(writing, deed, about, id);
        return {};
    });
}

} // namespace

Result<Rota> read_rota(trust::Reading& reading, const std::string& time_zone)
{
    Rota rota;
    rota.time_zone = time_zone;
    for (const auto& row : TRY(reading.rows(select_shifts, {})))
        rota.shifts.push_back({row[0].id<ShiftId>(), row[1].id<TeamId>(), row[2].id<AccountId>(),
                               static_cast<int>(row[3].number()), static_cast<int>(row[4].number()),
                               static_cast<int>(row[5].number())});
    for (const auto& row : TRY(reading.rows(select_overrides, {rows::Value{reading.now()}})))
        rota.overrides.push_back({row[0].id<OverrideId>(), row[1].id<TeamId>(), row[2].id<AccountId>(),
                                  row[3].instant(), row[4].instant()});
    const auto today = LocalClock{time_zone}.day_of(reading.now());
    for (const auto& row : TRY(reading.rows(select_leaves, {rows::Value{today}})))
        rota.leaves.push_back({row[0].id<LeaveId>(), row[1].id<AccountId>(), row[2].number(), row[3].number()});
    std::set<AccountId> named;
    for (const auto& each : rota.shifts)
        named.insert(each.account);
    for (const auto& each : rota.overrides)
        named.insert(each.account);
    for (const auto& account : named)
        if (!TRY(can_be_called(reading, account)))
            rota.gone.insert(account);
    return rota;
}

Result<Rota> RotaDesk::read(const Actor& actor) const
{
    if (!is_staff(actor.role()) && actor.role() != Role::System)
        return not_allowed("Only staff read the rota.");
    Rota rota;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        rota = TRY(read_rota(reading, TRY(read_service(reading, settings_)).time_zone));
        return {};
    }));
    return rota;
}

std::vector<RotaDesk::TeamGaps> RotaDesk::gaps_ahead(const Rota& rota, Instant now)
{
    std::set<TeamId> teams;
    for (const auto& each : rota.shifts)
        teams.insert(each.team);
    for (const auto& each : rota.overrides)
        teams.insert(each.team);
    std::vector<TeamGaps> all;
    for (const auto& team : teams)
        if (auto found = gaps(rota, team, now, now + looks_ahead); !found.empty())
            all.push_back({team, std::move(found)});
    return all;
}

Result<ShiftId> RotaDesk::add(const Actor& actor, Shift shift) const
{
    TRY(may_change(actor));
    if (shift.weekday < 0 || shift.weekday > 6)
        return invalid("A weekday is 1 for Monday to 7 for Sunday.", "/weekday");
    shift.to = TRY(end_of(shift.from, shift.to));
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(known(writing, shift.team, shift.account));
        shift.id = ShiftId::at(writing.now());
        TRY(writing.change(insert_shift, {shift.id, shift.team, shift.account, shift.weekday, shift.from, shift.to}));
        note(writing, "add.shift", "rota_shift", shift.id);
        return {};
    }));
    return shift.id;
}

Result<void> RotaDesk::remove(const Actor& actor, ShiftId shift) const
{
    return remove_one(record_, actor, delete_shift, shift, "remove.shift", "rota_shift");
}

Result<OverrideId> RotaDesk::add(const Actor& actor, const NewOverride& given) const
{
    TRY(may_change(actor));
    const auto to = TRY(end_of(given.from, given.to));
    OverrideId id;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(known(writing, given.team, given.account));
        const LocalClock clock{TRY(read_service(writing, settings_)).time_zone};
        const auto from = clock.at(given.day, given.from);
        const auto until = clock.at(given.day, to);
        if (until <= writing.now())
            return invalid("This is over already.", "/day");
        if (given.day > clock.day_of(writing.now()) + furthest_ahead)
            return invalid("This is more than two years ahead.", "/day");
        TRY(forget_old(writing, clock));
        id = OverrideId::at(writing.now());
        TRY(writing.change(insert_override, {id, given.team, given.account, from, until}));
        note(writing, "add.override", "rota_override", id);
        return {};
    }));
    return id;
}

Result<void> RotaDesk::remove(const Actor& actor, OverrideId override_id) const
{
    return remove_one(record_, actor, delete_override, override_id, "remove.override", "rota_override");
}

Result<LeaveId> RotaDesk::add(const Actor& actor, Leave leave) const
{
    TRY(may_change(actor));
    if (leave.last < leave.first)
        return invalid("The last day is not before the first.", "/last");
    if (leave.last - leave.first > longest_leave)
        return invalid("At most a year at a time.", "/last");
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const LocalClock clock{TRY(read_service(writing, settings_)).time_zone};
        const auto today = clock.day_of(writing.now());
        if (leave.last < today)
            return invalid("This is over already.", "/last");
        if (leave.first > today + furthest_ahead)
            return invalid("This is more than two years ahead.", "/first");
        if (!TRY(can_be_called(writing, leave.account)))
            return invalid("Choose a clinician or a lead.", "/account");
        TRY(forget_old(writing, clock));
        leave.id = LeaveId::at(writing.now());
        TRY(writing.change(insert_leave, {leave.id, leave.account, leave.first, leave.last}));
        note(writing, "add.leave", "staff_leave", leave.id);
        return {};
    }));
    return leave.id;
}

Result<void> RotaDesk::remove(const Actor& actor, LeaveId leave) const
{
    return remove_one(record_, actor, delete_leave, leave, "remove.leave", "staff_leave");
}

} // namespace handrail::care
