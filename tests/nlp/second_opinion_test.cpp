// A second reader beside the rules. What it says is made up here: only what becomes of it is looked at.
#include <gtest/gtest.h>

#include "content_for_test.h"

namespace handrail::nlp {
namespace {

/// Asks for a human wherever the word "xylophone" stands.
class XylophoneReader final : public SecondReader {
public:
    Opinion read(std::string_view text) const override
    {
        Opinion out;
        out.probability = {{"abuse", 0.01}, {"suicide", 0.02}};
        if (const auto found = text.find("xylophone"); found != std::string_view::npos) {
            out.probability["abuse"] = 0.9;
            out.today = Category::Abuse;
            out.begin = found; // ASCII before it
            out.end = found + 9;
        }
        return out;
    }
    std::string version() const override { return "made-up"; }
};

Screener with_second_reader()
{
    auto out = Screener::load(content_folder());
    if (!out)
        throw std::runtime_error(out.error().told);
    out->use(std::make_shared<XylophoneReader>());
    return std::move(*out);
}

const Screener& both()
{
    static const auto screener = with_second_reader();
    return screener;
}

TEST(SecondOpinion, RaisesToTodayAndShowsTheWords)
{
    const auto finding = both().screen("we played the xylophone at lunch");
    EXPECT_EQ(finding.urgency, Urgency::Today);
    EXPECT_EQ(finding.category, Category::Abuse);
    EXPECT_EQ(finding.categories, std::vector{Category::Abuse});
    EXPECT_EQ(finding.subject, Subject::Self);
    ASSERT_EQ(finding.evidence.size(), 1U);
    EXPECT_EQ(finding.evidence[0].rule, "model:screening");
    EXPECT_EQ(finding.evidence[0].text, "xylophone");
    EXPECT_EQ(finding.evidence[0].begin, 14U);
    EXPECT_NE(finding.why.find("read the whole message"), std::string::npos);
    EXPECT_EQ(finding.versions.at("model"), "made-up");
    EXPECT_DOUBLE_EQ(finding.probability.at("abuse"), 0.9);
}

TEST(SecondOpinion, NeverLowersNorTakesTheReasonsOfARule)
{
    const auto text = "I'm going to kill myself tonight with a xylophone";
    const auto finding = both().screen(text);
    EXPECT_EQ(finding.urgency, Urgency::Now);
    EXPECT_EQ(finding.category, Category::Suicide);
    EXPECT_EQ(finding.evidence.front().rule, shipped().screen(text).evidence.front().rule);
    EXPECT_EQ(both().screen("I want to die").urgency, Urgency::Today);
    EXPECT_DOUBLE_EQ(both().screen("I want to die").probability.at("suicide"), 0.02);
}

TEST(SecondOpinion, IsNotHeardWhereARuleSaysWhyNot)
{
    ASSERT_EQ(shipped().screen("this xylophone homework is killing me").urgency, Urgency::Usual);
    EXPECT_EQ(both().screen("this xylophone homework is killing me").urgency, Urgency::Usual);
}

TEST(SecondOpinion, AnEarlierMessageGoesOnCounting)
{
    const std::vector<std::string> earlier{"good morning", "about the xylophone", "it rains"};
    const auto finding = both().screen("what time is it", earlier);
    EXPECT_EQ(finding.urgency, Urgency::Today);
    ASSERT_EQ(finding.evidence.size(), 1U);
    EXPECT_EQ(finding.evidence[0].context_index, 1);
    EXPECT_EQ(finding.evidence[0].text, "xylophone");
}

TEST(SecondOpinion, WithoutOneThereAreNoProbabilities)
{
    EXPECT_FALSE(shipped().has_second_reader());
    EXPECT_TRUE(both().has_second_reader());
    const auto finding = shipped().screen("we played the xylophone at lunch");
    EXPECT_EQ(finding.urgency, Urgency::Usual);
    EXPECT_TRUE(finding.probability.empty());
    EXPECT_FALSE(finding.versions.contains("model"));
}

} // namespace
} // namespace handrail::nlp
