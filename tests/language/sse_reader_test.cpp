#include "language/sse_reader.h"

#include <gmock/gmock.h>

namespace handrail::language {
namespace {

std::vector<std::string> read(std::string_view bytes, std::size_t piece)
{
    SseReader reader;
    std::vector<std::string> found;
    const auto take = [&](SseReader::Event event) {
        found.push_back((event.name.empty() ? "" : event.name + "|") + event.data);
        return true;
    };
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        EXPECT_TRUE(reader.feed(bytes.substr(at, piece), take).ok());
    reader.finish(take);
    return found;
}

TEST(SseReader, ReadsTheSameHoweverItIsCutAndWhateverEndsALine)
{
    const std::string text = ": a comment\n\nid: 7\ndata: {\"a\":\"\xf0\x9f\x98\x80 \xc3\xa9\"}\n\nretry: 5\nevent: error\ndata:two\ndata: "
                             "lines\n\ndata: [DONE]\n\n";
    const std::vector<std::string> wanted{"{\"a\":\"\xf0\x9f\x98\x80 \xc3\xa9\"}", "error|two\nlines", "[DONE]"};
    for (const std::string line_end : {"\n", "\r\n", "\r"}) {
        std::string as;
        for (const char c : text)
            as += c == '\n' ? line_end : std::string(1, c);
        for (const std::size_t piece : {std::size_t{1}, std::size_t{2}, std::size_t{3}, std::size_t{7}, as.size()})
            EXPECT_EQ(read(as, piece), wanted) << "pieces of " << piece;
    }
}

TEST(SseReader, HalfAnEventAtTheEndIsGivenAndNothingIsInvented)
{
    EXPECT_EQ(read("data: 1\n\ndata: {\"half", 4), (std::vector<std::string>{"1", "{\"half"}));
    EXPECT_EQ(read("\xef\xbb\xbf" "data: 1\n\n\n\nevent: only\n\n", 1), (std::vector<std::string>{"1"}));
    EXPECT_TRUE(read("", 1).empty());
}

TEST(SseReader, StopsWhenItsTakerHasEnough)
{
    SseReader reader;
    int taken = 0;
    const auto more = reader.feed("data: 1\n\ndata: 2\n\n", [&](const SseReader::Event&) { return ++taken < 1; });
    ASSERT_TRUE(more.ok());
    EXPECT_FALSE(*more);
    EXPECT_EQ(taken, 1);
}

TEST(SseReader, AnEventThatNeverEndsIsRefused)
{
    SseReader reader(100);
    EXPECT_FALSE(reader.feed("data: " + std::string(200, 'x'), [](const SseReader::Event&) { return true; }).ok());
}

} // namespace
} // namespace handrail::language
