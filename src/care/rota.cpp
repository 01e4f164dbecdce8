#include "care/rota.h"

#include <algorithm>
#include <optional>

namespace handrail::care {

namespace {

struct Span {
    Instant from, until;
    bool covers(Instant at) const { return from <= at && at < until; }
};

/// A shift as it falls on one day.
Span falls_on(const LocalClock& clock, const Shift& shift, Day day)
{
    return {clock.at(day, shift.from), clock.at(day, shift.to)};
}

Span away(const LocalClock& clock, const Leave& leave) { return {clock.at(leave.first, 0), clock.at(leave.last + 1, 0)}; }

/// What holds at one instant; a stretch without an end.
Stretch at_instant(const LocalClock& clock, const Rota& rota, TeamId team, Instant at)
{
    Stretch now;
    std::vector<AccountId> meant;
    const Override* last = nullptr;
    for (const auto& each : rota.overrides)
        if (each.team == team && each.from <= at && at < each.until && (last == nullptr || last->id < each.id))
            last = &each;
    if (last != nullptr)
        meant.push_back(last->account);
    else
        // A shift that began yesterday may still go on.
        for (auto day = clock.day_of(at) - 1; day <= clock.day_of(at); ++day)
            for (const auto& shift : rota.shifts)
                if (shift.team == team && shift.weekday == weekday_of(day) && falls_on(clock, shift, day).covers(at))
                    meant.push_back(shift.account);
    std::sort(meant.begin(), meant.end());
    meant.erase(std::unique(meant.begin(), meant.end()), meant.end());
    for (const auto& account : meant) {
        const bool here = !rota.gone.contains(account) &&
                          std::none_of(rota.leaves.begin(), rota.leaves.end(), [&](const Leave& leave) {
                              return leave.account == account && away(clock, leave).covers(at);
                          });
        (here ? now.who : now.away).push_back(account);
    }
    return now;
}

} // namespace

bool has_rota(const Rota& rota, TeamId team)
{
    const auto of_team = [&](const auto& each) { return each.team == team; };
    return std::any_of(rota.shifts.begin(), rota.shifts.end(), of_team) ||
           std::any_of(rota.overrides.begin(), rota.overrides.end(), of_team);
}

std::vector<AccountId> on_call(const Rota& rota, TeamId team, Instant at)
{
    return at_instant(LocalClock{rota.time_zone}, rota, team, at).who;
}

std::vector<Stretch> stretches(const Rota& rota, TeamId team, Instant from, Instant until)
{
    const LocalClock clock{rota.time_zone};
    // Between two of these instants nothing changes.
    std::set<Instant> edges{from};
    const auto edge = [&](const Span& span) {
        for (const auto at : {span.from, span.until})
            if (from < at && at < until)
                edges.insert(at);
    };
    for (auto day = clock.day_of(from) - 1; day <= clock.day_of(until); ++day)
        for (const auto& shift : rota.shifts)
            if (shift.team == team && shift.weekday == weekday_of(day))
                edge(falls_on(clock, shift, day));
    for (const auto& each : rota.overrides)
        if (each.team == team)
            edge({each.from, each.until});
    for (const auto& leave : rota.leaves)
        edge(away(clock, leave));
    std::vector<Stretch> all;
    for (auto each = edges.begin(); each != edges.end() && from < until; ++each) {
        auto now = at_instant(clock, rota, team, *each);
        now.from = *each;
        now.until = std::next(each) == edges.end() ? until : *std::next(each);
        if (!all.empty() && all.back().who == now.who && all.back().away == now.away)
            all.back().until = now.until;
        else
            all.push_back(std::move(now));
    }
    return all;
}

std::vector<Stretch> gaps(const Rota& rota, TeamId team, Instant from, Instant until)
{
    auto all = stretches(rota, team, from, until);
    std::erase_if(all, [](const Stretch& each) { return !each.gap(); });
    return all;
}

} // namespace handrail::care
