#include "app/backups.h"

#include <algorithm>
#include <chrono>

#include "app/drill.h"
#include "app/durable_file.h"
#include "app/erasures.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

constexpr const char* by_clock = "scheduled";
constexpr const char* after_erasure = "erasure";
constexpr std::chrono::minutes again_after{15};

std::int64_t epoch_number_in(const fs::path& backup)
{
    for (const auto& file : trust::epoch_files_in(backup.string()))
        if (fs::path(file.path).filename() == epoch_part)
            return file.number;
    return 0;
}

} // namespace

Backups::Backups(Vault& vault, const Config& config, const Clock& clock) : vault_(vault), config_(config), clock_(clock)
{
}

Result<Backup> Backups::take(const std::string& label)
{
    const std::lock_guard lock(one_at_a_time_);
    return take_alone(label);
}

Result<Backup> Backups::take_under_new_master()
{
    const std::lock_guard lock(one_at_a_time_);
    const auto before = trust::epoch_files_in(config_.backups.string());
    const auto backup = TRY(take_alone("rotated"));
    for (const auto& file : before)
        TRY(shred_file(file.path));
    return backup;
}

Result<Backup> Backups::take_alone(const std::string& label)
{
    const auto backup = TRY(write_backup(*vault_.data, *vault_.keys, vault_.epoch_file, config_.backups, clock_.now(),
                                         label, [this](const fs::path& unfinished) { return prove(unfinished); }));
    TRY(keep_erasures(*vault_.keyring, config_.backups, true));
    return backup;
}

Result<void> Backups::prove(const fs::path& unfinished)
{
    const auto epoch_file = (unfinished / epoch_part).string();
    const auto proven = [&]() -> Result<void> {
        if (vault_.store_kind != "embedded") {
            // A dump opens only in a database: what can be shown here is that the key file opens every key it holds.
            TRY(TRY(vault_.keyring->open_copy(*vault_.keys, epoch_file))->check_every_key());
            return {};
        }
        const auto scratch = unfinished / "proof";
        TRY(lay_out(unfinished, unfinished, scratch));
        auto copy = TRY(open_copy_of(vault_, scratch));
        TRY(copy.keyring->check_every_key());
        const auto opened = TRY(open_everything(copy));
        if (!opened.problems.empty())
            return unavailable("The backup does not open: " + opened.problems.front() + ".", "backup: proof");
        return {};
    }();
    std::error_code ignored;
    if (fs::exists(unfinished / "proof" / epoch_part, ignored))
        TRY(shred_file(unfinished / "proof" / epoch_part));
    fs::remove_all(unfinished / "proof", ignored);
    return proven;
}

Result<void> Backups::round()
{
    const std::lock_guard lock(one_at_a_time_);
    Result<void> first;
    for (const auto step : {&Backups::repeat_listed_erasures, &Backups::shut_out_the_erased, &Backups::by_the_clock,
                            &Backups::drop_what_is_old})
        if (auto done = (this->*step)(); !done && first.ok())
            first = std::move(done);
    const std::lock_guard problem(problem_mutex_);
    problem_ = first.ok() ? std::string{} : first.error().told;
    return first;
}

Backups::State Backups::state() const
{
    const auto all = finished_backups(config_.backups);
    const std::lock_guard lock(problem_mutex_);
    return {all.empty() ? std::string{} : all.back().filename().string(), problem_};
}

Result<void> Backups::repeat_listed_erasures()
{
    const auto list = TRY(read_erasures(erasure_list_in(config_.backups), vault_.keyring->audit_key()));
    if (list)
        TRY(repeat_erasures(*vault_.data, *vault_.keyring, *list, clock_));
    return keep_erasures(*vault_.keyring, config_.backups, false);
}

Result<void> Backups::shut_out_the_erased()
{
    if (TRY(vault_.keyring->new_epoch_due()))
        TRY(vault_.keyring->new_epoch());
    const auto last = TRY(vault_.keyring->last_erased_epoch());
    auto opening = trust::epoch_files_in(config_.backups.string());
    std::erase_if(opening, [&](const trust::FoundEpoch& file) { return file.number > last; });
    if (opening.empty())
        return {};
    // First one that opens and does not know the erased, then the key files of the others go.
    const auto all = finished_backups(config_.backups);
    if (all.empty() || epoch_number_in(all.back()) <= last)
        TRY(take_alone(after_erasure));
    for (const auto& file : opening)
        TRY(shred_file(file.path));
    return keep_erasures(*vault_.keyring, config_.backups, false);
}

Result<void> Backups::by_the_clock()
{
    if (config_.backup_every.count() == 0)
        return {};
    const auto now = clock_.now();
    if (const auto newest = newest_backup(config_.backups); newest && now - newest->at < config_.backup_every)
        return {};
    if (failed_at_ && now - *failed_at_ < again_after)
        return unavailable("The last backup by the clock failed. It is tried again soon.", "backup: waiting");
    failed_at_ = now;
    TRY(take_alone(by_clock));
    failed_at_.reset();
    return {};
}

/// What a kill in the middle of a backup or a copy left: nobody is at work on it after a day.
Result<void> Backups::drop_unfinished()
{
    std::error_code problem;
    for (const auto& entry : fs::directory_iterator(config_.backups, problem)) {
        const auto& path = entry.path();
        if (path.extension() != ".unfinished" && path.extension() != ".copying")
            continue;
        const auto name = name_of_backup(path);
        if (!name.ok() || clock_.now() - name->at < std::chrono::hours{24})
            continue;
        for (const auto& file : trust::epoch_files_in(path.string()))
            TRY(shred_file(file.path));
        std::error_code not_removed;
        fs::remove_all(path, not_removed);
        if (not_removed)
            return unavailable("The unfinished backup " + path.string() + " cannot be removed.", "backup: unfinished");
    }
    return {};
}

Result<void> Backups::drop_what_is_old()
{
    TRY(drop_unfinished());
    auto all = finished_backups(config_.backups);
    if (all.empty())
        return {};
    all.pop_back(); // the newest is never dropped
    // Only what the service made by itself goes; what somebody asked for, and the way back from an upgrade, stays.
    std::vector<std::pair<fs::path, Instant>> own;
    for (const auto& each : all)
        if (const auto name = name_of_backup(each);
            name.ok() && (name->label == by_clock || name->label == after_erasure))
            own.emplace_back(each, name->at);
    const auto now = clock_.now();
    const auto kept = static_cast<std::size_t>(std::max(config_.backup_keep - 1, 0));
    for (std::size_t i = 0; i < own.size(); ++i) {
        const bool too_many = config_.backup_keep > 0 && own.size() - i > kept;
        const bool too_old = config_.backup_keep_for.count() > 0 && now - own[i].second > config_.backup_keep_for;
        if (!too_many && !too_old)
            continue;
        std::error_code problem;
        if (fs::exists(own[i].first / epoch_part, problem))
            TRY(shred_file(own[i].first / epoch_part));
        // The manifest last: without it a folder does not count as a backup.
        fs::remove(own[i].first / "manifest", problem);
        fs::remove_all(own[i].first, problem);
        if (problem)
            return unavailable("The old backup " + own[i].first.string() + " cannot be removed.", "backup: keep");
    }
    return {};
}

} // namespace handrail::app
