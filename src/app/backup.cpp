#include "app/backup.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "app/durable_file.h"
#include "app/stamp.h"
#include "base/text.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view title = "handrail backup 2\n";
/// Of the first release: without a checksum of the manifest itself.
constexpr std::string_view first_title = "handrail backup 1\n";
constexpr std::string_view sum_word = "sum ";

std::string finished(crypto_generichash_state& state)
{
    std::string hash(crypto_generichash_BYTES, '\0');
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
    return to_hex(hash);
}

Result<std::string> checksum(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return not_found(fmt::format("{} cannot be read.", file.string()));
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
    std::array<char, 1 << 16> buffer{};
    while (in.read(buffer.data(), buffer.size()) || in.gcount() > 0)
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(buffer.data()),
                                  static_cast<unsigned long long>(in.gcount()));
    return finished(state);
}

std::string checksum_of_text(std::string_view text)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    return finished(state);
}

Result<std::string> written_parts(storage::Store& data, storage::Store& keys, const fs::path& epoch_file,
                                  const fs::path& unfinished, Instant now, std::uintmax_t& bytes)
{
    // Data first and keys second: whoever came in between has a key without rows, never rows without a key.
    TRY(data.backup_to((unfinished / backup_parts[0].in_backup).string()));
    TRY(keys.backup_to((unfinished / backup_parts[1].in_backup).string()));
    TRY(put_file(unfinished / epoch_part, TRY(read_file(epoch_file))));
    std::string manifest = std::string(title) + "at " + to_rfc3339(now) + "\n";
    std::error_code problem;
    for (const auto& part : backup_parts) {
        manifest += fmt::format("{} {}\n", TRY(checksum(unfinished / part.in_backup)), part.in_backup);
        bytes += fs::file_size(unfinished / part.in_backup, problem);
    }
    return manifest;
}

} // namespace

Result<Backup> write_backup(storage::Store& data, storage::Store& keys, const fs::path& epoch_file,
                            const fs::path& into, Instant now, const std::string& label, const Proof& proof)
{
    auto name = stamp(now) + "-" + label;
    std::error_code problem;
    for (int again = 2; fs::exists(into / name, problem); ++again) // a second one within a second
        name = fmt::format("{}-{}-{}", stamp(now), label, again);
    const auto unfinished = into / (name + ".unfinished");
    fs::create_directories(unfinished, problem);
    if (problem)
        return unavailable(fmt::format("The backup folder {} cannot be made: {}.", into.string(), problem.message()),
                           "backup: folder");
    fs::permissions(unfinished, fs::perms::owner_all, problem);
    Backup backup{into / name, now, 0};
    const auto made = [&]() -> Result<void> {
        const auto manifest = TRY(written_parts(data, keys, epoch_file, unfinished, now, backup.bytes));
        if (proof)
            TRY(proof(unfinished));
        TRY(put_file(unfinished / "manifest", manifest + std::string(sum_word) + checksum_of_text(manifest) + "\n"));
        fs::rename(unfinished, backup.folder, problem);
        if (problem)
            return unavailable(fmt::format("The finished backup cannot be put in its place: {}.", problem.message()),
                               "backup: rename");
        return {};
    }();
    if (!made) {
        if (fs::exists(unfinished / epoch_part, problem))
            TRY(shred_file(unfinished / epoch_part));
        fs::remove_all(unfinished, problem);
        return made.error();
    }
    return backup;
}

Result<Manifest> check_manifest(const fs::path& backup)
{
    const auto read = read_file(backup / "manifest");
    const bool first = read.ok() && read->starts_with(first_title);
    if (!read.ok() || (!first && !read->starts_with(title)))
        return invalid(fmt::format("{} is not a backup: its manifest is missing or damaged.", backup.string()));
    std::string_view text = *read;
    if (!first) {
        const auto sum_at = text.rfind(sum_word);
        if (sum_at == std::string_view::npos ||
            text.substr(sum_at + sum_word.size()) != checksum_of_text(text.substr(0, sum_at)) + "\n")
            return invalid(fmt::format("The manifest of {} is damaged: its checksum is another one.", backup.string()));
        text = text.substr(0, sum_at);
    }
    auto lines = split(text.substr(title.size()), '\n');
    if (lines.empty() || !lines.front().starts_with("at "))
        return invalid(fmt::format("The manifest of {} is damaged in line 2.", backup.string()));
    Manifest manifest{TRY(from_rfc3339(std::string(lines.front().substr(3)))), true};
    lines.erase(lines.begin());
    std::size_t seen = 0;
    for (const auto line : lines) {
        if (line.empty())
            continue;
        const auto space = line.find(' ');
        const std::string part(space == std::string_view::npos ? std::string_view{} : line.substr(space + 1));
        if (std::none_of(std::begin(backup_parts), std::end(backup_parts),
                         [&](const BackupPart& each) { return part == each.in_backup; }))
            return invalid(fmt::format("The manifest of {} names something unknown.", backup.string()));
        ++seen;
        std::error_code problem;
        if (part == epoch_part && !fs::exists(backup / part, problem)) {
            manifest.has_epoch_key = false;
            continue;
        }
        if (TRY(checksum(backup / part)) != line.substr(0, space))
            return invalid(
                fmt::format("{} of the backup {} is damaged: its checksum is another one.", part, backup.string()));
    }
    if (seen != std::size(backup_parts))
        return invalid(fmt::format("The manifest of {} is cut short.", backup.string()));
    return manifest;
}

std::vector<fs::path> finished_backups(const fs::path& folder)
{
    std::error_code problem;
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(folder, problem))
        if (entry.is_directory(problem) && entry.path().extension() != ".unfinished" &&
            fs::exists(entry.path() / "manifest", problem))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    return folders;
}

Result<BackupName> name_of_backup(const fs::path& backup)
{
    auto name = read_stamped(backup.filename().string());
    if (!name.ok())
        return invalid(fmt::format("{} is not named as a backup is.", backup.string()));
    return BackupName{name->at, std::move(name->rest)};
}

std::optional<DatedBackup> newest_backup(const fs::path& folder)
{
    const auto all = finished_backups(folder);
    for (auto each = all.rbegin(); each != all.rend(); ++each)
        if (const auto name = name_of_backup(*each); name.ok())
            return DatedBackup{*each, name->at};
    return std::nullopt;
}

} // namespace handrail::app
