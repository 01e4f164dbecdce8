#include "monitoring/import_rows.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include "base/text.h"
#include "monitoring/csv.h"

namespace handrail::monitoring {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_name = 200;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; }

/// Names of columns are shown on a terminal, and nothing in a file may write to it as it likes.
bool can_be_shown(std::string_view name)
{
    return name.size() <= longest_name && std::none_of(name.begin(), name.end(), is_control);
}

/// Sees one line as it comes: the names and values of an object, and no deeper than that.
struct FlatObject {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
    using Fault = json::error_code;

    std::vector<std::pair<std::string, ImportField>> found;
    int depth = 0;
    bool object = true; ///< what the line holds is one
    std::string part;

    bool value(ImportField::Kind kind, std::string text = {})
    {
        part.clear();
        if (depth == 0)
            object = false;
        else if (depth == 1 && !found.empty())
            found.back().second = {kind, std::move(text)};
        return true;
    }
    bool written(json::string_view more)
    {
        part.append(more.data(), more.size());
        return value(ImportField::Kind::Written, std::exchange(part, {}));
    }
    bool on_document_begin(Fault&) { return true; }
    bool on_document_end(Fault&) { return true; }
    bool on_object_begin(Fault&)
    {
        if (depth > 0)
            value(ImportField::Kind::Other);
        ++depth;
        return true;
    }
    bool on_object_end(std::size_t, Fault&)
    {
        --depth;
        return true;
    }
    bool on_array_begin(Fault&)
    {
        value(ImportField::Kind::Other);
        ++depth;
        return true;
    }
    bool on_array_end(std::size_t, Fault&)
    {
        --depth;
        return true;
    }
    bool on_key_part(json::string_view more, std::size_t, Fault&)
    {
        part.append(more.data(), more.size());
        return true;
    }
    bool on_key(json::string_view more, std::size_t, Fault&)
    {
        part.append(more.data(), more.size());
        auto name = std::exchange(part, {});
        if (depth == 1 && object)
            found.emplace_back(std::move(name), ImportField{});
        return true;
    }
    bool on_string_part(json::string_view more, std::size_t, Fault&)
    {
        part.append(more.data(), more.size());
        return true;
    }
    bool on_string(json::string_view more, std::size_t, Fault&)
    {
        part.append(more.data(), more.size());
        std::string text(trimmed(part));
        return value(ImportField::Kind::Text, std::move(text));
    }
    bool on_number_part(json::string_view more, Fault&)
    {
        part.append(more.data(), more.size());
        return true;
    }
    bool on_int64(std::int64_t, json::string_view more, Fault&) { return written(more); }
    bool on_uint64(std::uint64_t, json::string_view more, Fault&) { return written(more); }
    bool on_double(double, json::string_view more, Fault&) { return written(more); }
    bool on_bool(bool, Fault&) { return value(ImportField::Kind::Other); }
    bool on_null(Fault&) { return value(ImportField::Kind::Absent); }
    bool on_comment_part(json::string_view, Fault&) { return true; }
    bool on_comment(json::string_view, Fault&) { return true; }
};

/// @return why the line is no row; empty when it is one
std::string read_object(std::string_view line, std::vector<std::pair<std::string, ImportField>>& found)
{
    if (line.size() > ImportRows::longest_line)
        return "is longer than " + std::to_string(ImportRows::longest_line) + " bytes";
    if (!valid_utf8(line))
        return "the line is not well-formed UTF-8";
    json::basic_parser<FlatObject> parser(json::parse_options{});
    json::error_code fault;
    const auto read = parser.write_some(false, line.data(), line.size(), fault);
    auto& seen = parser.handler();
    if (fault || read != line.size())
        return "is not one whole JSON value";
    // A list has names of its own inside: what is meant is an object with a value a name.
    if (!seen.object)
        return "is not a JSON object";
    found = std::move(seen.found);
    auto names = std::vector<std::string_view>{};
    for (const auto& [name, field] : found)
        names.push_back(name);
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end())
        return "names the same column twice";
    if (!std::all_of(names.begin(), names.end(), can_be_shown))
        return "has a name that is too long or holds a control character";
    return {};
}

