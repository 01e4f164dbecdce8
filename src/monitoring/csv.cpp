#include "monitoring/csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/text.h"

namespace handrail::monitoring {

std::optional<std::vector<std::string>> csv_fields(std::string_view line)
{
    if (line.starts_with("\xEF\xBB\xBF"))
        line.remove_prefix(3);
    while (line.ends_with('\r') || line.ends_with('\n'))
        line.remove_suffix(1);
    std::vector<std::string> out;
    std::size_t at = 0;
    for (;;) {
        std::string field;
        if (at < line.size() && line[at] == '"') {
            ++at;
            for (;;) {
                if (at >= line.size())
                    return std::nullopt;
                if (line[at] == '"' && at + 1 < line.size() && line[at + 1] == '"') {
                    field += '"';
                    at += 2;
                } else if (line[at] == '"') {
                    ++at;
                    break;
                } else {
                    field += line[at++];
                }
            }
            if (at < line.size() && line[at] != ',')
                return std::nullopt;
        } else {
            const auto end = std::min(line.find(',', at), line.size());
            field = line.substr(at, end - at);
            at = end;
        }
        out.push_back(std::move(field));
        if (at >= line.size())
            return out;
        ++at; // the comma
    }
}

std::optional<double> decimal_number(std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || failed != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

} // namespace handrail::monitoring
