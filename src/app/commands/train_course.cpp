#include "app/commands/train_course.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <ostream>
#include <sstream>

#include "app/commands/unpacked_file.h"
#include "base/text.h"
#include "content/expected_courses.h"
#include "content/instruments.h"
#include "monitoring/csv.h"

namespace handrail::app {

namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 30;

std::string warning_line(const std::string& what, const monitoring::EarlyWarning& warning)
{
    return fmt::format("{:<26} {:>6} {:>10} {:>8} {:>16} {:>6.3f}  {:.3f} to {:.3f}\n", what, warning.people,
                       warning.not_better, warning.behind, warning.behind_not_better, warning.auc, warning.auc_low,
                       warning.auc_high);
}

Result<void> write(const std::filesystem::path& file, const std::string& text)
{
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << text;
    if (!out.flush())
        return unavailable("The file cannot be written: " + file.string(), {});
    return {};
}

} // namespace

CourseRows read_course_rows(std::istream& in, const std::string& column)
{
    CourseRows out;
    std::array<std::optional<std::size_t>, 3> places;
    const std::array<std::string, 3> names{"person", "day", column};
    std::string line;
    std::size_t number = 0;
    while (std::getline(in, line)) {
        ++number;
        if (trimmed(line).empty())
            continue;
        const auto fields = monitoring::csv_fields(line);
        const auto problem = [&](const std::string& told) {
            out.problems.push_back(fmt::format("line {}: {}", number, told));
        };
        if (!fields) {
            problem("a quoted field is not closed");
            continue;
        }
        if (!places[0]) {
            for (std::size_t i = 0; i < fields->size(); ++i)
                for (std::size_t which = 0; which < names.size(); ++which)
                    if (trimmed((*fields)[i]) == names[which])
                        places[which] = i;
            if (!places[0] || !places[1] || !places[2]) {
                problem(fmt::format("the heading needs the columns person, day and {}", column));
                return out;
            }
            continue;
        }
        const auto field = [&](std::size_t which) {
            return *places[which] < fields->size() ? std::string(trimmed((*fields)[*places[which]])) : std::string();
        };
        if (field(2).empty())
            continue;
        const auto day = monitoring::decimal_number(field(1));
        const auto total = monitoring::decimal_number(field(2));
        if (field(0).empty() || !day || !total || *day < 0)
            problem("expected a person, a day from 0 on and a total");
        else
            out.rows.push_back({field(0), *day, *total});
    }
    return out;
}

int train_course(const TrainCourseAsked& asked, const std::filesystem::path& content_folder, std::ostream& out,
                 std::ostream& err)
{
    const auto fail = [&](const std::string& told) {
        err << "handrail train: " << told << "\n";
        return 2;
    };
    const auto instruments = content::Instruments::load(content_folder);
    if (!instruments)
        return fail(instruments.error().told);
    monitoring::FitSettings settings;
    settings.measure = asked.measure;
    settings.instruments = asked.instruments;
    if (asked.scale.size() == 2)
        settings.scale = {asked.scale[0], asked.scale[1]};
    for (const auto& id : asked.instruments) {
        const auto* instrument = instruments->find(id);
        if (instrument == nullptr || instrument->main_score() == nullptr ||
            instrument->direction != ScoreDirection::HigherIsWorse)
            return fail("an expected course is for a questionnaire whose total is higher when things are worse: " + id);
        if (asked.scale.empty())
            settings.scale = monitoring::scale_of(*instrument->main_score());
    }
    if (settings.scale.highest <= settings.scale.lowest)
        return fail("say --scale LOWEST HIGHEST, or --instrument ID.");
    settings.least_intake = asked.least_intake > 0
                                ? asked.least_intake
                                : settings.scale.lowest + (settings.scale.highest - settings.scale.lowest) / 6;
    const auto text = read_file_unpacked(asked.from, most_bytes);
    if (!text)
        return fail(text.error().told);
    std::istringstream in(*text);
    const auto read = read_course_rows(in, asked.column);
    for (const auto& problem : read.problems)
        err << "handrail train: " << problem << "\n";
    const auto people = monitoring::people_to_fit(read.rows, settings);
    const auto course = monitoring::fit(people, settings);
    const auto held_out = monitoring::cross_validate(people, settings);
    if (!course || !held_out)
        return fail(fmt::format("{} people with a first total of {:g} or more and a later one are too few to fit.",
                                people.size(), settings.least_intake));

    out << fmt::format("{} people with a first total of {:g} or more on day 0 and a later one, from {} rows.\n\n",
                       people.size(), settings.least_intake, read.rows.size());
    out << "Calibration, five folds of people: each total judged by a fit that had not seen its person\n";
    out << "quantile  under it   95 %              totals\n";
    for (const auto& each : held_out->calibration)
        out << fmt::format("{:<8.2f}  {:<8.3f}   {:.3f} to {:.3f}   {}\n", each.quantile, each.observed, each.low,
                           each.high, each.totals);
    out << "\nBehind at the first total of days 21 to 50; not half better at the first total from day 120 on\n";
    out << fmt::format("{:<26} {:>6} {:>10} {:>8} {:>16} {:>6}  95 %\n", "", "people", "not better", "behind",
                       "of these not better", "AUC");
    const auto shipped = content::load_expected_courses(content_folder, *instruments);
    if (!shipped)
        return fail(shipped.error().told);
    for (const auto& each : *shipped)
        if (each.measure == asked.measure)
            out << warning_line(each.fitted ? "the installed file" : "the shipped line, by hand",
                                monitoring::warned_by(each, people, settings.scale));
    out << warning_line("this fit, five folds", held_out->warning);
    out.flush();
    if (!asked.out.empty()) {
        const auto file = asked.out / (asked.measure + ".json");
        const auto data = fmt::format("Fitted by handrail train --what course to {} people of {}, column {}.",
                                      people.size(), asked.from.filename().string(), asked.column);
        if (const auto done = write(file, monitoring::expected_course_json(*course, data)); !done)
            return fail(done.error().told);
        out << "\nWritten: " << file.string() << ". The terms of the data bind this file too.\n";
    }
    return read.problems.empty() ? 0 : 1;
}

} // namespace handrail::app
