#include "monitoring/import_proposal.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "base/clock.h"
#include "base/text.h"
#include "monitoring/csv.h"
#include "monitoring/import_preview.h"
#include "monitoring/import_rows.h"

namespace handrail::monitoring {

namespace {

constexpr std::size_t looked_at = 500; ///< rows

/// What the first rows hold in one column.
struct Seen {
    std::string name; ///< as in the file
    std::string word; ///< of letters and digits, in lower case
    std::size_t values = 0;
    std::size_t instants = 0;
    std::size_t numbers = 0;
    double lowest = std::numeric_limits<double>::max();
    double highest = std::numeric_limits<double>::lowest();

    /// More than half: a wrong value is its line's fault, and is named there.
    bool instants_mostly() const { return instants * 2 > values; }
    bool numbers_mostly() const { return numbers * 2 > values; }
    bool has(std::initializer_list<std::string_view> any) const
    {
        return std::any_of(any.begin(), any.end(), [&](auto part) { return word.find(part) != std::string::npos; });
    }
    bool is(std::initializer_list<std::string_view> any) const
    {
        return std::find(any.begin(), any.end(), word) != any.end();
    }
};

std::string word_of(std::string_view name)
{
    std::string out;
    for (const char c : lower_ascii(name))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            out += c;
    return out;
}

Result<std::vector<Seen>> seen_in(std::string_view text)
{
    auto rows = TRY(ImportRows::open(text));
    std::vector<Seen> all;
    for (const auto& column : rows.columns())
        all.push_back({column, word_of(column)});
    for (std::size_t i = 0; i < looked_at; ++i) {
        const auto row = TRY(rows.next());
        if (!row)
            break;
        if (!row->problem.empty())
            continue;
        for (std::size_t place = 0; place < all.size(); ++place) {
            const auto& field = row->fields[place];
            if (field.kind == ImportField::Kind::Absent)
                continue;
            auto& seen = all[place];
            ++seen.values;
            if (from_rfc3339(field.text).ok())
                ++seen.instants;
            if (const auto number = decimal_number(field.text); number && field.kind == ImportField::Kind::Written) {
                ++seen.numbers;
                seen.lowest = std::min(seen.lowest, *number);
                seen.highest = std::max(seen.highest, *number);
            }
        }
    }
    return all;
}

const Seen* day_column(const std::vector<Seen>& all)
{
    const Seen* best = nullptr;
    for (const auto& each : all)
        if (each.instants_mostly() && !each.has({"sleep", "bed", "wake"}) &&
            (best == nullptr || (each.has({"date", "day", "time", "at"}) && !best->has({"date", "day", "time", "at"}))))
            best = &each;
    return best;
}

class Proposing {
public:
    Proposing(std::vector<Seen> all, const WearableProtocol& protocol) : all_(std::move(all)), protocol_(protocol) {}

    Result<ImportProposal> proposal()
    {
        day_ = day_column(all_);
        if (day_ == nullptr)
            return invalid("No column of this file looks like a day or an instant, written like 2026-03-02 or "
                           "2026-03-02T22:10:00Z. Rows without one cannot be taken.");
        for (const auto& each : all_)
            if (&each != day_)
                look_at(each);
        if (!check_in_.mood.empty() || (daily_.columns.empty() && !check_in_.note_column.empty()))
            return as_check_ins();
        if (daily_.columns.empty())
            return invalid("No column of this file looks like a mood, a note, or what a wearable counts.");
        daily_.id = "proposed";
        daily_.title = "Days of a wearable, as proposed";
        daily_.day_column = day_->name;
        daily_.recognised_by = {day_->name};
        for (const auto& column : daily_.columns)
            daily_.recognised_by.push_back(column.column);
        return ImportProposal{std::move(daily_), std::move(doubts_)};
    }

private:
    void doubt(const Seen& seen, std::string told) { doubts_.emplace_back(seen.name, std::move(told)); }

