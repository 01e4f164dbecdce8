#include "care/supporter_desk.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "care/age.h"
#include "trust/actor_desk.h"

namespace handrail::care {

namespace {

using std::chrono::hours;

constexpr std::size_t most = 20;
constexpr std::size_t longest_called = 60;
constexpr std::size_t longest_note = 2000;
constexpr std::array<std::string_view, 5> languages{"en", "es", "fr", "de", "pt"};

PersonId self(const Actor& actor)
{
    ensure(actor.person().has_value(), "only a person chooses who supports them");
    return *actor.person();
}

Error not_on_the_list() { return not_found("That supporter is not on the list."); }
Error no_link() { return not_found("They have no link, or it has ended."); }
Error opens_nothing()
{
    return not_found("This link opens nothing: it has ended, or a part of it is missing. Ask whoever sent it to you.");
}

Result<void> some(const std::set<PlanPart>& shares)
{
    return shares.empty() ? Result<void>{invalid("Tick at least one part of your plan.", "/shares")} : Result<void>{};
}

/// In force, for whoever may change it.
Result<SupporterLink> in_force(trust::Writing& writing, PersonId person, SupporterId id)
{
    const auto link = TRY(read_supporter_link(writing, person, id));
    if (!link || link->ends_at <= writing.now())
        return no_link();
    return *link;
}

SafetyPlan only(SafetyPlan plan, const std::set<PlanPart>& shares)
{
    const auto keep = [&](PlanPart part, auto& lines) {
        if (!shares.contains(part))
            lines.clear();
    };
    keep(PlanPart::WarningSigns, plan.warning_signs);
    keep(PlanPart::Coping, plan.coping);
    keep(PlanPart::Distraction, plan.distraction);
    keep(PlanPart::People, plan.people);
    keep(PlanPart::Professionals, plan.professionals);
    keep(PlanPart::SaferPlace, plan.safer_place);
    return plan;
}

/// What a helper is told where nobody wrote anything: as for somebody who worries about another (safety.md C13).
Finding worry(Urgency urgency)
{
    Finding finding;
    finding.urgency = urgency;
    finding.category = Category::Suicide;
    finding.categories = {Category::Suicide};
    finding.subject = Subject::Other;
    return finding;
}

} // namespace

Result<bool> SupporterDesk::needs_competence(trust::Reading& reading, PersonId person) const
{
    const auto state = TRY(read_person_state(reading, person));
    return may_be_below(competence_below(), state.age_band, TRY(service_.read(reading)).minimum_age_band);
}

Result<SupporterDesk::All> SupporterDesk::own(const Actor& actor) const
{
    const auto person = self(actor);
    All all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        all = {reading.now(), {}};
        const auto links = TRY(supporter_links_of(reading, person));
        const bool young = TRY(needs_competence(reading, person));
        for (auto& each : TRY(read_supporters(reading, person))) {
            Own one{std::move(each), {}, false};
            for (const auto& link : links)
                if (link.supporter == one.supporter.id)
                    one.link = link;
            one.waits = one.link && young && !one.link->understood;
            all.supporters.push_back(std::move(one));
        }
        reading.note({"read.supporters", person, "document", {}, {}, {}});
        return {};
    }));
    return all;
}

Result<Supporter> SupporterDesk::add(const Actor& actor, const std::string& name, const std::string& relation) const
{
    const auto person = self(actor);
    if (trimmed(name).empty())
        return invalid("Write their name.", "/name");
    Supporter added;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto everyone = TRY(read_supporters(writing, person));
        if (everyone.size() >= most)
            return Error{ErrorKind::TooMuch, "The list holds up to 20 people.", {}, "/name"};
        added = {SupporterId::at(writing.now()), name, relation};
        everyone.push_back(added);
        TRY(write_supporters(writing, person, everyone));
        writing.note({"write.supporters", person, "document", {}, {}, {}});
        return {};
    }));
    return added;
}

Result<void> SupporterDesk::remove(const Actor& actor, SupporterId id) const
{
    const auto person = self(actor);
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto everyone = TRY(read_supporters(writing, person));
        if (std::erase_if(everyone, [&](const auto& each) { return each.id == id; }) == 0)
            return not_on_the_list();
        TRY(write_supporters(writing, person, everyone));
        TRY(remove_supporter_link(writing, person, id));
        writing.note({"write.supporters", person, "document", {}, {}, {}});
        return {};
    });
}

