#include <algorithm>

#include <gmock/gmock.h>

#include "care/presence.h"
#include "errands/desks.h"
#include "support/words.h"
#include "trust/actor_desk.h"
#include "trust/audit_book.h"

// What of danger goes on when a conversation ends, and what the person is told of who was told: on both stores (safety.md B1,
// B6, C6, C15).
namespace handrail::errands {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::must;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr const char* in_danger = "I am going to kill myself tonight";

class Talk : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (desks == nullptr)
            return;
        maeve = desks->house->staff(Role::Clinician, "maeve", {desks->house->team});
        kit = desks->house->staff(Role::Administrator, "kit");
        ada = desks->house->person("Ada");
        desks->answer(*ada, {{"staff_reading", true, "t", {}}});
    }
    void pass(Duration length) { desks->house->clock.pass(length); }
    support::Exchange says(const std::string& words, std::string_view channel = "web")
    {
        pass(minutes{1});
        return must(desks->conversations.write(*ada, words, {}, channel));
    }
    static const Block* told_in(const support::Message& message)
    {
        const auto at = std::find_if(message.blocks.begin(), message.blocks.end(),
                                     [](const Block& block) { return block.kind == Block::Kind::Told; });
        return at == message.blocks.end() ? nullptr : &*at;
    }
    support::Message told_last()
    {
        const auto talk = must(desks->conversations.current(*ada));
        for (auto at = talk.messages.rbegin(); at != talk.messages.rend(); ++at)
            if (told_in(*at) != nullptr)
                return *at;
        throw std::runtime_error("nothing was told");
    }
    void acknowledge()
    {
        must(desks->house->record->write(*maeve, [&](trust::Writing& writing) -> Result<void> {
            const auto alert = TRY(desks->alerts.open_alert(writing, *ada->person()));
            TRY(desks->alerts.acknowledge(writing, alert->id, {}));
            return desks->conversations.tell_opened(writing, alert->id);
        }));
    }
    /// How often a deed stands in the record of who did what about Ada.
    int noted(std::string_view deed)
    {
        trust::AuditBook::Filter filter;
        filter.deed = deed;
        return static_cast<int>(must(desks->house->audit->page(*kit, filter)).size());
    }
    std::optional<Actor> maeve, kit, ada;
};

INSTANTIATE_TEST_SUITE_P(Stores, Talk, testing::ValuesIn(both_stores), [](const auto& each) { return each.param.name; });

TEST_P(Talk, B6_ANewConversationStaysInTheProtocol)
{
    const auto first = says(in_danger);
    ASSERT_THAT(first.replies.front().text_id, HasSubstr("now."));
    pass(minutes{1});
    const auto anew = must(desks->conversations.begin_anew(*ada, true));
    EXPECT_EQ(anew.urgency, Urgency::Now);
    EXPECT_EQ(anew.state, support::ConversationState::Waiting) << "a human was asked for, and is still";
    EXPECT_FALSE(anew.waiting_text.empty());
    const auto thanks = says("thanks");
    EXPECT_EQ(thanks.message.conversation, anew.id);
    EXPECT_THAT(thanks.replies.front().text, HasSubstr("112")) << thanks.replies.front().text;
    EXPECT_EQ(must(desks->conversations.open(*maeve, anew.id)).urgency, Urgency::Now);
    // The next one too, and on another channel.
    pass(minutes{1});
    must(desks->conversations.begin_anew(*ada, false));
    const auto again = says("thanks", "whatsapp");
    EXPECT_THAT(again.replies.front().text, HasSubstr("112")) << again.replies.front().text;
    EXPECT_EQ(noted("let_go.danger"), 0);
}

TEST_P(Talk, C6_NothingIsSaidTwiceAcrossANewConversation)
{
    const auto sentences = [](const std::string& text) {
        std::set<std::string> out;
        for (const auto& line : support::sentences_of(text))
            out.insert(support::sentence_mark(line));
        return out;
    };
    auto said = sentences(says(in_danger).replies.front().text);
    must(desks->conversations.begin_anew(*ada, true));
    for (const auto& sentence : sentences(says(in_danger).replies.front().text))
        EXPECT_TRUE(said.insert(sentence).second) << sentence;
}

TEST_P(Talk, B6_WhatWasWrittenBeforeIsContextInTheNewConversation)
{
    // A question about a method is soon by itself, and today after despair (B8).
    says("I want to die");
    must(desks->conversations.begin_anew(*ada, true));
    const auto asked = says("and what would be a painless way");
    EXPECT_GE(need(asked.message.urgency), need(Urgency::Today));
    const auto finding = desks->conversations.judged("thanks");
    EXPECT_EQ(finding.urgency, Urgency::Usual);
    EXPECT_EQ(says("thanks").message.urgency, Urgency::Today) << "the earlier words are read with it";
}

