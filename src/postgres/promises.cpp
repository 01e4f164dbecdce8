#include "postgres/promises.h"

#include "postgres/schema.h"
#include "postgres/session.h"

namespace handrail::postgres {

Result<Promises> promises_of(const std::string& conninfo)
{
    auto session = Session::connect({conninfo, schema_of(storage::Set::Data)});
    if (!session)
        return error_from(session.failure());
    const auto found = (*session)->ask(
        "SELECT current_setting('server_version'), current_setting('fsync'), current_setting('synchronous_commit'),"
        " current_setting('full_page_writes'),"
        " (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user), pg_is_in_recovery()");
    if (!found)
        return error_from(found.failure());
    const auto& row = (*found).at(0);
    return Promises{row[0], row[1], row[2], row[3], row[4] == "t", row[5] == "t"};
}

} // namespace handrail::postgres
