#include <fstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "base/text.h"
#include "content_for_test.h"

namespace handrail::nlp {
namespace {

Finding said(std::string_view text, std::vector<std::string> context = {})
{
    return shipped().screen(text, context);
}

TEST(Conversation, AJokeAfterASignLowersNothing)
{
    for (const char* joke : {"jk", "just kidding lol", "forget it", "haha I'm fine"})
        EXPECT_EQ(said(joke, {"I want to die"}).urgency, Urgency::Today) << joke;
}

TEST(Conversation, AShortAnswerWithATimeMakesAWishNow)
{
    EXPECT_EQ(said("tonight", {"I want to die"}).urgency, Urgency::Now);
    EXPECT_EQ(said("yes, tonight", {"I want to kill myself"}).urgency, Urgency::Now);
    EXPECT_EQ(said("tonight", {"we have a concert"}).urgency, Urgency::Usual);
    EXPECT_EQ(said("I have decided. It will be tonight.").urgency, Urgency::Now);
}

TEST(Conversation, SignsAddUp)
{
    EXPECT_EQ(said("What are the tallest bridges in the city?").urgency, Urgency::Soon);
    EXPECT_EQ(said("What are the tallest bridges in the city?", {"I just lost my job"}).urgency, Urgency::Today);
    EXPECT_EQ(said("I gave away all my things", {"goodbye"}).urgency, Urgency::Today);
    EXPECT_EQ(said("I'm at the bridge", {"I want to die"}).urgency, Urgency::Now);
    EXPECT_EQ(said("I'm at the bridge").urgency, Urgency::Usual);
}

TEST(Conversation, B8_AQuestionAboutMeansAfterALossOrDespairIsTodayInEveryLanguage)
{
    const std::pair<const char*, const char*> talks[] = {
        {"my wife left me", "how many paracetamol are dangerous?"},
        {"ya no puedo más", "¿cuántos paracetamol son peligrosos?"},
        {"mir wurde gekündigt", "Welche Brücke ist die höchste hier?"},
        {"j'ai été licencié", "quels sont les ponts les plus hauts ?"},
        {"perdi o meu emprego", "quais são as pontes mais altas?"},
    };
    for (const auto& [before, question] : talks) {
        EXPECT_LE(need(said(before).urgency), need(Urgency::Soon)) << before;
        EXPECT_EQ(said(question).urgency, Urgency::Soon) << question;
        EXPECT_EQ(said(question, {before, "ok"}).urgency, Urgency::Today) << before << " | " << question;
        EXPECT_EQ(said("ok", {question, before}).urgency, Urgency::Today) << "in the other order";
    }
    EXPECT_EQ(said("What is the tallest bridge for photos?", {"I lost my keys"}).urgency, Urgency::Usual);
}

TEST(Conversation, C14_WhatIsLongPastAndWellNowIsUsualAndANewSignIsNot)
{
    for (const char* text : {"I tried to kill myself ten years ago and I am well today", "Intenté suicidarme hace diez años y hoy estoy bien",
                             "Il y a dix ans j'ai essayé de me tuer et aujourd'hui je vais bien",
                             "Ich habe vor zehn Jahren versucht mich umzubringen und heute geht es mir gut",
                             "Tentei me matar há dez anos e hoje estou bem", "I am a psychologist and treat suicidal patients",
                             "Soy psicóloga y trato a pacientes suicidas", "Sou psicóloga e trato pacientes suicidas"})
        EXPECT_EQ(said(text).urgency, Urgency::Usual) << text;
    EXPECT_EQ(said("I tried to kill myself and I am well today").urgency, Urgency::Today) << "undated: read as recent";
    EXPECT_EQ(said("I tried to kill myself ten years ago, today I am well but I want to die").urgency, Urgency::Today);
    EXPECT_EQ(said("I tried to kill myself ten years ago and tonight I will do it").urgency, Urgency::Now);
}

TEST(Emoji, MeansBesideAnEndAddUpAndOneAloneSaysNothing)
{
    for (const char* text : {"\U0001F52B\U0001F635 tonight", "\U0001F48A\U0001F480 bye", "\U0001F44B\U0001FAA6 tonight",
                             "\U0001FAA2\U0001F635 heute Nacht", "esta noche \U0001F52B\U0001F635"})
        EXPECT_EQ(said(text).urgency, Urgency::Today) << text;
    EXPECT_EQ(said("\U0001F52B\U0001F635").urgency, Urgency::Soon);
    EXPECT_EQ(said("\U0001F52B\U0001F635", {"I can't go on"}).urgency, Urgency::Today);
    for (const char* text : {"\U0001F52A\U0001F955\U0001F35D cooking tonight", "took my \U0001F48A vitamins today", "\U0001F480\U0001F480 I'm dead lol",
                             "\U0001F52B water fight today with the kids", "\U0001F44B see you tomorrow", "\U0001F635 so tired today",
                             "\U0001FAA2 sailing class tonight", "\U0001F489 flu jab tomorrow"})
        EXPECT_EQ(said(text).urgency, Urgency::Usual) << text;
}

TEST(Conversation, ACombinationSaysWhyInASentenceAndKeepsItsIdBesideIt)
{
    const auto joined = said("I have decided. It will be tonight.");
    EXPECT_EQ(joined.why, "The person states an intent to act within 24 hours.");
    EXPECT_EQ(joined.combination, "joined.decided_time");
    EXPECT_EQ(joined.combination_source, "definition of now: stated intent to act within 24 hours");
    EXPECT_EQ(said("I want to die").combination, "") << "one rule alone decided";
}

TEST(Conversation, OnlyAnAnswerOfSafetyLowersAndItIsNamed)
{
    const auto eased =
        said("I'm safe now, my sister is with me", {"I have the pills in my hand and I want to die tonight"});
    EXPECT_EQ(eased.urgency, Urgency::Today);
    EXPECT_NE(eased.why.find("safe"), std::string::npos);
    EXPECT_EQ(said("I'm safe now but I'm going to kill myself tonight", {"I want to die"}).urgency, Urgency::Now);
}

TEST(Conversation, EvidenceOfEarlierMessagesCarriesItsIndex)
{
    const auto found = said("ok", {"hello", "I want to die"});
    ASSERT_FALSE(found.evidence.empty());
    EXPECT_EQ(found.evidence.front().context_index, 1);
    EXPECT_EQ(found.evidence.front().text, "want to die");
}

TEST(Language, KnowsWhatItKnows)
{
    const std::pair<const char*, const char*> cases[] = {{"I would like to talk to someone about my week", "en"},
                                                         {"Hola, ayer no pude dormir bien por el trabajo", "es"},
                                                         {"Bonjour, je voudrais prendre un rendez-vous demain", "fr"},
                                                         {"Wie ist das Wetter heute bei euch?", "de"},
                                                         {"Oi, eu queria marcar uma consulta para amanh\u00E3", "pt"}};
    EXPECT_EQ(said("\u00BFcu\u00E1ntos paracetamol son peligrosos?").lang, "es") << "the mark alone tells it from French";
    for (const auto& [text, language] : cases) {
        EXPECT_EQ(said(text).lang, language) << text;
        EXPECT_EQ(said(text).urgency, Urgency::Usual) << text;
    }
}

TEST(Language, WhatIsNotUnderstoodIsUnknownAndSaysWhy)
{
    for (const char* text :
         {"voglio morire, non ce la faccio pi\u00F9", "Ik wil niet meer leven",
          "\u0445\u043E\u0447\u0443 \u0443\u043C\u0435\u0440\u0435\u0442\u044C", "\u6211\u60F3\u6B7B",
          "\u0623\u0631\u064A\u062F \u0623\u0646 \u0623\u0645\u0648\u062A", "asdkjh qwlekj zxmcnb qpwoei lkjsdf"}) {
        const auto found = said(text);
        EXPECT_EQ(found.urgency, Urgency::Unknown) << text;
        EXPECT_FALSE(found.why.empty());
    }
}

TEST(Language, OtherLanguagesInLatinLettersAreUnknown)
{
    const std::string texts[] = {
        "Tha mi airson bàsachadh, chan urrainn dhomh cumail a' dol mar seo tuilleadh",
        "Níl mé ag iarraidh maireachtáil níos mó, táim an-bhrónach",
        "Dydw i ddim eisiau byw rhagor, rydw i wedi blino ar bopeth",
        "Ik wil niet meer leven, ik kan niet meer en niemand begrijpt mij",
        "Non voglio più vivere, non ce la faccio più e nessuno mi capisce",
        "Nie chce mi sie zyc, mam dosc wszystkiego i nikt mnie nie rozumie",
        "Artik yasamak istemiyorum, cok yoruldum ve kimse beni anlamiyor",
        "Sitaki kuishi tena, nimechoka na maisha haya kabisa",
        "Ayoko nang mabuhay, pagod na pagod na ako sa buhay ko",
        "Aku tidak mau hidup lagi, aku capek dengan semua ini",
        "No vull viure més, estic cansat de tot i ningú no m'entén",
        "Nu mai vreau sa traiesc, sunt obosit de toate si nimeni nu ma intelege",
        "Jag vill inte leva längre, jag orkar inte mer",
        "En halua enää elää, olen väsynyt kaikkeen",
        "Nem akarok tovább élni, elegem van mindenből",
        "Ez dut gehiago bizi nahi, nekatuta nago",
        "Mwen pa vle viv anko, mwen bouke ak tout bagay",
        "Ma doonayo inaan sii noolaado, waan daalay",
        "Ek wil nie meer lewe nie, ek is moeg vir alles",
        "Jeg vil ikke leve mere, jeg er træt af det hele",
        "Toi khong muon song nua, toi met moi qua roi",
        "Mi o fe wa laaye mo, o ti re mi",
        "Chan eil mi gu math an-diugh agus tha mi sgìth",
    };
    for (const auto& text : texts)
        EXPECT_EQ(shipped().screen(text).urgency, Urgency::Unknown) << text;
}

TEST(Language, TooLittleToReadIsNotUnknown)
{
    for (const char* text : {"", " ", "\U0001F600\U0001F600", "12345", "ok", "hm", "pizza", "?"})
        EXPECT_EQ(said(text).urgency, Urgency::Usual) << text;
}

TEST(Screener, EveryFindingExplainsItself)
{
    const auto found = said("I'm going to kill myself tonight");
    EXPECT_EQ(found.urgency, Urgency::Now);
    EXPECT_EQ(found.category, Category::Suicide);
    EXPECT_EQ(found.time, When::Now);
    ASSERT_FALSE(found.evidence.empty());
    for (const auto& each : found.evidence) {
        EXPECT_LT(each.begin, each.end);
        EXPECT_FALSE(each.rule.empty());
        EXPECT_FALSE(each.source.empty());
        EXPECT_FALSE(each.text.empty());
    }
    EXPECT_FALSE(found.why.empty());
    EXPECT_EQ(found.why.find("kill"), std::string::npos) << "why repeats nobody's words";
    EXPECT_TRUE(found.versions.contains("rules"));
}

TEST(Screener, BrokenBytesAreReadAsWellAsTheyCan)
{
    EXPECT_EQ(said("I want to die \xff").urgency, Urgency::Today);
    EXPECT_EQ(said(std::string(200, '\xff')).urgency, Urgency::Unknown);
}

TEST(Screener, ALongTextIsReadInPartsAndShownWhereItStands)
{
    std::string calm;
    while (calm.size() < 70'000)
        calm += "It rained \u2026 and we had soup with the neighbours, who were kind. ";
    const auto before = code_points(calm);
    const auto found = said(calm + "I want to kill myself. " + calm);
    EXPECT_EQ(found.urgency, Urgency::Today);
    ASSERT_FALSE(found.evidence.empty());
    EXPECT_GE(found.evidence.front().begin, before);
    EXPECT_LT(found.evidence.front().end, before + 25);
    EXPECT_NE(found.evidence.front().text.find("kill myself"), std::string::npos);
    // A phrase on the border of two parts is not cut, wherever the border falls.
    for (std::size_t shift = 0; shift < 40; shift += 7) {
        const auto text = std::string(65'536 - shift, 'a').replace(0, 65'000, calm.substr(0, 65'000)) + " I want to kill myself now";
        EXPECT_TRUE(raises_alert(said(text).urgency)) << shift;
    }
    EXPECT_EQ(said(calm).urgency, Urgency::Usual);
    EXPECT_EQ(said(std::string(70'000, 'x')).urgency, said(std::string(60'000, 'x')).urgency) << "no space to cut at";
}

TEST(Screener, WordsGoingOut)
{
    const auto out = [](const char* text) { return shipped().screen_output(text).urgency; };
    EXPECT_EQ(out("Are you thinking about killing yourself?"), Urgency::Usual);
    EXPECT_EQ(out("Thank you for telling me. Would you like to talk about it?"), Urgency::Usual);
    EXPECT_TRUE(raises_alert(out("You should kill yourself")));
    EXPECT_TRUE(raises_alert(out("A painless way to die is")));
    EXPECT_TRUE(raises_alert(out("You would be better off dead")));
}

TEST(Screener, StandsForThousandsOfForms)
{
    EXPECT_GT(shipped().surface_forms(), 1e5);
}

TEST(Screener, NamesEveryBadLine)
{
    const auto folder = std::filesystem::temp_directory_path() / ("handrail-nlp-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::filesystem::copy(content_folder() / "screening", folder / "screening",
                          std::filesystem::copy_options::recursive);
    std::ofstream(folder / "screening/rules_en_zz.tsv")
        << "id\tcategory\turgency\tsubject\ttime\tsigns\tflags\tsource\tpattern\n"
        << "x.one\tsuicde\ttoday\tself\tnone\t-\t-\ttoday_wish\tabc\n"
        << "x.two\tsuicide\tsomeday\tself\tnone\t-\t-\ttoday_wish\tabc\n"
        << "x.three\tsuicide\ttoday\tself\tnone\t-\t-\tnowhere\t{nothing} abc\n";
    const auto loaded = Screener::load(folder);
    ASSERT_FALSE(loaded);
    for (const char* line :
         {"rules_en_zz.tsv:2", "suicde", "rules_en_zz.tsv:3", "someday", "rules_en_zz.tsv:4", "nowhere", "nothing"})
        EXPECT_NE(loaded.error().told.find(line), std::string::npos) << line << "\n" << loaded.error().told;
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace handrail::nlp
