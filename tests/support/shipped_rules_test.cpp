// Rules that hold for every word that ships, and for every message that is read, by name (safety.md A5, A6, A9, B3, B4, B5,
// B7, J7).
#include <algorithm>
#include <fstream>
#include <regex>

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include "base/text.h"
#include "conversation_case.h"
#include "shipped_words.h"
#include "support/words.h"

namespace handrail::test {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

const std::string tongues[] = {"en", "es", "fr", "de", "pt"};

/// What ships and what the page says, as one list.
std::vector<ShippedText> every_sentence()
{
    auto all = shipped_texts();
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "web/src/messages")) {
        if (entry.path().extension() != ".json")
            continue;
        std::ifstream file(entry.path());
        const auto messages = json::parse(std::string{std::istreambuf_iterator<char>(file), {}});
        for (const auto& [key, text] : messages.as_object())
            if (text.is_string())
                all.push_back({entry.path().stem().string().substr(0, 2), "page " + std::string(key), std::string(text.as_string())});
    }
    return all;
}

/// Sentences that would claim it, and must be caught: the list of words is alive.
struct Claim {
    const char* language;
    const char* pattern;
    const char* would_be;
};

void nothing_claims(const std::vector<Claim>& claims)
{
    const auto all = every_sentence();
    EXPECT_GT(all.size(), 5000U);
    for (const auto& claim : claims) {
        const std::regex pattern(claim.pattern, std::regex::icase);
        EXPECT_TRUE(std::regex_search(claim.would_be, pattern)) << claim.would_be;
        for (const auto& each : all)
            if (each.language == claim.language && std::regex_search(each.text, pattern))
                ADD_FAILURE() << each.language << " " << each.where << ": " << each.text;
    }
}

// A5: none of it claims to be human, licensed, a clinician, or to feel.
TEST(Shipped, A5_NoWordClaimsToBeHumanOrToFeel)
{
    for (const auto& each : shipped_breaking("A5"))
        ADD_FAILURE() << each.language << " " << each.where << ": " << each.text;
    nothing_claims({
        {"en", "\\bI(?: am|'m)(?: a)? (?:human|real person|therapist|counsellor|doctor|nurse|psychologist)\\b", "I'm a therapist"},
        {"en", "\\bI (?:love you|feel your|feel so|feel sad|missed you|miss you|care about you|feel hurt)", "I missed you today"},
        {"es", "(?:^|[.:;] )soy (?:humano|humana|una persona|terapeuta|psic.{1,2}loga?|m.{1,2}dico|enfermera)\\b", "soy una persona"},
        {"es", "\\b(?:te quiero|te echo de menos|me duele|siento tu)\\b", "te echo de menos"},
        {"fr", "\\bje suis (?:humain|humaine|une vraie personne|th.{1,2}rapeute|psychologue|m.{1,2}decin)\\b", "je suis psychologue"},
        {"fr", "\\bje (?:vous aime|t'aime|ressens votre)", "je vous aime"},
        {"de", "\\bich bin (?:ein Mensch|Therapeut|Psycholog|Arzt|.{1,2}rztin)", "ich bin ein Mensch"},
        {"de", "\\bich (?:liebe dich|vermisse dich|habe dich lieb|f.{1,2}hle deinen)", "ich vermisse dich"},
        {"pt", "(?:^|[.:;] )sou (?:humano|humana|uma pessoa|terapeuta|psic.{1,2}log|m.{1,2}dic)", "sou uma pessoa"},
        {"pt", "\\b(?:amo-te|tenho saudades tuas|sinto a tua)\\b", "tenho saudades tuas"},
    });
}

