#include "gateway/key_desk.h"

#include <algorithm>
#include <array>

#include "base/crypto.h"
#include "base/fields.h"
#include "base/text.h"

namespace handrail::gateway {

namespace {

constexpr std::string_view keys_setting = "gateway_keys";
constexpr std::string_view used_setting = "gateway_used";
constexpr std::chrono::seconds read_again{5};
constexpr std::chrono::seconds keep_every{60};
constexpr std::size_t longest_address = 500;
constexpr std::array<KeyScope, 4> all_scopes{KeyScope::Chat, KeyScope::Moderations, KeyScope::Alerts, KeyScope::Daily};

// Counters change every minute: they are no setting that somebody decided, and make no audit entry.
constexpr rows::Statement select_used{"gateway.used",
                                      "SELECT sealed_value FROM setting WHERE organisation = $1 AND name = $2"};
constexpr rows::Statement put_used{
    "gateway.put_used", "INSERT INTO setting (organisation, name, sealed_value, changed_at) VALUES ($1, $2, $3, $4) "
                        "ON CONFLICT (organisation, name) DO UPDATE SET sealed_value = excluded.sealed_value, "
                        "changed_at = excluded.changed_at"};

trust::Place used_place()
{
    return {"setting", used_setting, RawId{}};
}

Fields encoded(const Key& key)
{
    Fields out;
    out.add("id", key.id).add("app", key.app).add("hash", key.hash);
    for (const auto scope : key.scopes)
        out.add("scope", name(scope));
    for (const auto& model : key.models)
        out.add("model", model);
    out.add("requests_a_day", static_cast<std::int64_t>(key.requests_a_day));
    out.add("responder", key.responder.empty() ? std::string() : key.responder.text());
    out.add("team", key.team.empty() ? std::string() : key.team.text());
    out.add("made_at", to_stored(key.made_at));
    if (key.revoked_at)
        out.add("revoked_at", to_stored(*key.revoked_at));
    if (!key.events_url.empty())
        out.add("events_url", key.events_url).add("events_secret", key.events_secret);
    return out;
}

Key key_from(const Fields& fields)
{
    Key key;
    key.id = fields.text("id");
    key.app = fields.text("app");
    key.hash = fields.text("hash");
    for (const auto& text : fields.texts("scope"))
        for (const auto scope : all_scopes)
            if (name(scope) == text)
                key.scopes.push_back(scope);
    key.models = fields.texts("model");
    key.requests_a_day = static_cast<int>(fields.number("requests_a_day"));
    if (const auto id = AccountId::from(fields.text("responder")); id.ok())
        key.responder = *id;
    if (const auto id = TeamId::from(fields.text("team")); id.ok())
        key.team = *id;
    key.made_at = from_stored(fields.number("made_at"));
    if (fields.has("revoked_at"))
        key.revoked_at = from_stored(fields.number("revoked_at"));
    key.events_url = fields.text("events_url");
    key.events_secret = fields.text("events_secret");
    return key;
}

std::string written(const std::vector<Key>& keys)
{
    Fields out;
    for (const auto& key : keys)
        out.add("key", encoded(key));
    return out.encoded();
}

/// As the other webhooks: https, or http that does not leave this machine. Nothing in it that a log or a header would give away.
Result<void> check_address(const std::string& url)
{
    const auto refused = [] {
        return invalid("An address for events begins with https://, or with http:// and this machine (127.0.0.1, [::1], localhost).",
                       "events");
    };
    const bool tls = url.starts_with("https://");
    if (url.size() > longest_address || (!tls && !url.starts_with("http://")))
        return refused();
    for (const char c : url)
        if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) > '~')
            return refused();
    auto host = url.substr(url.find("://") + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (host.empty() || host.find('@') != std::string::npos)
        return refused();
    host = host.starts_with('[') ? host.substr(0, host.find(']') + 1) : host.substr(0, host.find(':'));
    if (!tls && host != "127.0.0.1" && host != "[::1]" && host != "localhost")
        return refused();
    return {};
}

std::string new_events_secret()
{
    auto text = to_base64url(random_bytes(33)); // whole groups of three: nothing to fill up
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    return "whsec_" + text;
}

std::int64_t day_of(Instant at)
{
    return to_stored(at) / 1'000'000 / 86'400;
}

} // namespace

std::string_view name(KeyScope scope)
{
    switch (scope) {
    case KeyScope::Chat:
        return "chat";
    case KeyScope::Moderations:
        return "moderations";
    case KeyScope::Alerts:
        return "alerts";
    case KeyScope::Daily:
        return "daily";
    }
    return {};
}

bool Key::may(KeyScope scope) const
{
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
}

Result<std::vector<Key>> KeyDesk::read(trust::Reading& reading) const
{
    std::vector<Key> keys;
    if (const auto text = TRY(settings_.get(reading, keys_setting)))
        for (const auto& each : TRY(Fields::decoded(*text)).inner("key"))
            keys.push_back(key_from(each));
    return keys;
}

