#include "postgres/dump.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace handrail::postgres {

namespace {

Error failed(const std::string& what, int code)
{
    const auto noted = "backup: " + what + ": " + std::strerror(code);
    if (code == ENOSPC || code == EDQUOT)
        return unavailable("The disk is full: the backup could not be written.", noted);
    return unavailable("The backup could not be written.", noted);
}

Result<void> flush(const std::string& path, int flags)
{
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    if (descriptor < 0)
        return failed("opening " + path, errno);
    const int code = ::fsync(descriptor) != 0 ? errno : 0;
    ::close(descriptor);
    return code == 0 ? Result<void>{} : failed("flushing " + path, code);
}

std::vector<char*> pointers_to(std::vector<std::string>& texts)
{
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (auto& text : texts)
        pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

Result<void> run_pg_dump(const Session& session, const std::string& schema, const std::string& program,
                         const std::string& to)
{
    std::vector<std::string> arguments{
        program, "--format=custom", "--no-password", "--schema=" + schema, "--enable-row-security", "--file=" + to};
    // The policies hold pg_dump to one organisation as well, unless it says that it means all of them.
    std::vector<std::string> environment{"PGOPTIONS=-c handrail.all=on"};
    for (const auto& [name, value] : session.environment())
        environment.push_back(name + "=" + value);
    for (char** each = environ; *each != nullptr; ++each)
        if (std::strncmp(*each, "PG", 2) != 0)
            environment.emplace_back(*each);
    pid_t child = 0;
    if (const int code = ::posix_spawnp(&child, program.c_str(), nullptr, nullptr, pointers_to(arguments).data(),
                                        pointers_to(environment).data());
        code != 0)
        return unavailable("pg_dump is needed for a backup and could not be started. Debian has it in "
                           "postgresql-client.",
                           std::string("backup: ") + std::strerror(code));
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return unavailable("pg_dump could not make the backup; it has said why on standard error.",
                           "backup: pg_dump ended with " + std::to_string(status));
    return {};
}

} // namespace

Result<void> dump(const Session& session, const std::string& schema, const std::string& program, const std::string& to)
{
    const auto unfinished = to + ".tmp";
    std::error_code ignored; // when it cannot be removed, making it anew says why
    std::filesystem::remove(unfinished, ignored);
    const int descriptor = ::open(unfinished.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0)
        return failed("making " + unfinished, errno);
    ::close(descriptor);
    auto done = run_pg_dump(session, schema, program, unfinished);
    if (done)
        done = flush(unfinished, O_RDWR);
    if (done && std::rename(unfinished.c_str(), to.c_str()) != 0)
        done = failed("putting it in its place", errno);
    if (!done) {
        std::filesystem::remove(unfinished, ignored);
        return done;
    }
    const auto folder = std::filesystem::path(to).parent_path();
    return flush(folder.empty() ? "." : folder.string(), O_RDONLY | O_DIRECTORY);
}

} // namespace handrail::postgres