// A6: it calls itself no therapy, no treatment, no diagnosis and no crisis service.
TEST(Shipped, A6_NoWordSettlesWhatKindOfDeviceItIs)
{
    for (const auto& each : shipped_breaking("A6"))
        ADD_FAILURE() << each.language << " " << each.where << ": " << each.text;
    nothing_claims({
        {"en", "\\b(?:Handrail|this service|this chat|this app|the AI|I) (?:is|am|gives|offers|provides) (?:a |an |you )?(?:therap|treatment|diagnos|medical|clinical|crisis service|crisis line)", "Handrail offers therapy"},
        {"en", "\\b(?:our|my) (?:therap|treatment|diagnos)", "our treatment helps"},
        {"en", "\\b(?:clinically proven|cures?\\b|heals? you|medical device approved)", "it cures worry"},
        {"es", "\\b(?:Handrail|este servicio|este chat|soy) (?:es |ofrece |da )?(?:una? )?(?:terapia|tratamiento|diagn.{1,2}stico|servicio de crisis)", "este chat es una terapia"},
        {"fr", "\\b(?:Handrail|ce service|cette conversation) (?:est|offre|donne) (?:une? )?(?:th.{1,2}rapie|traitement|diagnostic|service de crise)", "ce service est une thérapie"},
        {"de", "\\b(?:Handrail|dieser Dienst|dieser Chat) (?:ist|bietet|gibt) (?:eine? )?(?:Therapie|Behandlung|Diagnose|Krisendienst)", "dieser Chat ist eine Therapie"},
        {"pt", "\\b(?:Handrail|este servi.{1,2}o|esta conversa) (?:.{1,2} |oferece |d.{1,2} )?(?:uma? )?(?:terapia|tratamento|diagn.{1,2}stico|servi.{1,2}o de crise)", "esta conversa oferece terapia"},
    });
}

// J7: nobody has studied this product, so nothing says that it helps, works or is proven.
TEST(Shipped, J7_NoWordClaimsABenefitThatNobodyStudied)
{
    nothing_claims({
        {"en", "\\b(?:Handrail|this service|this chat|this app|talking (?:here|to me)|the AI|I) (?:helps|heals|reduces|lowers|improves|relieves|works|is proven|has been shown|will help|makes you feel better)\\b", "This chat reduces anxiety"},
        {"en", "\\b(?:clinically|scientifically) (?:proven|tested|validated)|\\b\\d+ ?% of (?:people|users)|\\bguarantee[ds]?\\b", "80 % of users feel better"},
        {"es", "\\b(?:Handrail|este servicio|este chat|hablar aqu.{1,2}) (?:ayuda|reduce|mejora|alivia|cura|funciona|te har.{1,2})\\b|\\bdemostrad[oa] cient", "este chat reduce la ansiedad"},
        {"fr", "\\b(?:Handrail|ce service|cette conversation|parler ici) (?:aide|r.{1,2}duit|am.{1,2}liore|soulage|gu.{1,2}rit|marche)\\b|\\bprouv.{1,2}e? (?:scientifiq|cliniq)", "ce service soulage la tristesse"},
        {"de", "\\b(?:Handrail|dieser Dienst|dieser Chat|hier zu reden) (?:hilft|verringert|senkt|verbessert|lindert|heilt|wirkt)\\b|\\b(?:klinisch|wissenschaftlich) (?:erwiesen|bewiesen|gepr)", "dieser Chat lindert Angst"},
        {"pt", "\\b(?:Handrail|este servi.{1,2}o|esta conversa|falar aqui) (?:ajuda|reduz|melhora|alivia|cura|funciona)\\b|\\bcomprovad[oa] cient", "esta conversa alivia a ansiedade"},
    });
}

