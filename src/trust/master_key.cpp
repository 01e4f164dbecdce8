#include "trust/master_key.h"

#include "base/text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>

namespace handrail::trust {

namespace {

constexpr std::size_t longest = 4096; ///< a key is 64 digits; more than this is another file

int nibble(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

Result<SecretKey> key_from(std::string& written, const std::string& from)
{
    const auto digits = trimmed(written);
    std::string bytes;
    bool ok = digits.size() == 2 * SecretKey::size;
    for (std::size_t i = 0; ok && i < digits.size(); i += 2) {
        const int high = nibble(digits[i]);
        const int low = nibble(digits[i + 1]);
        ok = high >= 0 && low >= 0;
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    wipe(written);
    if (!ok) {
        wipe(bytes);
        return invalid(from + " does not hold a master key: 64 hexadecimal digits were expected.");
    }
    auto key = SecretKey::from_bytes(bytes);
    wipe(bytes);
    return key;
}

bool sync_folder_of(const std::string& path)
{
    const auto slash = path.rfind('/');
    const auto folder = slash == std::string::npos ? std::string(".") : path.substr(0, slash + 1);
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = directory >= 0 && ::fsync(directory) == 0;
    if (directory >= 0)
        ::close(directory);
    return synced;
}

Result<SecretKey> create_file(const std::string& path)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return invalid("The master key file " + path + " cannot be made: " + std::strerror(errno) + ".");
    const auto key = SecretKey::random();
    auto text = to_hex(key.bytes()) + "\n";
    // The folder too: a key that a power cut takes back would leave everything sealed with it shut for good.
    const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                         ::fsync(file) == 0 && sync_folder_of(path);
    const int why = errno;
    ::close(file);
    wipe(text);
    if (!written) {
        ::unlink(path.c_str());
        return invalid("The master key file " + path + " cannot be written: " + std::strerror(why) + ".");
    }
    return key;
}

Result<SecretKey> from_file(const MasterKeySource& source)
{
    const auto& path = source.where;
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0 && errno == ENOENT && source.create_when_missing)
        return create_file(path);
    if (file < 0 && errno == ENOENT)
        return invalid("The master key file " + path +
                       " is missing. Without it nothing opens: put it back from where you keep it safe.");
    if (file < 0)
        return invalid("The master key file " + path + " cannot be read: " + std::strerror(errno) + ".");
    struct stat about {};
    if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
        ::close(file);
        return invalid("The master key file " + path + " is not a file.");
    }
    if ((about.st_mode & 077U) != 0) {
        ::close(file);
        char mode[8];
        std::snprintf(mode, sizeof mode, "%o", about.st_mode & 0777U);
        return invalid("The master key file " + path + " can be read by others (mode " + mode + "). Run: chmod 600 " +
                       path);
    }
    std::string text(longest, '\0');
    const auto got = ::read(file, text.data(), text.size());
    ::close(file);
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return key_from(text, "The master key file " + path);
}

Result<SecretKey> from_environment(const std::string& name)
{
    const char* value = std::getenv(name.c_str());
    if (value == nullptr || *value == '\0')
        return invalid("The environment variable " + name + " should hold the master key and is not set.");
    std::string text = value;
    return key_from(text, "The environment variable " + name);
}

Result<SecretKey> from_command(const std::string& command)
{
    std::FILE* output = ::popen(command.c_str(), "re");
    if (output == nullptr)
        return invalid("The command that gives the master key cannot be started: " + std::string(std::strerror(errno)) +
                       ".");
    std::string text(longest, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), output));
    const int status = ::pclose(output);
    if (status == -1 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        wipe(text);
        return invalid("The command that gives the master key failed" +
                       (status != -1 && WIFEXITED(status) ? " with exit code " + std::to_string(WEXITSTATUS(status))
                                                          : std::string{}) +
                       ".");
    }
    return key_from(text, "The output of the command for the master key");
}

bool exists(const std::string& path)
{
    struct stat about {};
    return ::lstat(path.c_str(), &about) == 0;
}

