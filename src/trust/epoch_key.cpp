#include "trust/epoch_key.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

namespace handrail::trust {

namespace {

// magic, epoch (8 bytes, little-endian), then sealed with the master key: epoch key, audit key.
constexpr std::string_view magic = "handrail-epoch-1\n";
constexpr std::size_t header_size = 17 + 8;
constexpr std::size_t file_size = header_size + encryption_overhead + 2 * SecretKey::size;
static_assert(magic.size() + 8 == header_size);
constexpr std::chrono::minutes longest_turn{2};

std::string header(std::int64_t number)
{
    std::string out(magic);
    for (unsigned shift = 0; shift < 64; shift += 8)
        out.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> shift));
    return out;
}

std::optional<std::int64_t> number_in(std::string_view bytes)
{
    if (bytes.size() < header_size || bytes.substr(0, magic.size()) != magic)
        return std::nullopt;
    std::uint64_t number = 0;
    for (unsigned i = 0; i < 8; ++i)
        number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[magic.size() + i])) << (8 * i);
    return static_cast<std::int64_t>(number);
}

std::string parent(const std::string& path)
{
    const auto slash = path.rfind('/');
    if (slash == std::string::npos)
        return ".";
    return slash == 0 ? "/" : path.substr(0, slash);
}

Error cannot(const char* what, const std::string& path)
{
    const std::string why = std::strerror(errno);
    return unavailable("The epoch key file cannot be " + std::string(what) + ".",
                       "epoch key file " + path + " cannot be " + what + ": " + why);
}

