#include "storage/migrations.h"

#include "storage/embedded_migrations.h"

namespace handrail::storage {

std::span<const Migration> migrations(Set which)
{
    return which == Set::Data ? data_migrations() : key_migrations();
}

Result<int> migrate(std::span<const Migration> known, int from,
                    const std::function<Result<void>(const Migration&)>& apply)
{
    const int newest = known.empty() ? 0 : known.back().number;
    if (from > newest)
        return invalid("This store is at version " + std::to_string(from) +
                       ", and this Handrail knows versions up to " + std::to_string(newest) +
                       ". Use the Handrail that wrote it, or restore the backup made before that upgrade.");
    int at = from;
    for (const auto& migration : known) {
        if (migration.number <= at)
            continue;
        ensure(migration.number == at + 1, "migrations are numbered without a gap");
        TRY(apply(migration));
        at = migration.number;
    }
    return at;
}

} // namespace handrail::storage
