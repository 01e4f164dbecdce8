// What a person keeps: the plan by chat, memory, and the directory (safety.md C8, E6, H3, H5).
#include <algorithm>

#include <gmock/gmock.h>

#include "conversation_case.h"

namespace handrail::support {
namespace {

using test::finding_of;
using test::kept_by;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Dialogue& dialogue()
{
    static const auto loaded = Dialogue::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    if (!loaded)
        throw std::runtime_error(loaded.error().told);
    return *loaded;
}

struct Person {
    State state;
    Situation situation;

    Person()
    {
        situation.region = "IE";
        situation.now = Instant{std::chrono::hours{24 * 365 * 50}};
    }
    Reply says(const std::string& words, const Finding& finding = finding_of(Urgency::Usual))
    {
        situation.now += std::chrono::minutes{1};
        auto reply = dialogue().answer(state, words, finding, situation);
        state = *state_from(state_text(state));
        return reply;
    }
};

TEST(Protocol, C8_APlanByChatIsNeverBegunWhereAbuseWasHeard)
{
    for (const auto urgency : {Urgency::Soon, Urgency::Today, Urgency::Now}) {
        Person ada;
        ada.says("he hits me", finding_of(urgency, Category::Abuse));
        // Also when the talk moved on to something else since.
        for (const auto& words : {"I want to make a safety plan", "the weather is bad", "please write a safety plan"}) {
            const auto reply = ada.says(words);
            EXPECT_THAT(reply.keeps, IsEmpty()) << words;
            EXPECT_THAT(reply.moves, Not(Contains("plan_begin"))) << words;
            EXPECT_THAT(reply.moves, Not(Contains("plan_offer"))) << words;
            EXPECT_THAT(state_text(ada.state), HasSubstr(R"("plan_part":0)")) << words;
        }
    }
}

TEST(Protocol, C8_TheContactsComeBeforeAnyPartOfThePlan)
{
    Person ada;
    // Today and the wish for a plan in one message.
    const auto first = ada.says("I want to die and I want to make a safety plan", finding_of(Urgency::Today, Category::Suicide));
    EXPECT_THAT(first.text, HasSubstr("116 123"));
    EXPECT_THAT(first.moves, Not(Contains("plan_begin")));
    const auto then = ada.says("I want to make a safety plan");
    EXPECT_THAT(then.moves, Contains("plan_begin"));
    EXPECT_EQ(then.urgency, Urgency::Today) << "writing a plan lowers nothing";
}

TEST(Protocol, C8_DangerInAnAnswerLeavesThePlanAndIsNotWrittenIntoIt)
{
    for (const auto urgency : {Urgency::Today, Urgency::Now}) {
        Person ada;
        ada.says("I want to make a safety plan");
        ASSERT_EQ(ada.state.plan_part, 1);
        const auto reply = ada.says("I have the pills here", finding_of(urgency, Category::Suicide));
        EXPECT_THAT(reply.keeps, IsEmpty());
        EXPECT_THAT(reply.text_id, Not(IsEmpty())) << "the fixed words";
        EXPECT_EQ(ada.state.plan_part, -1);
        EXPECT_THAT(ada.says("the kettle is on").keeps, IsEmpty()) << "what follows is no answer to the plan";
    }
}

TEST(Protocol, E6_NothingIsKeptWithoutAYes)
{
    for (const auto& answer : {"no", "maybe later", "what do you mean?", "my sister laughed at me about it yesterday evening"}) {
        Person ada;
        EXPECT_THAT(ada.says("walking by the sea helps me").moves, Contains("memory_offer"));
        EXPECT_THAT(ada.says(answer).keeps, IsEmpty()) << answer;
        EXPECT_THAT(ada.says("yes").keeps, IsEmpty()) << "the question is gone after: " << answer;
    }
    Person ben;
    EXPECT_THAT(ben.says("walking by the sea helps me").keeps, IsEmpty());
    EXPECT_EQ(kept_by(ben.says("yes")), "memory helps: walking by the sea\n");
}

TEST(Protocol, E6_AConversationWithoutMemoryOffersUsesAndKeepsNothing)
{
    Person ada;
    ada.situation.own.may_keep = false;
    // As the desk hands it over: nothing is read at all. Should it ever be, it is still not used.
    ada.situation.own.remembered = {{"m1", care::MemoryItem::Kind::Name, "Ada", {}},
                                    {"m2", care::MemoryItem::Kind::Helps, "walking by the sea", {}}};
    for (const auto& words : {"hello", "my name is Ada", "swimming helps me", "yes", "can you give me one small step", "next",
                              "I want to make a safety plan", "forget everything", "yes"}) {
        const auto reply = ada.says(words);
        EXPECT_THAT(reply.keeps, IsEmpty()) << words;
        EXPECT_THAT(reply.moves, Not(Contains("memory_offer"))) << words;
        EXPECT_THAT(reply.moves, Not(Contains("own_way_first"))) << words;
        EXPECT_THAT(reply.text, Not(HasSubstr("Hello, Ada"))) << words;
    }
    EXPECT_THAT(ada.says("what do you remember about me?").text, Not(HasSubstr("walking")));
}

TEST(Protocol, E6_WhatDoesHarmIsNothingToRemember)
{
    for (const auto& words : {"cutting helps me", "drinking wine helps me", "not eating helps me", "smoking weed calms me",
                              "my goal is to weigh 45 kg", "what helps me is starving", "call me Stupid", "nothing helps me"}) {
        Person ada;
        EXPECT_THAT(ada.says(words).moves, Not(Contains("memory_offer"))) << words;
    }
}

TEST(Protocol, E6_NobodyIsAskedToRememberInDanger)
{
    Person ada;
    ada.says("I want to die", finding_of(Urgency::Today, Category::Suicide));
    for (const auto& words : {"walking by the sea helps me", "my name is Ada"})
        EXPECT_THAT(ada.says(words).moves, Not(Contains("memory_offer")));
}

TEST(OwnWords, AKindOfThingIsHeardInTheWordsThatTheRulesKnow)
{
    const std::pair<const char*, const char*> said[] = {
        {"people call me Sam", "name Sam"},
        {"my goal is to sleep through the night", "goal sleep through the night"},
        {"my sister is called Joss", "person my sister is called Joss"},
        {"what helps me most is a warm bath", "helps a warm bath"},
        {"crowded trains always set it off, my trigger is crowded trains", "trigger crowded trains"},
    };
    for (const auto& [words, kept] : said) {
        Person ada;
        ada.says(words);
        EXPECT_EQ(ada.state.to_remember, kept) << words;
    }
}

TEST(OwnWords, AnExerciseThatHelpedBeforeComesFirst)
{
    Person ada;
    ada.situation.own.helped = {{"three_good_things", 1}, {"reach_out", 2}};
    const auto reply = ada.says("can you give me one small step");
    const auto block = std::find_if(reply.blocks.begin(), reply.blocks.end(),
                                    [](const Block& each) { return each.kind == Block::Kind::Exercise; });
    ASSERT_NE(block, reply.blocks.end());
    EXPECT_EQ(block->id, "reach_out");
}

TEST(OwnWords, ARatingIsKeptWithTheRunItIsAbout)
{
    Person ada;
    ada.says("can we do a breathing exercise");
    const auto began = ada.state.exercise_at;
    Reply last;
    for (int i = 0; i < 6 && ada.state.pending != "exercise_after"; ++i)
        last = ada.says("next");
    ASSERT_EQ(ada.state.pending, "exercise_after");
    const auto rated = ada.says("easier");
    ASSERT_EQ(rated.keeps.size(), 1U);
    const auto& run = std::get<care::ExerciseRun>(rated.keeps.front());
    EXPECT_EQ(run.id, care::run_id("paced_breathing", began));
    EXPECT_EQ(run.rating, "better");
    EXPECT_THAT(run.lines, IsEmpty());
}

const Block* exercise_of(const Reply& reply)
{
    const auto block = std::find_if(reply.blocks.begin(), reply.blocks.end(),
                                    [](const Block& each) { return each.kind == Block::Kind::Exercise; });
    return block == reply.blocks.end() ? nullptr : &*block;
}

care::ExerciseRun rated_run(const char* exercise, const char* rating, const char* feeling, const char* part)
{
    return {exercise, exercise, exercise, {}, {}, rating, feeling, "raised", part};
}

TEST(OwnWords, ARunKeepsTheFeelingItsStrengthAndThePartOfTheDay)
{
    Person ada;
    ada.situation.local_offset = std::chrono::hours{20};
    ada.says("I am a bit anxious, can we do a breathing exercise");
    for (int i = 0; i < 6 && ada.state.pending != "exercise_after"; ++i)
        ada.says("next");
    const auto rated = ada.says("easier");
    ASSERT_EQ(rated.keeps.size(), 1U);
    const auto& run = std::get<care::ExerciseRun>(rated.keeps.front());
    EXPECT_EQ(run.feeling, "anxious");
    EXPECT_EQ(run.strength, "calm") << "a bit";
    EXPECT_EQ(run.part_of_day, "evening");
}

TEST(OwnWords, WhatHelpedAtThisTimeOfDayComesFirstAndThatIsSaidOnlyWhereItIsTrue)
{
    for (const auto* language : {"en", "es", "fr", "de", "pt"}) {
        const auto& book = dialogue().book(language);
        const auto offered = [&](int hour) {
            Person ada;
            ada.situation.language = language;
            ada.situation.local_offset = std::chrono::hours{hour};
            ada.situation.own.helped = {{"soothing_senses", 1}, {"reach_out", 1}};
            ada.situation.own.runs = {rated_run("soothing_senses", "better", "sad", "evening"),
                                      rated_run("reach_out", "better", "sad", "morning")};
            ada.state.language = language;
            auto finding = finding_of(Urgency::Usual);
            finding.lang = language;
            return ada.says(book.variants("offer.step").front(), finding);
        };
        const auto holds = [&](const Reply& reply, const std::string& key) {
            const auto& all = book.variants("exercise.why." + key);
            return std::any_of(all.begin(), all.end(), [&](const auto& each) { return reply.text.find(each) != std::string::npos; });
        };
        const auto evening = offered(20);
        ASSERT_NE(exercise_of(evening), nullptr) << evening.text;
        EXPECT_EQ(exercise_of(evening)->id, "soothing_senses") << language;
        EXPECT_TRUE(holds(evening, "evening")) << evening.text;
        const auto morning = offered(8);
        ASSERT_NE(exercise_of(morning), nullptr) << morning.text;
        EXPECT_EQ(exercise_of(morning)->id, "reach_out") << language;
        EXPECT_TRUE(holds(morning, "morning")) << morning.text;
        const auto night = offered(2);
        for (const auto* part : {"morning", "afternoon", "evening", "night"})
            EXPECT_FALSE(holds(night, part)) << night.text;
    }
}

TEST(OwnWords, WhatHelpedWithThisFeelingComesFirst)
{
    Person ada;
    ada.situation.own.helped = {{"winding_down", 1}, {"muscle_relaxation", 1}};
    ada.situation.own.runs = {rated_run("winding_down", "better", "tired", "night"),
                              rated_run("muscle_relaxation", "better", "anxious", "morning")};
    ada.situation.local_offset = std::chrono::hours{14};
    const auto reply = ada.says("I feel anxious, give me one small step");
    ASSERT_NE(exercise_of(reply), nullptr) << reply.text;
    EXPECT_EQ(exercise_of(reply)->id, "muscle_relaxation");
    const auto& why = dialogue().book("en").variants("exercise.why.same_feeling");
    EXPECT_TRUE(std::any_of(why.begin(), why.end(), [&](const auto& each) { return reply.text.find(each) != std::string::npos; })) << reply.text;
}

TEST(OwnWords, HowStrongAFeelingIsIsHeardInWordsAndNumbers)
{
    const std::pair<const char*, std::vector<std::pair<const char*, const char*>>> said[] = {
        {"en", {{"I'm a bit anxious", "low"}, {"so so", "low"}, {"the anxiety is unbearable", "high"}, {"I'm scared, 8 out of 10", "high"},
                {"anxious, 8/10", "high"}, {"maybe 5 out of 10", "raised"}, {"2 out of 10", "low"}, {"my mood is 8 out of 10", ""},
                {"I worked a bit in the garden and then the neighbours came over", ""}}},
        {"es", {{"estoy un poco triste", "low"}, {"la ansiedad es insoportable", "high"}, {"tengo miedo, un 8 de 10", "high"}}},
        {"fr", {{"je suis un peu triste", "low"}, {"l'angoisse est insupportable", "high"}, {"j'ai peur, 8 sur 10", "high"}}},
        {"de", {{"ich bin ein bisschen traurig", "low"}, {"die Angst ist unerträglich", "high"}, {"ich habe Angst, 8 von 10", "high"}}},
        {"pt", {{"estou um pouco triste", "low"}, {"a ansiedade é insuportável", "high"}, {"tenho medo, 8 em 10", "high"}}}};
    for (const auto& [language, all] : said)
        for (const auto& [words, degree] : all)
            EXPECT_EQ(dialogue().hear(language, words).degree, degree) << words;
}

TEST(Protocol, H3_ALineMadeForItIsShownWhereTheCountryHasOne)
{
    Person ada;
    ada.situation.region = "GB";
    const auto reply = ada.says("is there something for eating disorders?");
    EXPECT_THAT(reply.moves, Contains("resources_for_eating_disorder"));
    const auto& lines = dialogue().crisis_lines().accepted_for_demo("GB");
    const auto line = std::find_if(lines.begin(), lines.end(), [](const auto& each) { return each.audience == "eating_disorder"; });
    ASSERT_NE(line, lines.end());
    EXPECT_THAT(reply.text, HasSubstr(line->phone));
}

TEST(Protocol, H5_WhereNoLineIsMadeForItThatIsSaid)
{
    for (const auto& [iso, country] : dialogue().crisis_lines().countries()) {
        const auto shown = dialogue().crisis_lines().accepted_for_demo(iso);
        if (std::any_of(shown.begin(), shown.end(), [](const auto& each) { return each.audience == "veterans"; }))
            continue;
        Person ada;
        ada.situation.region = iso;
        const auto reply = ada.says("is there something for veterans?");
        EXPECT_THAT(reply.moves, Contains("resources_for_everybody")) << iso;
        EXPECT_THAT(reply.text, HasSubstr("no checked entry just for that")) << iso;
    }
}

} // namespace
} // namespace handrail::support
