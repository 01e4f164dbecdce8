#include "app/checkpoints.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/durable_file.h"
#include "app/outside_command.h"
#include "app/stamp.h"
#include "base/crypto.h"
#include "base/text.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view ending = ".checkpoint";
constexpr std::chrono::minutes again_after{15};
/// Another node's clock may be that far ahead of this one.
constexpr std::chrono::minutes ahead{1};
constexpr std::size_t told_at_most = 3;

/// Which checkpoint this node wrote and has not handed to the command yet.
fs::path mark_in(const Config& config)
{
    return config.folder / "checkpoint.to_hand_over";
}

Result<void> folder_there(const fs::path& folder)
{
    std::error_code problem;
    if (fs::is_directory(folder, problem))
        return {};
    // Never made here: on a share that is not mounted it would lie on this very machine.
    return unavailable(
        fmt::format("The folder for checkpoints {} is not there. Is what it lies on mounted?", folder.string()),
        "checkpoints: folder");
}

/// The first few; all of them are on the administrator's page of the record.
std::string some_of(const std::vector<std::string>& problems)
{
    std::string told;
    for (std::size_t i = 0; i < std::min(problems.size(), told_at_most); ++i)
        told += (i == 0 ? "" : "; ") + problems[i];
    return problems.size() > told_at_most ? told + fmt::format("; and {} more", problems.size() - told_at_most) : told;
}

Error does_not_hold(const std::string& told)
{
    return {ErrorKind::Conflict, told, "checkpoints: " + told, {}};
}

} // namespace

Result<RecordWalk> walk_record(Vault& vault, const std::optional<trust::Checkpoint>& against, Instant now,
                               const std::stop_token& stop)
{
    RecordWalk walk;
    walk.checkpoint.at = now;
    for (const auto& organisation : TRY(vault.keyring->organisations())) {
        auto check =
            against ? TRY(trust::verify_audit_against(*vault.data, vault.audit_key, organisation.id, *against, stop))
                    : TRY(trust::verify_audit(*vault.data, vault.audit_key, organisation.id, stop));
        walk.entries += check.entries;
        std::ranges::move(check.problems, std::back_inserter(walk.problems));
        std::ranges::move(check.heads, std::back_inserter(walk.checkpoint.heads));
    }
    return walk;
}

std::optional<FoundCheckpoint> newest_checkpoint(const fs::path& folder, Instant now)
{
    std::optional<FoundCheckpoint> newest;
    std::error_code problem;
    // By hand: a share that goes away in the middle is an end of the list, not an exception.
    for (fs::directory_iterator entry(folder, problem); !problem && entry != fs::directory_iterator();
         entry.increment(problem)) {
        const auto file = entry->path();
        if (file.extension() != ending)
            continue;
        const auto name = read_stamped(file.filename().string());
        if (name.ok() && name->at <= now + ahead && (!newest || newest->file.filename() < file.filename()))
            newest = FoundCheckpoint{file, name->at};
    }
    return newest;
}

Result<void> Checkpoints::round(const std::stop_token& stop)
{
    if (config_.checkpoints.empty() || config_.checkpoint_every.count() == 0)
        return {};
    const auto now = clock_.now();
    {
        const std::lock_guard lock(mutex_);
        if (failed_ && now - failed_->at < again_after)
            return failed_->error;
    }
    auto done = write_when_due(now, stop);
    auto handed_over = hand_over(stop);
    if (done.ok())
        done = std::move(handed_over);
    auto newest = newest_checkpoint(config_.checkpoints, now);
    const std::lock_guard lock(mutex_);
    newest_ = std::move(newest);
    failed_ = done.ok() ? std::nullopt : std::optional{Failed{done.error(), now}};
    return done;
}

Checkpoints::State Checkpoints::state() const
{
    const std::lock_guard lock(mutex_);
    return {newest_, failed_ ? failed_->error.told : std::string{}};
}

bool Checkpoints::due(const std::optional<FoundCheckpoint>& newest, Instant now) const
{
    return !newest || now - newest->at >= config_.checkpoint_every;
}

Result<void> Checkpoints::write_when_due(Instant now, const std::stop_token& stop)
{
    TRY(folder_there(config_.checkpoints));
    const auto newest = newest_checkpoint(config_.checkpoints, now);
    if (!due(newest, now))
        return {};
    std::optional<trust::Checkpoint> before;
    if (newest) {
        auto read = trust::read_checkpoint(TRY(read_file(newest->file)), vault_.audit_key);
        if (!read.ok())
            return does_not_hold(fmt::format("The newest checkpoint {} is not one of this service, or it was changed. "
                                             "None is signed until somebody has found out why.",
                                             newest->file.string()));
        before = *std::move(read);
    }
    const auto walk = TRY(walk_record(vault_, before, now, stop));
    if (!walk.problems.empty())
        return does_not_hold(
            fmt::format("The audit record does not hold, and no checkpoint was signed: {}.", some_of(walk.problems)));
    if (!due(newest_checkpoint(config_.checkpoints, now), now))
        return {}; // another node was at it too, and was first
    // Never the name of another, not even of one from the same second on another node.
    const auto name = fmt::format("{}-{}{}", stamp(now), to_hex(random_bytes(4)), ending);
    if (!config_.checkpoint_command.empty())
        TRY(put_file(mark_in(config_), name));
    return put_file(config_.checkpoints / name, trust::written(walk.checkpoint, vault_.audit_key));
}

Result<void> Checkpoints::hand_over(const std::stop_token& stop)
{
    const auto mark = mark_in(config_);
    std::error_code problem;
    if (config_.checkpoint_command.empty() || !fs::exists(mark, problem))
        return {};
    TRY(folder_there(config_.checkpoints));
    const auto file = config_.checkpoints / TRY(read_file(mark));
    const bool there = fs::exists(file, problem);
    if (problem)
        return unavailable(fmt::format("{} cannot be read: {}.", file.string(), problem.message()),
                           "checkpoints: read");
    // Without its file nothing was written: a crash between the mark and it, and the next one comes in its place.
    if (there) {
        OutsideCommand command;
        command.line = config_.checkpoint_command;
        command.calls_itself = "The command for checkpoints";
        if (config_.master_key_source == "environment")
            command.keep_from_it = config_.master_key;
        TRY(give_to(command, file, stop));
    }
    if (!fs::remove(mark, problem))
        return unavailable(fmt::format("{} cannot be removed.", mark.string()), "checkpoints: mark");
    return {};
}

} // namespace handrail::app
