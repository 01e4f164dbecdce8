// A second reader beside the rules. What it says is made up here: only what becomes of it is looked at.
#include <gtest/gtest.h>

#include "content_for_test.h"
#include "nlp/safety_answer.h"

namespace handrail::nlp {
namespace {

/// Asks for a human the same day wherever the word "xylophone" stands, at once with "burning", soon with "lonely"; of a
/// glockenspiel it is in doubt.
class XylophoneReader final : public SecondReader {
public:
    Opinion read(std::string_view text) const override
    {
        const auto has = [&](std::string_view word) { return text.find(word) != std::string_view::npos; };
        Opinion out;
        out.probability[static_cast<std::size_t>(Category::Suicide)] = 0.02;
        if (has("xylophone")) {
            out.probability[static_cast<std::size_t>(Category::Abuse)] = has("unsure") ? 0.7 : 0.9;
            out.category = Category::Abuse;
            out.urgency = has("burning") ? Urgency::Now : has("lonely") ? Urgency::Soon : Urgency::Today;
        }
        if (has("glockenspiel")) {
            out.category = Category::Psychosis;
            out.probability[static_cast<std::size_t>(Category::Psychosis)] = 0.5;
            out.in_doubt = true;
        }
        return out;
    }
    Words words(std::string_view text, const Opinion& /*opinion*/) const override
    {
        const auto found = text.find("xylophone"); // ASCII before it
        return found == std::string_view::npos ? Words{text.find("glockenspiel"), text.find("glockenspiel") + 12}
                                               : Words{found, found + 9};
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

TEST(SecondOpinion, DoubtIsUnknownAndSaysSo)
{
    const auto finding = both().screen("we played the glockenspiel at lunch");
    EXPECT_EQ(finding.urgency, Urgency::Unknown);
    EXPECT_EQ(finding.category, Category::None) << "in doubt is no statement about anything";
    ASSERT_EQ(finding.evidence.size(), 1U);
    EXPECT_EQ(finding.evidence[0].rule, "model:doubt");
    EXPECT_EQ(finding.evidence[0].text, "glockenspiel");
    EXPECT_NE(finding.why.find("in doubt"), std::string::npos) << finding.why;
    EXPECT_NE(finding.why.find("frightening perceptions or beliefs"), std::string::npos) << finding.why;
}

TEST(SecondOpinion, AnIdiomExplainsItsSentenceAndNothingBesideIt)
{
    // "to die for" is an idiom: no rule hears it.
    EXPECT_EQ(both().screen("that cake was to die for").urgency, Urgency::Usual);
    const auto finding = both().screen("That cake was to die for. Later he came with the xylophone.");
    EXPECT_EQ(finding.urgency, Urgency::Today);
    EXPECT_EQ(finding.category, Category::Abuse);
    EXPECT_EQ(finding.evidence.front().text, "xylophone") << "offsets are those of the whole text";
    EXPECT_EQ(both().screen("That cake was to die for! We saw a glockenspiel in the hall").urgency, Urgency::Unknown);
    EXPECT_EQ(both().screen("That cake was to die for, with a xylophone on it").urgency, Urgency::Usual);
    // Earlier in the conversation too.
    EXPECT_EQ(both().screen("ok then", std::vector<std::string>{"To die for! But he came with the xylophone"}).urgency,
              Urgency::Today);
    // A story is one as a whole.
    EXPECT_EQ(both().screen("I'm writing a novel in which he comes with the xylophone").urgency, Urgency::Usual);
}

TEST(SecondOpinion, DoubtChangesNothingThatIsKnown)
{
    EXPECT_EQ(both().screen("I want to kill myself with the glockenspiel").urgency, Urgency::Today);
    EXPECT_EQ(both().screen("I feel hopeless about the glockenspiel").urgency, Urgency::Soon);
    EXPECT_EQ(both().screen("glockenspiel").urgency, Urgency::Usual) << "one word is little to judge by";
    EXPECT_EQ(both().screen("hey it is the glockenspiel").urgency, Urgency::Usual) << "so are five";
    // In an earlier message it was asked about when it came.
    const std::vector<std::string> before{"we played the glockenspiel at lunch"};
    EXPECT_EQ(both().screen("the weather is fine today", before).urgency, Urgency::Usual);
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

TEST(SecondOpinion, OfOneOrTwoWordsItHasToBeVerySure)
{
    EXPECT_EQ(both().screen("unsure xylophone").urgency, Urgency::Usual);
    EXPECT_EQ(both().screen("  unsure\nxylophone ").urgency, Urgency::Usual);
    EXPECT_EQ(both().screen("the unsure xylophone").urgency, Urgency::Today);
    EXPECT_EQ(both().screen("my xylophone").urgency, Urgency::Today) << "very sure";
    EXPECT_EQ(both().screen("what time is it", std::vector<std::string>{"unsure xylophone"}).urgency, Urgency::Usual);
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

TEST(SecondOpinion, AloneItRaisesToTodayAtMostAndSaysWhatItFound)
{
    const auto alone = both().screen("the burning xylophone at lunch");
    EXPECT_EQ(alone.urgency, Urgency::Today);
    EXPECT_EQ(alone.time, When::Ongoing);
    EXPECT_EQ(alone.combination, "");
    for (const char* said : {"abuse or violence", "need a human at once", "alone asks for one the same day", "words marked"})
        EXPECT_NE(alone.why.find(said), std::string::npos) << said << ": " << alone.why;
    EXPECT_EQ(alone.why.find("xylophone"), std::string::npos) << "the person's words stand in the evidence";
    EXPECT_EQ(both().screen("what time is it", std::vector<std::string>{"the burning xylophone"}).urgency, Urgency::Today);
}

TEST(SecondOpinion, ItSaysNowByTheWrittenRulesOfCombinations)
{
    const auto tonight = both().screen("the burning xylophone, tonight");
    EXPECT_EQ(tonight.urgency, Urgency::Now);
    EXPECT_EQ(tonight.time, When::Now);
    EXPECT_EQ(tonight.combination, "joined.model_within_a_day");
    EXPECT_FALSE(tonight.combination_source.empty());
    ASSERT_EQ(tonight.evidence.size(), 2U);
    EXPECT_EQ(tonight.evidence[0].rule, "model:screening");
    EXPECT_EQ(tonight.evidence[1].text, "tonight");
    EXPECT_EQ(both().screen("the xylophone, tonight").urgency, Urgency::Today) << "the reader did not say now";
    EXPECT_EQ(both().screen("the burning xylophone, and today I am well").urgency, Urgency::Today);
}

TEST(SecondOpinion, RaisesToNowAndToSoonAndSaysSo)
{
    const auto soon = both().screen("the lonely xylophone at lunch");
    EXPECT_EQ(soon.urgency, Urgency::Soon);
    EXPECT_EQ(soon.category, Category::Abuse);
    // A rule asks for a human today; the model for one at once.
    ASSERT_EQ(shipped().screen("I want to die with the burning xylophone").urgency, Urgency::Today);
    const auto both_ways = both().screen("I want to die with the burning xylophone");
    EXPECT_EQ(both_ways.urgency, Urgency::Now);
    EXPECT_EQ(both_ways.category, Category::Abuse);
    EXPECT_EQ(both_ways.evidence.size(), 2U);
    EXPECT_EQ(both_ways.combination, "joined.model_with_rules");
    EXPECT_NE(both_ways.why.find("more pressing than the rules"), std::string::npos);
    EXPECT_EQ(both().screen("what time is it", std::vector<std::string>{"the lonely xylophone"}).urgency,
              Urgency::Usual);
    EXPECT_EQ(both().screen("what time is it", std::vector<std::string>{"the burning xylophone tonight"}).urgency,
              Urgency::Now);
}

TEST(SecondOpinion, AnAnswerOfSafetyStandsAgainstWhatItSaidOfEarlierMessages)
{
    const std::vector<std::string> context{"the burning xylophone tonight", "I want to die tonight"};
    const auto eased = both().screen("I'm safe now, my sister is with me", context);
    EXPECT_EQ(eased.urgency, Urgency::Today);
    EXPECT_EQ(eased.combination, safety_answered);
    EXPECT_NE(eased.why.find("they are safe"), std::string::npos) << eased.why;
    auto after = context;
    after.emplace_back("I'm safe now, my sister is with me");
    const auto remembered = both().screen("thanks", after);
    EXPECT_EQ(remembered.urgency, Urgency::Today);
    EXPECT_EQ(remembered.combination, safety_remembered);
    // What it hears anew counts, in the same message or a later one.
    EXPECT_EQ(both().screen("I'm safe now, but the burning xylophone tonight", context).urgency, Urgency::Now);
    EXPECT_EQ(both().screen("the burning xylophone tonight", after).urgency, Urgency::Now);
    after.emplace_back("the burning xylophone tonight");
    EXPECT_EQ(both().screen("thanks", after).urgency, Urgency::Now);
}

TEST(SecondOpinion, WhatARuleExplainsIsNotRaisedLaterEither)
{
    EXPECT_EQ(both().screen("ok", std::vector<std::string>{"this xylophone homework is killing me"}).urgency,
              Urgency::Usual);
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

TEST(SecondOpinion, AMessageThatSaidNothingIsNotReadAgainAndOneThatSaidSomethingIs)
{
    const auto screener = with_second_reader();
    const std::vector<std::string> context{"we had soup", "the xylophone", "it rained", "I want to kill myself", "and soup"};
    const auto first = screener.screen("see you", context);
    EXPECT_EQ(first.urgency, Urgency::Today);
    for (int again = 0; again < 3; ++again) {
        const auto finding = screener.screen("see you", context);
        EXPECT_EQ(finding.urgency, first.urgency);
        EXPECT_EQ(finding.categories, first.categories);
        ASSERT_EQ(finding.evidence.size(), first.evidence.size());
        for (std::size_t i = 0; i < first.evidence.size(); ++i) {
            EXPECT_EQ(finding.evidence[i].context_index, first.evidence[i].context_index);
            EXPECT_EQ(finding.evidence[i].text, first.evidence[i].text);
            EXPECT_EQ(finding.evidence[i].begin, first.evidence[i].begin);
        }
    }
    // The reader's own sign alone, among messages that are known to say nothing.
    const auto finding = screener.screen("see you", std::vector<std::string>{"it rained", "the xylophone", "we had soup"});
    EXPECT_EQ(finding.urgency, Urgency::Today);
    ASSERT_EQ(finding.evidence.size(), 1U);
    EXPECT_EQ(finding.evidence[0].context_index, 1);
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
