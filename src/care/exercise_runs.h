#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "trust/record.h"

/// What the person wrote in an exercise, kept with the rest of their plan: sealed, theirs to delete.
namespace handrail::care {

struct ExerciseRun {
    struct Line {
        std::string asks; ///< what the step asked for, as the exercise names it
        std::string text; ///< the person's own words
    };
    std::string id;       ///< the exercise and the instant at which this run of it began
    std::string exercise;
    std::string title;
    Instant at{};
    std::vector<Line> lines;
    std::string rating;   ///< "better", "same", "not_better"; empty: not said
    // When it began; of a run kept before these were, empty.
    std::string feeling = {};     ///< as understanding.json names it; empty: none was heard
    std::string strength = {};    ///< "calm", "raised", "high"
    std::string part_of_day = {}; ///< "morning", "afternoon", "evening", "night"
};

/// One run of one exercise.
std::string run_id(std::string_view exercise, Instant began);

/// The newest first.
Result<std::vector<ExerciseRun>> read_exercise_runs(trust::Reading& reading, PersonId person);
/// Adds lines and rating of `part` to the run it belongs to, which begins with the first of them. The newest 60 runs are
/// kept.
Result<void> keep_exercise_run(trust::Writing& writing, PersonId person, const ExerciseRun& part);

} // namespace handrail::care
