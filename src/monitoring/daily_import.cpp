#include "monitoring/daily_import.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "monitoring/csv.h"
#include "monitoring/import_rows.h"

namespace handrail::monitoring {

namespace {

constexpr std::size_t most_people = 20;

std::string two(long number) { return (number < 10 ? "0" : "") + std::to_string(number); }

/// The minute of the day of "23:40", "23:40:10" or of an instant, by the clock it is written with.
std::optional<double> minute_of(std::string_view written)
{
    if (const auto t = written.find_first_of("Tt "); t != std::string_view::npos) {
        if (!from_rfc3339(std::string(written)).ok())
            return std::nullopt;
        written.remove_prefix(t + 1);
    }
    if (written.size() < 5 || written[2] != ':' || (written.size() > 5 && std::string_view(":.Zz+-").find(written[5]) == std::string_view::npos))
        return std::nullopt;
    for (const std::size_t place : {0U, 1U, 3U, 4U})
        if (written[place] < '0' || written[place] > '9')
            return std::nullopt;
    const int hour = (written[0] - '0') * 10 + written[1] - '0';
    const int minute = (written[3] - '0') * 10 + written[4] - '0';
    return hour < 24 && minute < 60 ? std::optional<double>(hour * 60 + minute) : std::nullopt;
}

class Importing {
public:
    Importing(const std::vector<std::string>& heading, const DailyMapping& mapping, const WearableProtocol& protocol,
              const DailyQuestion& question)
        : mapping_(mapping), protocol_(protocol), question_(question)
    {
        for (std::size_t i = 0; i < heading.size(); ++i)
            places_.try_emplace(heading[i], i);
        auto& preview = out_.preview;
        preview.mapping = mapping.id;
        preview.title = mapping.title;
        preview.each = "days";
        for (const auto& name : heading)
            preview.columns.push_back({name, becomes(name)});
    }

    void take(const ImportRow& read)
    {
        ++out_.preview.rows;
        problem_ = read.problem;
        fields_ = &read.fields;
        if (problem_.empty() && is_of_another())
            return;
        ImportedDay row;
        row.line = read.line;
        if (problem_.empty())
            read_day(row);
        for (const auto& column : mapping_.columns)
            if (problem_.empty())
                read_value(column, row);
        if (!problem_.empty()) {
            out_.preview.problems.add(row.line, problem_);
            return;
        }
        if (row.values.empty()) {
            ++out_.preview.without_answers;
            return;
        }
        if (last_line_ != 0 && row.day < last_day_)
            out_.preview.remarks.add(row.line, "lies before line " + std::to_string(last_line_) +
                                                   "; it is taken in its place in time");
        last_line_ = row.line;
        last_day_ = row.day;
        out_.days.push_back(std::move(row));
    }

    Result<DailyImport> done()
    {
        if (people_.size() > 1 && question_.only.empty())
            return invalid("The file is of " + std::string(people_.size() > most_people ? "more than " : "") +
                           std::to_string(std::min(people_.size(), most_people)) + " people (column " +
                           mapping_.person_column + "). Say whose rows are meant: one person at a time is taken.");
        auto& preview = out_.preview;
        drop_doubled();
        if (others_ > 0)
            preview.notes.push_back(std::to_string(others_) + " rows are of other people and are left out.");
        preview.taken = out_.days.size();
        if (!out_.days.empty()) {
            preview.first_at = Instant{out_.days.front().day};
            preview.last_at = Instant{out_.days.back().day};
        }
        for (std::size_t i = 0; i < std::min(out_.days.size(), ImportPreview::most_first); ++i)
            show(out_.days[i]);
        preview.problems.put_in_order();
        preview.remarks.put_in_order();
        out_.people.assign(people_.begin(), people_.end());
        return std::move(out_);
    }

private:
    std::string becomes(const std::string& name) const
    {
        if (name == mapping_.day_column)
            return "day";
        if (name == mapping_.person_column)
            return "whose it is";
        std::string out;
        for (const auto& column : mapping_.columns)
            if (const auto* measure = protocol_.measure(column.measure); column.column == name && measure != nullptr)
                out += (out.empty() ? "" : "; ") + measure->name +
                       (measure->time_of_day ? " (time of day)" : " (" + measure->unit + ")") +
                       (column.times == 1 ? "" : ", times " + plain_number(column.times));
        return out;
    }

    const ImportField& field(const std::string& column) const
    {
        static const ImportField absent;
        const auto place = places_.find(column);
        return column.empty() || place == places_.end() ? absent : (*fields_)[place->second];
    }

    bool is_of_another()
    {
        if (mapping_.person_column.empty())
            return false;
        const auto& name = field(mapping_.person_column).text;
        if (people_.size() <= most_people)
            people_.insert(name);
        if (question_.only.empty() || name == question_.only)
            return false;
        ++others_;
        return true;
    }

