#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content/instruments.h"
#include "domain/change_protocol.h"
#include "domain/progress_protocol.h"
#include "monitoring/change.h"
#include "monitoring/course.h"
#include "monitoring/expected_course.h"

/// Is this person better, and should the plan change: for the clinician's page. Shows, and judges nobody.
namespace handrail::monitoring {

/// One questionnaire in this episode. Only those whose figures somebody read are here.
struct OutcomeLine {
    std::string instrument;
    std::string title;
    double baseline = 0;
    double current = 0;
    Instant baseline_at;
    Instant current_at;
    bool treated = false;     ///< from the beginning of a recorded treatment; else from the first form of the episode
    Outcome outcome;
    std::optional<double> percent_fall;
    std::string words;        ///< the class alone, in words
    std::string text;         ///< in words, with the figures it rests on
    std::string source;       ///< of the reliable change, as the instrument's file gives it
    std::vector<CourseFlag> flags;
    std::optional<double> limit; ///< the total above which the course is behind what is expected, today's form
    ReliableChange reliable;     ///< as the instrument's file gives it
    std::optional<Caseness> caseness;
    /// Of somebody in a recorded treatment who was a case at its beginning; else there is no such expectation.
    struct Expected {
        std::chrono::sys_days began{};
        double judged_from = 0; ///< days of treatment
        double judged_to = 0;
        bool fitted = false;    ///< to data of people; else a line set by hand
        std::string source;
        std::vector<ExpectedTotal> totals;
    };
    std::optional<Expected> expected;
};

/// The last answer about death or self-harm on a questionnaire, when it was not the lowest: what a clinician may note as
/// known and planned.
struct CriticalLine {
    std::string instrument;
    std::string title;
    Instant at;
    int value = 0;
    std::string answer; ///< in the published words; empty where they are not ours to ship
};

struct Outcomes {
    std::vector<OutcomeLine> lines;
    std::string together;           ///< depression and anxiety read together; empty without both
    std::vector<CourseFlag> waiting; ///< of questionnaires without a change to tell yet: overdue, no baseline
    std::vector<std::string> steps; ///< what to go through; empty while everybody is on track
    std::string steps_source;
};

Outcomes outcomes(const Course& course, const content::Instruments& instruments, const ChangeProtocol& protocol,
                  const ProgressProtocol& names, Instant now);

std::vector<CriticalLine> critical_lines(const Course& course, const content::Instruments& instruments,
                                         const ProgressProtocol& names);

} // namespace handrail::monitoring
