#pragma once

#include <chrono>
#include <string>

#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"

namespace handrail::trust {

/// Links that open one form without a log-in. 256 random bits, of which only a hash is kept; three days, and until the form
/// was answered. Whoever holds one may answer that form, and nothing else: what it gives is an Actor that a route uses for
/// this and lets go.
class LinkDesk {
public:
    static constexpr std::chrono::hours lasts{72};

    explicit LinkDesk(Record& record) : record_(record) {}

    /// A fresh one for an ask that waits. An earlier one stays good: its letter may have arrived after all.
    /// @return what goes into the link; not kept
    static Result<std::string> make(Writing& writing, PersonId person, const RawId& ask);

    struct Led {
        Actor actor;
        RawId ask;
    };
    /// NotFound, in the same words, whether it was never made, has ended, or its form was answered.
    Result<Led> follow(OrganisationId organisation, const std::string& token) const;

private:
    Record& record_;
};

/// What every link that opens nothing is told.
Error no_such_link();

} // namespace handrail::trust
