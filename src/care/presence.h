#pragma once

#include <chrono>
#include <vector>

#include "base/clock.h"
#include "trust/record.h"

/// Which of the staff have a page open now. A page that is open and in sight says so every half minute while its event
/// stream is connected; nothing is kept of who was there before. Rows of the store, so that every node tells the same and a
/// crash leaves nobody standing at an empty desk for longer than a minute and a quarter.
namespace handrail::care {

inline constexpr std::chrono::seconds here_for{75};

/// The member of staff who asks has a page open. Colleagues' queues are told of an arrival.
Result<void> mark_here(trust::Record& record, const Actor& staff);
/// Clinicians of a person's team. Ids only; nothing is opened.
Result<std::vector<AccountId>> clinicians_here(trust::Reading& reading, PersonId person);
/// Staff of the actor's teams, the actor among them.
Result<std::vector<AccountId>> colleagues_here(trust::Reading& reading);

} // namespace handrail::care