TEST_P(Talk, B6_AfterSevenDaysDangerIsLetGoAndTheRecordSaysSo)
{
    says(in_danger);
    pass(hours{24 * 8});
    const auto anew = must(desks->conversations.begin_anew(*ada, true));
    EXPECT_EQ(anew.urgency, Urgency::Usual);
    EXPECT_EQ(noted("let_go.danger"), 1);
    EXPECT_THAT(says("thanks").replies.front().text, Not(HasSubstr("112")));
    // In one and the same conversation it is the same.
    says(in_danger);
    pass(hours{24 * 8});
    EXPECT_THAT(says("hello").replies.front().text, Not(HasSubstr("999")));
    EXPECT_EQ(noted("let_go.danger"), 2);
}

TEST_P(Talk, B6_EasingByASafetyAnswerStandsInTheRecord)
{
    says("he has a knife and he is coming for me");
    const auto reply = says("yes, I am somewhere safe now");
    EXPECT_EQ(noted("ease.danger"), 1) << reply.replies.front().text;
}

TEST_P(Talk, C15_ToldIsTrueOfTheDesksAndOfTheAlert)
{
    // Nobody has a page open.
    says(in_danger);
    ASSERT_NE(told_in(told_last()), nullptr);
    EXPECT_EQ(told_in(told_last())->state, "told");
    EXPECT_THAT(told_in(told_last())->text, HasSubstr("nobody has this page open"));
    // Somebody has, and has not opened it.
    must(care::mark_here(*desks->house->record, *maeve));
    const auto ben = desks->house->person("Ben");
    const auto other = must(desks->conversations.write(ben, in_danger, {}));
    EXPECT_THAT(told_in(other.replies.back())->text, HasSubstr("not opened yet"));
    // Acknowledged: the person is told by whom and when, once.
    pass(minutes{2});
    const auto before = must(desks->conversations.current(*ada)).messages.size();
    acknowledge();
    acknowledge();
    auto talk = must(desks->conversations.current(*ada));
    EXPECT_EQ(talk.messages.size(), before + 1);
    EXPECT_EQ(told_in(talk.messages.back())->state, "opened");
    EXPECT_THAT(talk.messages.back().text, HasSubstr(must(desks->house->accounts->staff(desks->house->system(), maeve->account())).display_name));
    // What is written next at today is added to it; at now it goes out again, and nobody has opened that.
    const auto renewed = says("I will do it now, the pills are in my hand");
    EXPECT_EQ(told_in(renewed.replies.back())->state, "told");
    EXPECT_THAT(told_in(renewed.replies.back())->text, HasSubstr("again at"));
    EXPECT_FALSE(desks->alert(*ada->person())->acknowledged_at.has_value());
}

TEST_P(Talk, C15_NobodyIsToldOfAnAlertTheyWereNotToldOf)
{
    // Whoever took the conversation over needs no announcement.
    says(in_danger);
    const auto id = must(desks->conversations.current(*ada)).id;
    must(desks->conversations.take(*maeve, id));
    const auto before = must(desks->conversations.current(*ada)).messages.size();
    acknowledge();
    EXPECT_EQ(must(desks->conversations.current(*ada)).messages.size(), before);
}

TEST_P(Talk, C15_ThePersonIsToldInTheirOwnLanguage)
{
    const auto told = says("ich bringe mich heute Nacht um").replies.back();
    EXPECT_THAT(told.text, HasSubstr("Dein Team")) << told.text;
    EXPECT_THAT(told.text, Not(HasSubstr("team was"))) << told.text;
    EXPECT_THAT(must(desks->conversations.current(*ada)).waiting_text, HasSubstr("Du hast um"));
    acknowledge();
    EXPECT_THAT(must(desks->conversations.current(*ada)).messages.back().text, HasSubstr("geöffnet"));
}

TEST_P(Talk, B1_EveryMessageThatIsKeptWasScreened)
{
    says("hello");
    says("I slept badly");
    says(in_danger);
    // While a human has it, too.
    must(desks->conversations.take(*maeve, must(desks->conversations.current(*ada)).id));
    says("are you there");
    // The same one again is one.
    const auto sent = must(desks->conversations.write(*ada, "once", "client-1"));
    must(desks->conversations.write(*ada, "once", "client-1"));
    const auto counts = desks->conversations.counts();
    EXPECT_EQ(counts.received, 5U);
    EXPECT_EQ(counts.screened, counts.received);
    const auto now = must(desks->conversations.current(*ada));
    const auto kept = std::count_if(now.messages.begin(), now.messages.end(),
                                    [](const auto& message) { return message.author == support::Author::Person; });
    EXPECT_EQ(static_cast<std::uint64_t>(kept), counts.received) << "what is kept is what was counted";
}

} // namespace

} // namespace handrail::errands
