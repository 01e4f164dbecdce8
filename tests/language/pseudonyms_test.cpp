#include "language/pseudonyms.h"

#include <gtest/gtest.h>

namespace handrail::language {
namespace {

const Recogniser& recogniser()
{
    static const auto loaded = Recogniser::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    if (!loaded.ok())
        throw std::runtime_error(loaded.error().told + loaded.error().noted);
    return *loaded;
}

struct Case {
    const char* language;
    const char* written;
    const char* sent;
};

class Written : public testing::TestWithParam<Case> {};

TEST_P(Written, I1_LeavesOnlyUnderPseudonyms)
{
    Pseudonyms names;
    EXPECT_EQ(names.hide(GetParam().written, GetParam().language, recogniser()), GetParam().sent);
}

TEST_P(Written, IsPutBackAsItWas)
{
    Pseudonyms names;
    const auto back = names.put_back(names.hide(GetParam().written, GetParam().language, recogniser()));
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, GetParam().written);
}

INSTANTIATE_TEST_SUITE_P(
    Personal, Written,
    testing::Values(
        Case{"en", "my name is anna and i live in dublin with my boyfriend mark", "my name is [person 1] and i live in [place 1] with my boyfriend [person 2]"},
        Case{"en", "My sister Siobhan O'Neill said I should call Dr. Patel on 086 123 4567", "My [person 1] said I should call [person 2] on [phone 1]"},
        Case{"en", "hi im john smith, my dob is 12/03/1985 and email j.smith@example.org", "hi im [person 1], my dob is [date 1] and email [email 1]"},
        Case{"en", "I was born on 3rd of May 1990 in Cork, live at 12 high street, passport number is PA1234567", "I was born on [date 1] in [place 1], live at [address 1], passport number is [number 1]"},
        Case{"en", "User @kate_99 on example.org/depression told me, see http://example.org/a?b=c.", "User [link 1] on [link 2] told me, see [link 3]."},
        Case{"en", "card 4111 1111 1111 1111, ssn 123-45-6789, iban GB29 NWBK 6016 1331 9268 19, ip 192.0.2.17", "card [number 1], ssn [number 2], iban [number 3], ip [link 1]"},
        Case{"es", "Me llamo María y vivo en la calle Mayor 12, Madrid. Mi hermana Lucía no me habla", "Me llamo [person 1] y vivo en la [address 1]. Mi hermana [person 2] no me habla"},
        Case{"fr", "Je m'appelle Camille, j'habite 12 rue de la République à Lyon, tel 06 12 34 56 78", "Je m'appelle [person 1], j'habite [address 1] à [place 1], tel [phone 1]"},
        Case{"de", "Ich heiße Jürgen und wohne in der Hauptstraße 12, 10115 Berlin. Frau Müller weiß es.", "Ich heiße [person 1] und wohne in der [address 1]. [person 2] weiß es."},
        Case{"pt", "Meu nome é João, moro na Rua das Flores 45, Lisboa", "Meu nome é [person 1], moro na [address 1]"}));

// What a model needs in order to answer at all stays as it was written.
INSTANTIATE_TEST_SUITE_P(
    Ordinary, Written,
    testing::Values(
        Case{"en", "I feel so down. Nobody gets it. It started Monday. I take Sertraline 50mg since March.", "I feel so down. Nobody gets it. It started Monday. I take Sertraline 50mg since March."},
        Case{"en", "I HATE MY LIFE AND NOBODY CARES ABOUT ME AT ALL", "I HATE MY LIFE AND NOBODY CARES ABOUT ME AT ALL"},
        Case{"en", "Will I ever get better? Hope is gone. May be.", "Will I ever get better? Hope is gone. May be."},
        Case{"en", "i rate today 7 out of 10, phq 9 was 15, slept 3 hours, 2019-2020 was hard, 1 2 3 4 5 6 7 8 9 10", "i rate today 7 out of 10, phq 9 was 15, slept 3 hours, 2019-2020 was hard, 1 2 3 4 5 6 7 8 9 10"},
        Case{"en", "the doctor said ok. my father went to work. sister is nice. i took 20 pills 2 days ago", "the doctor said ok. my father went to work. sister is nice. i took 20 pills 2 days ago"},
        Case{"es", "Tengo miedo. Estoy triste. Nadie me quiere", "Tengo miedo. Estoy triste. Nadie me quiere"},
        Case{"fr", "Je suis fatigué. Demain je vais chez le médecin", "Je suis fatigué. Demain je vais chez le médecin"},
        Case{"de", "Die Arbeit macht mich fertig, der Chef und die Kollegen reden über mich. Ich habe Angst.", "Die Arbeit macht mich fertig, der Chef und die Kollegen reden über mich. Ich habe Angst."},
        Case{"pt", "Estou triste e cansado. Ninguém me entende", "Estou triste e cansado. Ninguém me entende"}));

TEST(Pseudonyms, StayTheSameThroughAConversationAndAStore)
{
    Pseudonyms names;
    EXPECT_EQ(names.hide("my name is Anna", "en", recogniser()), "my name is [person 1]");
    EXPECT_EQ(names.hide("Ben shouted at me", "en", recogniser()), "[person 2] shouted at me");
    auto later = Pseudonyms::from(names.text());
    EXPECT_EQ(later.hide("it was Ben again, not ANNA", "en", recogniser()), "it was [person 2] again, not [person 1]");
}

TEST(Pseudonyms, ArePutBackHoweverAModelWroteThem)
{
    Pseudonyms names;
    (void)names.hide("my name is Anna, i live in Dublin", "en", recogniser());
    const auto back = names.put_back("So, [Person 1]: [PERSON_1]'s life in [place-1] is hard. [sic] [1]");
    ASSERT_TRUE(back.ok());
    EXPECT_EQ(*back, "So, Anna: Anna's life in Dublin is hard. [sic] [1]");
}

TEST(Pseudonyms, OneThatNobodyHasIsRefused)
{
    Pseudonyms names;
    (void)names.hide("my name is Anna", "en", recogniser());
    EXPECT_FALSE(names.put_back("Say hello to [person 2].").ok());
}

TEST(Pseudonyms, ABracketThatSomebodyWroteIsNoPseudonym)
{
    Pseudonyms names;
    EXPECT_EQ(names.hide("my name is Anna. who is [person 1]?", "en", recogniser()), "my name is [person 1]. who is (person 1]?");
}

TEST(Pseudonyms, OddTextIsNoTrouble)
{
    Pseudonyms names;
    for (const std::string text : {"", "[", "[[[[person 1", "+", "((((", "@", "...@...", "http://", "\n\n\n", "\xF0\x9F\x98\x80", "P.O.", "the corner of", "1/1/1/1/1", "'s 's"}) {
        const auto hidden = names.hide(text, "en", recogniser());
        EXPECT_TRUE(names.put_back(hidden).ok()) << text;
    }
    EXPECT_TRUE(Pseudonyms::from("no fields at all").empty());
}

TEST(Pseudonyms, AVeryLongMessageIsDoneInTime)
{
    std::string text;
    while (text.size() < 20'000)
        text += "Anna told Bertie about 12 High Street, call 086 123 4567 or mail a@example.org. ";
    Pseudonyms names;
    const auto hidden = names.hide(text, "en", recogniser());
    EXPECT_EQ(hidden.find("Bertie"), std::string::npos);
    EXPECT_EQ(hidden.find("086"), std::string::npos);
}

} // namespace
} // namespace handrail::language
