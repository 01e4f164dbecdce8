#include "monitoring/scoring.h"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

namespace json = boost::json;

json::value read_json(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return json::parse(std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>()));
}

GivenAnswers answers_from(const json::object& object)
{
    GivenAnswers out;
    for (const auto& [item, value] : object) {
        GivenAnswer answer;
        if (value.is_int64())
            answer = {GivenAnswer::Kind::Whole, value.get_int64()};
        else if (!value.is_null())
            answer = {GivenAnswer::Kind::NotWhole, 0};
        out.emplace(item, answer);
    }
    return out;
}

AnswerContext context_from(const json::object& object)
{
    AnswerContext out;
    for (const auto& [key, value] : object) {
        if (value.is_array())
            for (const auto& item : value.get_array())
                out.refused.emplace_back(item.get_string());
        else if (value.is_bool())
            out.values.emplace(key, value.get_bool());
        else if (value.is_string())
            out.values.emplace(key, std::string(value.get_string()));
    }
    return out;
}

std::vector<std::string> texts(const json::value& list)
{
    std::vector<std::string> out;
    for (const auto& each : list.as_array())
        out.emplace_back(each.as_string());
    return out;
}

/// A worked example of an instrument file.
struct Example {
    std::string instrument;
    json::object object;
    friend void PrintTo(const Example& example, std::ostream* out) { *out << example.object.at("id").as_string(); }
};

std::vector<Example> all_examples()
{
    std::vector<Example> out;
    for (const auto& entry : std::filesystem::directory_iterator(content_folder / "instruments")) {
        if (entry.path().extension() != ".json")
            continue;
        const auto file = read_json(entry.path());
        for (const auto& example : file.at("examples").as_array())
            out.push_back({std::string(file.at("id").as_string()), example.as_object()});
    }
    return out;
}

class WorkedExample : public testing::TestWithParam<Example> {};

TEST_P(WorkedExample, GivesThePublishedResult)
{
    const auto& [id, example] = GetParam();
    const Instrument* instrument = instruments().find(id);
    ASSERT_NE(instrument, nullptr);
    const auto* context = example.if_contains("context");
    const auto result = score(*instrument, answers_from(example.at("answers").as_object()),
                              context != nullptr ? context_from(context->as_object()) : AnswerContext{});
    const auto& expect = example.at("expect").as_object();

    EXPECT_EQ(name(result.status), std::string_view(expect.at("status").as_string()));
    const auto& scores = expect.at("scores").as_object();
    EXPECT_EQ(result.scores.size(), scores.size());
    for (const auto& [score_id, value] : scores) {
        ASSERT_TRUE(result.score(score_id)) << score_id;
        EXPECT_EQ(*result.score(score_id), value.to_number<double>()) << score_id;
    }
    const auto& bands = expect.at("bands").as_object();
    EXPECT_EQ(result.bands.size(), bands.size());
    for (const auto& [score_id, code] : result.bands)
        EXPECT_EQ(code, std::string_view(bands.at(score_id).as_string()));
    EXPECT_EQ(result.prorated, expect.at("prorated").as_bool());
    EXPECT_EQ(result.flags, texts(expect.at("flags")));
    EXPECT_EQ(result.errors.size(), expect.at("errors").as_array().size());
    const auto* missing = expect.if_contains("missing");
    EXPECT_EQ(result.missing, missing != nullptr ? texts(*missing) : std::vector<std::string>{});
    const auto* exact = expect.if_contains("scores_exact");
    EXPECT_EQ(result.exact.size(), exact != nullptr ? exact->as_object().size() : 0U);
    for (const auto& [score_id, value] : result.exact)
        EXPECT_EQ(value, exact->as_object().at(score_id).to_number<double>());
    const auto* ordered = expect.if_contains("result");
    EXPECT_EQ(result.has_result, ordered != nullptr);
    if (ordered != nullptr) {
        EXPECT_EQ(result.result, std::string(ordered->as_string()));
    }
    const auto* profile = expect.if_contains("profile");
    EXPECT_EQ(result.has_profile, profile != nullptr);
    if (profile != nullptr) {
        EXPECT_EQ(result.profile, std::string(profile->as_string()));
    }
}

INSTANTIATE_TEST_SUITE_P(EveryInstrument, WorkedExample, testing::ValuesIn(all_examples()), [](const auto& each) {
    std::string out(each.param.object.at("id").as_string());
    for (char& c : out)
        if (std::isalnum(static_cast<unsigned char>(c)) == 0)
            c = '_';
    return out;
});

TEST(Scoring, HasAllThirtyInstrumentsAndTheirExamples)
{
    EXPECT_EQ(instruments().all().size(), 30U);
    EXPECT_EQ(all_examples().size(), 134U);
}

