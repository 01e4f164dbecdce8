#include "sqlite/statistics.h"

#include <string>

namespace handrail::sqlite {

namespace {

/// One row an index, as ANALYZE writes them: rows, then how many share the first column, the first two, and so on. The
/// primary key of a table WITHOUT ROWID goes by the name of the table. What matters is their order, not their size: an
/// organisation halves nothing, a second column does, the last of a unique key leaves one.
constexpr auto wanted = R"sql(
SELECT t.name AS tbl, CASE i.origin WHEN 'pk' THEN t.name ELSE i.name END AS idx,
       '1000000' || (SELECT group_concat(
           CASE WHEN i."unique" AND c.seqno = (SELECT max(seqno) FROM pragma_index_info(i.name)) THEN ' 1'
                WHEN c.seqno = 0 AND c.name = 'organisation' THEN ' 1000000'
                WHEN c.seqno <= 1 THEN ' 100'
                WHEN c.seqno = 2 THEN ' 10'
                ELSE ' 5' END, '')
           FROM (SELECT seqno, name FROM pragma_index_info(i.name) ORDER BY seqno) AS c) AS stat
  FROM sqlite_schema AS t JOIN pragma_index_list(t.name) AS i
 WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%')sql";

/// The few rows of a partial index are counted apart below.
constexpr auto partial_is_small = R"sql(
SELECT w.tbl, w.idx, CASE WHEN EXISTS (SELECT 1 FROM pragma_index_list(w.tbl) WHERE name = w.idx AND partial)
                          THEN replace(w.stat, '1000000', '10000') ELSE w.stat END AS stat FROM wanted AS w)sql";

std::string rows_wanted()
{
    return "WITH wanted AS (" + std::string(wanted) + "), told AS (" + partial_is_small + ") ";
}

} // namespace

Result<void> tell_planner(Connection& writer)
{
    TRY(writer.step(Connection::Step::BeginWriting));
    TRY(writer.run("ANALYZE sqlite_schema")); // makes sqlite_stat1 when it is not there; counts nothing
    const auto missing = TRY(writer.answer_to(rows_wanted() + "SELECT count(*) FROM (SELECT tbl, idx, stat FROM told "
                                                              "EXCEPT SELECT tbl, idx, stat FROM sqlite_stat1)"));
    if (missing != "0") {
        TRY(writer.run("DELETE FROM sqlite_stat1"));
        TRY(writer.run("INSERT INTO sqlite_stat1 (tbl, idx, stat) " + rows_wanted() +
                       "SELECT tbl, idx, stat FROM told"));
        TRY(writer.run("ANALYZE sqlite_schema"));
    }
    return writer.step(Connection::Step::Commit);
}

} // namespace handrail::sqlite
