// The socket by which a command on the same machine asks the running server.

#include "app/control_socket.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "service_for_test.h"

namespace handrail::app {
namespace {

namespace fs = std::filesystem;

TEST(ControlSocket, IsItsOwnersAloneAndAnswers)
{
    const tests::FolderForTest folder;
    const auto open = must(ControlSocket::open(folder.path(), [](const std::string& line) { return "ok " + line; }));
    EXPECT_EQ(fs::status(folder.path() / "control.sock").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(ask_running_server(folder.path(), "backup manual").value_or(""), "ok backup manual");
}

// A process has one umask: a backup folder that another thread made while the socket narrowed it could not be opened.
TEST(ControlSocket, LeavesTheFoldersOfOtherThreadsAlone)
{
    const tests::FolderForTest folder;
    const auto before = ::umask(0022);
    std::jthread maker([&](const std::stop_token& stop) {
        for (int i = 0; !stop.stop_requested(); ++i)
            fs::create_directory(folder.path() / std::to_string(i));
    });
    for (int again = 0; again < 300; ++again)
        must(ControlSocket::open(folder.path(), [](const std::string&) { return std::string("ok"); }));
    maker.request_stop();
    maker.join();
    ::umask(before);
    int made = 0;
    for (const auto& each : fs::directory_iterator(folder.path())) {
        ++made;
        EXPECT_EQ(each.status().permissions(), fs::perms(0755)) << each.path();
    }
    EXPECT_GT(made, 300);
}

} // namespace
} // namespace handrail::app
