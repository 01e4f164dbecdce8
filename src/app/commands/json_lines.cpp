#include "app/commands/json_lines.h"

#include <istream>
#include <ostream>

#include <boost/json.hpp>

#include "app/commands/json_text.h"
#include "base/text.h"

namespace handrail::app {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_text = 4U << 20U;

Result<json::object> read_object(const std::string& written)
{
    if (!valid_utf8(written))
        return invalid("the line is not valid UTF-8");
    json::error_code failed;
    auto value = json::parse(written, failed);
    if (failed)
        return invalid("the line is not valid JSON: " + failed.message());
    if (!value.is_object())
        return invalid("the line must be a JSON object");
    return std::move(value.as_object());
}

} // namespace

std::string written_id(std::string_view line)
{
    std::string id = "null";
    std::size_t at = line.find('{') + 1;
    const auto skip_spaces = [&] {
        while (at < line.size() && std::string_view(" \t\r\n,:").find(line[at]) != std::string_view::npos)
            ++at;
    };
    const auto skip_string = [&] {
        for (++at; at < line.size() && line[at] != '"'; ++at)
            if (line[at] == '\\')
                ++at;
        ++at;
    };
    const auto skip_value = [&] {
        if (line[at] == '"')
            return skip_string();
        if (line[at] != '{' && line[at] != '[') {
            while (at < line.size() && std::string_view(",}] \t\r\n").find(line[at]) == std::string_view::npos)
                ++at;
            return;
        }
        for (int depth = 0; at < line.size();) {
            if (line[at] == '"') {
                skip_string();
                continue;
            }
            depth += line[at] == '{' || line[at] == '[' ? 1 : line[at] == '}' || line[at] == ']' ? -1 : 0;
            ++at;
            if (depth == 0)
                return;
        }
    };
    while (true) {
        skip_spaces();
        if (at >= line.size() || line[at] == '}')
            return id;
        const auto key = at;
        skip_string();
        const auto name = json::parse(json::string_view(line.data() + key, at - key)).as_string();
        skip_spaces();
        const auto value = at;
        skip_value();
        if (name == "id") {
            id = std::string(line.substr(value, at - value));
            // A break can only stand between the parts of a list or an object: an answer has to stay one line.
            std::erase_if(id, [](char c) { return c == '\r' || c == '\n'; });
        }
    }
}

void skip_byte_order_mark(std::string& first_line)
{
    if (first_line.starts_with("\xEF\xBB\xBF"))
        first_line.erase(0, 3);
}

int answer_json_lines(std::istream& in, std::ostream& out,
                      const std::function<Result<std::string>(const json::object&)>& members)
{
    bool all_read = true;
    std::string written;
    for (std::size_t number = 1; std::getline(in, written); ++number) {
        if (number == 1)
            skip_byte_order_mark(written);
        if (trimmed(written).empty())
            continue;
        const auto object = read_object(written);
        const auto id = object ? written_id(written) : "null";
        const auto said = object ? members(*object) : Result<std::string>(object.error());
        if (said)
            out << "{\"id\":" << id << ',' << *said << "}\n" << std::flush;
        else
            out << json_error_line(id, number, said.error().told) << '\n' << std::flush;
        all_read = all_read && said.ok();
    }
    return all_read ? 0 : 1;
}

Result<std::string> text_member(const json::object& object)
{
    const auto* text = object.if_contains("text");
    if (text == nullptr)
        return invalid("\"text\" is missing");
    if (!text->is_string())
        return invalid("\"text\" must be a string");
    if (text->as_string().size() > longest_text)
        return invalid("\"text\" is longer than 4 MiB");
    return std::string(text->as_string());
}

} // namespace handrail::app
