#include "monitoring/informant_desk.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "care/age.h"
#include "care/findings.h"
#include "monitoring/ask_pause.h"
#include "monitoring/design_desk.h"

namespace handrail::monitoring {

namespace {

using std::chrono::hours;

constexpr int asks_shown = 30;
constexpr int answers_shown = 100;
constexpr int times_shown = 1000;
constexpr int findings_looked_at = 1000;
constexpr std::size_t longest_called = 40;
constexpr std::size_t longest_note = 2000;
constexpr std::array<std::string_view, 4> relations{"partner", "parent", "friend", "other"};
constexpr std::array<std::string_view, 5> languages{"en", "es", "fr", "de", "pt"};

template <class Names> bool among(const Names& names, std::string_view one)
{
    return std::find(names.begin(), names.end(), one) != names.end();
}

Result<void> only_clinicians(const Actor& actor)
{
    if (actor.role() == Role::Clinician)
        return {};
    return not_allowed("Only a clinician of the team decides this.");
}

Error nobody() { return not_found("There is nobody of that name, or it is over."); }
Error moved() { return conflict("They were asked at this very moment. Try again."); }

/// In force, for a clinician who may read the person's words.
Result<KeptInformant> in_force(trust::Writing& writing, PersonId person, InformantId id)
{
    TRY(writing.admit(person, trust::Scope::Words));
    const auto found = TRY(read_informant(writing, person, id));
    if (!found)
        return nobody();
    if (!found->in_force())
        return conflict("The person does not agree to this any more, or whoever was named ended it.");
    return *found;
}

Result<void> keep(trust::Writing& writing, const KeptInformant& informant, std::optional<Instant> expected)
{
    return TRY(move_informant(writing, informant, expected)) ? Result<void>{} : moved();
}

Result<InformantNote> note_of(trust::Writing& writing, const std::string& text, const char* asked, const char* where)
{
    if (trimmed(text).empty() || !valid_utf8(text) || code_points(text) > longest_note)
        return invalid(asked, where);
    return InformantNote{writing.actor().account(), writing.now(), text};
}

PersonId self(const Actor& actor)
{
    ensure(actor.person().has_value(), "only a person names somebody close to them");
    return *actor.person();
}

} // namespace

Result<bool> InformantDesk::agrees(trust::Reading& reading, PersonId person) const
{
    const bool kept = TRY(consents_.granted(reading, person, "record"));
    return kept && TRY(consents_.granted(reading, person, "staff_reading"));
}

Result<bool> InformantDesk::needs_competence(trust::Reading& reading, PersonId person) const
{
    const auto state = TRY(care::read_person_state(reading, person));
    return care::may_be_below(asking_.asks.informants.competence_below, state.age_band,
                              TRY(service_.read(reading)).minimum_age_band);
}

/// Of this person: in their own words whoever is hurt but somebody else, and in the words of somebody close whoever it is.
Result<std::optional<Instant>> InformantDesk::abuse_found(trust::Reading& reading, PersonId person) const
{
    const auto since = reading.now() - hours{24} * asking_.asks.informants.abuse_days;
    for (const auto& kept : TRY(care::findings_of(reading, person, std::nullopt, findings_looked_at))) {
        if (kept.at < since)
            break; // newest first
        const auto& all = kept.finding.categories;
        const bool abuse = kept.finding.category == Category::Abuse || std::find(all.begin(), all.end(), Category::Abuse) != all.end();
        if (abuse && (kept.about == "informant" || kept.finding.subject != Subject::Other))
            return std::optional{kept.at};
    }
    return std::optional<Instant>{};
}

bool InformantDesk::held(const KeptInformant& informant, std::optional<Instant> abuse_found)
{
    return abuse_found && (!informant.released || informant.released->at <= *abuse_found);
}

Result<bool> InformantDesk::may_be_asked(trust::Reading& reading, const KeptInformant& informant) const
{
    const auto person = informant.person;
    if (informant.state != InformantState::Asked || !informant.plan)
        return false;
    if (TRY(care::read_person_state(reading, person)).state != "active" || !TRY(agrees(reading, person)))
        return false;
    if (!informant.understood && TRY(needs_competence(reading, person)))
        return false;
    if (TRY(running_pause(reading, person)))
        return false;
    return !held(informant, TRY(abuse_found(reading, person)));
}

Result<InformantDesk::Own> InformantDesk::own(trust::Reading& reading, KeptInformant informant,
                                              const std::vector<InformantAnswered>& answered) const
{
    Own own;
    own.waits = informant.in_force() && !informant.understood && TRY(needs_competence(reading, informant.person));
    for (const auto& each : answered)
        if (each.informant == informant.id)
            own.answered.push_back(each.at);
    own.informant = std::move(informant);
    return own;
}

Result<KeptInformant> InformantDesk::name(const Actor& actor, const Naming& naming) const
{
    const auto person = self(actor);
    if (!among(relations, naming.relation))
        return invalid("Say what they are to you: partner, parent, friend or other.", "/relation");
    if (!among(languages, naming.language))
        return invalid("Choose one of the languages of this service.", "/language");
    if (!valid_utf8(naming.called) || code_points(naming.called) > longest_called ||
        naming.called.find_first_of("\r\n") != std::string::npos)
        return invalid("At most 40 characters, on one line.", "/called");
    KeptInformant kept;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        if (!TRY(agrees(writing, person)))
            return Error{ErrorKind::NotAllowed,
                         "What they answer is kept in your record for your care team. Allow both under Privacy first.",
                         {},
                         "type:consent"};
        const auto before = TRY(informants_of(writing, person));
        const auto most = asking_.asks.informants.most;
        if (std::count_if(before.begin(), before.end(), [](const auto& each) { return each.in_force(); }) >= most)
            return conflict("You have named " + std::to_string(most) + " already. End one first.");
        for (const auto& each : before) {
            if (each.in_force() && lower_ascii(each.mail) == lower_ascii(naming.mail))
                return conflict("You have named somebody with this address already.");
            if (!each.refused.empty() && each.refused == address_mark(each.id, naming.mail))
                return conflict("Nobody is asked at this address any more.");
        }
        kept = {};
        kept.id = InformantId::at(writing.now());
        kept.person = person;
        kept.named_at = writing.now();
        kept.relation = naming.relation;
        kept.called = std::string(trimmed(naming.called));
        kept.mail = naming.mail;
        kept.language = naming.language;
        kept.wording = naming.wording;
        TRY(insert_informant(writing, kept));
        writing.note({"grant.informant", person, "informant", kept.id, {}, {}});
        return {};
    }));
    return kept;
}

