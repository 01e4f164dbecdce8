#include "care/exercise_runs.h"

#include <algorithm>

#include "base/text.h"
#include "care/document_rows.h"
#include "care/documents.h"

namespace handrail::care {

namespace {

constexpr std::string_view kind_of_document = "exercise_runs";
constexpr std::size_t most_runs = 60;
constexpr std::size_t most_lines = 30;

std::vector<ExerciseRun> runs_in(const LatestDocument& document)
{
    std::vector<ExerciseRun> runs;
    for (const auto& each : document.body.inner("run")) {
        ExerciseRun run{each.text("id"), each.text("exercise"), each.text("title"), from_stored(each.number("at")), {}, each.text("rating"),
                        each.text("feeling"), each.text("strength"), each.text("part_of_day")};
        for (const auto& line : each.inner("line"))
            run.lines.push_back({line.text("asks"), line.text("text")});
        runs.push_back(std::move(run));
    }
    return runs;
}

Result<void> put_all(trust::Writing& writing, PersonId person, std::int64_t version, const std::vector<ExerciseRun>& runs)
{
    Fields body;
    for (const auto& run : runs) {
        Fields one{{"id", run.id}, {"exercise", run.exercise}, {"title", run.title}, {"rating", run.rating}};
        one.add("at", to_stored(run.at));
        for (const auto& [field, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
                 {"feeling", run.feeling}, {"strength", run.strength}, {"part_of_day", run.part_of_day}})
            if (!text.empty())
                one.add(field, text);
        for (const auto& line : run.lines)
            one.add("line", Fields{{"asks", line.asks}, {"text", line.text}});
        body.add("run", one);
    }
    TRY(put_only_document(writing, person, kind_of_document, version, body));
    writing.note({"write.exercise_runs", person, "document", {}, {}, {}});
    return {};
}

} // namespace

std::string run_id(std::string_view exercise, Instant began)
{
    return std::string(exercise) + "-" + std::to_string(to_stored(began));
}

Result<std::vector<ExerciseRun>> read_exercise_runs(trust::Reading& reading, PersonId person)
{
    return runs_in(TRY(latest_document(reading, person, kind_of_document)));
}

Result<void> keep_exercise_run(trust::Writing& writing, PersonId person, const ExerciseRun& part)
{
    const auto before = TRY(latest_document(writing, person, kind_of_document));
    auto runs = runs_in(before);
    auto run = std::find_if(runs.begin(), runs.end(), [&](const auto& each) { return each.id == part.id; });
    if (run == runs.end()) {
        run = runs.insert(runs.begin(), part);
    } else {
        for (const auto& line : part.lines)
            if (run->lines.size() < most_lines)
                run->lines.push_back(line);
        if (!part.rating.empty())
            run->rating = part.rating;
    }
    if (runs.size() > most_runs)
        runs.resize(most_runs);
    return put_all(writing, person, before.version + 1, runs);
}

Result<std::vector<ExerciseRun>> DocumentDesk::exercise_runs(const Actor& actor, PersonId person) const
{
    TRY(only_themselves(actor, person));
    std::vector<ExerciseRun> runs;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        runs = TRY(read_exercise_runs(reading, person));
        reading.note({"read.exercise_runs", person, "document", {}, {}, {}});
        return {};
    }));
    return runs;
}

Result<void> DocumentDesk::remove_exercise_run(const Actor& actor, PersonId person, const std::string& id) const
{
    TRY(only_themselves(actor, person));
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto before = TRY(latest_document(writing, person, kind_of_document));
        auto runs = runs_in(before);
        if (std::erase_if(runs, [&](const auto& each) { return each.id == id; }) == 0)
            return not_found("That is not in the plan.");
        return put_all(writing, person, before.version + 1, runs);
    });
}

} // namespace handrail::care
