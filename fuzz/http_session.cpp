// A connection, as the outside world speaks on it: the first byte says in what pieces the rest arrives.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "http/router.h"
#include "http/session.h"

namespace
{

using namespace handrail::http;

class Home final : public SessionHome
{
public:
    void left(Session&) override { ++gone; }
    int gone = 0;
};

/// Holds what the session says, and who wants to hear more.
struct Wire {
    std::shared_ptr<SocketUser> reader;
    std::string said;
    bool closed = false;
};

class FakeSocket final : public Socket
{
public:
    explicit FakeSocket(Wire& wire) : wire_(wire) {}
    void read(std::shared_ptr<SocketUser> user) override { wire_.reader = std::move(user); }
    bool has_unread() const override { return false; }
    Sent send(Outgoing outgoing, std::shared_ptr<SocketUser>) override
    {
        wire_.said += outgoing.head + outgoing.body;
        return Sent::Done;
    }
    void end_sending(std::shared_ptr<SocketUser>) override {}
    void close() override { wire_.closed = true; }
    void post(std::function<void()> work) override { work(); }

private:
    Wire& wire_;
};

House& house()
{
    static Router router = [] {
        Router out;
        Route route;
        route.callers = Callers::anyone();
        route.light = true;
        route.handler = [](const Request& request) -> handrail::Result<Response> {
            request.query("q");
            request.cookie("__Host-handrail");
            request.languages();
            return Response::text(request.body);
        };
        route.pattern = "/a/{b}";
        out.add(route);
        route.method = Method::Post;
        route.largest_body = 64;
        out.add(route);
        return out;
    }();
    static House house(router, {.workers = 1}, *Proxies::from({"127.0.0.1"}));
    return house;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t piece = std::max<std::size_t>(1, bytes[0]);
    std::string_view rest(reinterpret_cast<const char*>(bytes) + 1, size - 1);
    Home home;
    Wire wire;
    {
        auto session =
            std::make_shared<Session>(std::make_unique<FakeSocket>(wire), house(), home, "127.0.0.1", false);
        session->start();
        while (!rest.empty() && !wire.closed) {
            handrail::ensure(wire.reader != nullptr, "a session that is not closed wants to hear more");
            const auto reader = std::exchange(wire.reader, nullptr);
            reader->on_bytes(rest.substr(0, piece));
            rest.remove_prefix(std::min(piece, rest.size()));
        }
        session->tick(Session::Steady::now() + std::chrono::hours(1));
        session->close();
    }
    wire.reader = nullptr;
    handrail::ensure(home.gone == 1, "a session leaves its home once");
    return 0;
}
