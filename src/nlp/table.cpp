#include "nlp/table.h"

#include <algorithm>
#include <fstream>
#include <system_error>

#include "base/text.h"

namespace handrail::nlp {

void Complaints::add(const std::string& where, const std::string& what)
{
    lines_.push_back(where + ": " + what);
}

Error Complaints::error() const
{
    std::string all;
    for (const auto& line : lines_)
        all += (all.empty() ? "" : "\n") + line;
    return invalid(all, "content/screening");
}

std::vector<Row> read_table(const std::filesystem::path& file, const std::vector<std::string>& columns,
                            Complaints& complaints)
{
    const auto name = file.filename().string();
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        complaints.add(name, "cannot be read");
        return {};
    }
    std::vector<Row> rows;
    std::string line;
    bool header_seen = false;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (!line.empty() && line.back() == '\r')
            line.pop_back();
        if (trimmed(line).empty() || line.front() == '#')
            continue;
        const auto where = name + ":" + std::to_string(number);
        if (!valid_utf8(line)) {
            complaints.add(where, "is not UTF-8");
            continue;
        }
        std::vector<std::string> cells;
        for (const auto cell : split(line, '\t'))
            cells.emplace_back(trimmed(cell));
        if (!header_seen) {
            header_seen = true;
            if (cells != columns)
                complaints.add(where, "the header is not what this table has");
            continue;
        }
        // A line that begins with " repeats the line above and changes its last cell.
        if (cells.size() == 2 && cells.front() == "\"" && !rows.empty()) {
            auto repeated = rows.back().cells;
            repeated.back() = std::move(cells.back());
            rows.push_back({std::move(repeated), where});
            continue;
        }
        if (cells.size() > columns.size() || cells.size() + 1 < columns.size()) {
            complaints.add(where,
                           "has " + std::to_string(cells.size()) + " cells, not " + std::to_string(columns.size()));
            continue;
        }
        cells.resize(columns.size());
        rows.push_back({std::move(cells), where});
    }
    return rows;
}

std::vector<std::filesystem::path> tables(const std::filesystem::path& folder, std::string_view prefix)
{
    std::vector<std::filesystem::path> found;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed))
        if (entry.path().extension() == ".tsv" && entry.path().filename().string().starts_with(prefix))
            found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace handrail::nlp
