#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/keyring.h"
#include "trust/record.h"
#include "trust/session_desk.h"

namespace handrail::trust {

/// Erasing a person: asked for, called off within seven days, or done.
class ErasureDesk {
public:
    /// @param law  what the site's law makes it keep elsewhere, in the site's own words; shown before the
    /// person asks
    ErasureDesk(Record& record, Keyring& keyring, SessionDesk& sessions, std::string law = {})
        : record_(record), keyring_(keyring), sessions_(sessions), law_(std::move(law))
    {
    }
    static constexpr std::chrono::hours call_off_time{24 * 7};

    struct State {
        std::optional<Instant> asked_at;
        std::optional<Instant> due_at;
        std::vector<std::string> kept; ///< sentences: what stays, and why
    };
    /// The person themselves, proven within five minutes (else NotSignedIn, `where` "reauthenticate");
    /// Conflict while an alert of theirs is open.
    Result<State> ask(const Actor& person) const;
    Result<State> state(const Actor& person) const;
    Result<void> call_off(const Actor& person) const;

    /// People of one organisation whose seven days are over. Someone with an open alert waits until it is
    /// closed.
    Result<std::vector<PersonId>> due(const Actor& system) const;
    /// How many people asked and are not erased yet.
    Result<std::int64_t> waiting(const Actor& system) const;
    /// Deletes the key (from then on nothing opens), then the rows. May be repeated; finishes what was cut
    /// short.
    Result<void> erase(const Actor& system, PersonId person) const;

private:
    Record& record_;
    Keyring& keyring_;
    SessionDesk& sessions_;
    std::string law_;

    std::vector<std::string> kept() const;
};

} // namespace handrail::trust
