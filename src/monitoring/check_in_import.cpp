#include "monitoring/check_in_import.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "monitoring/csv.h"
#include "monitoring/import_rows.h"
#include "monitoring/written_zone.h"

namespace handrail::monitoring {

namespace {

/// Day numbers beyond this are a mistake: about a hundred years.
constexpr double most_days = 36525;

std::string described(const MappedColumn& column)
{
    return plain_number(column.lowest) + " to " + plain_number(column.highest) + ", " +
           (column.higher_is_better ? "higher" : "lower") + " is better";
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
        describe(heading);
    }

    void take(const ImportRow& read)
    {
        ++out_.preview.rows;
        problem_ = read.problem;
        fields_ = &read.fields;
        ImportedCheckIn row;
        row.line = read.line;
        std::optional<double> day_minutes;
        if (problem_.empty())
            day_minutes = read_time(row);
        if (problem_.empty())
            read_answers(row);
        if (!problem_.empty()) {
            out_.preview.problems.add(row.line, problem_);
            return;
        }
        if (row.empty()) {
            ++out_.preview.without_answers;
            return;
        }
        if (!mapping_.day_column.empty())
            minutes_.push_back(day_minutes.value_or(0));
        else
            look_back(row);
        if (out_.preview.first.size() < ImportPreview::most_first)
            show(row);
        out_.check_ins.push_back(std::move(row));
    }

