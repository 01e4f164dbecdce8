#pragma once

#include "base/result.h"
#include "sqlite/connection.h"

namespace handrail::sqlite {

/// Tells SQLite's planner how a grown service looks, in sqlite_stat1: nearly every index begins with the organisation,
/// and one organisation holds everything, so a key that gives no more than that is no key.
///
/// Without it SQLite guesses that ten rows share an organisation, and then reads every alert of the service to learn
/// whether one person has an open one, though an index by person stands beside it. The figures are fixed and not
/// counted (ANALYZE): a new store, a filled one and the tests plan alike. Written only when they are not there yet.
Result<void> tell_planner(Connection& writer);

} // namespace handrail::sqlite
