#include "app/doctor/network.h"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <memory>

#include "app/doctor/certificate.h"
#include "base/text.h"

namespace handrail::app::doctor {

namespace {

/// Stores, logs, the page's files, standard streams: far more than were ever seen open beside connections.
constexpr std::uint64_t files_beside_connections = 256;
constexpr timeval patience{2, 0};

struct Free {
    void operator()(addrinfo* found) const { ::freeaddrinfo(found); }
};
using Address = std::unique_ptr<addrinfo, Free>;

Address address_of(const std::string& address, int port)
{
    addrinfo wanted{};
    wanted.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const auto name = address == "localhost" ? std::string("127.0.0.1") : address;
    return Address(::getaddrinfo(name.c_str(), std::to_string(port).c_str(), &wanted, &found) == 0 ? found : nullptr);
}

/// What /readyz answers in plain HTTP; empty when nothing does.
std::string readiness_at(const addrinfo& address)
{
    const int fd = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return {};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    std::string answer;
    constexpr std::string_view question = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    if (::connect(fd, address.ai_addr, address.ai_addrlen) == 0 &&
        ::send(fd, question.data(), question.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(question.size())) {
        char bytes[1024];
        ssize_t got = 0;
        while (answer.size() < 8 * sizeof bytes && (got = ::recv(fd, bytes, sizeof bytes, 0)) > 0)
            answer.append(bytes, static_cast<std::size_t>(got));
    }
    ::close(fd);
    return answer;
}

} // namespace

Listening who_listens(const std::string& address, int port, bool tls)
{
    const auto found = address_of(address, port);
    if (!found)
        return Listening::NotHere;
    const int fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const int failed = ::bind(fd, found->ai_addr, found->ai_addrlen) == 0 ? 0 : errno;
    if (fd >= 0)
        ::close(fd);
    if (failed == 0)
        return Listening::Nobody;
    if (failed == EACCES)
        return Listening::NotAllowed;
    if (failed != EADDRINUSE)
        return Listening::NotHere;
    if (tls || !is_loopback(address))
        return Listening::Unasked;
    return readiness_at(*found).find("\"screening\":") != std::string::npos ? Listening::Handrail : Listening::Other;
}

Seen judge(Listening listening, const std::string& address, int port, bool serving)
{
    const std::string what = "address";
    const auto at = fmt::format("{} port {}", address, port);
    switch (listening) {
    case Listening::Nobody:
        if (serving)
            return look(what, fmt::format("A server runs on this folder, but not at {}.", at),
                        "It was started with another port, or with other settings.");
        return fine(what, fmt::format("{} is free for the next start.", at));
    case Listening::Handrail:
        if (serving)
            return fine(what, fmt::format("Handrail answers at {}.", at));
        return look(what, fmt::format("A Handrail answers at {}, but none runs on this folder.", at),
                    "It is another service of this machine: give one of the two another port.");
    case Listening::Unasked:
        if (serving)
            return fine(what,
                        fmt::format("{} is taken, and a server runs on this folder; it was not asked who it is.", at));
        return wrong(what, fmt::format("{} is taken, and no server runs on this folder.", at),
                     fmt::format("Find out by whom: ss -ltnp 'sport = :{}'.", port));
    case Listening::Other:
        return wrong(what, fmt::format("Something answers at {} that is not Handrail.", at),
                     fmt::format("Find out what: ss -ltnp 'sport = :{}'; stop it, or set another port.", port));
    case Listening::NotAllowed:
        return wrong(what, fmt::format("This user may not listen at {}.", at),
                     "Take a port from 1024 on, or let the service have it: the lines at the head of its unit.");
    case Listening::NotHere:
        return wrong(what, fmt::format("{} is no address of this machine.", at),
                     "Set [server] address to one that is.");
    }
    return {};
}

std::optional<std::uint64_t> file_limit(std::optional<pid_t> process)
{
    rlimit limit{};
    if (::prlimit(process.value_or(0), RLIMIT_NOFILE, nullptr, &limit) != 0)
        return std::nullopt;
    return limit.rlim_max; // serve raises its own to this
}

Seen judge_file_limit(std::optional<std::uint64_t> limit, int connections, bool of_server)
{
    const std::string what = "open files";
    const char* whose = of_server ? "The server" : "What is started from here";
    if (!limit)
        return look(what, "The limit of the running server cannot be read.", "Run this command as its user.");
    const auto wanted = static_cast<std::uint64_t>(connections) + files_beside_connections;
    if (*limit < wanted)
        return wrong(
            what, fmt::format("{} may have {} open; {} connections want {}.", whose, *limit, connections, wanted),
            fmt::format("Raise it (LimitNOFILE={} in the unit, ulimit -Hn in a shell), or set max_connections lower.",
                        wanted));
    return fine(what, fmt::format("{} may have {} open; {} connections want {}.", whose, *limit, connections, wanted));
}

std::string written(const RunningState& state)
{
    return fmt::format("{}\t{}\t{}\t{}\t{}", state.durable ? 1 : 0, state.ahead_seconds, state.jumps,
                       state.backup_problem, state.checkpoint_problem);
}

std::optional<RunningState> read_running_state(const std::string& answer)
{
    constexpr std::string_view good = "ok ";
    if (!answer.starts_with(good))
        return std::nullopt;
    const auto parts = split(std::string_view(answer).substr(good.size()), '\t');
    if (parts.size() != 5)
        return std::nullopt;
    RunningState state;
    const auto number = [](std::string_view text, auto& into) {
        return std::from_chars(text.data(), text.data() + text.size(), into).ec == std::errc{};
    };
    int durable = 0;
    if (!number(parts[0], durable) || !number(parts[1], state.ahead_seconds) || !number(parts[2], state.jumps))
        return std::nullopt;
    state.durable = durable == 1;
    state.backup_problem = parts[3];
    state.checkpoint_problem = parts[4];
    return state;
}

std::vector<Seen> judge(std::optional<pid_t> process, const std::optional<std::string>& answer)
{
    const std::string what = "server";
    if (!process)
        return {look(what, "None runs on this folder, or not for this user to ask.",
                     "Start it: a server that is down calls nobody.")};
    const auto pid = *process;
    if (!answer)
        return {look(what, fmt::format("Process {} runs on this folder, and did not answer in time.", pid),
                     "A backup under way can be why; ask again, then read its log.")};
    const auto state = read_running_state(*answer);
    if (!state)
        return {look(what, fmt::format("Process {} runs on this folder, and does not know this question.", pid),
                     "It is of another version than this command: restart it after an upgrade.")};
    std::vector<Seen> seen;
    if (state->durable)
        seen.push_back(fine(
            what, fmt::format("Process {} runs on this folder; its store says that it flushes each commit.", pid)));
    else
        seen.push_back(wrong(what,
                             fmt::format("Process {} runs on this folder, and its store is not durable now.", pid),
                             "Read its log and /readyz; what it acknowledges now may be lost."));
    if (state->ahead_seconds > 60)
        seen.push_back(wrong("clock of the server",
                             fmt::format("It is {} s ahead of the system's, which was set back.", state->ahead_seconds),
                             "Set the system's clock right; the server waits for it to catch up."));
    else if (state->jumps > 0)
        seen.push_back(look("clock of the server",
                            fmt::format("The system's clock jumped {} times since it was started.", state->jumps),
                            "The log says when; see what sets the clock, or whether the machine sleeps."));
    if (!state->backup_problem.empty())
        seen.push_back(
            wrong("backups of the server", state->backup_problem, "Put that right; the next round tries again."));
    if (!state->checkpoint_problem.empty())
        seen.push_back(wrong("checkpoints of the server", state->checkpoint_problem,
                             "Put that right; when the record does not hold, find out first who could change it."));
    return seen;
}

} // namespace handrail::app::doctor
