#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"

namespace handrail::storage {
class Store;
}

namespace handrail::trust {

/// How long a session lasts, from its last use and from its beginning.
struct SessionTimes {
    std::chrono::hours person{24 * 30};  ///< from the last use
    std::chrono::hours staff{12};        ///< from the beginning
    std::chrono::minutes staff_idle{30}; ///< from the last use
    std::chrono::minutes proof{5};       ///< how long a password given again counts
};

/// Sessions: a 256-bit token of which only the hash is stored.
class SessionDesk {
public:
    SessionDesk(Record& record, storage::Store& data, const Clock& clock, SessionTimes times = {});
    ~SessionDesk();

    /// What a request asks of the session.
    enum class Strength {
        Full,         ///< staff gave a second factor
        PasswordOnly, ///< the pages on which staff set their second factor up
    };
    /// The hot path: who holds this token. NotSignedIn when it has ended, was revoked or never was;
    /// NotAllowed with `where` "second-factor-set-up" when staff have not given a second factor yet.
    Result<Actor> actor_for(std::string_view token, Strength strength = Strength::Full);

    /// A session made in the same transaction as the sign-in it belongs to.
    struct Begun {
        SessionId session;
        std::string token; ///< for the cookie; 64 characters of base64url
        Instant ends_at;
    };
    struct Beginning {
        AccountId account;
        Role role = Role::Person;
        std::optional<PersonId> person;
        std::string device;         ///< as the browser names itself; sealed
        bool second_factor = false; ///< a code was given
    };
    Result<Begun> begin(Writing& writing, const Beginning& beginning) const;
    /// The same in a transaction of its own: demo, tests, command line.
    Result<Begun> begin(const Actor& system, const Beginning& beginning) const;

    struct Session {
        SessionId id;
        Instant started_at;
        Instant seen_at;
        Instant ends_at;
        std::string device;
        bool current = false;
    };
    /// The actor's own, newest first.
    Result<std::vector<Session>> list(const Actor& actor) const;
    /// One of the actor's own.
    Result<void> revoke(const Actor& actor, SessionId session) const;
    /// Every session of an account, but perhaps for one; in the transaction that made them worthless. Every
    /// ended session is announced: topic "signed_out", payload the session's id, for its event stream to
    /// close.
    Result<void> revoke_all(Writing& writing, AccountId account, SessionId but = {}) const;

    /// Remembers that the actor just gave their password (and code) again.
    Result<void> mark_proven(Writing& writing) const;
    /// NotSignedIn with `where` "reauthenticate" unless the actor signed in or proved themselves in the last
    /// 5 minutes.
    Result<void> require_proof(Reading& reading) const;
    /// A second factor was given in this session.
    Result<void> mark_second_factor(Writing& writing) const;

    /// Ended sessions go; once an hour is plenty. Gives how many.
    Result<std::int64_t> clear_ended(const Actor& system) const;

private:
    struct Held;
    struct Cache;
    Record& record_;
    storage::Store& data_;
    const Clock& clock_;
    SessionTimes times_;
    std::shared_ptr<Cache> cache_; ///< shared with the listener, whose last call may outlast this desk
    std::shared_ptr<void> listening_;

    Instant end_of(Role role, Instant started_at, Instant seen_at) const;
    Result<Held> held_by(OrganisationId organisation, const std::string& token_hash) const;
    Result<bool> touch(const Held& held, Instant now) const;
};

} // namespace handrail::trust
