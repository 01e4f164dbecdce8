#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "trust/record.h"

/// Where notifications reach the devices of somebody, as rows. A contact detail: sealed, and gone with the person.
namespace handrail::trust {

using PushDeviceId = Id<struct PushDeviceNoun>;

struct PushDevice {
    PushDeviceId id;
    std::string endpoint;     ///< at the browser maker's push service
    std::string p256dh, auth; ///< the keys that the browser gave, as bytes
    Instant made_at;
    std::string taken; ///< the ids of the last notices it took, 16 bytes each
};

/// Whose devices.
struct PushOwner {
    PersonId person; ///< empty: a member of staff
    AccountId account;
};
PushOwner push_owner(const Actor& actor);

/// How many devices somebody may have: one more puts away the oldest.
inline constexpr std::size_t most_push_devices = 5;

/// Whether notices reach a person, or a member of staff, at all.
Result<bool> has_push_device(Reading& reading, PersonId person);
Result<bool> has_push_device(Reading& reading, AccountId staff);
/// The oldest first.
Result<std::vector<PushDevice>> push_devices(Reading& reading, const PushOwner& owner);
/// @param address_hash  keyed: whoever had the same browser before has it no more
Result<void> insert_push_device(Writing& writing, const PushOwner& owner, const PushDevice& device,
                                const std::string& address_hash);
Result<void> remove_push_device(Writing& writing, const PushOwner& owner, PushDeviceId device);
/// Gives how many there were.
Result<std::int64_t> remove_push_address(Writing& writing, const PushOwner& owner, const std::string& address_hash);

bool took(const PushDevice& device, const RawId& notice);
/// Remembers the last 32: what goes out again because another device did not take it rings here once.
Result<void> remember_taken(Writing& writing, const PushOwner& owner, const PushDevice& device, const RawId& notice);

} // namespace handrail::trust
