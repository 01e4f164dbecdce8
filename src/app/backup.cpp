#include "app/backup.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

#include "base/text.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 3> parts{"data.db", "keys.db", "epoch.key"};

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
    std::string hash(crypto_generichash_BYTES, '\0');
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(hash.data()), hash.size());
    return to_hex(hash);
}

Result<void> write_durably(const fs::path& file, const std::string& bytes)
{
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0;
    std::size_t done = 0;
    while (ok && done < bytes.size()) {
        const auto wrote = ::write(fd, bytes.data() + done, bytes.size() - done);
        ok = wrote > 0;
        done += ok ? static_cast<std::size_t>(wrote) : 0;
    }
    ok = ok && ::fsync(fd) == 0;
    if (fd >= 0)
        ::close(fd);
    if (!ok)
        return unavailable(fmt::format("{} cannot be written. Is the disk full?", file.string()), "backup: write");
    return {};
}

/// "2026-03-02T221000Z" sorts as it reads and stands in a file name anywhere.
std::string stamp(Instant at)
{
    auto text = to_rfc3339(at).substr(0, 19) + "Z";
    std::erase(text, ':');
    return text;
}

} // namespace

Result<Backup> write_backup(storage::Store& data, storage::Store& keys, const fs::path& epoch_file,
                            const fs::path& into, Instant now, const std::string& label)
{
    const auto name = stamp(now) + "-" + label;
    const auto unfinished = into / (name + ".unfinished");
    std::error_code problem;
    fs::create_directories(unfinished, problem);
    if (problem)
        return unavailable(fmt::format("The backup folder {} cannot be made: {}.", into.string(), problem.message()),
                           "backup: folder");
    fs::permissions(unfinished, fs::perms::owner_all, problem);
    // Data first and keys second: whoever came in between has a key without rows, never rows without a key.
    TRY(data.backup_to((unfinished / parts[0]).string()));
    TRY(keys.backup_to((unfinished / parts[1]).string()));
    fs::copy_file(epoch_file, unfinished / parts[2], fs::copy_options::overwrite_existing, problem);
    if (problem)
        return unavailable(fmt::format("The epoch key cannot be copied: {}.", problem.message()), "backup: epoch");
    std::string manifest = "handrail backup 1\nat " + to_rfc3339(now) + "\n";
    Backup backup{into / name, now, 0};
    for (const auto* part : parts) {
        manifest += fmt::format("{} {}\n", TRY(checksum(unfinished / part)), part);
        backup.bytes += fs::file_size(unfinished / part, problem);
    }
    TRY(write_durably(unfinished / "manifest", manifest));
    fs::rename(unfinished, backup.folder, problem);
    if (problem)
        return unavailable(fmt::format("The finished backup cannot be put in its place: {}.", problem.message()),
                           "backup: rename");
    return backup;
}

Result<Instant> check_manifest(const fs::path& backup)
{
    std::ifstream in(backup / "manifest");
    std::string line;
    if (!in || !std::getline(in, line) || line != "handrail backup 1")
        return invalid(fmt::format("{} is not a backup: its manifest is missing or damaged.", backup.string()));
    if (!std::getline(in, line) || line.rfind("at ", 0) != 0)
        return invalid(fmt::format("The manifest of {} is damaged in line 2.", backup.string()));
    const auto at = TRY(from_rfc3339(line.substr(3)));
    std::size_t seen = 0;
    while (std::getline(in, line)) {
        const auto space = line.find(' ');
        const auto part = space == std::string::npos ? std::string{} : line.substr(space + 1);
        if (std::find(parts.begin(), parts.end(), part) == parts.end())
            return invalid(fmt::format("The manifest of {} names something unknown.", backup.string()));
        if (TRY(checksum(backup / part)) != line.substr(0, space))
            return invalid(fmt::format("{} of the backup {} is damaged: its checksum is another one.", part,
                                       backup.string()));
        ++seen;
    }
    if (seen != parts.size())
        return invalid(fmt::format("The manifest of {} is cut short.", backup.string()));
    return at;
}

Result<int> drop_old_key_files(const fs::path& backups)
{
    std::error_code problem;
    std::vector<fs::path> folders;
    for (const auto& entry : fs::directory_iterator(backups, problem))
        if (entry.is_directory() && fs::exists(entry.path() / "manifest"))
            folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    int dropped = 0;
    for (std::size_t i = 0; i + 1 < folders.size(); ++i) {
        const auto file = folders[i] / parts[2];
        if (!fs::exists(file))
            continue;
        // Overwritten before it is unlinked, as far as the disk goes along with that.
        if (const auto size = fs::file_size(file, problem); !problem)
            TRY(write_durably(file, std::string(size, '\0')));
        if (fs::remove(file, problem))
            ++dropped;
    }
    return dropped;
}

} // namespace handrail::app
