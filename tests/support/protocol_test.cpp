// Each rule of the crisis protocol by name (safety.md C1-C16, F3, H2), on the engine alone.
#include <gmock/gmock.h>

#include "conversation_case.h"
#include "shipped_words.h"
#include "support/words.h"

namespace handrail::support {
namespace {

using test::finding_of;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

const Dialogue& dialogue()
{
    static const auto loaded = Dialogue::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    if (!loaded)
        throw std::runtime_error(loaded.error().told);
    return *loaded;
}

constexpr Category every_category[] = {Category::Suicide,   Category::SelfHarm, Category::HarmToOthers,
                                       Category::Abuse,     Category::Psychosis, Category::Mania,
                                       Category::EatingDisorder, Category::Substance, Category::MedicalEmergency};

struct Person {
    State state;
    Situation situation;

    explicit Person(std::string region = "IE", std::string age_band = {})
    {
        situation.region = std::move(region);
        situation.age_band = std::move(age_band);
        situation.now = Instant{std::chrono::hours{24 * 365 * 50}};
    }
    Reply says(const std::string& words, const Finding& finding = finding_of(Urgency::Usual))
    {
        situation.now += std::chrono::minutes{1};
        return dialogue().answer(state, words, finding, situation);
    }
};

TEST(Protocol, A1_TheFirstReplyOfEveryConversationSaysWhatItIs)
{
    for (const auto urgency : {Urgency::Usual, Urgency::Soon, Urgency::Today, Urgency::Now, Urgency::Unknown}) {
        Person ada;
        const auto reply = ada.says("…", finding_of(urgency, Category::Suicide));
        EXPECT_THAT(reply.text, testing::StartsWith("I am an AI, not a person")) << name(urgency);
        EXPECT_THAT(ada.says("and then", finding_of(urgency, Category::Suicide)).text, Not(HasSubstr("I am an AI, not a person")));
    }
}

TEST(Protocol, WhatAModelAloneHeardIsAnsweredInWordsThatFitWhateverItIs)
{
    const auto heard = [](Category category, const char* rule, double likely) {
        auto finding = test::finding_of(Urgency::Soon, category);
        finding.evidence[0].rule = rule;
        finding.probability[std::string(name(category))] = likely;
        return test::Speaker("en").says("it is always me in the end", finding).text_id;
    };
    EXPECT_TRUE(heard(Category::Substance, "model:screening", 0.4).starts_with("soon.any.self"));
    EXPECT_TRUE(heard(Category::Substance, "model:screening", 0.9).starts_with("soon.substance"));
    EXPECT_TRUE(heard(Category::Substance, "en.substance.use", 0.4).starts_with("soon.substance"));
    EXPECT_TRUE(heard(Category::Suicide, "model:screening", 0.4).starts_with("soon.suicide"));
}

TEST(Protocol, C1_TodayAndNowNameALiveContactForEveryCategoryAndSubject)
{
    for (const auto category : every_category)
        for (const auto subject : {Subject::Self, Subject::Other, Subject::Dependent})
            for (const auto urgency : {Urgency::Today, Urgency::Now}) {
                Person ada("GB");
                const auto reply = ada.says("help", finding_of(urgency, category, subject));
                EXPECT_THAT(reply.text, HasSubstr("999 or 112 (emergency services)")) << name(category) << " " << name(urgency);
                if (urgency == Urgency::Today) {
                    EXPECT_THAT(reply.moves, Contains("contacts")) << name(category);
                }
                EXPECT_FALSE(reply.text_id.empty());
            }
}

TEST(Protocol, C2_NowAsksForAtMostThreeActionsTheCallFirst)
{
    for (const auto category : every_category)
        for (const auto subject : {Subject::Self, Subject::Other, Subject::Dependent}) {
            Person ada;
            const auto reply = ada.says("now", finding_of(Urgency::Now, category, subject));
            const auto steps = std::find_if(reply.blocks.begin(), reply.blocks.end(),
                                            [](const auto& b) { return b.kind == Block::Kind::Steps; });
            ASSERT_NE(steps, reply.blocks.end()) << name(category);
            EXPECT_LE(steps->items.size(), 3U);
            EXPECT_FALSE(steps->items.front().tel.empty());
            ASSERT_FALSE(steps->items.front().calls.empty()) << name(category);
            EXPECT_EQ(steps->items.front().calls.front().tel, steps->items.front().tel);
            EXPECT_TRUE(steps->items.front().calls.front().primary);
            if (steps->items.front().label.find("116 123") != std::string::npos) {
                // A number that stands in the words can be touched.
                ASSERT_EQ(steps->items.front().calls.size(), 2U) << name(category);
                EXPECT_EQ(steps->items.front().calls.back().tel_text.empty() ? steps->items.front().calls.back().tel
                                                                            : steps->items.front().calls.back().tel_text,
                          "116 123");
            }
            EXPECT_THAT(steps->items.front().label, HasSubstr("112"));
            EXPECT_EQ(reply.blocks.back().kind, Block::Kind::Question) << name(category);
        }
}

TEST(Protocol, C3_TodayAsksOneDirectNeutralQuestion)
{
    for (const auto category : every_category) {
        Person ada;
        const auto reply = ada.says("today", finding_of(Urgency::Today, category));
        EXPECT_EQ(std::count(reply.text.begin(), reply.text.end(), '?'), 1) << reply.text;
        EXPECT_THAT(reply.moves, Contains("direct_question"));
        EXPECT_THAT(reply.text, Not(HasSubstr("You're not"))) << reply.text;
    }
}

// It stands on the caseload, for a reader who does not know the ids of questions.
TEST(Protocol, C3_WhyAnAnswerRaisesTheLevelIsASentence)
{
    const std::pair<std::string, std::string> spoken[] = {{"yes", "yes"}, {"no", "no"}, {"unsure", "not sure"}};
    std::set<std::string> sentences;
    int raising = 0;
    for (const auto& [id, question] : dialogue().phrasebooks().at("en").questions())
        for (const auto& [option, words] : spoken) {
            if (question.option(option) == nullptr || !question.option(option)->raises)
                continue;
            ++raising;
            Person ada;
            ada.state.pending = id;
            const auto found = ada.says(words).found;
            ASSERT_TRUE(found) << id << " " << option;
            EXPECT_THAT(found->why, testing::MatchesRegex("Asked (whether|about) [a-z ,]+, the person answered [a-z ]+\\."));
            EXPECT_TRUE(sentences.insert(found->why).second) << id << " has no words of its own: " << found->why;
            ASSERT_FALSE(found->evidence.empty());
            EXPECT_EQ(found->evidence.front().rule, "dialogue." + id + "." + option) << "the id stays with the finding";
        }
    EXPECT_GE(raising, 11);
}

TEST(Protocol, C3_TheSameQuestionIsNotPutTwiceInTheSameWords)
{
    Person ada;
    std::set<std::string> questions;
    for (int i = 0; i < 12; ++i) {
        const auto reply = ada.says("I want to die " + std::to_string(i), finding_of(Urgency::Today, Category::Suicide));
        for (const auto& block : reply.blocks)
            if (block.kind == Block::Kind::Question) {
                EXPECT_TRUE(questions.insert(block.text).second) << block.text;
            }
    }
}

TEST(Protocol, C4_BothAProfessionalAndATrustedPersonAreNamed)
{
    for (const auto category : every_category) {
        Person ada;
        const auto reply = ada.says("today", finding_of(Urgency::Today, category));
        EXPECT_THAT(reply.text, testing::AnyOf(HasSubstr("doctor"), HasSubstr("nurse"))) << name(category);
        EXPECT_THAT(reply.text, testing::AnyOf(HasSubstr("trust"), HasSubstr("someone near you"))) << name(category);
    }
}

TEST(Protocol, C6_NoSentenceIsSaidTwiceInFortyTurnsOfDanger)
{
    for (const auto urgency : {Urgency::Today, Urgency::Now}) {
        Person ada;
        std::set<std::string> said;
        for (int i = 0; i < 40; ++i) {
            const auto reply = ada.says("again " + std::to_string(i), finding_of(urgency, Category::Suicide));
            EXPECT_THAT(reply.text, testing::AnyOf(HasSubstr("116 123"), HasSubstr("112"))) << reply.text;
            if (urgency == Urgency::Now) {
                EXPECT_THAT(reply.text, HasSubstr("112 or 999")) << i;
            }
            for (const auto& sentence : sentences_of(reply.text))
                EXPECT_TRUE(said.insert(sentence_mark(sentence)).second) << i << ": " << sentence;
        }
    }
}

TEST(Protocol, C7_TheConversationGoesOnAfterADisclosure)
{
    Person ada;
    ada.says("I want to die", finding_of(Urgency::Today, Category::Suicide));
    const auto reply = ada.says("my exams are next week and my mother keeps asking about them");
    EXPECT_THAT(reply.moves, Contains("reflect"));
    EXPECT_EQ(reply.urgency, Urgency::Today);
}

TEST(Protocol, C8_TodayOffersASafetyPlanAndAbuseDoesNot)
{
    Person ada;
    const auto reply = ada.says("I want to die", finding_of(Urgency::Today, Category::Suicide));
    EXPECT_THAT(reply.text, HasSubstr("safety plan"));
    Person ben;
    const auto abuse = ben.says("he hits me", finding_of(Urgency::Today, Category::Abuse));
    for (const auto& block : abuse.blocks)
        for (const auto& call : block.items)
            EXPECT_NE(call.action, "safety_plan") << "nothing is stored on this device";
}

TEST(Protocol, C9_MedicalDangerHasNoCopingStep)
{
    Person ada;
    for (int i = 0; i < 5; ++i) {
        const auto reply = ada.says("urge to take more " + std::to_string(i), finding_of(Urgency::Now, Category::MedicalEmergency));
        EXPECT_THAT(reply.moves, Not(Contains("distress_tolerance_step")));
    }
}

TEST(Protocol, C12_TheTextIsFixedAndNamesItsVersion)
{
    Person ada;
    EXPECT_EQ(ada.says("today", finding_of(Urgency::Today, Category::Suicide)).text_id, "today.suicide.self/en@1");
    Person ben;
    const auto one = ben.says("today", finding_of(Urgency::Today, Category::Suicide)).text;
    Person cem;
    EXPECT_EQ(one, cem.says("today", finding_of(Urgency::Today, Category::Suicide)).text);
}

TEST(Protocol, C13_WhoHelpsAnotherIsNotAskedAboutTheirOwnDeath)
{
    for (const auto urgency : {Urgency::Soon, Urgency::Today, Urgency::Now})
        for (const auto category : {Category::Suicide, Category::SelfHarm}) {
            Person ada;
            for (int i = 0; i < 6; ++i) {
                const auto reply = ada.says("my friend " + std::to_string(i), finding_of(urgency, category, Subject::Other));
                EXPECT_THAT(reply.text, Not(HasSubstr("Are you thinking about killing yourself")));
                EXPECT_THAT(reply.text, Not(HasSubstr("thinking about hurting yourself")));
            }
        }
}

TEST(Protocol, C15_NobodyOnDutyIsSaidAndANameIsSaidOnlyWhenTrue)
{
    Person ada;
    EXPECT_THAT(ada.says("now", finding_of(Urgency::Now, Category::Suicide)).text, HasSubstr("Nobody from the service is here now to take over."));
    Person ben;
    ben.situation.told.state = Told::State::Told;
    ben.situation.told.who = "Maeve Dorrigan, a nurse,";
    ben.situation.told.at = "23:14";
    ben.situation.told.wait_minutes = 5;
    const auto told = ben.says("now", finding_of(Urgency::Now, Category::Suicide));
    EXPECT_THAT(told.text, HasSubstr("Maeve Dorrigan, a nurse, was told at 23:14. An answer can take 5 minutes"));
    EXPECT_TRUE(told.wants_person);
}

TEST(Protocol, B6_OnlyASafetyAnswerLowersTheLevelAndByOneStep)
{
    Person ada("GB");
    ada.says("he has a knife", finding_of(Urgency::Now, Category::Abuse));
    EXPECT_EQ(ada.says("never mind, forget it").urgency, Urgency::Now);
    Person ben("GB");
    ben.says("he has a knife", finding_of(Urgency::Now, Category::Abuse));
    const auto eased = ben.says("yes");
    EXPECT_EQ(eased.urgency, Urgency::Today) << eased.text;
    EXPECT_THAT(eased.moves, Contains("level_eased_by_safety_answer"));
}

TEST(Protocol, B6_AnAnswerThatRaisesIsAFindingWithItsReason)
{
    Person ada;
    ada.says("sometimes I wish it would stop", finding_of(Urgency::Soon, Category::Suicide));
    const auto reply = ada.says("yes");
    ASSERT_TRUE(reply.found.has_value());
    EXPECT_EQ(reply.found->urgency, Urgency::Today);
    EXPECT_EQ(reply.found->evidence.front().rule, "dialogue.killing_yourself.yes");
    EXPECT_EQ(reply.urgency, Urgency::Today);
}

TEST(Protocol, F3_AYoungPersonGetsAChildLine)
{
    Person ada("IE", "13_17");
    const auto reply = ada.says("my father hits me", finding_of(Urgency::Today, Category::Abuse));
    EXPECT_THAT(reply.text, HasSubstr("1800 66 66 66"));
    EXPECT_THAT(reply.text, HasSubstr("adult you feel safe with"));
}

TEST(Protocol, H2_WithoutACountryThereIsNoNationalNumber)
{
    for (const auto urgency : {Urgency::Soon, Urgency::Today, Urgency::Now}) {
        Person ada("");
        const auto reply = ada.says("help", finding_of(urgency, Category::Suicide));
        for (const auto* number : {"911", "988", "999", "112"})
            EXPECT_THAT(reply.text, Not(HasSubstr(number)));
        EXPECT_THAT(reply.text, HasSubstr("findahelpline.com"));
    }
}

// H1, H4: every country of the data goes through the engine at every level.
TEST(Protocol, H4_EveryCountryGivesItsEmergencyNumber)
{
    int countries = 0;
    for (const auto& [iso, country] : dialogue().crisis_lines().countries())
        for (const auto category : {Category::Suicide, Category::Abuse}) {
            Person ada(iso);
            const auto reply = ada.says("now", finding_of(Urgency::Now, category));
            bool any = false;
            for (const auto& number : country.emergency)
                any = any || reply.text.find(number.number) != std::string::npos;
            EXPECT_TRUE(any) << iso << ": " << reply.text;
            EXPECT_THAT(reply.text, Not(HasSubstr("{"))) << iso;
            ++countries;
        }
    EXPECT_GT(countries, 200);
}

TEST(Protocol, EveryLanguageHasTheWordsForDanger)
{
    for (const std::string language : {"en", "es", "fr", "de", "pt"}) {
        ASSERT_EQ(dialogue().phrasebooks().count(language), 1U) << language;
        for (const auto urgency : {Urgency::Today, Urgency::Now})
            for (const auto category : every_category) {
                Person ada("ES");
                auto finding = finding_of(urgency, category);
                finding.lang = language;
                for (int i = 0; i < 6; ++i) {
                    const auto reply = ada.says("x" + std::to_string(i), finding);
                    EXPECT_THAT(reply.text, Not(testing::IsEmpty()));
                    EXPECT_THAT(reply.text, Not(HasSubstr("{"))) << language;
                    if (i == 0) {
                        EXPECT_THAT(reply.text, HasSubstr("112")) << language;
                    }
                }
            }
    }
}

TEST(State, ComesBackFromItsWrittenForm)
{
    Person ada;
    ada.says("I want to die", finding_of(Urgency::Today, Category::Suicide));
    const auto written = state_text(ada.state);
    const auto back = state_from(written);
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(state_text(*back), written);
    EXPECT_FALSE(state_from("{\"version\":99}").ok());
    EXPECT_FALSE(state_from("nonsense").ok());
    EXPECT_TRUE(state_from("").ok());
}

TEST(Dialogue, BadInputIsAnsweredSensibly)
{
    Person ada;
    for (const std::string& words : {std::string(), std::string("   "), std::string(1000000, 'a'), std::string("😀😀😀"),
                                    std::string("\x01\x02\x03"), std::string("? ? ?"), std::string(5000, '?')})
        EXPECT_THAT(ada.says(words).text, Not(testing::IsEmpty()));
}

TEST(Dialogue, FortyTurnsOfListeningNeverRepeatASentenceAndReflectMoreThanTheyAsk)
{
    Person ada;
    std::set<std::string> said;
    int asked = 0;
    const char* days[] = {"work was hard today", "I slept badly", "my mother called", "I am worried about money", "I went out", "it rained", "ok", "I don't know"};
    for (int i = 0; i < 40; ++i) {
        const auto reply = ada.says(days[i % 8]);
        asked += reply.text.find('?') != std::string::npos ? 1 : 0;
        for (const auto& sentence : sentences_of(reply.text))
            EXPECT_TRUE(said.insert(sentence_mark(sentence)).second) << i << ": " << sentence;
    }
    EXPECT_GT(ada.state.reflections, asked);
}

} // namespace
} // namespace handrail::support
