#include "app/demo/population.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "content/check_ins.h"
#include "content/instruments.h"
#include "monitoring/daily_form.h"
#include "monitoring/scoring.h"

namespace handrail::demo {
namespace {

const Instant now = *from_rfc3339("2026-03-02T14:30:00Z");
const std::filesystem::path content_folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

std::string told(const Service& service)
{
    std::string out;
    for (const auto& person : service.people) {
        out += person.display_name + person.contact.phone + person.clinician + to_rfc3339(person.joined_at);
        for (const auto& check_in : person.check_ins)
            out += to_rfc3339(check_in.at) + std::to_string(check_in.answers.one.at("mood"));
        for (const auto& conversation : person.conversations)
            for (const auto& turn : conversation.turns)
                out += to_rfc3339(turn.at) + turn.text;
    }
    return out;
}

TEST(Population, IsTheSameForTheSameSeedAndInstant)
{
    EXPECT_EQ(told(made_up_service(7, now)), told(made_up_service(7, now)));
    EXPECT_NE(told(made_up_service(7, now)), told(made_up_service(8, now)));
}

TEST(Population, HasSixtyPeopleInThreeTeamsAndSixStaff)
{
    const auto service = made_up_service(7, now);
    EXPECT_EQ(service.people.size(), 60U);
    EXPECT_EQ(service.teams.size(), 3U);
    EXPECT_EQ(service.staff.size(), 6U);
    std::set<std::string> logins;
    for (const auto& staff : service.staff)
        EXPECT_TRUE(logins.insert(staff.login).second) << staff.login;
    std::map<Course, int> courses;
    for (const auto& person : service.people) {
        EXPECT_TRUE(logins.insert(person.login).second) << person.login;
        EXPECT_LT(person.team, 3U);
        ++courses[person.course];
    }
    EXPECT_EQ(courses.size(), 6U);
    for (const auto& [course, count] : courses)
        EXPECT_GE(count, 6);
}

TEST(Population, NothingLiesAheadOrBeforeSomebodyJoined)
{
    for (const auto& person : made_up_service(7, now).people) {
        Instant last = person.joined_at;
        for (const auto& check_in : person.check_ins) {
            EXPECT_GT(check_in.at, last);
            EXPECT_LE(check_in.at, now);
            last = check_in.at;
        }
        for (const auto& form : person.questionnaires)
            EXPECT_LE(form.at, now);
        for (const auto& conversation : person.conversations) {
            ASSERT_FALSE(conversation.turns.empty());
            for (const auto& turn : conversation.turns) {
                EXPECT_LE(turn.at, now);
                EXPECT_FALSE(turn.text.empty());
            }
        }
    }
}

TEST(Population, EveryCheckInFitsTheFormAndEveryFormScores)
{
    const auto form = content::load_check_in_form(content_folder, "daily");
    const auto instruments = content::Instruments::load(content_folder);
    ASSERT_TRUE(form.ok());
    ASSERT_TRUE(instruments.ok());
    std::size_t check_ins = 0;
    std::size_t critical = 0;
    for (const auto& person : made_up_service(7, now).people) {
        for (const auto& check_in : person.check_ins) {
            monitoring::GivenCheckIn given;
            for (const auto& [group, value] : check_in.answers.one)
                given[group] = std::int64_t{value};
            for (const auto& [group, ids] : check_in.answers.many)
                given[group] = ids;
            for (const auto& [group, words] : check_in.answers.text)
                given[group] = words.reveal();
            EXPECT_TRUE(monitoring::read_check_in(*form, given).sound());
            ++check_ins;
        }
        for (const auto& filled : person.questionnaires) {
            monitoring::GivenAnswers answers;
            for (const auto& [item, value] : filled.answers)
                answers[item] = {monitoring::GivenAnswer::Kind::Whole, value};
            const auto result = monitoring::score(*instruments->find(filled.instrument), answers);
            EXPECT_EQ(result.status, monitoring::ScoringStatus::Ok);
            critical += result.flagged("suicidality_item") ? 1U : 0U;
        }
    }
    EXPECT_GT(check_ins, 3000U);
    EXPECT_EQ(critical, 2U);
}

TEST(Population, ShowsEveryCourseInItsNumbers)
{
    std::map<Course, std::pair<double, double>> first_and_last;
    std::map<Course, std::pair<int, int>> counts;
    for (const auto& person : made_up_service(7, now).people)
        for (const auto& check_in : person.check_ins) {
            const auto ago = (now - check_in.at) / std::chrono::hours(24);
            const double mood = check_in.answers.one.at("mood");
            if (ago > 60) {
                first_and_last[person.course].first += mood;
                ++counts[person.course].first;
            } else if (ago < 14) {
                first_and_last[person.course].second += mood;
                ++counts[person.course].second;
            }
        }
    const auto change = [&](Course course) {
        return first_and_last[course].second / counts[course].second - first_and_last[course].first / counts[course].first;
    };
    EXPECT_GT(change(Course::Improving), 0.8);
    EXPECT_LT(change(Course::Worse), -0.8);
    EXPECT_NEAR(change(Course::Steady), 0, 0.3);
    for (const auto& person : made_up_service(7, now).people)
        if (person.course == Course::Silent) {
            EXPECT_GT(now - person.check_ins.back().at, std::chrono::hours(24 * 3));
        }
}

TEST(Population, HasSomebodyAtEveryLevelWithinTheLastDay)
{
    std::map<Urgency, int> meant;
    std::set<std::string> languages;
    for (const auto& person : made_up_service(7, now).people) {
        languages.insert(person.language);
        for (const auto& conversation : person.conversations) {
            ++meant[conversation.meant];
            if (conversation.meant != Urgency::Usual) {
                EXPECT_GT(conversation.turns.front().at, now - std::chrono::hours(24));
            }
        }
    }
    EXPECT_EQ(meant[Urgency::Now], 2);
    EXPECT_EQ(meant[Urgency::Today], 4);
    EXPECT_EQ(meant[Urgency::Unknown], 1);
    EXPECT_EQ(meant[Urgency::Soon], 5);
    EXPECT_EQ(languages, (std::set<std::string>{"en", "fi"}));
}

} // namespace
} // namespace handrail::demo
