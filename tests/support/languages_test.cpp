// A language is on when two people of the service signed its words for danger (safety.md B9).

#include <gmock/gmock.h>

#include "care/service.h"
#include "nlp/second_opinion.h"
#include "support/dialogue.h"

namespace handrail::support {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Ne;
using testing::Not;
using testing::UnorderedElementsAre;

const Dialogue& dialogue()
{
    static const auto loaded = Dialogue::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    if (!loaded)
        throw std::runtime_error(loaded.error().told);
    return *loaded;
}

Finding in_spanish(Urgency urgency)
{
    Finding finding;
    finding.urgency = urgency;
    finding.lang = "es";
    if (urgency != Urgency::Usual) {
        finding.category = Category::Suicide;
        finding.categories = {Category::Suicide};
        finding.subject = Subject::Self;
    }
    return finding;
}

Reply answer(const Situation& situation, Urgency urgency, const char* words)
{
    State state;
    return dialogue().answer(state, words, in_spanish(urgency), situation);
}

TEST(Languages, TwoPeopleSignTheVeryWords)
{
    const auto& version = dialogue().phrasebooks().at("es").version();
    const auto ada = AccountId::at(from_stored(1));
    const auto bea = AccountId::at(from_stored(2));
    care::Service service;
    EXPECT_TRUE(dialogue().signed_languages(service).empty()) << "nobody signed anything, in English neither";
    service.signatures = {{"es", version, ada, {}}, {"es", version, ada, {}}};
    EXPECT_THAT(dialogue().signed_languages(service), Not(Contains("es"))) << "one person twice";
    service.signatures.push_back({"es", "es-older", bea, {}});
    EXPECT_THAT(dialogue().signed_languages(service), Not(Contains("es"))) << "an older text";
    service.signatures.push_back({"es", version, bea, {}});
    EXPECT_THAT(dialogue().signed_languages(service), UnorderedElementsAre("es"));
}

/// "faz uns 10 min" seems German; what is grave was said in the message before.
TEST(Languages, AShortAnswerInDangerKeepsTheLanguage)
{
    Situation situation;
    situation.language = "pt";
    situation.region = "BR";
    situation.now = from_stored(1);
    Finding finding;
    finding.urgency = Urgency::Now;
    finding.category = Category::MedicalEmergency;
    finding.categories = {Category::MedicalEmergency};
    finding.subject = Subject::Self;
    finding.lang = "pt";
    Evidence evidence;
    evidence.text = "não consigo respirar";
    evidence.rule = "pt.medical";
    finding.evidence = {evidence};
    State state;
    (void)dialogue().answer(state, "não consigo respirar", finding, situation);
    finding.lang = "de";
    finding.evidence[0].context_index = 0;
    (void)dialogue().answer(state, "faz uns 10 min", finding, situation);
    EXPECT_EQ(state.language, "pt");
    state.other_language.clear();
    finding.evidence[0].context_index = -1;
    (void)dialogue().answer(state, "ich kriege keine Luft", finding, situation);
    EXPECT_EQ(state.language, "de") << "words about danger tell their language, however few";
}

TEST(Languages, DoubtIsNotCalledUnreadable)
{
    for (const auto& [language, region] : {std::pair{"en", "IE"}, {"de", "DE"}, {"es", "ES"}, {"fr", "FR"}, {"pt", "PT"}}) {
        Situation situation;
        situation.language = language;
        situation.region = region;
        situation.now = from_stored(1);
        Finding finding;
        finding.urgency = Urgency::Unknown;
        finding.lang = language;
        const auto reply = [&] {
            State state;
            return dialogue().answer(state, "...", finding, situation);
        };
        const auto unreadable = reply();
        EXPECT_THAT(unreadable.moves, Contains("not_understood"));
        finding.evidence.push_back({0, 3, "...", nlp::rule_of_doubt, "", -1});
        const auto doubt = reply();
        EXPECT_THAT(doubt.moves, AllOf(Contains("in_doubt"), Contains("contacts"), Not(Contains("not_understood"))));
        EXPECT_EQ(doubt.urgency, Urgency::Unknown);
        EXPECT_THAT(doubt.text, AllOf(HasSubstr("112"), Ne(unreadable.text))) << language;
        finding.evidence.back().context_index = 0; // of an earlier message: this one could not be read all the same
        EXPECT_THAT(reply().moves, Contains("not_understood"));
    }
}

TEST(Languages, B9_OneThatNobodySignedIsNotSpokenAndAHumanIsAsked)
{
    Situation situation;
    situation.language = "es";
    situation.region = "ES";
    situation.now = from_stored(1);
    const auto* words = "mi jefe me grita todos los días y no sé qué hacer";
    EXPECT_EQ(answer(situation, Urgency::Usual, words).urgency, Urgency::Usual);
    situation.languages = {{"en"}};
    const auto unsigned_reply = answer(situation, Urgency::Usual, words);
    EXPECT_EQ(unsigned_reply.urgency, Urgency::Unknown);
    EXPECT_THAT(unsigned_reply.moves, Contains("language_not_supported"));
    EXPECT_THAT(unsigned_reply.text, HasSubstr("112"));
    EXPECT_THAT(unsigned_reply.text, HasSubstr("no ha firmado")) << "what is the matter is said, in their language";
    // English is no exception.
    Situation english = situation;
    english.language = "en";
    english.languages = {{"es"}};
    State state;
    Finding usual;
    usual.lang = "en";
    const auto in_english = dialogue().answer(state, "my boss shouts at me every day and I do not know what to do", usual, english);
    EXPECT_EQ(in_english.urgency, Urgency::Unknown);
    EXPECT_THAT(in_english.text, HasSubstr("not signed by this service yet"));
    // In danger the fixed words of that language are better than none.
    EXPECT_THAT(answer(situation, Urgency::Now, "lo voy a hacer esta noche").moves, Contains("crisis_now"));
    situation.languages = {{"en", "es"}};
    EXPECT_EQ(answer(situation, Urgency::Usual, words).urgency, Urgency::Usual);
}

// What the page writes when a small step is touched in its list (web/src/messages, exercises.start_words).
const std::pair<const char*, const char*> touched[] = {{"en", "Start the exercise: "},
                                                       {"es", "Quiero hacer el ejercicio: "},
                                                       {"fr", "Commencer l’exercice\u00a0: "},
                                                       {"de", "Ich möchte die Übung machen: "},
                                                       {"pt", "Quero fazer o exercício: "}};
// "Joindre une personne" is heard as asking for a person, "un plan pour la semaine" as asking for a diet.
const std::set<std::string, std::less<>> heard_otherwise = {"fr/reach_out", "fr/plan_the_week"};

Reply touch(State& state, const char* language, const std::string& words, Category category = Category::None)
{
    Situation situation;
    situation.language = language;
    situation.now = from_stored(1);
    Finding finding;
    finding.urgency = Urgency::Usual;
    finding.lang = language;
    finding.category = category;
    return dialogue().answer(state, words, finding, situation);
}

TEST(SmallSteps, TheOneThatIsTouchedBegins)
{
    for (const auto& [language, words] : touched) {
        const auto& all = dialogue().phrasebooks().at(language).exercises();
        ASSERT_GT(all.size(), 20U);
        for (const auto& exercise : all) {
            if (heard_otherwise.contains(language + ("/" + exercise.id)))
                continue;
            State state;
            const auto reply = touch(state, language, words + exercise.title);
            EXPECT_THAT(reply.moves, Contains("exercise_offer")) << language << " " << exercise.id;
            EXPECT_EQ(state.exercise, exercise.id) << language;
            EXPECT_EQ(state.step, 1);
        }
    }
}

TEST(SmallSteps, OneInTheMiddleGivesWayToTheOneThatIsTouched)
{
    State state;
    state.exercise = "small_act";
    state.step = -3;
    touch(state, "en", "Start the exercise: Five senses");
    EXPECT_EQ(state.exercise, "grounding_54321");
}

TEST(SmallSteps, OneThatIsToBeAvoidedIsNotBegunEvenWhenTouched)
{
    State state;
    touch(state, "en", "Start the exercise: One small act", Category::Mania);
    EXPECT_NE(state.exercise, "small_act");
}

} // namespace
} // namespace handrail::support
