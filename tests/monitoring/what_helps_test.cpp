// What a person is told of what their better days went with: a planted link is found, and where the days are shuffled none is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "content/progress_protocol.h"
#include "monitoring/progress.h"
#include "monitoring/shipped_content.h"

namespace handrail::monitoring {
namespace {

using testing::Contains;
using testing::Not;

const Instant now = *from_rfc3339("2026-03-28T20:00:00Z");
constexpr std::chrono::hours day{24};
constexpr int days = 85;

const ProgressProtocol& protocol()
{
    static const ProgressProtocol loaded = *content::load_progress_protocol(content_folder);
    return loaded;
}

/// A made-up diary: a mood that carries over from day to day, seven activities that come as they come, and a scale of the
/// service's own. What is planted is added in whole steps.
struct Diary {
    enum class Planted { Nothing, SameDay, NextDay, Scale };

    Diary(unsigned seed, Planted planted)
    {
        std::mt19937 random(seed);
        std::normal_distribution<double> normal;
        const auto& choices = daily_form().group("did")->choices;
        double level = 0;
        bool moved_before = false;
        for (int i = days - 1; i >= 0; --i) {
            const auto at = now - std::chrono::hours(1) - day * i;
            std::vector<std::string> what;
            for (const auto& choice : choices)
                if (random() % 5 < 2)
                    what.push_back(choice.id);
            const bool moved = std::find(what.begin(), what.end(), "moved") != what.end();
            level = 0.4 * level + 0.6 * normal(random);
            double mood = 3 + level;
            if ((planted == Planted::SameDay && moved) || (planted == Planted::NextDay && moved_before))
                mood += 1.3;
            const auto rounded = [](double value, int low, int high) { return std::clamp(static_cast<int>(std::lround(value)), low, high); };
            course.add(CourseAnswer{at, rounded(mood, 1, 5), 1 + static_cast<int>(random() % 6)});
            course.add(CourseValue{at, "own-1", "strain", 1, CourseValue::Worse::Up,
                                   rounded(5 + 1.5 * normal(random) - (planted == Planted::Scale && moved ? 3 : 0), 0, 10)});
            moved_before = moved;
            if (!what.empty())
                did.push_back({at, std::move(what)});
        }
    }
    std::vector<std::string> told() const
    {
        ProgressQuestion question{now, 90, std::chrono::minutes{0}, "en"};
        question.did = &did;
        question.scales = &scales;
        std::vector<std::string> out;
        for (const auto& help : progress(course, daily_form(), instruments(), protocol(), question).helps)
            out.push_back(help.text);
        return out;
    }

    Course course;
    std::vector<Did> did;
    ScaleNames scales{{{"own-1", "strain"}, "How tense are you?"}};
};

int found_in(const std::vector<std::string>& told)
{
    return static_cast<int>(std::count_if(told.begin(), told.end(), [](const auto& text) { return text != "No link we could be sure of."; }));
}

TEST(WhatHelps, NamesAnActivityOfBetterDays)
{
    int named = 0;
    for (unsigned person = 0; person < 20; ++person) {
        const auto told = Diary(person, Diary::Planted::SameDay).told();
        named += testing::Value(told, Contains("Days with “Moved my body” were better.")) ? 1 : 0;
    }
    EXPECT_GE(named, 18);
}

TEST(WhatHelps, NamesAnActivityAfterWhichTheNextDayWasBetter)
{
    int named = 0;
    for (unsigned person = 0; person < 20; ++person) {
        const auto told = Diary(person, Diary::Planted::NextDay).told();
        named += testing::Value(told, Contains("Days after “Moved my body” were better.")) ? 1 : 0;
        EXPECT_THAT(told, Not(Contains("Days with “Moved my body” were better."))) << person;
    }
    EXPECT_GE(named, 18);
}

TEST(WhatHelps, FollowsAScaleOfTheServicesOwnInItsOwnDirection)
{
    int named = 0;
    for (unsigned person = 0; person < 20; ++person) {
        const auto told = Diary(person, Diary::Planted::Scale).told();
        named += testing::Value(told, Contains("On days with “Moved my body” your answers to “How tense are you?” were better.")) ? 1 : 0;
    }
    EXPECT_GE(named, 18);
}

// Eight things, each with two measures, on two days: 32 pairs of each person. At most one person in twenty is told of any.
TEST(WhatHelps, FindsNothingWhereThereIsNothing)
{
    constexpr int people = 200;
    int told = 0;
    for (unsigned person = 0; person < people; ++person)
        told += found_in(Diary(1000 + person, Diary::Planted::Nothing).told()) > 0 ? 1 : 0;
    RecordProperty("told", told);
    EXPECT_LE(told, people / 20 + 4) << "5 % by design, and what 200 people may differ from it by";
}

// The planted link with the days of the activities shuffled: what is left is chance.
TEST(WhatHelps, FindsNothingInShuffledDays)
{
    constexpr int people = 100;
    int told = 0;
    for (unsigned person = 0; person < people; ++person) {
        Diary diary(person, Diary::Planted::SameDay);
        std::mt19937 random(person);
        for (std::size_t i = diary.did.size() - 1; i > 0; --i)
            std::swap(diary.did[i].what, diary.did[random() % (i + 1)].what);
        told += found_in(diary.told()) > 0 ? 1 : 0;
    }
    RecordProperty("told", told);
    EXPECT_LE(told, people / 20 + 4);
}

TEST(WhatHelps, LooksAtNothingOfWhichThereAreTooFewDays)
{
    Diary diary(1, Diary::Planted::SameDay);
    diary.did.erase(diary.did.begin(), diary.did.end() - 7);
    EXPECT_THAT(diary.told(), Not(Contains(testing::HasSubstr("Moved"))));
    Diary nobody(1, Diary::Planted::Scale);
    nobody.scales.clear(); // a design that is not there any more has no words
    EXPECT_THAT(nobody.told(), Not(Contains(testing::HasSubstr("tense"))));
    // What was left open is no day on which it was not done.
    for (auto& did : diary.did)
        did.what = {"moved"};
    EXPECT_EQ(found_in(diary.told()), 0);
}

} // namespace
} // namespace handrail::monitoring
