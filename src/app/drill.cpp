#include "app/drill.h"

#include <fmt/format.h>

#include <chrono>
#include <iostream>
#include <set>

#include "app/backup.h"
#include "app/control_socket.h"
#include "app/durable_file.h"
#include "app/erasures.h"
#include "app/house.h"
#include "app/scratch.h"
#include "sqlite/sqlite_store.h"
#include "trust/audit_check.h"
#include "trust/open_record.h"
#include "trust/sealed_check.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

/// Where the keys come from: the backup itself, or the newest one beside it when an erasure took its key file away.
/// Keys of people do not change with an epoch, so younger keys open older rows, and nobody who was erased since.
Result<fs::path> keys_for(const fs::path& backup, const Manifest& manifest)
{
    if (manifest.has_epoch_key)
        return backup;
    auto all = finished_backups(fs::absolute(backup).lexically_normal().parent_path());
    for (auto each = all.rbegin(); each != all.rend(); ++each)
        if (const auto found = check_manifest(*each); found.ok() && found->has_epoch_key)
            return *each;
    return not_found(
        fmt::format("The epoch.key of {} went with an erasure, and no other backup beside it has one. Put a "
                    "younger backup of the same service into the same folder.",
                    backup.string()));
}

/// Every list of erasures there is to hand: the one named, or the one beside the backup; the one of the service that
/// the configuration names.
Result<trust::ErasureList> listed_erasures(const Config& config, const RestoreAsked& asked, const trust::AuditKey& key,
                                           std::ostream& out)
{
    trust::ErasureList list;
    std::set<fs::path> files;
    if (!asked.erasures.empty())
        files.insert(asked.erasures);
    if (!asked.backup.empty())
        files.insert(erasure_list_in(fs::absolute(asked.backup).lexically_normal().parent_path()));
    files.insert(erasure_list_in(fs::absolute(config.backups).lexically_normal()));
    bool any = false;
    for (const auto& file : files) {
        const auto found = TRY(read_erasures(file, key));
        if (!found && file == asked.erasures)
            return not_found(fmt::format("The list of erasures {} cannot be read.", file.string()));
        if (!found)
            continue;
        any = true;
        out << "erasures listed in " << file.string() << "\n";
        list = trust::both(std::move(list), *found);
    }
    if (!any)
        out << "No list of erasures was found: who was erased after this backup is readable again. Name one with "
               "--erasures.\n";
    return list;
}

/// What recovery brought back: how far it goes, whether it opens, and who was erased after that and is there again.
Result<Opened> look_at_recovered(const Config& config, const RestoreAsked& asked, std::ostream& out)
{
    if (config.postgres.empty())
        return invalid("Name the folder of a backup: handrail restore BACKUP --verify. Without one it looks at the "
                       "PostgreSQL databases that --config names.");
    const SystemClock clock;
    auto vault = TRY(open_vault(config, {false, false}, clock));
    const auto record = trust::open_record(*vault.data, *vault.keyring, vault.audit_key, clock);
    const auto newest = TRY(newest_entry(*vault.keyring, *record));
    out << "recovery point " << (newest ? to_rfc3339(*newest) : std::string("none: nothing was ever written")) << "\n";
    const auto list = TRY(listed_erasures(config, asked, vault.audit_key, out));
    for (const auto& each : TRY(erasures_to_repeat(*vault.data, *vault.keyring, list)))
        out << "erased later and here again: person " << each.person.text() << ", erased on " << to_rfc3339(each.at)
            << "; a running service erases them again within a minute\n";
    TRY(vault.keyring->check_every_key());
    return open_everything(vault);
}

} // namespace

Result<void> lay_out(const fs::path& backup, const fs::path& keys, const fs::path& folder)
{
    std::error_code problem;
    fs::create_directories(folder, problem);
    fs::permissions(folder, fs::perms::owner_all, problem);
    for (const auto& part : backup_parts) {
        const auto from = (part.in_backup == backup_parts[0].in_backup ? backup : keys) / part.in_backup;
        fs::copy_file(from, folder / part.in_service, problem);
        if (problem)
            return unavailable(fmt::format("{} cannot be restored: {}.", part.in_backup, problem.message()),
                               "drill: copy");
        fs::permissions(folder / part.in_service, fs::perms::owner_read | fs::perms::owner_write, problem);
    }
    return {};
}

