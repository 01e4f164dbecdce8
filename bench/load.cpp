// Asks a running server as fast as it answers, from one thread, and says how fast that was; or starts one and says how
// long its first answer took. One line of JSON for each run, read by bench/run.
//
//   handrail_load requests --port P --what healthz|check-ins|safety-plan|progress|messages [--clients N] [--seconds S]
//   handrail_load start --binary B --folder F
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "connection.h"
#include "sign_up.h"

namespace {

using namespace handrail::bench;
using Steady = std::chrono::steady_clock;
using Options = std::map<std::string, std::string>;

double milliseconds_since(Steady::time_point began)
{
    return std::chrono::duration<double, std::milli>(Steady::now() - began).count();
}

int number(const Options& options, const std::string& name, int otherwise)
{
    const auto found = options.find(name);
    int out = otherwise;
    if (found != options.end())
        std::from_chars(found->second.data(), found->second.data() + found->second.size(), out);
    return out;
}

/// What is asked, over and over, by one client.
struct Asking {
    std::string what;
    std::string version; ///< of the check-in form

    std::string next(std::uint16_t port, const std::string& cookie, std::size_t client, std::size_t count) const
    {
        const auto id = "b" + std::to_string(client) + "-" + std::to_string(::getpid()) + "-" + std::to_string(count);
        if (what == "healthz")
            return request_text(port, "GET", "/healthz", {}, {});
        if (what == "check-ins")
            return request_text(port, "POST", "/api/v1/check-ins", cookie,
                                R"({"form":"daily","version":")" + version + R"(","client_id":")" + id +
                                    R"(","answers":{"mood":)" + std::to_string(1 + count % 5) +
                                    R"(,"sleep":3,"did":["people"],"note":"Long shift. Walked home the slow way"}})");
        if (what == "messages") {
            static constexpr std::array<const char*, 4> said{
                "Could not face the canteen again, had lunch in the car and then sat there for a while",
                "the people, I felt like everyone would look at me and I did not know what to say",
                "work was long and I slept badly but my sister rang and we talked a bit about the summer",
                "I keep putting off the letter from the bank and now it is on the shelf with the others"};
            return request_text(port, "POST", "/api/v1/conversation/messages", cookie,
                                std::string(R"({"text":")") + said[count % said.size()] + R"(","client_id":")" + id +
                                    R"("})");
        }
        return request_text(port, "GET", "/api/v1/" + what, cookie, {});
    }
    int good_status() const { return what == "check-ins" || what == "messages" ? 201 : 200; }
};

struct Client {
    Connection connection;
    std::string cookie;
    std::size_t count = 0;
    Steady::time_point asked_at;
};

