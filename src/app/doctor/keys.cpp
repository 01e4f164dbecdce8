#include "app/doctor/keys.h"

#include <fmt/format.h>
#include <pwd.h>
#include <sys/stat.h>

namespace handrail::app::doctor {

namespace {

namespace fs = std::filesystem;
constexpr unsigned of_others = 077;

/// The name of a user, or the number when there is none.
std::string user(uid_t id)
{
    const auto* found = ::getpwuid(id);
    return found != nullptr ? found->pw_name : std::to_string(id);
}

std::string source_words(const trust::MasterKeySource& source)
{
    switch (source.kind) {
    case trust::MasterKeySource::Kind::File:
        return source.where;
    case trust::MasterKeySource::Kind::Environment:
        return "the environment variable " + source.where;
    case trust::MasterKeySource::Kind::Command:
        return "a command";
    }
    return {};
}

/// What a change of keys that runs, or was cut short, has beside a file.
std::string left_beside(const fs::path& file)
{
    for (const char* ending : {".next", ".old"})
        if (read_access(file.string() + ending).there)
            return file.string() + ending;
    return {};
}

std::string master_to_do(const trust::MasterKeySource& source)
{
    if (source.kind == trust::MasterKeySource::Kind::File)
        return "Until it is right the server does not start.";
    return "Run this with what the service itself has: its user, its environment.";
}

} // namespace

Access read_access(const fs::path& path)
{
    struct stat found {};
    if (::stat(path.c_str(), &found) != 0)
        return {path, false, 0, 0};
    return {path, true, found.st_mode & 07777U, found.st_uid};
}

Seen judge_folder(const Access& folder, uid_t me)
{
    const std::string what = "data folder";
    const auto path = folder.path.string();
    if (!folder.there)
        return look(what, fmt::format("{} is not there yet.", path),
                    "The first start makes it; is this the folder you mean?");
    if ((folder.mode & of_others) != 0)
        return wrong(what, fmt::format("{} can be entered by others (mode {:o}).", path, folder.mode),
                     fmt::format("Run: chmod 700 {}", path));
    if (me != 0 && me != folder.owner)
        return look(
            what, fmt::format("{} is the user {}'s.", path, user(folder.owner)),
            fmt::format("Run this command as that user: runuser -u {} -- handrail doctor …", user(folder.owner)));
    return fine(what, fmt::format("{}, mode {:o}, of the user {}.", path, folder.mode, user(folder.owner)));
}

Seen judge_private(const Access& folder, const std::vector<Access>& files)
{
    const std::string what = "store and key files";
    std::size_t there = 0;
    for (const auto& file : files) {
        if (!file.there)
            continue;
        ++there;
        const auto path = file.path.string();
        if ((file.mode & of_others) != 0)
            return wrong(what, fmt::format("{} can be opened by others (mode {:o}).", path, file.mode),
                         fmt::format("Run: chmod 600 {}", path));
        if (file.owner != folder.owner)
            return wrong(what,
                         fmt::format("{} is the user {}'s, and the folder {}'s: the server may not open it.", path,
                                     user(file.owner), user(folder.owner)),
                         fmt::format("Run: chown {} {}", user(folder.owner), path));
    }
    return fine(what, fmt::format("{} files, none of which others can open.", there));
}

namespace {

Seen judge_master_file(const std::string& path, uid_t folder_owner)
{
    const auto file = read_access(path);
    if (file.owner != folder_owner)
        return wrong("master key",
                     fmt::format("{} is the user {}'s, and the data folder {}'s: the server may not open it.", path,
                                 user(file.owner), user(folder_owner)),
                     fmt::format("Run: chown {} {}", user(folder_owner), path));
    if (const auto left = left_beside(path); !left.empty())
        return look("master key", fmt::format("{} is there: a change of the master key runs, or was cut short.", left),
                    "Start the server, or repeat the command: either finishes it.");
    return fine("master key", fmt::format("From the file {}, which nobody else can open.", path));
}

Seen judge_epoch_file(const fs::path& path, const Result<trust::EpochKeyFile>& file)
{
    if (!file)
        return wrong(
            "epoch key", file.error().told,
            "Master key and epoch key are of one service: the epoch key lies in each backup, the master key where "
            "you keep it.");
    if (const auto left = left_beside(path); !left.empty())
        return look("epoch key", fmt::format("{} is there: a new epoch is being begun, or that was cut short.", left),
                    "When no server runs, start it: that finishes it.");
    return fine("epoch key", fmt::format("Epoch {}; the master key opens it.", file->current().number));
}

} // namespace

Opened open_epoch_key(const trust::MasterKeySource& source, const fs::path& epoch_file, uid_t folder_owner)
{
    Opened opened;
    const auto key = trust::read_master_key(source);
    if (!key) {
        opened.seen.push_back(wrong("master key", key.error().told, master_to_do(source)));
        return opened;
    }
    opened.key = *key;
    opened.seen.push_back(source.kind == trust::MasterKeySource::Kind::File
                              ? judge_master_file(source.where, folder_owner)
                              : fine("master key", fmt::format("From {}.", source_words(source))));
    auto file = trust::EpochKeyFile::look(epoch_file.string(), *key);
    opened.seen.push_back(judge_epoch_file(epoch_file, file));
    if (file)
        opened.file = *std::move(file);
    return opened;
}

} // namespace handrail::app::doctor
