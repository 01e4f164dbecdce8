// How an exercise goes on under a finger: the buttons say words that the engine itself understands, in every language.

#include <gmock/gmock.h>

#include <algorithm>
#include <map>

#include "conversation_case.h"
#include "loaded_for_test.h"

namespace handrail::support {
namespace {

using testing::Contains;
using testing::Not;

std::vector<ReplyChoice> offered(const Reply& reply)
{
    for (const auto& block : reply.blocks)
        if (block.kind == Block::Kind::Exercise)
            return block.choices;
    return {};
}

std::string text_of(const std::vector<ReplyChoice>& choices, const std::string& id)
{
    for (const auto& each : choices)
        if (each.id == id)
            return each.text;
    return {};
}

class ExerciseChoices : public testing::TestWithParam<const char*> {
protected:
    ExerciseChoices()
    {
        situation.region = "IE";
        situation.language = GetParam();
        situation.now = Instant{std::chrono::hours{24 * 365 * 50}};
        state.language = GetParam();
    }
    Reply says(const std::string& words)
    {
        situation.now += std::chrono::minutes{1};
        auto finding = test::finding_of(Urgency::Usual);
        finding.lang = GetParam();
        return loaded_dialogue().answer(state, words, finding, situation);
    }
    /// In the middle of an exercise, at its first step.
    void begin(const std::string& exercise)
    {
        state = {};
        state.language = GetParam();
        state.exercise = exercise;
        state.step = 1;
    }
    State state;
    Situation situation;
};

INSTANTIATE_TEST_SUITE_P(Languages, ExerciseChoices, testing::Values("en", "es", "fr", "de", "pt"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(ExerciseChoices, NextGoesOnToTheLastStepAndStopEnds)
{
    begin("paced_breathing");
    std::string next = loaded_dialogue().phrasebooks().at(GetParam()).variants("exercise.next").front();
    std::string stop;
    int steps = 1;
    for (Reply reply = says(next);; reply = says(next), ++steps) {
        ASSERT_LT(steps, 20);
        const auto choices = offered(reply);
        if (choices.empty())
            break; // the last step asks how it was
        EXPECT_EQ(state.step, steps + 1);
        ASSERT_EQ(text_of(choices, "exercise_next"), next);
        stop = text_of(choices, "exercise_stop");
    }
    EXPECT_GE(steps, 3);
    begin("paced_breathing");
    const auto stopped = says(stop);
    EXPECT_THAT(stopped.moves, Contains("exercise_stopped"));
    EXPECT_TRUE(offered(stopped).empty());
}

TEST_P(ExerciseChoices, AStepThatAsksForWordsOffersOnlyToStop)
{
    const auto& exercises = loaded_dialogue().phrasebooks().at(GetParam()).exercises();
    const auto writes = std::find_if(exercises.begin(), exercises.end(),
                                     [](const Exercise& one) { return one.steps.size() > 2 && one.steps[1].write; });
    ASSERT_NE(writes, exercises.end());
    begin(writes->id);
    const auto reply = says(loaded_dialogue().phrasebooks().at(GetParam()).variants("exercise.next").front());
    const auto choices = offered(reply);
    EXPECT_FALSE(text_of(choices, "exercise_stop").empty());
    EXPECT_TRUE(text_of(choices, "exercise_next").empty());
}

TEST_P(ExerciseChoices, TheHabitsOfThoughtAreUnderAFingerAndEachGoesOn)
{
    const auto& book = loaded_dialogue().phrasebooks().at(GetParam());
    const auto* record = book.exercise("thought_record");
    ASSERT_NE(record, nullptr);
    const auto asks = std::find_if(record->steps.begin(), record->steps.end(), [](const auto& step) { return !step.choices.empty(); });
    ASSERT_NE(asks, record->steps.end());
    EXPECT_EQ(asks->choices.size(), 11U) << "ten habits, and none of them";
    const auto at = static_cast<int>(asks - record->steps.begin()) + 1;
    for (const auto& habit : asks->choices) {
        begin("thought_record");
        state.step = at - 1;
        situation.own.may_keep = true;
        const auto choices = offered(says("Weg 17."));
        EXPECT_EQ(choices.size(), asks->choices.size() + 1) << "and to stop";
        EXPECT_EQ(text_of(choices, "exercise_words_1"), asks->choices.front());
        const auto reply = says(habit);
        EXPECT_EQ(state.step, at + 1) << habit;
        EXPECT_THAT(reply.moves, Contains("keeps_words")) << habit;
    }
}

TEST_P(ExerciseChoices, AStepOfTheirOwnInTheMiddleBelongsToTheExercise)
{
    const std::map<std::string, std::string> plans{{"en", "I will try that tomorrow"},
                                                   {"de", "Ich werde das morgen versuchen"},
                                                   {"es", "Voy a intentarlo mañana"},
                                                   {"fr", "Je vais essayer ça demain"},
                                                   {"pt", "Vou tentar isso amanhã"}};
    begin("problem_in_steps");
    state.step = 4;
    says(plans.at(GetParam()));
    EXPECT_EQ(state.exercise, "problem_in_steps");
    EXPECT_EQ(state.step, 5);
}

} // namespace
} // namespace handrail::support
