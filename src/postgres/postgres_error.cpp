#include "postgres/postgres_error.h"

#include <stdexcept>

#include <libpq-fe.h>

namespace handrail::postgres {

namespace {

std::string field(const PGresult* result, int which)
{
    const char* text = PQresultErrorField(result, which);
    return text == nullptr ? std::string() : std::string(text);
}

bool starts(const std::string& state, std::string_view with)
{
    return state.compare(0, with.size(), with) == 0;
}

} // namespace

bool Failure::in_the_way() const
{
    return state == "40001" || state == "40P01";
}
bool Failure::stale() const
{
    return state == "0A000" || state == "26000";
}

Failure failure_from(const PGresult* result, std::string_view doing)
{
    Failure failure;
    failure.state = field(result, PG_DIAG_SQLSTATE);
    failure.noted = std::string(doing) + ": " + failure.state;
    for (const int which : {PG_DIAG_TABLE_NAME, PG_DIAG_COLUMN_NAME, PG_DIAG_CONSTRAINT_NAME})
        if (const auto name = field(result, which); !name.empty())
            failure.noted += ", " + name;
    // Only messages about the statement's own text are kept: others may quote a value.
    if (starts(failure.state, "42") || starts(failure.state, "53") || starts(failure.state, "57"))
        failure.noted += ", " + field(result, PG_DIAG_MESSAGE_PRIMARY);
    // The server is going down, or put an end to this session.
    failure.lost = failure.state.empty() || starts(failure.state, "08") || failure.state == "57P01" ||
                   failure.state == "57P02" || failure.state == "57P03" || failure.state == "57P05" ||
                   failure.state == "25P03";
    return failure;
}

Failure lost_connection(std::string_view doing)
{
    return {{}, std::string(doing) + ": the connection to the database was lost", true};
}

Error error_from(const Failure& failure)
{
    const auto& state = failure.state;
    if (failure.lost)
        return unavailable("The database cannot be reached. Please try again.", failure.noted);
    if (state == "23505")
        return {ErrorKind::Conflict, "That is already there: someone else was first.", failure.noted, {}};
    if (starts(state, "23") || starts(state, "22"))
        return {ErrorKind::Invalid, "A value is missing or of the wrong kind.", failure.noted, {}};
    if (state == "53100")
        return unavailable("The disk is full: nothing more can be kept until there is room.", failure.noted);
    if (state == "54000")
        return {ErrorKind::TooMuch, "That is too large to keep.", failure.noted, {}};
    if (starts(state, "42") || starts(state, "0A") || starts(state, "25P"))
        throw std::logic_error(failure.noted);
    return unavailable("The store is busy or not well. Please try again.", failure.noted);
}

} // namespace handrail::postgres
