#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content/instruments.h"
#include "domain/change_protocol.h"
#include "domain/progress_protocol.h"
#include "monitoring/change.h"
#include "monitoring/course.h"

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
    std::string text;         ///< in words, with the figures it rests on
    std::string source;       ///< of the reliable change, as the instrument's file gives it
    std::vector<CourseFlag> flags;
    std::optional<double> limit; ///< the total above which the course is behind what is expected, today's form
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

} // namespace handrail::monitoring
