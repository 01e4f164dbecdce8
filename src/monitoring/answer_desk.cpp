#include "monitoring/answer_desk.h"

#include <algorithm>

#include "base/text.h"
#include "monitoring/design_calls.h"
#include "monitoring/design_desk.h"
#include "monitoring/follow_up.h"
#include "monitoring/questionnaire_history.h"
#include "monitoring/screened_texts.h"
#include "monitoring/treatment_desk.h"
#include "monitoring/what_helped.h"

namespace handrail::monitoring {

namespace {

using std::chrono::hours;

/// Seconds only: the course counts in them.
Instant to_second(Instant at) { return std::chrono::floor<std::chrono::seconds>(at); }

CourseAnswer course_answer(const CheckInAnswers& answers, Instant at)
{
    return {to_second(at), answers.value("mood").value_or(0), answers.value("sleep").value_or(0)};
}

Result<void> keeps_record(trust::Reading& reading, const trust::ConsentDesk& consents, PersonId person)
{
    if (TRY(consents.granted(reading, person, "record")))
        return {};
    return Error{ErrorKind::NotAllowed,
                 "You chose that no record is kept. Allow it under Privacy, and your answers can be saved.",
                 {},
                 "type:consent"};
}

/// Read only when something is covered by it: few forms hold a critical answer. A note that cannot be read covers nothing.
std::optional<Instant> known_and_planned(trust::Reading& reading, PersonId person, const Instrument& instrument,
                                         const ScoringResult& result)
{
    if (critical_grade(instrument, result).value_or(0) < 1)
        return std::nullopt;
    const auto notes = read_known_and_planned(reading, person);
    if (notes.ok())
        for (const auto& note : *notes)
            if (note.instrument == instrument.id)
                return note.at;
    return std::nullopt;
}

/// An answer ends what waits for it. By a link it is for one ask alone, which waits no longer once it was answered.
Result<void> answers_asks(trust::Writing& writing, const KeptAnswer& kept, const std::optional<AskId>& only)
{
    const auto ended = TRY(answer_asks(writing, kept.person, kept.instrument, kept.id, only));
    return only && ended == 0 ? Result<void>{not_found("This is not asked any more.")} : Result<void>{};
}

ScoringResult scored(const Instrument& instrument, const AnswerDesk::Questionnaire& given)
{
    AnswerContext context;
    context.refused = given.refused;
    return score(instrument, given.answers, context);
}

} // namespace

Finding AnswerDesk::judged(const CheckIn& check_in) const
{
    if (check_in.form.empty())
        return gravest(screened(screener_, read_check_in(asking_.daily, check_in.answers).answers));
    // Which of these are free text the design says, and the store that has it may be away: all that could be words.
    CheckInAnswers words;
    for (const auto& [item, given] : check_in.answers)
        if (const auto* text = std::get_if<std::string>(&given); text != nullptr && valid_utf8(*text))
            words.text[item] = Confidential(*text);
    return gravest(screened(screener_, words));
}

Finding AnswerDesk::judged(const Questionnaire& questionnaire) const
{
    const auto* instrument = asking_.instruments.find(questionnaire.instrument);
    return instrument == nullptr
               ? Finding{}
               : judge_questionnaire(scored(*instrument, questionnaire), *instrument, asking_.protocol, {});
}

/// What somebody had on the screen.
struct AnswerDesk::Shown {
    std::optional<KeptDesign> design; ///< none: the daily check-in
    CheckInForm designed;
    const char* kind() const { return design ? designed_kind : "check_in"; }
    const CheckInForm& form(const Asking& asking) const { return design ? designed : asking.daily; }
};

Result<AnswerDesk::Shown> AnswerDesk::shown_form(const Actor& actor, const CheckIn& given) const
{
    const auto changed = conflict("This check-in was changed since the page was loaded. Load it again.");
    Shown shown;
    if (given.form.empty())
        return given.version == asking_.daily.version ? Result<Shown>{std::move(shown)} : changed;
    bool retired = false;
    TRY(record_.prepare(actor, [&](trust::Reading& reading) -> Result<void> {
        shown.design = TRY(read_designed(reading, given.form, given.version));
        // Whoever has it on the screen was asked it: their words are taken for as long as an ask waits.
        const auto& over = shown.design ? shown.design->retired_at : std::nullopt;
        retired = over && reading.now() - *over > asking_.asks.check_in_open;
        return {};
    }));
    if (!shown.design || shown.design->design.asks != CheckInDesign::Asks::Person)
        return changed;
    if (retired)
        return conflict("This check-in is not asked any more.");
    shown.designed = form_of(shown.design->design, shown.design->id, shown.design->version);
    return shown;
}

Result<void> AnswerDesk::keep_in_course(trust::Writing& writing, const Shown& shown, const CheckInAnswers& answers,
                                        const KeptAnswer& kept) const
{
    auto course = TRY(read_course(writing, kept.person));
    if (!shown.design) {
        course.add(course_answer(answers, kept.at));
        return write_course(writing, kept.person, course);
    }
    const auto values = series_in(shown.design->design, kept.instrument, shown.design->version, answers, to_second(kept.at));
    for (const auto& value : values)
        course.add(value);
    return values.empty() ? Result<void>{} : write_course(writing, kept.person, course);
}

Result<SavedCheckIn> AnswerDesk::save_check_in(const Actor& actor, const CheckIn& given) const
{
    ensure(actor.person().has_value(), "only a person answers a check-in");
    const PersonId person = *actor.person();
    const auto shown = TRY(shown_form(actor, given));
    const auto& form = shown.form(asking_);
    const auto reading = read_check_in(form, given.answers);
    if (!reading.sound())
        return error_of(reading.problems);
    // Screened before the transaction: no lock is held while words are read.
    auto found = screened(screener_, reading.answers);
    if (shown.design)
        add_called_for(found, shown.design->design, reading.answers);

    SavedCheckIn saved;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        saved = {};
        const Instant now = writing.now();
        TRY(keeps_record(writing, consents_, person));
        KeptAnswer kept;
        kept.person = person;
        kept.id = given.client_id.empty() ? AnswerId::at(now) : answer_id_for(person, given.client_id);
        if (!given.client_id.empty())
            if (const auto before = TRY(read_answer(writing, person, kept.id))) {
                saved = {kept.id, before->at, true, before->urgency, {}};
                return {};
            }
        kept.kind = shown.kind();
        kept.instrument = form.id;
        kept.version = form.version;
        kept.at = now;
        if (given.answered_at) {
            if (*given.answered_at > now + hours{1} || *given.answered_at < now - hours{24 * 30})
                return invalid("An answer given earlier is at most 30 days old and not from the future.",
                               "/answered_at");
            kept.at = std::min(*given.answered_at, now);
        }
        kept.urgency = found.empty() ? Urgency::Usual : found.front().urgency;
        kept.body = encoded(reading.answers);
        TRY(answers_asks(writing, kept, given.only));
        TRY(insert_answer(writing, kept));
        TRY(keep_in_course(writing, shown, reading.answers, kept));
        TRY(care::mark_heard(writing, person, now));
        for (const auto& finding : found) {
            const auto state = TRY(care::read_person_state(writing, person));
            // One answer is told one thing: what the gravest of its texts calls for.
            const auto told = &finding == found.data() ? std::nullopt : std::optional{saved.help};
            saved.help =
                TRY(listening_.follow(writing, {person, "check_in", kept.id, {}, finding, false}, state, told)).help;
        }
        writing.note({"write.check_in", person, "answer", kept.id, {}, {}});
        saved.id = kept.id;
        saved.saved_at = now;
        saved.urgency = kept.urgency;
        return {};
    }));
    return saved;
}

