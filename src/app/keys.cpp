#include "app/keys.h"

#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "app/control_socket.h"
#include "trust/actor_desk.h"
#include "trust/key_rotation.h"
#include "trust/master_key.h"
#include "trust/open_record.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

Result<OrganisationId> organisation_called(Vault& vault, const std::string& slug)
{
    for (const auto& each : TRY(vault.keyring->organisations()))
        if (each.slug == (slug.empty() ? "main" : slug))
            return each.id;
    return not_found(fmt::format("There is no organisation '{}'.", slug));
}

Result<OrganisationId> organisation_of(Vault& vault, PersonId person)
{
    for (const auto& each : TRY(vault.keyring->organisations()))
        if (TRY(vault.keyring->known(each.id, person)) == trust::Keyring::Known::Here)
            return each.id;
    return not_found("There is no such person here, or they were erased.");
}

/// In the audit record of every organisation that it is about.
Result<void> note(Vault& vault, const Clock& clock, OrganisationId organisation, const std::string& what,
                  PersonId person)
{
    const auto record = trust::open_record(*vault.data, *vault.keyring, vault.audit_key, clock);
    return record->write(trust::ActorDesk::system(organisation), [&](trust::Writing& writing) -> Result<void> {
        writing.note({"rotate.key", {}, what, person, {}, {}});
        return {};
    });
}

Result<void> note_everywhere(Vault& vault, const Clock& clock, const std::string& what)
{
    for (const auto& each : TRY(vault.keyring->organisations()))
        TRY(note(vault, clock, each.id, what, {}));
    return {};
}

Result<std::string> rotate_sealing_key(Vault& vault, const Clock& clock, const Rotation& rotation)
{
    PersonId person;
    OrganisationId organisation;
    if (rotation.what == "person") {
        person = TRY(PersonId::from(rotation.whom));
        organisation = TRY(organisation_of(vault, person));
    } else {
        organisation = TRY(organisation_called(vault, rotation.whom));
    }
    trust::KeyRotation work(*vault.data, *vault.keyring, clock);
    // What an earlier try left is finished first, so that a kill and the same command again are one change and not two.
    bool under_way = false;
    for (const auto& each : TRY(vault.keyring->replaced_keys()))
        under_way = under_way || (each.organisation == organisation && each.person == person);
    if (!under_way) {
        TRY(note(vault, clock, organisation, rotation.what, person));
        TRY(work.begin(organisation, person));
    }
    const auto sealed = TRY(work.go_on(rotation.alone ? Duration::zero() : Duration{std::chrono::hours{1}}));
    auto words = fmt::format("{}{} sealed values were sealed anew.",
                             under_way ? "A change that was under way already was taken up: " : "", sealed);
    if (!rotation.alone)
        words += " The former key goes within two hours, when the running server has seen that nothing needs it.";
    if (rotation.what == "organisation")
        words += " Entries of the audit record stay under the former key.";
    return words;
}

Result<std::string> rotate_master(Vault& vault, Backups& backups, const Config& config, const Rotation& rotation)
{
    std::string words = "The epoch key file is sealed with the new master key.";
    if (rotation.new_master.empty()) {
        std::error_code problem;
        const auto path = fs::canonical(config.master_key, problem).string();
        if (problem)
            return invalid(fmt::format("The master key file {} cannot be found.", config.master_key));
        TRY(vault.keyring->change_master(TRY(trust::prepare_next_master(path))));
        TRY(trust::put_next_master_in_force(path));
        words += fmt::format(" It lies in {}: copy it now, not to where the backups are.", path);
    } else {
        TRY(vault.keyring->change_master(TRY(trust::read_written_key(rotation.new_master, "What was given"))));
        words +=
            " See to it that [keys] names the new one before the next start: the old one opens nothing here any more.";
    }
    const auto backup = TRY(backups.take_under_new_master());
    return words +
           fmt::format(" Backup {} opens with it; older ones here open with its keys. Keep the old master key as "
                       "long as you keep backups elsewhere that were made under it.",
                       backup.folder.string());
}

Result<trust::MasterKeySource::Kind> kind_of(const std::string& source)
{
    if (source == "file")
        return trust::MasterKeySource::Kind::File;
    if (source == "environment")
        return trust::MasterKeySource::Kind::Environment;
    if (source == "command")
        return trust::MasterKeySource::Kind::Command;
    return invalid("--new-source is file, environment or command.");
}

/// The new master key as text; empty for a fresh one in the same file.
Result<std::string> new_master_of(const Config& config, const RotateAsked& asked)
{
    if (asked.new_source.empty() && asked.new_where.empty())
        return std::string{};
    if (asked.what != "master")
        return invalid("--new-source and --new are for --what master.");
    if (asked.new_source.empty() || asked.new_where.empty())
        return invalid("--new-source and --new go together.");
    const auto kind = TRY(kind_of(asked.new_source));
    auto where = asked.new_where;
    if (kind == trust::MasterKeySource::Kind::File) {
        where = fs::absolute(where).string();
        std::error_code problem;
        if (config.master_key_source == "file" && fs::equivalent(where, config.master_key, problem))
            return invalid("--new names the file of the key in use. Leave --new out for a fresh key in the same file.");
    }
    return trust::written(TRY(trust::read_master_key({kind, where, true})));
}

} // namespace

Result<std::string> rotate(Vault& vault, Backups& backups, const Config& config, const Clock& clock, Rotation rotation)
{
    if (rotation.what == "person" || rotation.what == "organisation")
        return rotate_sealing_key(vault, clock, rotation);
    if (rotation.what == "master") {
        if (rotation.new_master.empty() && config.master_key_source != "file")
            return invalid(
                fmt::format("The master key comes from {} here: say where the new one is, with --new-source and "
                            "--new.",
                            config.master_key_source == "environment" ? "the environment" : "a command"));
        TRY(note_everywhere(vault, clock, rotation.what));
        auto words = rotate_master(vault, backups, config, rotation);
        wipe(rotation.new_master);
        return words;
    }
    if (rotation.what != "epoch")
        return invalid("--what is master, epoch, organisation or person.");
    TRY(note_everywhere(vault, clock, rotation.what));
    const auto epoch = TRY(vault.keyring->new_epoch());
    const auto backup = TRY(backups.take("rotated"));
    return fmt::format("Epoch {} is in force; the key file of the one before was overwritten. Backup {} opens with it.",
                       epoch, backup.folder.string());
}

int rotate_keys(const Where& where, const RotateAsked& asked, std::ostream& out, std::ostream& err)
{
    const auto done = [&]() -> Result<std::string> {
        const auto config = TRY(config_at(where));
        auto new_master = TRY(new_master_of(config, asked));
        if (const auto answer = ask_running_server(config.folder, "keys-rotate\t" + asked.what + "\t" + asked.whom +
                                                                      "\t" + new_master)) {
            wipe(new_master);
            return said_in(*answer);
        }
        const SystemClock clock;
        auto vault = TRY(open_vault(config, {false, false}, clock));
        Backups backups(vault, config, clock);
        // Another node of a PostgreSQL service may be running.
        return rotate(vault, backups, config, clock,
                      {asked.what, asked.whom, std::move(new_master), config.postgres.empty()});
    }();
    return told(done, out, err);
}

} // namespace handrail::app
