#include "app/demo/load.h"

#include <algorithm>
#include <functional>
#include <iostream>

#include "app/demo/population.h"
#include "base/crypto.h"
#include "http/json_text.h"
#include "monitoring/course_notes.h"
#include "monitoring/treatment_desk.h"
#include "trust/actor_desk.h"
#include "trust/password.h"
#include "trust/totp.h"

namespace handrail::app {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::uint64_t seed = 1;
constexpr const char* password = "handrail-demo";
constexpr const char* filled = "demo_filled";

/// The demo's codes are no secret: anyone can work them out from the log-in name.
std::string totp_secret_of(const std::string& login)
{
    return hash_of_random("handrail demo " + login).substr(0, 20);
}

struct Happening {
    Instant at;
    std::function<Result<void>()> what;
};

monitoring::GivenCheckIn given_of(const CheckInAnswers& answers)
{
    monitoring::GivenCheckIn given;
    for (const auto& [group, value] : answers.one)
        given[group] = static_cast<std::int64_t>(value);
    for (const auto& [group, values] : answers.many)
        given[group] = values;
    for (const auto& [group, words] : answers.text)
        given[group] = words.reveal();
    return given;
}

care::SafetyPlan plan_of(const demo::SafetyPlan& made_up)
{
    const auto contacts = [](const std::vector<demo::PlanContact>& list) {
        std::vector<care::Contact> out;
        out.reserve(list.size());
        for (const auto& each : list)
            out.push_back({each.name, each.phone});
        return out;
    };
    care::SafetyPlan plan;
    plan.warning_signs = made_up.warning_signs;
    plan.coping = made_up.coping;
    plan.distraction = contacts(made_up.distraction);
    plan.people = contacts(made_up.people);
    plan.professionals = contacts(made_up.professionals);
    plan.safer_place = made_up.safer_place;
    plan.shared_with_team = made_up.shared_with_team;
    return plan;
}

care::SafeContact contact_of(const demo::SafeContact& made_up)
{
    care::SafeContact contact;
    contact.phone = made_up.phone;
    contact.email = made_up.email;
    contact.times = made_up.times;
    contact.voicemail_ok = made_up.voicemail_ok;
    contact.text_ok = made_up.text_ok;
    contact.address = made_up.address;
    contact.medicines = made_up.medicines;
    if (made_up.emergency_contact)
        contact.emergency_contact =
            care::EmergencyContact{made_up.emergency_contact->name, made_up.emergency_contact->relation,
                                   made_up.emergency_contact->phone, made_up.emergency_contact->may_call};
    return contact;
}

/// Plays a made-up service through the real desks.
class Player {
public:
    Player(House& house, Instant now)
        : house_(house), now_(now), made_up_(demo::made_up_service(seed, now)),
          sign_up_(*house.record, *house.vault.keyring, house.sessions, trust::PasswordCost::cheap())
    {
    }

    Result<void> play()
    {
        Instant first = now_;
        for (const auto& person : made_up_.people)
            first = std::min(first, person.joined_at);
        // Teams and accounts come first, today: the organisation's own first team stays the oldest one.
        TRY(set_up_service());
        for (std::size_t i = 0; i < made_up_.people.size(); ++i)
            plan_person(i);
        std::stable_sort(happenings_.begin(), happenings_.end(),
                         [](const Happening& a, const Happening& b) { return a.at < b.at; });
        for (const auto& each : happenings_) {
            house_.clock.set(each.at);
            TRY(each.what());
        }
        house_.clock.set(std::nullopt);
        return house_.settings.put(house_.system(), filled, "1");
    }

private:
    Result<void> set_up_service()
    {
        const auto system = house_.system();
        const auto hash = TRY(trust::hash_password(Confidential{password}, trust::PasswordCost::cheap()));
        auto teams = TRY(house_.teams.all(system));
        for (std::size_t i = 0; i < made_up_.teams.size(); ++i) {
            if (i < teams.size()) {
                TRY(house_.teams.rename(system, teams[i].id, made_up_.teams[i].name));
                teams_.push_back(teams[i].id);
            } else {
                teams_.push_back(TRY(house_.teams.create(system, made_up_.teams[i].name)));
            }
        }
        care::Service service;
        service.name = made_up_.name;
        for (const auto& each : made_up_.staff) {
            trust::AccountDesk::NewStaff staff;
            staff.role = each.role;
            staff.login = each.login;
            staff.display_name = each.display_name;
            staff.password_hash = hash;
            staff.totp_secret = totp_secret_of(each.login);
            for (const auto team : each.teams)
                staff.teams.push_back(teams_.at(team));
            const auto account = TRY(house_.accounts.create_staff(system, staff));
            staff_[each.login] = account;
            if (each.role == Role::Lead)
                service.safety_officer = account;
            if (each.role == Role::Clinician) {
                service.responders.push_back(account);
                for (const auto team : each.teams)
                    on_team_[team].push_back(account);
            }
        }
        care::StaffedHours always;
        always.days.fill(true);
        always.to = 24 * 60;
        service.hours.push_back(always);
        service.time_zone = "Europe/Dublin";
        TRY(house_.service.save(system, service));
        return {};
    }

