#include "gateway/held_stream.h"

#include <gmock/gmock.h>

#include "gateway/screens_for_test.h"

namespace handrail::gateway {
namespace {

/// What was let go, as "0:words" and "0 ends stop".
class Held : public testing::Test {
protected:
    HeldStream stream(const OutputScreen& screen, HeldStream::Hold hold = HeldStream::Hold::Sentences)
    {
        return {screen, tally, hold, [](std::string_view words) {
                    Choice out;
                    out.has_content = true;
                    out.content = std::string(words);
                    return out;
                }};
    }
    std::string told() const
    {
        std::string out;
        for (const auto& piece : pieces) {
            const auto choice = std::to_string(piece.choice);
            switch (piece.kind) {
            case HeldStream::Piece::Kind::Content:
                out += choice + ":" + piece.text + "|";
                break;
            case HeldStream::Piece::Kind::Refusal:
                out += choice + " refuses:" + piece.text + "|";
                break;
            case HeldStream::Piece::Kind::Call:
                out += choice + " calls " + piece.call.name + "(" + piece.call.arguments + ")|";
                break;
            case HeldStream::Piece::Kind::Finish:
                out += choice + " ends " + piece.text + "|";
                break;
            }
        }
        return out;
    }
    Tally::Way tally;
    HeldStream::Pieces pieces;
};

TEST_F(Held, K5_NothingLeavesBeforeItsSentenceIsJudged)
{
    const ScreenForTest screen;
    auto held = stream(screen);
    for (const char* part : {"Drink", " water.", " Then", " rest"})
        ASSERT_TRUE(held.content(0, part, pieces).ok());
    EXPECT_EQ(told(), "0:Drink water.|") << "the end of a sentence is seen once the next begins";
    ASSERT_TRUE(held.finish(0, "length", pieces).ok());
    EXPECT_EQ(told(), "0:Drink water.|0: Then rest|0 ends length|");
    EXPECT_TRUE(tally.adds_up());
    EXPECT_EQ(tally.withheld, 0u);
}

TEST_F(Held, K5_ReplacesFromTheSentenceThatMayNotLeave)
{
    const ScreenForTest screen;
    auto held = stream(screen);
    for (const char* part : {"Good idea. Take the poi", "son now. And", " more."})
        ASSERT_TRUE(held.content(0, part, pieces).ok());
    ASSERT_TRUE(held.content(0, "Even more. ", pieces).ok());
    ASSERT_TRUE(held.finish(0, "stop", pieces).ok());
    EXPECT_EQ(told(), "0:Good idea.|0:\n\nPlease talk to a pharmacist.|0 ends stop|");
    EXPECT_TRUE(held.replaced());
    EXPECT_THAT(held.rules(), testing::ElementsAre("D2"));
    EXPECT_TRUE(tally.adds_up());
    EXPECT_EQ(tally.released, 10u);
}

TEST_F(Held, K5_EveryChoiceIsHeldForItself)
{
    const ScreenForTest screen;
    auto held = stream(screen);
    ASSERT_TRUE(held.content(0, "One. ", pieces).ok());
    ASSERT_TRUE(held.content(1, "poison. ", pieces).ok());
    ASSERT_TRUE(held.content(0, "Two. ", pieces).ok());
    ASSERT_TRUE(held.refusal(2, "I would rather not. ", pieces).ok());
    for (const int choice : {0, 1, 2})
        ASSERT_TRUE(held.finish(choice, "stop", pieces).ok());
    EXPECT_EQ(told(), "0:One.|1:Please talk to a pharmacist.|1 ends stop|0: Two.|2 refuses:I would rather not.|0: |0 ends stop|2 "
                      "refuses: |2 ends stop|");
    EXPECT_TRUE(held.all_ended(3));
    EXPECT_TRUE(tally.adds_up());
}

TEST_F(Held, K4_ArgumentsOfCallsAreJudgedAsAWholeAndOutOfTheirEscapes)
{
    const ScreenForTest screen;
    auto held = stream(screen);
    held.call(0, {0, "call_1", "look", "{\"q\":\"ra", false});
    held.call(0, {0, {}, {}, "in\"}", false});
    EXPECT_EQ(told(), "");
    ASSERT_TRUE(held.finish(0, "tool_calls", pieces).ok());
    EXPECT_EQ(told(), "0 calls look({\"q\":\"rain\"})|0 ends tool_calls|");

    pieces.clear();
    auto again = stream(screen);
    again.call(0, {0, "call_1", "mail", R"({"body":"p\u006fison"})", false});
    ASSERT_TRUE(again.finish(0, "tool_calls", pieces).ok());
    EXPECT_EQ(told(), "0:Please talk to a pharmacist.|0 ends stop|");
    EXPECT_TRUE(tally.adds_up());
}

TEST_F(Held, K6_WhenTheScreenerFailsInTheMiddleNothingMoreLeaves)
{
    for (const auto how : {ScreenForTest::Failing::Error, ScreenForTest::Failing::Exception}) {
        pieces.clear();
        const ScreenForTest screen(1, how);
        auto held = stream(screen);
        ASSERT_TRUE(held.content(0, "First. ", pieces).ok());
        EXPECT_FALSE(held.content(0, "Second. ", pieces).ok());
        EXPECT_EQ(told(), "0:First.|");
    }
    EXPECT_EQ(tally.received, tally.released + tally.withheld);
    EXPECT_LT(tally.screened, tally.received) << "the counter shows that something was not screened";
    EXPECT_EQ(tally.released, 12u);
}

TEST_F(Held, JsonIsGivenWholeOrNotAtAll)
{
    const ScreenForTest screen;
    auto held = stream(screen, HeldStream::Hold::Whole);
    ASSERT_TRUE(held.content(0, R"({"a":"One. Two. )", pieces).ok());
    ASSERT_TRUE(held.content(0, R"(Three.\u0020"})", pieces).ok());
    EXPECT_EQ(told(), "");
    ASSERT_TRUE(held.finish(0, "stop", pieces).ok());
    EXPECT_THAT(screen.seen, testing::HasSubstr("[One. Two. Three. ]"));
    EXPECT_TRUE(tally.adds_up());
}

TEST_F(Held, ACharacterCutInTwoIsPutTogetherAndABrokenOneIsMarked)
{
    const ScreenForTest screen;
    auto held = stream(screen);
    ASSERT_TRUE(held.content(0, "Smile \xf0\x9f", pieces).ok());
    ASSERT_TRUE(held.content(0, "\x98\x80. Bro\xffken.", pieces).ok());
    ASSERT_TRUE(held.finish(0, "stop", pieces).ok());
    EXPECT_EQ(told(), "0:Smile \xf0\x9f\x98\x80.|0: Bro\xef\xbf\xbdken.|0 ends stop|");
}

TEST_F(Held, ALongSentenceGoesOnByWordsAndIsJudgedAcrossTheCut)
{
    const ScreenForTest screen;
    auto held = stream(screen);
    std::string all;
    for (int i = 0; i < 300; ++i) {
        ASSERT_TRUE(held.content(0, "word ", pieces).ok());
        all += "word ";
    }
    EXPECT_FALSE(pieces.empty());
    ASSERT_TRUE(held.content(0, "poison ", pieces).ok());
    ASSERT_TRUE(held.finish(0, "stop", pieces).ok());
    EXPECT_EQ(told().find("poison"), std::string::npos);
    EXPECT_TRUE(tally.adds_up());
}

TEST_F(Held, WhatNobodyWaitsForIsCountedAsWithheld)
{
    const ScreenForTest screen;
    auto held = stream(screen);
    ASSERT_TRUE(held.content(0, "Half a sent", pieces).ok());
    held.abandon();
    EXPECT_TRUE(tally.adds_up());
    EXPECT_EQ(tally.withheld, 11u);
}

TEST(SentenceEnd, IsFoundOnlyWhereOneIs)
{
    EXPECT_EQ(sentence_end("3.5 apples"), 0u);
    EXPECT_EQ(sentence_end("Yes. No"), 4u);
    EXPECT_EQ(sentence_end("Yes."), 0u);
    EXPECT_EQ(sentence_end("A line\nnext"), 7u);
    EXPECT_EQ(sentence_end("\xe3\x81\xaf\xe3\x81\x84\xe3\x80\x82x"), 9u);
}

} // namespace
} // namespace handrail::gateway
