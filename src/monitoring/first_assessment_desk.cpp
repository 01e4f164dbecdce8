#include "monitoring/first_assessment_desk.h"

#include <algorithm>
#include <functional>

#include "base/text.h"
#include "care/overdue.h"
#include "trust/setting_desk.h"

namespace handrail::monitoring {

namespace {

using State = KeptAssessment::State;

constexpr std::string_view setting_name = "first_assessment";
constexpr const char* about = "first_assessment";
constexpr int most_days = 10;
constexpr int most_findings = 200;
constexpr std::size_t longest_note = 4000;

Error sent_already() { return conflict("You have sent this already. What you want to add, write in the talk."); }

Result<void> may_read_for_others(const Actor& actor)
{
    if (actor.role() == Role::Clinician || actor.role() == Role::Lead)
        return {};
    return not_allowed("Clinicians and leads read a first assessment.");
}

bool taken_back(const GivenCheckInAnswer& given)
{
    if (const auto* text = std::get_if<std::string>(&given))
        return valid_utf8(*text) && trimmed(*text).empty();
    if (const auto* list = std::get_if<std::vector<std::string>>(&given))
        return list->empty();
    return std::holds_alternative<std::monostate>(given);
}

void put(CheckInAnswers& answers, const std::string& question, const CheckInAnswers& given)
{
    answers.one.erase(question);
    answers.many.erase(question);
    answers.text.erase(question);
    answers.one.insert(given.one.begin(), given.one.end());
    answers.many.insert(given.many.begin(), given.many.end());
    answers.text.insert(given.text.begin(), given.text.end());
}

AnsweredQuestion* find(KeptAssessment& kept, const std::string& question)
{
    const auto found = std::find_if(kept.answered.begin(), kept.answered.end(),
                                    [&](const auto& each) { return each.question == question; });
    return found == kept.answered.end() ? nullptr : &*found;
}

/// Whether a rule looks at this question: its answers are not forgotten when they change.
bool has_rule(const FirstAssessment& form, const std::string& question)
{
    const auto of_question = [&](std::size_t place) {
        const auto& id = form.items.items.at(place).id;
        return id == question || id.starts_with(question + ".");
    };
    const std::function<bool(const Condition&)> looks = [&](const Condition& condition) {
        return std::any_of(condition.items.begin(), condition.items.end(), of_question) ||
               std::any_of(condition.parts.begin(), condition.parts.end(), looks);
    };
    return std::any_of(form.rules.begin(), form.rules.end(), [&](const auto& rule) { return looks(rule.when); });
}

} // namespace

Result<FirstAssessmentDesk::Settings> FirstAssessmentDesk::settings(trust::Reading& reading) const
{
    Settings settings{false, form_.read_within_days};
    const auto text = TRY(trust::SettingDesk{record_}.get(reading, setting_name));
    if (!text)
        return settings;
    const auto in = TRY(Fields::decoded(*text));
    settings.on = in.number("on") != 0;
    settings.read_within_days = std::clamp(static_cast<int>(in.number("read_within_days")), 1, most_days);
    return settings;
}

Result<FirstAssessmentDesk::Settings> FirstAssessmentDesk::settings(const Actor& actor) const
{
    if (!is_staff(actor.role()) && actor.role() != Role::System)
        return not_allowed("This is for the service's staff.");
    Settings found;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        found = TRY(settings(reading));
        return {};
    }));
    return found;
}

Result<void> FirstAssessmentDesk::save_settings(const Actor& actor, const Settings& wanted) const
{
    if (wanted.read_within_days < 1 || wanted.read_within_days > most_days)
        return invalid("Give 1 to 10 working days.", "/read_within_days");
    Fields out;
    out.add("on", wanted.on ? 1 : 0).add("read_within_days", wanted.read_within_days);
    return trust::SettingDesk{record_}.put(actor, setting_name, out.encoded());
}

Result<FirstAssessmentDesk::Own> FirstAssessmentDesk::own(trust::Reading& reading, PersonId person) const
{
    Own own;
    own.settings = TRY(settings(reading));
    own.kept = TRY(read_assessment(reading, person));
    own.staff_may_read = TRY(consents_.granted(reading, person, "staff_reading"));
    if (own.kept) {
        own.answers = answers_in(form_, own.kept->answered);
        own.fitting = TRY(fitting(reading, *own.kept));
    }
    return own;
}

Result<FirstAssessmentDesk::Own> FirstAssessmentDesk::own(const Actor& actor) const
{
    ensure(actor.person().has_value(), "only a person has a first assessment of their own");
    Own found;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        found = TRY(own(reading, *actor.person()));
        reading.note({"read.first_assessment", *actor.person(), "first_assessment", {}, {}, {}});
        return {};
    }));
    return found;
}

Finding FirstAssessmentDesk::judged(const Given& given) const
{
    const auto read = read_check_in(form_of(form_), {{given.question, given.answer}});
    auto finding = judge_first(form_, {}, read.answers, false);
    for (const auto& [question, words] : read.answers.text) {
        auto found = screener_.screen(words.reveal(), {}, given.language);
        if (need(found.urgency) > need(finding.urgency))
            finding = std::move(found);
    }
    return finding;
}