    void plan_person(std::size_t index)
    {
        const auto& person = made_up_.people[index];
        people_.resize(made_up_.people.size());
        happenings_.push_back({person.joined_at, [this, index] { return join(index); }});
        for (const auto& check_in : person.check_ins)
            happenings_.push_back({check_in.at, [this, index, &check_in]() -> Result<void> {
                                       monitoring::AnswerDesk::CheckIn given;
                                       given.answers = given_of(check_in.answers);
                                       given.version = house_.asking.daily.version;
                                       TRY(house_.answers.save_check_in(TRY(actor(index)), given));
                                       return answer_older_alerts(index);
                                   }});
        for (const auto& questionnaire : person.questionnaires)
            happenings_.push_back({questionnaire.at, [this, index, &questionnaire]() -> Result<void> {
                                       monitoring::AnswerDesk::Questionnaire given;
                                       given.instrument = questionnaire.instrument;
                                       const auto* instrument = house_.asking.instruments.find(given.instrument);
                                       ensure(instrument != nullptr, "the demo asks what content has");
                                       given.version = instrument->version;
                                       given.language = "en";
                                       for (const auto& [item, value] : questionnaire.answers)
                                           given.answers[item] = {monitoring::GivenAnswer::Kind::Whole, value};
                                       TRY(house_.answers.save_questionnaire(TRY(actor(index)), given));
                                       return answer_older_alerts(index);
                                   }});
        plan_treatment(index);
        for (const auto& conversation : person.conversations) {
            bool first = true;
            for (const auto& turn : conversation.turns) {
                happenings_.push_back({turn.at, [this, index, &turn, first]() -> Result<void> {
                                           const auto who = TRY(actor(index));
                                           if (first)
                                               TRY(house_.conversations.begin_anew(who, true));
                                           TRY(house_.conversations.write(who, turn.text, {}));
                                           return answer_older_alerts(index);
                                       }});
                first = false;
            }
        }
    }

    /// Those with a course have a treatment, from two days after their first form; some a medicine too, and what happens to
    /// people on the way.
    void plan_treatment(std::size_t index)
    {
        const auto& person = made_up_.people[index];
        if (person.questionnaires.size() < 2 || person.course == demo::Course::New || person.course == demo::Course::Silent ||
            !person.staff_reading)
            return;
        const auto began = person.questionnaires.front().at + hours{48};
        happenings_.push_back({began, [this, index, began]() -> Result<void> {
                                   const monitoring::Treatment treatment{std::chrono::floor<std::chrono::days>(began), true,
                                                                         index % 3 == 0};
                                   return monitoring::TreatmentDesk{*house_.record}.set_treatment(
                                       TRY(clinician_of(index)), people_[index].person, treatment);
                               }});
        using monitoring::Happened;
        const auto happened = [&](int days_in, Happened kind, const char* text, bool missed = false) {
            const auto at = began + hours{24 * days_in};
            if (at > now_ - hours{24})
                return;
            happenings_.push_back({at, [this, index, at, kind, text, missed]() -> Result<void> {
                                       monitoring::CourseEvent event;
                                       event.on = std::chrono::floor<std::chrono::days>(at);
                                       event.kind = kind;
                                       event.missed = missed;
                                       event.text = text;
                                       TRY(monitoring::CourseNoteDesk{*house_.record}.note_event(
                                           TRY(clinician_of(index)), people_[index].person, event));
                                       return {};
                                   }});
        };
        happened(7, Happened::Appointment, "First visit");
        if (index % 3 == 0)
            happened(9, Happened::Medicine, "Sertraline 50 mg, by the practice");
        if (person.course == demo::Course::Worse) {
            happened(20, Happened::Life, "Lost the flat");
            happened(34, Happened::Appointment, "Second visit", true);
        } else {
            happened(28, Happened::Appointment, "Second visit");
        }
    }

    Result<Actor> clinician_of(std::size_t index)
    {
        const auto& team = on_team_[made_up_.people[index].team];
        ensure(!team.empty(), "every team of the demo has a clinician");
        return act_as({team[index % team.size()], Role::Clinician, std::nullopt, "demo", true});
    }

    Result<void> join(std::size_t index)
    {
        const auto& person = made_up_.people[index];
        trust::SignUpDesk::Form form;
        form.display_name = person.display_name;
        form.login = person.login;
        form.password = Confidential{password};
        form.age_band = person.age_band;
        form.country = person.country;
        form.language = person.language;
        form.consents = {{"record", true},
                         {"staff_reading", person.staff_reading},
                         {"language_model", person.language_model},
                         {"research", person.research}};
        form.wording = house_.text_version;
        form.device = "demo";
        form.team = teams_.at(person.team);
        const auto up = TRY(sign_up_.sign_up(house_.organisation, form));
        people_[index] = {up.account, up.person};
        const auto clinician = staff_.find(person.clinician);
        TRY(house_.teams.place_person(house_.system(), up.person, teams_.at(person.team),
                                      clinician == staff_.end() ? AccountId{} : clinician->second));
        const auto who = TRY(actor(index));
        TRY(house_.documents.save(who, up.person, contact_of(person.contact)));
        if (person.plan)
            TRY(house_.documents.save(who, up.person, plan_of(*person.plan)));
        return {};
    }

