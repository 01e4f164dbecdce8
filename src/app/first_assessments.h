#pragma once

#include <memory>

#include "app/house.h"
#include "monitoring/first_assessment_desk.h"

namespace handrail::app {

/// What is asked at the start, read from content once, and its desk over the house.
class FirstAssessments {
public:
    static Result<std::unique_ptr<FirstAssessments>> open(House& house);
    monitoring::FirstAssessmentDesk& desk() { return desk_; }

private:
    FirstAssessments(House& house, FirstAssessment form);

    FirstAssessment form_;
    monitoring::FirstAssessmentDesk desk_;
};

} // namespace handrail::app