Result<void> sync_directory(const std::string& path)
{
    const int directory = ::open(parent(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0)
        return cannot("made durable", path);
    const bool synced = ::fsync(directory) == 0;
    ::close(directory);
    return synced ? Result<void>{} : Result<void>{cannot("made durable", path)};
}

Result<void> write_whole(int file, std::string_view bytes, const std::string& path)
{
    while (!bytes.empty()) {
        const auto written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return cannot("written", path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return ::fsync(file) == 0 ? Result<void>{} : Result<void>{cannot("made durable", path)};
}

bool exists(const std::string& path)
{
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0;
}

Error missing(const std::string& path)
{
    return invalid("The epoch key file " + path +
                   " is missing. Restore it from the backup of keys; without it nothing opens.");
}

struct Opened {
    EpochKeyFile::Epoch epoch;
    AuditKey audit;
};

Result<Opened> read_sealed(const std::string& path, const SecretKey& master)
{
    std::ifstream in(path, std::ios::binary);
    std::string bytes(file_size + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    const auto number = number_in(bytes);
    if (!number || bytes.size() != file_size)
        return invalid("The epoch key file " + path + " is damaged. Restore it from the backup of keys.");
    auto plain =
        decrypted(master, std::string_view(bytes).substr(header_size), std::string_view(bytes).substr(0, header_size));
    if (!plain)
        return invalid("The epoch key file " + path +
                       " does not open with this master key. Use the master key that this service was set up with; "
                       "nothing was changed.");
    auto opened = Opened{{*number, TRY(SecretKey::from_bytes(std::string_view(*plain).substr(0, SecretKey::size)))},
                         {TRY(SecretKey::from_bytes(std::string_view(*plain).substr(SecretKey::size)))}};
    wipe(*plain);
    return opened;
}

} // namespace

Result<void> EpochKeyFile::step(const char* name) const
{
    return before_step ? before_step(name) : Result<void>{};
}

Result<void> EpochKeyFile::write_sealed(const std::string& path, const Epoch& epoch) const
{
    auto plain = std::string(epoch.key.bytes()) + std::string(audit_.key.bytes());
    const auto head = header(epoch.number);
    const auto bytes = head + encrypted(master_, plain, head);
    wipe(plain);
    const auto fresh = path + ".writing";
    TRY(step("write"));
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0)
        return cannot("written", fresh);
    auto written = write_whole(file, bytes, fresh);
    ::close(file);
    TRY(std::move(written));
    TRY(step("rename"));
    if (::rename(fresh.c_str(), path.c_str()) != 0)
        return cannot("put in place", path);
    TRY(step("sync"));
    return sync_directory(path);
}

Result<EpochKeyFile> EpochKeyFile::open(std::string path, const SecretKey& master, bool create)
{
    EpochKeyFile file;
    file.path_ = std::move(path);
    file.master_ = master;
    if (!exists(file.path_)) {
        if (!create)
            return missing(file.path_);
        file.current_ = {1, SecretKey::random()};
        file.audit_ = {master.derived("handrail audit chain")};
        TRY(file.write_sealed(file.path_, file.current_));
        return file;
    }
    bool left_over = false;
    for (const char* rest : {".next", ".old", ".writing", ".next.writing"})
        left_over = left_over || exists(file.path_ + rest);
    if (!left_over) {
        TRY(file.reload());
        return file;
    }
    // A kill left it, or another node is at work.
    const auto turn = TRY(file.take_turn());
    TRY(file.reload());
    TRY(file.finish_old());
    return file;
}

Result<EpochKeyFile> EpochKeyFile::look(std::string path, const SecretKey& master)
{
    EpochKeyFile file;
    file.path_ = std::move(path);
    file.master_ = master;
    if (!exists(file.path_))
        return missing(file.path_);
    TRY(file.reload());
    return file;
}

bool EpochKeyFile::opens(const std::string& path, const SecretKey& master)
{
    return read_sealed(path, master).ok();
}

EpochKeyFile::Turn::~Turn()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

Result<EpochKeyFile::Turn> EpochKeyFile::take_turn() const
{
    // A file of its own, as the epoch key file is replaced by a change.
    const auto path = path_ + ".lock";
    Turn turn(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    for (const auto until = std::chrono::steady_clock::now() + longest_turn; turn.lock() != 0;) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return cannot("locked; it must lie where all nodes can lock files", path);
        if (std::chrono::steady_clock::now() > until)
            return unavailable("Another node is changing the epoch key. Please try again.",
                               "epoch key file " + path + " has been locked for two minutes");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return turn;
}

int EpochKeyFile::Turn::lock() const
{
    return ::flock(descriptor_, LOCK_EX | LOCK_NB);
}

Result<void> EpochKeyFile::reload()
{
    auto opened = TRY(read_sealed(path_, master_));
    std::optional<Epoch> coming;
    if (exists(path_ + ".next")) {
        auto next = read_sealed(path_ + ".next", master_);
        if (!next && !exists(path_ + ".next"))
            return reload(); // another node has just put it in force
        if (!next)
            return next.error();
        // A next that is no later than the current one was put in force and is only waiting to go.
        if (next->epoch.number > opened.epoch.number)
            coming = std::move(next->epoch);
    }
    current_ = std::move(opened.epoch);
    audit_ = std::move(opened.audit);
    next_ = std::move(coming);
    return {};
}

Result<void> EpochKeyFile::prepare_next(std::int64_t above)
{
    if (next_)
        return {};
    Epoch next{std::max(current_.number, above) + 1, SecretKey::random()};
    TRY(write_sealed(path_ + ".next", next));
    next_ = std::move(next);
    return {};
}

/// Links the file in force to PATH.old, so that it can be overwritten once another has taken its place.
Result<void> EpochKeyFile::keep_old() const
{
    const auto old = path_ + ".old";
    TRY(step("link old"));
    // A link left by a kill just here names the current file itself: it must not be overwritten, only
    // dropped.
    if (::unlink(old.c_str()) != 0 && errno != ENOENT)
        return cannot("replaced", old);
    if (::link(path_.c_str(), old.c_str()) != 0)
        return cannot("kept for overwriting", old);
    return {};
}

Result<void> EpochKeyFile::change_master(const SecretKey& fresh)
{
    ensure(!next_.has_value(), "a change of epoch is finished before the master key changes");
    TRY(keep_old());
    const auto before = master_;
    master_ = fresh;
    if (auto sealed = write_sealed(path_, current_); !sealed) {
        // Which of the two the file is sealed with now depends on how far it came.
        if (read_sealed(path_, before).ok())
            master_ = before;
        return sealed;
    }
    TRY(step("overwrite old"));
    return finish_old();
}

Result<void> EpochKeyFile::put_next_in_force()
{
    ensure(next_.has_value(), "an epoch is prepared before it is put in force");
    TRY(keep_old());
    TRY(step("replace"));
    if (::rename((path_ + ".next").c_str(), path_.c_str()) != 0)
        return cannot("put in place", path_);
    TRY(step("sync replaced"));
    TRY(sync_directory(path_));
    current_ = std::move(*next_);
    next_.reset();
    TRY(step("overwrite old"));
    return finish_old();
}

Result<void> EpochKeyFile::finish_old() const
{
    const auto old = path_ + ".old";
    ::unlink((path_ + ".writing").c_str());
    ::unlink((path_ + ".next.writing").c_str());
    struct stat about_old {};
    struct stat about_current {};
    if (::stat(old.c_str(), &about_old) != 0)
        return {};
    if (::stat(path_.c_str(), &about_current) != 0)
        return cannot("read", path_);
    if (about_old.st_ino != about_current.st_ino || about_old.st_dev != about_current.st_dev) {
        const int file = ::open(old.c_str(), O_WRONLY | O_CLOEXEC);
        if (file < 0)
            return cannot("overwritten", old);
        auto written = write_whole(file, random_bytes(static_cast<std::size_t>(about_old.st_size)), old);
        ::close(file);
        TRY(std::move(written));
    }
    if (::unlink(old.c_str()) != 0)
        return cannot("removed", old);
    return sync_directory(path_);
}

std::vector<FoundEpoch> epoch_files_in(const std::string& directory)
{
    std::vector<FoundEpoch> found;
    std::error_code problem;
    using Walk = std::filesystem::recursive_directory_iterator;
    for (Walk at(directory, std::filesystem::directory_options::skip_permission_denied, problem), end;
         !problem && at != end; at.increment(problem)) {
        if (!at->is_regular_file(problem))
            continue;
        std::ifstream in(at->path(), std::ios::binary);
        std::string bytes(header_size, '\0');
        in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        bytes.resize(static_cast<std::size_t>(in.gcount()));
        if (const auto number = number_in(bytes))
            found.push_back({at->path().string(), *number});
    }
    return found;
}

} // namespace handrail::trust
