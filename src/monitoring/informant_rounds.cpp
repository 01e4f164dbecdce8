#include "monitoring/informant_desk.h"

#include "base/text.h"
#include "monitoring/ask_pause.h"
#include "monitoring/design_calls.h"
#include "monitoring/screened_texts.h"
#include "trust/actor_desk.h"
#include "trust/link_desk.h"

/// What happens by the clock and by a link.
namespace handrail::monitoring {

namespace {

constexpr int most_batches = 20;

} // namespace

Result<void> InformantDesk::ask(const Actor& system, const DueInformant& due, Tally& tally) const
{
    Tally counted;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        counted = {};
        const auto now = writing.now();
        auto kept = TRY(read_informant(writing, due.person, due.informant));
        if (!kept || !kept->next_at || !kept->plan || *kept->next_at > now)
            return {}; // another node was faster
        const auto expected = kept->next_at;
        const auto& plan = *kept->plan;
        const auto design = TRY(read_designed(writing, plan.form));
        const bool retired = !design || design->retired_at;
        if (retired) {
            kept->state = InformantState::Named;
            kept->next_at = std::nullopt;
        } else {
            kept->next_at = next_due(daily_at(plan), *expected, plan.every_days);
            if (kept->next_at && *kept->next_at <= now)
                kept->next_at = next_due(daily_at(plan), now);
        }
        const bool asks = !retired && TRY(may_be_asked(writing, *kept));
        if (!TRY(move_informant(writing, *kept, expected)))
            return {};
        const auto ends_at = *expected + asking_.asks.informants.open;
        if (!asks || !letters_ || ends_at <= now) {
            ++counted.passed;
            return {};
        }
        TRY(withdraw_informant_asks(writing, due.person, due.informant));
        KeptInformantAsk ask;
        ask.id = InformantAskId::at(now);
        ask.person = due.person;
        ask.informant = due.informant;
        ask.form = plan.form;
        ask.version = design->version;
        ask.asked_at = now;
        ask.ends_at = ends_at;
        TRY(insert_informant_ask(writing, ask, after_quiet(quiet_, plan.zone, now)));
        ++counted.asked;
        writing.note({"ask.informant", due.person, "informant_ask", ask.id, {}, {}});
        return {};
    }));
    tally.asked += counted.asked;
    tally.passed += counted.passed;
    return {};
}

Result<InformantDesk::Tally> InformantDesk::round(const Actor& system) const
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    Tally tally;
    for (int batch = 0; batch < most_batches; ++batch) {
        std::vector<DueInformant> due;
        std::vector<DueInformantAsk> ended;
        TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
            due = TRY(due_informants(reading));
            ended = TRY(ended_informant_asks(reading));
            return {};
        }));
        for (const auto& each : ended) {
            bool missed = false;
            TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
                missed = TRY(end_informant_ask(writing, each.person, each.ask, InformantAskState::Missed));
                return {};
            }));
            tally.missed += missed ? 1 : 0;
        }
        for (const auto& each : due)
            TRY(ask(system, each, tally));
        if (due.empty() && ended.empty())
            break;
    }
    return tally;
}

Result<InformantDesk::Opened> InformantDesk::opened(trust::Reading& reading, const std::string& token) const
{
    const auto led = TRY(follow_informant_link(reading, token));
    if (!led)
        return trust::no_such_link();
    auto ask = TRY(read_informant_ask(reading, led->person, led->ask));
    const auto informant = ask ? TRY(read_informant(reading, led->person, ask->informant)) : std::nullopt;
    if (!informant || informant->state != InformantState::Asked || !TRY(agrees(reading, led->person)))
        return trust::no_such_link();
    auto design = TRY(read_designed(reading, ask->form, std::to_string(ask->version)));
    if (!design || design->retired_at)
        return trust::no_such_link();
    return Opened{*std::move(ask), *std::move(design), informant->language, informant->called};
}

