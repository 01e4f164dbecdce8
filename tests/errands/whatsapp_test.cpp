#include "errands/whatsapp_people.h"

namespace handrail::errands {

namespace {

using testing::HasSubstr;
using testing::Not;

INSTANTIATE_TEST_SUITE_P(Stores, WhatsApp, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(WhatsApp, A1_TheFirstMessageSaysThatItIsAnAiAndWhoCarriesTheWords)
{
    const auto got = writes("1", text("hello"));
    ASSERT_EQ(got.size(), 2U);
    EXPECT_EQ(got[0].text().rfind("I am an AI of Handrail: not a person, not a clinician, not an emergency service.", 0),
              0U)
        << got[0].text();
    EXPECT_THAT(got[0].text(), HasSubstr("Meta's servers"));
    EXPECT_THAT(got[0].text(), HasSubstr("https://help.example.org"));
    EXPECT_THAT(got[0].text(), HasSubstr("STOP ends it"));
    EXPECT_THAT(got[0].text(), HasSubstr("*AI*"));
    EXPECT_EQ(std::string(got[0].body.at("to").as_string()), "353871234567");
    // In danger there is no time for all of it: that it is an AI comes first, then the fixed words, then the rest.
    const auto other = writes("2", text(danger), "353870000000");
    ASSERT_EQ(other.size(), 2U);
    EXPECT_EQ(other[0].text().rfind("I am an AI of Handrail, not a person", 0), 0U) << other[0].text();
    EXPECT_THAT(other[1].text(), HasSubstr("Meta's servers"));
}

// The gate of the sign-up holds here too; words of danger are answered before it opens, and nobody's are lost.
TEST_P(WhatsApp, J8_NobodyNewComesInBeforeTheServiceIsOpenButInDanger)
{
    open = false;
    EXPECT_TRUE(writes("1", text("hello")).empty());
    EXPECT_EQ(person("353871234567"), PersonId{});
    const auto got = writes("2", text(danger), "353870000000");
    ASSERT_FALSE(got.empty());
    EXPECT_TRUE(desks->alert(person("353870000000")).has_value());
    open = true;
    EXPECT_FALSE(writes("3", text("hello again")).empty());
    EXPECT_NE(person("353871234567"), PersonId{});
    // Whoever is known is answered, whatever happens to the gate.
    open = false;
    EXPECT_FALSE(writes("4", text("are you there")).empty());
}

TEST_P(WhatsApp, F1_TheAgeIsAskedOnceAndNeverInADisclosure)
{
    const auto got = writes("1", text(danger));
    for (const auto& each : got)
        EXPECT_THAT(each.choices(), Not(testing::Contains("a|13_17")));
    const auto next = writes("2", text("the weather is fine today"), "353871111111");
    ASSERT_EQ(next.size(), 2U);
    EXPECT_THAT(next[1].choices(), testing::ElementsAre("a|under_13", "a|13_17", "a|18_25", "a|26_64", "a|65_plus"));
    const auto thanks = writes("3",
                               R"("type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":"a|13_17","title":"13 to 17"}})",
                               "353871111111");
    ASSERT_EQ(thanks.size(), 1U);
    EXPECT_THAT(thanks[0].text(), HasSubstr("Thank you"));
    must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
        EXPECT_EQ(TRY(care::read_person_state(reading, person("353871111111"))).age_band, "13_17");
        return {};
    }));
    EXPECT_EQ(writes("4", text("I walked the dog"), "353871111111").size(), 1U);
}

TEST_P(WhatsApp, C12_InDangerTheAlertIsRaisedAndTheFixedWordsGoWholeWithTheirNumbers)
{
    const auto id = known();
    const auto got = writes("1", text(danger));
    const auto said = last_of(id, support::Author::Ai);
    ASSERT_FALSE(said.text_id.empty());
    std::string all;
    for (const auto& each : got)
        all += each.text();
    std::string whole = "*AI*\n" + said.text;
    EXPECT_THAT(all, HasSubstr("112"));
    // In one part or several: nothing is left out but the space between two parts.
    const auto bare = [](std::string text) {
        std::erase_if(text, [](char c) { return c == ' ' || c == '\n'; });
        return text;
    };
    EXPECT_EQ(bare(all), bare(whole));
    const auto alert = desks->alert(id);
    ASSERT_TRUE(alert.has_value());
    EXPECT_EQ(alert->urgency, Urgency::Now);
    EXPECT_EQ(alert->told_text, said.text);
}

