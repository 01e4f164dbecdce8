#include "monitoring/check_in_import.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "monitoring/csv.h"

namespace handrail::monitoring {

namespace {

constexpr std::size_t most_rows = 1'000'000;
/// Day numbers beyond this are a mistake: about a hundred years.
constexpr double most_days = 36525;

std::string plain(double value)
{
    auto out = std::to_string(value);
    out.erase(out.find_last_not_of('0') + 1);
    if (out.ends_with('.'))
        out.pop_back();
    return out;
}

std::string described(const MappedColumn& column)
{
    return plain(column.lowest) + " to " + plain(column.highest) + ", " +
           (column.higher_is_better ? "higher" : "lower") + " is better";
}

bool is_control(char c)
{
    return (static_cast<unsigned char>(c) < 0x20U && c != '\r') || c == 0x7F;
}

std::string date_of(Instant at)
{
    return to_rfc3339(at).substr(0, 10);
}

class Importing {
public:
    Importing(const std::vector<std::string>& heading, const CheckInMapping& mapping, const CheckInForm& form,
              const ImportQuestion& question)
        : mapping_(mapping), form_(form), question_(question)
    {
        for (std::size_t i = 0; i < heading.size(); ++i)
            places_.try_emplace(heading[i], i);
        width_ = heading.size();
        describe(heading);
    }

    void take(std::size_t line, std::string_view text)
    {
        ++out_.preview.rows;
        fields_ = csv_fields(text);
        problem_.clear();
        if (!valid_utf8(text))
            problem_ = "the line is not well-formed UTF-8";
        else if (!fields_)
            problem_ = "a quoted field is not closed";
        else if (fields_->size() != width_)
            problem_ = "has " + std::to_string(fields_->size()) + " fields; the heading has " + std::to_string(width_);
        ImportedCheckIn row;
        row.line = line;
        std::optional<double> day_minutes;
        if (problem_.empty())
            day_minutes = read_time(row);
        if (problem_.empty())
            read_answers(row);
        if (!problem_.empty()) {
            out_.preview.problems.push_back({line, problem_});
            return;
        }
        if (row.answers.empty() && row.series.empty()) {
            ++out_.preview.without_answers;
            return;
        }
        minutes_.push_back(day_minutes.value_or(0));
        out_.check_ins.push_back(std::move(row));
    }

    CheckInImport done()
    {
        if (!mapping_.day_column.empty())
            place_days();
        drop_future_and_doubled();
        auto& preview = out_.preview;
        preview.taken = out_.check_ins.size();
        if (!out_.check_ins.empty()) {
            preview.first_at = out_.check_ins.front().at;
            preview.last_at = out_.check_ins.back().at;
        }
        std::stable_sort(preview.problems.begin(), preview.problems.end(),
                         [](const auto& a, const auto& b) { return a.line < b.line; });
        return std::move(out_);
    }

private:
    void describe(const std::vector<std::string>& heading)
    {
        out_.preview.mapping = mapping_.id;
        out_.preview.title = mapping_.title;
        for (const auto& column : heading) {
            std::string becomes;
            const auto add = [&](const std::string& text) { becomes += (becomes.empty() ? "" : "; ") + text; };
            if (column == mapping_.at_column)
                add("when");
            if (column == mapping_.day_column)
                add("day");
            if (column == mapping_.minute_column)
                add("minutes after midnight");
            for (const auto& each : mapping_.mood)
                if (each.column == column)
                    add("mood (" + described(each) + ")");
            if (column == mapping_.sleep_hours_column)
                add("hours of sleep");
            if (column == mapping_.note_column)
                add("note");
            for (const auto& each : mapping_.series)
                if (each.from.column == column)
                    add("series " + each.measure + " (" + described(each.from) + ")");
            out_.preview.columns.push_back({column, becomes});
        }
        if (mapping_.mood.size() > 1)
            out_.preview.notes.push_back("Mood is the mean of " + std::to_string(mapping_.mood.size()) +
                                         " columns, brought to the form's five words; at least " +
                                         std::to_string(mapping_.mood_needs) + " must be answered.");
    }

    std::string field(const std::string& column) const
    {
        const auto place = places_.find(column);
        if (column.empty() || place == places_.end())
            return {};
        return std::string(trimmed((*fields_)[place->second]));
    }

