// Check-ins that a service designs itself: what is sound, what is said about what is not, and what answers mean.
#include "monitoring/check_in_design.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <set>

#include "monitoring/evening_check.h"

namespace handrail::monitoring {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using Kind = DesignItem::Kind;

TEST(CheckInDesign, TakesASoundOneAndKeepsIt)
{
    const auto design = evening_check();
    EXPECT_THAT(problems_of(design), IsEmpty());
    const auto back = design_in(encoded(design));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(encoded(*back).encoded(), encoded(design).encoded());
    EXPECT_EQ(back->languages, design.languages);
    EXPECT_EQ(back->purpose, design.purpose);
    ASSERT_EQ(back->items.size(), 4U);
    EXPECT_EQ(back->items[0].worse, DesignItem::Worse::Down);
    EXPECT_TRUE(back->items[0].series);
    EXPECT_TRUE(back->items[2].several);
    EXPECT_EQ(back->items[3].longest, 500U);
}

// Every complaint says where, which item, and what would be right.
struct Wrong {
    const char* name;
    std::function<void(CheckInDesign&)> make;
    const char* where;
    const char* told;
};

class WrongDesigns : public testing::TestWithParam<Wrong> {};

TEST_P(WrongDesigns, AreNamedWithWhatWouldBeRight)
{
    auto design = evening_check();
    GetParam().make(design);
    const auto problems = problems_of(design);
    ASSERT_EQ(problems.size(), 1U) << problems.at(0).told;
    EXPECT_EQ(problems[0].where, GetParam().where);
    EXPECT_THAT(problems[0].told, HasSubstr(GetParam().told));
}

LocalText both(const std::string& words) { return {{"en", words}, {"de", words}}; }

INSTANTIATE_TEST_SUITE_P(
    All, WrongDesigns,
    testing::Values(
        Wrong{"Language", [](auto& d) { d.languages.push_back("en"); }, "/languages/2", "Once is enough"},
        Wrong{"Title", [](auto& d) { d.title = both(std::string(81, 'x')); d.languages = {"en", "de"}; d.title["de"] = "kurz"; },
              "/title/en", "81 characters in en. At most 80"},
        Wrong{"TitleMissing", [](auto& d) { d.title.erase("de"); }, "/title/de", "Write it in each of these: en, de."},
        Wrong{"About", [](auto& d) { d.about["fr"] = "Bonjour"; }, "/about", "not among the languages"},
        Wrong{"Purpose", [](auto& d) { d.purpose = "  "; }, "/purpose", "Say for your colleagues why"},
        Wrong{"None", [](auto& d) { d.items.clear(); }, "/items", "Ask 1 to 12 things. There are 0."},
        Wrong{"Thirteen",
              [](auto& d) {
                  d.items[0].series = false;
                  for (int i = 4; i < 13; ++i) {
                      d.items.push_back(d.items[0]);
                      d.items.back().id = "e" + std::to_string(i);
                  }
              },
              "/items", "what is asked often has to be short"},
        Wrong{"Texts",
              [](auto& d) {
                  for (int i = 0; i < 3; ++i) {
                      d.items.push_back(d.items[3]);
                      d.items.back().id = "w" + std::to_string(i);
                  }
              },
              "/items", "At most 3 items are free text. There are 4."},
        Wrong{"Series",
              [](auto& d) {
                  for (int i = 0; i < 4; ++i) {
                      d.items.push_back(d.items[0]);
                      d.items.back().id = "s" + std::to_string(i);
                  }
              },
              "/items", "At most 4 scales become a series. There are 5."},
        Wrong{"Name", [](auto& d) { d.items[1].id = "Where?"; }, "/items/1/id", "Item 2: Give it a short name"},
        Wrong{"NameTwice", [](auto& d) { d.items[2].id = "where"; }, "/items/2/id", "Item 3 (where): Another item"},
        Wrong{"Question", [](auto& d) { d.items[0].question["de"] = " "; }, "/items/0/question/de",
              "Item 1 (energy): The question is missing in de"},
        Wrong{"TwoLines", [](auto& d) { d.items[0].question["en"] = "a\nb"; }, "/items/0/question/en", "without line breaks"},
        Wrong{"NoUtf8", [](auto& d) { d.items[0].hint = {{"en", "\xFF"}, {"de", "gut"}}; }, "/items/0/hint/en", "Item 1 (energy)"},
        Wrong{"ScaleDown", [](auto& d) { d.items[0].highest = 0; }, "/items/0/highest", "Item 1 (energy): A scale goes up"},
        Wrong{"ScaleFar", [](auto& d) { d.items[0].lowest = -1001; }, "/items/0/highest", "between -1000 and 1000"},
        Wrong{"Step", [](auto& d) { d.items[0].step = 3; }, "/items/0/step", "meet 10 exactly"},
        Wrong{"NoStep", [](auto& d) { d.items[0].step = 0; }, "/items/0/step", "A step of 1 always does"},
        Wrong{"ManySteps", [](auto& d) { d.items[0].highest = 21; }, "/items/0/step", "At most 21 numbers"},
        Wrong{"End", [](auto& d) { d.items[0].at_highest.erase("en"); }, "/items/0/at_highest/en", "The words for the highest"},
        Wrong{"OneOption", [](auto& d) { d.items[1].options.pop_back(); }, "/items/1/options", "Item 2 (where): Offer 2 to 12"},
        Wrong{"Option", [](auto& d) { d.items[1].options[1]["de"] = std::string(81, 'x'); }, "/items/1/options/1/de",
              "Option 2 has 81 characters in de"},
        Wrong{"ChoiceSeries", [](auto& d) { d.items[1].series = true; }, "/items/1/series", "Only a scale becomes a series"},
        Wrong{"ChoiceWorse", [](auto& d) { d.items[1].worse = DesignItem::Worse::Up; }, "/items/1/worse", "Only a scale"},
        Wrong{"Long", [](auto& d) { d.items[3].longest = 2001; }, "/items/3/longest", "Item 4 (words): A free text takes 1 to 2000"},
        Wrong{"Nothing", [](auto& d) { d.items[3].longest = 0; }, "/items/3/longest", "1 to 2000"}),
    [](const auto& each) { return each.param.name; });

TEST(CheckInDesign, SaysEverythingThatIsWrongAtOnce)
{
    auto design = evening_check();
    design.purpose.clear();
    design.items[0].step = 0;
    design.items[1].options.clear();
    std::vector<std::string> where;
    for (const auto& problem : problems_of(design))
        where.push_back(problem.where);
    EXPECT_THAT(where, ElementsAre("/purpose", "/items/0/step", "/items/1/options"));
}

TEST(CheckInDesign, TakesTwentyOneNumbersAndCountsCharactersNotBytes)
{
    auto design = evening_check();
    design.items[0].highest = 100;
    design.items[0].step = 5;
    std::string eighty;
    for (int i = 0; i < 80; ++i)
        eighty += "\xC3\xA4";
    design.title["de"] = eighty;
    EXPECT_THAT(problems_of(design), IsEmpty());
    design.languages.clear();
    EXPECT_EQ(problems_of(design).front().where, "/languages");
}

TEST(CheckInDesign, IsShownInALanguageItHasAndElseInItsFirst)
{
    const auto design = evening_check();
    EXPECT_EQ(design.language_for("de-AT"), "de");
    EXPECT_EQ(design.language_for("en"), "en");
    EXPECT_EQ(design.language_for("fr"), "en");
    auto german = design;
    german.languages = {"de", "en"};
    EXPECT_EQ(german.language_for("fr"), "de") << "the service's own first language, not English";
}

TEST(CheckInDesign, ChecksAnswersAsTheDailyCheckInDoes)
{
    const auto id = DesignId::at(from_stored(1));
    const auto form = form_of(evening_check(), id, 3);
    EXPECT_EQ(form.id, form_name(id));
    EXPECT_EQ(design_named(form.id), id);
    EXPECT_EQ(design_named("daily"), std::nullopt);
    EXPECT_EQ(design_named("own-x"), std::nullopt);
    EXPECT_EQ(form.version, "3");
    EXPECT_TRUE(read_check_in(form, {{"energy", std::int64_t{0}}, {"where", std::int64_t{2}},
                                     {"did", std::vector<std::string>{"1", "3"}}, {"words", std::string("Fine.")}})
                    .sound());
    EXPECT_TRUE(read_check_in(form, {{"energy", std::int64_t{10}}}).sound());
    EXPECT_FALSE(read_check_in(form, {{"energy", std::int64_t{11}}}).sound());
    EXPECT_FALSE(read_check_in(form, {{"where", std::int64_t{3}}}).sound());
    EXPECT_FALSE(read_check_in(form, {{"did", std::vector<std::string>{"4"}}}).sound());
    EXPECT_FALSE(read_check_in(form, {{"words", std::string(501, 'x')}}).sound());
    auto fives = evening_check();
    fives.items[0].highest = 100;
    fives.items[0].step = 5;
    EXPECT_TRUE(read_check_in(form_of(fives, id, 1), {{"energy", std::int64_t{95}}}).sound());
    EXPECT_FALSE(read_check_in(form_of(fives, id, 1), {{"energy", std::int64_t{96}}}).sound());
}

TEST(CheckInDesign, SaysAnswersInWordsWithTheEndsOfAScale)
{
    const Fields answers{{"energy", "3"}, {"did", "1"}, {"did", "3"}, {"words", "Long day."}};
    EXPECT_THAT(told(evening_check(), answers, "en"),
                ElementsAre(Pair("How much energy do you have?", "3 (0: none, 10: a lot)"),
                            Pair("What did you do?", "Cooked, Rested"), Pair("Anything you want to say?", "Long day.")));
    EXPECT_EQ(told(evening_check(), answers, "de").at(1).second, "Gekocht, Geruht");
}

TEST(CheckInDesign, GivesTheCourseItsSeriesAndNothingElse)
{
    CheckInAnswers answers;
    answers.one = {{"energy", 4}, {"where", 1}};
    const auto series = series_in(evening_check(), "own-x", 2, answers, from_stored(0));
    ASSERT_EQ(series.size(), 1U);
    EXPECT_EQ(series[0].item, "energy");
    EXPECT_EQ(series[0].value, 4);
    EXPECT_EQ(series[0].version, 2);
    answers.one.erase("energy");
    EXPECT_THAT(series_in(evening_check(), "own-x", 2, answers, from_stored(0)), IsEmpty()) << "open is no value";
}

// D1: no diagnosis, no label. Whoever adds a score, a band or a threshold to designs meets this first.
TEST(CheckInDesign, D1_HasNoPlaceForATotalABandOrAThreshold)
{
    std::set<std::string> names;
    const auto collect = [&](const Fields& body) {
        for (const auto& [name, value] : body.all())
            names.insert(name);
    };
    const auto body = encoded(evening_check());
    collect(body);
    for (const auto& item : body.inner("item"))
        collect(item);
    EXPECT_THAT(names, ElementsAre("about", "at_highest", "at_lowest", "highest", "hint", "id", "item", "kind", "language",
                                   "longest", "lowest", "option", "purpose", "question", "series", "several", "step",
                                   "title", "worse"));
}

TEST(CheckInDesign, ReadsAnyBytesWithoutHarm)
{
    const auto whole = encoded(evening_check()).encoded();
    std::mt19937 random(11);
    int read = 0;
    for (int round = 0; round < 5000; ++round) {
        auto bytes = whole;
        for (int change = 0; change < 2; ++change)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        const auto fields = Fields::decoded(bytes);
        const auto design = fields ? design_in(*fields) : Result<CheckInDesign>{fields.error()};
        if (!design)
            continue;
        ++read;
        EXPECT_EQ(form_of(*design, DesignId{}, 1).groups.size(), design->items.size());
        problems_of(*design);
    }
    EXPECT_GT(read, 100);
    EXPECT_EQ(design_in(Fields{}).error().kind, ErrorKind::Invalid);
}

} // namespace
} // namespace handrail::monitoring