TEST_P(WhatsApp, G7_TheSameMessageThreeTimesIsOneReplyAndOneAlert)
{
    const auto id = known();
    const auto before = graph.received().size();
    const auto body = delivery(message("twice", text(danger)));
    receive(body);
    receive(body);
    EXPECT_EQ(work().repeats, 1);
    receive(body);
    restart();
    pass(minutes{2});
    EXPECT_EQ(work().repeats, 1);
    send();
    std::string all;
    for (const auto& each : graph.received())
        if (each.text().find("112") != std::string::npos)
            all += "x";
    EXPECT_EQ(all, "x");
    const auto sent = graph.received().size() - before;
    send();
    EXPECT_EQ(graph.received().size() - before, sent);
    EXPECT_EQ(steps(id, "raised"), 1);
    EXPECT_EQ(steps(id, "raised_again"), 0);
    // A week later Meta still tries.
    pass(hours{24 * 7});
    receive(body);
    EXPECT_EQ(work().repeats, 1);
}

TEST_P(WhatsApp, ACrashBetweenTheAcknowledgementAndTheWorkLosesNothing)
{
    receive(delivery(message("1", text(danger))));
    EXPECT_TRUE(person("353871234567").empty()) << "nothing was worked off";
    restart();
    EXPECT_EQ(work().messages, 1);
    EXPECT_TRUE(desks->alert(person("353871234567")).has_value());
    EXPECT_EQ(jobs("whatsapp_event"), 0);
    EXPECT_TRUE(graph.received().empty());
    restart();
    send();
    EXPECT_THAT(graph.received().front().text(), HasSubstr("112"));
    EXPECT_EQ(jobs("whatsapp_out"), 0);
}

TEST_P(WhatsApp, TwoUsersInOneDeliveryAreTwoPeople)
{
    receive(delivery(message("1", text("hello"), "353871111111") + "," + message("2", text(danger), "353872222222")));
    EXPECT_EQ(work().messages, 2);
    EXPECT_NE(person("353871111111"), person("353872222222"));
    EXPECT_FALSE(desks->alert(person("353871111111")).has_value());
    EXPECT_TRUE(desks->alert(person("353872222222")).has_value());
}

TEST_P(WhatsApp, AMessageOlderThanWhatIsRememberedIsSetAside)
{
    const auto id = known();
    const auto before = record_of(id).size();
    receive(delivery(message("old", text(danger), "353871234567", now() - hours{24 * 8} - seconds{1})));
    EXPECT_EQ(work().set_aside, 1);
    EXPECT_EQ(record_of(id).size(), before);
    EXPECT_FALSE(desks->alert(id).has_value());
    receive(delivery(message("young", text(danger), "353871234567", now() - hours{24 * 7})));
    EXPECT_EQ(work().messages, 1) << "an outage of a week";
    EXPECT_TRUE(desks->alert(id).has_value());
}

TEST_P(WhatsApp, AUserWithoutANumberIsKnownByTheIdAndMergedWhenBothAreNamed)
{
    receive(delivery(R"({"id":"wamid.a","timestamp":")" + seconds_text(now()) + R"(","type":"text","text":{"body":"hello"}})",
                     {}, R"({"profile":{"username":"s"},"user_id":"US.777"})"));
    EXPECT_EQ(work().messages, 1);
    const auto by_id = person_of_id("US.777");
    ASSERT_FALSE(by_id.empty());
    pass(seconds{1});
    send();
    ASSERT_FALSE(graph.received().empty());
    EXPECT_EQ(std::string(graph.received()[0].body.at("recipient").as_string()), "US.777");
    // Somebody who was known by number only, and then both are named together.
    writes("b", text("hello"), "15550001111");
    const auto by_number = person("15550001111");
    EXPECT_NE(by_number, by_id);
    receive(delivery(message("c", R"("from_user_id":"US.777",)" + text("me again"), "15550001111")));
    work();
    EXPECT_EQ(person("15550001111"), by_id);
    EXPECT_EQ(person_of_id("US.777"), by_id);
    EXPECT_FALSE(record_of(by_number).empty()) << "nobody's record is taken away";
}

