// A language is on when two people of the service signed its words for danger (safety.md B9).

#include <gmock/gmock.h>

#include "care/service.h"
#include "support/dialogue.h"

namespace handrail::support {
namespace {

using testing::Contains;
using testing::HasSubstr;
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

} // namespace
} // namespace handrail::support