// B3: what was found is called a signal and how soon; nothing a person or a colleague reads says "low risk".
TEST(Shipped, B3_NobodyIsCalledLowOrHighRisk)
{
    nothing_claims({
        {"en", "\\b(?:low|medium|high|no)[ -]risk\\b|\\brisk (?:score|level)\\b", "a low-risk message"},
        {"es", "\\b(?:bajo|alto|medio) riesgo\\b|\\briesgo (?:bajo|alto|medio)\\b", "riesgo bajo"},
        {"fr", "\\brisque (?:faible|.{1,2}lev.{1,2}|moyen)\\b|\\bfaible risque\\b", "risque faible"},
        {"de", "\\b(?:niedriges|hohes|geringes) Risiko\\b", "niedriges Risiko"},
        {"pt", "\\b(?:baixo|alto|m.{1,2}dio) risco\\b|\\brisco (?:baixo|alto|m.{1,2}dio)\\b", "risco baixo"},
    });
}

// A9: where the chat is offered it says that it may not suit some minors.
TEST(Shipped, A9_TheFirstWordsSayThatItMayNotSuitSomeMinors)
{
    const std::map<std::string, std::string> minors = {
        {"en", "minors"}, {"es", "menores"}, {"fr", "mineurs"}, {"de", "Minderjährige"}, {"pt", "menores"}};
    for (const auto& language : tongues) {
        support::Situation here;
        here.language = language;
        here.now = Instant{std::chrono::hours{24 * 365 * 50}};
        support::State state;
        const auto first = shipped_dialogue().open(state, here).text;
        const bool says = first.find(minors.at(language)) != std::string::npos || first.find("18") != std::string::npos;
        EXPECT_TRUE(says) << first;
        // In the next conversation too, whatever was said before.
        support::State next;
        support::take_over(next, state);
        next.said = state.said;
        EXPECT_EQ(shipped_dialogue().open(next, here).text, first) << language;
    }
}

// B3: level, category, who could be hurt, when, and the words it rests on, each by itself.
TEST(Shipped, B3_AFindingKeepsLevelCategorySubjectTimeAndWordsApart)
{
    const auto self = shipped_screener_with_model().screen("I am going to kill myself tonight", {}, "en");
    EXPECT_EQ(self.urgency, Urgency::Now);
    EXPECT_EQ(self.category, Category::Suicide);
    EXPECT_EQ(self.subject, Subject::Self);
    EXPECT_THAT(self.time, testing::AnyOf(When::Now, When::Planned));
    ASSERT_FALSE(self.evidence.empty());
    EXPECT_FALSE(self.evidence.front().rule.empty());
    EXPECT_FALSE(self.why.empty());
    const auto other = shipped_screener_with_model().screen("my friend wants to kill himself", {}, "en");
    EXPECT_EQ(other.subject, Subject::Other);
    EXPECT_GE(need(other.urgency), need(Urgency::Today));
}

// B4: two ways, and the level is the higher; without the model the rules still answer, and that is visible.
TEST(Shipped, B4_WithoutTheModelTheRulesAnswerAndTheModelOnlyRaises)
{
    const auto& rules = shipped_screener();
    const auto& both = shipped_screener_with_model();
    ASSERT_FALSE(rules.has_second_reader());
    ASSERT_TRUE(both.has_second_reader());
    EXPECT_FALSE(rules.versions().contains("model"));
    EXPECT_TRUE(both.versions().contains("model"));
    const char* danger[] = {"I am going to kill myself tonight", "voy a matarme esta noche", "je vais me tuer ce soir",
                            "ich bringe mich heute Nacht um", "vou matar-me esta noite"};
    for (std::size_t i = 0; i < std::size(tongues); ++i)
        EXPECT_EQ(rules.screen(danger[i], {}, tongues[i]).urgency, Urgency::Now) << danger[i];
    int raised = 0;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "tests/scenarios/converse")) {
        if (entry.path().extension() != ".case")
            continue;
        const auto script = read_case(entry.path());
        const auto& first = script.turns.front().words;
        const auto alone = rules.screen(first, {}, script.situation.language);
        const auto together = both.screen(first, {}, script.situation.language);
        EXPECT_GE(need(together.urgency), need(alone.urgency)) << first;
        raised += need(together.urgency) > need(alone.urgency) ? 1 : 0;
    }
    EXPECT_GT(raised, 0) << "a second way that never differs is none";
}

