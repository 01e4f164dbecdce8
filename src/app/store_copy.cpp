#include "app/store_copy.h"

#include <fmt/format.h>

#include <deque>
#include <iostream>
#include <map>

#include "app/backups.h"
#include "app/control_socket.h"
#include "app/drill.h"
#include "app/durable_file.h"
#include "app/erasures.h"
#include "base/crypto.h"
#include "base/text.h"
#include "storage/tables.h"
#include "trust/actor_desk.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t page = 500;

/// Statements over one table. They point to their texts, which the deque keeps where they are.
struct TableWalk {
    std::string name;
    std::vector<std::string> key;
    rows::Statement first;
    rows::Statement after;
    std::deque<std::string> texts;
};

std::string joined(std::size_t count, const std::function<std::string(std::size_t)>& each)
{
    std::string out;
    for (std::size_t i = 0; i < count; ++i)
        out += (i == 0 ? "" : ", ") + each(i);
    return out;
}

/// The key comes first in what is selected, then the row as it is.
void set_up(TableWalk& walk, const storage::Table& table)
{
    walk.name = table.name;
    walk.key = table.primary_key;
    const auto keys = joined(walk.key.size(), [&](std::size_t i) { return walk.key[i]; });
    const auto values = joined(walk.key.size(), [&](std::size_t i) { return "$" + std::to_string(i + 2); });
    const auto select = "SELECT " + keys + ", " + walk.name + ".* FROM " + walk.name;
    const auto order = " ORDER BY " + keys + " LIMIT " + std::to_string(page);
    const auto kept = [&](std::string text) -> std::string_view { return walk.texts.emplace_back(std::move(text)); };
    walk.first = {kept("copy.first." + walk.name), kept(select + order)};
    walk.after = {kept("copy.after." + walk.name), kept(select + " WHERE (" + keys + ") > (" + values + ")" + order)};
}

/// Rows and a checksum that does not depend on their order: what two stores must have in common.
class Sum {
public:
    void add(const rows::Row& row)
    {
        KeyedHash hash{SecretKey{}};
        for (const auto& value : row)
            std::visit([&](const auto& held) { add(hash, held); }, value.held());
        const auto one = hash.finish();
        for (std::size_t i = 0; i < one.size(); ++i)
            bytes_[i] = static_cast<char>(bytes_[i] ^ one[i]);
        ++rows_;
    }
    std::int64_t rows() const { return rows_; }
    std::string text() const { return to_hex(bytes_); }
    bool operator==(const Sum&) const = default;

private:
    std::string bytes_ = std::string(KeyedHash::size, '\0');
    std::int64_t rows_ = 0;

    static void add(KeyedHash& hash, std::monostate) { hash.add(std::int64_t{0}); }
    static void add(KeyedHash& hash, std::int64_t number) { hash.add(std::int64_t{1}).add(number); }
    static void add(KeyedHash& hash, const std::string& text) { hash.add(std::int64_t{2}).add(text); }
    static void add(KeyedHash& hash, const rows::Blob& blob) { hash.add(std::int64_t{3}).add(blob.bytes); }
};
using Sums = std::map<std::string, Sum>;

/// Goes over a table inside a transaction that is open already: one instant, however long it takes.
Result<void> each_page(storage::Reading& reading, const TableWalk& walk,
                       const std::function<Result<void>(const std::vector<rows::Row>&)>& look)
{
    rows::Row last;
    for (bool more = true; more;) {
        const auto found = TRY(reading.rows(last.empty() ? walk.first : walk.after, rows::Values(last)));
        more = found.size() == page;
        if (found.empty())
            return {};
        const auto key = static_cast<std::ptrdiff_t>(walk.key.size());
        last.assign(found.back().begin(), found.back().begin() + key);
        std::vector<rows::Row> whole;
        for (const auto& row : found)
            whole.emplace_back(row.begin() + key, row.end());
        TRY(look(whole));
    }
    return {};
}

std::deque<TableWalk> walks_over(storage::Set which)
{
    std::deque<TableWalk> walks;
    for (const auto& table : storage::tables(which))
        set_up(walks.emplace_back(), table);
    return walks;
}

Result<Sums> sums_of(storage::Store& store, const std::deque<TableWalk>& walks)
{
    Sums sums;
    TRY(store.read(trust::ActorDesk::system({}), [&](storage::Reading& reading) -> Result<void> {
        sums.clear();
        for (const auto& walk : walks)
            TRY(each_page(reading, walk, [&](const std::vector<rows::Row>& rows) -> Result<void> {
                for (const auto& row : rows)
                    sums[walk.name].add(row);
                return {};
            }));
        return {};
    }));
    return sums;
}

