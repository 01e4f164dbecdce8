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

} // namespace

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