Result<SavedQuestionnaire> AnswerDesk::save_questionnaire(const Actor& actor, const Questionnaire& given) const
{
    ensure(actor.person().has_value(), "only a person fills in a questionnaire about themselves");
    const PersonId person = *actor.person();
    const auto* instrument = asking_.instruments.find(given.instrument);
    if (instrument == nullptr)
        return not_found("There is no questionnaire of that name.");
    if (const auto why = instrument->why_not(); !why.empty())
        return conflict(why);
    if (given.version != instrument->version)
        return conflict("This questionnaire was changed since the page was loaded. Versions are never mixed: load it again.");
    SavedQuestionnaire saved;
    saved.result = scored(*instrument, given);
    if (!saved.result.errors.empty()) {
        // What is wrong is told; what is critical still reaches a human, below.
        const bool critical = std::any_of(saved.result.flags.begin(), saved.result.flags.end(), [&](const auto& flag) {
            const auto* rule = instrument->flag(flag);
            return rule != nullptr && rule->level == FlagLevel::Critical;
        });
        if (!critical) {
            Error error = invalid({});
            for (const auto& each : saved.result.errors) {
                error.told += (error.told.empty() ? "" : "\n") +
                              std::string(each.code == "unknown_item" ? "This questionnaire has no such item."
                                          : each.code == "not_integer"
                                              ? "An answer is the whole number of one of the choices."
                                              : "This is not one of the choices.");
                error.where += (error.where.empty() ? "/answers/" : "\n/answers/") + each.item;
            }
            return error;
        }
    }
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const Instant now = writing.now();
        TRY(keeps_record(writing, consents_, person));
        auto course = TRY(read_course(writing, person));
        const auto known = known_and_planned(writing, person, *instrument, saved.result);
        const auto finding = judge_questionnaire(
            saved.result, *instrument, asking_.protocol,
            history_of(course, *instrument, saved.result, asking_.protocol, asking_.change, known, now));
        KeptAnswer kept;
        kept.id = AnswerId::at(now);
        kept.person = person;
        kept.kind = given.partial ? "questionnaire_part" : "questionnaire";
        kept.instrument = instrument->id;
        kept.version = instrument->version;
        kept.at = now;
        kept.urgency = finding.urgency;
        kept.body.add("language", given.language).add("scorer", scorer_version);
        kept.body.add("status", name(saved.result.status));
        for (const auto& [item, answer] : given.answers)
            if (answer.kind == GivenAnswer::Kind::Whole)
                kept.body.add("answer", Fields{{"item", item}, {"value", std::to_string(answer.value)}});
        for (const auto& item : given.refused)
            kept.body.add("refused", item);
        for (const auto& each : saved.result.scores) {
            Fields one{{"score", each.score}};
            kept.body.add("score", one.add("value", std::to_string(each.value)));
        }
        if (!given.partial)
            TRY(answers_asks(writing, kept, given.only));
        TRY(insert_answer(writing, kept));
        if (!given.partial) {
            course.add(course_total(*instrument, saved.result, asking_.protocol, to_second(now)));
            TRY(write_course(writing, person, course));
        }
        TRY(care::mark_heard(writing, person, now));
        saved.help = {};
        saved.follow_up = nullptr;
        if (finding.urgency != Urgency::Usual || !finding.evidence.empty()) {
            const auto state = TRY(care::read_person_state(writing, person));
            saved.help = TRY(listening_.follow(writing, {person, "questionnaire", kept.id, {}, finding, false}, state,
                                               std::nullopt))
                             .help;
            // Offered when the alert stands and the words are there, and never twice in a day.
            if (asks_further(*instrument, saved.result, asking_.protocol) && !screened_lately(course, asking_.protocol, now))
                saved.follow_up = screener_for(asking_.protocol, asking_.instruments, state.age_band, state.language);
        }
        writing.note({"write.questionnaire", person, "answer", kept.id, {}, {}});
        saved.id = kept.id;
        saved.saved_at = now;
        saved.urgency = finding.urgency;
        return {};
    }));
    return saved;
}