TEST_P(WhatsApp, StopIsSaidOnceAndDangerIsAnsweredAfterIt)
{
    const auto id = known();
    const auto maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
    auto got = writes("1", text("STOP"));
    ASSERT_EQ(got.size(), 1U);
    EXPECT_THAT(got[0].text(), HasSubstr("nothing more from us"));
    EXPECT_TRUE(writes("2", text("stop")).empty()) << "said once";
    EXPECT_EQ(last_of(id, support::Author::Person).text, "hello") << "no conversation about it";
    got = writes("3", text(danger));
    ASSERT_FALSE(got.empty());
    EXPECT_THAT(got[0].text(), HasSubstr("112"));
    ASSERT_TRUE(desks->alert(id).has_value());
    // What answers nothing does not go after another stop: the team hears of it.
    const auto conversation = last_of(id, support::Author::Ai).conversation;
    must(desks->alerts.acknowledge(maeve, desks->alert(id)->id, {}));
    must(desks->conversations.take(maeve, conversation));
    writes("4", text("Stop."));
    pass(seconds{5});
    must(desks->conversations.write_as_human(maeve, conversation, "Are you there?", {}));
    pass(seconds{1});
    const auto before = graph.received().size();
    EXPECT_GE(send().handed_to_staff, 1);
    EXPECT_EQ(graph.received().size(), before);
    EXPECT_EQ(desks->alert(id)->state, care::AlertState::Open);
}

TEST_P(WhatsApp, A7_WhatAHumanWritesIsMarkedAsTheirs)
{
    const auto id = known();
    const auto maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
    writes("1", text("I want to die"));
    const auto conversation = last_of(id, support::Author::Ai).conversation;
    must(desks->conversations.take(maeve, conversation));
    pass(seconds{5});
    must(desks->conversations.write_as_human(maeve, conversation, "I am here with you.", {}));
    pass(seconds{1});
    const auto before = graph.received().size();
    send();
    const auto all = graph.received();
    ASSERT_EQ(all.size(), before + 2);
    EXPECT_THAT(all[before].text(), HasSubstr("is here now"));
    EXPECT_THAT(all[before + 1].text(), HasSubstr("a person of Handrail*\nI am here with you."));
    // A result does not go over this channel, and whoever wrote it is told.
    pass(seconds{5});
    must(desks->conversations.write_as_human(maeve, conversation, "Your PHQ-9 total is 17.", {}));
    pass(seconds{1});
    EXPECT_EQ(send().handed_to_staff, 1);
    EXPECT_THAT(graph.received().back().text(), HasSubstr("does not belong on WhatsApp"));
    EXPECT_THAT(graph.received().back().text(), Not(HasSubstr("17")));
}

TEST_P(WhatsApp, AfterADayOnlyATemplateGoesOrTheStaffAreAsked)
{
    settings.templates = {{"en", "new_message"}};
    for (const bool asked_for : {false, true}) {
        restart();
        pass(minutes{2}); // until then the turn is that of the one before
        const std::string number = asked_for ? "353871111111" : "353872222222";
        writes("a" + number, text("I want to die"), number);
        if (asked_for)
            writes("b" + number, text("START"), number);
        const auto id = person(number);
        const auto maeve = desks->house->staff(Role::Clinician, "maeve" + number, {desks->house->team});
        const auto conversation = last_of(id, support::Author::Ai).conversation;
        must(desks->alerts.acknowledge(maeve, desks->alert(id)->id, {}));
        must(desks->conversations.take(maeve, conversation));
        send();
        pass(hours{25});
        must(desks->conversations.write_as_human(maeve, conversation, "How was your day?", {}));
        pass(seconds{1});
        if (asked_for)
            must(desks->conversations.write_as_human(maeve, conversation, "I am thinking of you.", {}));
        pass(seconds{1});
        const auto before = graph.received().size();
        const auto sent = send();
        EXPECT_EQ(sent.templates, asked_for ? 1 : 0);
        EXPECT_EQ(sent.handed_to_staff, asked_for ? 0 : 1);
        const auto all = graph.received();
        ASSERT_EQ(all.size(), before + (asked_for ? 1 : 0));
        EXPECT_EQ(desks->alert(id)->state, asked_for ? care::AlertState::Acknowledged : care::AlertState::Open);
        if (!asked_for)
            continue;
        EXPECT_EQ(std::string(all.back().body.at("type").as_string()), "template");
        // The person writes, and what waited goes.
        writes("c" + number, text("hello"), number);
        EXPECT_TRUE(std::ranges::any_of(graph.received(), [](const auto& each) {
            return each.text().find("How was your day?") != std::string::npos;
        }));
    }
}