Result<InformantDesk::Opened> InformantDesk::open(OrganisationId organisation, const std::string& token) const
{
    Result<Opened> found = trust::no_such_link();
    TRY(record_.read(trust::ActorDesk::system(organisation), [&](trust::Reading& reading) -> Result<void> {
        found = opened(reading, token);
        if (found.ok())
            reading.note({"follow.informant_link", found->ask.person, "informant_ask", found->ask.id, {}, {}});
        return {};
    }));
    return found;
}

Finding InformantDesk::judged(const GivenCheckIn& answers) const
{
    // Which of these are free text the design says, and the store that has it may be away: all that could be words.
    CheckInAnswers words;
    for (const auto& [item, given] : answers)
        if (const auto* text = std::get_if<std::string>(&given); text != nullptr && valid_utf8(*text))
            words.text[item] = Confidential(*text);
    auto finding = gravest(screened(screener_, words));
    if (finding.subject != Subject::Self)
        finding.subject = Subject::Other;
    return finding;
}

Result<InformantDesk::Saved> InformantDesk::answer(OrganisationId organisation, const Given& given) const
{
    const auto shown = TRY(open(organisation, given.token));
    const auto form = form_of(shown.design.design, shown.design.id, shown.design.version);
    const auto read = read_check_in(form, given.answers);
    if (!read.sound())
        return error_of(read.problems);
    // Screened before the transaction: no lock is held while words are read.
    auto found = screened(screener_, read.answers, shown.language);
    add_called_for(found, shown.design.design, read.answers);
    Saved saved;
    TRY(record_.write(trust::ActorDesk::system(organisation), [&](trust::Writing& writing) -> Result<void> {
        saved = {};
        const auto now = writing.now();
        const auto still = TRY(opened(writing, given.token));
        const auto person = still.ask.person;
        KeptInformantAnswer kept;
        kept.id = AnswerId::at(now);
        kept.person = person;
        kept.informant = still.ask.informant;
        kept.form = shown.ask.form;
        kept.version = shown.ask.version;
        kept.at = now;
        kept.urgency = found.empty() ? Urgency::Usual : found.front().urgency;
        kept.answers = encoded(read.answers);
        if (!TRY(answer_informant_ask(writing, person, still.ask.id, kept.id)))
            return trust::no_such_link();
        const auto state = TRY(care::read_person_state(writing, person));
        const auto informant = TRY(read_informant(writing, person, still.ask.informant));
        if (!found.empty())
            saved.help = TRY(listening_.help_for_somebody_close(writing, found.front(), state, shown.language));
        kept.told = saved.help.text;
        TRY(insert_informant_answer(writing, kept));
        for (const auto& each : found) {
            care::Heard heard;
            heard.person = person;
            heard.about = "informant";
            heard.about_id = kept.id;
            heard.finding = each;
            heard.finding.why = "Written by somebody close (" + informant->relation + "), not by the person. Read as if it were a message: " + each.why;
            // To the person nothing is said: they did not write it.
            TRY(listening_.follow(writing, heard, state, care::Help{}));
        }
        writing.note({"write.informant_answer", person, "informant_answer", kept.id, {}, {}});
        saved.saved_at = now;
        saved.urgency = kept.urgency;
        saved.team_called = raises_alert(kept.urgency);
        return {};
    }));
    return saved;
}

Result<void> InformantDesk::decline(OrganisationId organisation, const std::string& token) const
{
    return record_.write(trust::ActorDesk::system(organisation), [&](trust::Writing& writing) -> Result<void> {
        const auto found = TRY(opened(writing, token));
        auto informant = TRY(read_informant(writing, found.ask.person, found.ask.informant));
        const auto expected = informant->next_at;
        informant->state = InformantState::Declined;
        informant->over_at = writing.now();
        informant->next_at = std::nullopt;
        informant->refused = address_mark(informant->id, informant->mail);
        informant->mail.clear();
        if (!TRY(move_informant(writing, *informant, expected)))
            return conflict("Something happened at this very moment. Try again.");
        TRY(withdraw_informant_asks(writing, informant->person, informant->id));
        writing.note({"end.informant", informant->person, "informant", informant->id, {}, {}});
        return {};
    });
}

} // namespace handrail::monitoring