    std::optional<double> number(const std::string& column, double lowest, double highest)
    {
        const auto written = field(column);
        if (written.empty())
            return std::nullopt;
        const auto value = decimal_number(written);
        if (!value) {
            problem_ = column + " is not a number written like 3 or 2.5";
            return std::nullopt;
        }
        if (*value < lowest || *value > highest) {
            problem_ = column + " lies outside " + plain(lowest) + " to " + plain(highest);
            return std::nullopt;
        }
        return value;
    }

    /// @return Minutes since the start of day 1, for files without dates.
    std::optional<double> read_time(ImportedCheckIn& row)
    {
        if (!mapping_.at_column.empty()) {
            const auto at = from_rfc3339(field(mapping_.at_column));
            if (at)
                row.at = *at;
            else
                problem_ = mapping_.at_column + ": " + at.error().told;
            return std::nullopt;
        }
        const auto day = number(mapping_.day_column, 1, most_days);
        const auto minute = number(mapping_.minute_column, 0, 1440);
        if (problem_.empty() && (!day || !minute))
            problem_ = mapping_.day_column + " and " + mapping_.minute_column + " are needed";
        if (!day || !minute)
            return std::nullopt;
        return std::floor(*day - 1) * 1440 + *minute;
    }

    void read_answers(ImportedCheckIn& row)
    {
        double share = 0;
        std::size_t answered = 0;
        for (const auto& column : mapping_.mood)
            if (const auto value = number(column.column, column.lowest, column.highest)) {
                const double from_lowest = (*value - column.lowest) / (column.highest - column.lowest);
                share += column.higher_is_better ? from_lowest : 1 - from_lowest;
                ++answered;
            }
        const auto* mood = form_.group("mood");
        if (mood != nullptr && answered >= mapping_.mood_needs) {
            const auto& choices = mood->choices;
            const double lowest = choices.front().value;
            const double highest = choices.back().value;
            row.answers.one["mood"] =
                static_cast<int>(std::lround(lowest + share / static_cast<double>(answered) * (highest - lowest)));
        }
        read_sleep(row);
        read_note(row);
        for (const auto& each : mapping_.series)
            if (const auto value = number(each.from.column, each.from.lowest, each.from.highest))
                row.series[each.measure] = *value;
    }

    void read_sleep(ImportedCheckIn& row)
    {
        const auto hours = number(mapping_.sleep_hours_column, 0, 24);
        const auto* sleep = form_.group("sleep");
        if (!hours || sleep == nullptr)
            return;
        for (const auto& choice : sleep->choices)
            if (choice.hours_from && choice.hours_below && *hours >= *choice.hours_from &&
                (*hours < *choice.hours_below || *hours == 24))
                row.answers.one["sleep"] = choice.value;
    }

    void read_note(ImportedCheckIn& row)
    {
        const auto note = field(mapping_.note_column);
        const auto* group = form_.group("note");
        if (note.empty() || group == nullptr)
            return;
        if (code_points(note) > group->longest)
            problem_ = mapping_.note_column + " is longer than " + std::to_string(group->longest) + " characters";
        else
            row.answers.text.emplace("note", Confidential(note));
    }

    /// The last day is the day of the import, or the day before when its last entry would lie ahead.
    void place_days()
    {
        if (minutes_.empty())
            return;
        const double newest = *std::max_element(minutes_.begin(), minutes_.end());
        const auto last_day = static_cast<int>(std::floor(newest / 1440));
        const auto local_now = question_.now + question_.utc_offset;
        auto day = std::chrono::floor<std::chrono::days>(local_now);
        const auto at_of = [&](double minutes, std::chrono::sys_days last) {
            return Instant{last} - std::chrono::days{last_day} +
                   std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::ratio<60>>(minutes)) -
                   question_.utc_offset;
        };
        if (at_of(newest, day) > question_.now)
            day -= std::chrono::days{1};
        for (std::size_t i = 0; i < minutes_.size(); ++i)
            out_.check_ins[i].at = at_of(minutes_[i], day);
        out_.preview.notes.push_back("The file has no calendar dates. Its last day, day " +
                                     std::to_string(last_day + 1) + ", is placed on " + date_of(Instant{day}) +
                                     "; day 1 is then " + date_of(Instant{day - std::chrono::days{last_day}}) + ".");
    }

