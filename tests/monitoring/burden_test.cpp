// How often somebody is asked, both sides of every edge of content/protocols/asking.json.
#include "monitoring/burden.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "content/asking_protocol.h"
#include "monitoring/missed.h"

namespace handrail::monitoring {

namespace {

using std::chrono::hours;

const AskingProtocol& shipped()
{
    static const AskingProtocol protocol = [] {
        const auto read = content::load_asking_protocol(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
        if (!read)
            throw std::runtime_error(read.error().told);
        return *read;
    }();
    return protocol;
}

const Instant now = *from_rfc3339("2026-03-02T09:00:00Z");

/// One check-in a day until now, the newest last.
Course with_moods(const std::vector<int>& moods)
{
    Course course;
    for (std::size_t i = 0; i < moods.size(); ++i)
        course.add(CourseAnswer{now - hours{24 * static_cast<int>(moods.size() - i)}, moods[i], 0});
    return course;
}

std::string how(const std::vector<int>& moods, const Lately& lately, RhythmBounds bounds = {2, 6})
{
    const auto asked = how_often(with_moods(moods), lately, bounds, shipped().burden, now);
    return std::string(name(asked.rhythm)) + " " + std::to_string(asked.step);
}

const Lately well{Urgency::Usual, std::nullopt};
Lately concern(int days_ago) { return {Urgency::Usual, now - hours{24 * days_ago}}; }

TEST(Burden, AsksLessWhenSteadyAndWell)
{
    EXPECT_EQ(how({4, 4, 3, 5, 4}, well), "less 4");
    EXPECT_EQ(how({4, 4, 3, 5}, well), "usual 2");       // too few to say anything
    EXPECT_EQ(how({4, 4, 2, 5, 4}, well), "usual 2");    // not steady
    EXPECT_EQ(how({3, 3, 3, 4, 4}, well), "usual 2");    // steady, not well
    EXPECT_EQ(how({4, 4, 3, 5, 4}, concern(27)), "usual 2");
    EXPECT_EQ(how({4, 4, 3, 5, 4}, concern(28)), "less 4");
    EXPECT_EQ(how({}, {}), "usual 2"); // no data is never well
}

TEST(Burden, AsksMoreWhenNotWell)
{
    EXPECT_EQ(how({4, 4, 2, 2, 2}, well), "more 1");
    EXPECT_EQ(how({4, 4, 2, 3, 2}, well), "usual 2");
    EXPECT_EQ(how({4, 4, 4, 4, 4}, concern(13)), "more 1");
    EXPECT_EQ(how({4, 4, 4, 4, 4}, concern(14)), "usual 2");
    EXPECT_EQ(how({1, 1, 1}, well, {1, 4}), "usual 1"); // every moment already: nothing to say
}

TEST(Burden, NeverAsksLessThanTheClinicianAllows)
{
    const std::vector<int> good{4, 4, 4, 5, 4, 5, 5};
    EXPECT_EQ(how(good, well, {2, 3}), "less 3");
    EXPECT_EQ(how(good, well, {2, 2}), "usual 2");
    for (int usual = 1; usual <= 14; ++usual)
        for (int least = usual; least <= 28; ++least)
            for (const auto& moods : {good, std::vector<int>{1, 1, 1, 1, 1}, std::vector<int>{}}) {
                const auto asked = how_often(with_moods(moods), well, {usual, least}, shipped().burden, now);
                EXPECT_GE(asked.step, 1);
                EXPECT_LE(asked.step, least);
            }
}

TEST(Burden, NeverAsksLessAfterAnAnswerThatCalledForSomebody)
{
    const std::vector<int> good{4, 4, 4, 5, 4, 5, 5};
    for (const auto last : {Urgency::Today, Urgency::Now, Urgency::Unknown})
        EXPECT_EQ(how(good, {last, std::nullopt}), "usual 2") << name(last);
    EXPECT_EQ(how(good, {Urgency::Soon, std::nullopt}), "less 4");
    EXPECT_EQ(how(good, {std::nullopt, std::nullopt}), "usual 2");
}

TEST(Burden, SaysWhyInFiveLanguages)
{
    for (const auto rhythm : {Rhythm::Usual, Rhythm::Less, Rhythm::More})
        for (const char* language : {"en", "es", "fr", "de", "pt"})
            EXPECT_FALSE(why(rhythm, shipped().burden).at(language).empty()) << name(rhythm) << " " << language;
}

TEST(MissedAsks, CallForAClinicianByTheRules)
{
    const auto rule = [](int in_a_row, const std::vector<std::pair<Urgency, int>>& found) {
        const auto* chosen = rule_for(shipped(), in_a_row, found);
        return chosen == nullptr ? std::string("none") : chosen->id;
    };
    EXPECT_EQ(rule(1, {{Urgency::Now, 0}}), "none");
    EXPECT_EQ(rule(2, {}), "none");
    EXPECT_EQ(rule(2, {{Urgency::Soon, 13}}), "missed-after-concern");
    EXPECT_EQ(rule(2, {{Urgency::Unknown, 0}}), "missed-after-concern");
    EXPECT_EQ(rule(2, {{Urgency::Soon, 14}}), "none");
    EXPECT_EQ(rule(3, {{Urgency::Soon, 1}}), "none"); // told at two, and again at four
    EXPECT_EQ(rule(4, {}), "missed-four");
    EXPECT_EQ(rule(5, {}), "none");
    EXPECT_EQ(rule(8, {}), "missed-four");
    for (const auto& each : shipped().missed)
        EXPECT_EQ(each.urgency, Urgency::Soon);
}

} // namespace

} // namespace handrail::monitoring
