#include "app/doctor/checkpoint_age.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "app/checkpoints.h"

namespace handrail::app::doctor {

namespace {

constexpr auto what = "checkpoints";

bool on_one_disk(const std::filesystem::path& one, const std::filesystem::path& other)
{
    struct stat a {};
    struct stat b {};
    return ::stat(one.c_str(), &a) == 0 && ::stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev;
}

} // namespace

CheckpointFolder read_checkpoints(const Config& config, Instant now)
{
    CheckpointFolder folder;
    folder.path = config.checkpoints.string();
    if (folder.path.empty())
        return folder;
    std::error_code problem;
    const std::filesystem::directory_iterator can_be_read(config.checkpoints, problem);
    folder.there = !problem;
    folder.on_disk_of_data = on_one_disk(config.checkpoints, config.folder);
    folder.handed_over = !config.checkpoint_command.empty();
    if (const auto newest = newest_checkpoint(config.checkpoints, now))
        folder.newest = {newest->file.filename().string(), newest->at};
    return folder;
}

Seen judge(const CheckpointFolder& folder, std::chrono::seconds every, Instant now)
{
    using std::chrono::floor;
    using std::chrono::hours;
    if (folder.path.empty())
        return look(what,
                    "The service writes none: nothing elsewhere would show that the end of the audit record was cut.",
                    "Name a folder on another machine in [audit] checkpoints.");
    if (!folder.there)
        return look(what, fmt::format("The folder {} is not there, or not for this user to read.", folder.path),
                    "See that what it lies on is mounted; the server does not make it.");
    if (!folder.newest)
        return look(what, fmt::format("There is none in {}.", folder.path),
                    "A running server writes one; when it runs, read in its log why it did not.");
    const auto age = now - folder.newest->at;
    const auto told = fmt::format("The newest is {}, {} hours old", folder.newest->name, floor<hours>(age).count());
    if (every.count() > 0 && age > 2 * every)
        return look(what, fmt::format("{}; one is due every {} hours.", told, floor<hours>(every).count()),
                    "When the server runs, read in its log why it wrote none.");
    if (folder.on_disk_of_data && !folder.handed_over)
        return look(what, told + ", and it lies on the disk of the data: whoever cuts the record can take it away too.",
                    "Name a folder on another machine, or a [audit] checkpoint_command that carries them away.");
    return fine(what, told + ".");
}

} // namespace handrail::app::doctor
