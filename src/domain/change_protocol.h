#pragma once

#include <string>
#include <vector>

#include "domain/expected_course.h"
#include "domain/figure.h"
#include "domain/urgency.h"

namespace handrail {

/// A point of treatment at which a total this high meant that most people did not respond.
struct OnTrackPoint {
    int week = 0;
    double at_least = 0;
};

/// What a course of totals can show, and what it calls for. None calls for more than soon: a total alone never does.
struct CourseFlag {
    std::string flag; ///< not_on_track, relapse_signal …
    Urgency urgency = Urgency::Usual;
    std::string told; ///< to clinicians, in a sentence
    std::string source;
};

/// content/protocols/change.json: when a change of a total counts, and when a course of treatment is not on track.
/// Figures of one questionnaire stand in its own file; here are the rules that several share.
struct ChangeProtocol {
    std::string version;
    double certainty = 0;            ///< standard errors of the difference beyond which a change is unlikely to be chance
    int baseline_days_before = 0;    ///< the baseline is at most this long before treatment began,
    int baseline_days_after = 0;     ///< or else in the first days of it
    int new_episode_days = 0;        ///< without a recorded treatment: after so long without a form a new episode begins
    int overdue_days = 0;            ///< without a form for longer is told
    double response_percent = 0;     ///< a fall of this share of the baseline or more
    double partial_percent = 0;
    std::vector<std::string> staged; ///< instruments whose response and remission are told, and points stated
    std::vector<OnTrackPoint> on_track; ///< of psychological treatment
    int on_track_weeks_around = 0;
    int medication_weeks = 0;        ///< from here a fall under partial_percent is not enough, with a medicine
    int decision_weeks = 0;          ///< from here, with any treatment
    std::string depression;          ///< the two measures that are read together
    std::string anxiety;
    std::vector<ExpectedCourse> courses; ///< content/courses/*.json: one a measure
    std::vector<CourseFlag> flags;
    std::vector<std::string> steps;  ///< what to go through when a course is not on track
    std::string steps_source;

    /// Null when nothing says how a course of this questionnaire is expected to go.
    const ExpectedCourse* course_of(const std::string& instrument) const
    {
        for (const auto& each : courses)
            for (const auto& id : each.instruments)
                if (id == instrument)
                    return &each;
        return nullptr;
    }

    /// Null for a flag that the protocol does not name.
    const CourseFlag* flag(const std::string& name) const
    {
        for (const auto& each : flags)
            if (each.flag == name)
                return &each;
        return nullptr;
    }
};

} // namespace handrail
