#include "app/commands/trend.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <istream>
#include <map>
#include <ostream>
#include <tuple>

#include "app/commands/json_text.h"
#include "base/text.h"
#include "monitoring/csv.h"

namespace handrail::app {

namespace {

namespace json = boost::json;
using monitoring::TrendRow;

/// Where each field stands in a CSV line; -1 when the file does not have it.
using Columns = std::array<int, 5>;
constexpr std::array<const char*, 5> field_names{"person", "at", "measure", "value", "worse"};
constexpr Columns order_without_heading{0, 1, 2, 3, 4};
constexpr double largest_value = 1e12;

/// Why a row could not be read, or the row.
struct ReadRow {
    TrendRow row;
    std::string problem;
};

ReadRow checked(std::string person, const std::string& at, std::string measure, std::optional<double> value,
                std::string_view worse)
{
    ReadRow out;
    if (person.empty())
        out.problem = "person is empty";
    else if (measure.empty())
        out.problem = "measure is empty";
    const auto instant = from_rfc3339(at);
    if (out.problem.empty() && !instant)
        out.problem = "at: " + instant.error().told;
    if (out.problem.empty() && value && std::abs(*value) > largest_value)
        out.problem = "value is out of range";
    const auto direction = lower_ascii(trimmed(worse));
    if (out.problem.empty() && !direction.empty() && direction != "up" && direction != "down")
        out.problem = "worse must be up or down";
    if (!out.problem.empty())
        return out;
    out.row = {std::move(person), *instant, std::move(measure), value, direction != "down"};
    return out;
}

ReadRow read_csv_row(std::string_view line, const Columns& columns)
{
    const auto fields = monitoring::csv_fields(line);
    if (!fields)
        return {{}, "a quoted field is not closed"};
    const auto field = [&](std::size_t which) -> std::string {
        const int place = columns[which];
        if (place < 0 || static_cast<std::size_t>(place) >= fields->size())
            return {};
        return std::string(trimmed((*fields)[static_cast<std::size_t>(place)]));
    };
    if (fields->size() < 3)
        return {{}, "expected person,at,measure,value and, if needed, worse"};
    std::optional<double> value;
    if (const auto written = field(3); !written.empty()) {
        value = monitoring::decimal_number(written);
        if (!value)
            return {{}, "value is not a number written like 3 or 2.5"};
    }
    return checked(field(0), field(1), field(2), value, field(4));
}

ReadRow read_json_row(std::string_view line)
{
    json::error_code error;
    const auto parsed = json::parse({line.data(), line.size()}, error);
    if (error)
        return {{}, "not JSON: " + error.message()};
    const auto* object = parsed.if_object();
    if (object == nullptr)
        return {{}, "expected an object with person, at, measure and value"};
    const auto text = [&](const char* key) -> std::optional<std::string> {
        const auto* found = object->if_contains(key);
        if (found == nullptr || found->is_null())
            return std::string();
        if (found->is_string())
            return std::string(found->get_string());
        if (found->is_int64())
            return std::to_string(found->get_int64());
        return std::nullopt;
    };
    const auto person = text("person");
    const auto at = text("at");
    const auto measure = text("measure");
    const auto worse = text("worse");
    if (!person || !at || !measure || !worse)
        return {{}, "person, at, measure and worse must be text"};
    std::optional<double> value;
    if (const auto* found = object->if_contains("value"); found != nullptr && !found->is_null()) {
        if (!found->is_number())
            return {{}, "value must be a number"};
        value = found->to_number<double>();
    }
    return checked(*person, *at, *measure, value, *worse);
}

/// The columns of a heading; nothing when the line is no heading.
std::optional<Columns> heading(std::string_view line)
{
    const auto fields = monitoring::csv_fields(line);
    if (!fields)
        return std::nullopt;
    Columns columns{-1, -1, -1, -1, -1};
    for (std::size_t i = 0; i < fields->size(); ++i)
        for (std::size_t which = 0; which < field_names.size(); ++which)
            if (lower_ascii(trimmed((*fields)[i])) == field_names[which])
                columns[which] = static_cast<int>(i);
    const bool named = columns[0] >= 0 && columns[1] >= 0 && columns[2] >= 0 && columns[3] >= 0;
    return named ? std::optional(columns) : std::nullopt;
}

} // namespace

TrendRows read_trend_rows(std::istream& in)
{
    TrendRows out;
    std::vector<std::pair<std::size_t, TrendRow>> rows;
    std::map<std::pair<std::string, std::string>, std::pair<bool, Instant>> series; // direction, newest so far
    std::optional<Columns> columns;
    bool first = true;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (trimmed(line).empty())
            continue;
        if (!valid_utf8(line)) {
            out.problems.push_back({number, "the line is not well-formed UTF-8"});
            first = false;
            continue;
        }
        if (first) {
            first = false;
            columns = heading(line);
            if (columns)
                continue;
        }
        auto read = trimmed(line).front() == '{' ? read_json_row(line)
                                                 : read_csv_row(line, columns.value_or(order_without_heading));
        if (!read.problem.empty()) {
            out.problems.push_back({number, read.problem});
            continue;
        }
        const auto [known, fresh] =
            series.try_emplace({read.row.person, read.row.measure}, read.row.higher_is_worse, read.row.at);
        if (!fresh && known->second.first != read.row.higher_is_worse) {
            out.problems.push_back({number, "worse differs from the rows before it of the same person and measure"});
            continue;
        }
        if (!fresh && read.row.at < known->second.second)
            out.problems.push_back({number, "at goes back in time; the row was put in its place", true});
        known->second.second = std::max(known->second.second, read.row.at);
        rows.emplace_back(number, std::move(read.row));
    }

    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.second.at < b.second.at; });
    std::map<std::pair<std::string, std::string>, Instant> newest;
    for (auto& [number, row] : rows) {
        const auto [last, fresh] = newest.try_emplace({row.person, row.measure}, row.at);
        if (!fresh && last->second == row.at) {
            out.problems.push_back({number, "the same person, measure and instant stand in an earlier row"});
            continue;
        }
        last->second = row.at;
        out.rows.push_back(std::move(row));
    }
    std::stable_sort(out.problems.begin(), out.problems.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return out;
}

