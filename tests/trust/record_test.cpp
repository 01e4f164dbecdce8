#include <gtest/gtest.h>

#include "base/text.h"
#include "trust/house.h"

namespace handrail::trust {
namespace {

using test::House;
using test::must;

constexpr rows::Statement put_answer{
    "test.put_answer", "INSERT INTO answer (organisation, person, answer, kind, instrument, version, at, urgency, "
                       "sealed_body) VALUES ($1, $2, $3, 'check_in', 'daily', '1', $4, 'usual', $5)"};
constexpr rows::Statement get_answer{
    "test.get_answer", "SELECT sealed_body FROM answer WHERE organisation = $1 AND person = $2 AND answer = $3"};
constexpr rows::Statement count_entries{"test.count_entries",
                                        "SELECT COUNT(*) FROM audit_entry WHERE organisation = $1 AND deed = $2"};
constexpr rows::Statement put_alert{
    "test.put_alert", "INSERT INTO alert (organisation, alert, person, team, finding, urgency, state, raised_at, step, "
                      "sealed_body) VALUES ($1, $2, $3, $4, $5, 'now', $6, $7, $8, $9)"};
constexpr rows::Statement set_alert{"test.set_alert",
                                    "UPDATE alert SET state = $2, step = $3 WHERE organisation = $1 AND person = $4"};

class RecordTest : public testing::Test {
protected:
    House house;

    RawId write_words(const Actor& person, const std::string& words)
    {
        const auto id = timed_id(house.clock.now());
        must(house.record->write(person, [&](Writing& writing) -> Result<void> {
            auto sealed = TRY(writing.seal(*person.person(), {"answer", "body", id}, Confidential(words)));
            TRY(writing.change(put_answer, {*person.person(), id, writing.now(), std::move(sealed)}));
            writing.note({"send.answer", person.person(), "answer", id, {}, {}});
            return {};
        }));
        return id;
    }

    Result<std::string> read_words(const Actor& actor, PersonId person, const RawId& id)
    {
        std::string words;
        TRY(house.record->read(actor, [&](Reading& reading) -> Result<void> {
            const auto found = TRY(reading.rows(get_answer, {person, id}));
            if (found.empty())
                return not_found("no row");
            words = TRY(reading.open(person, {"answer", "body", id}, found.front()[0].blob())).reveal();
            return {};
        }));
        return words;
    }

