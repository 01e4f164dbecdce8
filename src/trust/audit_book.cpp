#include "trust/audit_book.h"

#include <algorithm>
#include <map>

#include "base/fields.h"
#include "trust/account_row.h"
#include "trust/audit_chain.h"

namespace handrail::trust {

namespace {

#define HANDRAIL_AUDIT_COLUMNS "lane, sequence, at, account, role, person, deed, about, about_id, sealed_more"
constexpr rows::Statement about_person{"audit_book.about_person",
                                       "SELECT " HANDRAIL_AUDIT_COLUMNS
                                       " FROM audit_entry WHERE organisation = $1 AND person = $2 AND account <> $3 "
                                       "AND at < $4 ORDER BY at DESC, lane, sequence DESC LIMIT $5"};
constexpr rows::Statement lists{"audit_book.lists",
                                "SELECT " HANDRAIL_AUDIT_COLUMNS
                                " FROM audit_entry WHERE organisation = $1 AND person IS NULL AND "
                                "sealed_more IS NOT NULL AND account <> $2 AND at < $3 AND at >= $4 ORDER BY "
                                "at DESC, lane, sequence DESC"};
constexpr rows::Statement everything{"audit_book.everything", "SELECT " HANDRAIL_AUDIT_COLUMNS
                                                              " FROM audit_entry WHERE organisation = $1 AND at < $2 "
                                                              "ORDER BY at DESC, lane, sequence DESC LIMIT $3"};
constexpr rows::Statement of_account{"audit_book.of_account",
                                     "SELECT " HANDRAIL_AUDIT_COLUMNS
                                     " FROM audit_entry WHERE organisation = $1 AND at < $2 AND account = $3 "
                                     "ORDER BY at DESC, lane, sequence DESC LIMIT $4"};
constexpr rows::Statement of_deed{"audit_book.of_deed",
                                  "SELECT " HANDRAIL_AUDIT_COLUMNS
                                  " FROM audit_entry WHERE organisation = $1 AND at < $2 AND deed = $3 "
                                  "ORDER BY at DESC, lane, sequence DESC LIMIT $4"};
constexpr rows::Statement of_both{
    "audit_book.of_both", "SELECT " HANDRAIL_AUDIT_COLUMNS " FROM audit_entry WHERE organisation = $1 AND at < $2 "
                          "AND account = $3 AND deed = $4 ORDER BY at DESC, lane, sequence DESC LIMIT $5"};
#undef HANDRAIL_AUDIT_COLUMNS

constexpr int most = 500;
constexpr Instant latest = Instant::max();

Result<Fields> more_of(Reading& reading, const rows::Row& row)
{
    if (row[9].null())
        return Fields{};
    const auto words =
        TRY(reading.open({"audit_entry", "more", audit_row(row[0].number(), row[1].number())}, row[9].blob()));
    return Fields::decoded(words.reveal());
}

bool stands_in(PersonId person, const std::string& listed)
{
    const std::string_view id(reinterpret_cast<const char*>(person.bytes.data()), person.bytes.size());
    for (std::size_t at = 0; at + id.size() <= listed.size(); at += id.size())
        if (std::string_view(listed).substr(at, id.size()) == id)
            return true;
    return false;
}

/// Display names of staff, opened once each.
class Names {
public:
    explicit Names(Reading& reading) : reading_(reading) {}
    Result<std::string> of(AccountId account)
    {
        if (const auto known = names_.find(account); known != names_.end())
            return known->second;
        std::string name;
        if (!account.empty())
            if (const auto row = TRY(find_account(reading_, account)); row && !row->person)
                name = TRY(open_profile(reading_, *row)).display_name;
        names_.emplace(account, name);
        return name;
    }

private:
    Reading& reading_;
    std::map<AccountId, std::string> names_;
};

Result<AuditLine> line_from(const rows::Row& row, const Fields& more, Names& names)
{
    AuditLine line;
    line.lane = row[0].number();
    line.sequence = row[1].number();
    line.at = row[2].instant();
    line.account = row[3].id<AccountId>();
    line.who = TRY(names.of(line.account));
    line.role = role_from(row[4].text()).value_or(Role::System);
    if (!row[5].null())
        line.person = row[5].id<PersonId>();
    line.deed = row[6].text();
    line.about = row[7].text();
    line.about_id = row[8].raw_id();
    line.of_list = more.has("listed");
    line.reason = more.text("reason");
    return line;
}

int within(int limit)
{
    return std::clamp(limit, 1, most);
}

} // namespace

Result<std::vector<AuditLine>> AuditBook::who_looked(const Actor& person, std::optional<Instant> before,
                                                     int limit) const
{
    if (!person.person())
        return not_allowed("This page is for the person the record is about.");
    const auto wanted = static_cast<std::size_t>(within(limit));
    std::vector<AuditLine> lines;
    TRY(record_.read(person, [&](Reading& reading) -> Result<void> {
        lines.clear();
        Names names(reading);
        const auto until = before.value_or(latest);
        // The service checking the person's own password is not somebody looking.
        auto since = reading.now() - std::chrono::hours(24 * list_days);
        const auto own = TRY(reading.rows(about_person, {*person.person(), person.account(), until, within(limit)}));
        for (const auto& row : own)
            if (!row[6].text().starts_with("check."))
                lines.push_back(TRY(line_from(row, TRY(more_of(reading, row)), names)));
        // Lists are searched only as far back as this page reaches.
        if (own.size() >= wanted)
            since = std::max(since, own.back()[2].instant());
        for (const auto& row : TRY(reading.rows(lists, {person.account(), until, since}))) {
            const auto more = TRY(more_of(reading, row));
            if (stands_in(*person.person(), more.text("listed")))
                lines.push_back(TRY(line_from(row, more, names)));
        }
        reading.note({"read.audit", person.person(), "audit_entry", RawId{}, {}, {}});
        return {};
    }));
    std::stable_sort(lines.begin(), lines.end(), [](const AuditLine& a, const AuditLine& b) { return a.at > b.at; });
    if (lines.size() > wanted)
        lines.resize(wanted);
    return lines;
}

Result<std::vector<AuditLine>> AuditBook::page(const Actor& staff, const Filter& filter) const
{
    if (staff.role() != Role::Administrator && staff.role() != Role::Lead && staff.role() != Role::System)
        return not_allowed("Only an administrator or a lead reads the audit record.");
    std::vector<AuditLine> lines;
    TRY(record_.read(staff, [&](Reading& reading) -> Result<void> {
        lines.clear();
        Names names(reading);
        const rows::Value until = filter.before.value_or(latest);
        const rows::Value limit = within(filter.limit);
        const auto found = filter.account && !filter.deed.empty()
                               ? TRY(reading.rows(of_both, {until, *filter.account, filter.deed, limit}))
                           : filter.account       ? TRY(reading.rows(of_account, {until, *filter.account, limit}))
                           : !filter.deed.empty() ? TRY(reading.rows(of_deed, {until, filter.deed, limit}))
                                                  : TRY(reading.rows(everything, {until, limit}));
        for (const auto& row : found)
            lines.push_back(TRY(line_from(row, TRY(more_of(reading, row)), names)));
        reading.note({"read.audit", {}, "audit_entry", RawId{}, {}, {}});
        return {};
    }));
    return lines;
}

} // namespace handrail::trust
