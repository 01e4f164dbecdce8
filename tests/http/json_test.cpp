#include <limits>

#include <gmock/gmock.h>

#include "http/json_body.h"
#include "http/json_text.h"
#include "http/problem.h"

namespace handrail::http
{
namespace
{

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Body body(std::string_view json)
{
    auto parsed = Body::parsed(json);
    EXPECT_TRUE(parsed) << parsed.error().told;
    return *parsed;
}

TEST(JsonBody, ReadsEveryKindOfField)
{
    auto read =
        body(R"({"text":"héllo","number":3,"float":3.0,"real":2.5,"yes":true,"at":"2026-03-02T22:10:00+01:00",
        "list":["a","b"],"people":[{"name":"Ada"},{"name":"Bo"}],"inner":{"a/b":{"x":1}},"null":null,"kind":"soon"})");
    EXPECT_EQ(read.text("text", 5), "héllo");
    EXPECT_EQ(read.number("number", 0, 3), 3);
    EXPECT_EQ(read.number("float", 0, 3), 3);
    EXPECT_EQ(read.real("real", 0, 3), 2.5);
    EXPECT_TRUE(read.flag("yes"));
    EXPECT_EQ(to_rfc3339(read.instant("at")), "2026-03-02T21:10:00.000Z");
    EXPECT_THAT(read.texts("list", 2, 1), ElementsAre("a", "b"));
    auto people = read.list("people", 2);
    ASSERT_EQ(people.size(), 2u);
    EXPECT_EQ(people[1].text("name", 10), "Bo");
    EXPECT_EQ(read.object("inner").object("a/b").number("x", 0, 9), 1);
    EXPECT_EQ(read.optional_text("null", 5), std::nullopt);
    EXPECT_EQ(read.optional_number("missing", 0, 5), std::nullopt);
    EXPECT_EQ(read.one_of("kind", {"soon", "now"}), "soon");
    EXPECT_EQ(read.kind("null"), Body::Kind::Null);
    EXPECT_EQ(read.kind("missing"), Body::Kind::Absent);
    EXPECT_EQ(read.raw("inner"), R"({"a/b":{"x":1}})");
    EXPECT_TRUE(read.checked());
}

TEST(JsonBody, TellsEverythingThatIsWrongAtOnce)
{
    auto read =
        body(R"({"text":"too long","number":7,"flag":"yes","inner":{"a/b~":[1,"ok"]},"people":[{"name":3},4],
        "kind":"later","at":"yesterday","id":"nonsense","empty":"","nul":"a\u0000b"})");
    read.text("text", 7);
    read.number("number", 0, 6);
    read.flag("flag");
    read.object("inner").texts("a/b~", 2, 5);
    for (auto& person : read.list("people", 5))
        person.text("name", 5);
    read.one_of("kind", {"soon", "now"});
    read.instant("at");
    read.id<AlertId>("id");
    read.text("empty", 5);
    read.text("nul", 5);
    read.text("missing", 5);
    const auto checked = read.checked();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().where,
              "/text\n/number\n/flag\n/inner/a~1b~0/0\n/people/1\n/people/0/name\n/kind\n/at\n/id\n"
              "/empty\n/nul\n/missing");
    const auto response = problem(checked.error());
    EXPECT_EQ(response.status, 422);
    EXPECT_THAT(response.body, HasSubstr(R"("where":"/text")"));
    EXPECT_THAT(response.body, HasSubstr(R"({"where":"/kind","detail":"This must be one of: soon, now."})"));
    EXPECT_THAT(response.body, HasSubstr(R"({"where":"/missing","detail":"This is missing."})"));
}

TEST(JsonBody, CountsCharactersNotBytes)
{
    auto read = body(R"({"four":"😀😀😀😀"})");
    EXPECT_EQ(read.text("four", 4).size(), 16u);
    EXPECT_TRUE(read.checked());
    read.text("four", 3);
    EXPECT_FALSE(read.checked());
}

TEST(JsonBody, SaysWhereItCannotBeRead)
{
    const std::string deep = std::string(40, '[') + std::string(40, ']');
    const struct {
        std::string json;
        const char* why;
        const char* where;
    } cases[] = {
        {"{\"a\":\n\"\xff\"}", "not valid UTF-8", "line 2, column 2"},
        {"{\"a\":1,\n  oops}", "not JSON", "line 2, column 3"},
        {"{\"a\":", "not JSON", "line 1, column 6"},
        {"{} {}", "not JSON", "line 1, column 4"},
        {"{\"a\":" + deep + "}", "deeper than 32", "line 1, column 37"},
        {"[]", "must be a JSON object", ""},
        {"\"text\"", "must be a JSON object", ""},
        {"{\"a\":\"\\ud800\"}", "not JSON", "line 1"},
        {"{\"a\":NaN}", "not JSON", "line 1, column 6"},
        {"{\"a\":1,}", "not JSON", "line 1, column 8"},
    };
    for (const auto& each : cases) {
        const auto parsed = Body::parsed(each.json);
        ASSERT_FALSE(parsed) << each.json;
        EXPECT_THAT(parsed.error().told, HasSubstr(each.why)) << each.json;
        EXPECT_THAT(parsed.error().where, HasSubstr(each.where)) << each.json;
        EXPECT_EQ(status_of(parsed.error()), 400) << each.json;
    }
}

