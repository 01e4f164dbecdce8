#include "errands/whatsapp_people.h"

// A WhatsApp number that becomes part of somebody's account on the page: one record, one conversation, one set of clocks.
namespace handrail::errands {

namespace {

using testing::HasSubstr;
using testing::Not;

const std::string number = "353871234567";

class WhatsAppLink : public WhatsApp {
protected:
    std::string code_for(const Actor& person) { return must(desk->fresh_code(person)).text; }
    std::string all_of(const std::vector<GraphStandIn::Received>& received)
    {
        std::string all;
        for (const auto& each : received)
            all += each.text() + "\n";
        return all;
    }
    std::string sends(const std::string& id, const std::string& words, const std::string& from = number)
    {
        return all_of(writes(id, text(words), from));
    }
    /// Somebody on the page, with that number.
    Actor joined(const std::string& name = "Ada")
    {
        const auto person = desks->house->person(name);
        EXPECT_THAT(sends("join", code_for(person)), HasSubstr("now belongs to your account"));
        return person;
    }
    support::Exchange on_the_page(const Actor& who, const std::string& words)
    {
        pass(seconds{1});
        return must(desks->conversations.write(who, words, {}));
    }
    int deeds(PersonId id, const std::string& deed)
    {
        std::int64_t count = 0;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            const rows::Statement all{"test.deeds", "SELECT COUNT(*) FROM audit_entry WHERE organisation = $1 AND "
                                                    "person = $2 AND deed = $3"};
            count = TRY(reading.rows(all, {id, deed})).front()[0].number();
            return {};
        }));
        return static_cast<int>(count);
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, WhatsAppLink, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(WhatsAppLink, ACodeFromThePageMakesTheNumberThePersonsOnce)
{
    const auto ada = desks->house->person("Ada");
    const auto code = code_for(ada);
    const auto got = sends("1", code);
    EXPECT_EQ(person(number), *ada.person());
    EXPECT_THAT(got, HasSubstr("now belongs to your account"));
    EXPECT_THAT(got, HasSubstr("I am an AI of Handrail: not a person")) << "first words on this channel (A1)";
    EXPECT_THAT(got, HasSubstr("Meta's servers"));
    EXPECT_THAT(got, Not(HasSubstr("stays apart"))) << "nobody had the number";
    EXPECT_TRUE(record_of(*ada.person()).empty()) << "no conversation about it";
    EXPECT_EQ(must(desk->joined(ada)).ends_in, "67");
    EXPECT_EQ(deeds(*ada.person(), "join.whatsapp"), 1);
    // One conversation, whichever way it goes on; the age on the page is not asked again.
    const auto said = on_the_page(ada, "my work was long today");
    EXPECT_EQ(writes("2", text("and the boss was loud")).size(), 1U);
    EXPECT_EQ(last_of(*ada.person(), support::Author::Person).conversation, said.message.conversation);
    EXPECT_EQ(last_of(*ada.person(), support::Author::Person).text, "and the boss was loud");

    // Wrong, used, ended: the same plain words, and nothing about anybody.
    const auto ben = desks->house->person("Ben");
    const auto late = code_for(ben);
    const auto used = sends("3", code, "353870000001");
    EXPECT_THAT(used, HasSubstr("This code opens nothing"));
    const auto wrong = sends("4", "LINK 0000-0000", "353870000002");
    pass(minutes{10});
    const auto ended = sends("5", late, "353870000003");
    EXPECT_EQ(used, wrong);
    EXPECT_EQ(ended, wrong);
    for (const auto* each : {"353870000001", "353870000003"})
        EXPECT_NE(person(each), *ben.person());
    EXPECT_EQ(person(number), *ada.person());
    // An earlier code ends with the next; in their own words, and as people write it.
    const auto first = code_for(ben);
    const auto second = must(desk->fresh_code(ben)).code;
    EXPECT_THAT(sends("6", first, "353870000004"), HasSubstr("opens nothing"));
    EXPECT_THAT(sends("7", " verbinden " + second.substr(0, 4) + " " + second.substr(5) + ". ", "353870000005"),
                HasSubstr("now belongs"));
    EXPECT_EQ(person("353870000005"), *ben.person());
    EXPECT_EQ(jobs("link_code"), 1) << "the ended one waits to be cleared";
    pass(hours{2});
    must(outbox->clear_old(system()));
    EXPECT_EQ(jobs("link_code") + jobs("link_try"), 0);
}

TEST_P(WhatsAppLink, C15_DangerWrittenThereIsAnAlertAboutThePersonStaffKnow)
{
    const auto ada = joined();
    const auto got = sends("1", danger);
    const auto alert = desks->alert(*ada.person());
    ASSERT_TRUE(alert.has_value());
    EXPECT_EQ(alert->urgency, Urgency::Now);
    EXPECT_THAT(got, HasSubstr("112"));
    // And what was heard on the page counts here.
    const auto ben = desks->house->person("Ben");
    EXPECT_THAT(sends("j", code_for(ben), "353870000009"), HasSubstr("now belongs"));
    on_the_page(ben, "my wife left me and I cannot go on");
    writes("2", text("which bridge is the highest one here"), "353870000009");
    EXPECT_GE(need(desks->alert(*ben.person())->urgency), need(Urgency::Today));
}

TEST_P(WhatsAppLink, A3_OneClockRunsThroughBothChannels)
{
    // By the rules of minors: every hour, with a break (F2).
    const auto ada = joined();
    must(desks->house->record->write(system(), [&](trust::Writing& writing) {
        return trust::ContactDesk(*desks->house->record, *desks->house->keyring)
            .set_age_band(writing, *ada.person(), "13_17");
    }));
    const auto notice = [](const std::string& words) { return words.find("not a person") != std::string::npos; };
    on_the_page(ada, "my homework was long today");
    for (int i = 0; i < 5; ++i) {
        pass(minutes{10});
        const auto words = "and then the boss was loud " + std::to_string(i);
        const auto told = i % 2 == 0 ? sends("c" + std::to_string(i), words) : on_the_page(ada, words).replies.front().text;
        EXPECT_FALSE(notice(told)) << i << told;
    }
    pass(minutes{11});
    EXPECT_TRUE(notice(sends("hour", "it rained"))) << "an hour, wherever it was spent";
    pass(minutes{10});
    EXPECT_FALSE(notice(on_the_page(ada, "it stopped").replies.front().text)) << "said once";
}

TEST_P(WhatsAppLink, WhatAnswersGoesWhereTheLastWordsCameFrom)
{
    const auto ada = joined();
    const auto maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
    on_the_page(ada, "this is for the page alone");
    auto before = graph.received().size();
    pass(seconds{1});
    send();
    EXPECT_EQ(graph.received().size(), before) << "Meta carries nothing that was not written there";
    const auto got = sends("1", "I want to die");
    EXPECT_THAT(got, HasSubstr("*AI*"));
    const auto conversation = last_of(*ada.person(), support::Author::Ai).conversation;
    must(desks->conversations.take(maeve, conversation));
    pass(seconds{5});
    must(desks->conversations.write_as_human(maeve, conversation, "I am here with you.", {}));
    pass(seconds{1});
    before = graph.received().size();
    send();
    EXPECT_EQ(graph.received().size(), before + 2) << "came, and wrote: a conversation that began on the page";
    on_the_page(ada, "now I sit at the computer");
    pass(seconds{5});
    must(desks->conversations.write_as_human(maeve, conversation, "Then we go on there.", {}));
    pass(seconds{1});
    before = graph.received().size();
    send();
    EXPECT_EQ(graph.received().size(), before);
    EXPECT_EQ(desks->alert(*ada.person())->reason.find("did not reach"), std::string::npos);
}

TEST_P(WhatsAppLink, WhatWasWrittenBeforeStaysWithTheFormerRecordAndItsAlertStaysOpen)
{
    const auto former = known();
    writes("1", text(danger));
    const auto maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
    const auto conversation = last_of(former, support::Author::Ai).conversation;
    must(desks->alerts.acknowledge(maeve, desks->alert(former)->id, {}));
    const auto words = record_of(former).size();
    const auto ada = desks->house->person("Ada");
    const auto got = sends("2", code_for(ada));
    EXPECT_THAT(got, HasSubstr("stays apart"));
    EXPECT_EQ(person(number), *ada.person());
    EXPECT_EQ(record_of(former).size(), words);
    EXPECT_TRUE(record_of(*ada.person()).empty()) << "nothing is merged";
    ASSERT_TRUE(desks->alert(former).has_value());
    EXPECT_EQ(desks->alert(former)->state, care::AlertState::Open) << "whoever was about to answer there hears of it";
    EXPECT_THAT(desks->alert(former)->reason, HasSubstr("joined to somebody's account"));
    ASSERT_TRUE(desks->alert(*ada.person()).has_value()) << "and so does whoever looks after the account";
    EXPECT_EQ(desks->alert(*ada.person())->urgency, Urgency::Now);
    EXPECT_EQ(deeds(*ada.person(), "link.contact"), 1);
    EXPECT_EQ(deeds(former, "unlink.contact"), 1);
    // From now on it is Ada's.
    writes("3", text("the weather is fine today"));
    EXPECT_EQ(last_of(*ada.person(), support::Author::Person).text, "the weather is fine today");
    EXPECT_EQ(record_of(former).size(), words);
    // What a colleague writes there goes to nobody, and they are told.
    must(desks->conversations.take(maeve, conversation));
    pass(seconds{5});
    must(desks->conversations.write_as_human(maeve, conversation, "Are you there?", {}));
    pass(seconds{1});
    const auto before = graph.received().size();
    const auto again = steps(former, "raised_again");
    EXPECT_GE(send().handed_to_staff, 1);
    EXPECT_EQ(graph.received().size(), before);
    EXPECT_EQ(steps(former, "raised_again"), again + 1);
}

TEST_P(WhatsAppLink, WhatWasOnItsWayBeforeStillGoes)
{
    known();
    receive(delivery(message("1", text(danger))));
    work();
    const auto ada = desks->house->person("Ada");
    receive(delivery(message("2", text(code_for(ada)))));
    work();
    pass(seconds{1});
    const auto before = graph.received().size();
    send();
    const auto all = graph.received();
    EXPECT_THAT(all_of({all.begin() + static_cast<std::ptrdiff_t>(before), all.end()}), HasSubstr("112"));
}

TEST_P(WhatsAppLink, StopAndThePageTakeTheNumberAway)
{
    const auto ada = joined();
    writes("1", text("the weather is fine today"));
    const auto got = writes("2", text("STOP"));
    ASSERT_EQ(got.size(), 1U) << "said once";
    EXPECT_THAT(got[0].text(), HasSubstr("nothing more from us"));
    EXPECT_THAT(got[0].text(), HasSubstr("no longer belongs"));
    EXPECT_EQ(std::string(got[0].body.at("to").as_string()), number);
    EXPECT_TRUE(person(number).empty());
    EXPECT_FALSE(must(desk->joined(ada)).at.has_value());
    EXPECT_FALSE(record_of(*ada.person()).empty()) << "what was written stays";
    receive(delivery(message("2", text("STOP"))));
    EXPECT_EQ(work().repeats, 1);
    // Whoever writes again is somebody new, and in danger gets everything.
    EXPECT_THAT(sends("3", danger), HasSubstr("112"));
    const auto fresh = person(number);
    EXPECT_NE(fresh, *ada.person());
    EXPECT_TRUE(desks->alert(fresh).has_value());
    EXPECT_FALSE(desks->alert(*ada.person()).has_value());

    const auto ben = desks->house->person("Ben");
    sends("4", code_for(ben), "353870000004");
    pass(seconds{1});
    must(desk->part(ben));
    must(desk->part(ben));
    EXPECT_TRUE(person("353870000004").empty());
    auto before = graph.received().size();
    send();
    ASSERT_EQ(graph.received().size(), before + 1);
    EXPECT_THAT(graph.received().back().text(), HasSubstr("no longer belongs"));
    EXPECT_EQ(std::string(graph.received().back().body.at("to").as_string()), "353870000004");
    // On the page it goes on, and nothing of it goes there.
    on_the_page(ben, "I am only here now");
    pass(seconds{1});
    before = graph.received().size();
    EXPECT_EQ(send().handed_to_staff, 0);
    EXPECT_EQ(graph.received().size(), before);
    // And back again.
    EXPECT_THAT(sends("5", code_for(ben), "353870000004"), HasSubstr("now belongs"));
    EXPECT_THAT(sends("6", "here again", "353870000004"), HasSubstr("*AI*"));
}

TEST_P(WhatsAppLink, AnotherNumberTakesThePlaceOfTheFirst)
{
    const auto ada = joined();
    EXPECT_THAT(sends("2", code_for(ada), "353870000002"), HasSubstr("now belongs"));
    EXPECT_EQ(person("353870000002"), *ada.person());
    EXPECT_TRUE(person(number).empty());
    writes("3", text("hello"));
    EXPECT_NE(person(number), *ada.person());
    // An id that led to somebody else does not take a joined number away.
    receive(delivery(R"({"id":"wamid.x","timestamp":")" + seconds_text(now()) + R"(","type":"text","text":{"body":"hello"}})",
                     {}, R"({"user_id":"US.777"})"));
    work();
    ASSERT_NE(person_of_id("US.777"), *ada.person());
    receive(delivery(message("y", R"("from_user_id":"US.777",)" + text("it is me"), "353870000002")));
    work();
    EXPECT_EQ(person("353870000002"), *ada.person());
    EXPECT_EQ(person_of_id("US.777"), *ada.person());
    EXPECT_EQ(last_of(*ada.person(), support::Author::Person).text, "it is me");
}

TEST_P(WhatsAppLink, ErasureTakesTheNumberAndItsCodes)
{
    const auto ada = joined();
    const auto code = code_for(ada);
    must(desks->house->erasure->erase(system(), *ada.person()));
    EXPECT_TRUE(person(number).empty());
    EXPECT_THAT(sends("1", code), HasSubstr("opens nothing"));
    EXPECT_NE(person(number), *ada.person());
}

TEST_P(WhatsAppLink, GuessingEndsAndOnlyAHashIsKept)
{
    const auto ada = desks->house->person("Ada");
    const auto made = must(desk->fresh_code(ada));
    const auto digits = made.code.substr(0, 4) + made.code.substr(5);
    for (const auto& each : {made.code, digits})
        EXPECT_TRUE(test::files_holding(desks->house->folder.path(), each).empty());
    for (int i = 0; i < 5; ++i)
        EXPECT_THAT(sends("g" + std::to_string(i), "LINK 1234-567" + std::to_string(i)), HasSubstr("opens nothing"));
    EXPECT_THAT(sends("right", made.text), HasSubstr("opens nothing")) << "after five wrong ones not even the right one";
    EXPECT_THAT(sends("other", made.text, "353870000001"), HasSubstr("now belongs")) << "somebody else is not held up";
    pass(hours{1});
    EXPECT_THAT(sends("later", code_for(ada)), HasSubstr("now belongs"));
    for (int i = 0; i < 4; ++i)
        code_for(ada);
    const auto refused = desk->fresh_code(ada);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::TooMuch);
    // Words that only begin so are words.
    const auto before = record_of(*ada.person()).size();
    writes("words", text("link 12 of the chain is me, I am going to kill myself tonight"));
    EXPECT_GT(record_of(*ada.person()).size(), before);
    EXPECT_TRUE(desks->alert(*ada.person()).has_value());
}

} // namespace

} // namespace handrail::errands
