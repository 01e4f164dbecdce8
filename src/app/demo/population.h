#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/actor.h"
#include "domain/check_in.h"
#include "domain/urgency.h"

/// A made-up service for `handrail serve --demo`. Every person, number and word in it is invented.
namespace handrail::demo {

struct Team {
    std::string name;
};

struct Staff {
    std::string login;
    std::string display_name;
    std::string title;              ///< "Nurse"
    Role role = Role::Clinician;
    std::vector<std::size_t> teams; ///< places in Service::teams
};

/// How somebody's last months went.
enum class Course { Improving, Worse, Silent, Steady, Noisy, New };

struct CheckIn {
    Instant at;
    CheckInAnswers answers;
};

struct Questionnaire {
    Instant at;
    std::string instrument;
    std::map<std::string, int> answers; ///< by item id
};

/// What the person wrote. Replies come from the real engine when this is played.
struct Turn {
    Instant at;
    std::string text;
};

struct Conversation {
    std::vector<Turn> turns;
    Urgency meant = Urgency::Usual; ///< what the author meant it to call for; a test compares, nothing else reads it
};

struct PlanContact {
    std::string name;
    std::string phone; ///< from ranges set aside for fiction; empty where a country has none
};

struct SafetyPlan {
    Instant written_at;
    std::vector<std::string> warning_signs;
    std::vector<std::string> coping;
    std::vector<PlanContact> distraction;
    std::vector<PlanContact> people;
    std::vector<PlanContact> professionals;
    std::vector<std::string> safer_place;
    bool shared_with_team = true;
};

struct EmergencyContact {
    std::string name;
    std::string relation;
    std::string phone;
    bool may_call = true;
};

struct SafeContact {
    std::string phone;
    std::string email;
    std::string times;
    bool voicemail_ok = false;
    bool text_ok = true;
    std::string address;
    std::optional<EmergencyContact> emergency_contact;
    std::string medicines;
};

struct Person {
    std::string login;
    std::string display_name;
    std::string age_band;  ///< as on the command line: 18_25, 26_64, 65_plus
    std::string country;   ///< ISO 3166
    std::string language;  ///< BCP 47
    std::size_t team = 0;
    std::string clinician; ///< login of a member of the team; empty: nobody yet
    Instant joined_at;
    Course course = Course::Steady;
    std::vector<CheckIn> check_ins;            ///< oldest first
    std::vector<Questionnaire> questionnaires; ///< oldest first
    std::vector<Conversation> conversations;   ///< oldest first
    SafeContact contact;
    std::optional<SafetyPlan> plan;
    bool staff_reading = true;
    bool language_model = false;
    bool research = false;
};

struct Service {
    std::string name;
    std::vector<Team> teams;
    std::vector<Staff> staff;
    std::vector<Person> people;
};

/// Makes the service: three teams, six staff, sixty people with up to four months behind them.
///
/// Pure: the same seed and instant give the same service. Nothing lies after `now`; messages that need somebody lie in
/// the last hours, so that a fresh demonstration has something to do.
Service made_up_service(std::uint64_t seed, Instant now);

} // namespace handrail::demo
