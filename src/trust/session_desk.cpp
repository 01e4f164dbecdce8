#include "trust/session_desk.h"

#include <algorithm>
#include <cstring>

#include "base/crypto.h"
#include "base/fields.h"
#include "base/text.h"
#include "storage/store.h"
#include "trust/actor_desk.h"
#include "trust/recent.h"

namespace handrail::trust {

namespace {

// A token is the organisation's id and 256 random bits: it says where to look, and nobody guesses it.
constexpr std::size_t id_size = 16;
constexpr std::size_t token_size = id_size + 32;
constexpr std::string_view ended_topic = "signed_out";
constexpr std::string_view changed_topic = "session_changed"; ///< only for what nodes remember

constexpr rows::Statement by_token{
    "session.by_token",
    "SELECT s.session, s.account, s.created_at, s.seen_at, s.ends_at, s.second_factor_at, a.role, a.person, "
    "a.state "
    "FROM session s JOIN account a ON a.organisation = s.organisation AND a.account = s.account "
    "WHERE s.organisation = $1 AND s.token_hash = $2"};
constexpr rows::Statement insert{
    "session.insert", "INSERT INTO session (organisation, session, token_hash, account, created_at, seen_at, ends_at, "
                      "second_factor_at, sealed_device) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr rows::Statement seen{
    "session.seen", "UPDATE session SET seen_at = $2, ends_at = $3 WHERE organisation = $1 AND session = $4"};
constexpr rows::Statement by_account{"session.by_account",
                                     "SELECT session, created_at, seen_at, ends_at, sealed_device FROM session "
                                     "WHERE organisation = $1 AND account = $2 ORDER BY seen_at DESC"};
constexpr rows::Statement by_id{"session.by_id", "SELECT created_at, sealed_device FROM session WHERE "
                                                 "organisation = $1 AND session = $2 AND account = $3"};
constexpr rows::Statement remove{"session.remove",
                                 "DELETE FROM session WHERE organisation = $1 AND session = $2 AND account = $3"};
constexpr rows::Statement set_device{"session.set_device",
                                     "UPDATE session SET sealed_device = $2 WHERE organisation = $1 AND session = $3"};
constexpr rows::Statement set_second_factor{
    "session.set_second_factor", "UPDATE session SET second_factor_at = $2 WHERE organisation = $1 AND session = $3"};
constexpr rows::Statement remove_ended{"session.remove_ended",
                                       "DELETE FROM session WHERE organisation = $1 AND ends_at <= $2"};

Error signed_out()
{
    return {ErrorKind::NotSignedIn, "Your session has ended. Please sign in again.", {}, {}};
}

Place device_of(SessionId session)
{
    return {"session", "device", session};
}

/// A person's device is sealed with their own key, so that it goes with them.
Result<rows::Blob> seal_device(Writing& writing, const std::optional<PersonId>& person, SessionId session,
                               const Fields& fields)
{
    const Confidential words{fields.encoded()};
    return person ? writing.seal(*person, device_of(session), words) : writing.seal(device_of(session), words);
}

Result<Fields> open_device(Reading& reading, const std::optional<PersonId>& person, SessionId session,
                           const rows::Blob& sealed)
{
    const auto words =
        person ? TRY(reading.open(*person, device_of(session), sealed)) : TRY(reading.open(device_of(session), sealed));
    return Fields::decoded(words.reveal());
}

/// Being seen is written down this often at most: it costs a write.
Duration touch_interval(Role role)
{
    return is_staff(role) ? Duration(std::chrono::minutes(1)) : Duration(std::chrono::hours(1));
}

} // namespace

struct SessionDesk::Held {
    Actor actor;
    Instant started_at;
    Instant seen_at;
    Instant ends_at;
    bool second_factor = false;
};

struct SessionDesk::Cache : Recent<std::string, Held> {
    using Recent::Recent;
};

SessionDesk::SessionDesk(Record& record, storage::Store& data, const Clock& clock, SessionTimes times)
    : record_(record), data_(data), clock_(clock), times_(times), cache_(std::make_shared<Cache>(20000))
{
    listening_ = data.listen([cache = cache_](const storage::Announcement& heard) {
        if (heard.topic == ended_topic || heard.topic == changed_topic)
            cache->drop_if(
                [&](const std::string&, const Held& held) { return held.actor.session().text() == heard.payload; });
    });
}

SessionDesk::~SessionDesk() = default;

Instant SessionDesk::end_of(Role role, Instant started_at, Instant seen_at) const
{
    if (is_staff(role))
        return std::min<Instant>(started_at + times_.staff, seen_at + times_.staff_idle);
    return seen_at + times_.person;
}

Result<SessionDesk::Held> SessionDesk::held_by(OrganisationId organisation, const std::string& token_hash) const
{
    std::optional<Held> held;
    TRY(data_.read(ActorDesk::system(organisation), [&](storage::Reading& store) -> Result<void> {
        const auto found = TRY(store.rows(by_token, {rows::Blob{token_hash}}));
        if (found.empty() || found.front()[8].text() != "active")
            return signed_out();
        const auto& row = found.front();
        const auto role = role_from(row[6].text());
        if (!role)
            return signed_out();
        held = Held{ActorDesk::signed_in(organisation, row[1].id<AccountId>(), *role,
                                         row[7].null() ? std::nullopt : std::optional{row[7].id<PersonId>()},
                                         row[0].id<SessionId>()),
                    row[2].instant(), row[3].instant(), row[4].instant(), !row[5].null()};
        return {};
    }));
    return *std::move(held);
}

Result<bool> SessionDesk::touch(const Held& held, Instant now) const
{
    bool there = true;
    TRY(data_.write(ActorDesk::system(held.actor.organisation()), [&](storage::Writing& store) -> Result<void> {
        there =
            TRY(store.change(seen, {now, end_of(held.actor.role(), held.started_at, now), held.actor.session()})) > 0;
        return {};
    }));
    return there;
}

Result<Actor> SessionDesk::actor_for(std::string_view token, Strength strength)
{
    std::string bytes;
    if (token.size() > 100 || !from_base64url(token, bytes) || bytes.size() != token_size)
        return signed_out();
    auto hash = hash_of_random(bytes);
    const auto now = clock_.now();
    const auto era = cache_->era();
    auto held = cache_->find(hash);
    if (!held) {
        RawId organisation;
        std::memcpy(organisation.bytes.data(), bytes.data(), id_size);
        held = TRY(held_by(OrganisationId{organisation}, hash));
        cache_->put(hash, *held, era);
    }
    if (now >= held->ends_at) {
        cache_->drop(hash);
        return signed_out();
    }
    if (now - held->seen_at >= touch_interval(held->actor.role())) {
        // Remembered first, so that requests arriving together write once. A store that cannot be written to
        // now ends nobody's session.
        held->seen_at = now;
        held->ends_at = end_of(held->actor.role(), held->started_at, now);
        cache_->put(hash, *held, era);
        const auto there = touch(*held, now);
        if (there && !*there) {
            cache_->drop(hash);
            return signed_out();
        }
    }
    if (strength == Strength::Full && is_staff(held->actor.role()) && !held->second_factor) {
        auto error = not_allowed("Set up your second factor first: staff need one.");
        error.where = "second-factor-set-up";
        return error;
    }
    return held->actor;
}

Result<SessionDesk::Begun> SessionDesk::begin(Writing& writing, const Beginning& beginning) const
{
    const auto now = writing.now();
    const auto organisation = writing.actor().organisation();
    const auto session = SessionId::random();
    const auto token = std::string(reinterpret_cast<const char*>(organisation.bytes.data()), id_size) +
                       random_bytes(token_size - id_size);
    const auto ends_at = end_of(beginning.role, now, now);
    // A browser's name for itself can be as long as it likes; nobody reads past this.
    const auto device = beginning.device.substr(0, byte_offset(beginning.device, 200));
    auto sealed = TRY(seal_device(writing, beginning.person, session, Fields{{"device", device}}));
    TRY(writing.change(insert, {session, rows::Blob{hash_of_random(token)}, beginning.account, now, now, ends_at,
                                beginning.second_factor ? rows::Value(now) : rows::Value(), std::move(sealed)}));
    return Begun{session, to_base64url(token), ends_at};
}

Result<SessionDesk::Begun> SessionDesk::begin(const Actor& system, const Beginning& beginning) const
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself begins a session without a sign-in.");
    std::optional<Begun> begun;
    TRY(record_.write(system, [&](Writing& writing) -> Result<void> {
        begun = TRY(begin(writing, beginning));
        writing.note({"begin.session", beginning.person, "account", beginning.account, {}, {}});
        return {};
    }));
    return *std::move(begun);
}

