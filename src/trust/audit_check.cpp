#include "trust/audit_check.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "storage/store.h"
#include "trust/actor_desk.h"
#include "trust/audit_chain.h"

namespace handrail::trust {

namespace {

constexpr int page = 2000;
constexpr std::size_t named_at_most = 50; ///< problems; after a cut every later entry would be one

constexpr rows::Statement lanes{"audit_check.lanes",
                                "SELECT DISTINCT lane FROM audit_entry WHERE organisation = $1 ORDER BY lane"};
constexpr rows::Statement next_page{
    "audit_check.page", "SELECT sequence, at, account, role, person, deed, about, about_id, sealed_more, mac "
                        "FROM audit_entry WHERE organisation = $1 AND lane = $2 AND sequence > $3 "
                        "ORDER BY sequence LIMIT $4"};
constexpr rows::Statement link_at{
    "audit_check.link", "SELECT mac FROM audit_entry WHERE organisation = $1 AND lane = $2 AND sequence = $3"};

constexpr std::string_view title = "handrail audit checkpoint 1";

bool is_id(const rows::Value& value)
{
    const auto* blob = std::get_if<rows::Blob>(&value.held());
    return blob != nullptr && blob->bytes.size() == RawId{}.bytes.size();
}

/// Whether the columns hold what this server writes there: someone who changes rows need not keep to it.
bool well_formed(const rows::Row& row)
{
    const auto number = [&](std::size_t i) { return std::holds_alternative<std::int64_t>(row[i].held()); };
    const auto text = [&](std::size_t i) { return std::holds_alternative<std::string>(row[i].held()); };
    const auto blob = [&](std::size_t i) { return std::holds_alternative<rows::Blob>(row[i].held()); };
    return number(0) && number(1) && is_id(row[2]) && text(3) && (row[4].null() || is_id(row[4])) && text(5) &&
           text(6) && (row[7].null() || is_id(row[7])) && (row[8].null() || blob(8)) && blob(9);
}

AuditEntry entry_from(OrganisationId organisation, std::int64_t lane, const rows::Row& row)
{
    AuditEntry entry;
    entry.organisation = organisation;
    entry.lane = lane;
    entry.sequence = row[0].number();
    entry.at = row[1].number();
    entry.account = row[2].id<AccountId>();
    entry.role = row[3].text();
    if (!row[4].null())
        entry.person = row[4].id<PersonId>();
    entry.deed = row[5].text();
    entry.about = row[6].text();
    if (!row[7].null())
        entry.about_id = row[7].raw_id();
    if (!row[8].null())
        entry.sealed_more = row[8].blob();
    return entry;
}

/// Walks one lane. An entry that was changed breaks its own link only: the walk goes on from the link that
/// stands there, so that each wrong entry is named once.
class Walk {
public:
    Walk(AuditCheck& check, const AuditKey& key, OrganisationId organisation, std::int64_t lane)
        : check_(check), key_(key), organisation_(organisation), lane_(lane), previous_(first_link())
    {
    }

    std::int64_t last() const { return last_; }
    AuditHead head() const { return {organisation_, lane_, last_, previous_}; }

    void take(const rows::Row& row)
    {
        const auto sequence = row[0].number(); // part of the primary key
        const bool readable = well_formed(row);
        if (sequence != last_ + 1)
            say(sequence == last_ + 2
                    ? "entry " + std::to_string(last_ + 1) + " was removed"
                    : "entries " + std::to_string(last_ + 1) + " to " + std::to_string(sequence - 1) + " were removed");
        else if (!readable ||
                 !same_bytes(audit_mac(key_, previous_, entry_from(organisation_, lane_, row)), row[9].blob().bytes))
            say("entry " + std::to_string(sequence) +
                " was changed, put in another's place, or stands after one that was");
        previous_ = readable ? row[9].blob().bytes : std::string{};
        last_ = sequence;
        ++check_.entries;
    }

private:
    AuditCheck& check_;
    const AuditKey& key_;
    OrganisationId organisation_;
    std::int64_t lane_;
    std::string previous_;
    std::int64_t last_ = 0;

    void say(const std::string& problem)
    {
        if (check_.problems.size() < named_at_most)
            check_.problems.push_back("organisation " + organisation_.text() + ", lane " + std::to_string(lane_) +
                                      ": " + problem);
    }
};

Result<std::vector<std::int64_t>> lanes_of(storage::Store& data, const Actor& system)
{
    std::vector<std::int64_t> all;
    TRY(data.read(system, [&](storage::Reading& store) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(store.rows(lanes, {})))
            all.push_back(row[0].number());
        return {};
    }));
    return all;
}

