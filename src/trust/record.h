#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/confidential.h"
#include "base/result.h"
#include "domain/actor.h"
#include "rows/value.h"
#include "trust/place.h"

/// The one way into the record: saying who is asking opens it, and the audit entry is written in the same
/// transaction.
namespace handrail::trust {

/// What is done, for the audit record. `deed` is "verb.noun" ("read.message", "acknowledge.alert").
struct Deed {
    std::string_view deed;
    std::optional<PersonId> person; ///< whom it is about; they can read this entry
    std::string_view about;         ///< table
    RawId about_id;
    std::vector<PersonId> listed; ///< people in a list that was shown: one entry for the list, with its ids
    std::string reason;           ///< sealed; break-glass, overrides
};

/// How much of a person an actor asks to see.
enum class Scope {
    Presence, ///< that they exist, counts, states
    Words,    ///< what they wrote and answered
};

class Reading {
public:
    virtual ~Reading() = default;
    virtual const Actor& actor() const = 0;
    virtual Instant now() const = 0;
    /// $1 is the organisation; the values follow from $2 on.
    virtual Result<rows::Rows> rows(const rows::Statement& statement, rows::Values values) = 0;
    Result<rows::Rows> rows(const rows::Statement& statement, std::initializer_list<rows::Value> values)
    {
        return rows(statement, rows::Values(values.begin(), values.size()));
    }
    /// NotAllowed unless the actor is that person, a clinician of their team, a lead while an alert is routed
    /// to them, or holds an open break-glass for them. System may.
    virtual Result<void> admit(PersonId person, Scope scope) = 0;
    /// Opens a sealed value of a person. Includes admit(person, Scope::Words). NotFound once the person is
    /// erased.
    virtual Result<Confidential> open(PersonId person, const Place& place, const rows::Blob& sealed) = 0;
    /// Opens a value sealed with the organisation's key (settings, accounts, jobs).
    virtual Result<Confidential> open(const Place& place, const rows::Blob& sealed) = 0;
    /// Adds to the audit record; durable before read() or write() returns.
    virtual void note(Deed deed) = 0;
};

class Writing : public Reading {
public:
    using Reading::rows;
    virtual Result<std::int64_t> change(const rows::Statement& statement, rows::Values values) = 0;
    Result<std::int64_t> change(const rows::Statement& statement, std::initializer_list<rows::Value> values)
    {
        return change(statement, rows::Values(values.begin(), values.size()));
    }
    virtual Result<rows::Blob> seal(PersonId person, const Place& place, const Confidential& words) = 0;
    virtual Result<rows::Blob> seal(const Place& place, const Confidential& words) = 0;
    /// Wakes the event streams of this organisation after the commit, on every node. Opaque ids only.
    virtual void announce(std::string topic, std::string payload) = 0;
    /// Runs once the change is on disk, and not when it failed: for counting what really happened.
    virtual void after_commit(std::function<void()> then) = 0;
};

class Record {
public:
    virtual ~Record() = default;
    virtual Result<void> read(const Actor& actor, const std::function<Result<void>(Reading&)>& body) = 0;
    /// What a person's own request reads of their own record before it writes: the write that follows notes it, so this
    /// makes no entry of its own. NotAllowed for anyone but a person; another person's words do not open.
    virtual Result<void> prepare(const Actor& person, const std::function<Result<void>(Reading&)>& body) = 0;
    /// The body may run more than once: no outside effects. When the actor's request carries a claim (Idempotency-Key),
    /// it is written down together with the request's first change; Conflict for every change when an earlier sending
    /// of the same request holds it, on this node or another.
    virtual Result<void> write(const Actor& actor, const std::function<Result<void>(Writing&)>& body) = 0;
};

} // namespace handrail::trust
