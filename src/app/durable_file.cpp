#include "app/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

Error cannot_write(const fs::path& file)
{
    return unavailable(fmt::format("{} cannot be written. Is the disk full?", file.string()), "file: write");
}

bool write_through(const fs::path& file, int flags, const std::string& bytes)
{
    const int fd = ::open(file.c_str(), flags | O_WRONLY | O_CLOEXEC, 0600);
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
    return ok;
}

bool sync_folder_of(const fs::path& file)
{
    const auto folder = file.parent_path();
    const int fd = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool ok = fd >= 0 && ::fsync(fd) == 0;
    if (fd >= 0)
        ::close(fd);
    return ok;
}

} // namespace

Result<void> put_file(const fs::path& file, const std::string& bytes)
{
    const fs::path fresh = file.string() + ".writing";
    std::error_code problem;
    if (!write_through(fresh, O_CREAT | O_TRUNC, bytes)) {
        fs::remove(fresh, problem);
        return cannot_write(file);
    }
    fs::rename(fresh, file, problem);
    if (problem || !sync_folder_of(file))
        return cannot_write(file);
    return {};
}

Result<void> shred_file(const fs::path& file)
{
    std::error_code problem;
    const auto size = fs::file_size(file, problem);
    if (!problem && !write_through(file, 0, std::string(size, '\0')))
        return unavailable(fmt::format("{} cannot be overwritten.", file.string()), "file: overwrite");
    if (!fs::remove(file, problem) || !sync_folder_of(file))
        return unavailable(fmt::format("{} cannot be removed.", file.string()), "file: remove");
    return {};
}

Result<std::string> read_file(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return not_found(fmt::format("{} cannot be read.", file.string()));
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    return bytes;
}

} // namespace handrail::app
