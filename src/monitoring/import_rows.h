#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handrail::monitoring {

/// One value of a row of somebody else's file.
struct ImportField {
    enum class Kind {
        Absent,
        Written, ///< CSV, where everything is written alike; or a number of JSON, as it stands in the file
        Text,    ///< of JSON: in quotes
        Other,   ///< of JSON: true, false, a list or an object
    };
    Kind kind = Kind::Absent;
    std::string text; ///< without spaces around it; empty when there is none
};

struct ImportRow {
    std::size_t line = 0;            ///< of the file, from 1
    std::string problem;             ///< why the row cannot be read; quotes nothing from it
    std::vector<ImportField> fields; ///< in the order of the columns; one each when there is no problem
};

/// The rows of a file of comma-separated values, or of JSON Lines (one flat object a line), one at a time: a file begins with {
/// or it is the former. Nothing is kept of a row that was given out.
class ImportRows {
public:
    static constexpr std::size_t most_rows = 1'000'000;
    static constexpr std::size_t most_columns = 256;
    static constexpr std::size_t longest_line = 65'536; ///< bytes

    /// @param text  lives as long as this. Of JSON Lines all lines are looked through once, for their names.
    /// @return Invalid without a row, and for names of columns that cannot be shown or are too many.
    static Result<ImportRows> open(std::string_view text);

    const std::vector<std::string>& columns() const { return columns_; }
    bool json() const { return json_; }
    /// The next row that is not blank; nothing at the end. TooMuch, with the line, after a million rows.
    Result<std::optional<ImportRow>> next();

private:
    std::optional<std::string_view> next_line();
    Result<void> read_heading();
    Result<void> look_for_names();

    std::string_view rest_;
    std::size_t line_ = 0;
    std::size_t rows_ = 0;
    bool json_ = false;
    std::vector<std::string> columns_;
    std::map<std::string, std::size_t, std::less<>> places_;
};

} // namespace handrail::monitoring