Result<void> put(storage::Store& to, const TableWalk& walk, const std::vector<rows::Row>& rows)
{
    const auto sql = "INSERT INTO " + walk.name + " VALUES (" +
                     joined(rows.front().size(), [](std::size_t i) { return "$" + std::to_string(i + 2); }) + ")";
    const auto name = "copy.put." + walk.name;
    return to.write(trust::ActorDesk::system({}), [&](storage::Writing& writing) -> Result<void> {
        for (const auto& row : rows)
            TRY(writing.change({name, sql}, rows::Values(row)));
        return {};
    });
}

using Step = std::function<Result<void>()>;

/// Copies a store as it is at one instant. Gives what the target must come to.
Result<Sums> copy_tables(storage::Store& from, storage::Store& to, storage::Set which, const Step& step)
{
    const auto walks = walks_over(which);
    Sums sums;
    int tries = 0;
    TRY(from.read(trust::ActorDesk::system({}), [&](storage::Reading& reading) -> Result<void> {
        if (++tries > 1)
            return unavailable("The source was lost while it was copied. Empty the target and copy again.",
                               "copy: source lost");
        for (const auto& walk : walks)
            TRY(each_page(reading, walk, [&](const std::vector<rows::Row>& rows) -> Result<void> {
                TRY(step());
                for (const auto& row : rows)
                    sums[walk.name].add(row);
                return put(to, walk, rows);
            }));
        return {};
    }));
    const auto there = TRY(sums_of(to, walks));
    for (const auto& walk : walks)
        if (sums[walk.name] != (there.count(walk.name) != 0 ? there.at(walk.name) : Sum{}))
            return unavailable(fmt::format("The copy of {} is not what the source holds.", walk.name), "copy: verify");
    return sums;
}

Result<void> refuse_unless_empty(const Config& to)
{
    const auto taken =
        conflict(fmt::format("The target is not empty: {} holds something already. Copy into an empty folder "
                             "and empty databases.",
                             to.folder.string()));
    std::error_code problem;
    if (fs::exists(copy_mark(to), problem))
        return conflict(fmt::format("A copy into {} was cut short. Empty the folder and its stores, and copy again.",
                                    to.folder.string()));
    for (const auto& file : {epoch_key_file(to), to.folder / "handrail.db", to.folder / "keys.db"})
        if (fs::exists(file, problem))
            return taken;
    if (to.postgres.empty())
        return {};
    const auto stores = TRY(open_stores(to));
    for (const auto& [store, which] :
         {std::pair{stores.data.get(), storage::Set::Data}, std::pair{stores.keys.get(), storage::Set::Keys}}) {
        if (TRY(store->schema_version()) == 0)
            continue;
        for (const auto& [name, sum] : TRY(sums_of(*store, walks_over(which))))
            if (sum.rows() > 0)
                return conflict(
                    fmt::format("The target is not empty: its table {} holds rows. Copy into empty databases.", name));
    }
    return {};
}

/// The source as it is at one instant: on the embedded store a backup laid out beside it, which a running server makes
/// itself; on PostgreSQL the databases, each read in one transaction.
struct Source {
    Stores stores;
    fs::path epoch_file;
    std::string from;
    fs::path scratch;
    ~Source()
    {
        stores = {};
        std::error_code ignored;
        if (!scratch.empty())
            fs::remove_all(scratch, ignored);
    }
    Source() = default;
    Source(Source&&) = default;
    Source(const Source&) = delete;
};

Result<fs::path> backup_of(const Config& from, bool& running)
{
    if (const auto answer = ask_running_server(from.folder, "backup")) {
        running = true;
        if (answer->rfind("ok ", 0) != 0)
            return unavailable(answer->substr(answer->find(' ') + 1), "copy: backup");
    } else {
        const SystemClock clock;
        auto vault = TRY(open_vault(from, {false, false}, clock));
        TRY(Backups(vault, from, clock).take("copy"));
    }
    const auto all = finished_backups(from.backups);
    ensure(!all.empty(), "a backup that was made is there");
    return all.back();
}

