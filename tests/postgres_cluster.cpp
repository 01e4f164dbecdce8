#include "postgres_cluster.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace handrail::tests {

namespace {

/// The newest server that is installed where Debian puts it.
std::string newest_binaries()
{
    std::string found;
    std::error_code ignored;
    for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored))
        if (const auto folder = version.path() / "bin"; std::filesystem::exists(folder / "initdb"))
            found = std::max(found, folder.string());
    return found;
}

/// In memory where there is room: the server flushes as it always does, and the tests do not wait for a slow disk.
std::filesystem::path roomy_folder()
{
    std::error_code none;
    const auto memory = std::filesystem::space("/dev/shm", none);
    constexpr std::uintmax_t needed = 600'000'000;
    if (!none && memory.available > needed && ::access("/dev/shm", W_OK | X_OK) == 0)
        return "/dev/shm";
    return std::filesystem::temp_directory_path();
}

int free_port()
{
    const int taken = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(taken, reinterpret_cast<sockaddr*>(&address), size);
    ::getsockname(taken, reinterpret_cast<sockaddr*>(&address), &size);
    ::close(taken);
    return ntohs(address.sin_port);
}

/// PostgreSQL does not run as root: then as the user `postgres`.
const passwd* server_user()
{
    return ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
}

/// Starts a program whose output goes to `log`; it ends when this program does.
pid_t start_program(std::vector<std::string> arguments, const std::string& log)
{
    const auto* user = server_user();
    std::vector<char*> pointers;
    for (auto& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const pid_t child = ::fork();
    if (child != 0)
        return child;
    const int output = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0666);
    ::dup2(output, 1);
    ::dup2(output, 2);
    if (user != nullptr && (::setgid(user->pw_gid) != 0 || ::setuid(user->pw_uid) != 0 || ::chdir("/") != 0))
        ::_exit(126);
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    ::execv(pointers[0], pointers.data());
    ::_exit(127);
}

int wait_for(pid_t child)
{
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
}

std::string text_of(const std::string& path)
{
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

PostgresCluster* PostgresCluster::of_this_program(std::string& why_not)
{
    static std::string missing;
    static const std::unique_ptr<PostgresCluster> cluster = []() -> std::unique_ptr<PostgresCluster> {
        std::unique_ptr<PostgresCluster> made(new PostgresCluster);
        made->binaries_ = newest_binaries();
        if (made->binaries_.empty()) {
            missing = "no /usr/lib/postgresql/*/bin/initdb; install the package postgresql";
            return nullptr;
        }
        if (::geteuid() == 0 && server_user() == nullptr) {
            missing = "running as root, and there is no user postgres to run the server as";
            return nullptr;
        }
        auto wanted = (roomy_folder() / "handrail-postgres-XXXXXX").string();
        if (::mkdtemp(wanted.data()) == nullptr)
            throw std::runtime_error("no temporary folder can be made");
        made->folder_ = wanted;
        if (const auto* user = server_user();
            user != nullptr && ::chown(wanted.c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error("the temporary folder cannot be given to postgres");
        const auto log = made->folder_ + "/log";
        if (wait_for(start_program({made->program("initdb"), "-D", made->folder_ + "/data", "-U", "postgres", "-A",
                                    "trust", "-E", "UTF8", "--locale=C", "--no-sync"},
                                   log)) != 0)
            throw std::runtime_error("initdb failed: " + text_of(log));
        made->port_ = free_port();
        if (std::string why; !made->start({}, why))
            throw std::runtime_error(why);
        made->ask("postgres", "CREATE ROLE handrail LOGIN NOSUPERUSER NOBYPASSRLS");
        return made;
    }();
    why_not = missing;
    return cluster.get();
}

PostgresCluster::~PostgresCluster()
{
    stop();
    std::error_code ignored;
    if (!folder_.empty())
        std::filesystem::remove_all(folder_, ignored);
}

bool PostgresCluster::start(const std::string& setting, std::string& why_not)
{
    const auto log = folder_ + "/log";
    std::vector<std::string> arguments{program("postgres"),  "-D", folder_ + "/data", "-k", folder_, "-p",
                                       std::to_string(port_)};
    for (const std::string each : {"listen_addresses=127.0.0.1", "fsync=on", "synchronous_commit=on",
                                   "max_connections=100", "shared_buffers=64MB"}) {
        arguments.emplace_back("-c");
        arguments.push_back(each);
    }
    if (!setting.empty()) {
        arguments.emplace_back("-c");
        arguments.push_back(setting);
    }
    server_ = start_program(arguments, log);
    for (int tries = 0; tries < 1500; ++tries) {
        if (PQping(superuser_conninfo("postgres").c_str()) == PQPING_OK)
            return true;
        if (::waitpid(server_, nullptr, WNOHANG) == server_)
            break;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    why_not = "the PostgreSQL server did not start: " + text_of(log);
    return false;
}

void PostgresCluster::stop()
{
    if (server_ <= 0)
        return;
    ::kill(server_, SIGQUIT);
    wait_for(server_);
    server_ = 0;
}

void PostgresCluster::restart(const std::string& setting)
{
    stop();
    if (std::string why; !start(setting, why))
        throw std::runtime_error(why);
}

std::string PostgresCluster::fresh_database()
{
    const auto name = "handrail_" + std::to_string(++databases_);
    ask("postgres", "CREATE DATABASE " + name + " OWNER handrail");
    return name;
}

std::string PostgresCluster::conninfo(const std::string& database) const
{
    return "host=127.0.0.1 port=" + std::to_string(port_) + " user=handrail dbname=" + database;
}

std::string PostgresCluster::superuser_conninfo(const std::string& database) const
{
    return "host=" + folder_ + " port=" + std::to_string(port_) + " user=postgres dbname=" + database;
}

std::string PostgresCluster::ask(const std::string& database, const std::string& sql) const
{
    PGconn* connection = PQconnectdb(superuser_conninfo(database).c_str());
    PGresult* result = PQexec(connection, sql.c_str());
    const auto status = PQresultStatus(result);
    const std::string answer = PQntuples(result) > 0 ? PQgetvalue(result, 0, 0) : "";
    const std::string problem = PQerrorMessage(connection);
    PQclear(result);
    PQfinish(connection);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(sql + ": " + problem);
    return answer;
}

} // namespace handrail::tests
