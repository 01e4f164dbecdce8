#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <zlib.h>

/// Public corpora, which are not part of the project: HANDRAIL_SHARED names the folder that holds data/text, or it lies
/// beside the project. Tests without them are skipped, each by name.
namespace handrail::test {

inline std::filesystem::path corpora()
{
    const char* named = std::getenv("HANDRAIL_SHARED");
    const std::filesystem::path shared =
        named != nullptr ? std::filesystem::path(named) : std::filesystem::path(HANDRAIL_SOURCE_DIR) / "../shared";
    return shared / "data/text";
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