TEST_P(WhatsApp, WhatMetaDoesNotTakeIsTriedAgainAndDangerIsToldToStaff)
{
    const auto id = known();
    receive(delivery(message("1", text(danger))));
    work();
    must(desks->alerts.acknowledge(desks->house->staff(Role::Clinician, "maeve", {desks->house->team}),
                                   desks->alert(id)->id, {}));
    for (const auto failure : {GraphStandIn::Failure{500, 0}, {429, 130429}, {0, 0}}) {
        graph.fail_next(failure);
        EXPECT_EQ(send().put_off, 1);
        EXPECT_EQ(send().put_off, 0) << "not at once";
        pass(minutes{6});
    }
    EXPECT_EQ(desks->alert(id)->state, care::AlertState::Open) << "after three tries a human has to reach the person";
    EXPECT_THAT(desks->alert(id)->reason, HasSubstr("did not reach the person"));
    EXPECT_GE(send().messages, 1);
    EXPECT_THAT(graph.received().back().text(), HasSubstr("112"));
    EXPECT_EQ(jobs("whatsapp_out"), 0);
}

TEST_P(WhatsApp, ATokenThatEndedIsTheOperatorsToKnow)
{
    const auto id = known();
    graph.fail_next({401, 190});
    receive(delivery(message("1", text(danger))));
    work();
    const auto sent = send();
    EXPECT_THAT(sent.problem, HasSubstr("190"));
    EXPECT_EQ(sent.handed_to_staff, 1);
    EXPECT_EQ(steps(id, "raised_again"), 1);
    pass(minutes{16});
    EXPECT_GE(send().messages, 1);
}

TEST_P(WhatsApp, AClosedWindowThatMetaKnowsOfIsHandedToStaff)
{
    const auto id = known();
    graph.fail_next({400, 131047});
    receive(delivery(message("1", text(danger))));
    work();
    EXPECT_EQ(send().handed_to_staff, 1);
    EXPECT_EQ(steps(id, "raised_again"), 1);
    EXPECT_EQ(jobs("whatsapp_out"), 0);
}

TEST_P(WhatsApp, AFailedStatusOfWordsForDangerIsAnAlertOnceInWhateverOrder)
{
    const auto id = known();
    writes("1", text(danger));
    std::string wamid;
    for (const auto& each : graph.received())
        if (each.text().find("112") != std::string::npos)
            wamid = each.id;
    const auto status = [&](const std::string& state) {
        receive(delivery({}, R"({"id":")" + wamid + R"(","status":")" + state +
                                 R"(","timestamp":"1","errors":[{"code":131026}]})"));
    };
    status("read");
    status("delivered");
    EXPECT_EQ(work().statuses, 1) << "read came first: it was delivered";
    EXPECT_EQ(steps(id, "raised_again"), 0);
    status("failed");
    status("failed");
    EXPECT_EQ(work().statuses, 1);
    EXPECT_EQ(steps(id, "raised_again"), 1);
    receive(delivery({}, R"({"id":"wamid.somebody-elses","status":"failed"})"));
    EXPECT_EQ(work().statuses, 0);
}

