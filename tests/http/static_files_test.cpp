#include "http/static_files.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>

#include "base/ids.h"
#include "http/gzip.h"
#include "http/router.h"

namespace handrail::http
{
namespace
{

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class StaticFilesOnDisk : public ::testing::Test
{
protected:
    StaticFilesOnDisk() : home(fs::temp_directory_path() / ("handrail_static_" + to_text(random_id())))
    {
        fs::create_directories(home / "web/assets");
        fs::create_directories(home / "web/.hidden");
        write("web/index.html", "<title>person</title>");
        write("web/staff.html", "<title>staff</title>");
        write("web/help.html", "<title>help</title>");
        write("web/c.html", "<title>questions</title>");
        write("web/s.html", "<title>for you</title>");
        write("web/assets/app-1a2b.js", std::string(5000, 'j'));
        write("web/assets/app-1a2b.js.gz", gzip(std::string(5000, 'j'), 9));
        write("web/assets/style.css", std::string(5000, 'c'));
        write("web/assets/font.woff2", std::string(5000, 'f'));
        write("web/.hidden/key", "secret");
        write("web/.env", "secret");
        write("secret.txt", "secret");
        fs::create_symlink(home / "secret.txt", home / "web/link.txt");
        auto opened = StaticFiles::open((home / "web").string());
        EXPECT_TRUE(opened);
        files = *opened;
    }
    ~StaticFilesOnDisk() override { fs::remove_all(home); }

    void write(const std::string& path, const std::string& bytes)
    {
        std::ofstream(home / path, std::ios::binary) << bytes;
    }
    std::shared_ptr<Response> get(std::string target, Headers headers = {})
    {
        Request request;
        request.target = std::move(target);
        request.headers = std::move(headers);
        EXPECT_TRUE(request.read_target());
        return files->answer(request);
    }
    fs::path home;
    std::shared_ptr<const StaticFiles> files;
};

TEST_F(StaticFilesOnDisk, FindsPages)
{
    const Headers page = {{"Accept", "text/html,*/*"}};
    EXPECT_EQ(get("/")->content(), "<title>person</title>");
    EXPECT_EQ(get("/help.html")->content(), "<title>help</title>");
    EXPECT_EQ(get("/staff")->content(), "<title>staff</title>");
    EXPECT_EQ(get("/c")->content(), "<title>questions</title>");
    EXPECT_EQ(get("/s")->content(), "<title>for you</title>");
    EXPECT_EQ(get("/staff/caseload", page)->content(), "<title>staff</title>");
    EXPECT_EQ(get("/progress", page)->content(), "<title>person</title>");
    EXPECT_EQ(get("/progress"), nullptr) << "a program is told that there is no such thing";
    EXPECT_EQ(get("/missing.js", page), nullptr);
    EXPECT_EQ(get("/assets/missing", page), nullptr);
    EXPECT_EQ(get("/")->type, "text/html; charset=utf-8");
}

TEST_F(StaticFilesOnDisk, StaysInside)
{
    const Headers page = {{"Accept", "text/html"}};
    for (const auto* target :
         {"/../secret.txt", "/%2e%2e/secret.txt", "/assets/../../secret.txt", "/assets/..%2f..%2fsecret.txt",
          "/link.txt", "/.env", "/.hidden/key", "/..", "/assets/..", "/staff/../../secret.txt",
          "/..\\secret.txt", "//secret.txt", "/assets/app-1a2b.js/../../../secret"}) {
        const auto answer = get(target, page);
        EXPECT_TRUE(!answer || answer->content().find("secret") == std::string_view::npos) << target;
        EXPECT_TRUE(!answer || std::string_view(target).find("..") == std::string_view::npos) << target;
    }
}

TEST_F(StaticFilesOnDisk, CompressesAndRemembers)
{
    const auto plain = get("/assets/app-1a2b.js");
    EXPECT_EQ(plain->content().size(), 5000u);
    EXPECT_THAT(std::string(plain->headers.get("Cache-Control")), HasSubstr("immutable"));
    EXPECT_EQ(get("/")->headers.get("Cache-Control"), "no-cache");

    const auto small = get("/assets/app-1a2b.js", {{"Accept-Encoding", "br, gzip"}});
    EXPECT_EQ(small->headers.get("Content-Encoding"), "gzip");
    EXPECT_EQ(small->headers.get("Vary"), "Accept-Encoding");
    EXPECT_LT(small->content().size(), 200u);
    EXPECT_EQ(get("/assets/style.css", {{"Accept-Encoding", "gzip"}})->headers.get("Content-Encoding"),
              "gzip")
        << "compressed here, since nobody did before";
    EXPECT_EQ(get("/assets/font.woff2", {{"Accept-Encoding", "gzip"}})->content().size(), 5000u);
    EXPECT_EQ(get("/assets/style.css", {{"Accept-Encoding", "gzip;q=0"}})->content().size(), 5000u);
    EXPECT_EQ(get("/assets/app-1a2b.js.gz"), nullptr);

    const std::string tag(plain->headers.get("ETag"));
    EXPECT_EQ(get("/assets/app-1a2b.js", {{"If-None-Match", "\"x\", W/" + tag}})->status, 304);
    EXPECT_EQ(get("/assets/app-1a2b.js", {{"If-None-Match", "\"x\""}})->status, 200);
}

TEST_F(StaticFilesOnDisk, StandBehindTheRoutes)
{
    Router router;
    RouterHooks hooks;
    hooks.files = files;
    router.set_hooks(hooks);
    const auto status = [&](Method method, const char* target) {
        Request request;
        request.method = method;
        request.target = target;
        request.headers.add("Accept", "text/html");
        EXPECT_TRUE(request.read_target());
        return router.answer(request).status;
    };
    EXPECT_EQ(status(Method::Get, "/"), 200);
    EXPECT_EQ(status(Method::Head, "/"), 200);
    EXPECT_EQ(status(Method::Post, "/"), 405);
    EXPECT_EQ(status(Method::Options, "/"), 204);
    EXPECT_EQ(status(Method::Get, "/api/v1/unknown"), 404) << "the API never answers with a page";
}

TEST(StaticFiles, SaysThatTheyAreNotThere)
{
    const auto opened = StaticFiles::open("/no/such/place");
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().told, HasSubstr("/no/such/place"));
}

} // namespace
} // namespace handrail::http