GivenAnswers whole(std::initializer_list<std::pair<const char*, int>> answers)
{
    GivenAnswers out;
    for (const auto& [item, value] : answers)
        out.emplace(item, GivenAnswer{GivenAnswer::Kind::Whole, value});
    return out;
}

/// A form with every scored item at its lowest value.
GivenAnswers lowest(const Instrument& instrument)
{
    GivenAnswers out;
    for (const auto& item : instrument.items)
        out.emplace(item.id, GivenAnswer{GivenAnswer::Kind::Whole, item.lowest});
    return out;
}

TEST(Scoring, KeepsACriticalFlagWhenAnotherAnswerMakesNoSense)
{
    const auto& phq9 = *instruments().find("phq-9");
    auto answers = lowest(phq9);
    answers["3"] = {GivenAnswer::Kind::NotWhole, 0};
    answers["9"] = {GivenAnswer::Kind::Whole, 2};
    const auto result = score(phq9, answers);
    EXPECT_EQ(result.status, ScoringStatus::Invalid);
    EXPECT_EQ(result.flags, std::vector<std::string>{"suicidality_item"});
    ASSERT_EQ(result.errors.size(), 1U);
    EXPECT_EQ(result.errors[0].code, "not_integer");
    EXPECT_EQ(result.errors[0].item, "3");
    EXPECT_TRUE(result.scores.empty());
    EXPECT_TRUE(result.bands.empty());
    EXPECT_TRUE(result.missing.empty());
}

TEST(Scoring, SaysThatTheCriticalItemIsMissingWhenItWasNotValid)
{
    const auto& phq9 = *instruments().find("phq-9");
    auto answers = lowest(phq9);
    answers["9"] = {GivenAnswer::Kind::Whole, 7};
    const auto result = score(phq9, answers);
    EXPECT_EQ(result.status, ScoringStatus::Invalid);
    EXPECT_EQ(result.errors[0].code, "value_out_of_range");
    EXPECT_EQ(result.flags, std::vector<std::string>{"critical_item_missing"});
}

TEST(Scoring, ReportsEveryErrorAtOnceInAFixedOrder)
{
    const auto& phq9 = *instruments().find("phq-9");
    auto answers = lowest(phq9);
    answers["10"] = {GivenAnswer::Kind::Whole, 4};
    answers["2"] = {GivenAnswer::Kind::Whole, -1};
    answers["5"] = {GivenAnswer::Kind::NotWhole, 0};
    answers["zz"] = {GivenAnswer::Kind::Unanswered, 0};
    const auto result = score(phq9, answers);
    std::vector<std::string> found;
    for (const auto& error : result.errors)
        found.push_back(error.code + " " + error.item);
    EXPECT_EQ(found, (std::vector<std::string>{"not_integer 5", "unknown_item zz", "value_out_of_range 2",
                                               "value_out_of_range 10"}));
}

// Items 9 and 10 of the AUDIT take 0, 2 and 4 only.
TEST(Scoring, TakesOnlyTheValuesThatWereOffered)
{
    const auto result = score(*instruments().find("audit"), whole({{"1", 0}, {"9", 1}, {"10", 4}}));
    ASSERT_EQ(result.errors.size(), 1U);
    EXPECT_EQ(result.errors[0].item, "9");
}

TEST(Scoring, ScoresAContradictoryAnswerAsGiven)
{
    // Item 1 "never" would skip item 2, which was answered all the same.
    const auto result = score(*instruments().find("audit-c"), whole({{"1", 0}, {"2", 3}, {"3", 0}}));
    EXPECT_EQ(result.status, ScoringStatus::Ok);
    EXPECT_EQ(result.score("total"), 3.0);
}

TEST(Scoring, RoundsHalfAwayFromZero)
{
    const auto& phq8 = *instruments().find("phq-8");
    auto answers = lowest(phq8);
    answers.erase("8");
    answers["1"].value = 3;
    answers["2"].value = 3;
    answers["3"].value = 1; // 7 * 8 / 7 = 8
    EXPECT_EQ(score(phq8, answers).score("total"), 8.0);
    const auto& gad7 = *instruments().find("gad-7");
    auto half = lowest(gad7);
    half.erase("7");
    half["1"].value = 3; // 3 * 7 / 6 = 3.5
    EXPECT_EQ(score(gad7, half).score("total"), 4.0);
    EXPECT_EQ(score(gad7, half).exact[0].second, 3.5);
}

TEST(Scoring, WritesAProratedCoreToOneDecimalAndBandsItByItsWholePart)
{
    const auto& core = *instruments().find("core-10");
    auto answers = lowest(core);
    answers["2"].value = 4; // reversed: counts nothing
    answers["3"].value = 4;
    answers.erase("10");
    answers["1"].value = 4;
    answers["4"].value = 1; // 5 * 10 / 9 = 5.5556
    const auto result = score(core, answers);
    EXPECT_EQ(result.score("clinical"), 5.6);
    EXPECT_EQ(result.exact[0].second, 5.5556);
    EXPECT_EQ(result.bands[0].second, "healthy");
}