Result<std::vector<SessionDesk::Session>> SessionDesk::list(const Actor& actor) const
{
    std::vector<Session> all;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(reading.rows(by_account, {actor.account()}))) {
            const auto id = row[0].id<SessionId>();
            const auto device = TRY(open_device(reading, actor.person(), id, row[4].blob()));
            if (row[3].instant() > reading.now())
                all.push_back({id, row[1].instant(), row[2].instant(), row[3].instant(), device.text("device"),
                               id == actor.session()});
        }
        reading.note({"read.session", actor.person(), "session", RawId{}, {}, {}});
        return {};
    }));
    return all;
}

Result<void> SessionDesk::revoke(const Actor& actor, SessionId session) const
{
    TRY(record_.write(actor, [&](Writing& writing) -> Result<void> {
        if (TRY(writing.change(remove, {session, actor.account()})) == 0)
            return not_found("This session has ended already.");
        writing.announce(std::string(ended_topic), session.text());
        writing.note({"end.session", actor.person(), "session", session, {}, {}});
        return {};
    }));
    // Other nodes hear of it; this one need not wait for the echo.
    cache_->drop_if([&](const std::string&, const Held& held) { return held.actor.session() == session; });
    return {};
}

Result<void> SessionDesk::revoke_all(Writing& writing, AccountId account, SessionId but) const
{
    for (const auto& row : TRY(writing.rows(by_account, {account}))) {
        const auto session = row[0].id<SessionId>();
        if (session == but)
            continue;
        TRY(writing.change(remove, {session, account}));
        writing.announce(std::string(ended_topic), session.text());
    }
    return {};
}

