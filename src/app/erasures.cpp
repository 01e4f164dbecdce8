#include "app/erasures.h"

#include "app/durable_file.h"
#include "trust/actor_desk.h"
#include "trust/erasure_desk.h"
#include "trust/open_record.h"
#include "trust/session_desk.h"

namespace handrail::app {

namespace fs = std::filesystem;

namespace {

constexpr rows::Statement row_of{"erasures.row", "SELECT person FROM person WHERE organisation = $1 AND person = $2"};

/// Whether anything of them is left to erase: the key, or rows when the last try was cut short after the key.
Result<bool> left_to_erase(storage::Store& data, trust::Keyring& keyring, const trust::Erased& who)
{
    if (TRY(keyring.known(who.organisation, who.person)) == trust::Keyring::Known::Here)
        return true;
    bool left = false;
    TRY(data.read(trust::ActorDesk::system(who.organisation), [&](storage::Reading& reading) -> Result<void> {
        left = !TRY(reading.rows(row_of, {who.person})).empty();
        return {};
    }));
    return left;
}

} // namespace

Result<std::optional<trust::ErasureList>> read_erasures(const fs::path& file, const trust::AuditKey& key)
{
    std::error_code problem;
    if (!fs::exists(file, problem))
        return std::optional<trust::ErasureList>{};
    auto list = trust::read_erasure_list(TRY(read_file(file)), key);
    if (!list)
        return invalid("The list of erasures " + file.string() +
                       " was changed, or is another service's. Bring back the one that lay beside the newest backup.");
    return std::optional{*std::move(list)};
}

Result<void> keep_erasures(trust::Keyring& keyring, const fs::path& backups, bool always)
{
    const auto key = keyring.audit_key();
    const auto file = erasure_list_in(backups);
    auto list = TRY(keyring.erasures());
    // One that was damaged is written anew: the store knows of every erasure that it made.
    const auto there = read_erasures(file, key);
    const bool readable = there.ok() && there->has_value();
    if (readable)
        list = trust::both(std::move(list), **there);
    else if (there.ok() && list.erased.empty() && !always)
        return {};
    const auto text = trust::written(list, key);
    if (readable && text == trust::written(**there, key))
        return {};
    std::error_code problem;
    fs::create_directories(backups, problem);
    return put_file(file, text);
}

Result<std::vector<trust::Erased>> erasures_to_repeat(storage::Store& data, trust::Keyring& keyring,
                                                      const trust::ErasureList& list)
{
    std::vector<trust::Erased> left;
    for (const auto& each : list.erased)
        if (TRY(left_to_erase(data, keyring, each)))
            left.push_back(each);
    return left;
}

Result<std::vector<trust::Erased>> repeat_erasures(storage::Store& data, trust::Keyring& keyring,
                                                   const trust::ErasureList& list, const Clock& clock)
{
    const auto record = trust::open_record(data, keyring, keyring.audit_key(), clock);
    trust::SessionDesk sessions(*record, data, clock);
    const trust::ErasureDesk desk(*record, keyring, sessions);
    const auto again = TRY(erasures_to_repeat(data, keyring, list));
    for (const auto& each : again) {
        TRY(desk.erase(trust::ActorDesk::system(each.organisation), each.person));
        TRY(keyring.remember_last_epoch(each));
    }
    // Numbers go on from where the service stood that wrote the list: an epoch that was counted twice could not be told
    // from the one that opens the erased.
    if (!again.empty() || list.epoch > keyring.epoch())
        TRY(keyring.new_epoch(list.epoch));
    return again;
}

} // namespace handrail::app
