#include "app/keeping.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>

#include "app/backups.h"
#include "app/checkpoints.h"
#include "app/commands/gateway_key.h"
#include "app/commands/import_files.h"
#include "app/commands/judge.h"
#include "app/control_socket.h"
#include "app/doctor/network.h"
#include "app/durable_file.h"
#include "app/house.h"
#include "app/keys.h"
#include "base/text.h"
#include "trust/actor_desk.h"
#include "trust/audit_check.h"
#include "trust/open_record.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

int refused(std::ostream& err, const Error& error)
{
    err << error.told << "\n";
    return 1;
}

/// 0 for what is no number.
int number_of(const std::string& written)
{
    int number = 0;
    std::from_chars(written.data(), written.data() + written.size(), number);
    return number;
}

std::string backup_words(const Backup& backup)
{
    return fmt::format("{} ({:.1f} MB). Copy it off this machine, and keep the master key somewhere else.",
                       backup.folder.string(), static_cast<double>(backup.bytes) / 1e6);
}

Result<std::string> audit_words(Vault& vault, const std::string& against, const std::string& checkpoint, Instant now)
{
    std::optional<trust::Checkpoint> known;
    if (!against.empty())
        known = TRY(trust::read_checkpoint(TRY(read_file(against)), vault.audit_key));
    const auto walk = TRY(walk_record(vault, known, now));
    if (!walk.problems.empty()) {
        std::string problems;
        for (const auto& problem : walk.problems)
            problems += (problems.empty() ? "" : "; ") + problem;
        return conflict(fmt::format("The audit record does not hold: {}", problems));
    }
    std::string words = fmt::format("{} entries, every link holds.", walk.entries);
    if (!checkpoint.empty()) {
        TRY(put_file(checkpoint, trust::written(walk.checkpoint, vault.audit_key)));
        words += fmt::format(" Checkpoint: {}. Keep it off this machine.", checkpoint);
    }
    return words;
}

Result<std::string> erase_words(Vault& vault, const fs::path& backups, const std::string& person)
{
    const auto id = TRY(PersonId::from(person));
    // A person is one organisation's. Where none knows them, nothing says that they were erased.
    OrganisationId theirs;
    for (const auto& each : TRY(vault.keyring->organisations()))
        if (theirs.empty() || TRY(vault.keyring->known(each.id, id)) != trust::Keyring::Known::No)
            theirs = each.id;
    std::string found;
    for (const auto& what : TRY(vault.keyring->verify_erased(theirs, id, {backups.string()})))
        found += (found.empty() ? "" : "; ") + what;
    if (!found.empty())
        return conflict(fmt::format("This could still open {}: {}", person, found));
    return fmt::format("Nothing here can open {}.", person);
}

std::string one_line(std::string text)
{
    std::replace(text.begin(), text.end(), '\n', line_separator);
    return text;
}

} // namespace

Result<Config> config_at(const Where& where)
{
    Config config = where.config ? TRY(read_config(*where.config)) : demo_config();
    if (where.folder)
        keep_in(config, *where.folder);
    return config;
}

int told(const Result<std::string>& words, std::ostream& out, std::ostream& err)
{
    if (!words.ok())
        return refused(err, words.error());
    out << *words << "\n";
    return 0;
}

int backup(const Where& where, std::ostream& out, std::ostream& err)
{
    const auto config = config_at(where);
    if (!config.ok())
        return refused(err, config.error());
    if (const auto answer = ask_running_server(config->folder, "backup"))
        return told(said_in(*answer), out, err);
    const SystemClock clock;
    auto vault = open_vault(*config, {false, false}, clock);
    if (!vault.ok())
        return refused(err, vault.error());
    const auto made = Backups(*vault, *config, clock).take("manual");
    if (!made.ok())
        return refused(err, made.error());
    out << backup_words(*made) << "\n";
    return 0;
}

