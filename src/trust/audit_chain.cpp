#include "trust/audit_chain.h"

#include "storage/store.h"
#include "trust/seal.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement last_link{"audit.last_link",
                                    "SELECT sequence, mac FROM audit_entry WHERE organisation = $1 AND lane = $2 "
                                    "ORDER BY sequence DESC LIMIT 1"};
constexpr rows::Statement add_first{
    "audit.add_first",
    "INSERT INTO audit_entry (organisation, lane, sequence, at, account, role, person, deed, about, "
    "about_id, "
    "sealed_more, mac) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING"};
constexpr rows::Statement add_next{
    "audit.add_next",
    "INSERT INTO audit_entry (organisation, lane, sequence, at, account, role, person, deed, about, "
    "about_id, "
    "sealed_more, mac) SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 WHERE EXISTS (SELECT 1 FROM "
    "audit_entry "
    "WHERE organisation = $1 AND lane = $2 AND sequence = $13 AND mac = $14) ON CONFLICT DO NOTHING"};

std::string_view bytes(const RawId& id)
{
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

} // namespace

std::string_view first_link()
{
    static const std::string zeros(KeyedHash::size, '\0');
    return zeros;
}

RawId audit_row(std::int64_t lane, std::int64_t sequence)
{
    RawId row;
    for (std::size_t i = 0; i < 8; ++i) {
        row.bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(lane) >> (8 * i));
        row.bytes[8 + i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(sequence) >> (8 * i));
    }
    return row;
}

std::string audit_mac(const AuditKey& key, std::string_view previous, const AuditEntry& entry)
{
    KeyedHash hash(key.key);
    hash.add(std::string_view("handrail audit 1")).add(previous).add(bytes(entry.organisation));
    hash.add(entry.lane).add(entry.sequence).add(entry.at).add(bytes(entry.account)).add(std::string_view(entry.role));
    // A missing value and an empty one are different: the count says which.
    hash.add(std::int64_t{entry.person ? 1 : 0}).add(entry.person ? bytes(*entry.person) : std::string_view{});
    hash.add(std::string_view(entry.deed)).add(std::string_view(entry.about));
    hash.add(std::int64_t{entry.about_id ? 1 : 0}).add(entry.about_id ? bytes(*entry.about_id) : std::string_view{});
    hash.add(std::int64_t{entry.sealed_more ? 1 : 0})
        .add(entry.sealed_more ? std::string_view(entry.sealed_more->bytes) : std::string_view{});
    return hash.finish();
}

std::optional<AuditChain::Head> AuditChain::remembered(const Lane& lane)
{
    const std::lock_guard lock(mutex_);
    const auto at = heads_.find(lane);
    return at == heads_.end() ? std::nullopt : std::optional{at->second};
}

void AuditChain::remember(const Lane& lane, const Head& head)
{
    const std::lock_guard lock(mutex_);
    heads_.insert_or_assign(lane, head);
}

Result<void> AuditChain::append(storage::Writing& store, const Actor& actor, Instant at,
                                const SecretKey& organisation_key, const std::vector<New>& entries)
{
    if (entries.empty())
        return {};
    const Lane lane{actor.organisation(), store.lane()};
    const auto read_head = [&]() -> Result<Head> {
        const auto found = TRY(store.rows(last_link, {lane.lane}));
        if (found.empty())
            return Head{0, std::string(first_link())};
        return Head{found.front()[0].number(), found.front()[1].blob().bytes};
    };
    auto known = remembered(lane);
    bool fresh = !known;
    Head head = known ? std::move(*known) : TRY(read_head());
    AuditEntry entry{actor.organisation(),
                     lane.lane,
                     0,
                     to_stored(at),
                     actor.account(),
                     std::string(name(actor.role())),
                     {},
                     {},
                     {},
                     {},
                     {}};
    for (const auto& each : entries) {
        entry.person = each.person;
        entry.deed = each.deed;
        entry.about = each.about;
        entry.about_id = each.about_id;
        for (bool added = false; !added;) {
            entry.sequence = head.sequence + 1;
            entry.sealed_more.reset();
            if (!each.more.empty())
                entry.sealed_more = seal(organisation_key, entry.organisation, PersonId{},
                                         {"audit_entry", "more", audit_row(entry.lane, entry.sequence)}, each.more);
            auto mac = audit_mac(key_, head.mac, entry);
            const rows::Value values[] = {entry.lane,
                                          entry.sequence,
                                          entry.at,
                                          entry.account,
                                          entry.role,
                                          entry.person ? rows::Value(*entry.person) : rows::Value(),
                                          entry.deed,
                                          entry.about,
                                          entry.about_id ? rows::Value(*entry.about_id) : rows::Value(),
                                          entry.sealed_more ? rows::Value(*entry.sealed_more) : rows::Value(),
                                          rows::Blob{mac},
                                          head.sequence,
                                          rows::Blob{head.mac}};
            const bool first = head.sequence == 0;
            const auto changed = TRY(store.change(first ? add_first : add_next, rows::Values(values, first ? 11 : 13)));
            if (changed == 1) {
                head = {entry.sequence, std::move(mac)};
                added = true;
            } else {
                if (fresh)
                    return unavailable("The audit record cannot be written now.",
                                       "another writer uses lane " + std::to_string(lane.lane) + " of the audit chain");
                head = TRY(read_head());
                fresh = true;
            }
        }
    }
    remember(lane, head);
    return {};
}

} // namespace handrail::trust