TEST(Scoring, GivesTheLeastThatHalfAFormSaysAndNothingReassuring)
{
    const auto& cssrs = *instruments().find("c-ssrs-screen");
    // Item 6 yes without 6a counts as high until it is answered.
    const auto open = score(cssrs, whole({{"1", 0}, {"2", 0}, {"6", 1}}));
    EXPECT_EQ(open.status, ScoringStatus::Incomplete);
    EXPECT_EQ(open.result, "high");
    EXPECT_EQ(open.missing, std::vector<std::string>{"6a"});
    // Nothing reassuring is drawn from half a form.
    const auto quiet = score(cssrs, whole({{"1", 0}, {"2", 0}}));
    EXPECT_EQ(quiet.status, ScoringStatus::Incomplete);
    EXPECT_EQ(quiet.result, std::nullopt);
    // Item 2 No but item 4 Yes keeps the higher one.
    const auto odd = score(cssrs, whole({{"1", 0}, {"2", 0}, {"4", 1}, {"6", 0}}));
    EXPECT_EQ(odd.result, "high");
    EXPECT_EQ(odd.flags, (std::vector<std::string>{"high_risk", "inconsistent_answers", "suicidality_item"}));
}

TEST(Scoring, KeepsTheReachedLevelOfAnInvalidForm)
{
    auto answers = whole({{"1", 1}, {"2", 1}, {"3", 1}, {"5", 0}, {"6", 0}});
    answers["4"] = {GivenAnswer::Kind::NotWhole, 0};
    const auto result = score(*instruments().find("c-ssrs-screen"), answers);
    EXPECT_EQ(result.status, ScoringStatus::Invalid);
    EXPECT_EQ(result.result, "moderate");
}

TEST(Scoring, ReportsDomainsThatCanBeWorkedOutWhenOthersCannot)
{
    const auto result = score(*instruments().find("dsm5-l1-adult"), whole({{"6", 3}, {"8", 1}}));
    EXPECT_EQ(result.status, ScoringStatus::Incomplete);
    EXPECT_EQ(result.score("anxiety"), 3.0);
    EXPECT_EQ(result.scores.size(), 1U);
    EXPECT_FALSE(result.flagged("follow_up_anxiety"));
}

TEST(Scoring, LeavesNotApplicableItemsOutWithoutProrating)
{
    AnswerContext context;
    context.values.emplace("not_working", true);
    const auto result =
        score(*instruments().find("wsas"), whole({{"1", 8}, {"2", 8}, {"3", 8}, {"4", 8}, {"5", 8}}), context);
    EXPECT_EQ(result.score("total"), 32.0);
    EXPECT_FALSE(result.prorated);
}

// Both edges of every band of every instrument: the band's first and last value are in it, the next value is not.
TEST(Scoring, EveryBandIsClosedAndMeetsItsNeighbour)
{
    for (const auto& [id, instrument] : instruments().all())
        for (const auto& [score_id, bands] : instrument.scoring.bands)
            for (std::size_t i = 1; i < bands.size(); ++i) {
                const double step = bands[i].lowest - bands[i - 1].highest;
                EXPECT_GT(step, 0) << id;
                EXPECT_LE(step, 1.0 + 1e-9) << id << " " << score_id;
            }
}

// Both sides of every published cut-off of the PHQ-9 (Kroenke 2001).
struct BandCase {
    int total;
    const char* band;
};
constexpr BandCase phq9_bands[] = {{0, "minimal"},  {4, "minimal"},   {5, "mild"},
                                   {9, "mild"},     {10, "moderate"}, {14, "moderate"},
                                   {15, "moderately_severe"}, {19, "moderately_severe"}, {20, "severe"},
                                   {27, "severe"}};

class Phq9 : public testing::TestWithParam<BandCase> {};

TEST_P(Phq9, NamesThePublishedBand)
{
    const auto& phq9 = *instruments().find("phq-9");
    auto answers = lowest(phq9);
    int left = GetParam().total;
    for (const auto* item : {"1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
        const int value = std::min(left, 3);
        answers[item].value = value;
        left -= value;
    }
    const auto result = score(phq9, answers);
    ASSERT_EQ(result.score("total"), GetParam().total);
    EXPECT_EQ(result.bands[0].second, GetParam().band);
}

INSTANTIATE_TEST_SUITE_P(Kroenke2001, Phq9, testing::ValuesIn(phq9_bands));

} // namespace
} // namespace handrail::monitoring
