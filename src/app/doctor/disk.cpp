#include "app/doctor/disk.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/magic.h>
#include <signal.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace handrail::app::doctor {

namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;
using std::chrono::nanoseconds;

struct FileSystem {
    std::uint64_t type;
    const char* what;
    const char* to_do;
};
constexpr auto goes = "Keep it on a disk: what lies here is gone with the next start of the machine.";
constexpr auto shared =
    "Keep the embedded store on a disk of this machine: a write-ahead log needs memory that both ends share.";
constexpr FileSystem file_systems[] = {
    {TMPFS_MAGIC, "tmpfs, which is memory", goes},
    {RAMFS_MAGIC, "ramfs, which is memory", goes},
    {OVERLAYFS_SUPER_MAGIC, "an overlay, as containers have",
     "If this is a container, keep it on a volume: a container's own layer goes with the container."},
    {NFS_SUPER_MAGIC, "NFS", shared},
    {CIFS_SUPER_MAGIC, "a network share", shared},
    {SMB2_SUPER_MAGIC, "a network share", shared},
    {V9FS_MAGIC, "9p, a folder of another machine", shared},
};

/// Measured on one machine, in the middle of 20: 5 µs on tmpfs, 270 to 290 µs on its disk. A house choice between them.
constexpr microseconds faster_than_a_disk{20};
/// Every commit waits for one of these; twenty a second are felt by everyone who writes.
constexpr microseconds slow{50'000};
constexpr std::size_t probe_bytes = 4096;

std::string gigabytes(std::uintmax_t bytes)
{
    return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

/// Ctrl-C in the middle waits until the probe is gone.
class Undisturbed {
public:
    Undisturbed()
    {
        sigset_t wanted;
        sigemptyset(&wanted);
        for (const int each : {SIGINT, SIGTERM, SIGHUP})
            sigaddset(&wanted, each);
        pthread_sigmask(SIG_BLOCK, &wanted, &before_);
    }
    ~Undisturbed() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    Undisturbed(const Undisturbed&) = delete;
    Undisturbed& operator=(const Undisturbed&) = delete;

private:
    sigset_t before_{};
};

class Probe {
public:
    explicit Probe(fs::path path)
        : path_(std::move(path)),
          descriptor_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600))
    {
    }
    ~Probe()
    {
        if (descriptor_ < 0)
            return;
        ::close(descriptor_);
        ::unlink(path_.c_str());
    }
    Probe(const Probe&) = delete;
    Probe& operator=(const Probe&) = delete;
    int descriptor() const { return descriptor_; }

private:
    fs::path path_;
    int descriptor_;
};

} // namespace

Disk read_disk(const fs::path& folder)
{
    Disk disk;
    std::error_code none;
    disk.folder = fs::absolute(folder, none);
    while (!fs::exists(disk.folder, none) && disk.folder.has_relative_path())
        disk.folder = disk.folder.parent_path();
    struct statfs kind {};
    struct statvfs room {};
    if (::statfs(disk.folder.c_str(), &kind) != 0 || ::statvfs(disk.folder.c_str(), &room) != 0) {
        disk.problem = std::strerror(errno);
        return disk;
    }
    disk.free_bytes = static_cast<std::uintmax_t>(room.f_bavail) * room.f_frsize;
    disk.read_only = (room.f_flag & ST_RDONLY) != 0;
    disk.writable = ::access(disk.folder.c_str(), W_OK) == 0;
    disk.type = static_cast<std::uint32_t>(kind.f_type);
    return disk;
}

Seen judge(const std::string& what, const Disk& disk, std::uintmax_t wanted, const DiskLimits& limits)
{
    const auto where = disk.folder.string();
    if (!disk.problem.empty())
        return wrong(what, fmt::format("{} cannot be looked at: {}.", where, disk.problem),
                     "See whether the disk is there and mounted.");
    if (disk.read_only)
        return wrong(what, fmt::format("{} is mounted read-only: nothing can be kept there.", where),
                     "Look into the kernel's log (dmesg) for a failing disk before you mount it for writing again.");
    if (!disk.writable)
        return wrong(what, fmt::format("{} cannot be written by whoever runs this command.", where),
                     "Run it as the user of the service; if you do, make the folder that user's own.");
    if (disk.free_bytes < limits.wrong_below)
        return wrong(what, fmt::format("Only {} are free at {}.", gigabytes(disk.free_bytes), where),
                     "Make room now: when the disk is full, nobody can write to the service.");
    if (disk.free_bytes < wanted)
        return wrong(what,
                     fmt::format("{} are free at {}; a backup needs {} there for a moment.", gigabytes(disk.free_bytes),
                                 where, gigabytes(wanted)),
                     "Make room, or name another backup folder: the next backup may fail.");
    if (disk.free_bytes < limits.look_below)
        return look(what, fmt::format("{} are free at {}.", gigabytes(disk.free_bytes), where),
                    "Make room before it is full.");
    for (const auto& each : file_systems)
        if (each.type == disk.type)
            return look(what, fmt::format("{} free at {}, on {}.", gigabytes(disk.free_bytes), where, each.what),
                        each.to_do);
    return fine(what, fmt::format("{} free at {}.", gigabytes(disk.free_bytes), where));
}

Flushes measure_flushes(const fs::path& folder, int times, std::chrono::milliseconds longest)
{
    const Undisturbed undisturbed;
    const Probe probe(folder / probe_file);
    Flushes flushes;
    if (probe.descriptor() < 0) {
        flushes.problem = std::strerror(errno);
        return flushes;
    }
    const std::string bytes(probe_bytes, 'h');
    const auto began = std::chrono::steady_clock::now();
    for (int each = 0; each < times && std::chrono::steady_clock::now() - began < longest; ++each) {
        const auto before = std::chrono::steady_clock::now();
        if (::write(probe.descriptor(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
            ::fdatasync(probe.descriptor()) != 0) {
            flushes.problem = std::strerror(errno);
            return flushes;
        }
        flushes.took.push_back(std::chrono::steady_clock::now() - before);
    }
    return flushes;
}

Seen judge(const Flushes& flushes)
{
    const std::string what = "flushing";
    if (!flushes.problem.empty())
        return wrong(what,
                     fmt::format("A small file cannot be written and flushed in the data folder: {}.", flushes.problem),
                     "Find out why before you start the server: nothing it acknowledges could be kept.");
    if (flushes.took.empty())
        return look(what, "No write was flushed in time.", "Look at what else keeps the disk busy.");
    auto sorted = flushes.took;
    std::sort(sorted.begin(), sorted.end());
    const auto median = sorted[sorted.size() / 2];
    const auto measured = fmt::format("4 KiB and fdatasync, {} times: {:.3f} ms in the middle", sorted.size(),
                                      std::chrono::duration<double, std::milli>(median).count());
    if (median < faster_than_a_disk)
        return look(
            what, measured + ", faster than a disk usually answers.",
            "Find out whether it is memory, has a cache that outlives a power cut, or whether something swallows "
            "fsync: the time alone does not tell.");
    if (median > slow)
        return look(what, measured + ": everyone who writes waits for that.", "Look at what else keeps the disk busy.");
    return fine(what, measured + ". That shows how long it takes, not what a power cut would leave.");
}

} // namespace handrail::app::doctor
