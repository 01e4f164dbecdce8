// "When not to use it" is obeyed for every exercise, however it is asked for, and it is said why another one comes.

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <unistd.h>

#include "conversation_case.h"
#include "loaded_for_test.h"
#include "support/avoiding.h"

namespace handrail::support {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

/// How people say it, what is asked for as breathing, and what the page writes when an exercise is touched.
struct Said {
    std::map<std::string, std::vector<std::string>> told;
    std::string breathing, touched;
};

const std::map<std::string, Said> said = {
    {"en",
     {{{"breath", {"breathing makes me dizzy", "my breath scares me"}},
       {"heart", {"I have a heart condition", "I had a heart attack last year", "my blood pressure is too high"}},
       {"lungs", {"I have severe asthma", "I'm asthmatic"}},
       {"injury", {"I broke my left arm", "I have a sprained ankle", "I've got cramps"}},
       {"pregnancy", {"I'm seven months pregnant", "my pregnancy wears me out"}},
       {"trauma", {"I have flashbacks of the assault"}}},
      "Can we do a breathing exercise?",
      "Start the exercise: "}},
    {"es",
     {{{"breath", {"respirar me marea", "me da miedo mi respiración"}},
       {"heart", {"tengo un problema de corazón", "tuve un infarto", "tengo la presión alta", "tengo hipertension"}},
       {"lungs", {"tengo asma", "soy asmática"}},
       {"injury", {"me rompí el brazo", "tengo un esguince", "tengo calambres"}},
       {"pregnancy", {"estoy embarazada", "mi embarazo me cansa"}},
       {"trauma", {"tengo flashbacks de la agresión"}}},
      "¿podemos hacer un ejercicio de respiración?",
      "Quiero hacer el ejercicio: "}},
    {"fr",
     {{{"breath", {"respirer me donne le vertige", "j'ai des vertiges"}},
       {"heart", {"j'ai une maladie du cœur", "j'ai un problème cardiaque", "j'ai fait un infarctus", "ma tension est trop élevée"}},
       {"lungs", {"j'ai de l'asthme", "je suis asthmatique"}},
       {"injury", {"je me suis cassé le bras", "j'ai une entorse", "j'ai des crampes"}},
       {"pregnancy", {"je suis enceinte", "ma grossesse me fatigue"}},
       {"trauma", {"j'ai des flashbacks de l'agression"}}},
      "on peut faire un exercice de respiration ?",
      "Commencer l’exercice\u00a0: "}},
    {"de",
     {{{"breath", {"Atmen macht mir Angst", "mir ist schwindelig"}},
       {"heart", {"ich habe einen Herzfehler", "ich hatte einen Herzinfarkt", "mein Blutdruck ist zu hoch", "wegen meiner Herzschwaeche"}},
       {"lungs", {"ich habe Asthma", "ich bin Asthmatikerin"}},
       {"injury", {"ich habe mir den Arm gebrochen", "ich habe eine Verletzung", "ich hab Krämpfe"}},
       {"pregnancy", {"ich bin schwanger", "meine Schwangerschaft macht mich müde"}},
       {"trauma", {"ich habe Flashbacks von dem Überfall"}}},
      "können wir eine Atemübung machen?",
      "Ich möchte die Übung machen: "}},
    {"pt",
     {{{"breath", {"respirar dá-me tonturas", "tenho medo da minha respiração"}},
       {"heart", {"tenho um problema no coração", "tive um enfarte", "tenho a tensão alta", "tenho pressao alta"}},
       {"lungs", {"tenho asma", "sou asmática"}},
       {"injury", {"parti o braço", "tenho uma entorse", "tenho cãibras"}},
       {"pregnancy", {"estou grávida", "a minha gravidez cansa-me"}},
       {"trauma", {"tenho flashbacks da agressão"}}},
      "podemos fazer um exercício de respiração?",
      "Quero fazer o exercício: "}},
};

class ExerciseAvoid : public testing::TestWithParam<const char*> {
protected:
    ExerciseAvoid()
    {
        situation.region = "IE";
        situation.language = GetParam();
        situation.now = Instant{std::chrono::hours{24 * 365 * 50}};
        state.language = GetParam();
    }
    Reply says(const std::string& words, Category category = Category::None)
    {
        situation.now += std::chrono::minutes{1};
        auto finding = test::finding_of(Urgency::Usual);
        finding.lang = GetParam();
        finding.category = category;
        auto reply = loaded_dialogue().answer(state, words, finding, situation);
        state = *state_from(state_text(state));
        return reply;
    }
    void afresh()
    {
        state = {};
        state.language = GetParam();
        situation.age_band.clear();
    }
    const Phrasebook& book() const { return loaded_dialogue().phrasebooks().at(GetParam()); }
    const Said& people() const { return said.at(GetParam()); }
    bool may(const std::string& id, const std::string& what) const
    {
        const auto* exercise = book().exercise(id);
        return exercise != nullptr && !has(exercise->avoid, what);
    }
    State state;
    Situation situation;
};

INSTANTIATE_TEST_SUITE_P(Languages, ExerciseAvoid, testing::Values("en", "es", "fr", "de", "pt"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(ExerciseAvoid, EveryThingIsObeyedWhenTheExerciseIsNamedByItsTitle)
{
    const std::map<std::string, Category> found = {{"mania", Category::Mania}, {"psychosis", Category::Psychosis},
                                                   {"eating_disorder", Category::EatingDisorder}, {"substance", Category::Substance}};
    std::set<std::string> seen;
    for (const auto& exercise : book().exercises())
        for (const auto& what : exercise.avoid) {
            seen.insert(what);
            std::vector<std::string> ways = {""};
            if (const auto told = people().told.find(what); told != people().told.end())
                ways = told->second;
            else
                ASSERT_TRUE(what == "minor" || found.contains(what)) << what << " is tried by no words here";
            for (const auto& words : ways) {
                afresh();
                if (!words.empty())
                    says(words);
                if (what == "minor")
                    situation.age_band = "13_17";
                const auto category = found.find(what);
                const auto reply = says(people().touched + exercise.title, category == found.end() ? Category::None : category->second);
                // A title that is heard as another wish begins no exercise at all.
                EXPECT_NE(state.exercise, exercise.id) << words << " / " << exercise.title;
                if (state.exercise.empty())
                    continue;
                EXPECT_TRUE(may(state.exercise, what)) << words << " / " << exercise.title << " / " << state.exercise;
                EXPECT_THAT(reply.moves, Contains("exercise_instead")) << words << " / " << exercise.title;
            }
        }
    for (const auto& [what, words] : people().told)
        EXPECT_TRUE(seen.contains(what)) << what << " speaks against no exercise";
    EXPECT_EQ(seen.size(), people().told.size() + found.size() + 1);
}

TEST_P(ExerciseAvoid, BreathingAskedForInWordsIsNotGivenToWhoHadBetterNot)
{
    for (const std::string what : {"breath", "heart", "lungs"})
        for (const auto& words : people().told.at(what))
            for (const bool at_once : {true, false}) {
                afresh();
                if (!at_once)
                    says(words);
                const auto reply = says(at_once ? words + ". " + people().breathing : people().breathing);
                ASSERT_FALSE(state.exercise.empty()) << words << "\n  " << reply.text;
                EXPECT_TRUE(may(state.exercise, what)) << words << " / " << state.exercise;
                EXPECT_THAT(reply.moves, Contains("exercise_instead")) << words;
                const auto& why = book().variants("exercise.instead." + what);
                EXPECT_TRUE(std::any_of(why.begin(), why.end(),
                                        [&](const auto& each) {
                                            return reply.text.find(each.substr(each.find('}') == std::string::npos ? 0 : each.find('}') + 1)) !=
                                                   std::string::npos;
                                        }))
                    << reply.text;
            }
}

TEST_P(ExerciseAvoid, WithoutAReasonBreathingIsGivenAsAsked)
{
    const auto reply = says(people().breathing);
    EXPECT_EQ(state.exercise, "paced_breathing");
    EXPECT_THAT(reply.moves, Not(Contains("exercise_instead")));
}

TEST_P(ExerciseAvoid, WhatIsSaidInTheMiddleOfOneStopsIt)
{
    for (const auto& words : people().told.at("breath")) {
        afresh();
        says(people().breathing);
        ASSERT_EQ(state.exercise, "paced_breathing");
        const auto reply = says(words);
        EXPECT_THAT(reply.moves, Contains("exercise_stopped")) << words;
        EXPECT_TRUE(state.exercise.empty() || may(state.exercise, "breath")) << words << " / " << state.exercise;
    }
}

TEST(ExerciseAvoidContent, WhatNothingHearsIsRefused)
{
    EXPECT_TRUE(avoiding::known("heart"));
    EXPECT_FALSE(avoiding::known("hart"));
    const auto folder = std::filesystem::temp_directory_path() / ("handrail-avoid-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder);
    for (const auto* part : {"crisis", "exercises"})
        std::filesystem::copy(shipped_content() / part, folder / part, std::filesystem::copy_options::recursive);
    const auto wrong = [&](const std::string& before, const std::string& after) {
        std::stringstream text;
        text << std::ifstream(shipped_content() / "exercises/en.json").rdbuf();
        auto words = text.str();
        const auto at = words.find(before);
        EXPECT_NE(at, std::string::npos);
        words.replace(at, before.size(), after);
        std::ofstream(folder / "exercises/en.json") << words;
        const auto book = Phrasebook::load(folder, "en");
        return book.ok() ? std::string() : book.error().told;
    };
    EXPECT_EQ(wrong(R"("heart")", R"("heart")"), "");
    EXPECT_THAT(wrong(R"("avoid": ["heart")", R"("avoid": ["hart")"), HasSubstr("hart"));
    EXPECT_THAT(wrong(R"("instead": ["feet_and_breath")", R"("instead": ["feet_and_breaths")"), HasSubstr("feet_and_breaths"));
    std::filesystem::remove_all(folder);
}

} // namespace
} // namespace handrail::support