    Result<Actor> actor(std::size_t index)
    {
        return act_as({people_[index].account, Role::Person, people_[index].person, "demo", false});
    }

    /// One session each: a visitor who looks where they are signed in should not find a hundred.
    Result<Actor> act_as(const trust::SessionDesk::Beginning& who)
    {
        const auto known = acting_.find(who.account);
        if (known != acting_.end())
            return known->second;
        const auto begun = TRY(house_.sessions.begin(house_.system(), who));
        return acting_.emplace(who.account, TRY(house_.sessions.actor_for(begun.token))).first->second;
    }

    /// What was raised more than half a day ago was answered then, by somebody of the team.
    Result<void> answer_older_alerts(std::size_t index)
    {
        const auto raised_at = house_.clock.now();
        if (now_ - raised_at < hours{12})
            return {};
        const auto person = people_[index].person;
        std::optional<care::Alert> alert;
        TRY(house_.record->read(house_.system(), [&](trust::Reading& reading) -> Result<void> {
            alert = TRY(house_.alerts.open_alert(reading, person));
            return {};
        }));
        if (!alert)
            return {};
        const auto& team = on_team_[made_up_.people[index].team];
        if (team.empty())
            return {};
        const auto clinician = team[index % team.size()];
        house_.clock.set(raised_at + minutes{2 + static_cast<int>(index % 3)});
        const auto who = TRY(act_as({clinician, Role::Clinician, std::nullopt, "demo", true}));
        TRY(house_.alerts.acknowledge(who, alert->id, "Calling now."));
        house_.clock.set(raised_at + minutes{9 + static_cast<int>(index % 7)});
        return house_.alerts.record_outcome(
            who, alert->id,
            {care::Outcome::Reached, "Rang and spoke for ten minutes. Went through the plan together. Next talk this week.",
             {}, {}});
    }

    struct Known {
        AccountId account;
        PersonId person;
    };

    House& house_;
    Instant now_;
    demo::Service made_up_;
    trust::SignUpDesk sign_up_;
    std::vector<TeamId> teams_;
    std::map<std::string, AccountId> staff_;
    std::map<std::size_t, std::vector<AccountId>> on_team_;
    std::vector<Known> people_;
    std::map<AccountId, Actor> acting_;
    std::vector<Happening> happenings_;
};

} // namespace

Result<void> fill_demo(House& house, std::ostream& out)
{
    if (TRY(house.settings.get(house.system(), filled)))
        return {};
    if (!house.vault.fresh)
        return conflict("The demo in " + house.config.folder.string() +
                        " was not filled to its end, or this is no demo. Remove the folder and start again.");
    out << "Filling the demo: sixty made-up people, four months.\n" << std::flush;
    return Player(house, std::chrono::floor<seconds>(house.clock.now())).play();
}

void print_demo_log_ins(House& house, const std::string& url, std::ostream& out)
{
    const auto made_up = demo::made_up_service(seed, house.clock.now());
    out << "\nHandrail demo: every person in it is made up.\n\n  " << url << "\n\n"
        << "  Password of everyone: " << password << "\n\n";
    for (const auto& staff : made_up.staff)
        out << "  " << name(staff.role) << "  " << staff.login << "  " << url << "/staff\n";
    out << "  person  " << made_up.people.front().login << " (and 59 others)  " << url << "/\n\n"
        << "  Staff also give a code. The sign-in page of the demo shows it; real services use an authenticator app.\n\n";
}

void add_demo_routes(http::Router& router, House& house)
{
    router.shape({"DemoStaff", {{"login", "text"}, {"name", "text"}, {"role", "text"}, {"code", "text"}}});
    router.shape({"DemoPerson", {{"login", "text"}, {"name", "text"}}});
    router.add({.pattern = "/api/v1/demo/log-ins",
                .summary = "The demo's log-ins with their current codes.",
                .callers = http::Callers::anyone(),
                .answer = {{"password", "text"}, {"staff", "DemoStaff[]"}, {"people", "DemoPerson[]"}},
                .handler = [&house](const http::Request&) -> Result<http::Response> {
                    static const auto made_up = demo::made_up_service(seed, house.clock.now());
                    http::JsonList staff, people;
                    for (const auto& each : made_up.staff)
                        staff.add(http::JsonObject{}
                                      .add("login", each.login)
                                      .add("name", each.display_name)
                                      .add("role", name(each.role))
                                      .add("code", trust::totp_code(totp_secret_of(each.login), house.clock.now())));
                    for (std::size_t i = 0; i < 8 && i < made_up.people.size(); ++i)
                        people.add(http::JsonObject{}
                                       .add("login", made_up.people[i].login)
                                       .add("name", made_up.people[i].display_name));
                    return http::Response::ok(http::JsonObject{}
                                                  .add("password", password)
                                                  .add("staff", staff)
                                                  .add("people", people)
                                                  .done());
                }});
}

} // namespace handrail::app
