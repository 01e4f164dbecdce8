// The first assessment without a store: what is asked, what holds, and what its file may not be.
#include <gmock/gmock.h>

#include <fstream>

#include "content/first_assessment.h"
#include "folder_for_test.h"
#include "monitoring/first_assessment.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const FirstAssessment& form()
{
    static const FirstAssessment loaded = [] {
        auto read = content::load_first_assessment(content_folder, instruments());
        if (!read)
            throw std::runtime_error(read.error().told);
        return *std::move(read);
    }();
    return loaded;
}

std::vector<std::string> asked(const CheckInAnswers& answers)
{
    std::vector<std::string> ids;
    for (const auto& question : form().questions)
        if (question.asked_when && is_asked(form(), question, answers))
            ids.push_back(question.asks.id);
    return ids;
}

std::vector<std::string> held(const CheckInAnswers& answers, bool minor = false)
{
    std::vector<std::string> ids;
    for (const auto* rule : holding(form(), answers, minor))
        ids.push_back(rule->id);
    return ids;
}

/// The shipped file with one text in place of another; what loading it says.
std::string told_of(const std::string& text, const std::string& instead)
{
    const tests::FolderForTest folder;
    std::filesystem::create_directories(folder.path() / "first_assessment");
    std::ifstream in(content_folder / "first_assessment/form.json");
    std::string file{std::istreambuf_iterator<char>(in), {}};
    const auto at = file.find(text);
    if (at == std::string::npos)
        return "the shipped file has no " + text;
    std::ofstream(folder.path() / "first_assessment/form.json") << file.replace(at, text.size(), instead);
    const auto read = content::load_first_assessment(folder.path(), instruments());
    return read.ok() ? "" : read.error().told;
}

TEST(FirstAssessmentForm, AsksFurtherOnlyWhereItMakesSense)
{
    CheckInAnswers answers;
    EXPECT_THAT(asked(answers), IsEmpty()) << "nothing is known yet";
    answers.many["tried"] = {"nothing"};
    EXPECT_THAT(asked(answers), IsEmpty());
    answers.many["tried"] = {"therapy", "medicine"};
    answers.one["safety"] = 2;
    EXPECT_THAT(asked(answers), ElementsAre("helped", "act", "done"));
    answers.one["safety"] = 4;
    EXPECT_THAT(asked(answers), ElementsAre("helped")) << "who would rather not say is not pressed";
}

TEST(FirstAssessmentForm, AnAnswerToWhatIsNotAskedAnyMoreMeetsNothing)
{
    CheckInAnswers answers;
    answers.one["safety"] = 3;
    answers.one["act"] = 2;
    EXPECT_THAT(held(answers), ElementsAre("acts", "active-thoughts"));
    answers.one["safety"] = 1;
    EXPECT_THAT(held(answers), IsEmpty());
}

TEST(FirstAssessmentForm, AnyYesOfAMinorIsForToday)
{
    CheckInAnswers answers;
    answers.one["safety"] = 2;
    EXPECT_EQ(judge_first(form(), {}, answers, false).urgency, Urgency::Soon);
    EXPECT_EQ(judge_first(form(), {}, answers, true).urgency, Urgency::Today);
}

TEST(FirstAssessmentForm, EverySignHasItsRule)
{
    for (const auto& choice : form().question("body")->asks.choices) {
        CheckInAnswers answers;
        answers.many["body"] = {choice.id};
        EXPECT_EQ(held(answers).size(), choice.id == "none" ? 0U : 1U) << choice.id;
    }
}

// D1: there is no place for a conclusion about who somebody is, and none of the levels is called low.
TEST(FirstAssessmentForm, D1_ConcludesHowSoonAndNothingElse)
{
    for (const auto& rule : form().rules) {
        EXPECT_NE(rule.urgency, Urgency::Usual) << rule.id;
        EXPECT_FALSE(rule.why.empty()) << rule.id;
        EXPECT_FALSE(rule.source.empty()) << rule.id;
        EXPECT_EQ(rule.why.find("risk"), std::string::npos) << rule.id;
        EXPECT_EQ(rule.why.find("disorder"), std::string::npos) << rule.id;
    }
}

TEST(FirstAssessmentForm, QuestionnairesFitWhatWasTickedAndTheAge)
{
    CheckInAnswers answers;
    answers.many["bothers"] = {"worry", "other"};
    const auto fits = fitting(form(), answers);
    ASSERT_EQ(fits.size(), 1U);
    EXPECT_EQ(fits[0]->instrument, "gad-7");
    const auto& phq9 = *instruments().find("phq-9");
    EXPECT_TRUE(is_for(phq9, "18_25"));
    EXPECT_FALSE(is_for(phq9, "13_17"));
    EXPECT_FALSE(is_for(phq9, "")) << "nobody's age is guessed";
}

TEST(FirstAssessmentForm, AnAnswerIsKeptInTheWordsOfItsDay)
{
    CheckInAnswers answers;
    answers.many["tried"] = {"therapy", "myself"};
    const auto kept = answered_question(*form().question("tried"), answers, "de", 3);
    EXPECT_EQ(kept.said, "Therapie oder Beratung. Eigenes");
    EXPECT_EQ(kept.said_english, "Therapy or counselling. Things of my own");
    const auto again = answered_question_in(encoded(kept));
    EXPECT_EQ(again.said, kept.said);
    EXPECT_EQ(again.changed, 3);
    EXPECT_THAT(answers_in(form(), {again}).many.at("tried"), ElementsAre("therapy", "myself"));
}

TEST(FirstAssessmentFile, SaysWhatIsWrongWithIt)
{
    EXPECT_EQ(told_of("\"version\": \"1\"", "\"version\": \"2\""), "");
    EXPECT_THAT(told_of("\"mark\": \"V\"", "\"mark\": \"U\""), HasSubstr("nobody verified this rule"));
    EXPECT_THAT(told_of("\"urgency\": \"now\"", "\"urgency\": \"usual\""), HasSubstr("less urgent"));
    EXPECT_THAT(told_of("\"item\": \"tried.talked\"", "\"item\": \"safety\""), HasSubstr("names an item that is not there"))
        << "a question cannot depend on a later one";
    EXPECT_THAT(told_of("\"needed\": true,", ""), HasSubstr("none is needed"));
    EXPECT_THAT(told_of("\"instrument\": \"phq-9\"", "\"instrument\": \"phq-99\""), HasSubstr("no instrument phq-99"));
    EXPECT_THAT(told_of("\"pt\": \"Alguns dias\"", "\"xx\": \"Alguns dias\""), HasSubstr("has no words in pt"));
}

} // namespace

} // namespace handrail::monitoring