Result<void> SessionDesk::mark_proven(Writing& writing) const
{
    const auto& actor = writing.actor();
    const auto found = TRY(writing.rows(by_id, {actor.session(), actor.account()}));
    if (found.empty())
        return signed_out();
    const auto device = TRY(open_device(writing, actor.person(), actor.session(), found.front()[1].blob()));
    Fields proven{{"device", device.text("device")}};
    proven.add("proven_at", to_stored(writing.now()));
    auto sealed = TRY(seal_device(writing, actor.person(), actor.session(), proven));
    TRY(writing.change(set_device, {std::move(sealed), actor.session()}));
    return {};
}

Result<void> SessionDesk::require_proof(Reading& reading) const
{
    const auto& actor = reading.actor();
    const auto found = TRY(reading.rows(by_id, {actor.session(), actor.account()}));
    if (found.empty())
        return signed_out();
    const auto device = TRY(open_device(reading, actor.person(), actor.session(), found.front()[1].blob()));
    const auto proven = std::max(found.front()[0].instant(), from_stored(device.number("proven_at")));
    if (reading.now() - proven > times_.proof)
        return Error{ErrorKind::NotSignedIn, "Please give your password again for this.", {}, "reauthenticate"};
    return {};
}

Result<void> SessionDesk::mark_second_factor(Writing& writing) const
{
    const auto session = writing.actor().session();
    TRY(writing.change(set_second_factor, {writing.now(), session}));
    writing.announce(std::string(changed_topic), session.text());
    return {};
}

Result<std::int64_t> SessionDesk::clear_ended(const Actor& system) const
{
    std::int64_t cleared = 0;
    TRY(record_.write(system, [&](Writing& writing) -> Result<void> {
        cleared = TRY(writing.change(remove_ended, {writing.now()}));
        return {};
    }));
    return cleared;
}

} // namespace handrail::trust
