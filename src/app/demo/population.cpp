#include "app/demo/population.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "base/text.h"
#include "app/demo/population_texts.h"

namespace handrail::demo {

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr int months_of_days = 118;

/// The same numbers on every machine, which the standard distributions do not promise (SplitMix64).
class Chance {
public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
        return mixed ^ (mixed >> 31U);
    }

    double share() { return static_cast<double>(next() >> 11U) / 9007199254740992.0; }
    bool happens(double probability) { return share() < probability; }
    int between(int lowest, int highest)
    {
        return lowest + static_cast<int>(next() % static_cast<std::uint64_t>(highest - lowest + 1));
    }
    /// Near a bell curve: the sum of four even draws, mean 0, deviation 1.
    double wobble() { return (share() + share() + share() + share() - 2) * 1.7320508; }

    template <class List>
    std::string one_of(const List& list)
    {
        return std::string(list[static_cast<std::size_t>(next() % list.size())]);
    }

    /// So many different ones, in the order of the list.
    template <class List>
    std::vector<std::string> some_of(const List& list, std::size_t count)
    {
        std::vector<std::string> out;
        std::size_t left = list.size();
        for (const auto& each : list) {
            if (next() % left < count - out.size())
                out.emplace_back(each);
            --left;
            if (out.size() == count)
                break;
        }
        return out;
    }

private:
    std::uint64_t state_;
};

/// Where somebody's mood tends to on a day, `before_now` days ago.
double tendency(Course course, int before_now)
{
    const double ago = before_now;
    switch (course) {
    case Course::Improving: return 3.9 - 1.9 / (1 + std::exp((45 - ago) / 10));
    case Course::Worse: return ago > 35 ? 3.5 : 1.9 + 1.6 * ago / 35;
    case Course::Silent: return 3.0;
    case Course::Steady: return 3.4;
    case Course::Noisy: return 3.0;
    case Course::New: return 2.6;
    }
    return 3;
}

std::string two_digits(int number)
{
    std::array<char, 8> out{};
    std::snprintf(out.data(), out.size(), "%02d", number % 100);
    return out.data();
}

std::string three_digits(int number)
{
    std::array<char, 8> out{};
    std::snprintf(out.data(), out.size(), "%03d", number % 1000);
    return out.data();
}

/// Numbers that regulators keep for films and books; nothing for countries that keep none.
std::string phone_for(const std::string& country, Chance& chance)
{
    if (country == "GB")
        return "+44 7700 900" + three_digits(chance.between(0, 999));
    if (country == "IE")
        return "+353 20 91" + std::to_string(chance.between(0, 9)) + " " + two_digits(chance.between(0, 99)) +
               two_digits(chance.between(0, 99));
    if (country == "US")
        return "+1 202 555 01" + two_digits(chance.between(0, 99));
    if (country == "DE")
        return "+49 30 23125 " + three_digits(chance.between(0, 999));
    if (country == "FR")
        return "+33 6 39 98 " + two_digits(chance.between(0, 99)) + " " + two_digits(chance.between(0, 99));
    return {};
}

class Living {
public:
    Living(Person& person, Chance chance, Instant now) : person_(person), chance_(chance), now_(now) {}

    void live()
    {
        const int begun = person_.course == Course::New ? chance_.between(4, 13) : chance_.between(months_of_days - 30, months_of_days);
        const int ended = person_.course == Course::Silent ? chance_.between(5, 24) : 0;
        person_.joined_at = evening(begun) - hours(6);
        check_in_daily(begun, ended);
        fill_in_questionnaires(begun, ended);
        talk(begun, ended);
        make_contact();
        if (chance_.happens(person_.course == Course::New ? 0.3 : 0.7))
            write_plan(begun);
        person_.language_model = chance_.happens(0.4);
        person_.research = chance_.happens(0.5);
    }

private:
    /// Between 18:00 and 22:00 UTC on that day, never later than now.
    Instant evening(int before_now)
    {
        const auto midnight = Instant{std::chrono::floor<days>(now_) - days{before_now}};
        const auto at = midnight + hours(18) + minutes(chance_.between(0, 239));
        return at;
    }

    void check_in_daily(int begun, int ended)
    {
        const double keeps_up = person_.course == Course::Noisy ? 0.7 : 0.82;
        const double swing = person_.course == Course::Noisy ? 1.15 : person_.course == Course::Steady ? 0.55 : 0.7;
        double lasting = 0;
        int holiday = chance_.happens(0.4) ? chance_.between(20, 90) : -1;
        for (int ago = begun; ago >= ended; --ago) {
            lasting = 0.4 * lasting + 0.9 * chance_.wobble();
            const double mood = tendency(person_.course, ago) + swing * lasting;
            const auto at = evening(ago);
            if (holiday >= 0 && ago <= holiday && ago > holiday - 6)
                continue; // a week away: nothing was sent, and nothing is wrong
            if (at > now_ || !chance_.happens(keeps_up))
                continue;
            person_.check_ins.push_back({at, answers_for(mood)});
        }
    }