Result<FirstAssessmentDesk::Saved> FirstAssessmentDesk::answer(const Actor& actor, const Given& given) const
{
    ensure(actor.person().has_value(), "only a person answers a first assessment");
    const PersonId person = *actor.person();
    const auto* question = form_.question(given.question);
    if (given.form != form_.version || question == nullptr)
        return conflict("These questions were changed since the page was loaded. Load it again.");
    CheckInAnswers read;
    if (!taken_back(given.answer)) {
        auto checked = read_check_in(form_of(form_), {{given.question, given.answer}});
        if (!checked.sound())
            return error_of(checked.problems);
        read = std::move(checked.answers);
    }
    // Screened before the transaction: no lock is held while words are read.
    std::vector<Finding> screened;
    for (const auto& [id, words] : read.text)
        screened.push_back(screener_.screen(words.reveal(), {}, given.language));

    Saved saved;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        saved = {};
        const Instant now = writing.now();
        if (!TRY(consents_.granted(writing, person, "record")))
            return Error{ErrorKind::NotAllowed,
                         "You chose that no record is kept. Allow it under Privacy, and your answers can be saved.",
                         {},
                         "type:consent"};
        auto before = TRY(read_assessment(writing, person));
        if (!before && !TRY(settings(writing)).on)
            return conflict("This service does not ask these questions.");
        if (before && before->state != State::Begun)
            return sent_already();
        KeptAssessment kept = before.value_or(KeptAssessment{});
        const auto state = TRY(care::read_person_state(writing, person));
        if (!before) {
            kept.id = AssessmentId::at(now);
            kept.person = person;
            kept.begun_at = now;
        }
        const auto answered = answers_in(form_, kept.answered);
        auto after = answered;
        put(after, given.question, read);
        saved.version = kept.version;
        auto* const there = find(kept, given.question);
        if (same_answer(answered, after, given.question))
            return {}; // sent again, or gone past
        saved.changed_elsewhere = given.seen && there != nullptr && there->changed > *given.seen;

        // Danger goes its way whatever becomes of the answer.
        auto findings = screened;
        findings.push_back(judge_first(form_, answered, after, is_minor(state.age_band)));
        std::erase_if(findings, [](const auto& each) { return each.urgency == Urgency::Usual && each.evidence.empty(); });
        std::stable_sort(findings.begin(), findings.end(),
                         [](const auto& a, const auto& b) { return need(a.urgency) > need(b.urgency); });
        for (const auto& finding : findings) {
            // One answer is told one thing: what the gravest of its findings calls for.
            const auto told = &finding == findings.data() ? std::nullopt : std::optional{saved.help};
            saved.help = TRY(listening_.follow(writing, {person, about, kept.id, {}, finding, false}, state, told)).help;
            saved.urgency = sooner(saved.urgency, finding.urgency);
        }
        TRY(care::mark_heard(writing, person, now));
        writing.note({"write.first_assessment", person, "first_assessment", kept.id, {}, {}});
        if (saved.changed_elsewhere)
            return {};

        if (there != nullptr && has_rule(form_, given.question))
            kept.before.push_back({*there, now});
        kept.version += 1;
        const bool answers_it = !taken_back(given.answer);
        auto one = answered_question(*question, after, given.language, kept.version);
        if (there != nullptr && answers_it)
            *there = std::move(one);
        else if (there != nullptr)
            kept.answered.erase(kept.answered.begin() + (there - kept.answered.data()));
        else
            kept.answered.push_back(std::move(one));
        kept.form = form_.version;
        kept.language = given.language;
        kept.age_band = state.age_band;
        kept.changed_at = now;
        saved.version = kept.version;
        return write_assessment(writing, kept);
    }));
    return saved;
}

Result<FirstAssessmentDesk::Own> FirstAssessmentDesk::send(const Actor& actor, int version) const
{
    ensure(actor.person().has_value(), "only a person sends their first assessment");
    const PersonId person = *actor.person();
    Own sent;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        sent = TRY(own(writing, person));
        if (!sent.kept)
            return not_found("There is nothing to send yet.");
        auto& kept = *sent.kept;
        if (kept.state != State::Begun)
            return sent_already();
        if (kept.version != version)
            return conflict("This was changed on another device. Look at it again, then send it.");
        if (const auto* open = still_needed(form_, sent.answers))
            return invalid("One question still needs an answer. You can say that you would rather not say.",
                           "/answers/" + open->asks.id);
        if (!sent.staff_may_read)
            return Error{ErrorKind::NotAllowed,
                         "Your care team may not read what you write. Allow it under Privacy, and this can be sent.",
                         {},
                         "type:staff-reading"};
        const auto clinician = TRY(clinician_of(writing, person));
        // Somebody who left the team could not open it: then nobody is named, and the lead names somebody.
        if (!clinician.empty() && TRY(reads_for(writing, person, clinician)))
            kept.reader = clinician;
        kept.state = State::Sent;
        kept.sent_at = writing.now();
        kept.changed_at = writing.now();
        kept.due_at = care::read_by(TRY(service_.read(writing)), writing.now(), sent.settings.read_within_days);
        TRY(write_assessment(writing, kept));
        TRY(care::mark_heard(writing, person, writing.now()));
        writing.announce("caseload", {});
        writing.note({"send.first_assessment", person, "first_assessment", kept.id, {}, {}});
        return {};
    }));
    return sent;
}

