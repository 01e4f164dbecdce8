#include "app/commands/trend.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <istream>
#include <map>
#include <ostream>
#include <tuple>
#include <utility>

#include "app/commands/json_lines.h"
#include "app/commands/json_text.h"
#include "base/text.h"
#include "monitoring/csv.h"
#include "monitoring/written_zone.h"

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
    bool says_worse = false;
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
    const auto zone = monitoring::written_zone(trimmed(at));
    out.row = {std::move(person), *instant, std::move(measure), value, direction != "down", zone};
    out.says_worse = !direction.empty();
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

/// Puts rows into their series, and says what is odd about them.
class Reading {
public:
    explicit Reading(const content::Instruments& instruments) : instruments_(instruments) {}

    void problem(std::size_t line, std::string told, bool taken = false)
    {
        out_.problems.push_back({line, std::move(told), taken});
    }

    void take(std::size_t line, ReadRow&& read)
    {
        if (!read.problem.empty())
            return problem(line, std::move(read.problem));
        auto& row = read.row;
        const auto [found, fresh] = known_.try_emplace({row.person, row.measure}, Known{});
        auto& known = found->second;
        if (fresh) {
            known.index = static_cast<std::uint32_t>(out_.series.size());
            known.newest = row.at;
            known.utc_offset = row.utc_offset;
            known.by_instrument = direction_of(row.measure);
            out_.series.push_back({row.person, row.measure, known.by_instrument.value_or(row.higher_is_worse)});
        }
        const bool worse = out_.series[known.index].higher_is_worse;
        if (known.by_instrument && read.says_worse && row.higher_is_worse != worse && !known.direction_told) {
            known.direction_told = true;
            problem(line, std::string("for ") + row.measure + (worse ? " higher" : " lower") +
                              " totals are worse, as its file says; worse was not used", true);
        }
        if (!known.by_instrument && row.higher_is_worse != worse)
            return problem(line, "worse differs from the rows before it of the same person and measure");
        if (row.at < known.newest)
            problem(line, "at goes back in time; the row was put in its place", true);
        if (std::chrono::abs(row.utc_offset - known.utc_offset) > monitoring::summer_time)
            problem(line, "at is written with " + monitoring::zone_text(row.utc_offset) + " after " + monitoring::zone_text(known.utc_offset) +
                              ": each row's day is taken by its own offset", true);
        known.newest = std::max(known.newest, row.at);
        known.utc_offset = row.utc_offset;
        out_.rows.push_back({row.at, row.value.value_or(0), known.index, static_cast<std::uint32_t>(line),
                             static_cast<std::int16_t>(row.utc_offset.count()), row.value.has_value()});
    }

    TrendRows in_time_order() &&
    {
        auto& rows = out_.rows;
        std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
            return std::tie(a.at, a.line) < std::tie(b.at, b.line);
        });
        std::vector<std::optional<Instant>> newest(out_.series.size());
        std::size_t kept = 0;
        for (const auto& row : rows) {
            auto& last = newest[row.series];
            if (last == row.at) {
                problem(row.line, "the same person, measure and instant stand in an earlier row");
                continue;
            }
            last = row.at;
            rows[kept++] = row;
        }
        rows.resize(kept);
        std::stable_sort(out_.problems.begin(), out_.problems.end(),
                         [](const auto& a, const auto& b) { return a.line < b.line; });
        return std::move(out_);
    }

private:
    struct Known {
        std::uint32_t index = 0;
        Instant newest;
        std::chrono::minutes utc_offset{0};
        std::optional<bool> by_instrument; ///< whether higher is worse
        bool direction_told = false;
    };

    std::optional<bool> direction_of(const std::string& measure) const
    {
        const auto* instrument = instruments_.find(measure);
        if (instrument == nullptr || instrument->direction == ScoreDirection::Neither)
            return std::nullopt;
        return instrument->direction == ScoreDirection::HigherIsWorse;
    }

    const content::Instruments& instruments_;
    TrendRows out_;
    std::map<std::pair<std::string, std::string>, Known> known_;
};

} // namespace

static_assert(sizeof(TrendRows::Row) <= 32, "a million rows of one person are to fit");

monitoring::TrendRow TrendRows::row(std::size_t index) const
{
    const auto& from = rows[index];
    const auto& of = series[from.series];
    return {of.person,
            from.at,
            of.measure,
            from.answered ? std::optional(from.value) : std::nullopt,
            of.higher_is_worse,
            std::chrono::minutes{from.utc_offset_minutes}};
}

TrendRows read_trend_rows(const content::Instruments& instruments, std::istream& in)
{
    Reading reading(instruments);
    std::optional<Columns> columns;
    bool first = true;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (number == 1)
            skip_byte_order_mark(line);
        if (trimmed(line).empty())
            continue;
        const bool heading_may_come = std::exchange(first, false);
        if (!valid_utf8(line)) {
            reading.problem(number, "the line is not well-formed UTF-8");
            continue;
        }
        if (heading_may_come) {
            columns = heading(line);
            if (columns)
                continue;
        }
        reading.take(number, trimmed(line).front() == '{' ? read_json_row(line)
                                                          : read_csv_row(line, columns.value_or(order_without_heading)));
    }
    return std::move(reading).in_time_order();
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
            instrument.reliable_change->beyond_chance && instrument.direction != ScoreDirection::Neither)
            out.emplace(id, *instrument.reliable_change);
    return out;
}

int run_trend(const TrendProtocol& protocol, const content::Instruments& instruments, std::istream& in,
              std::ostream& out, std::ostream& errors)
{
    const auto read = read_trend_rows(instruments, in);
    bool all_taken = true;
    for (const auto& problem : read.problems) {
        errors << json_error_line("null", problem.line, problem.told) << '\n';
        all_taken = all_taken && problem.taken;
    }
    const auto reliable = reliable_changes(instruments);
    monitoring::Trends trends(protocol, reliable);
    for (std::size_t i = 0; i < read.rows.size(); ++i)
        for (const auto& event : trends.take(read.row(i)))
            out << trend_json(event) << std::endl;
    return all_taken ? 0 : 1;
}

} // namespace handrail::app