Result<void> InformantDesk::withdraw(const Actor& actor, InformantId id) const
{
    const auto person = self(actor);
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto informant = TRY(read_informant(writing, person, id));
        if (!informant || !informant->in_force())
            return nobody();
        const auto expected = informant->next_at;
        informant->state = InformantState::Withdrawn;
        informant->over_at = writing.now();
        informant->next_at = std::nullopt;
        informant->mail.clear();
        TRY(keep(writing, *informant, expected));
        TRY(withdraw_informant_asks(writing, person, id));
        writing.note({"refuse.informant", person, "informant", id, {}, {}});
        return {};
    });
}

Result<std::vector<InformantDesk::Own>> InformantDesk::own(const Actor& actor) const
{
    const auto person = self(actor);
    std::vector<Own> all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        all.clear();
        const auto answered = TRY(informant_answer_times(reading, person, times_shown));
        for (auto& each : TRY(informants_of(reading, person)))
            all.push_back(TRY(own(reading, std::move(each), answered)));
        reading.note({"read.informants", person, "informant", {}, {}, {}});
        return {};
    }));
    return all;
}

Result<InformantDesk::Seen> InformantDesk::seen(const Actor& staff, PersonId person) const
{
    Seen seen;
    TRY(record_.read(staff, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        seen = {};
        const auto answered = TRY(informant_answer_times(reading, person, times_shown));
        for (auto& each : TRY(informants_of(reading, person)))
            seen.informants.push_back(TRY(own(reading, std::move(each), answered)));
        seen.asks = TRY(informant_asks_of(reading, person, asks_shown));
        DesignsRead designs(reading);
        for (auto& each : TRY(informant_answers_of(reading, person, answers_shown)))
            if (const auto* design = TRY(designs.of(each.form, std::to_string(each.version))))
                seen.answers.push_back({std::move(each), *design});
        if (!seen.informants.empty())
            seen.abuse_found = TRY(abuse_found(reading, person));
        reading.note({"read.informant_answers", person, "informant_answer", {}, {}, {}});
        return {};
    }));
    return seen;
}

