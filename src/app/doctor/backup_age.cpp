#include "app/doctor/backup_age.h"

#include <fmt/format.h>

#include "app/backup.h"
#include "trust/epoch_key.h"

namespace handrail::app::doctor {

namespace {

constexpr auto what = "backups";
/// A backup that failed is tried again each quarter of an hour: after this, trying does not help.
constexpr std::chrono::hours grace{1};
/// Where the service makes none by itself: what a day's work is worth is everybody's own to say, but somebody should.
constexpr std::chrono::hours asked_after{24};

} // namespace

std::optional<NewestBackup> read_newest_backup(const std::filesystem::path& folder,
                                               const std::optional<SecretKey>& master)
{
    const auto found = app::newest_backup(folder);
    if (!found)
        return std::nullopt;
    NewestBackup newest{found->folder.filename().string(), found->at, {}, {}};
    const auto manifest = check_manifest(found->folder);
    if (!manifest)
        newest.problem = manifest.error().told;
    else if (manifest->has_epoch_key && master)
        newest.key_opens = trust::EpochKeyFile::opens((found->folder / epoch_part).string(), *master);
    return newest;
}

Seen judge(const std::optional<NewestBackup>& newest, std::chrono::seconds every, Instant now)
{
    using std::chrono::floor;
    using std::chrono::hours;
    if (!newest)
        return look(what, "There is none.", "Make one now, handrail backup, and copy it off this machine.");
    if (!newest->problem.empty())
        return wrong(what, newest->problem, "Make a new one now: handrail backup.");
    if (newest->key_opens == false)
        return wrong(
            what, fmt::format("The key file of {} does not open with the master key in use.", newest->name),
            "Make a new one now, handrail backup, and keep the old master key as long as you keep the old ones.");
    const auto age = now - newest->at;
    const auto told = fmt::format("The newest is {}, {} hours old, and whole by its checksums", newest->name,
                                  floor<hours>(age).count());
    const bool late = every.count() > 0 && age > every + grace;
    if (late && age > 2 * every)
        return wrong(what, fmt::format("{}; one is due every {} hours.", told, floor<hours>(every).count()),
                     "Read in the log why none was made; make one now: handrail backup.");
    if (late)
        return look(what, fmt::format("{}; one is due every {} hours.", told, floor<hours>(every).count()),
                    "A running server makes one; when it runs, read in the log why it did not.");
    if (every.count() == 0 && age > asked_after)
        return look(what, told + "; the service makes none by itself.", "See that whatever makes them still does.");
    return fine(what,
                told + ". Only restore --verify shows that every row opens; only a copy elsewhere outlives this disk.");
}

} // namespace handrail::app::doctor
