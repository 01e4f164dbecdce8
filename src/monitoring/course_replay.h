#pragma once

#include <cstdint>

#include "monitoring/answer_desk.h"
#include "monitoring/design_desk.h"
#include "trust/record.h"

namespace handrail::monitoring {

/// Makes the course of a person again from every answer that is kept, scored by today's content: what the block must be that each
/// answer keeps up to date. Opens all a person ever answered; the night's pass does not.
class CourseReplay {
public:
    CourseReplay(const Asking& asking, trust::Reading& reading) : asking_(asking), reading_(reading), designs_(reading) {}

    struct Replayed {
        Course course;
        std::int64_t answers = 0;   ///< that were opened
        std::int64_t carried = 0; ///< totals of an instrument that is not here in that version any more: as the block has them
    };
    /// @param kept  the block as it is: for what no answer says
    Result<Replayed> of(PersonId person, const Course& kept);

private:
    Result<void> add_designed(Course& course, const KeptAnswer& answer);
    bool add_total(Course& course, const KeptAnswer& answer, const Course& kept) const;

    const Asking& asking_;
    trust::Reading& reading_;
    DesignsRead designs_;
};

} // namespace handrail::monitoring