TEST_P(WhatsApp, WhatCannotBeReadIsSaidWithWhereAHumanAnswers)
{
    known();
    int number = 0;
    for (const auto* rest :
         {R"("type":"audio","audio":{"id":"1","voice":true})", R"("type":"image","image":{"id":"1"})",
          R"("type":"sticker","sticker":{"id":"1"})", R"("type":"unsupported","errors":[{"code":131051}])"}) {
        const auto got = writes("m" + std::to_string(++number), rest);
        ASSERT_EQ(got.size(), 1U) << rest;
        EXPECT_THAT(got[0].text(), HasSubstr("Please write it in words")) << rest;
        EXPECT_THAT(got[0].text(), HasSubstr("112")) << rest;
    }
    EXPECT_TRUE(writes("reaction", R"("type":"reaction","reaction":{"message_id":"wamid.x","emoji":"\ud83d\udc4d"})").empty());
    EXPECT_TRUE(writes("unknown", R"("type":"of_next_year")").empty());
}

TEST_P(WhatsApp, B1_CaptionsAndEditsAreScreenedAndARevokeCancelsNothing)
{
    const auto id = known();
    writes("1", R"("type":"image","image":{"id":"1","caption":")" + danger + "\"}");
    ASSERT_TRUE(desks->alert(id).has_value());
    writes("2", R"("type":"revoke","revoke":{"original_message_id":"wamid.1"})");
    EXPECT_TRUE(desks->alert(id).has_value());
    writes("3", text("fine"), "353873333333");
    EXPECT_FALSE(desks->alert(person("353873333333")).has_value());
    writes("4", R"("type":"edit","edit":{"original_message_id":"wamid.3","message":{"type":"text","text":{"body":")" +
                    danger + "\"}}}",
           "353873333333");
    EXPECT_TRUE(desks->alert(person("353873333333")).has_value());
}

TEST_P(WhatsApp, L10_ACountryThatWasNotSwitchedOnHearsWhereToWriteAndDangerIsAnsweredThereToo)
{
    auto got = writes("1", text("hello"), "4915112345678");
    ASSERT_EQ(got.size(), 1U);
    EXPECT_THAT(got[0].text(), HasSubstr("https://help.example.org"));
    EXPECT_TRUE(record_of(person("4915112345678")).empty()) << "nothing of it is kept";
    got = writes("2", text(danger), "4915112345678");
    EXPECT_TRUE(desks->alert(person("4915112345678")).has_value());
    ASSERT_FALSE(got.empty());
    EXPECT_THAT(got[0].text(), HasSubstr("112"));
    got = writes("3", text("I am still here"), "4915112345678");
    ASSERT_FALSE(got.empty());
    EXPECT_THAT(got[0].text(), Not(HasSubstr("does not answer"))) << "not sent elsewhere in the middle of it";
}

TEST_P(WhatsApp, AChoiceThatIsTappedIsTheAnswerToItsQuestion)
{
    const auto id = known();
    std::string choice;
    for (const auto& each : writes("1", text("I want to die")))
        for (const auto& offered : each.choices())
            choice = offered;
    ASSERT_EQ(choice.rfind("c|", 0), 0U) << "the direct question has choices";
    const auto tapped =
        R"("type":"interactive","interactive":{"type":"list_reply","list_reply":{"id":")" + choice + R"(","title":"x"}})";
    EXPECT_FALSE(writes("2", tapped).empty());
    EXPECT_NE(last_of(id, support::Author::Person).text, "x") << "the words of the choice, not of the button";
    EXPECT_TRUE(writes("3", tapped).empty()) << "one touch sent twice is one answer";
    for (const auto& each : writes(
             "4", R"("type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"c|x|y","title":"Stop"}})"))
        EXPECT_THAT(each.text(), Not(HasSubstr("nothing more from us"))) << "a choice of an exercise ends no line";
}

TEST_P(WhatsApp, ErasingThePersonTakesTheLineAndWhatWaited)
{
    const auto id = known();
    receive(delivery(message("1", text("hello again"))));
    work();
    EXPECT_GE(jobs("whatsapp_out"), 1);
    must(desks->house->erasure->erase(system(), id));
    EXPECT_TRUE(person("353871234567").empty());
    const auto before = graph.received().size();
    send();
    EXPECT_EQ(graph.received().size(), before);
    EXPECT_EQ(jobs("whatsapp_out"), 0);
}

} // namespace

} // namespace handrail::errands
