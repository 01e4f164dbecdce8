#include <gmock/gmock.h>

#include <algorithm>

#include "care/documents.h"
#include "care/saved_replies.h"
#include "errands/desks.h"
#include "errands/own_record.h"
#include "trust/audit_book.h"

// What passes from the AI to a human and back, and what stands beside it for colleagues; on both stores.
namespace handrail::errands {

namespace {

using test::must;
using testing::HasSubstr;
using testing::Not;

class HandOver : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        ada = house.person("Ada");
        desks->answer(*ada, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
        conversation = must(desks->conversations.current(*ada)).id;
    }
    std::string everything()
    {
        const OwnRecord own(*desks->house->record, *desks->house->accounts, *desks->house->consents);
        return must(own.everything(*ada));
    }
    std::string said()
    {
        std::string all;
        for (const auto& message : must(desks->conversations.current(*ada)).messages)
            all += message.text + "\n";
        return all;
    }
    std::vector<std::string> notes()
    {
        std::vector<std::string> texts;
        must(desks->house->record->read(*maeve, [&](trust::Reading& reading) -> Result<void> {
            texts.clear();
            for (const auto& note : TRY(care::notes_of(reading, *ada->person(), conversation)))
                texts.push_back(note.text);
            return {};
        }));
        return texts;
    }

    std::optional<Actor> maeve, ada;
    ConversationId conversation;
};

INSTANTIATE_TEST_SUITE_P(Stores, HandOver, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(HandOver, G8_ANoteIsNeverSaidAndIsInTheRecordThatThePersonMayTake)
{
    const std::string words = "Kanarienvogel: her brother has the tablets";
    must(desks->conversations.take(*maeve, conversation));
    must(desks->conversations.add_note(*maeve, conversation, words));
    EXPECT_THAT(notes(), testing::ElementsAre(words));
    EXPECT_THAT(said(), Not(HasSubstr("Kanarienvogel")));
    EXPECT_THAT(everything(), HasSubstr("Kanarienvogel"));
    EXPECT_TRUE(test::files_holding(desks->house->folder.path(), "Kanarienvogel").empty()) << "it is sealed";
    const auto looked = must(desks->house->audit->who_looked(*ada, std::nullopt, 100));
    EXPECT_TRUE(std::any_of(looked.begin(), looked.end(), [](const auto& line) { return line.deed == "write.staff_note"; }));
    EXPECT_FALSE(desks->conversations.add_note(*maeve, conversation, "  ").ok());
    EXPECT_FALSE(desks->conversations.add_note(*ada, conversation, "mine").ok());
}

TEST_P(HandOver, ANoteStaysWithItsConversation)
{
    must(desks->conversations.add_note(*maeve, conversation, "of the first"));
    desks->house->clock.pass(std::chrono::minutes{1});
    conversation = must(desks->conversations.begin_anew(*ada, true)).id;
    EXPECT_TRUE(notes().empty());
}

TEST_P(HandOver, TheLineOfTheHandBackWaitsForWhoeverComesNext)
{
    must(desks->conversations.take(*maeve, conversation));
    desks->house->clock.pass(std::chrono::seconds{5});
    must(desks->conversations.hand_back(*maeve, conversation, "Her brother is with her."));
    EXPECT_THAT(notes(), testing::ElementsAre("Her brother is with her."));
    EXPECT_THAT(said(), Not(HasSubstr("brother")));
}

TEST_P(HandOver, SavedRepliesAreTheLeadsToChangeAndNoneIsSentUnfilled)
{
    auto& house = *desks->house;
    const auto lead = house.staff(Role::Lead, "ruth", {house.team});
    const care::SavedReplyDesk replies(*house.record);
    const care::SavedReply here{"en", "I am here", "{name}, I am here and reading."};
    EXPECT_EQ(replies.save(*maeve, {{here}, 0}).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(replies.save(*ada, {{here}, 0}).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(replies.read(*ada).error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(must(replies.save(lead, {{here}, 0})).version, 1);
    EXPECT_EQ(must(replies.read(*maeve)).items, std::vector{here});
    EXPECT_EQ(replies.save(lead, {{}, 0}).error().kind, ErrorKind::Conflict) << "somebody saved in between";
    for (const auto& wrong : {care::SavedReply{"en", "a", "{age} years"}, care::SavedReply{"en", "a", "{"},
                              care::SavedReply{"english", "a", "b"}, care::SavedReply{"en", " ", "b"},
                              care::SavedReply{"en", "a", ""}})
        EXPECT_EQ(replies.save(lead, {{wrong}, 1}).error().kind, ErrorKind::Invalid) << wrong.text;
    must(desks->conversations.take(*maeve, conversation));
    EXPECT_EQ(desks->conversations.write_as_human(*maeve, conversation, here.text, {}).error().kind, ErrorKind::Invalid);
    EXPECT_THAT(said(), Not(HasSubstr("reading")));
}

} // namespace

} // namespace handrail::errands