    CheckInImport done()
    {
        if (!mapping_.day_column.empty())
            place_days();
        drop_future_and_doubled();
        auto& preview = out_.preview;
        std::erase_if(preview.first, [&](const auto& row) {
            const auto& dropped = preview.problems.kept();
            return std::any_of(dropped.begin(), dropped.end(), [&](const auto& each) { return each.line == row.line; });
        });
        preview.taken = out_.check_ins.size();
        if (!out_.check_ins.empty()) {
            preview.first_at = out_.check_ins.front().at;
            preview.last_at = out_.check_ins.back().at;
        }
        preview.problems.put_in_order();
        preview.remarks.put_in_order();
        return std::move(out_);
    }

private:
    void describe(const std::vector<std::string>& heading)
    {
        out_.preview.mapping = mapping_.id;
        out_.preview.title = mapping_.title;
        out_.preview.each = "check-ins";
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

    const ImportField& field(const std::string& column) const
    {
        static const ImportField absent;
        const auto place = places_.find(column);
        return column.empty() || place == places_.end() ? absent : (*fields_)[place->second];
    }

    std::string text(const std::string& column)
    {
        const auto& given = field(column);
        if (given.kind == ImportField::Kind::Other)
            problem_ = column + " is not a text";
        return given.text;
    }

    std::optional<double> number(const std::string& column, double lowest, double highest)
    {
        const auto& given = field(column);
        if (given.kind == ImportField::Kind::Absent)
            return std::nullopt;
        const auto& written = given.text;
        if (given.kind != ImportField::Kind::Written) {
            problem_ = column + (given.kind == ImportField::Kind::Text ? " is text where a number is needed"
                                                                      : " is not a number");
            return std::nullopt;
        }
        const auto value = decimal_number(written);
        if (!value) {
            problem_ = column + " is not a number written like 3 or 2.5";
            return std::nullopt;
        }
        if (*value < lowest || *value > highest) {
            problem_ = column + " lies outside " + plain_number(lowest) + " to " + plain_number(highest);
            return std::nullopt;
        }
        return value;
    }

    /// @return Minutes since the start of day 1, for files without dates.
    std::optional<double> read_time(ImportedCheckIn& row)
    {
        if (!mapping_.at_column.empty()) {
            const auto written = text(mapping_.at_column);
            const auto at = from_rfc3339(written);
            if (at) {
                row.at = *at;
                zone_ = written_zone(written);
            } else if (problem_.empty())
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
            row.mood =
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
                row.sleep = choice.value;
    }

    void read_note(ImportedCheckIn& row)
    {
        const auto note = text(mapping_.note_column);
        const auto* group = form_.group("note");
        if (note.empty() || group == nullptr)
            return;
        if (code_points(note) > group->longest)
            problem_ = mapping_.note_column + " is longer than " + std::to_string(group->longest) + " characters";
        else
            row.note = Confidential(note);
    }

    /// Says of a row that lies before the one above it, and of one by another clock: each is taken as it is written.
    void look_back(const ImportedCheckIn& row)
    {
        if (last_line_ != 0 && row.at < last_at_)
            out_.preview.remarks.add(row.line, "lies before line " + std::to_string(last_line_) +
                                                   "; it is taken in its place in time");
        if (last_line_ != 0 && std::chrono::abs(zone_ - last_zone_) > summer_time)
            out_.preview.remarks.add(row.line, "is written with " + zone_text(zone_) + " after " + zone_text(last_zone_) +
                                                   "; each instant is taken as it is written");
        last_line_ = row.line;
        last_at_ = row.at;
        last_zone_ = zone_;
    }

    void show(const ImportedCheckIn& row)
    {
        ImportPreview::First first{row.line, row.at, {}};
        const auto choice = [&](const char* id, const std::optional<int>& value) {
            const auto* group = form_.group(id);
            if (value && group != nullptr && group->choice(*value) != nullptr)
                first.values.emplace_back(id, in_language(group->choice(*value)->text, "en"));
        };
        choice("mood", row.mood);
        choice("sleep", row.sleep);
        if (!row.note.empty())
            first.values.emplace_back("note", "of " + std::to_string(code_points(row.note.reveal())) + " characters");
        for (const auto& [measure, value] : row.series)
            first.values.emplace_back(measure, plain_number(value));
        out_.preview.first.push_back(std::move(first));
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
        for (std::size_t i = 0; i < out_.preview.first.size(); ++i)
            out_.preview.first[i].at = out_.check_ins[i].at;
        out_.preview.notes.push_back("The file has no calendar dates. Its last day, day " +
                                     std::to_string(last_day + 1) + ", is placed on " + date_of(Instant{day}) +
                                     "; day 1 is then " + date_of(Instant{day - std::chrono::days{last_day}}) + ".");
    }

    void drop_future_and_doubled()
    {
        auto& rows = out_.check_ins;
        std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        auto kept = rows.begin(); // behind the last one that stays
        for (auto& row : rows) {
            if (row.at > question_.now)
                out_.preview.problems.add(row.line, "lies in the future");
            else if (kept != rows.begin() && (kept - 1)->at == row.at)
                out_.preview.problems.add(row.line,
                                          "has the same instant as line " + std::to_string((kept - 1)->line));
            else if (auto& place = *kept++; &place != &row)
                place = std::move(row);
        }
        rows.erase(kept, rows.end());
    }

    const CheckInMapping& mapping_;
    const CheckInForm& form_;
    const ImportQuestion& question_;
    std::map<std::string, std::size_t, std::less<>> places_;
    const std::vector<ImportField>* fields_ = nullptr; ///< of the row that is read
    std::string problem_;
    std::chrono::minutes zone_{0}; ///< of the row that is read
    std::size_t last_line_ = 0;    ///< 0: none before
    Instant last_at_{};
    std::chrono::minutes last_zone_{0};
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

CheckInAnswers ImportedCheckIn::answers() const
{
    CheckInAnswers out;
    if (mood)
        out.one["mood"] = *mood;
    if (sleep)
        out.one["sleep"] = *sleep;
    if (!note.empty())
        out.text["note"] = note;
    return out;
}

Result<CheckInImport> read_check_in_import(std::string_view text, const std::vector<CheckInMapping>& mappings,
                                           const CheckInForm& form, const ImportQuestion& question)
{
    auto rows = TRY(ImportRows::open(text));
    const auto* mapping = fitting(mappings, rows.columns());
    if (mapping == nullptr) {
        std::string needed;
        for (const auto& each : mappings) {
            needed += "\n  " + each.title + ":";
            for (const auto& column : each.recognised_by)
                needed += " " + column;
        }
        return invalid("The columns of this file fit no known kind. A kind needs these columns:" + needed);
    }
    Importing importing(rows.columns(), *mapping, form, question);
    while (const auto row = TRY(rows.next()))
        importing.take(*row);
    return importing.done();
}

} // namespace handrail::monitoring
