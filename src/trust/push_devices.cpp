#include "trust/push_devices.h"

#include "base/fields.h"

namespace handrail::trust {

namespace {

constexpr std::size_t id_size = 16;
constexpr std::size_t remembered = 32;

constexpr rows::Statement any_of_person{
    "push_device.any", "SELECT device FROM push_device WHERE organisation = $1 AND person = $2 LIMIT 1"};
constexpr rows::Statement any_of_staff{"push_device.any_of_staff", "SELECT device FROM push_device WHERE organisation = $1 "
                                                                   "AND person = $2 AND account = $3 LIMIT 1"};
constexpr rows::Statement of_owner{
    "push_device.of", "SELECT device, made_at, taken, sealed_body FROM push_device WHERE organisation = $1 AND person = $2 "
                      "AND account = $3 ORDER BY made_at, device"};
constexpr rows::Statement insert{
    "push_device.insert", "INSERT INTO push_device (organisation, person, account, device, address_hash, made_at, taken, "
                          "sealed_body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr rows::Statement remove_one{
    "push_device.remove",
    "DELETE FROM push_device WHERE organisation = $1 AND person = $2 AND account = $3 AND device = $4"};
constexpr rows::Statement remove_address{"push_device.remove_address",
                                         "DELETE FROM push_device WHERE organisation = $1 AND address_hash = $2"};
constexpr rows::Statement remove_own_address{
    "push_device.remove_own_address",
    "DELETE FROM push_device WHERE organisation = $1 AND address_hash = $2 AND person = $3 AND account = $4"};
constexpr rows::Statement set_taken{
    "push_device.taken",
    "UPDATE push_device SET taken = $2 WHERE organisation = $1 AND person = $3 AND account = $4 AND device = $5"};

Place place_of(PushDeviceId id) { return {"push_device", "body", id}; }

std::string bytes_of(const RawId& id)
{
    return {reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()};
}

} // namespace

PushOwner push_owner(const Actor& actor) { return {actor.person().value_or(PersonId{}), actor.account()}; }

Result<bool> has_push_device(Reading& reading, PersonId person)
{
    return !TRY(reading.rows(any_of_person, {rows::Value{person}})).empty();
}

Result<bool> has_push_device(Reading& reading, AccountId staff)
{
    return !TRY(reading.rows(any_of_staff, {PersonId{}, staff})).empty();
}

Result<std::vector<PushDevice>> push_devices(Reading& reading, const PushOwner& owner)
{
    std::vector<PushDevice> all;
    for (const auto& row : TRY(reading.rows(of_owner, {owner.person, owner.account}))) {
        PushDevice device;
        device.id = row[0].id<PushDeviceId>();
        const auto words = owner.person.empty() ? TRY(reading.open(place_of(device.id), row[3].blob()))
                                                : TRY(reading.open(owner.person, place_of(device.id), row[3].blob()));
        const auto fields = TRY(Fields::decoded(words.reveal()));
        device.endpoint = fields.text("endpoint");
        device.p256dh = fields.text("p256dh");
        device.auth = fields.text("auth");
        device.made_at = row[1].instant();
        device.taken = row[2].blob().bytes;
        all.push_back(std::move(device));
    }
    return all;
}

Result<void> insert_push_device(Writing& writing, const PushOwner& owner, const PushDevice& device,
                                const std::string& address_hash)
{
    TRY(writing.change(remove_address, {rows::Blob{address_hash}}));
    auto others = TRY(push_devices(writing, owner));
    for (std::size_t each = 0; each + most_push_devices <= others.size(); ++each)
        TRY(remove_push_device(writing, owner, others[each].id));
    const Confidential words{
        Fields{{"endpoint", device.endpoint}, {"p256dh", device.p256dh}, {"auth", device.auth}}.encoded()};
    auto body = owner.person.empty() ? TRY(writing.seal(place_of(device.id), words))
                                     : TRY(writing.seal(owner.person, place_of(device.id), words));
    TRY(writing.change(insert, {owner.person, owner.account, device.id, rows::Blob{address_hash}, device.made_at,
                                rows::Blob{}, std::move(body)}));
    return {};
}

Result<void> remove_push_device(Writing& writing, const PushOwner& owner, PushDeviceId device)
{
    TRY(writing.change(remove_one, {owner.person, owner.account, device}));
    return {};
}

Result<std::int64_t> remove_push_address(Writing& writing, const PushOwner& owner, const std::string& address_hash)
{
    return writing.change(remove_own_address, {rows::Blob{address_hash}, owner.person, owner.account});
}

bool took(const PushDevice& device, const RawId& notice)
{
    const auto id = bytes_of(notice);
    for (std::size_t at = 0; at + id_size <= device.taken.size(); at += id_size)
        if (device.taken.compare(at, id_size, id) == 0)
            return true;
    return false;
}

Result<void> remember_taken(Writing& writing, const PushOwner& owner, const PushDevice& device, const RawId& notice)
{
    auto taken = device.taken + bytes_of(notice);
    if (taken.size() > remembered * id_size)
        taken.erase(0, taken.size() - remembered * id_size);
    TRY(writing.change(set_taken, {rows::Blob{std::move(taken)}, owner.person, owner.account, device.id}));
    return {};
}

} // namespace handrail::trust