Result<KeyDesk::Made> KeyDesk::add(const Actor& actor, const Wanted& wanted) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator makes keys.");
    const auto app = std::string(trimmed(wanted.app));
    if (app.empty() || app.size() > 80 || !valid_utf8(app))
        return invalid("Name the app in 1 to 80 letters.", "app");
    if (wanted.scopes.empty())
        return invalid("A key may do at least one of chat, moderations, alerts and daily.", "scopes");
    if (wanted.requests_a_day < 0)
        return invalid("A budget is a number of requests a day; 0 is none.", "requests_a_day");
    Made made;
    if (!wanted.responder.empty()) {
        for (const auto& account : TRY(accounts_.all_staff(actor)))
            if (account.display_name == wanted.responder && account.role == Role::Clinician && !account.suspended &&
                !account.teams.empty()) {
                if (!made.key.responder.empty())
                    return invalid("There are several clinicians of that name.", "responder");
                made.key.responder = account.id;
                made.key.team = account.teams.front();
            }
        if (made.key.responder.empty())
            return invalid("There is no active clinician of that name in a team.", "responder");
    }
    if (!wanted.events_url.empty()) {
        TRY(check_address(wanted.events_url));
        made.key.events_url = wanted.events_url;
        made.key.events_secret = new_events_secret();
    }
    made.secret = "hr-" + to_base64url(random_bytes(32));
    made.key.id = "k" + to_hex(random_bytes(8));
    made.key.app = app;
    made.key.hash = to_hex(hash_of_random(made.secret));
    made.key.scopes = wanted.scopes;
    made.key.models = wanted.models;
    made.key.requests_a_day = wanted.requests_a_day;
    made.key.made_at = clock_.now();
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto keys = TRY(read(writing));
        keys.push_back(made.key);
        return settings_.put(writing, keys_setting, written(keys));
    }));
    return made;
}

Result<void> KeyDesk::revoke(const Actor& actor, const std::string& id) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator revokes keys.");
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto keys = TRY(read(writing));
        const auto at = std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.id == id; });
        if (at == keys.end())
            return not_found("There is no such key.");
        if (at->revoked_at)
            return conflict("This key is revoked already.");
        at->revoked_at = writing.now();
        return settings_.put(writing, keys_setting, written(keys));
    });
}

Result<std::string> KeyDesk::tell(const Actor& actor, const std::string& id, const std::string& url) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator says where events go.");
    if (!url.empty())
        TRY(check_address(url));
    const auto secret = url.empty() ? std::string() : new_events_secret();
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto keys = TRY(read(writing));
        const auto at = std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.id == id; });
        if (at == keys.end())
            return not_found("There is no such key.");
        if (at->revoked_at)
            return conflict("This key is revoked.");
        at->events_url = url;
        at->events_secret = secret;
        return settings_.put(writing, keys_setting, written(keys));
    }));
    return secret;
}

Result<std::vector<Key>> KeyDesk::list(const Actor& actor) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator sees keys.");
    std::vector<Key> keys;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        keys = TRY(read(reading));
        return {};
    }));
    return keys;
}

Result<Key> KeyDesk::holder(const Actor& system, std::string_view secret)
{
    const std::lock_guard lock(mutex_);
    const auto now = clock_.now();
    if (!was_read_ || ((now - read_at_ >= read_again || now < read_at_) && !away_())) {
        auto keys = list(system);
        if (keys.ok()) {
            known_ = *std::move(keys);
            was_read_ = true;
        } else if (!was_read_) {
            return keys.error();
        }
        read_at_ = now;
    }
    const auto hash = to_hex(hash_of_random(secret));
    for (const auto& key : known_)
        if (same_bytes(key.hash, hash) && !key.revoked_at)
            return key;
    return Error{ErrorKind::NotSignedIn, "This is no key of this gateway, or it was revoked.", {}, {}};
}

Result<void> KeyDesk::count(const Actor& system, const Key& key)
{
    const std::lock_guard lock(mutex_);
    const auto now = clock_.now();
    if (day_of(now) != day_) {
        day_ = day_of(now);
        used_.clear();
        kept_at_ = {};
    }
    if (now - kept_at_ >= keep_every && !away_()) {
        kept_at_ = now;
        (void)keep_counts_locked(system); // without the store it is counted here alone
    }
    auto& used = used_[key.id];
    if (key.requests_a_day > 0 && used.stored + used.since >= key.requests_a_day)
        return Error{ErrorKind::TooMuch, "This key has used up its requests of today.", {}, {}};
    ++used.since;
    return {};
}

Result<void> KeyDesk::keep_counts(const Actor& system)
{
    const std::lock_guard lock(mutex_);
    return keep_counts_locked(system);
}

Result<void> KeyDesk::keep_counts_locked(const Actor& system)
{
    std::map<std::string, std::int64_t> total;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        total.clear();
        const auto found = TRY(writing.rows(select_used, {used_setting}));
        if (!found.empty()) {
            const auto fields = TRY(Fields::decoded(TRY(writing.open(used_place(), found.front()[0].blob())).reveal()));
            if (fields.number("day") == day_)
                for (const auto& each : fields.inner("key"))
                    total[each.text("id")] = each.number("requests");
        }
        for (const auto& [id, used] : used_)
            total[id] += used.since;
        Fields out;
        out.add("day", day_);
        for (const auto& [id, requests] : total) {
            Fields one;
            out.add("key", one.add("id", id).add("requests", requests));
        }
        auto sealed = TRY(writing.seal(used_place(), Confidential(out.encoded())));
        TRY(writing.change(put_used, {used_setting, std::move(sealed), writing.now()}));
        return {};
    }));
    for (auto& [id, used] : used_)
        used = {0, 0};
    for (const auto& [id, requests] : total)
        used_[id].stored = requests;
    return {};
}

} // namespace handrail::gateway
