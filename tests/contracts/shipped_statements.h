#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace handrail::tests {

/// One statement that the server can run, as it stands in src/.
struct ShippedStatement {
    std::string name; ///< "caseload.people"
    std::string sql;
    std::string where; ///< "src/errands/caseload.cpp:23"
};

/// Every text in src/ that begins as SQL does, with the text before it as its name. Read from the sources themselves: a
/// statement that somebody adds is looked at without being listed anywhere. Left out are src/sqlite, src/postgres and
/// src/storage, whose own SQL only keeps the store's version, and the two sources that make theirs out of the schema.
std::vector<ShippedStatement> shipped_statements();

/// The same for one source, so that the reading itself can be tested.
std::vector<ShippedStatement> statements_in(std::string_view source, const std::string& file);

} // namespace handrail::tests