// Found by fuzz/http_json: a long name was cut inside a character.
TEST(JsonBody, CutsALongNameBetweenCharacters)
{
    std::string name = "x";
    for (int i = 0; i < 100; ++i)
        name += "😀";
    auto read = body("{\"" + name + "\":1}");
    read.optional_text(name, 5);
    EXPECT_TRUE(Body::parsed(problem(read.checked().error()).body));
}

TEST(JsonBody, KeepsWholeNumbersWhole)
{
    auto read = body(R"({"big":9223372036854775808,"half":0.5,"huge":1e300,"low":-9223372036854775808})");
    EXPECT_EQ(read.number("low", std::numeric_limits<std::int64_t>::min(), 0),
              std::numeric_limits<std::int64_t>::min());
    EXPECT_TRUE(read.checked());
    for (const auto* name : {"big", "half", "huge"}) {
        auto again = read;
        read.number(name, 0, std::numeric_limits<std::int64_t>::max());
    }
    const auto checked = read.checked();
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().where, "/big\n/half\n/huge");
}

TEST(JsonBody, HandsOutNothingThatIsWrong)
{
    Request request;
    request.headers.add("Content-Type", "application/json; charset=utf-8");
    request.body = R"({"note":"hello"})";
    const auto read = [](Body& asked) { return asked.text("note", 5); };
    EXPECT_EQ(*read_body(request, read), "hello");
    request.body = R"({"note":"hello!"})";
    EXPECT_FALSE(read_body(request, read));
    request.body = "";
    EXPECT_FALSE(read_body(request, read));
    EXPECT_TRUE(read_body(request, [](Body& asked) { return asked.optional_text("note", 5); }));

    request.headers.set("Content-Type", "text/plain");
    request.body = R"({"note":"hello"})";
    const auto form = read_body(request, read);
    ASSERT_FALSE(form);
    EXPECT_EQ(status_of(form.error()), 415);
}

TEST(JsonText, IsReadBackAsItWasWritten)
{
    const std::string text = "quote\" back\\ tab\t nul\x01 line\n é 😀 </script>";
    const std::optional<std::string> none;
    const std::optional<int> seven = 7;
    const std::vector<std::string> words = {"a", "b"};
    const auto json = JsonObject{}
                          .add("text", text)
                          .add("literal", "not a flag")
                          .add("flag", true)
                          .add("number", -3)
                          .add("big", std::uint64_t{9007199254740993})
                          .add("real", 0.1)
                          .add("none", none)
                          .add("seven", seven)
                          .add("words", words)
                          .add("at", from_stored(1'000))
                          .add("nan", std::numeric_limits<double>::quiet_NaN())
                          .null("null")
                          .add("inner", JsonObject{})
                          .add("list", JsonList{}.add("x").add(1).add(JsonList{}))
                          .done();
    EXPECT_THAT(
        json,
        HasSubstr(R"("literal":"not a flag","flag":true,"number":-3,"big":9007199254740993,"real":0.1,)"
                  R"("seven":7,"words":["a","b"],"at":"1970-01-01T00:00:00.001Z","nan":null,"null":null,)"
                  R"("inner":{},"list":["x",1,[]]})"));
    auto read = Body::parsed(json);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->text("text", 100), text);
}

TEST(Problem, GivesEachKindItsStatus)
{
    const struct {
        Error error;
        int status;
    } cases[] = {
        {invalid("x"), 400},
        {invalid("x", "/answers/3"), 422},
        {invalid("x", "?days"), 400},
        {{ErrorKind::NotSignedIn, "x", {}, {}}, 401},
        {not_allowed("x"), 403},
        {not_found("x"), 404},
        {conflict("x"), 409},
        {{ErrorKind::TooMuch, "x", {}, {}}, 413},
        {typed(ErrorKind::TooMuch, "too-often", "x"), 429},
        {{ErrorKind::TooMuch, "x", {}, "too-often"}, 429},
        {unavailable("x", "disk full"), 503},
    };
    for (const auto& each : cases) {
        const auto response = problem(each.error);
        EXPECT_EQ(response.status, each.status);
        EXPECT_EQ(response.type, "application/problem+json");
        EXPECT_THAT(response.body, HasSubstr("\"status\":" + std::to_string(each.status)));
    }
    EXPECT_EQ(problem(unavailable("x", "n")).headers.get("Retry-After"), "2");
}

TEST(Problem, NamesTheTypeAPageCanActOn)
{
    const auto response = problem(typed(ErrorKind::NotAllowed, "second-factor", "Please give the code."));
    EXPECT_EQ(response.body, R"({"type":"/problems/second-factor","title":"Forbidden","status":403,)"
                             R"("detail":"Please give the code."})");
    EXPECT_EQ(problem(unavailable("x", "the operator's own words")).body.find("operator"), std::string::npos);
}

} // namespace
} // namespace handrail::http
