// What the house tells about itself in numbers, and how a day of them is kept.
#include "app/numbers.h"

#include <set>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "app/minutes.h"
#include "service_for_test.h"

namespace handrail::app {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
namespace json = boost::json;

class NumbersTest : public testing::Test {
protected:
    NumbersTest() { house->clock.set(*from_rfc3339("2026-03-02T22:10:00Z")); }
    void pass(Duration length) { house->clock.set(house->clock.now() + length); }
    Actor person()
    {
        trust::SignUpDesk::Form form{"Ada", "", Confidential{{}}, "26_64", "IE", "en", {}, {}, "t", {}, "test"};
        form.consents = {{"record", true}, {"staff_reading", true}};
        const auto up = must(house->sign_up.sign_up(house->organisation, form));
        return must(house->sessions.actor_for(up.session.token));
    }
    double value(const std::string& name, const std::string& urgency = {})
    {
        for (const auto& measure : numbers.measures())
            if (measure.name == name)
                for (const auto& point : measure.points)
                    if (urgency.empty() || (!point.labels.empty() && point.labels[0].second == urgency))
                        return point.steps ? static_cast<double>(point.steps->all()) : point.value;
        return -1;
    }

    tests::FolderForTest folder;
    std::unique_ptr<House> house = house_in(folder.path());
    http::EventHub hub;
    http::Metrics metrics;
    Numbers numbers{*house, hub, metrics, nullptr};
};

// As for what pages are given (tests/routes/sittings_test.cpp).
TEST_F(NumbersTest, E5_NothingThatIsMeasuredRewardsTimeInTheChat)
{
    const auto measures = numbers.measures();
    ASSERT_GT(measures.size(), 10u);
    for (const auto& measure : measures)
        for (const char* word : {"engage", "streak", "in_chat", "time_spent", "session_length", "conversation_length", "per_person",
                                 "daily_active", "weekly_active", "retention", "return_rate", "hours_in", "nights_in"})
            EXPECT_EQ((measure.name + " " + measure.help).find(word), std::string::npos) << measure.name << ": " << word;
}

TEST_F(NumbersTest, TellWhoWaitsAndForHowLong)
{
    const auto ada = person();
    EXPECT_EQ(value("handrail_alerts_waiting", "now"), 0);
    EXPECT_EQ(value("handrail_alert_oldest_seconds", "now"), 0);
    must(house->conversations.write(ada, "I am going to kill myself tonight", {}));
    must(house->conversations.want_person(ada, true));
    pass(minutes{3});
    EXPECT_EQ(value("handrail_alerts_waiting", "now"), 1);
    EXPECT_EQ(value("handrail_alerts_waiting", "today"), 0);
    EXPECT_EQ(value("handrail_alert_oldest_seconds", "now"), 180);
    EXPECT_EQ(value("handrail_people_waiting"), 1);
    // A reply is written a millisecond after what it answers, and seconds are whole.
    EXPECT_NEAR(value("handrail_people_waiting_longest_seconds"), 180, 1);
    EXPECT_EQ(value("handrail_screened_total", "now"), 1);
    EXPECT_EQ(value("handrail_screening_seconds"), 1);
    EXPECT_GT(value("handrail_store_commit_seconds"), 3);
    EXPECT_EQ(value("handrail_store_answers"), 1);
    EXPECT_EQ(value("handrail_backup_bytes"), -1) << "there is none, and none is not 0 bytes";

    // A wait goes on while its person writes: what stands in clear moves on, what was seen before counts.
    must(house->conversations.write(ada, "are you there?", {}));
    pass(minutes{1});
    EXPECT_NEAR(value("handrail_people_waiting_longest_seconds"), 240, 1);
    ASSERT_TRUE(house->backups.take("manual").ok());
    pass(minutes{2});
    EXPECT_EQ(value("handrail_backup_age_seconds"), 120);
    EXPECT_GT(value("handrail_backup_bytes"), 10'000);
}

TEST_F(NumbersTest, NameNobody)
{
    const auto ada = person();
    must(house->conversations.write(ada, "I am going to kill myself tonight", {}));
    const std::set<std::string> labels{"urgency", "for", "why"};
    std::set<std::string> names;
    for (const auto& measure : numbers.measures()) {
        EXPECT_TRUE(names.insert(measure.name).second) << measure.name;
        EXPECT_TRUE(measure.name.starts_with("handrail_")) << measure.name;
        EXPECT_FALSE(measure.help.empty()) << measure.name;
        EXPECT_EQ(measure.kind == Measure::Kind::Counter, measure.name.ends_with("_total")) << measure.name;
        for (const auto& point : measure.points)
            for (const auto& [label, said] : point.labels)
                EXPECT_TRUE(labels.contains(label) && said.size() < 12) << measure.name << " " << label << " " << said;
    }
}

TEST_F(NumbersTest, AreReadWithoutATraceInTheAuditRecord)
{
    const auto ada = person();
    must(house->conversations.want_person(ada, true));
    const auto entries = [&] {
        std::int64_t count = 0;
        EXPECT_TRUE(house->record
                        ->read(house->system(),
                               [&](trust::Reading& reading) -> Result<void> {
                                   const rows::Statement all{
                                       "test.entries", "SELECT COUNT(*) FROM audit_entry WHERE organisation = $1"};
                                   count = TRY(reading.rows(all, {})).front()[0].number();
                                   return {};
                               })
                        .ok());
        return count;
    };
    const auto before = entries();
    (void)numbers.measures();
    EXPECT_EQ(entries(), before) << "a scrape opens nothing, so there is nothing to note";
}

TEST_F(NumbersTest, AMinuteHoldsWhatHappenedInIt)
{
    const auto ada = person();
    must(house->conversations.write(ada, "an ordinary evening", {}));
    MinuteTaker taker(numbers);
    must(house->conversations.write(ada, "I am going to kill myself tonight", {}));
    metrics.count(0, 200, seconds{0});
    metrics.count(0, 503, seconds{0});
    const auto first = taker.take(house->clock.now());
    EXPECT_EQ(first.screened[static_cast<std::size_t>(Urgency::Now)], 1U);
    EXPECT_EQ(first.screened[static_cast<std::size_t>(Urgency::Usual)], 0U) << "that was before";
    EXPECT_GE(first.commits, 1U);
    EXPECT_GT(first.commit_median, 0);
    EXPECT_EQ(first.requests.requests, 2U);
    EXPECT_EQ(first.requests.failed, 1U);
    const auto second = taker.take(house->clock.now());
    EXPECT_EQ(second.commits, 0U);
    EXPECT_EQ(second.requests.requests, 0U);
    EXPECT_EQ(second.standing.alerts[0].waiting, 1) << "what stands still stands";
}

TEST_F(NumbersTest, ADayIsBoundedAndDrawnInSpansOfFiveMinutes)
{
    Minutes kept;
    Minute minute;
    minute.standing.known = true;
    minute.standing.store.answers = true;
    const auto begin = *from_rfc3339("2026-03-01T22:00:00Z");
    for (int i = 0; i < 1500; ++i) {
        minute.at = begin + minutes{i};
        minute.standing.alerts[0].oldest = seconds{i % 5 == 3 ? 700 : 0};
        minute.requests.requests = 2;
        kept.add(minute);
    }
    EXPECT_EQ(kept.all().size(), Minutes::most);
    EXPECT_EQ(kept.all().front().at, begin + minutes{60});

    const auto told = json::parse(must(measurements(*house, kept)));
    const auto& spans = told.at("spans").as_array();
    ASSERT_EQ(spans.size(), 288U);
    EXPECT_EQ(spans[0].at("from").as_string(), "2026-03-01T23:00:00.000Z");
    EXPECT_EQ(spans[0].at("minutes").as_int64(), 5);
    EXPECT_EQ(spans[0].at("alerts").at("now").at("oldest_seconds").as_int64(), 700) << "the worst of its minutes";
    EXPECT_EQ(spans[0].at("requests").as_int64(), 10) << "the sum of what happened";
    EXPECT_FALSE(spans[0].as_object().contains("commit_median_seconds")) << "no commit is not a quick one";
    EXPECT_EQ(told.at("alerts_now").at("now").at("oldest_seconds").as_int64(), 0) << "as the last look saw it";
    EXPECT_EQ(told.at("kept_minutes").as_int64(), 1440);
}

TEST_F(NumbersTest, WhatTheStoreDidNotSayIsNotDrawnAsNothing)
{
    Minutes kept;
    Minute minute;
    minute.at = house->clock.now();
    kept.add(minute);
    const auto told = json::parse(must(measurements(*house, kept)));
    const auto& span = told.at("spans").at(0).as_object();
    EXPECT_FALSE(span.at("answers").as_bool());
    EXPECT_FALSE(span.contains("alerts"));
    EXPECT_FALSE(told.as_object().contains("alerts_now"));
    EXPECT_FALSE(span.contains("people_waiting"));
}

} // namespace
} // namespace handrail::app