    std::int64_t entries(const std::string& deed)
    {
        std::int64_t count = 0;
        must(house.data->read(house.system(), [&](storage::Reading& store) -> Result<void> {
            count = TRY(store.rows(count_entries, {deed})).front()[0].number();
            return {};
        }));
        return count;
    }
};

TEST_F(RecordTest, ThePersonReadsWhatTheyWrote)
{
    const auto ada = house.person();
    const auto id = write_words(ada, "It was a long day.");
    EXPECT_EQ(must(read_words(ada, *ada.person(), id)), "It was a long day.");
}

TEST_F(RecordTest, I4_WhoMayReadWords)
{
    const auto ada = house.person();
    const auto id = write_words(ada, "words");
    const auto other_team = must(house.teams->create(house.system(), "Other team"));
    const auto told = [&](const Actor& actor) {
        const auto words = read_words(actor, *ada.person(), id);
        if (words)
            return std::string("opens");
        return words.error().where.empty() ? std::string("refused") : words.error().where;
    };
    EXPECT_EQ(told(house.staff(Role::Clinician, "maeve", {house.team})), "opens");
    EXPECT_EQ(told(house.staff(Role::Clinician, "tom", {other_team})), "outside-team");
    EXPECT_EQ(told(house.staff(Role::Clinician, "nell")), "outside-team");
    EXPECT_EQ(told(house.staff(Role::Lead, "ruth", {house.team})), "outside-team");
    EXPECT_EQ(told(house.staff(Role::Administrator, "kit", {house.team})), "refused");
    EXPECT_EQ(told(house.person("Ben")), "refused");
    EXPECT_EQ(told(house.system()), "opens");
}

TEST_F(RecordTest, OutsideTheTeamSaysSoInPlainWords)
{
    const auto ada = house.person();
    const auto id = write_words(ada, "words");
    const auto refused = read_words(house.staff(Role::Clinician, "nell"), *ada.person(), id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::NotAllowed);
    EXPECT_EQ(refused.error().told, "You are not on this person's care team.");
}

TEST_F(RecordTest, ALeadReadsWhileAnAlertIsRoutedToThem)
{
    const auto ada = house.person();
    const auto id = write_words(ada, "words");
    const auto lead = house.staff(Role::Lead, "ruth");
    const auto set = [&](const char* state, int step) {
        must(house.record->write(house.system(), [&](Writing& writing) -> Result<void> {
            TRY(writing.change(set_alert, {state, step, *ada.person()}));
            return {};
        }));
    };
    must(house.record->write(house.system(), [&](Writing& writing) -> Result<void> {
        TRY(writing.change(put_alert, {random_id(), *ada.person(), house.team, random_id(), "open", writing.now(), 0,
                                       rows::Blob{"x"}}));
        return {};
    }));
    EXPECT_FALSE(read_words(lead, *ada.person(), id)) << "the team has not had its time yet";
    set("open", 1);
    EXPECT_TRUE(read_words(lead, *ada.person(), id));
    set("acknowledged", 2);
    EXPECT_TRUE(read_words(lead, *ada.person(), id));
    set("closed", 2);
    EXPECT_FALSE(read_words(lead, *ada.person(), id));
}

TEST_F(RecordTest, PresenceIsMoreThanWords)
{
    const auto ada = house.person();
    const auto admitted = [&](const Actor& actor, Scope scope) {
        return house.record->read(actor, [&](Reading& reading) { return reading.admit(*ada.person(), scope); }).ok();
    };
    const auto lead = house.staff(Role::Lead, "ruth");
    const auto administrator = house.staff(Role::Administrator, "kit");
    const auto outsider = house.staff(Role::Clinician, "nell");
    EXPECT_TRUE(admitted(lead, Scope::Presence));
    EXPECT_FALSE(admitted(lead, Scope::Words));
    EXPECT_TRUE(admitted(administrator, Scope::Presence));
    EXPECT_FALSE(admitted(administrator, Scope::Words));
    EXPECT_FALSE(admitted(outsider, Scope::Presence));
    // What was admitted for presence is not admitted for words in the same transaction.
    must(house.record->read(lead, [&](Reading& reading) -> Result<void> {
        EXPECT_TRUE(reading.admit(*ada.person(), Scope::Presence));
        EXPECT_FALSE(reading.admit(*ada.person(), Scope::Words));
        return {};
    }));
}

TEST_F(RecordTest, AReadThatNobodyNotedIsNotedByItself)
{
    const auto ada = house.person();
    const auto first = write_words(ada, "one");
    const auto second = write_words(ada, "two");
    const auto clinician = house.staff(Role::Clinician, "maeve", {house.team});
    const auto before = entries("read.record");
    must(house.record->read(clinician, [&](Reading& reading) -> Result<void> {
        for (const auto& id : {first, second}) {
            const auto found = TRY(reading.rows(get_answer, {*ada.person(), id}));
            TRY(reading.open(*ada.person(), {"answer", "body", id}, found.front()[0].blob()));
        }
        return {};
    }));
    EXPECT_EQ(entries("read.record"), before + 1) << "one entry per request and person";
}

TEST_F(RecordTest, ANoteNamesTheReadInstead)
{
    const auto ada = house.person();
    const auto id = write_words(ada, "one");
    const auto before = entries("read.record");
    must(house.record->read(ada, [&](Reading& reading) -> Result<void> {
        const auto found = TRY(reading.rows(get_answer, {*ada.person(), id}));
        TRY(reading.open(*ada.person(), {"answer", "body", id}, found.front()[0].blob()));
        reading.note({"read.answer", ada.person(), "answer", id, {}, {}});
        reading.note({"read.answer", ada.person(), "answer", random_id(), {}, {}});
        return {};
    }));
    EXPECT_EQ(entries("read.answer"), 1);
    EXPECT_EQ(entries("read.record"), before);
}

TEST_F(RecordTest, I4_ARefusalIsNoted)
{
    const auto ada = house.person();
    const auto id = write_words(ada, "words");
    const auto nell = house.staff(Role::Clinician, "nell");
    EXPECT_FALSE(read_words(nell, *ada.person(), id));
    EXPECT_EQ(entries("refuse.read"), 1);
    const auto seen = must(house.audit->who_looked(ada, {}, 10));
    ASSERT_FALSE(seen.empty());
    EXPECT_EQ(seen.front().who, "nell");
    // A service that asks and then does without is not somebody turned away.
    must(house.record->read(nell, [&](Reading& reading) -> Result<void> {
        EXPECT_FALSE(reading.admit(*ada.person(), Scope::Words));
        return {};
    }));
    EXPECT_EQ(entries("refuse.read"), 1);
    const auto sealed = house.record->write(nell, [&](Writing& writing) -> Result<void> {
        TRY(writing.seal(*ada.person(), {"answer", "body", id}, Confidential("words")));
        return {};
    });
    EXPECT_FALSE(sealed) << "nor does a stranger write into a record";
    EXPECT_EQ(entries("refuse.read"), 2);
}

TEST_F(RecordTest, AListIsOneEntry)
{
    const auto clinician = house.staff(Role::Clinician, "maeve", {house.team});
    std::vector<std::pair<PersonId, RawId>> written;
    for (const char* name : {"Ada", "Ben", "Cleo"}) {
        const auto person = house.person(name);
        written.emplace_back(*person.person(), write_words(person, "words"));
    }
    must(house.record->read(clinician, [&](Reading& reading) -> Result<void> {
        for (const auto& [person, id] : written) {
            const auto found = TRY(reading.rows(get_answer, {person, id}));
            TRY(reading.open(person, {"answer", "body", id}, found.front()[0].blob()));
        }
        return {};
    }));
    EXPECT_EQ(entries("list.record"), 1);
    EXPECT_EQ(entries("read.record"), 0);
}

TEST_F(RecordTest, AFailedBodyLeavesNothing)
{
    const auto ada = house.person();
    const auto before = entries("send.answer");
    const auto id = timed_id(house.clock.now());
    const auto failed = house.record->write(ada, [&](Writing& writing) -> Result<void> {
        auto sealed = TRY(writing.seal(*ada.person(), {"answer", "body", id}, Confidential("lost")));
        TRY(writing.change(put_answer, {*ada.person(), id, writing.now(), std::move(sealed)}));
        writing.note({"send.answer", ada.person(), "answer", id, {}, {}});
        return conflict("no");
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(entries("send.answer"), before);
    EXPECT_FALSE(read_words(ada, *ada.person(), id));
}

TEST_F(RecordTest, AnotherOrganisationSeesNothing)
{
    const auto ada = house.person();
    const auto id = write_words(ada, "words");
    const auto elsewhere = must(house.organisations->create("elsewhere"));
    EXPECT_FALSE(read_words(house.system(elsewhere), *ada.person(), id));
    const auto there = house.staff(elsewhere, Role::Clinician, "maeve", {house.first_team(elsewhere)});
    EXPECT_FALSE(read_words(there, *ada.person(), id));
}

TEST_F(RecordTest, AnErasedPersonOpensForNobody)
{
    const auto ada = house.person();
    const auto id = write_words(ada, "words");
    ASSERT_TRUE(read_words(house.system(), *ada.person(), id)) << "so that the key is remembered";
    must(house.keyring->erase_person(house.organisation, *ada.person()));
    const auto gone = read_words(house.system(), *ada.person(), id);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().kind, ErrorKind::NotFound);
}

TEST_F(RecordTest, I4_NoPlantedWordsStandInAnyFile)
{
    const auto canary = [] { return to_hex(random_bytes(16)); };
    const std::vector<std::string> planted{canary(), canary(), canary(), canary(), canary()};
    const auto ada = house.person(planted[0]);
    write_words(ada, planted[1]);
    house.staff(Role::Clinician, planted[2], {house.team});
    must(house.settings->put(house.staff(Role::Administrator, "kit"), "service", planted[3]));
    must(house.break_glass->open(house.staff(Role::Lead, "ruth"), *ada.person(), planted[4],
                                 totp_code(House::totp_secret(), house.clock.now())));
    for (const auto& words : planted)
        EXPECT_EQ(test::files_holding(house.folder.path(), words), std::vector<std::string>{});
    house.close();
    for (const auto& words : planted)
        EXPECT_EQ(test::files_holding(house.folder.path(), words), std::vector<std::string>{});
    // The search itself works: it finds the short name of the organisation, which stands in clear.
    EXPECT_FALSE(test::files_holding(house.folder.path(), "main").empty());
}

} // namespace
} // namespace handrail::trust
