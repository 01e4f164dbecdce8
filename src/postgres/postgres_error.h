#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

struct pg_result;

namespace handrail::postgres {

/// Why a statement did not run, before it is known whether it will be tried again.
struct Failure {
    std::string state; ///< SQLSTATE, five characters; empty when the connection was lost
    std::string noted; ///< names statements, tables and constraints, never values
    bool lost = false; ///< the connection is gone

    /// Somebody else was in the way (serialization failure, deadlock): the same again may well succeed.
    bool in_the_way() const;
    /// A prepared statement no longer fits, because a migration ran: the same on a new connection will succeed.
    bool stale() const;
};

Failure failure_from(const pg_result* result, std::string_view doing);
Failure lost_connection(std::string_view doing);

/// What a failure means to whoever asked. Throws on those that only a mistake in our code can cause.
Error error_from(const Failure& failure);

} // namespace handrail::postgres