Result<void> remove_overwritten(const std::string& path)
{
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat about {};
    bool ok = file >= 0 && ::fstat(file, &about) == 0;
    if (ok) {
        const auto noise = random_bytes(static_cast<std::size_t>(about.st_size));
        ok = ::write(file, noise.data(), noise.size()) == static_cast<ssize_t>(noise.size()) && ::fsync(file) == 0;
    }
    if (file >= 0)
        ::close(file);
    if (!ok || ::unlink(path.c_str()) != 0 || !sync_folder_of(path))
        return unavailable("The old master key file " + path + " cannot be overwritten and removed.",
                           "master key: " + std::string(std::strerror(errno)));
    return {};
}

bool same_file(const std::string& one, const std::string& other)
{
    struct stat a {};
    struct stat b {};
    return ::stat(one.c_str(), &a) == 0 && ::stat(other.c_str(), &b) == 0 && a.st_ino == b.st_ino &&
           a.st_dev == b.st_dev;
}

Result<void> drop_old(const std::string& path)
{
    const auto old = path + ".old";
    if (!exists(old))
        return {};
    if (!same_file(old, path))
        return remove_overwritten(old);
    ::unlink(old.c_str()); // a link to the key in use, left by a kill: it is not overwritten
    return {};
}

Result<void> step(const BeforeStep& before_step, const char* name)
{
    return before_step ? before_step(name) : Result<void>{};
}

} // namespace

Result<SecretKey> prepare_next_master(const std::string& path, const BeforeStep& before_step)
{
    TRY(step(before_step, "master next"));
    const auto next = path + ".next";
    if (exists(next)) {
        if (auto key = read_master_key({MasterKeySource::Kind::File, next, false}); key)
            return key;
        ::unlink(next.c_str()); // cut short while it was written: nothing was sealed with it
    }
    return create_file(next);
}

Result<void> put_next_master_in_force(const std::string& path, const BeforeStep& before_step)
{
    const auto wrong = [&] {
        return unavailable("The new master key cannot be put in its place. It lies in " + path +
                               ".next; the next start puts it there.",
                           "master key: " + std::string(std::strerror(errno)));
    };
    TRY(step(before_step, "master link old"));
    const auto old = path + ".old";
    ::unlink(old.c_str());
    if (::link(path.c_str(), old.c_str()) != 0)
        return wrong();
    TRY(step(before_step, "master replace"));
    if (::rename((path + ".next").c_str(), path.c_str()) != 0 || !sync_folder_of(path))
        return wrong();
    TRY(step(before_step, "master overwrite old"));
    return drop_old(path);
}

Result<void> finish_master_change(const std::string& path, const std::function<bool(const SecretKey&)>& opens)
{
    const auto next = path + ".next";
    if (exists(next)) {
        const auto current = read_master_key({MasterKeySource::Kind::File, path, false});
        const auto coming = read_master_key({MasterKeySource::Kind::File, next, false});
        if (current && opens(*current)) {
            if (coming)
                TRY(remove_overwritten(next));
            else
                ::unlink(next.c_str());
        } else if (coming && opens(*coming)) {
            TRY(put_next_master_in_force(path));
        }
    }
    // Only beside a key that is in use: with the wrong one nothing is touched.
    if (const auto current = read_master_key({MasterKeySource::Kind::File, path, false}); current && opens(*current))
        return drop_old(path);
    return {};
}

std::string written(const SecretKey& key)
{
    return to_hex(key.bytes());
}

Result<SecretKey> read_written_key(std::string written, const std::string& from)
{
    return key_from(written, from);
}

Result<SecretKey> read_master_key(const MasterKeySource& source)
{
    switch (source.kind) {
    case MasterKeySource::Kind::File:
        return from_file(source);
    case MasterKeySource::Kind::Environment:
        return from_environment(source.where);
    case MasterKeySource::Kind::Command:
        return from_command(source.where);
    }
    return invalid("The master key has no source.");
}

} // namespace handrail::trust
