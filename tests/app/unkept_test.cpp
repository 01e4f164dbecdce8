// What somebody reads whose words could not be kept.
#include "app/unkept.h"

#include <gmock/gmock.h>

#include "service_for_test.h"

namespace handrail::app {
namespace {

using testing::HasSubstr;
using testing::Not;

struct UnkeptTest : testing::Test {
    UnkeptTest() { must(house->service.read(house->system())); }
    /// Everything that is said, in one text; "" when nothing is.
    std::string said(const std::string& words, const std::vector<std::string>& languages,
                     const std::string& country = {})
    {
        std::string all;
        const auto blocks = unkept(*house, true, words, house->conversations.judged(words), languages, country);
        if (!blocks)
            return all;
        for (const auto& block : *blocks) {
            EXPECT_NE(block.kind, Block::Kind::Question) << "an answer would not be kept either";
            all += block.text + "\n";
            for (const auto& item : block.items) {
                all += item.label + "\n";
                for (const auto& call : item.calls)
                    all += call.label + " " + call.tel + "\n";
            }
        }
        return all;
    }

    tests::FolderForTest folder;
    std::unique_ptr<House> house = house_in(folder.path());
};

TEST_F(UnkeptTest, DangerGetsTheFixedWordsAndHearsThatNobodyWasTold)
{
    const auto words = said("I am going to kill myself tonight", {"en-gb"}, "IE");
    EXPECT_THAT(words, HasSubstr("Call 112 or 999"));
    EXPECT_THAT(words, HasSubstr("Nobody from the service is here now."));
    EXPECT_THAT(words, HasSubstr("I am an AI"));
}

TEST_F(UnkeptTest, TheBrowsersLanguageIsNoCountryToTakeNumbersFrom)
{
    EXPECT_THAT(said("I am going to kill myself tonight", {"en-us", "en"}, "US"), HasSubstr("911"));
    EXPECT_THAT(said("I am going to kill myself tonight", {"en-us", "en"}), Not(HasSubstr("911")));
}

TEST_F(UnkeptTest, TheWordsAreInTheReadersLanguage)
{
    EXPECT_THAT(said("Ich bringe mich heute Nacht um", {"de-at", "en"}, "AT"), HasSubstr("Notruf"));
}

TEST_F(UnkeptTest, CalmWordsGetNothingButTheRefusal)
{
    EXPECT_EQ(said("work was long today", {"en"}, "IE"), "");
}

TEST_F(UnkeptTest, WhatIsNotUnderstoodAsksForAHuman)
{
    EXPECT_NE(said("Olen hirveän väsynyt enkä jaksa enää mitään tänään", {"fi"}, "FI"), "");
}

} // namespace
} // namespace handrail::app
