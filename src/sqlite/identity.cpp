#include "sqlite/identity.h"

#include <string>

namespace handrail::sqlite {

namespace {

constexpr auto version_exists = "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'";
constexpr auto version_now = "SELECT coalesce(max(version), 0) FROM schema_version";

} // namespace

std::int64_t application_id(storage::Set which)
{
    return which == storage::Set::Data ? 0x48526474 : 0x48526b79;
}

Result<void> check_identity(Connection& connection, storage::Set which)
{
    const auto found = TRY(connection.answer_to("PRAGMA application_id"));
    if (found != "0" && found != std::to_string(application_id(which)))
        return invalid(which == storage::Set::Data ? "This file is not Handrail's record of people and conversations."
                                                   : "This file is not Handrail's key store.");
    return {};
}

Result<int> version_of(Connection& connection)
{
    const auto tables = TRY(connection.answer_to(version_exists));
    if (tables == "0")
        return 0;
    return std::stoi(TRY(connection.answer_to(version_now)));
}

} // namespace handrail::sqlite
