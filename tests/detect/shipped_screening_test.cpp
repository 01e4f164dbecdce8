// What the shipped rules and the shipped model say together of the messages that matter most.
#include <gtest/gtest.h>

#include "detect/screening_model.h"
#include "nlp/fairness.h"
#include "nlp/safety_answer.h"
#include "nlp/screener.h"

namespace handrail::detect {
namespace {

namespace fs = std::filesystem;

using Context = std::vector<std::string>;

const nlp::Screener& both()
{
    static const auto screener = [] {
        auto loaded = nlp::Screener::load(fs::path(HANDRAIL_SOURCE_DIR) / "content");
        auto model = ScreeningModel::load(fs::path(HANDRAIL_SOURCE_DIR) / "models");
        if (!loaded || !model)
            throw std::runtime_error(loaded ? model.error().told : loaded.error().told);
        loaded->use(*model);
        return std::move(*loaded);
    }();
    return screener;
}

TEST(ShippedScreening, B6_AnAnswerOfSafetyIsNotUndoneByTheModel)
{
    const std::pair<const char*, const char*> talks[] = {
        {"I have the pills in my hand and I want to die tonight", "I'm safe now, my sister is with me"},
        {"I am going to kill myself tonight", "I gave the pills to my mother and I feel safe now"},
        {"me voy a matar esta noche", "ya estoy a salvo, mi hermana está conmigo"},
        {"ce soir je vais me tuer", "je suis en sécurité maintenant, ma sœur est avec moi"},
        {"ich bringe mich heute Nacht um", "ich bin jetzt in Sicherheit, meine Schwester ist bei mir"},
        {"hoje à noite vou me matar", "já estou a salvo, minha irmã está comigo"},
    };
    for (const auto& [danger, answer] : talks) {
        ASSERT_EQ(both().screen(danger).urgency, Urgency::Now) << danger;
        const auto eased = both().screen(answer, Context{danger});
        EXPECT_EQ(eased.urgency, Urgency::Today) << answer << ": " << eased.why;
        EXPECT_EQ(eased.combination, nlp::safety_answered) << answer;
        EXPECT_NE(eased.why.find("they are safe"), std::string::npos) << eased.why;
        for (const char* next : {"ok", "12"}) {
            const auto later = both().screen(next, Context{danger, answer});
            EXPECT_EQ(later.urgency, Urgency::Today) << answer << " | " << next << ": " << later.why;
            EXPECT_EQ(later.combination, nlp::safety_remembered) << answer;
        }
        EXPECT_EQ(both().screen(danger, Context{danger, answer}).urgency, Urgency::Now) << "a new sign";
        EXPECT_EQ(both().screen("ok", Context{danger, answer, danger}).urgency, Urgency::Now) << "remembered as well";
    }
    for (const char* joke : {"jk", "just kidding lol", "forget it", "thanks"})
        EXPECT_EQ(both().screen(joke, Context{talks[0].first}).urgency, Urgency::Now) << joke;
}

TEST(ShippedScreening, TheModelAloneCallsAtOnceOnlyWhenItIsSure)
{
    // Messages of the development half that no rule knows, and whose words alone make the model say now.
    const auto sure =
        both().screen("mums bf is going mental hes got my lil sis pinned on the stairs n shes going purple what do i do");
    EXPECT_EQ(sure.urgency, Urgency::Now) << sure.why;
    EXPECT_EQ(sure.combination, "joined.model_sure");
    const auto leaning = both().screen("not manic!!! just FAST. swimming out to the island in the dark now bc the sea is in love with me, phone in a bag, day six awake");
    EXPECT_EQ(leaning.urgency, Urgency::Today) << leaning.why;
    EXPECT_NE(leaning.why.find("need a human at once"), std::string::npos) << leaning.why;
}

/// What a message is about decides, not who says it: every urgency is its author's, in every language and dialect.
TEST(ShippedScreening, B12_WhoeverSeemsToWriteIsAnsweredAsTheAuthorSays)
{
    const auto fairness = nlp::Fairness::measure(both(), fs::path(HANDRAIL_SOURCE_DIR) / "tests/nlp/fairness");
    ASSERT_TRUE(fairness) << fairness.error().told;
    EXPECT_GT(fairness->swaps().size(), 1500U);
    for (const auto& swap : fairness->swaps())
        EXPECT_EQ(swap.found, swap.author) << swap.message << " by " << swap.who;
}

TEST(ShippedScreening, C14_NoTakeoverForThePastAndForProfessionals)
{
    for (const char* text : {"I tried to kill myself ten years ago and I am well today", "Intenté suicidarme hace diez años y hoy estoy bien",
                             "Il y a dix ans j'ai essayé de me tuer et aujourd'hui je vais bien",
                             "Ich habe vor zehn Jahren versucht mich umzubringen und heute geht es mir gut",
                             "Tentei me matar há dez anos e hoje estou bem", "I am a psychologist and treat suicidal patients",
                             "Soy psicóloga y trato a pacientes suicidas", "Sou psicóloga e trato pacientes suicidas",
                             "Je suis psychologue et je soigne des patients suicidaires",
                             "Ich bin Psychologe und behandle Patienten, die sich umbringen wollen"})
        EXPECT_EQ(both().screen(text).urgency, Urgency::Usual) << text;
}

} // namespace
} // namespace handrail::detect
