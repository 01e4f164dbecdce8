#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "domain/urgency.h"
#include "monitoring/course.h"
#include "trust/record.h"

/// Answers and courses as rows.
namespace handrail::monitoring {

/// A check-in or a filled-in questionnaire as it is kept: immutable, sealed, under the version it was answered under.
struct KeptAnswer {
    AnswerId id;
    PersonId person;
    std::string kind;       ///< check_in, questionnaire, questionnaire_part
    std::string instrument; ///< form or instrument id
    std::string version;
    Instant at;
    Urgency urgency = Urgency::Usual;
    Fields body;
};

Result<void> insert_answer(trust::Writing& writing, const KeptAnswer& answer);
Result<std::optional<KeptAnswer>> read_answer(trust::Reading& reading, PersonId person, AnswerId id);
/// Newest first, of one kind or (empty) all.
Result<std::vector<KeptAnswer>> answers_of(trust::Reading& reading, PersonId person, const std::string& kind,
                                           std::optional<Instant> from, std::optional<Instant> before, int most);

/// An empty course when the person has none yet.
Result<Course> read_course(trust::Reading& reading, PersonId person);
Result<void> write_course(trust::Writing& writing, PersonId person, const Course& course);

/// The same client id of the same person is the same answer, however often it is sent.
AnswerId answer_id_for(PersonId person, const std::string& client_id);

} // namespace handrail::monitoring