    void look_at(const Seen& seen)
    {
        if (seen.is({"person", "personid", "participant", "participantid", "user", "userid", "subject", "subjectid", "patient",
                     "patientid"}))
            daily_.person_column = seen.name;
        else if (seen.has({"sleep", "asleep", "bedtime", "waketime", "wakeup"}))
            look_at_sleep(seen);
        else if (seen.has({"step"}) && seen.numbers_mostly())
            add(seen, "steps", 1);
        else if ((seen.has({"restingh", "restinghr"}) || seen.is({"rhr", "restingpulse"})) && seen.numbers_mostly())
            add(seen, "resting_heart_rate", 1);
        else if (seen.has({"hrv", "rmssd", "heartratevariability"}) && seen.numbers_mostly())
            add(seen, "heart_rate_variability", 1);
        else if (seen.has({"mood", "feeling", "wellbeing", "valence"}) && seen.numbers_mostly())
            look_at_mood(seen);
        else if (seen.has({"note", "comment", "remark"}) && check_in_.note_column.empty())
            check_in_.note_column = seen.name;
    }

    void add(const Seen& seen, std::string measure, double times)
    {
        const bool there = std::any_of(daily_.columns.begin(), daily_.columns.end(),
                                       [&](const auto& each) { return each.measure == measure; });
        if (there) {
            doubt(seen, "Another column is taken for the same already. This one is left out.");
            return;
        }
        if (seen.numbers > 0 && seen.numbers < seen.values)
            doubt(seen, "Some of its values are no numbers: their lines are not taken.");
        if (const auto* known = protocol_.measure(measure);
            known != nullptr && !known->time_of_day &&
            (seen.lowest * times < known->lowest || seen.highest * times > known->highest))
            doubt(seen, "Some values lie outside what is taken for " + known->name + ".");
        daily_.columns.push_back({seen.name, std::move(measure), times});
    }

    void look_at_sleep(const Seen& seen)
    {
        if (seen.has({"start", "begin", "bed", "onset", "fell"}))
            return add(seen, "sleep_start", 1);
        if (seen.has({"end", "wake", "woke"}))
            return add(seen, "sleep_end", 1);
        if (!seen.numbers_mostly())
            return;
        // Nobody sleeps for a day: up to 24 it is hours, up to 1440 minutes, and seconds above.
        const double times = seen.highest <= 24 ? 60 : seen.highest <= 1440 ? 1 : 1.0 / 60;
        doubt(seen, std::string("Taken for ") + (times == 1 ? "minutes" : times == 60 ? "hours" : "seconds") +
                        " by the size of its numbers.");
        add(seen, "sleep_minutes", times);
        if (check_in_.sleep_hours_column.empty() && times == 60)
            check_in_.sleep_hours_column = seen.name;
    }

    void look_at_mood(const Seen& seen)
    {
        constexpr std::array<std::pair<double, double>, 5> scales{{{1, 5}, {1, 7}, {0, 10}, {1, 10}, {0, 100}}};
        for (const auto& [lowest, highest] : scales)
            if (seen.lowest >= lowest && seen.highest <= highest) {
                const bool up = !seen.has({"down", "low", "sad", "negative", "depress"});
                check_in_.mood.push_back({seen.name, lowest, highest, up});
                doubt(seen, "The scale is taken to run from " + plain_number(lowest) + " to " + plain_number(highest) + ", " +
                                (up ? "higher" : "lower") + " is better: the file does not say so.");
                return;
            }
        doubt(seen, "Its numbers fit no usual scale. It is left out.");
    }

    Result<ImportProposal> as_check_ins()
    {
        if (!daily_.columns.empty())
            doubts_.emplace_back("", "The file also holds what a wearable counts. Take it a second time as daily for that.");
        check_in_.id = "proposed";
        check_in_.title = "Check-ins, as proposed";
        check_in_.at_column = day_->name;
        check_in_.recognised_by = {day_->name};
        for (const auto& each : check_in_.mood)
            check_in_.recognised_by.push_back(each.column);
        return ImportProposal{std::move(check_in_), std::move(doubts_)};
    }

    std::vector<Seen> all_;
    const WearableProtocol& protocol_;
    const Seen* day_ = nullptr;
    CheckInMapping check_in_;
    DailyMapping daily_;
    std::vector<std::pair<std::string, std::string>> doubts_;
};

} // namespace

Result<ImportProposal> propose_mapping(std::string_view text, const WearableProtocol& protocol)
{
    return Proposing(TRY(seen_in(text)), protocol).proposal();
}

} // namespace handrail::monitoring
