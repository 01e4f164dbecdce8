#include "monitoring/daily_form.h"

#include <gtest/gtest.h>

#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

using Many = std::vector<std::string>;

TEST(DailyForm, IsTheFormOfThePage)
{
    const auto& form = daily_form();
    ASSERT_EQ(form.groups.size(), 4U);
    EXPECT_EQ(in_language(form.groups[0].question, "en"), "How has today been?");
    EXPECT_EQ(form.groups[0].choices.size(), 5U);
    EXPECT_EQ(in_language(form.groups[0].choice(3)->text, "en-GB"), "In between");
    EXPECT_EQ(in_language(form.groups[0].choice(3)->text, "fi"), "In between");
    EXPECT_EQ(form.groups[1].choices.size(), 6U);
    EXPECT_EQ(form.groups[2].kind, CheckInGroup::Kind::Many);
    EXPECT_EQ(form.groups[3].kind, CheckInGroup::Kind::Text);
}

TEST(DailyForm, TakesWhatFitsAndLeavesOpenWhatWasLeftOpen)
{
    const auto read = read_check_in(daily_form(), {{"mood", std::int64_t{2}},
                                                   {"sleep", std::monostate{}},
                                                   {"did", Many{"people", "out", "people"}},
                                                   {"note", std::string("Long shift.")}});
    ASSERT_TRUE(read.sound());
    EXPECT_EQ(read.answers.value("mood"), 2);
    EXPECT_EQ(read.answers.value("sleep"), std::nullopt);
    EXPECT_EQ(read.answers.many.at("did"), (Many{"people", "out"}));
    EXPECT_EQ(read.answers.text.at("note").reveal(), "Long shift.");
}

TEST(DailyForm, NamesEveryProblemAtOnce)
{
    const auto read = read_check_in(daily_form(), {{"mood", std::int64_t{6}},
                                                   {"sleep", std::string("5")},
                                                   {"did", Many{"people", "flew"}},
                                                   {"note", std::string(2001, 'x')},
                                                   {"weather", std::int64_t{1}}});
    std::vector<std::string> where;
    for (const auto& problem : read.problems)
        where.push_back(problem.where);
    EXPECT_EQ(where, (std::vector<std::string>{"/answers/did/1", "/answers/mood", "/answers/note", "/answers/sleep",
                                               "/answers"}));
    EXPECT_EQ(read.problems[1].told, "That is not one of the answers. Expected one of 1, 2, 3, 4, 5.");
}

TEST(DailyForm, CountsCharactersNotBytes)
{
    std::string long_note;
    for (int i = 0; i < 2000; ++i)
        long_note += "\xC3\xA4";
    EXPECT_TRUE(read_check_in(daily_form(), {{"note", long_note}}).sound());
    EXPECT_FALSE(read_check_in(daily_form(), {{"note", std::string("broken \xFF")}}).sound());
}

TEST(DailyForm, AnEmptyOneIsNoCheckIn)
{
    EXPECT_FALSE(read_check_in(daily_form(), {}).sound());
    EXPECT_FALSE(read_check_in(daily_form(), {{"note", std::string("   ")}, {"did", Many{}}}).sound());
}

} // namespace
} // namespace handrail::monitoring