Result<std::optional<FirstAssessmentDesk::Summary>> FirstAssessmentDesk::summary(const Actor& actor, PersonId person) const
{
    TRY(may_read_for_others(actor));
    std::optional<Summary> found;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        found.reset();
        TRY(reading.admit(person, trust::Scope::Words));
        auto kept = TRY(read_assessment(reading, person));
        if (!kept || kept->state == State::Begun)
            return {};
        Summary summary;
        summary.fitting = TRY(fitting(reading, *kept));
        const auto answers = answers_in(form_, kept->answered);
        for (const auto& question : form_.questions)
            if (is_asked(form_, question, answers) && find(*kept, question.asks.id) == nullptr)
                summary.left_open.push_back(&question);
        for (auto& finding : TRY(care::findings_of(reading, person, std::nullopt, most_findings)))
            if (finding.about == about && finding.about_id == kept->id)
                summary.findings.push_back(std::move(finding));
        reading.note({"read.first_assessment", person, "first_assessment", kept->id, {}, {}});
        summary.kept = *std::move(kept);
        found = std::move(summary);
        return {};
    }));
    return found;
}

Result<void> FirstAssessmentDesk::mark_read(const Actor& actor, PersonId person, const std::string& note) const
{
    TRY(may_read_for_others(actor));
    if (trimmed(note).empty())
        return invalid("Write in a few words what follows from it.", "/note");
    if (code_points(note) > longest_note)
        return Error{ErrorKind::TooMuch, "This text has more than 4,000 characters. Make it shorter.", {}, "/note"};
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.admit(person, trust::Scope::Words));
        auto kept = TRY(read_assessment(writing, person));
        if (!kept || kept->state == State::Begun)
            return not_found("There is no first assessment to read.");
        if (kept->state == State::Read)
            return conflict("A colleague has read this already. Load it again.");
        kept->state = State::Read;
        kept->read_at = writing.now();
        kept->read_by = writing.actor().account();
        kept->changed_at = writing.now();
        kept->due_at.reset();
        kept->note = note;
        TRY(write_assessment(writing, *kept));
        writing.announce("caseload", {});
        writing.note({"acknowledge.first_assessment", person, "first_assessment", kept->id, {}, {}});
        return {};
    });
}

Result<std::vector<UnreadAssessment>> FirstAssessmentDesk::unread(const Actor& actor) const
{
    TRY(may_read_for_others(actor));
    std::vector<UnreadAssessment> all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        all = actor.role() == Role::Lead ? TRY(unread_assessments(reading))
                                         : TRY(unread_assessments(reading, actor.account()));
        trust::Deed deed{"read.first_assessments", std::nullopt, "first_assessment", {}, {}, {}};
        for (const auto& each : all)
            deed.listed.push_back(each.person);
        reading.note(std::move(deed));
        return {};
    }));
    return all;
}

Result<void> FirstAssessmentDesk::name_reader(const Actor& actor, PersonId person, AccountId reader) const
{
    TRY(may_read_for_others(actor));
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.admit(person, trust::Scope::Presence));
        if (!TRY(reads_for(writing, person, reader)))
            return invalid("Only a clinician of this person's care team can be named.", "/account");
        if (!TRY(set_reader(writing, person, reader)))
            return not_found("There is no first assessment that waits to be read.");
        writing.announce("caseload", {});
        writing.note({"change.first_assessment_reader", person, "first_assessment", {}, {}, {}});
        return {};
    });
}

Result<int> FirstAssessmentDesk::tell_overdue(const Actor& system) const
{
    const auto is_late = [](const UnreadAssessment& each, Instant now) { return !each.told_at && each.due_at <= now; };
    care::Overdue overdue;
    overdue.late = [&](trust::Reading& reading) -> Result<int> {
        const auto all = TRY(unread_assessments(reading));
        return static_cast<int>(
            std::count_if(all.begin(), all.end(), [&](const auto& each) { return is_late(each, reading.now()); }));
    };
    overdue.mark = [&](trust::Writing& writing) -> Result<int> {
        int late = 0;
        for (const auto& each : TRY(unread_assessments(writing)))
            if (is_late(each, writing.now()) && TRY(mark_told(writing, each.person)))
                ++late;
        return late;
    };
    overdue.words = [](int late) {
        return late == 1 ? std::string("A first assessment was not read in time. See who is to read it.")
                         : std::to_string(late) + " first assessments were not read in time. See who is to read them.";
    };
    overdue.deed = "escalate.first_assessments";
    overdue.noun = "first_assessment";
    return care::tell_overdue(record_, alerts_, system, overdue);
}

} // namespace handrail::monitoring