Result<Source> source_of(const Config& from, bool& running)
{
    Source source;
    if (!from.postgres.empty()) {
        const SystemClock clock;
        {
            // Opened whole for a moment: an epoch that was cut short is finished, and the keys are shown to belong.
            const auto vault = TRY(open_vault(from, {false, false}, clock));
            TRY(vault.keyring->check_every_key());
        }
        running = ask_running_server(from.folder, "there").has_value();
        source.stores = TRY(open_stores(from));
        source.epoch_file = from.folder / epoch_part;
        return source;
    }
    const auto backup = TRY(backup_of(from, running));
    TRY(check_manifest(backup));
    source.scratch = backup.string() + ".copying";
    std::error_code ignored;
    fs::remove_all(source.scratch, ignored); // of a copy that was cut short
    TRY(lay_out(backup, backup, source.scratch));
    Config laid_out = from;
    laid_out.folder = source.scratch;
    source.stores = TRY(open_stores(laid_out));
    source.epoch_file = source.scratch / epoch_part;
    return source;
}

Result<void> verify(const Config& to, const Step& step, std::ostream& out)
{
    TRY(step());
    const SystemClock clock;
    auto vault = TRY(open_vault(to, {false, false, true}, clock));
    out << "keys that open " << TRY(vault.keyring->check_every_key()) << "\n";
    const auto opened = TRY(open_everything(vault));
    out << "sealed rows opened " << opened.rows << "\n"
        << "rows of erased people, which stay shut " << opened.erased << "\n"
        << "audit entries verified " << opened.audit_entries << "\n";
    if (!opened.problems.empty())
        return unavailable("The copy does not hold: " + opened.problems.front() + ".", "copy: open everything");
    return keep_erasures(*vault.keyring, to.backups, false);
}

Result<bool> copied(const CopyAsked& asked, std::ostream& out)
{
    const auto from = TRY(config_at(asked.from));
    const auto to = TRY(config_at(asked.to));
    std::error_code problem;
    if (fs::weakly_canonical(from.folder, problem) == fs::weakly_canonical(to.folder, problem))
        return invalid("Source and target have the same data folder.");
    if (!to.postgres.empty() && (to.postgres == from.postgres || to.postgres_keys == from.postgres_keys))
        return invalid("Source and target have the same database.");
    const Step step = asked.before_step ? asked.before_step : [] { return Result<void>{}; };
    TRY(refuse_unless_empty(to));
    bool running = false;
    auto source = TRY(source_of(from, running));
    // Before anything is written: the target must be able to open what it gets.
    const auto master = TRY(trust::read_master_key(master_key_source(to)));
    if (!trust::EpochKeyFile::opens(source.epoch_file.string(), master))
        return invalid(
            "The master key that the target's [keys] names is another one than the source's. Put the source's "
            "master key there first.");
    fs::create_directories(to.folder, problem);
    fs::permissions(to.folder, fs::perms::owner_all, problem);
    TRY(step());
    TRY(put_file(copy_mark(to), "A service is being copied into this store, and that is not finished.\n"));
    TRY(step());
    {
        const auto target = TRY(open_stores(to));
        TRY(target.keys->migrate());
        TRY(target.data->migrate());
        // Data first and keys second, as in a backup. The epoch key file comes last: a store that holds rows and has
        // none is not served from any folder.
        const auto data = TRY(copy_tables(*source.stores.data, *target.data, storage::Set::Data, step));
        const auto keys = TRY(copy_tables(*source.stores.keys, *target.keys, storage::Set::Keys, step));
        for (const auto* sums : {&data, &keys})
            for (const auto& [name, sum] : *sums)
                out << fmt::format("{} {} rows, checksum {}\n", name, sum.rows(), sum.text().substr(0, 16));
    }
    TRY(step());
    TRY(put_file(to.folder / epoch_part, TRY(read_file(source.epoch_file))));
    TRY(verify(to, step, out));
    TRY(step());
    fs::remove(copy_mark(to), problem);
    if (problem)
        return unavailable(fmt::format("The mark {} cannot be removed.", copy_mark(to).string()), "copy: mark");
    return running;
}

} // namespace

int copy_store(const CopyAsked& asked, std::ostream& out, std::ostream& err)
{
    const SystemClock clock;
    const auto began = clock.now();
    const auto running = copied(asked, out);
    if (!running.ok()) {
        err << running.error().told << "\n";
        return 1;
    }
    out << "store copied and verified\n";
    if (*running)
        out << "The source serves and took writes meanwhile. What was written after " << to_rfc3339(began)
            << " may not be in the copy: to move for good, stop the source and copy into an empty target again.\n";
    else
        out << "Serve only one of the two from now on.\n";
    return 0;
}

} // namespace handrail::app
