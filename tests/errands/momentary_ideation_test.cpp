#include <gmock/gmock.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "errands/asked_people.h"
#include "monitoring/design_desk.h"
#include "monitoring/evening_check.h"
#include "shared_corpora.h"

// marian2023 (CC BY 4.0): 72 students asked three times a day. Whoever says at any moment that they think of suicide reaches
// the alert path, however often they said it before; a questionnaire at the start alone would have missed most of them.
namespace handrail::errands {

namespace {

using Rows = std::vector<std::map<std::string, std::string>>;

/// The item of that study goes from 1 ("not at all") to 4; the ninth item of the PHQ-9 from 0.
int ninth_item(const std::map<std::string, std::string>& row)
{
    const auto& written = row.at("suicidal_ideation");
    return written.empty() ? -1 : std::stoi(written) - 1;
}

class MomentaryIdeation : public AskedPeople {
protected:
    /// One beep: the ninth item alone, as a form that goes on. Nothing else of the answers is told.
    Urgency says(const Actor& person, int grade)
    {
        monitoring::AnswerDesk::Questionnaire form;
        form.instrument = "phq-9";
        form.version = asking().instruments.find("phq-9")->version;
        form.language = "en";
        form.answers["9"] = {monitoring::GivenAnswer::Kind::Whole, grade};
        form.partial = true;
        return test::must(answers->save_questionnaire(person, form)).urgency;
    }
    /// The same beep in a check-in that a service designed for three times a day.
    Urgency answers_designed(const Actor& person, int grade)
    {
        if (!beep) {
            auto design = monitoring::evening_check();
            design.items.resize(1);
            design.items[0].id = "thoughts";
            design.items[0].question = {{"en", "Thoughts of suicide just now"}, {"de", "Gedanken an Suizid gerade jetzt"}};
            design.items[0].highest = 3;
            design.items[0].calls = {{{1, 2, 3}, Urgency::Today, Category::Suicide}};
            beep = test::must(monitoring::DesignDesk{*desks->house->record, asks->asking().asks}.create(*maeve, design));
        }
        monitoring::AnswerDesk::CheckIn given;
        given.form = beep->form();
        given.version = std::to_string(beep->version);
        given.answers["thoughts"] = std::int64_t{grade};
        return test::must(answers->save_check_in(person, given)).urgency;
    }
    std::optional<monitoring::KeptDesign> beep;
};

} // namespace

INSTANTIATE_TEST_SUITE_P(Stores, MomentaryIdeation, testing::ValuesIn(both_stores),
                         [](const auto& each) { return each.param.name; });

TEST_P(MomentaryIdeation, EveryReportOfMarian2023ReachesTheAlertPath)
{
    const auto rows = test::table_of(test::clinical("marian2023/esm"));
    if (rows.empty())
        GTEST_SKIP() << "SKIPPED: the public set marian2023 is not there";
    std::map<std::string, std::vector<int>> people;
    for (const auto& row : rows)
        if (const int grade = ninth_item(row); grade >= 0)
            people[row.at("person")].push_back(grade);
    int reports = 0, who = 0, unheard = 0;
    for (const auto& [name, grades] : people) {
        if (std::ranges::none_of(grades, [](int grade) { return grade > 0; }))
            continue;
        ++who;
        const auto person = desks->house->person(name);
        desks->answer(person, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
        for (const int grade : grades) {
            if (grade == 0)
                continue; // nothing to hear, and nothing that ends what was heard
            ++reports;
            pass(std::chrono::hours{3});
            const auto urgency = says(person, grade);
            unheard += raises_alert(urgency) && desks->alert(*person.person()) ? 0 : 1;
            unheard += raises_alert(answers_designed(person, grade)) ? 0 : 1;
        }
        // Once for all: one alert a person, however often they say it.
        const auto alert = desks->alert(*person.person());
        ASSERT_TRUE(alert.has_value()) << name;
        EXPECT_EQ(alert->state, care::AlertState::Open) << name;
    }
    std::cout << reports << " reports by " << who << " people, " << unheard << " without an alert\n";
    EXPECT_GT(reports, 100);
    EXPECT_EQ(unheard, 0);
}

// The same rule on answers made up here, where the public set is absent: also the hundredth mild one is heard.
TEST_P(MomentaryIdeation, AMildReportIsHeardEachTime)
{
    for (int each = 0; each < 30; ++each) {
        pass(std::chrono::hours{3});
        EXPECT_TRUE(raises_alert(says(*ada, 1))) << each;
        EXPECT_TRUE(raises_alert(answers_designed(*ada, 1))) << each;
    }
    ASSERT_TRUE(desks->alert(*ada->person()).has_value());
    EXPECT_EQ(says(*ada, 0), Urgency::Usual);
    EXPECT_TRUE(desks->alert(*ada->person()).has_value()) << "a zero ends nothing";
}

} // namespace handrail::errands
