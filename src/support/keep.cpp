#include "support/keep.h"

namespace handrail::support {

namespace {

struct Keeper {
    trust::Writing& writing;
    PersonId person;

    Result<void> operator()(const care::ExerciseRun& run) const { return care::keep_exercise_run(writing, person, run); }
    Result<void> operator()(const PlanLine& line) const
    {
        return care::add_to_safety_plan(writing, person, line.part, line.line);
    }
    Result<void> operator()(const care::MemoryItem& item) const
    {
        TRY(care::keep_memory(writing, person, item));
        return {};
    }
    Result<void> operator()(const Forgotten& gone) const
    {
        return gone.id ? care::forget_memory(writing, person, *gone.id) : care::forget_all_memory(writing, person);
    }
};

} // namespace

Result<Own> own_of(trust::Reading& reading, PersonId person, bool memory)
{
    Own own;
    own.may_keep = memory;
    if (!memory)
        return own;
    own.remembered = TRY(care::read_memory(reading, person));
    own.plan = care::filled_parts(TRY(care::read_safety_plan(reading, person)));
    for (auto& run : TRY(care::read_exercise_runs(reading, person))) {
        own.helped[run.exercise] += run.rating == "better" ? 1 : run.rating == "not_better" ? -1 : 0;
        if (run.rating.empty())
            continue;
        run.lines.clear();
        own.runs.push_back(std::move(run));
    }
    return own;
}

Result<void> keep_all(trust::Writing& writing, PersonId person, const std::vector<Keep>& keeps)
{
    for (const auto& keep : keeps) {
        const auto kept = std::visit(Keeper{writing, person}, keep);
        if (!kept.ok() && kept.error().kind != ErrorKind::NotFound && kept.error().kind != ErrorKind::TooMuch)
            return kept;
    }
    return {};
}

} // namespace handrail::support