// B5: however it is written; the original is kept.
TEST(Shipped, B5_TheSameWordsAreHeardHoweverTheyAreWritten)
{
    const std::string written[] = {
        "I want to kill myself",
        "i WANT to KILL mySELF",
        "I want to k\xd1\x96ll myself",                                       // Cyrillic i
        "I want to kill my\xe2\x80\x8bself",                                  // zero width space
        "\xef\xbc\xa9 \xef\xbd\x97\xef\xbd\x81\xef\xbd\x8e\xef\xbd\x94 to kill myself", // full width
        "I want to k1ll mys3lf",
        "I want to k i l l myself",
        "I want to kiiiill myself",
    };
    for (const auto& text : written) {
        const auto finding = shipped_screener().screen(text, {}, "en");
        EXPECT_GE(need(finding.urgency), need(Urgency::Today)) << text;
        EXPECT_EQ(finding.category, Category::Suicide) << text;
        for (const auto& evidence : finding.evidence)
            EXPECT_THAT(text, HasSubstr(evidence.text)) << "the words as they were written";
    }
    for (const char* apostrophe : {"'", "\xe2\x80\x98", "\xe2\x80\x99", "\xca\xbc", "\xe2\x80\xb2"}) {
        const auto text = std::string("I don") + apostrophe + "t want to live anymore";
        EXPECT_GE(need(shipped_screener().screen(text, {}, "en").urgency), need(Urgency::Soon)) << text;
    }
}

// B7: what only sounds like danger is told apart, and each has its counterpart that is danger.
TEST(Shipped, B7_NegationPastThirdPersonIdiomQuotationFictionAndWorkAreToldApart)
{
    struct Pair {
        const char* what;
        const char* language;
        const char* calm;
        const char* danger;
    };
    const Pair pairs[] = {
        {"negation", "en", "I don't want to kill myself", "I want to kill myself"},
        {"negation", "de", "ich will mich nicht umbringen", "ich will mich umbringen"},
        {"negation", "es", "no quiero matarme", "quiero matarme"},
        {"negation", "fr", "je ne veux pas me tuer", "je veux me tuer"},
        {"negation", "pt", "não quero matar-me", "quero matar-me"},
        {"past", "en", "I attempted suicide ten years ago. That is behind me.", "I attempted suicide last week"},
        {"idiom", "en", "this traffic is killing me", "I am killing myself tonight"},
        {"idiom", "de", "ich lach mich tot", "ich bringe mich heute um"},
        {"idiom", "es", "me muero de hambre", "me quiero morir"},
        {"idiom", "fr", "je suis mort de rire", "je veux mourir"},
        {"fiction", "en", "I am writing a novel in which a character kills himself", "I wrote my goodbye letter, I want to die"},
        {"work", "en", "I am a psychologist and I treat patients who are suicidal", "I am a psychologist and I want to kill myself"},
        {"quotation", "en", "the song says \"I want to die\" and I like the melody", "I keep saying I want to die"},
    };
    for (const auto& each : pairs) {
        EXPECT_LE(need(shipped_screener().screen(each.calm, {}, each.language).urgency), need(Urgency::Soon))
            << each.what << ": " << each.calm;
        EXPECT_GE(need(shipped_screener().screen(each.danger, {}, each.language).urgency), need(Urgency::Today))
            << each.what << ": " << each.danger;
    }
    // Whose it is.
    EXPECT_EQ(shipped_screener().screen("my sister wants to kill herself", {}, "en").subject, Subject::Other);
    // "Denied X but Y" keeps Y.
    const auto kept = shipped_screener().screen("I don't want to kill myself but I want to hurt myself right now", {}, "en");
    EXPECT_GE(need(kept.urgency), need(Urgency::Today));
    EXPECT_EQ(kept.category, Category::SelfHarm);
}

} // namespace
} // namespace handrail::test