    void read_day(ImportedDay& row)
    {
        const auto& written = field(mapping_.day_column).text;
        const auto at = from_rfc3339(written);
        if (!at) {
            problem_ = mapping_.day_column + ": " + at.error().told;
            return;
        }
        // The date as it is written: the day on which somebody wore it, wherever they were.
        row.day = std::chrono::floor<std::chrono::days>(*from_rfc3339(written.substr(0, 10)));
        if (row.day > std::chrono::floor<std::chrono::days>(question_.now) + std::chrono::days{1})
            problem_ = "lies in the future";
    }

    void read_value(const DailyColumn& column, ImportedDay& row)
    {
        const auto& given = field(column.column);
        const auto* measure = protocol_.measure(column.measure);
        if (given.kind == ImportField::Kind::Absent || measure == nullptr)
            return;
        std::optional<double> value;
        if (measure->time_of_day)
            value = minute_of(given.text);
        if (!value && given.kind == ImportField::Kind::Written)
            value = decimal_number(given.text);
        if (!value) {
            problem_ = column.column + (given.kind == ImportField::Kind::Text && !measure->time_of_day
                                            ? " is text where a number is needed"
                                        : measure->time_of_day ? " is not a time of day written like 23:40"
                                                               : " is not a number written like 3 or 2.5");
            return;
        }
        const double much = measure->time_of_day ? *value : *value * column.times;
        if (much < measure->lowest || much > measure->highest)
            problem_ = column.column + " lies outside " + plain_number(measure->lowest) + " to " +
                       plain_number(measure->highest) + (measure->time_of_day ? "" : " " + measure->unit);
        else
            row.values.insert_or_assign(column.measure, much);
    }

    void show(const ImportedDay& row)
    {
        ImportPreview::First first{row.line, Instant{row.day}, {}};
        for (const auto& [id, value] : row.values)
            if (const auto* measure = protocol_.measure(id))
                first.values.emplace_back(measure->name, daily_text(*measure, value));
        out_.preview.first.push_back(std::move(first));
    }

    void drop_doubled()
    {
        auto& days = out_.days;
        std::stable_sort(days.begin(), days.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
        auto kept = days.begin(); // behind the last one that stays
        for (auto& row : days) {
            if (kept != days.begin() && (kept - 1)->day == row.day)
                out_.preview.problems.add(row.line, "has the same day as line " + std::to_string((kept - 1)->line));
            else if (auto& place = *kept++; &place != &row)
                place = std::move(row);
        }
        days.erase(kept, days.end());
    }

    const DailyMapping& mapping_;
    const WearableProtocol& protocol_;
    const DailyQuestion& question_;
    std::map<std::string, std::size_t, std::less<>> places_;
    const std::vector<ImportField>* fields_ = nullptr; ///< of the row that is read
    std::string problem_;
    std::set<std::string> people_;
    std::size_t others_ = 0;
    std::size_t last_line_ = 0;
    std::chrono::sys_days last_day_{};
    DailyImport out_;
};

const DailyMapping* fitting(const std::vector<DailyMapping>& mappings, const std::vector<std::string>& heading)
{
    const auto has = [&](const std::string& name) { return std::find(heading.begin(), heading.end(), name) != heading.end(); };
    const DailyMapping* best = nullptr;
    for (const auto& mapping : mappings) {
        const auto& wanted = mapping.recognised_by;
        if (has(mapping.day_column) && std::all_of(wanted.begin(), wanted.end(), has) &&
            std::any_of(mapping.columns.begin(), mapping.columns.end(), [&](const auto& each) { return has(each.column); }) &&
            (best == nullptr || wanted.size() > best->recognised_by.size()))
            best = &mapping;
    }
    return best;
}

} // namespace

Result<DailyImport> read_daily_import(std::string_view text, const std::vector<DailyMapping>& mappings,
                                      const WearableProtocol& protocol, const DailyQuestion& question)
{
    auto rows = TRY(ImportRows::open(text));
    const auto* mapping = fitting(mappings, rows.columns());
    if (mapping == nullptr)
        return invalid("The columns of this file fit no known kind of daily summary.");
    Importing importing(rows.columns(), *mapping, protocol, question);
    while (const auto row = TRY(rows.next()))
        importing.take(*row);
    return importing.done();
}

std::string daily_text(const DailyMeasure& measure, double value)
{
    const long whole = std::lround(value);
    if (measure.time_of_day)
        return two(whole / 60) + ":" + two(whole % 60);
    if (measure.unit == "minutes")
        return std::to_string(whole / 60) + " h " + two(whole % 60) + " min";
    return std::to_string(whole) + " " + measure.unit;
}

std::string day_text(std::chrono::sys_days day) { return to_rfc3339(Instant{day}).substr(0, 10); }

} // namespace handrail::monitoring
