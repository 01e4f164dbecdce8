#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

#include "content/instruments.h"
#include "domain/trend_protocol.h"
#include "monitoring/trend.h"

namespace handrail::app {

struct TrendRowProblem {
    std::size_t line = 0;
    std::string told;
    bool taken = false; ///< the row was used all the same
};

/// What was read: 32 bytes a row, however long the names are, so that a million rows of one person fit.
struct TrendRows {
    struct Series {
        std::string person;
        std::string measure;
        bool higher_is_worse = true;
    };
    struct Row {
        Instant at;
        double value = 0;
        std::uint32_t series = 0;
        std::uint32_t line = 0;
        std::int16_t utc_offset_minutes = 0;
        bool answered = false;
    };
    std::vector<Series> series;
    std::vector<Row> rows;                 ///< in time order; rows of one instant in the order of the file
    std::vector<TrendRowProblem> problems; ///< in the order of the lines

    monitoring::TrendRow row(std::size_t index) const;
};

/// Reads `person,at,measure,value[,worse]` as CSV (with or without a heading, which may change the order) or as JSON
/// Lines. A row that cannot be read is named and left out; the rest is kept. Which way is worse for a series named by an
/// instrument's id is what its file says. A day is a day by the offset that `at` is written with.
TrendRows read_trend_rows(const content::Instruments& instruments, std::istream& in);

/// An event as one JSON line.
std::string trend_json(const monitoring::TrendEvent& event);

/// The reliable changes that the instrument files publish, for series of totals named by the instrument's id.
monitoring::ReliableChanges reliable_changes(const content::Instruments& instruments);

/// `handrail trend`: rows on `in`, events on `out` in time order, problems on `errors` as {"id","line","error"}.
/// @return 0 when every line was read, 1 when some were not.
int run_trend(const TrendProtocol& protocol, const content::Instruments& instruments, std::istream& in,
              std::ostream& out, std::ostream& errors);

} // namespace handrail::app