    CheckInAnswers answers_for(double feeling)
    {
        CheckInAnswers answers;
        const int mood = std::clamp(static_cast<int>(std::lround(feeling)), 1, 5);
        answers.one["mood"] = mood;
        if (chance_.happens(0.9))
            answers.one["sleep"] = std::clamp(static_cast<int>(std::lround(1.6 + 0.75 * feeling + 0.9 * chance_.wobble())), 1, 6);
        std::vector<std::string> did;
        const auto maybe = [&](const char* id, double probability) {
            if (chance_.happens(probability))
                did.emplace_back(id);
        };
        maybe("people", 0.12 + 0.12 * mood);
        maybe("out", 0.15 + 0.1 * mood);
        maybe("work", 0.45);
        maybe("moved", 0.05 + 0.08 * mood);
        maybe("rested", 0.4);
        maybe("liked", 0.08 * mood);
        if (did.empty())
            did.emplace_back("not_much");
        answers.many["did"] = std::move(did);
        if (chance_.happens(0.18))
            answers.text.emplace("note", Confidential(chance_.one_of(notes_for(mood))));
        return answers;
    }

    void fill_in_questionnaires(int begun, int ended)
    {
        if (person_.course == Course::New) {
            add_questionnaire("phq-9", begun - 1, 9);
            add_questionnaire("gad-7", begun - 1, 7);
            return;
        }
        for (int ago = begun - chance_.between(1, 4); ago > std::max(ended, 2); ago -= 14 + chance_.between(-1, 2)) {
            if (chance_.happens(0.15))
                continue;
            add_questionnaire("phq-9", ago, 9);
            if (chance_.happens(0.75))
                add_questionnaire("gad-7", ago, 7);
        }
    }

    /// Totals go with the mood of the time: about 20 at very low, about 3 at good. The last item of the PHQ-9 is left at
    /// zero here; the two people for whom it is not are named where the service is put together.
    void add_questionnaire(const char* instrument, int ago, int items)
    {
        Questionnaire form;
        form.at = evening(ago) - hours(3);
        if (form.at > now_)
            return;
        form.instrument = instrument;
        const double mean = std::clamp((4.6 - tendency(person_.course, ago)) * 0.72, 0.1, 2.7);
        for (int item = 1; item <= items; ++item)
            form.answers[std::to_string(item)] =
                std::clamp(static_cast<int>(std::lround(mean + 0.7 * chance_.wobble())), 0, 3);
        if (form.instrument == "phq-9") {
            form.answers["9"] = 0;
            form.answers["10"] = std::clamp(static_cast<int>(std::lround(mean)), 0, 3);
        }
        person_.questionnaires.push_back(std::move(form));
    }

    void talk(int begun, int ended)
    {
        const auto scripts = scripts_for(person_.course);
        const int talks = person_.course == Course::New ? 1 : 2;
        std::size_t first = static_cast<std::size_t>(chance_.next() % scripts.size());
        for (int i = 0; i < talks; ++i) {
            const int latest = std::max(ended, 2);
            const int ago = i == 0 && talks > 1 ? chance_.between(latest + 12, begun - 1) : chance_.between(latest, std::min(begun, latest + 10));
            const auto& script = scripts[(first + static_cast<std::size_t>(i)) % scripts.size()];
            person_.conversations.push_back(played(script, evening(ago) - hours(chance_.between(1, 9))));
        }
        std::sort(person_.conversations.begin(), person_.conversations.end(),
                  [](const auto& a, const auto& b) { return a.turns.front().at < b.turns.front().at; });
    }

public:
    /// A script as if written from that instant on, a minute or two between the turns, none after now.
    Conversation played(const Script& script, Instant at)
    {
        Conversation out;
        out.meant = script.meant;
        for (const auto text : script.turns) {
            out.turns.push_back({std::min(at, now_), std::string(text)});
            at += minutes(chance_.between(1, 3)) + std::chrono::seconds(chance_.between(0, 50));
        }
        return out;
    }

private:
    void make_contact()
    {
        auto& contact = person_.contact;
        contact.phone = phone_for(person_.country, chance_);
        contact.email = person_.login + "@example.org";
        contact.times = chance_.happens(0.5) ? "After 17:00" : "Mornings";
        contact.voicemail_ok = chance_.happens(0.5);
        contact.text_ok = chance_.happens(0.85);
        if (chance_.happens(0.6))
            contact.address = std::to_string(chance_.between(1, 90)) + " Example Street";
        if (chance_.happens(0.75))
            contact.emergency_contact = EmergencyContact{chance_.one_of(friends()), chance_.one_of(relations()),
                                                         phone_for(person_.country, chance_), chance_.happens(0.85)};
        if (chance_.happens(0.6))
            contact.medicines = chance_.one_of(medicines());
    }