Result<SupporterDesk::Made> SupporterDesk::share(const Actor& actor, SupporterId id, const Sharing& sharing) const
{
    const auto person = self(actor);
    TRY(some(sharing.shares));
    const auto& days = rule().days;
    if (std::find(days.begin(), days.end(), sharing.days) == days.end())
        return invalid("Choose one of the lengths that are offered.", "/days");
    if (std::find(languages.begin(), languages.end(), sharing.language) == languages.end())
        return invalid("Choose one of the languages of this service.", "/language");
    if (!valid_utf8(sharing.called) || trimmed(sharing.called).empty() || code_points(sharing.called) > longest_called ||
        sharing.called.find_first_of("\r\n") != std::string::npos)
        return invalid("Write what they call you: at most 60 characters, on one line.", "/called");
    Made made;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        made = {};
        const auto everyone = TRY(read_supporters(writing, person));
        if (std::none_of(everyone.begin(), everyone.end(), [&](const auto& each) { return each.id == id; }))
            return not_on_the_list();
        const auto before = TRY(read_supporter_link(writing, person, id));
        if (before)
            made.link.understood = before->understood;
        made.waits = !made.link.understood && TRY(needs_competence(writing, person));
        if (made.waits && !TRY(consents_.granted(writing, person, "staff_reading")))
            return Error{ErrorKind::NotAllowed,
                         "One of your team first talks with you about what this means. Allow your team to read under Privacy first.",
                         {},
                         "type:consent"};
        made.link.person = person;
        made.link.supporter = id;
        made.link.made_at = writing.now();
        made.link.ends_at = writing.now() + hours{24} * sharing.days;
        made.link.shares = sharing.shares;
        made.link.called = std::string(trimmed(sharing.called));
        made.link.language = sharing.language;
        made.link.wording = sharing.wording;
        made.token = TRY(make_supporter_link(writing, made.link));
        writing.note({"grant.supporter_link", person, "supporter_link", id, {}, {}});
        return {};
    }));
    return made;
}

Result<void> SupporterDesk::change(const Actor& actor, SupporterId id, const std::set<PlanPart>& shares) const
{
    const auto person = self(actor);
    TRY(some(shares));
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto link = TRY(in_force(writing, person, id));
        link.shares = shares;
        TRY(change_supporter_link(writing, link));
        writing.note({"change.supporter_link", person, "supporter_link", id, {}, {}});
        return {};
    });
}

Result<void> SupporterDesk::take_back(const Actor& actor, SupporterId id) const
{
    const auto person = self(actor);
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        if (!TRY(remove_supporter_link(writing, person, id)))
            return no_link();
        writing.note({"end.supporter_link", person, "supporter_link", id, {}, {}});
        return {};
    });
}

Result<std::vector<SupporterDesk::Own>> SupporterDesk::to_be_understood(const Actor& staff, PersonId person) const
{
    std::vector<Own> found;
    TRY(record_.read(staff, [&](trust::Reading& reading) -> Result<void> {
        found.clear();
        TRY(reading.admit(person, trust::Scope::Words));
        const auto supporters = TRY(read_supporters(reading, person));
        const bool young = TRY(needs_competence(reading, person));
        for (auto& link : TRY(supporter_links_of(reading, person))) {
            const auto whose = std::find_if(supporters.begin(), supporters.end(),
                                            [&](const auto& each) { return each.id == link.supporter; });
            const bool waits = young && !link.understood;
            if (whose != supporters.end() && link.ends_at > reading.now() && (waits || link.understood))
                found.push_back({*whose, std::move(link), waits});
        }
        if (!found.empty())
            reading.note({"read.supporter_links", person, "supporter_link", {}, {}, {}});
        return {};
    }));
    return found;
}

Result<void> SupporterDesk::note_understood(const Actor& clinician, PersonId person, SupporterId id, const std::string& note) const
{
    if (clinician.role() != Role::Clinician)
        return not_allowed("Only a clinician of the team decides this.");
    return record_.write(clinician, [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.admit(person, trust::Scope::Words));
        auto link = TRY(in_force(writing, person, id));
        if (trimmed(note).empty() || !valid_utf8(note) || code_points(note) > longest_note)
            return invalid("Say how you know that they understand it. The person reads this.", "/note");
        link.understood = SupporterNote{clinician.account(), writing.now(), note};
        TRY(change_supporter_link(writing, link));
        writing.note({"write.supporter_understood", person, "supporter_link", id, {}, {}});
        return {};
    });
}

Result<SupporterDesk::Opened> SupporterDesk::opened(trust::Writing& writing, const std::string& token) const
{
    const auto led = TRY(follow_supporter_link(writing, token));
    auto link = led ? TRY(read_supporter_link(writing, led->person, led->supporter)) : std::nullopt;
    if (!link)
        return opens_nothing();
    const auto state = TRY(read_person_state(writing, link->person));
    if (state.state != "active" || (!link->understood && TRY(needs_competence(writing, link->person))))
        return opens_nothing();
    if (!TRY(count_opening(writing, *link, token)))
        return opens_nothing();
    Opened opened;
    opened.plan = only(TRY(read_safety_plan(writing, link->person)), link->shares);
    opened.worried = TRY(listening_.help_for_somebody_close(writing, worry(Urgency::Soon), state, link->language));
    opened.danger = TRY(listening_.help_for_somebody_close(writing, worry(Urgency::Now), state, link->language));
    writing.note({"follow.supporter_link", link->person, "supporter_link", link->supporter, {}, {}});
    opened.link = *std::move(link);
    return opened;
}

Result<SupporterDesk::Opened> SupporterDesk::open(OrganisationId organisation, const std::string& token) const
{
    const auto system = trust::ActorDesk::system(organisation);
    std::optional<LedTo> led;
    // Whoever tries tokens holds up no writer.
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        led = TRY(follow_supporter_link(reading, token));
        return {};
    }));
    Result<Opened> found = opens_nothing();
    if (!led)
        return found;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        found = opened(writing, token);
        return found.ok() ? Result<void>{} : Result<void>{found.error()};
    }));
    return found;
}

} // namespace handrail::care
