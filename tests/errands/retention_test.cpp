#include "care/alert_rows.h"
#include "care/documents.h"
#include "care/findings.h"
#include "errands/desks.h"
#include "monitoring/answer_rows.h"
#include "support/message.h"

namespace handrail::errands {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::must;

constexpr hours day{24};

class RetentionTest : public OnBothStores {
protected:
    void say(const Actor& person, const std::string& words) { must(desks->conversations.write(person, words, {})); }
    void pass(Duration length) { desks->house->clock.pass(length); }
};

INSTANTIATE_TEST_SUITE_P(Stores, RetentionTest, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(RetentionTest, RemovesWordsThatAreOlderThanTheServiceKeepsThem)
{
    auto& house = *desks->house;
    desks->save(30);
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    const auto who = *ada.person();
    desks->answer(ada, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
    care::DocumentDesk documents(*house.record);
    care::SafetyPlan plan;
    plan.coping = {"old words"};
    plan = must(documents.save(ada, who, plan));
    say(ada, "I want to kill myself");
    must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
        monitoring::KeptAnswer kept;
        kept.id = AnswerId::at(writing.now());
        kept.person = who;
        kept.kind = "check_in";
        kept.instrument = "daily";
        kept.at = writing.now();
        kept.body.add("note", "words in a check-in");
        TRY(monitoring::insert_answer(writing, kept));
        monitoring::Course course;
        course.add(monitoring::CourseAnswer{writing.now(), 2, 3});
        return monitoring::write_course(writing, who, course);
    }));
    must(documents.add_note(maeve, who, "a note by staff"));
    const auto alert = desks->alert(who)->id;
    pass(day);
    plan.coping = {"new words"};
    must(documents.save(ada, who, plan));

    // An open alert keeps everything, however old.
    pass(day * 40);
    EXPECT_EQ(desks->walk(), 0);
    EXPECT_EQ(desks->messages(who), 3);
    desks->close_alert(maeve, who);
    must(desks->conversations.begin_anew(ada, true));
    say(ada, "hello again");
    const auto before = desks->messages(who);
    EXPECT_GT(desks->walk(), 0);
    EXPECT_EQ(desks->messages(who), before - 3);
    EXPECT_EQ(desks->findings_with_words(who), 0);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM finding WHERE organisation = $1 AND person = $2", who), 1);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM answer WHERE organisation = $1 AND person = $2", who), 0);
    must(house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        EXPECT_TRUE(TRY(monitoring::read_course(reading, who)).answers().empty());
        EXPECT_TRUE(TRY(care::read_notes(reading, who, from_stored(INT64_MAX), 10)).empty());
        // The plan is the person's own and stays as it is; only what it replaced is gone.
        EXPECT_EQ(TRY(care::read_safety_plan(reading, who)).coping, std::vector<std::string>{"new words"});
        const auto finding = TRY(care::findings_of(reading, who, std::nullopt, 10)).front().finding;
        EXPECT_EQ(finding.urgency, Urgency::Today);
        EXPECT_TRUE(finding.evidence.empty());
        // The alert was closed just now: its words are not old yet.
        EXPECT_FALSE(TRY(care::read_alert(reading, alert, true)).reason.empty());
        return {};
    }));
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM document WHERE organisation = $1 AND person = $2", who), 1);
    EXPECT_EQ(desks->walk(), 0) << "what is done is not done again";

    pass(day * 31);
    EXPECT_GT(desks->walk(), 0);
    must(house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        const auto old = TRY(care::read_alert(reading, alert, true));
        EXPECT_TRUE(old.reason.empty());
        EXPECT_TRUE(old.told_text.empty());
        EXPECT_EQ(old.urgency, Urgency::Today);
        EXPECT_TRUE(old.closed_at.has_value());
        EXPECT_FALSE(old.path.empty());
        for (const auto& step : old.path)
            EXPECT_TRUE(step.text.empty());
        return {};
    }));
    EXPECT_EQ(desks->messages(who), 0);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM conversation WHERE organisation = $1 AND person = $2", who), 0);
    EXPECT_EQ(desks->walk(), 0);
    // And the person goes on.
    EXPECT_EQ(must(desks->conversations.current(ada)).messages.size(), 1U);
}

TEST_P(RetentionTest, KeepsWhatIsYoungerByAMinute)
{
    desks->save(1);
    const auto ada = desks->house->person("Ada");
    desks->answer(ada, {{"record", true, "t", {}}});
    say(ada, "hello");
    const auto kept = desks->messages(*ada.person());
    pass(day - minutes{1});
    EXPECT_EQ(desks->walk(), 0);
    EXPECT_EQ(desks->messages(*ada.person()), kept);
    pass(minutes{2});
    EXPECT_GT(desks->walk(), 0);
    EXPECT_EQ(desks->messages(*ada.person()), 0);
}