    /// Three plans in ten name nobody to ask for help, as in the published study the safety plan page rests on.
    void write_plan(int begun)
    {
        SafetyPlan plan;
        plan.written_at = evening(std::max(1, begun - 3)) - hours(4);
        plan.warning_signs = chance_.some_of(warning_signs(), 2);
        plan.coping = chance_.some_of(own_coping(), 3);
        for (auto& place : chance_.some_of(places(), 2))
            plan.distraction.push_back({std::move(place), ""});
        if (chance_.happens(0.7))
            for (auto& friend_name : chance_.some_of(friends(), 2))
                plan.people.push_back({std::move(friend_name), phone_for(person_.country, chance_)});
        plan.professionals.push_back({"The team at Harbour Wellbeing", ""});
        plan.safer_place = chance_.some_of(safer_places(), 1);
        plan.shared_with_team = chance_.happens(0.8);
        if (plan.written_at <= now_)
            person_.plan = std::move(plan);
    }

    Person& person_;
    Chance chance_;
    Instant now_;
};

std::vector<Staff> make_staff()
{
    return {{"maeve", "Maeve Dorrigan", "Nurse", Role::Clinician, {0, 1, 2}},
            {"idris", "Idris Fennimore", "Psychologist", Role::Clinician, {1}},
            {"noor", "Noor Castellan", "Social worker", Role::Clinician, {2}},
            {"pia", "Pia Holmgren-Lake", "Nurse", Role::Clinician, {0, 1}},
            {"ruth", "Ruth Oyelaran-Vale", "Service lead", Role::Lead, {0, 1, 2}},
            {"kit", "Kit Sandoval-Wren", "Administrator", Role::Administrator, {}}};
}

Person& person_named(Service& service, std::string_view name)
{
    const auto found = std::find_if(service.people.begin(), service.people.end(),
                                    [&](const auto& each) { return each.display_name == name; });
    ensure(found != service.people.end(), "a script names somebody who is there");
    return *found;
}

/// A recent form on which the last item of the PHQ-9 was not zero.
void add_critical_form(Person& person, Instant at, int answer)
{
    Questionnaire form;
    form.at = at;
    form.instrument = "phq-9";
    for (int item = 1; item <= 8; ++item)
        form.answers[std::to_string(item)] = item % 3 == 0 ? 1 : 2;
    form.answers["9"] = answer;
    form.answers["10"] = 1;
    person.questionnaires.push_back(std::move(form));
}

} // namespace

Service made_up_service(std::uint64_t seed, Instant now)
{
    Service service;
    service.name = "Harbour Wellbeing";
    service.teams = {{"Harbour team"}, {"Riverside team"}, {"Evening team"}};
    service.staff = make_staff();
    constexpr std::array<std::array<std::string_view, 2>, 3> clinicians{
        {{"maeve", "pia"}, {"idris", "pia"}, {"noor", "noor"}}};

    Chance chance(seed);
    std::size_t place = 0;
    for (const auto& sketch : sketches()) {
        Person person;
        person.display_name = sketch.name;
        person.login = lower_ascii(sketch.name.substr(0, sketch.name.find(' ')));
        person.country = sketch.country;
        person.age_band = sketch.age_band;
        person.language = "en";
        person.course = sketch.course;
        person.team = place % service.teams.size();
        if (sketch.course != Course::New || chance.happens(0.5))
            person.clinician = std::string(clinicians[person.team][chance.happens(0.7) ? 0 : 1]);
        Living(person, Chance(chance.next()), now).live();
        service.people.push_back(std::move(person));
        ++place;
    }

    for (const auto& each : pressing_scripts()) {
        auto& person = person_named(service, each.who);
        if (each.script.language != "en")
            person.language = std::string(each.script.language);
        person.conversations.push_back(
            Living(person, Chance(seed ^ static_cast<std::uint64_t>(each.minutes_ago)), now)
                .played(each.script, now - minutes(each.minutes_ago)));
    }
    add_critical_form(person_named(service, "Piers Hallowell-Moss"), now - hours(5), 2);
    add_critical_form(person_named(service, "Greta Holmwald"), now - hours(20), 1);
    return service;
}

} // namespace handrail::demo
