#include "errands/own_record.h"

#include <boost/json.hpp>

#include <set>

#include "care/documents.h"
#include "errands/desks.h"
#include "errands/person_card.h"
#include "errands/person_page.h"

namespace handrail::errands {

namespace {

using std::chrono::minutes;
using test::must;

class OwnRecordTest : public OnBothStores {
protected:
    /// More notes by staff than any page shows, each with a text of its own; gives the texts.
    std::set<std::string> write_notes(const Actor& clinician, PersonId person)
    {
        std::set<std::string> texts;
        const care::DocumentDesk documents(*desks->house->record);
        for (int number = 0; number < 230; ++number) {
            desks->house->clock.pass(minutes{1});
            texts.insert("note " + std::to_string(number));
            must(documents.add_note(clinician, person, "note " + std::to_string(number)));
        }
        return texts;
    }
};

INSTANTIATE_TEST_SUITE_P(Stores, OwnRecordTest, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(OwnRecordTest, EveryNoteIsInTheDownloadHoweverManyThereAre)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    desks->answer(ada, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
    const auto written = write_notes(maeve, *ada.person());

    const OwnRecord own(*house.record, *house.accounts, *house.consents);
    const auto record = boost::json::parse(must(own.everything(ada)));
    std::set<std::string> found;
    for (const auto& note : record.at("staff_notes").as_array())
        found.insert(std::string(note.at("text").as_string()));
    EXPECT_EQ(found, written);
}

TEST_P(OwnRecordTest, TheTimelineReachesTheOldestNotePageByPage)
{
    auto& house = *desks->house;
    const auto maeve = house.staff(Role::Clinician, "maeve", {house.team});
    const auto ada = house.person("Ada");
    desks->answer(ada, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
    const auto written = write_notes(maeve, *ada.person());

    const PersonPage page(*house.record, *house.accounts);
    std::set<std::string> found;
    const auto take = [&](const std::vector<Event>& events) {
        for (const auto& event : events)
            if (event.kind == "note")
                found.insert(event.text.substr(event.text.find("note ")));
    };
    const auto first = must(page.open(maeve, *ada.person()));
    take(first.timeline);
    auto next = first.next;
    for (int pages = 0; next && pages < 20; ++pages) {
        const auto older = must(page.older(maeve, *ada.person(), *next));
        take(older.events);
        next = older.next;
    }
    EXPECT_EQ(found, written);
}

TEST_P(OwnRecordTest, I3_WithoutAnAccountItIsTakenAlongAndDeletedByThePerson)
{
    auto& house = *desks->house;
    const auto ada = house.person("Ada"); // signed up without a log-in
    must(desks->conversations.begin_anew(ada, false));
    must(desks->conversations.write(ada, "Kanarienvogel, I feel low", {}));
    const OwnRecord own(*house.record, *house.accounts, *house.consents);
    EXPECT_NE(must(own.everything(ada)).find("Kanarienvogel"), std::string::npos);
    must(house.erasure->erase(house.system(), *ada.person()));
    EXPECT_FALSE(own.everything(ada).ok());
    EXPECT_FALSE(desks->conversations.current(ada).ok());
    const auto opened = house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        TRY(read_head(reading, *ada.person()));
        return {};
    });
    EXPECT_FALSE(opened.ok()) << "nobody opens it again";
}

} // namespace

} // namespace handrail::errands
