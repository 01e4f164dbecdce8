#include <gmock/gmock.h>

#include "errands/desks.h"
#include "support/drafts.h"
#include "support/summary.h"

// What is put before the human who has a conversation: drafts that nothing sends, and a summary that keeps to consent.
namespace handrail::errands {

namespace {

using std::chrono::minutes;
using test::must;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Offered : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        tom = house.staff(Role::Clinician, "tom", {house.team});
        ada = house.person("Ada");
        conversation = must(desks->conversations.current(*ada)).id;
    }
    void says(const std::string& words)
    {
        desks->house->clock.pass(std::chrono::seconds{5});
        must(desks->conversations.write(*ada, words, {}));
    }
    std::optional<support::DraftReply> draft() { return must(desks->conversations.draft(*maeve, conversation)); }
    std::size_t said() { return must(desks->conversations.current(*ada)).messages.size(); }
    support::ConversationSummary summary() { return must(desks->conversations.summary(*maeve, conversation)); }

    std::optional<Actor> maeve, tom, ada;
    ConversationId conversation;
};

INSTANTIATE_TEST_SUITE_P(Stores, Offered, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(Offered, ADraftIsMadeForWhoHasTheConversationAndNothingSendsIt)
{
    must(desks->conversations.take(*maeve, conversation));
    EXPECT_FALSE(draft().has_value()) << "there is nothing to answer";
    says("I feel so alone since I moved here");
    const auto before = said();
    const auto made = draft();
    ASSERT_TRUE(made.has_value());
    EXPECT_FALSE(made->text.empty());
    EXPECT_TRUE(made->fixed.empty());
    EXPECT_EQ(made->text, draft()->text) << "the same each time it is asked for";
    EXPECT_TRUE(desks->guard.check(made->text, {}, desks->dialogue).allowed);
    EXPECT_THAT(made->text, Not(HasSubstr("I am an AI")));
    desks->house->clock.pass(minutes{45});
    must(desks->conversations.act_on_waits(desks->house->system()));
    EXPECT_EQ(said(), before) << "nobody pressed send";
    EXPECT_EQ(desks->conversations.draft(*tom, conversation).error().kind, ErrorKind::Conflict);
    EXPECT_FALSE(desks->conversations.draft(*ada, conversation).ok());
    // Sent by the human it is the human's, and the draft is over.
    must(desks->conversations.write_as_human(*maeve, conversation, made->text, {}));
    EXPECT_EQ(must(desks->conversations.current(*ada)).messages.back().author, support::Author::Human);
    EXPECT_FALSE(draft().has_value());
}

TEST_P(Offered, InDangerTheDraftIsTheProtocolsOwnWords)
{
    must(desks->conversations.take(*maeve, conversation));
    says("I am going to kill myself tonight");
    const auto before = said();
    const auto made = draft();
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(made->urgency, Urgency::Now);
    EXPECT_TRUE(made->text.empty());
    EXPECT_THAT(made->fixed, HasSubstr("112"));
    EXPECT_FALSE(made->fixed_id.empty());
    EXPECT_EQ(said(), before);
}

TEST_P(Offered, NoDraftSaysThatSomebodyWillCome)
{
    must(desks->conversations.take(*maeve, conversation));
    says("can I talk to a real person?");
    EXPECT_FALSE(draft().has_value());
}

TEST_P(Offered, G4_TheSummaryHasLevelEvidenceCountryAndWhatWasAsked)
{
    says("I feel hopeless and I want to die");
    const auto seen = summary();
    EXPECT_TRUE(seen.words);
    EXPECT_EQ(seen.urgency, Urgency::Today);
    EXPECT_EQ(seen.category, Category::Suicide);
    EXPECT_EQ(seen.country, "IE");
    ASSERT_FALSE(seen.heard.empty());
    EXPECT_FALSE(seen.heard.front().why.empty());
    ASSERT_FALSE(seen.heard.front().evidence.empty());
    EXPECT_THAT(seen.heard.front().evidence.front().text, HasSubstr("die"));
    ASSERT_FALSE(seen.asked.empty()) << "the direct question of the protocol";
    EXPECT_FALSE(seen.asked.back().answered);
    says("yes");
    EXPECT_TRUE(summary().asked.front().answered);
}

TEST_P(Offered, G4_WithoutConsentAndWithoutDangerTheSummaryHoldsNoWord)
{
    desks->answer(*ada, {{"staff_reading", false, "t", {}}});
    says("my zebrafish is ill and I feel low");
    must(desks->conversations.want_person(*ada, true));
    const auto asked_at = desks->house->clock.now();
    desks->house->clock.pass(minutes{2});
    const auto seen = summary();
    EXPECT_FALSE(seen.words);
    EXPECT_EQ(seen.state, support::ConversationState::Waiting);
    EXPECT_EQ(seen.country, "IE");
    ASSERT_TRUE(seen.asked_at.has_value());
    EXPECT_EQ(*seen.asked_at, asked_at);
    EXPECT_THAT(seen.asked, IsEmpty());
    EXPECT_THAT(seen.tried, IsEmpty());
    for (const auto& heard : seen.heard) {
        EXPECT_THAT(heard.why, IsEmpty());
        EXPECT_THAT(heard.evidence, IsEmpty());
    }
    EXPECT_EQ(desks->conversations.open(*maeve, conversation).error().kind, ErrorKind::NotAllowed);
    // Danger is a basis of its own.
    says("I am going to kill myself tonight");
    EXPECT_TRUE(summary().words);
    EXPECT_FALSE(summary().heard.front().evidence.empty());
    EXPECT_TRUE(desks->conversations.open(*maeve, conversation).ok());
}

TEST_P(Offered, G4_TheSummaryIsForTheCareTeam)
{
    auto& house = *desks->house;
    const auto stranger = house.staff(Role::Clinician, "elsewhere", {must(house.teams->create(house.system(), "Other"))});
    EXPECT_EQ(desks->conversations.summary(stranger, conversation).error().kind, ErrorKind::NotAllowed);
    EXPECT_FALSE(desks->conversations.summary(*ada, conversation).ok());
}

} // namespace

} // namespace handrail::errands
