#include "http/request.h"

#include <gmock/gmock.h>

#include "http/cookie.h"
#include "http/origin.h"
#include "http/proxies.h"

namespace handrail::http
{
namespace
{

using ::testing::ElementsAre;

Request aimed(std::string target)
{
    Request request;
    request.target = std::move(target);
    return request;
}

TEST(Request, ReadsItsAddress)
{
    auto good = aimed("/a%20b/%E2%9C%93?x=%2F");
    ASSERT_TRUE(good.read_target());
    EXPECT_EQ(good.resource, "/a b/✓");
    for (const auto* target : {"", "a", "http://else/", "/%", "/%4", "/%zz", "/%00", "/%ff", "/%C0%AF"})
        EXPECT_FALSE(aimed(target).read_target()) << target;
}

TEST(Request, ReadsItsQuery)
{
    const auto request = aimed("/x?days=28&name=Ada+L%C3%B6w&flag&empty=&days=3&bad=%ff&id=zzz");
    EXPECT_EQ(request.query("days"), "28");
    EXPECT_EQ(request.query("name"), "Ada Löw");
    EXPECT_EQ(request.query("empty"), "");
    EXPECT_EQ(request.query("missing"), std::nullopt);
    EXPECT_EQ(request.query("bad"), std::nullopt);
    EXPECT_TRUE(request.query_flag("flag"));
    EXPECT_FALSE(request.query_flag("days"));
    EXPECT_EQ(*request.query_number("days", 7, 1, 28), 28);
    EXPECT_EQ(*request.query_number("missing", 7, 1, 28), 7);
    const auto outside = request.query_number("days", 7, 1, 27);
    ASSERT_FALSE(outside);
    EXPECT_EQ(outside.error().where, "?days");
    EXPECT_FALSE(request.query_number("name", 7, 1, 28));
    EXPECT_FALSE(request.query_id<AlertId>("id"));
    EXPECT_EQ(*request.query_id<AlertId>("missing"), std::nullopt);
}

TEST(Request, ReadsCookiesAndLanguages)
{
    Request request;
    request.headers = {{"cookie", "a=1; __Host-handrail=tok=en; b=2"},
                       {"Accept-Language", "en;q=0.5, de-CH, *, fr;q=0"}};
    EXPECT_EQ(request.cookie("__Host-handrail"), "tok=en");
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("Host-handrail"), "");
    EXPECT_EQ(request.cookie("__Host"), "");
    EXPECT_THAT(request.languages(), ElementsAre("de-ch", "en"));
}

TEST(Cookie, IsKeptToThisHost)
{
    EXPECT_EQ(host_cookie("__Host-handrail", "abc", std::chrono::hours(1)),
              "__Host-handrail=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600");
    EXPECT_EQ(no_host_cookie("__Host-handrail"),
              "__Host-handrail=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
    EXPECT_THROW(host_cookie("session", "abc"), std::logic_error);
    EXPECT_THROW(host_cookie("__Host-x", "a; Domain=else"), std::logic_error);
}

struct OriginCase {
    const char* site;   ///< Sec-Fetch-Site; nullptr: not sent
    const char* origin; ///< nullptr: not sent
    bool cookie;
    bool allowed;
};

// The table in http/origin.h, both sides of each line.
constexpr OriginCase origin_cases[] = {
    {"same-origin", "https://help.example.org", true, true},
    {"same-origin", nullptr, true, true},
    {"none", nullptr, true, true},
    {"same-site", "https://help.example.org", true, false},
    {"cross-site", "https://help.example.org", false, false},
    {"cross-site", nullptr, false, false},
    {"same-origin", "https://evil.example.org", true, false},
    {nullptr, "https://help.example.org", true, true},
    {nullptr, "HTTPS://Help.Example.Org:443", true, true},
    {nullptr, "https://help.example.org:8443", true, false},
    {nullptr, "http://help.example.org", true, false},
    {nullptr, "http://127.0.0.1:8080", true, true}, // the Host below
    {nullptr, "http://127.0.0.1:8081", true, false},
    {nullptr, "https://127.0.0.1:8080", true, false},
    {nullptr, "null", true, false},
    {nullptr, "null", false, false},
    {nullptr, "", false, false},
    {nullptr, "https://evil.example", false, false},
    {nullptr, "https://help.example.org.evil.example", true, false},
    {nullptr, nullptr, false, true},
    {nullptr, nullptr, true, false},
};

TEST(Origin, LetsOnlyOurOwnPagesChangeThings)
{
    for (const auto& each : origin_cases) {
        Request request;
        request.method = Method::Post;
        request.headers.add("Host", "127.0.0.1:8080");
        if (each.site)
            request.headers.add("Sec-Fetch-Site", each.site);
        if (each.origin)
            request.headers.add("Origin", each.origin);
        if (each.cookie)
            request.headers.add("Cookie", "__Host-handrail=x");
        const auto checked = check_origin(request, "https://help.example.org/", "__Host-handrail");
        EXPECT_EQ(checked.ok(), each.allowed) << (each.site ? each.site : "-") << " "
                                              << (each.origin ? each.origin : "-") << " " << each.cookie;

        request.method = Method::Get;
        EXPECT_TRUE(check_origin(request, "https://help.example.org/", "__Host-handrail"))
            << "reading is no change";
        request.headers.add("Upgrade", "WebSocket");
        EXPECT_EQ(check_origin(request, "https://help.example.org/", "__Host-handrail").ok(), each.allowed)
            << "a WebSocket is more than reading";
    }
}

TEST(Proxies, AreBelievedOnlyWhenNamed)
{
    const auto proxies = Proxies::from({"10.0.0.0/8", "192.0.2.7", "fd00::/8", "::1"});
    ASSERT_TRUE(proxies);
    const struct {
        const char* peer;
        const char* forwarded;
        const char* browser;
    } cases[] = {
        {"203.0.113.9", "198.51.100.1", "203.0.113.9"},
        {"10.1.2.3", "198.51.100.1", "198.51.100.1"},
        {"10.1.2.3", "1.1.1.1, 198.51.100.1", "198.51.100.1"},
        {"10.1.2.3", "1.1.1.1, 198.51.100.1, 192.0.2.7", "198.51.100.1"},
        {"10.1.2.3", "10.0.0.9", "10.0.0.9"},
        {"10.1.2.3", "", "10.1.2.3"},
        {"10.1.2.3", "198.51.100.1, nonsense", "10.1.2.3"},
        {"fd12::1", "[2001:db8::5]:443", "2001:db8::5"},
        {"::1", "198.51.100.1:5555", "198.51.100.1"},
        {"192.0.2.8", "198.51.100.1", "192.0.2.8"},
    };
    for (const auto& each : cases)
        EXPECT_EQ(proxies->browser(each.peer, each.forwarded), each.browser)
            << each.peer << " " << each.forwarded;
    for (const auto* wrong : {"10.0.0.0/33", "10.0.0/8", "host", "::1/129", "10.0.0.1/", ""})
        EXPECT_FALSE(Proxies::from({wrong})) << wrong;
}

} // namespace
} // namespace handrail::http
