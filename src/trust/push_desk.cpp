#include "trust/push_desk.h"

namespace handrail::trust {

namespace {

/// The person's own audit entries; of staff, their account's.
std::optional<PersonId> about(const PushOwner& owner)
{
    return owner.person.empty() ? std::nullopt : std::optional{owner.person};
}

} // namespace

Result<void> PushDesk::switch_on(const Actor& actor, const Given& given) const
{
    const auto hash = TRY(keyring_.look_up_hash(actor.organisation(), "push", given.endpoint));
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        const auto owner = push_owner(actor);
        PushDevice device;
        device.id = PushDeviceId::random();
        device.endpoint = given.endpoint;
        device.p256dh = given.p256dh;
        device.auth = given.auth;
        device.made_at = writing.now();
        TRY(insert_push_device(writing, owner, device, hash));
        writing.note({"add.push_device", about(owner), "push_device", device.id, {}, {}});
        return {};
    });
}

Result<void> PushDesk::switch_off(const Actor& actor, const std::string& endpoint) const
{
    const auto hash = TRY(keyring_.look_up_hash(actor.organisation(), "push", endpoint));
    return record_.write(actor, [&](Writing& writing) -> Result<void> {
        const auto owner = push_owner(actor);
        if (TRY(remove_push_address(writing, owner, hash)) > 0)
            writing.note({"remove.push_device", about(owner), "push_device", {}, {}, {}});
        return {};
    });
}

Result<std::vector<PushDevice>> PushDesk::own(const Actor& actor) const
{
    std::vector<PushDevice> all;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        const auto owner = push_owner(actor);
        all = TRY(push_devices(reading, owner));
        reading.note({"read.push_devices", about(owner), "push_device", {}, {}, {}});
        return {};
    }));
    return all;
}

} // namespace handrail::trust