int requests(const Options& options)
{
    const auto port = static_cast<std::uint16_t>(number(options, "port", 0));
    const auto seconds = std::chrono::seconds{number(options, "seconds", 5)};
    const auto how_many = static_cast<std::size_t>(number(options, "clients", 32));
    Asking asking{options.at("what"), {}};

    std::vector<Client> clients;
    for (std::size_t i = 0; i < how_many; ++i) {
        clients.push_back({Connection(port), asking.what == "healthz" ? std::string{} : sign_up(port), 0, {}});
        if (!clients.back().connection.open() || (asking.what != "healthz" && clients.back().cookie.empty()))
            return 1;
    }
    Answer answer;
    if (asking.what == "check-ins") {
        clients[0].connection.exchange(request_text(port, "GET", "/api/v1/check-in/form", clients[0].cookie, {}), answer);
        asking.version = between(answer.body, R"("version":")", "\"");
    }
    // Once each before the clock runs: opens conversations, fills caches.
    for (std::size_t i = 0; i < clients.size(); ++i) {
        auto& client = clients[i];
        const auto request = asking.next(port, client.cookie, i, client.count++);
        if (!client.connection.exchange(request, answer) || answer.status != asking.good_status()) {
            std::fprintf(stderr, "handrail_load: %s answered %d %s\n", asking.what.c_str(), answer.status,
                         answer.body.c_str());
            return 1;
        }
    }

    const int poller = ::epoll_create1(EPOLL_CLOEXEC);
    std::vector<double> waits;
    waits.reserve(1U << 20U);
    std::size_t refused = 0, in_flight = 0;
    const auto ask = [&](std::size_t i) {
        auto& client = clients[i];
        client.asked_at = Steady::now();
        if (!client.connection.send(asking.next(port, client.cookie, i, client.count++)))
            return false;
        ++in_flight;
        return true;
    };
    const auto began = Steady::now();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        epoll_event wanted{};
        wanted.events = EPOLLIN;
        wanted.data.u64 = i;
        ::epoll_ctl(poller, EPOLL_CTL_ADD, clients[i].connection.fd(), &wanted);
        if (!ask(i))
            return 1;
    }
    std::array<epoll_event, 64> events{};
    while (in_flight > 0) {
        const int ready = ::epoll_wait(poller, events.data(), static_cast<int>(events.size()), 10'000);
        if (ready <= 0) {
            std::fprintf(stderr, "handrail_load: no answer for ten seconds\n");
            return 1;
        }
        for (int e = 0; e < ready; ++e) {
            const auto i = static_cast<std::size_t>(events[static_cast<std::size_t>(e)].data.u64);
            auto& client = clients[i];
            if (!client.connection.receive()) {
                std::fprintf(stderr, "handrail_load: the server closed a connection\n");
                return 1;
            }
            if (!client.connection.take(answer))
                continue;
            --in_flight;
            if (answer.status == asking.good_status())
                waits.push_back(milliseconds_since(client.asked_at));
            else if (++refused == 1)
                std::fprintf(stderr, "handrail_load: %s answered %d %s\n", asking.what.c_str(), answer.status,
                             answer.body.c_str());
            if (Steady::now() - began < seconds && !ask(i))
                return 1;
        }
    }
    const double took = milliseconds_since(began) / 1000;
    ::close(poller);
    if (waits.empty())
        return 1;
    std::sort(waits.begin(), waits.end());
    const auto at = [&](double share) {
        return waits[std::min(waits.size() - 1, static_cast<std::size_t>(share * static_cast<double>(waits.size())))];
    };
    std::printf("{\"what\":\"%s\",\"clients\":%zu,\"requests\":%zu,\"refused\":%zu,\"seconds\":%.3f,\"per_second\":%.0f,"
                "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"longest_ms\":%.1f}\n",
                asking.what.c_str(), clients.size(), waits.size(), refused, took,
                static_cast<double>(waits.size()) / took, at(0.5), at(0.99), waits.back());
    return 0;
}

std::uint16_t free_port()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    std::uint16_t port = 0;
    if (::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
        ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0)
        port = ntohs(address.sin_port);
    ::close(fd);
    return port;
}

/// Milliseconds until the path answers 200; nothing when it does not within a minute.
std::optional<double> until_answered(std::uint16_t port, const char* path, Steady::time_point began)
{
    const auto request = request_text(port, "GET", path, {}, {});
    while (milliseconds_since(began) < 60'000) {
        Connection connection(port);
        Answer answer;
        if (connection.open() && connection.exchange(request, answer) && answer.status == 200)
            return milliseconds_since(began);
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return std::nullopt;
}

int start(const Options& options)
{
    const auto& binary = options.at("binary");
    const auto& folder = options.at("folder");
    const auto port = free_port();
    const auto port_text = std::to_string(port);
    const auto began = Steady::now();
    const pid_t child = ::fork();
    if (child == 0) {
        const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
        ::dup2(nowhere, 1);
        ::execl(binary.c_str(), binary.c_str(), "serve", "--demo", "--port", port_text.c_str(), "--folder",
                folder.c_str(), static_cast<char*>(nullptr));
        std::perror(binary.c_str());
        ::_exit(127);
    }
    const auto healthy = until_answered(port, "/healthz", began);
    const auto answered = healthy ? until_answered(port, "/api/v1/service", began) : std::nullopt;
    ::kill(child, SIGTERM);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!answered || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::fprintf(stderr, "handrail_load: the server did not answer, or did not end as it should (%d)\n", status);
        return 1;
    }
    std::printf("{\"what\":\"start\",\"healthz_ms\":%.1f,\"answer_ms\":%.1f}\n", *healthy, *answered);
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    Options options;
    for (int i = 2; i + 1 < argc; i += 2)
        if (std::strncmp(argv[i], "--", 2) == 0)
            options[argv[i] + 2] = argv[i + 1];
    const std::string mode = argc > 1 ? argv[1] : "";
    if (mode == "requests" && options.contains("port") && options.contains("what"))
        return requests(options);
    if (mode == "start" && options.contains("binary") && options.contains("folder"))
        return start(options);
    std::fprintf(stderr, "handrail_load requests --port P --what healthz|check-ins|safety-plan|progress|messages "
                         "[--clients N] [--seconds S]\nhandrail_load start --binary B --folder F\n");
    return 2;
}
