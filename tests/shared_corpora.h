#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <zlib.h>

/// Public corpora, which are not part of the project: HANDRAIL_SHARED names the folder that holds data/text and
/// data/clinical, or it lies beside the project. Tests without them are skipped, each by name.
namespace handrail::test {

inline std::filesystem::path shared()
{
    const char* named = std::getenv("HANDRAIL_SHARED");
    return named != nullptr ? std::filesystem::path(named) : std::filesystem::path(HANDRAIL_SOURCE_DIR) / "../shared";
}

inline std::filesystem::path corpora() { return shared() / "data/text"; }

/// A table of a clinical data set, such as "fisher2017/esm".
inline std::filesystem::path clinical(const std::string& table) { return shared() / "data/clinical" / (table + ".csv.gz"); }

/// The rows of a packed CSV file without quoted fields, by the names in its heading; none when it is not there.
inline std::vector<std::map<std::string, std::string>> table_of(const std::filesystem::path& file)
{
    std::vector<std::map<std::string, std::string>> rows;
    const auto in = gzopen(file.c_str(), "rb");
    if (in == nullptr)
        return rows;
    std::vector<std::string> heading;
    char line[1 << 14];
    while (gzgets(in, line, sizeof line) != nullptr) {
        std::vector<std::string> fields{""};
        for (const char* at = line; *at != 0 && *at != '\n' && *at != '\r'; ++at)
            if (*at == ',')
                fields.emplace_back();
            else
                fields.back() += *at;
        if (heading.empty()) {
            heading = fields;
            continue;
        }
        auto& row = rows.emplace_back();
        for (std::size_t i = 0; i < heading.size() && i < fields.size(); ++i)
            row[heading[i]] = fields[i];
    }
    gzclose(in);
    return rows;
}

/// The rows of a packed file of JSON Lines, however long a line is; none when it is not there.
inline std::vector<boost::json::object> rows_of(const std::filesystem::path& file)
{
    std::vector<boost::json::object> rows;
    const auto in = gzopen(file.c_str(), "rb");
    if (in == nullptr)
        return rows;
    std::string line;
    char part[1 << 16];
    while (gzgets(in, part, sizeof part) != nullptr) {
        line += part;
        if (line.back() != '\n')
            continue;
        rows.push_back(boost::json::parse(line).as_object());
        line.clear();
    }
    gzclose(in);
    return rows;
}

inline std::string text_of(const boost::json::object& row) { return std::string(row.at("text").as_string()); }

/// The texts of such a file.
inline std::vector<std::string> texts_of(const std::filesystem::path& file)
{
    std::vector<std::string> texts;
    for (const auto& row : rows_of(file))
        texts.push_back(text_of(row));
    return texts;
}

} // namespace handrail::test