std::string body_of(const Checkpoint& checkpoint)
{
    std::string text = std::string(title) + "\nat " + std::to_string(to_stored(checkpoint.at)) + " " +
                       to_rfc3339(checkpoint.at) + "\n";
    for (const auto& head : checkpoint.heads)
        text += "head " + head.organisation.text() + " " + std::to_string(head.lane) + " " +
                std::to_string(head.sequence) + " " + to_base64url(head.mac) + "\n";
    return text;
}

std::string signature_of(std::string_view body, const AuditKey& key)
{
    return to_base64url(keyed_hash(key.key.derived("handrail audit checkpoint"), body));
}

bool read_number(std::string_view text, std::int64_t& number)
{
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    return problem == std::errc{} && end == text.data() + text.size();
}

} // namespace

Result<AuditCheck> verify_audit(storage::Store& data, const AuditKey& key, OrganisationId organisation,
                                const std::stop_token& stop)
{
    const auto system = ActorDesk::system(organisation);
    AuditCheck check;
    for (const auto lane : TRY(lanes_of(data, system))) {
        Walk walk(check, key, organisation, lane);
        // Page by page, each in a reading of its own: a long walk must not hold the store's log back. What is
        // added meanwhile only makes the chain longer.
        for (bool more = true; more;) {
            if (stop.stop_requested())
                return unavailable("The audit record was not read to its end: the server stops.", "audit: stopped");
            rows::Rows found;
            TRY(data.read(system, [&](storage::Reading& store) -> Result<void> {
                found = TRY(store.rows(next_page, {lane, walk.last(), page}));
                return {};
            }));
            for (const auto& row : found)
                walk.take(row);
            more = found.size() == static_cast<std::size_t>(page);
        }
        check.heads.push_back(walk.head());
    }
    return check;
}

std::string written(const Checkpoint& checkpoint, const AuditKey& key)
{
    const auto body = body_of(checkpoint);
    return body + "signed " + signature_of(body, key) + "\n";
}

Result<Checkpoint> read_checkpoint(const std::string& text, const AuditKey& key)
{
    const auto wrong = invalid("This is not a checkpoint of this service, or it was changed.");
    const auto sign_at = text.rfind("signed ");
    if (!text.starts_with(title) || sign_at == std::string::npos)
        return wrong;
    const auto body = std::string_view(text).substr(0, sign_at);
    if (!same_bytes(signature_of(body, key), trimmed(std::string_view(text).substr(sign_at + 7))))
        return wrong;
    Checkpoint checkpoint;
    for (const auto line : split(body, '\n')) {
        const auto words = split(line, ' ');
        std::int64_t number = 0;
        if (words.size() == 3 && words[0] == "at" && read_number(words[1], number))
            checkpoint.at = from_stored(number);
        if (words.size() != 5 || words[0] != "head")
            continue;
        AuditHead head;
        head.organisation = TRY(OrganisationId::from(words[1]));
        if (!read_number(words[2], head.lane) || !read_number(words[3], head.sequence) ||
            !from_base64url(words[4], head.mac))
            return wrong;
        checkpoint.heads.push_back(std::move(head));
    }
    return checkpoint;
}

Result<AuditCheck> verify_audit_against(storage::Store& data, const AuditKey& key, OrganisationId organisation,
                                        const Checkpoint& checkpoint, const std::stop_token& stop)
{
    auto check = TRY(verify_audit(data, key, organisation, stop));
    for (const auto& head : checkpoint.heads) {
        if (head.organisation != organisation)
            continue;
        rows::Rows found;
        TRY(data.read(ActorDesk::system(organisation), [&](storage::Reading& store) -> Result<void> {
            found = TRY(store.rows(link_at, {head.lane, head.sequence}));
            return {};
        }));
        const auto where = "organisation " + organisation.text() + ", lane " + std::to_string(head.lane) + ": ";
        if (found.empty())
            check.problems.push_back(where + "the chain was cut: entry " + std::to_string(head.sequence) +
                                     " of the checkpoint of " + to_rfc3339(checkpoint.at) + " is gone");
        else if (!same_bytes(found.front()[0].blob().bytes, head.mac))
            check.problems.push_back(where + "entry " + std::to_string(head.sequence) +
                                     " is not the one that the checkpoint of " + to_rfc3339(checkpoint.at) + " saw");
    }
    return check;
}

} // namespace handrail::trust