    void drop_future_and_doubled()
    {
        auto& rows = out_.check_ins;
        std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        std::vector<ImportedCheckIn> kept;
        for (auto& row : rows) {
            if (row.at > question_.now)
                out_.preview.problems.push_back({row.line, "lies in the future"});
            else if (!kept.empty() && kept.back().at == row.at)
                out_.preview.problems.push_back(
                    {row.line, "has the same instant as line " + std::to_string(kept.back().line)});
            else
                kept.push_back(std::move(row));
        }
        rows = std::move(kept);
    }

    const CheckInMapping& mapping_;
    const CheckInForm& form_;
    const ImportQuestion& question_;
    std::map<std::string, std::size_t, std::less<>> places_;
    std::size_t width_ = 0;
    std::optional<std::vector<std::string>> fields_;
    std::string problem_;
    std::vector<double> minutes_; ///< beside check_ins, until days are placed
    CheckInImport out_;
};

const CheckInMapping* fitting(const std::vector<CheckInMapping>& mappings, const std::vector<std::string>& heading)
{
    const CheckInMapping* best = nullptr;
    for (const auto& mapping : mappings) {
        const bool all = std::all_of(mapping.recognised_by.begin(), mapping.recognised_by.end(), [&](const auto& each) {
            return std::find(heading.begin(), heading.end(), each) != heading.end();
        });
        if (all && (best == nullptr || mapping.recognised_by.size() > best->recognised_by.size()))
            best = &mapping;
    }
    return best;
}

} // namespace

Result<CheckInImport> read_check_in_import(std::string_view text, const std::vector<CheckInMapping>& mappings,
                                           const CheckInForm& form, const ImportQuestion& question)
{
    std::optional<Importing> importing;
    std::size_t line = 0;
    std::size_t rows = 0;
    while (!text.empty()) {
        ++line;
        const auto end = std::min(text.find('\n'), text.size());
        const auto current = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (trimmed(current).empty())
            continue;
        if (importing) {
            if (++rows > most_rows)
                return Error{ErrorKind::TooMuch, "The file has more than a million rows. Import it in parts.", {}, {}};
            importing->take(line, current);
            continue;
        }
        // The names of columns are shown on a terminal, and nothing in a file may write to it as it likes.
        if (!valid_utf8(current) || std::any_of(current.begin(), current.end(), is_control))
            return invalid("Line " + std::to_string(line) +
                           ": the heading is not well-formed UTF-8, or holds a control character.");
        auto heading = csv_fields(current);
        if (!heading)
            return invalid("Line " + std::to_string(line) + ": the heading has a quoted field that is not closed.");
        for (auto& column : *heading)
            column = std::string(trimmed(column));
        const auto* mapping = fitting(mappings, *heading);
        if (mapping == nullptr) {
            std::string needed;
            for (const auto& each : mappings) {
                needed += "\n  " + each.title + ":";
                for (const auto& column : each.recognised_by)
                    needed += " " + column;
            }
            return invalid("The columns of this file fit no known kind. A kind needs these columns:" + needed);
        }
        importing.emplace(*heading, *mapping, form, question);
    }
    if (!importing)
        return invalid("The file is empty.");
    return importing->done();
}

std::string preview_text(const ImportPreview& preview)
{
    std::string out = preview.title + "\n";
    std::string left_out;
    for (const auto& column : preview.columns) {
        if (column.becomes.empty())
            left_out += (left_out.empty() ? "" : ", ") + column.name;
        else
            out += "  " + column.name + " → " + column.becomes + "\n";
    }
    if (!left_out.empty())
        out += "  left out: " + left_out + "\n";
    for (const auto& note : preview.notes)
        out += note + "\n";
    out += std::to_string(preview.rows) + " rows: " + std::to_string(preview.taken) + " check-ins, " +
           std::to_string(preview.without_answers) + " without an answer, " + std::to_string(preview.problems.size()) +
           " not taken.\n";
    if (preview.first_at && preview.last_at)
        out += "From " + date_of(*preview.first_at) + " to " + date_of(*preview.last_at) + ".\n";
    for (const auto& problem : preview.problems)
        out += "Line " + std::to_string(problem.line) + ": " + problem.told + ".\n";
    return out;
}

} // namespace handrail::monitoring