TEST_P(RetentionTest, GoesThroughManyMessagesAndPeopleInSlices)
{
    desks->save(1);
    auto& house = *desks->house;
    std::vector<Actor> people;
    for (int i = 0; i < 30; ++i)
        people.push_back(house.person("P" + std::to_string(i)));
    const auto many = people.front();
    must(house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
        const auto conversation = ConversationId::at(writing.now());
        for (int i = 0; i < 1200; ++i) {
            support::Message message;
            message.id = MessageId::random();
            message.conversation = conversation;
            message.person = *many.person();
            message.at = writing.now() + std::chrono::milliseconds{i};
            message.text = "words";
            TRY(support::insert_message(writing, message));
        }
        return {};
    }));
    for (const auto& person : people) {
        desks->answer(person, {{"record", true, "t", {}}});
        say(person, "hello");
    }
    pass(day * 2);
    const auto first = must(desks->retention.slice(house.system(), {}));
    EXPECT_GT(first.removed, 0);
    EXPECT_TRUE(first.next.has_value()) << "thirty people are more than one slice carries out";
    EXPECT_GT(desks->walk(), 0);
    for (const auto& person : people)
        EXPECT_EQ(desks->messages(*person.person()), 0);
}

TEST_P(RetentionTest, TalkWithoutTheRecordIsTemporary)
{
    const auto ada = desks->house->person("Ada");
    const auto who = *ada.person();
    desks->answer(ada, {{"record", false, "t", {}}});
    say(ada, "I feel hopeless, nothing will ever get better");
    EXPECT_EQ(desks->findings_with_words(who), 1);
    pass(hours{23});
    say(ada, "still here");
    pass(hours{23});
    EXPECT_EQ(desks->walk(), 0) << "the last message is not a day old";
    pass(hours{2});
    EXPECT_GT(desks->walk(), 0);
    EXPECT_EQ(desks->messages(who), 0);
    EXPECT_EQ(desks->findings_with_words(who), 0);
    EXPECT_EQ(desks->count("SELECT COUNT(*) FROM conversation WHERE organisation = $1 AND person = $2", who), 0);
    EXPECT_EQ(desks->walk(), 0);

    // Closed is over at once; the new conversation is not.
    say(ada, "hello");
    must(desks->conversations.begin_anew(ada, true));
    desks->walk();
    EXPECT_EQ(desks->messages(who), 1);

    // What is remembered of a message that may be sent again goes with it.
    constexpr auto remembered =
        "SELECT COUNT(*) FROM idempotency i JOIN account a ON a.organisation = i.organisation AND "
        "a.account = i.account WHERE i.organisation = $1 AND a.person = $2";
    must(desks->conversations.write(ada, "did this arrive?", "client-1"));
    EXPECT_TRUE(must(desks->conversations.write(ada, "did this arrive?", "client-1")).again);
    EXPECT_EQ(desks->count(remembered, who), 1);
    pass(hours{25});
    desks->walk();
    EXPECT_EQ(desks->messages(who), 0);
    EXPECT_EQ(desks->count(remembered, who), 0);
    EXPECT_FALSE(must(desks->conversations.write(ada, "did this arrive?", "client-1")).again);
}

TEST_P(RetentionTest, TalkInWhoseTimeAnAlertStoodIsKept)
{
    desks->save(30);
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    const auto who = *ada.person();
    desks->answer(ada, {{"record", false, "t", {}}});
    say(ada, "I want to kill myself");
    const auto kept = desks->messages(who);
    pass(day * 2);
    EXPECT_EQ(desks->walk(), 0) << "never with an open alert";
    desks->close_alert(maeve, who);
    desks->walk();
    EXPECT_EQ(desks->messages(who), kept);
    // It is over all the same: what is said once danger was let go of, after seven days, is temporary again.
    pass(day * 6);
    const auto next = must(desks->conversations.current(ada));
    EXPECT_EQ(next.messages.size(), 1U);
    say(ada, "hello");
    pass(hours{25});
    desks->walk();
    EXPECT_EQ(desks->messages(who), kept);
    EXPECT_EQ(desks->walk(), 0);
    pass(day * 31);
    desks->walk();
    EXPECT_EQ(desks->messages(who), 0);
}

TEST_P(RetentionTest, WhatWasKeptWithConsentStaysWhenItIsTakenBack)
{
    const auto ada = desks->house->person("Ada");
    const auto who = *ada.person();
    desks->answer(ada, {{"record", true, "t", {}}});
    say(ada, "hello");
    const auto kept = desks->messages(who);
    pass(hours{1});
    desks->answer(ada, {{"record", false, "t", {}}});
    pass(minutes{1});
    say(ada, "and this is temporary");
    pass(hours{25});
    EXPECT_GT(desks->walk(), 0);
    EXPECT_EQ(desks->messages(who), kept);
    EXPECT_EQ(desks->walk(), 0);
}

TEST_P(RetentionTest, IsForTheServiceItself)
{
    const auto ada = desks->house->person("Ada");
    EXPECT_EQ(desks->retention.slice(ada, {}).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(desks->conversations.act_on_waits(ada).error().kind, ErrorKind::NotAllowed);
}

} // namespace

} // namespace handrail::errands
