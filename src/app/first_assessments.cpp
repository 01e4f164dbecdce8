#include "app/first_assessments.h"

#include "content/first_assessment.h"

namespace handrail::app {

FirstAssessments::FirstAssessments(House& house, FirstAssessment form)
    : form_(std::move(form)), desk_(*house.record, house.listening, house.alerts, house.service, house.consents, house.screener,
                                    form_, house.asking.instruments)
{
}

Result<std::unique_ptr<FirstAssessments>> FirstAssessments::open(House& house)
{
    auto form = TRY(content::load_first_assessment(house.config.content, house.asking.instruments));
    return std::unique_ptr<FirstAssessments>{new FirstAssessments(house, std::move(form))};
}

} // namespace handrail::app
