/// A disk that fails when it is told to, for a program that is started with LD_PRELOAD=libfailing_disk.so.
///
/// FAILING_DISK names the folder whose files it is about; FAILING_DISK_ORDER a file, elsewhere, whose first letter says
/// what happens to them from now on: f(ull), r(ead-only), b(roken), h(angs), anything else or no file: all is well.
/// Files are written with pwrite or write and flushed with fsync or fdatasync; "hangs" holds reading too.

#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

template <class Function> Function real(const char* name)
{
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

char order_of_now()
{
    static const auto read_file = real<ssize_t (*)(int, void*, size_t)>("read");
    static const char* const place = std::getenv("FAILING_DISK_ORDER");
    if (place == nullptr)
        return 0;
    const int file = ::open(place, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    char order = 0;
    if (read_file(file, &order, 1) != 1)
        order = 0;
    ::close(file);
    return order;
}

bool is_ours(int descriptor)
{
    static const char* const folder = std::getenv("FAILING_DISK");
    if (folder == nullptr)
        return false;
    char path[PATH_MAX];
    const auto length = ::readlink(("/proc/self/fd/" + std::to_string(descriptor)).c_str(), path, sizeof path);
    return length > 0 && std::string_view(path, static_cast<std::size_t>(length)).starts_with(folder);
}

enum class Doing { Reading, Writing };

/// Whether the call fails, with errno set. Holds it as long as the disk hangs.
bool fails(int descriptor, Doing doing)
{
    char order = order_of_now();
    if (order == 0 || !is_ours(descriptor))
        return false;
    while (order == 'h') {
        std::this_thread::sleep_for(std::chrono::milliseconds{50});
        order = order_of_now();
    }
    const int error = order == 'f' ? ENOSPC : order == 'r' ? EROFS : order == 'b' ? EIO : 0;
    if (error == 0 || doing == Doing::Reading)
        return false;
    errno = error;
    return true;
}

} // namespace

extern "C" {

ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at)
{
    static const auto call = real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    return fails(file, Doing::Writing) ? -1 : call(file, bytes, count, at);
}

ssize_t pwrite(int file, const void* bytes, size_t count, off_t at)
{
    static const auto call = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
    return fails(file, Doing::Writing) ? -1 : call(file, bytes, count, at);
}

ssize_t pread64(int file, void* bytes, size_t count, off64_t at)
{
    static const auto call = real<ssize_t (*)(int, void*, size_t, off64_t)>("pread64");
    fails(file, Doing::Reading);
    return call(file, bytes, count, at);
}

ssize_t write(int file, const void* bytes, size_t count)
{
    static const auto call = real<ssize_t (*)(int, const void*, size_t)>("write");
    return file > 2 && fails(file, Doing::Writing) ? -1 : call(file, bytes, count);
}

int fsync(int file)
{
    static const auto call = real<int (*)(int)>("fsync");
    return fails(file, Doing::Writing) ? -1 : call(file);
}

int fdatasync(int file)
{
    static const auto call = real<int (*)(int)>("fdatasync");
    return fails(file, Doing::Writing) ? -1 : call(file);
}

int ftruncate64(int file, off64_t length)
{
    static const auto call = real<int (*)(int, off64_t)>("ftruncate64");
    return fails(file, Doing::Writing) ? -1 : call(file, length);
}

} // extern "C"
