#include "app/outside_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

namespace handrail::app {

namespace {

/// What the shell begins with: its own group, no open files of the server's, signals as in any program.
class Start {
public:
    explicit Start(int input)
    {
        ::posix_spawn_file_actions_init(&files_);
        ::posix_spawn_file_actions_adddup2(&files_, input, STDIN_FILENO);
        ::posix_spawn_file_actions_addopen(&files_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        ::posix_spawn_file_actions_addclosefrom_np(&files_, STDERR_FILENO + 1);
        ::posix_spawnattr_init(&about_);
        sigset_t none;
        sigemptyset(&none);
        sigset_t usual; // the server ignores it; a filter in a pipe must not
        sigemptyset(&usual);
        sigaddset(&usual, SIGPIPE);
        ::posix_spawnattr_setsigmask(&about_, &none);
        ::posix_spawnattr_setsigdefault(&about_, &usual);
        ::posix_spawnattr_setpgroup(&about_, 0);
        ::posix_spawnattr_setflags(&about_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~Start()
    {
        ::posix_spawn_file_actions_destroy(&files_);
        ::posix_spawnattr_destroy(&about_);
    }
    Start(const Start&) = delete;
    Start& operator=(const Start&) = delete;

    /// @return 0, or why not
    int run(pid_t& process, char* const arguments[], char* const environment[]) const
    {
        return ::posix_spawn(&process, "/bin/sh", &files_, &about_, arguments, environment);
    }

private:
    posix_spawn_file_actions_t files_{};
    posix_spawnattr_t about_{};
};

std::vector<char*> environment_without(const std::string& name)
{
    std::vector<char*> kept;
    for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
        const std::string_view variable = *each;
        if (name.empty() || variable.substr(0, variable.find('=')) != name)
            kept.push_back(*each);
    }
    kept.push_back(nullptr);
    return kept;
}

/// @return the status, as waitpid() gives it; nothing when it was ended here
std::optional<int> waited_for(pid_t process, std::chrono::seconds longest, const std::stop_token& stop)
{
    const auto until = std::chrono::steady_clock::now() + longest;
    int status = 0;
    for (;;) {
        const auto found = ::waitpid(process, &status, WNOHANG);
        if (found == process)
            return status;
        if (found < 0 && errno != EINTR)
            return std::nullopt;
        if (stop.stop_requested() || std::chrono::steady_clock::now() >= until)
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    ::kill(-process, SIGKILL);
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR)
        ;
    return std::nullopt;
}

} // namespace

Result<void> give_to(const OutsideCommand& command, const std::filesystem::path& file, const std::stop_token& stop)
{
    const auto failed = [&](const std::string& how) {
        return unavailable(command.calls_itself + " " + how, "command: " + how);
    };
    const int input = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (input < 0)
        return failed(fmt::format("was not run: {} cannot be read.", file.string()));
    std::string shell = "sh";
    std::string option = "-c";
    std::string line = command.line;
    char* const arguments[] = {shell.data(), option.data(), line.data(), nullptr};
    const auto environment = environment_without(command.keep_from_it);
    pid_t process = 0;
    const int problem = Start(input).run(process, arguments, environment.data());
    ::close(input);
    if (problem != 0)
        return failed(fmt::format("cannot be started: {}.", std::strerror(problem)));
    const auto status = waited_for(process, command.longest, stop);
    if (!status)
        return failed(stop.stop_requested() ? "was ended: the server stops."
                                            : fmt::format("did not end within {} s.", command.longest.count()));
    if (WIFSIGNALED(*status))
        return failed(fmt::format("was ended by signal {}.", WTERMSIG(*status)));
    if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0)
        return failed(fmt::format("failed with exit code {}.", WEXITSTATUS(*status)));
    return {};
}

} // namespace handrail::app
