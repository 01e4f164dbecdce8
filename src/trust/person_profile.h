#pragma once

#include <string>

#include "base/fields.h"
#include "base/result.h"
#include "rows/value.h"
#include "trust/record.h"

namespace handrail::trust {

/// person.sealed_profile: what a person is called. Fields "display_name".
Result<Fields> open_person_profile(Reading& reading, PersonId person, const rows::Blob& sealed_profile);
Result<rows::Blob> seal_person_profile(Writing& writing, PersonId person, const Fields& profile);

} // namespace handrail::trust