int audit_verify(const Where& where, const std::string& against, const std::string& checkpoint, std::ostream& out,
                 std::ostream& err)
{
    const auto config = config_at(where);
    if (!config.ok())
        return refused(err, config.error());
    const auto absolute = [](const std::string& path) { return path.empty() ? path : fs::absolute(path).string(); };
    if (const auto answer =
            ask_running_server(config->folder, "audit\t" + absolute(against) + "\t" + absolute(checkpoint)))
        return told(said_in(*answer), out, err);
    const SystemClock clock;
    auto vault = open_vault(*config, {false, false}, clock);
    if (!vault.ok())
        return refused(err, vault.error());
    const auto words = audit_words(*vault, against, checkpoint, clock.now());
    return told(words, out, err);
}

int erase_verify(const Where& where, const std::string& person, std::ostream& out, std::ostream& err)
{
    const auto config = config_at(where);
    if (!config.ok())
        return refused(err, config.error());
    if (const auto answer = ask_running_server(config->folder, "erase-verify\t" + person))
        return told(said_in(*answer), out, err);
    const SystemClock clock;
    auto vault = open_vault(*config, {false, false}, clock);
    if (!vault.ok())
        return refused(err, vault.error());
    const auto words = erase_words(*vault, config->backups, person);
    return told(words, out, err);
}

int write_report(const Where& where, const report::Asked& asked, std::ostream& out, std::ostream& err)
{
    const auto config = config_at(where);
    if (!config.ok())
        return refused(err, config.error());
    if (const auto answer = ask_running_server(config->folder, fmt::format("report\t{}\t{}\t{}", asked.name, asked.days, asked.year)))
        return told(said_in(*answer), out, err);
    const SystemClock clock;
    auto vault = open_vault(*config, {false, false}, clock);
    if (!vault.ok())
        return refused(err, vault.error());
    const auto record = trust::open_record(*vault->data, *vault->keyring, vault->audit_key, clock);
    const auto organisations = vault->keyring->organisations();
    if (!organisations.ok())
        return refused(err, organisations.error());
    for (const auto& each : *organisations) {
        if (each.slug != "main")
            continue;
        const auto words = report::written(*record, trust::ActorDesk::system(each.id), asked, clock.now());
        if (!words.ok())
            return refused(err, words.error());
        out << *words;
    }
    return 0;
}

std::string answer_control(House& house, const std::string& line)
{
    const auto parts = split(line, '\t');
    const auto verb = parts.front();
    const auto part = [&](std::size_t i) { return i < parts.size() ? std::string(parts[i]) : std::string{}; };
    Result<std::string> words = invalid("The server does not know '" + std::string(verb) + "'.");
    if (verb == "backup") {
        const auto made = house.backups.take("manual");
        words = made.ok() ? Result<std::string>{backup_words(*made)} : Result<std::string>{made.error()};
    } else if (verb == "audit") {
        words = audit_words(house.vault, part(1), part(2), house.clock.now());
    } else if (verb == "erase-verify") {
        words = erase_words(house.vault, house.config.backups, part(1));
    } else if (verb == "keys-rotate") {
        words = rotate(house.vault, house.backups, house.config, house.clock, {part(1), part(2), part(3), false});
    } else if (verb == "report") {
        words = report::written(*house.record, house.system(),
                                {part(1), number_of(part(2)), number_of(part(3))}, house.clock.now());
    } else if (verb == "state") {
        words = doctor::written({house.vault.data->health().durable,
                                 std::chrono::duration_cast<std::chrono::seconds>(house.clock.system().ahead()).count(),
                                 house.clock.system().jumps().count, house.backups.state().problem,
                                 house.checkpoints.state().problem});
    } else if (verb == "gateway-key") {
        words = change_gateway_keys(house, parts);
    } else if (verb == "judge") {
        words = part(1) == "replay" ? replayed_words(house) : judged_words(house);
    } else if (verb == "import") {
        words = import_words(house, parts);
    }
    return one_line(words.ok() ? "ok " + *words : "error " + words.error().told);
}

} // namespace handrail::app