Result<std::vector<KeptAnswer>> AnswerDesk::check_ins(const Actor& actor, PersonId person, std::optional<Instant> from,
                                                      std::optional<Instant> before, int most) const
{
    std::vector<KeptAnswer> kept;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        kept = TRY(answers_of(reading, person, "check_in", from, before, most));
        reading.note({"read.check_ins", person, "answer", {}, {}, {}});
        return {};
    }));
    return kept;
}

Result<Course> AnswerDesk::course(const Actor& actor, PersonId person) const
{
    Course course;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        course = TRY(read_course(reading, person));
        reading.note({"read.progress", person, "course", {}, {}, {}});
        return {};
    }));
    return course;
}

Result<AnswerDesk::Own> AnswerDesk::own_course(const Actor& person) const
{
    ensure(person.person().has_value(), "only a person has a course of their own");
    Own own;
    TRY(record_.read(person, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(*person.person(), trust::Scope::Words));
        own.course = TRY(read_course(reading, *person.person()));
        own.did = TRY(read_did(reading, *person.person(), reading.now()));
        DesignsRead designs(reading);
        if (!own.course.series().empty())
            own.scales = TRY(scale_names(own.course, designs,
                                         TRY(care::read_person_state(reading, *person.person())).language));
        reading.note({"read.progress", *person.person(), "course", {}, {}, {}});
        return {};
    }));
    return own;
}

} // namespace handrail::monitoring
