#include "app/control_socket.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <memory>

namespace handrail::app {

namespace {

constexpr std::size_t longest_line = 4096;

bool address_of(const std::filesystem::path& path, sockaddr_un& address)
{
    const auto text = path.string();
    if (text.size() >= sizeof address.sun_path)
        return false;
    std::memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, text.data(), text.size());
    return true;
}

std::string read_line(int fd)
{
    std::string line;
    char c = 0;
    while (line.size() < longest_line && ::read(fd, &c, 1) == 1 && c != '\n')
        line.push_back(c);
    return line;
}

/// @return the connection, or -1 when nobody listens there
int connected_to(const std::filesystem::path& folder)
{
    sockaddr_un address{};
    if (!address_of(std::filesystem::absolute(folder) / "control.sock", address))
        return -1;
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && ::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

void write_all(int fd, const std::string& text)
{
    std::size_t done = 0;
    while (done < text.size()) {
        const auto wrote = ::send(fd, text.data() + done, text.size() - done, MSG_NOSIGNAL);
        if (wrote <= 0)
            return;
        done += static_cast<std::size_t>(wrote);
    }
}

} // namespace

Result<std::unique_ptr<ControlSocket>> ControlSocket::open(const std::filesystem::path& folder, Answer answer)
{
    const auto path = std::filesystem::absolute(folder) / "control.sock";
    sockaddr_un address{};
    if (!address_of(path, address))
        return invalid("The path of the data folder is too long for a socket (107 characters).");
    ::unlink(path.c_str()); // the store's lock says that no other server has this folder
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // Nobody can connect before listen(), so it is the owner's alone in time. Never umask() for it: that is the whole
    // process's, and a folder of backups that another thread made meanwhile could not be opened.
    const bool bound = fd >= 0 && ::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                       ::chmod(path.c_str(), S_IRUSR | S_IWUSR) == 0;
    if (!bound || ::listen(fd, 4) != 0) {
        if (fd >= 0)
            ::close(fd);
        return unavailable("The control socket in the data folder cannot be opened.", "control: bind");
    }
    return std::unique_ptr<ControlSocket>(new ControlSocket(fd, path, std::move(answer)));
}

ControlSocket::ControlSocket(int listener, std::filesystem::path path, Answer answer)
    : listener_(listener), path_(std::move(path)), answer_(std::move(answer))
{
    ensure(::pipe(stop_) == 0, "a pipe can be made");
    worker_ = std::thread([this] { work(); });
}

ControlSocket::~ControlSocket()
{
    const char go = 'x';
    ensure(::write(stop_[1], &go, 1) == 1, "a pipe of one's own takes a byte");
    worker_.join();
    ::close(listener_);
    ::close(stop_[0]);
    ::close(stop_[1]);
    ::unlink(path_.c_str());
}

void ControlSocket::work()
{
    for (;;) {
        pollfd waiting[2] = {{listener_, POLLIN, 0}, {stop_[0], POLLIN, 0}};
        if (::poll(waiting, 2, -1) < 0)
            continue;
        if (waiting[1].revents != 0)
            return;
        const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (fd < 0)
            continue;
        const timeval limit{5, 0};
        ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        write_all(fd, answer_(read_line(fd)) + "\n");
        ::close(fd);
    }
}

std::optional<std::string> ask_running_server(const std::filesystem::path& folder, const std::string& line,
                                              std::chrono::seconds longest)
{
    const int fd = connected_to(folder);
    if (fd < 0)
        return std::nullopt;
    const timeval limit{longest.count(), 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    write_all(fd, line + "\n");
    auto answer = read_line(fd);
    ::close(fd);
    if (answer.empty())
        return std::nullopt;
    return answer;
}

Result<std::string> said_in(const std::string& answer)
{
    auto words = answer;
    std::replace(words.begin(), words.end(), line_separator, '\n');
    if (words.starts_with("ok "))
        return words.substr(3);
    return invalid(words.starts_with("error ") ? words.substr(6) : words);
}

std::optional<pid_t> running_server(const std::filesystem::path& folder)
{
    const int fd = connected_to(folder);
    if (fd < 0)
        return std::nullopt;
    ucred peer{};
    socklen_t size = sizeof peer;
    const bool known = ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0;
    ::close(fd);
    return known ? std::optional{peer.pid} : std::nullopt;
}

} // namespace handrail::app
