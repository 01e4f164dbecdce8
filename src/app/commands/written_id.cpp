#include "app/commands/written_id.h"

#include <boost/json.hpp>

namespace handrail::app {

namespace json = boost::json;

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
        if (name == "id")
            id = std::string(line.substr(value, at - value));
    }
}

} // namespace handrail::app
