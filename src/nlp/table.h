#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handrail::nlp {

/// One line of a .tsv file, with where it stands for error messages.
struct Row {
    std::vector<std::string> cells;
    std::string where; ///< "rules_en_suicide.tsv:17"
};

/// What is wrong with the content, line by line; loading goes on so that all of it is named at once.
class Complaints {
public:
    void add(const std::string& where, const std::string& what);
    bool empty() const { return lines_.empty(); }
    Error error() const;

private:
    std::vector<std::string> lines_;
};

/// Reads a file of tab-separated lines. Blank lines and lines that begin with # are skipped; the first other line is
/// the header and must be `columns`, in that order. A trailing empty cell may be left out. A line of two cells whose
/// first is " repeats the line above with another last cell.
std::vector<Row> read_table(const std::filesystem::path& file, const std::vector<std::string>& columns,
                            Complaints& complaints);

/// The names of the .tsv files of a folder that begin with `prefix`, sorted.
std::vector<std::filesystem::path> tables(const std::filesystem::path& folder, std::string_view prefix);

} // namespace handrail::nlp
