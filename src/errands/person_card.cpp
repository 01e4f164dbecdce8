#include "errands/person_card.h"

#include "trust/person_profile.h"

namespace handrail::errands {

namespace {

constexpr rows::Statement select_person{
    "person.head", "SELECT person, team, clinician, country, language, age_band, sealed_profile, created_at, "
                   "last_heard_at FROM person WHERE organisation = $1 AND person = $2"};
constexpr rows::Statement last_human_message{
    "person.last_human_message", "SELECT at, author_account FROM message WHERE organisation = $1 AND person = $2 AND "
                                 "author = 'human' ORDER BY at DESC LIMIT 1"};
constexpr rows::Statement last_outcome{
    "person.last_outcome",
    "SELECT s.at, s.kind FROM alert_step s JOIN alert a ON a.organisation = s.organisation AND a.alert = s.alert "
    "WHERE s.organisation = $1 AND a.person = $2 AND s.kind LIKE 'outcome_%' ORDER BY s.at DESC LIMIT 1"};

std::string outcome_words(const std::string& kind)
{
    if (kind == "outcome_reached")
        return "Reached";
    if (kind == "outcome_not_reached")
        return "Tried, not reached";
    if (kind == "outcome_handed_over")
        return "Handed over to a colleague";
    return "Decided that no contact was needed";
}

} // namespace

Result<PersonHead> read_head(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(reading.rows(select_person, {rows::Value{person}}));
    if (found.empty())
        return not_found("There is no such person.");
    const auto& row = found.front();
    PersonHead head;
    head.id = person;
    head.team = row[1].id<TeamId>();
    head.clinician = row[2].id<AccountId>();
    head.country = row[3].text();
    head.language = row[4].text();
    head.age_band = row[5].text();
    head.name = TRY(trust::open_person_profile(reading, person, row[6].blob())).text("display_name");
    if (head.name.empty())
        head.name = no_name;
    head.since = row[7].instant();
    if (!row[8].null())
        head.heard_at = row[8].instant();
    return head;
}

std::string staff_name(trust::Reading& reading, const trust::AccountDesk& accounts, AccountId account)
{
    if (account.empty())
        return {};
    const auto found = accounts.staff(reading, account);
    return found.ok() ? found->display_name : std::string{};
}

Result<PersonCard> read_card(trust::Reading& reading, const trust::AccountDesk& accounts, const PersonHead& head)
{
    PersonCard card;
    card.contact = TRY(care::read_safe_contact(reading, head.id));
    const auto plan = TRY(care::read_safety_plan(reading, head.id));
    if (plan.version > 0 && plan.shared_with_team)
        card.plan = plan;
    card.plan_unshared = plan.version > 0 && !plan.shared_with_team;
    card.clinician = head.clinician;
    card.clinician_name = staff_name(reading, accounts, head.clinician);
    const auto written = TRY(reading.rows(last_human_message, {rows::Value{head.id}}));
    if (!written.empty()) {
        card.last_contact_at = written.front()[0].instant();
        card.last_contact_what = "Wrote here";
    }
    const auto acted = TRY(reading.rows(last_outcome, {rows::Value{head.id}}));
    if (!acted.empty() && (!card.last_contact_at || acted.front()[0].instant() > *card.last_contact_at)) {
        card.last_contact_at = acted.front()[0].instant();
        card.last_contact_what = outcome_words(acted.front()[1].text());
    }
    if (card.contact.phone.empty())
        card.missing.emplace_back("No safe telephone number");
    if (!card.contact.emergency_contact)
        card.missing.emplace_back("No emergency contact");
    if (plan.version == 0)
        card.missing.emplace_back("No safety plan written");
    else if (!card.plan)
        card.missing.emplace_back("A safety plan is written, but not shared with the team");
    if (head.clinician.empty())
        card.missing.emplace_back("No clinician named");
    if (card.contact.address.empty())
        card.missing.emplace_back("No address known: nobody can be sent to this person");
    return card;
}

Result<std::vector<Agreed>> read_agreed(trust::Reading& reading, const trust::ConsentDesk& consents,
                                        const PersonHead& head, const PersonCard& card)
{
    std::vector<Agreed> agreed;
    for (const auto& consent : TRY(consents.current(reading, head.id))) {
        if (consent.purpose == "staff_reading")
            agreed.push_back({"Staff reading", consent.granted ? "The care team may read what is written."
                                                               : "Only when danger is found. The care team may not read "
                                                                 "everything."});
        if (consent.purpose == "language_model")
            agreed.push_back({"Language model", consent.granted ? "Words may be sent, with names replaced."
                                                                : "Nothing may be sent."});
    }
    agreed.push_back({"Safety plan", card.plan ? "Shared with the team." : "Not shared."});
    if (const auto& emergency = card.contact.emergency_contact)
        agreed.push_back({emergency->name + ", " + emergency->relation,
                          emergency->may_call ? "May be called in danger." : "May not be called."});
    return agreed;
}

} // namespace handrail::errands