std::string trend_json(const monitoring::TrendEvent& event)
{
    std::string numbers;
    for (const auto& [key, value] : event.numbers) {
        const double rounded = std::round(value * 10000) / 10000;
        numbers += (numbers.empty() ? "" : ",") + json_quoted(key) + ":" +
                   json_number(rounded == 0 ? 0 : rounded, rounded == std::floor(rounded));
    }
    return "{\"person\":" + json_quoted(event.person) + ",\"at\":" + json_quoted(to_rfc3339(event.at)) +
           ",\"measure\":" + json_quoted(event.measure) + ",\"kind\":" + json_quoted(event.kind) +
           ",\"urgency\":" + json_quoted(name(event.urgency)) + ",\"why\":" + json_quoted(event.why) +
           ",\"numbers\":{" + numbers + "}}";
}

monitoring::ReliableChanges reliable_changes(const content::Instruments& instruments)
{
    monitoring::ReliableChanges out;
    for (const auto& [id, instrument] : instruments.all())
        if (instrument.reliable_change && instrument.reliable_change->judges() &&
            instrument.direction != ScoreDirection::Neither)
            out.emplace(id, *instrument.reliable_change);
    return out;
}

int run_trend(const TrendProtocol& protocol, const content::Instruments& instruments, std::istream& in,
              std::ostream& out, std::ostream& errors)
{
    const auto read = read_trend_rows(in);
    bool all_taken = true;
    for (const auto& problem : read.problems) {
        errors << json_error_line("null", problem.line, problem.told) << '\n';
        all_taken = all_taken && problem.taken;
    }
    const auto reliable = reliable_changes(instruments);
    monitoring::Trends trends(protocol, reliable);
    for (const auto& row : read.rows)
        for (const auto& event : trends.take(row))
            out << trend_json(event) << std::endl;
    return all_taken ? 0 : 1;
}

} // namespace handrail::app
