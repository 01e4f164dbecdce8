#include "sqlite/transaction.h"

namespace handrail::sqlite {

namespace {
bool is_system(const Actor& actor)
{
    return actor.role() == Role::System;
}
} // namespace

Result<rows::Rows> ReadingTransaction::rows(const rows::Statement& statement, rows::Values values)
{
    if (failed_)
        return *failed_;
    auto found = connection_.rows(statement, actor_.organisation(), is_system(actor_), values);
    if (!found)
        failed_ = found.error();
    return found;
}

Result<rows::Rows> WritingTransaction::rows(const rows::Statement& statement, rows::Values values)
{
    if (failed_)
        return *failed_;
    auto found = connection_.rows(statement, actor_.organisation(), is_system(actor_), values);
    if (!found)
        failed_ = found.error();
    return found;
}

Result<std::int64_t> WritingTransaction::change(const rows::Statement& statement, rows::Values values)
{
    if (failed_)
        return *failed_;
    auto changed = connection_.change(statement, actor_.organisation(), is_system(actor_), values);
    if (!changed)
        failed_ = changed.error();
    return changed;
}

void WritingTransaction::announce(std::string topic, std::string payload)
{
    announcements_.push_back({actor_.organisation(), std::move(topic), std::move(payload)});
}

} // namespace handrail::sqlite
