#include "care/list_load.h"

#include <algorithm>
#include <map>

#include "care/list_entries.h"

namespace handrail::care {

namespace {

constexpr rows::Statement select_counts{
    "list_entry.load",
    "SELECT given_to, beyond, looked, COUNT(*), COUNT(CASE WHEN due_at <= $4 THEN 1 END) FROM list_entry "
    "WHERE organisation = $1 AND made_at >= $2 AND made_at < $3 GROUP BY given_to, beyond, looked"};

} // namespace

Result<ListLoad> list_load(trust::Record& record, const Actor& actor, Instant from, Instant until)
{
    ListLoad load;
    TRY(record.read(actor, [&](trust::Reading& reading) -> Result<void> {
        load = {};
        if (actor.role() != Role::Lead)
            return not_allowed("Only a lead sees what came to everybody's list.");
        std::map<AccountId, ListLoad::Of> by_account;
        for (const auto& row : TRY(reading.rows(select_counts, {from, until, reading.now()}))) {
            const auto account = row[0].id<AccountId>();
            const auto beyond = beyond_from(row[1].text());
            const auto count = row[3].number();
            if (row[2].text() == name(Looked::Quiet)) {
                load.kept_off += count;
                continue;
            }
            load.to_colleagues += beyond == Beyond::Colleague ? count : 0;
            load.beyond_team += beyond == Beyond::Team ? count : 0;
            if (account.empty())
                continue;
            auto& one = by_account[account];
            one.account = account;
            one.had += count;
            (row[2].null() ? one.open : one.looked) += count;
            one.overdue += row[4].number();
            one.of_others += beyond == Beyond::Colleague ? count : 0;
        }
        for (const auto& [account, one] : by_account)
            load.by_account.push_back(one);
        std::stable_sort(load.by_account.begin(), load.by_account.end(),
                         [](const auto& a, const auto& b) { return a.had > b.had; });
        return {};
    }));
    return load;
}

} // namespace handrail::care