Result<KeptInformant> InformantDesk::plan(const Actor& clinician, PersonId person, InformantId id, const InformantPlan& plan) const
{
    TRY(only_clinicians(clinician));
    const auto& rule = asking_.asks.informants;
    if (plan.every_days < rule.least_days || plan.every_days > rule.most_days)
        return invalid("From every " + std::to_string(rule.least_days) + " to every " + std::to_string(rule.most_days) + " days.",
                       "/every_days");
    if (plan.minute < 0 || plan.minute >= 24 * 60)
        return invalid("A time of day is written like 09:00.", "/at");
    if (!known_zone(plan.zone))
        return invalid("Choose a time zone such as Europe/Dublin.", "/time_zone");
    KeptInformant kept;
    TRY(record_.write(clinician, [&](trust::Writing& writing) -> Result<void> {
        kept = TRY(in_force(writing, person, id));
        if (!TRY(agrees(writing, person)))
            return conflict("The person keeps no record, or the team may not read: nothing is asked about them.");
        const auto design = TRY(read_designed(writing, plan.form));
        if (!design || design->retired_at || design->design.asks != CheckInDesign::Asks::Informant)
            return invalid("Choose a check-in that asks somebody close, and is not retired.", "/form");
        const auto expected = kept.next_at;
        if (kept.plan && kept.plan->form != plan.form)
            TRY(withdraw_informant_asks(writing, person, id));
        kept.plan = plan;
        kept.state = InformantState::Asked;
        kept.next_at = next_due(daily_at(plan), writing.now());
        TRY(keep(writing, kept, expected));
        writing.note({"write.informant_plan", person, "informant", id, {}, {}});
        return {};
    }));
    return kept;
}

Result<void> InformantDesk::stop(const Actor& clinician, PersonId person, InformantId id) const
{
    TRY(only_clinicians(clinician));
    return record_.write(clinician, [&](trust::Writing& writing) -> Result<void> {
        auto kept = TRY(in_force(writing, person, id));
        if (kept.state != InformantState::Asked)
            return not_found("They are not asked.");
        const auto expected = kept.next_at;
        kept.state = InformantState::Named;
        kept.next_at = std::nullopt;
        TRY(keep(writing, kept, expected));
        TRY(withdraw_informant_asks(writing, person, id));
        writing.note({"stop.informant_plan", person, "informant", id, {}, {}});
        return {};
    });
}

Result<void> InformantDesk::note_understood(const Actor& clinician, PersonId person, InformantId id, const std::string& note) const
{
    TRY(only_clinicians(clinician));
    return record_.write(clinician, [&](trust::Writing& writing) -> Result<void> {
        auto kept = TRY(in_force(writing, person, id));
        kept.understood = TRY(note_of(writing, note, "Say how you know that they understand it. The person reads this.",
                                      "/note"));
        TRY(keep(writing, kept, kept.next_at));
        writing.note({"write.informant_understood", person, "informant", id, {}, {}});
        return {};
    });
}

Result<void> InformantDesk::release(const Actor& clinician, PersonId person, InformantId id, const std::string& reason) const
{
    TRY(only_clinicians(clinician));
    return record_.write(clinician, [&](trust::Writing& writing) -> Result<void> {
        auto kept = TRY(in_force(writing, person, id));
        if (!held(kept, TRY(abuse_found(writing, person))))
            return conflict("Nothing holds letters back.");
        kept.released = TRY(note_of(writing, reason, "Say why they may be asked.", "/reason"));
        TRY(keep(writing, kept, kept.next_at));
        // Not among what the person reads of who looked: whoever is named may stand beside them.
        writing.note({"write.informant_release", std::nullopt, "informant", id, {}, {}});
        return {};
    });
}

} // namespace handrail::monitoring