ImportField written(std::string_view text)
{
    text = trimmed(text);
    return {text.empty() ? ImportField::Kind::Absent : ImportField::Kind::Written, std::string(text)};
}

} // namespace

std::optional<std::string_view> ImportRows::next_line()
{
    while (!rest_.empty()) {
        ++line_;
        const auto end = std::min(rest_.find('\n'), rest_.size());
        const auto line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        if (!trimmed(line).empty())
            return line;
    }
    return std::nullopt;
}

Result<void> ImportRows::read_heading()
{
    const auto line = next_line();
    if (!line)
        return {};
    const auto where = "Line " + std::to_string(line_) + ": ";
    auto names = line->size() > longest_line ? std::nullopt : csv_fields(*line);
    if (!valid_utf8(*line))
        return invalid(where + "the heading is not well-formed UTF-8, or holds a control character.");
    if (!names)
        return invalid(where + "the heading has a quoted field that is not closed, or is too long.");
    for (auto& name : *names) {
        name = trimmed(name);
        if (std::any_of(name.begin(), name.end(), is_control))
            return invalid(where + "the heading is not well-formed UTF-8, or holds a control character.");
    }
    columns_ = *std::move(names);
    return {};
}

Result<void> ImportRows::look_for_names()
{
    const auto from = std::make_pair(rest_, line_);
    std::size_t rows = 0;
    while (const auto line = next_line()) {
        if (++rows > most_rows)
            break;
        std::vector<std::pair<std::string, ImportField>> found;
        if (!read_object(trimmed(*line), found).empty())
            continue;
        for (auto& [name, field] : found)
            if (places_.try_emplace(name, columns_.size()).second)
                columns_.push_back(std::move(name));
        if (columns_.size() > most_columns)
            break;
    }
    std::tie(rest_, line_) = from;
    return {};
}

Result<ImportRows> ImportRows::open(std::string_view text)
{
    ImportRows rows;
    if (text.starts_with("\xEF\xBB\xBF"))
        text.remove_prefix(3);
    rows.rest_ = text;
    const auto first = text.find_first_not_of(" \t\r\n");
    rows.json_ = first != std::string_view::npos && text[first] == '{';
    TRY(rows.json_ ? rows.look_for_names() : rows.read_heading());
    if (rows.columns_.size() > most_columns)
        return invalid("The file has more than " + std::to_string(most_columns) + " columns.");
    if (rows.columns_.empty())
        return invalid(rows.json_ ? "No line of the file is a JSON object with a value in it." : "The file is empty.");
    return rows;
}

Result<std::optional<ImportRow>> ImportRows::next()
{
    const auto line = next_line();
    if (!line)
        return std::optional<ImportRow>{};
    if (++rows_ > most_rows)
        return Error{ErrorKind::TooMuch,
                     "The file has more than a million rows: line " + std::to_string(line_) +
                         " is the first too many. Import it in parts.",
                     {}, {}};
    ImportRow row;
    row.line = line_;
    if (json_) {
        std::vector<std::pair<std::string, ImportField>> found;
        row.problem = read_object(trimmed(*line), found);
        row.fields.resize(columns_.size());
        if (row.problem.empty())
            for (auto& [name, field] : found)
                row.fields[places_.find(name)->second] = std::move(field);
        return std::optional{std::move(row)};
    }
    if (line->size() > longest_line) {
        row.problem = "is longer than " + std::to_string(longest_line) + " bytes";
        return std::optional{std::move(row)};
    }
    const auto fields = csv_fields(*line);
    if (!valid_utf8(*line))
        row.problem = "the line is not well-formed UTF-8";
    else if (!fields)
        row.problem = "a quoted field is not closed";
    else if (fields->size() != columns_.size())
        row.problem =
            "has " + std::to_string(fields->size()) + " fields; the heading has " + std::to_string(columns_.size());
    else
        for (const auto& each : *fields)
            row.fields.push_back(written(each));
    return std::optional{std::move(row)};
}

} // namespace handrail::monitoring
