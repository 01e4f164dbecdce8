#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "care/findings.h"
#include "errands/desks.h"
#include "errands/shipped_asking.h"
#include "monitoring/ask_desk.h"

/// A person, a clinician of her team, and what she is asked, with the shipped content.
namespace handrail::errands {

class AskedPeople : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        house.clock.set(*from_rfc3339("2026-01-05T12:00:00Z"));
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        ada = house.person("Ada Quillfeather");
        desks->answer(*ada, {{"record", true, "t", {}}, {"staff_reading", true, "t", {}}});
        asks.emplace(*house.record, desks->listening, asking(), monitoring::QuietHours{}, monitoring::RemindingWays{true, true, true});
        answers.emplace(*house.record, desks->listening, *house.consents, desks->screener, asking());
    }

    Actor system() const { return desks->house->system(); }
    PersonId who() const { return *ada->person(); }
    TestClock& clock() { return desks->house->clock; }
    void pass(Duration length) { clock().pass(length); }
    /// Time goes by with the service running.
    void live(std::chrono::hours length)
    {
        for (int hour = 0; hour < length.count(); ++hour) {
            test::must(asks->round(system()));
            pass(std::chrono::hours{1});
        }
        test::must(asks->round(system()));
    }
    static monitoring::AskPlan morning_plan()
    {
        monitoring::AskPlan plan;
        plan.instrument = "daily";
        plan.schedule.zone = "Europe/Dublin";
        plan.schedule.times = {{{true, true, true, true, true, true, true}, 540, 540}};
        return plan;
    }
    monitoring::KeptSchedule every_morning()
    {
        return test::must(asks->schedule(*maeve, *ada->person(), morning_plan()));
    }
    std::vector<monitoring::AskDesk::Now> now_asked() { return test::must(asks->asked_now(*ada)); }
    std::vector<monitoring::AskState> states()
    {
        std::vector<monitoring::AskState> all;
        for (const auto& each : test::must(asks->seen(*maeve, *ada->person())).asks)
            all.push_back(each.state);
        return all;
    }
    Urgency check_in(int mood, const std::string& note = {})
    {
        monitoring::AnswerDesk::CheckIn given;
        given.version = asking().daily.version;
        given.answers["mood"] = std::int64_t{mood};
        if (!note.empty())
            given.answers["note"] = note;
        return test::must(answers->save_check_in(*ada, given)).urgency;
    }
    std::vector<care::KeptFinding> findings()
    {
        std::vector<care::KeptFinding> all;
        test::must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            all = TRY(care::findings_of(reading, *ada->person(), std::nullopt, 100));
            return {};
        }));
        return all;
    }
    std::vector<care::KeptFinding> silences()
    {
        auto all = findings();
        std::erase_if(all, [](const auto& each) { return each.about != "silence"; });
        return all;
    }

    std::optional<Actor> maeve, ada;
    std::optional<monitoring::AskDesk> asks;
    std::optional<monitoring::AnswerDesk> answers;
};

/// The same with a lead and an administrator of the service.
class LedPeople : public AskedPeople {
protected:
    void SetUp() override
    {
        AskedPeople::SetUp();
        if (IsSkipped())
            return;
        ruth = desks->house->staff(Role::Lead, "ruth");
        root = desks->house->staff(Role::Administrator, "root");
    }
    void assign(PersonId person, const Actor& clinician)
    {
        test::must(desks->house->teams->place_person(*root, person, desks->house->team, clinician.account()));
    }
    void assign(const Actor& clinician) { assign(who(), clinician); }

    std::optional<Actor> ruth, root;
};

} // namespace handrail::errands