Result<Vault> open_copy_of(const Vault& service, const fs::path& folder)
{
    Vault copy;
    copy.store_kind = "embedded";
    copy.epoch_file = (folder / epoch_part).string();
    copy.keys = TRY(sqlite::SqliteStore::open((folder / backup_parts[1].in_service).string(), storage::Set::Keys));
    copy.data = TRY(sqlite::SqliteStore::open((folder / backup_parts[0].in_service).string(), storage::Set::Data));
    copy.keyring = TRY(service.keyring->open_copy(*copy.keys, copy.epoch_file));
    copy.audit_key = copy.keyring->audit_key();
    return copy;
}

Result<Opened> open_everything(Vault& vault)
{
    Opened opened;
    for (const auto& organisation : TRY(vault.keyring->organisations())) {
        const auto sealed = TRY(trust::check_sealed(*vault.data, *vault.keyring, organisation.id));
        opened.rows += sealed.rows;
        opened.erased += sealed.erased;
        opened.problems.insert(opened.problems.end(), sealed.problems.begin(), sealed.problems.end());
        const auto chain = TRY(trust::verify_audit(*vault.data, vault.audit_key, organisation.id));
        opened.audit_entries += chain.entries;
        opened.problems.insert(opened.problems.end(), chain.problems.begin(), chain.problems.end());
    }
    return opened;
}

int restore(const Config& config, const RestoreAsked& asked, std::ostream& out, std::ostream& err)
{
    const auto began = std::chrono::steady_clock::now();
    const auto carried_out = [&]() -> Result<Opened> {
        if (asked.backup.empty())
            return look_at_recovered(config, asked, out);
        if (!config.postgres.empty())
            return invalid(
                "This configuration keeps its store on PostgreSQL. Restore the dumps with pg_restore into empty "
                "databases, put epoch.key back, look at what came with handrail restore --verify (without a backup), "
                "and start the server: it repeats later erasures from the list in its backup folder.");
        const auto manifest = TRY(check_manifest(asked.backup));
        const auto keys = TRY(keys_for(asked.backup, manifest));
        const auto scratch = TRY(Scratch::make());
        Config there = config;
        there.folder = asked.into.empty() ? scratch.path() : asked.into;
        there.backups = there.folder / "backups";
        std::error_code problem;
        if (!asked.into.empty() && fs::exists(asked.into / "handrail.db", problem))
            return conflict(
                fmt::format("{} already holds a service. Restore into an empty folder.", asked.into.string()));
        TRY(lay_out(asked.backup, keys, there.folder));
        const SystemClock clock;
        auto vault = TRY(open_vault(there, {false, true}, clock));
        out << "recovery point " << to_rfc3339(manifest.at) << "\n";
        if (keys != asked.backup)
            out << "its own key file went with an erasure; opened with the keys of " << keys.filename().string()
                << "\n";
        const auto list = TRY(listed_erasures(config, asked, vault.audit_key, out));
        for (const auto& again : TRY(repeat_erasures(*vault.data, *vault.keyring, list, clock)))
            out << "erased again: person " << again.person.text() << ", erased on " << to_rfc3339(again.at) << "\n";
        TRY(keep_erasures(*vault.keyring, there.backups, false));
        return open_everything(vault);
    }();
    if (!carried_out.ok()) {
        err << carried_out.error().told << "\n";
        return 1;
    }
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    out << "sealed rows opened " << carried_out->rows << "\n"
        << "rows of erased people, which stay shut " << carried_out->erased << "\n"
        << "audit entries verified " << carried_out->audit_entries << "\n"
        << fmt::format("recovery time {:.1f} s\n", took);
    for (const auto& problem : carried_out->problems)
        err << problem << "\n";
    out << (carried_out->problems.empty() ? "restore verified\n" : "restore FAILED\n");
    return carried_out->problems.empty() ? 0 : 1;
}

} // namespace handrail::app
