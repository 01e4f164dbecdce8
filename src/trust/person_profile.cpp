#include "trust/person_profile.h"

namespace handrail::trust {

Result<Fields> open_person_profile(Reading& reading, PersonId person, const rows::Blob& sealed_profile)
{
    const auto words = TRY(reading.open(person, {"person", "profile", person}, sealed_profile));
    return Fields::decoded(words.reveal());
}

Result<rows::Blob> seal_person_profile(Writing& writing, PersonId person, const Fields& profile)
{
    return writing.seal(person, {"person", "profile", person}, Confidential(profile.encoded()));
}

} // namespace handrail::trust
