#pragma once

#include <optional>
#include <string>

#include "base/ids.h"
#include "base/result.h"
#include "trust/record.h"

/// Short codes by which somebody who is signed in on the page makes a WhatsApp number theirs, and how often they were tried,
/// in the table of jobs. Of a code only a keyed hash is kept: it is the row's id.
namespace handrail::errands {

inline constexpr std::chrono::minutes link_code_lasts{10};

/// Eight digits, so that guessing leads nowhere within the tries there are.
std::string fresh_link_code();

struct LinkCode {
    PersonId person;
    Instant ends_at;
    PersonId former;    ///< who had the number when the code was taken; empty: nobody
    std::string taken;  ///< the message that took it; empty: none did
};
/// Keeps a code; the person's earlier ones end. Conflict when somebody else's is the same.
Result<void> keep_link_code(trust::Writing& writing, const RawId& hash, PersonId person);
/// None when there is none or its time is over.
Result<std::optional<LinkCode>> link_code(trust::Reading& reading, const RawId& hash);
/// One message takes it, once: from here on it is nobody else's.
Result<void> take_link_code(trust::Writing& writing, const RawId& hash, const LinkCode& code);
Result<void> drop_link_code(trust::Writing& writing, const RawId& hash);
/// All that the person has.
Result<void> drop_link_codes_of(trust::Writing& writing, PersonId person);

/// Counts within an hour from the first, in a row of its own.
Result<std::int64_t> link_tries(trust::Reading& reading, const RawId& whose);
Result<void> add_link_try(trust::Writing& writing, const RawId& whose);

} // namespace handrail::errands
