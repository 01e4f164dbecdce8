#include "app/doctor/store.h"

#include <fmt/format.h>

#include "app/vault.h"
#include "postgres/postgres_store.h"
#include "storage/migrations.h"

namespace handrail::app::doctor {

namespace {

namespace fs = std::filesystem;
using storage::Set;

std::string with_note(const Error& error)
{
    return error.noted.empty() ? error.told : fmt::format("{} ({})", error.told, error.noted);
}

constexpr auto restore =
    "Stop the server, keep a copy of the folder as it is, and restore the newest backup: handrail restore.";

/// Adds what is seen of one store; gives the store when this binary may ask it.
std::unique_ptr<storage::Store> asked(std::unique_ptr<storage::Store> store, const std::string& what, Set set,
                                      std::vector<Seen>& seen)
{
    const auto version = store->schema_version();
    if (!version) {
        seen.push_back(wrong(what, with_note(version.error()), restore));
        return nullptr;
    }
    const int newest = storage::migrations(set).back().number;
    seen.push_back(judge_version(what, *version, newest));
    return *version == newest ? std::move(store) : nullptr;
}

std::unique_ptr<storage::Store> look_at_file(const fs::path& file, const std::string& what, Set set,
                                             std::chrono::milliseconds longest, std::vector<Seen>& seen)
{
    std::error_code none;
    if (!fs::exists(file, none)) {
        seen.push_back(wrong(what, fmt::format("{} is missing.", file.string()), restore));
        return nullptr;
    }
    auto opened = sqlite::ReadOnlyStore::open(file.string(), set);
    if (!opened) {
        const bool waits = opened.error().noted == "-wal without -shm";
        seen.push_back(waits ? look(what, opened.error().told, "Start the server, then ask again.")
                             : wrong(what, fmt::format("{}: {}", file.string(), with_note(opened.error())), restore));
        return nullptr;
    }
    seen.push_back(judge_check(what + ", read through", (*opened)->check(longest)));
    seen.push_back(judge_log(what + ", log", (*opened)->health().durable));
    return asked(*std::move(opened), what, set, seen);
}

std::unique_ptr<storage::Store> look_at_database(const std::string& conninfo, const std::string& what, Set set,
                                                 std::vector<Seen>& seen)
{
    seen.push_back(judge(what + ", PostgreSQL", postgres::promises_of(conninfo)));
    postgres::Options options;
    options.allow_unsafe = true; // said above
    auto opened = postgres::PostgresStore::open(conninfo, set, options);
    if (!opened) {
        seen.push_back(wrong(what, with_note(opened.error()), "Put that right; until then the server does not start."));
        return nullptr;
    }
    return asked(*std::move(opened), what, set, seen);
}

} // namespace

Seen judge_version(const std::string& what, int version, int newest)
{
    if (version > newest)
        return wrong(what, fmt::format("It is at version {}, and this binary knows up to {}.", version, newest),
                     "Install the newer Handrail again, or restore the backup from before the upgrade with this one.");
    if (version == 0)
        return look(what, "It is empty.", "The first start fills it; is this the store you mean?");
    if (version < newest)
        return look(what, fmt::format("It is at version {}, and this binary at {}.", version, newest),
                    "Start the server: it makes a backup first and upgrades.");
    return fine(what, fmt::format("It opens, at version {}, that of this binary.", version));
}

Seen judge_check(const std::string& what, const Result<sqlite::ReadOnlyStore::Check>& check)
{
    using Whole = sqlite::ReadOnlyStore::Whole;
    if (!check)
        return look(what, with_note(check.error()), "Ask again.");
    if (check->whole == Whole::No)
        return wrong(what, fmt::format("The file is damaged: {}.", check->found), restore);
    if (check->whole == Whole::NotInTime)
        return look(what, "It is too large to be read through in a minute; nothing is known of its inside.",
                    "Verify a backup instead: handrail restore BACKUP --verify reads all of it.");
    return fine(what, "Every page reads and hangs together (quick_check).");
}

Seen judge_log(const std::string& what, bool write_ahead)
{
    if (write_ahead)
        return fine(what, "Changes go to a write-ahead log first; a server starts only with synchronous=FULL.");
    return look(what, "The file does not say that changes go to a write-ahead log first.",
                "Nothing but Handrail should open it; the next start sets it again.");
}

Seen judge(const std::string& what, const Result<postgres::Promises>& promises)
{
    if (!promises)
        return wrong(what, with_note(promises.error()),
                     "See whether the server runs and takes this user from here: psql with the same words.");
    const auto told = fmt::format("{}: fsync={}, synchronous_commit={}, full_page_writes={}.", promises->version,
                                  promises->fsync, promises->synchronous_commit, promises->full_page_writes);
    if (promises->fsync != "on" || promises->synchronous_commit == "off")
        return wrong(what, told, "Turn both on: what was acknowledged would be lost when the power fails.");
    if (promises->passes_row_security)
        return wrong(what, told + " The role passes over row-level security.",
                     "Give Handrail a role that is NOSUPERUSER NOBYPASSRLS.");
    if (promises->standby)
        return wrong(what, told + " It is a standby and takes no writes.", "Name the primary.");
    if (promises->full_page_writes != "on")
        return look(what, told, "Turn full_page_writes on unless the file system itself never tears a page.");
    return fine(what, told);
}

LookedAt look_at_stores(const Config& config, std::chrono::milliseconds longest)
{
    LookedAt looked;
    if (config.postgres.empty()) {
        looked.data = look_at_file(config.folder / "handrail.db", "store", Set::Data, longest, looked.seen);
        looked.keys = look_at_file(config.folder / "keys.db", "key store", Set::Keys, longest, looked.seen);
    } else {
        looked.data = look_at_database(config.postgres, "store", Set::Data, looked.seen);
        looked.keys = look_at_database(config.postgres_keys, "key store", Set::Keys, looked.seen);
    }
    return looked;
}

std::uintmax_t bytes_of_stores(const Config& config)
{
    std::uintmax_t bytes = 0;
    if (!config.postgres.empty())
        return bytes;
    for (const char* name : {"handrail.db", "handrail.db-wal", "keys.db", "keys.db-wal"}) {
        std::error_code none;
        const auto size = fs::file_size(config.folder / name, none);
        bytes += none ? 0 : size;
    }
    return bytes;
}

} // namespace handrail::app::doctor
