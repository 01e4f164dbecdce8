#include "monitoring/ask_desk.h"

#include <algorithm>

#include "base/crypto.h"
#include "care/document_rows.h"
#include "monitoring/ask_once.h"
#include "monitoring/missed.h"
#include "trust/push_devices.h"

namespace handrail::monitoring {

namespace {

using std::chrono::hours;

constexpr const char* reminding_kind = "reminders";
constexpr int most_schedules = 20;
constexpr int most_batches = 20;

constexpr rows::Statement person_now{
    "ask.person", "SELECT state, last_heard_at FROM person WHERE organisation = $1 AND person = $2"};

Result<void> only_clinicians(const Actor& actor)
{
    if (actor.role() == Role::Clinician || actor.role() == Role::Lead)
        return {};
    return not_allowed("Only a clinician or a lead decides what somebody is asked.");
}

Error no_such_ask() { return not_found("This is not asked any more."); }

Reminding reminding_in(const care::LatestDocument& found)
{
    return {found.body.text("mail"), found.body.text("time_zone"), found.at, found.body.text("phone"),
            found.body.number("whatsapp") != 0};
}

Fields encoded(const Reminding& reminding)
{
    Fields body{{"mail", reminding.mail}, {"time_zone", reminding.time_zone}, {"phone", reminding.phone}};
    if (reminding.whatsapp)
        body.add("whatsapp", 1);
    return body;
}

/// In the person's own zone, where they have said which.
Schedule in_zone(Schedule schedule, const Reminding& reminding)
{
    if (!reminding.time_zone.empty())
        schedule.zone = reminding.time_zone;
    return schedule;
}

Result<KeptSchedule> begin(trust::Writing& writing, PersonId person, const AskPlan& plan)
{
    KeptSchedule kept;
    kept.id = ScheduleId::at(writing.now());
    kept.person = person;
    kept.made_at = writing.now();
    kept.by = writing.actor().account();
    kept.plan = plan;
    kept.plan.schedule.seed = to_text(kept.id);
    const auto all = TRY(schedules_of(writing, person, 200));
    if (std::count_if(all.begin(), all.end(), [](const auto& each) { return each.running; }) >= most_schedules)
        return conflict("There are twenty schedules already. Stop one first.");
    kept.next_at = next_due(in_zone(kept.plan.schedule, TRY(read_reminding(writing, person))), writing.now());
    if (!kept.next_at)
        return invalid("This lies in the past.", plan.schedule.anchor ? "/anchor_at" : "/times");
    TRY(insert_schedule(writing, kept));
    writing.note({"write.schedule", person, "schedule", kept.id, {}, {}});
    return kept;
}

/// Gives what it was until now.
Result<KeptSchedule> finish(trust::Writing& writing, PersonId person, ScheduleId id)
{
    const auto before = TRY(read_schedule(writing, person, id));
    if (!before || !before->running)
        return not_found("There is no such schedule, or it is over already.");
    auto over = *before;
    over.running = false;
    over.next_at = std::nullopt;
    over.over_at = writing.now();
    if (!TRY(move_schedule(writing, over, before->next_at)))
        return conflict("It asked at this very moment. Try again.");
    writing.note({"stop.schedule", person, "schedule", id, {}, {}});
    return *before;
}

Result<void> withdraw(trust::Writing& writing, PersonId person, ScheduleId id)
{
    for (const auto& ask : TRY(open_asks(writing, person)))
        if (ask.schedule == id)
            TRY(end_ask(writing, person, ask.id, AskState::Withdrawn));
    return {};
}

Result<void> holds(const AskPlan& plan)
{
    TRY(check(plan.schedule));
    if (plan.bounds.usual < 1 || plan.bounds.usual > 14)
        return invalid("At every moment (1) up to every fourteenth.", "/usual_every");
    if (plan.bounds.least < plan.bounds.usual || plan.bounds.least > 28)
        return invalid("Not more often than usual, and at most every 28th moment.", "/at_least_every");
    return {};
}

/// Whether the service designed it and asks it no more.
Result<bool> is_retired(trust::Reading& reading, const std::string& form)
{
    const auto design = TRY(read_designed(reading, form));
    return design && design->retired_at;
}

} // namespace

Result<Reminding> read_reminding(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(care::latest_document(reading, person, reminding_kind));
    return reminding_in(found);
}

Result<void> forget_phone(trust::Writing& writing, PersonId person)
{
    const auto before = TRY(care::latest_document(writing, person, reminding_kind));
    auto now = reminding_in(before);
    now.phone.clear();
    return care::put_only_document(writing, person, reminding_kind, before.version + 1, encoded(now));
}

Result<void> forget_whatsapp(trust::Writing& writing, PersonId person)
{
    const auto before = TRY(care::latest_document(writing, person, reminding_kind));
    auto now = reminding_in(before);
    if (!std::exchange(now.whatsapp, false))
        return {};
    writing.note({"end.whatsapp_reminders", person, "document", {}, {}, {}});
    return care::put_only_document(writing, person, reminding_kind, before.version + 1, encoded(now));
}

Result<bool> AskDesk::is_reminded(trust::Reading& reading, PersonId person, const Reminding& reminding) const
{
    if ((ways_.letters && !reminding.mail.empty()) || (ways_.texts && !reminding.phone.empty()) ||
        (ways_.whatsapp && reminding.whatsapp))
        return true;
    return ways_.notifications && TRY(trust::has_push_device(reading, person));
}

Result<void> AskDesk::form_there(trust::Reading& reading, const std::string& instrument) const
{
    if (instrument == asking_.daily.id)
        return {};
    if (const auto design = TRY(read_designed(reading, instrument)); design && design->design.asks != CheckInDesign::Asks::Person)
        return invalid("This check-in asks somebody close, not the person.", "/form");
    else if (design)
        return design->retired_at ? invalid("This check-in is retired. Choose one that is not.", "/form") : Result<void>{};
    const auto* found = asking_.instruments.find(instrument);
    if (found == nullptr)
        return invalid("There is no check-in or questionnaire of that name.", "/form");
    if (const auto why = found->why_not(); !why.empty())
        return invalid(why, "/form");
    return {};
}

std::chrono::hours AskDesk::waits(const std::string& instrument) const
{
    const bool check_in = instrument == asking_.daily.id || design_named(instrument);
    return check_in ? asking_.asks.check_in_open : asking_.asks.questionnaire_open;
}

Result<KeptSchedule> AskDesk::schedule(const Actor& actor, PersonId person, const AskPlan& plan) const
{
    TRY(only_clinicians(actor));
    TRY(holds(plan));
    KeptSchedule kept;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.admit(person, trust::Scope::Words));
        TRY(form_there(writing, plan.instrument));
        kept = TRY(begin(writing, person, plan));
        return {};
    }));
    return kept;
}

Result<KeptSchedule> AskDesk::change(const Actor& actor, PersonId person, ScheduleId id, const AskPlan& plan) const
{
    TRY(only_clinicians(actor));
    TRY(holds(plan));
    KeptSchedule kept;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.admit(person, trust::Scope::Words));
        const auto before = TRY(finish(writing, person, id));
        // A letter about what was asked already still opens it.
        if (before.plan.instrument != plan.instrument)
            TRY(withdraw(writing, person, id));
        TRY(form_there(writing, plan.instrument));
        kept = TRY(begin(writing, person, plan));
        return {};
    }));
    return kept;
}

Result<void> AskDesk::stop(const Actor& actor, PersonId person, ScheduleId id) const
{
    TRY(only_clinicians(actor));
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(writing.admit(person, trust::Scope::Words));
        TRY(finish(writing, person, id));
        return withdraw(writing, person, id);
    });
}

Result<AskDesk::Seen> AskDesk::seen(const Actor& actor, PersonId person) const
{
    Seen seen;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        const auto reminding = TRY(read_reminding(reading, person));
        auto schedules = TRY(schedules_of(reading, person, 50));
        auto asks = TRY(asks_of(reading, person, static_cast<int>(asks_shown)));
        seen = {std::move(schedules), std::move(asks), reminding.time_zone, TRY(is_reminded(reading, person, reminding)), {}, {}};
        for (const auto& each : seen.schedules)
            if (auto design = TRY(read_designed(reading, each.plan.instrument)))
                seen.designs.emplace(each.plan.instrument, *std::move(design));
        seen.pause = TRY(running_pause(reading, person));
        reading.note({"read.schedules", person, "schedule", {}, {}, {}});
        return {};
    }));
    return seen;
}

Result<std::vector<KeptSchedule>> AskDesk::coming(const Actor& actor) const
{
    ensure(actor.person().has_value(), "only a person is asked");
    std::vector<KeptSchedule> all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        all = TRY(schedules_of(reading, *actor.person(), 200));
        std::erase_if(all, [](const auto& each) { return !each.running; });
        reading.note({"read.schedules", *actor.person(), "schedule", {}, {}, {}});
        return {};
    }));
    return all;
}

Result<std::vector<AskDesk::Now>> AskDesk::asked_now(const Actor& actor) const
{
    ensure(actor.person().has_value(), "only a person is asked");
    std::vector<Now> all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        all.clear();
        for (const auto& ask : TRY(open_asks(reading, *actor.person()))) {
            if (ask.ends_at <= reading.now())
                continue;
            auto design = TRY(read_designed(reading, ask.instrument));
            if (design && design->retired_at)
                continue;
            const auto kept = TRY(read_schedule(reading, *actor.person(), ask.schedule));
            all.push_back({ask, kept ? kept->rhythm : Rhythm::Usual, std::move(design)});
        }
        reading.note({"read.asked", *actor.person(), "ask", {}, {}, {}});
        return {};
    }));
    return all;
}

Result<AskDesk::Now> AskDesk::open(const Actor& actor, AskId id) const
{
    for (auto& each : TRY(asked_now(actor)))
        if (each.ask.id == id)
            return each;
    return no_such_ask();
}

Result<Reminding> AskDesk::reminding(const Actor& actor) const
{
    ensure(actor.person().has_value(), "only a person is reminded");
    Reminding found;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        found = TRY(read_reminding(reading, *actor.person()));
        reading.note({"read.reminders", *actor.person(), "document", {}, {}, {}});
        return {};
    }));
    return found;
}

Result<void> AskDesk::set_reminding(const Actor& actor, const Reminding& reminding) const
{
    ensure(actor.person().has_value(), "only a person chooses how they are reminded");
    if (!reminding.time_zone.empty() && !known_zone(reminding.time_zone))
        return invalid("Choose a time zone such as Europe/Dublin.", "/time_zone");
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto person = *actor.person();
        const auto before = TRY(care::latest_document(writing, person, reminding_kind));
        // An address that was taken back is nowhere any more.
        TRY(care::put_only_document(writing, person, reminding_kind, before.version + 1, encoded(reminding)));
        for (auto& kept : TRY(schedules_of(writing, person, 200))) {
            if (!kept.running || before.body.text("time_zone") == reminding.time_zone || kept.plan.schedule.anchor)
                continue;
            const auto expected = kept.next_at;
            kept.next_at = next_due(in_zone(kept.plan.schedule, reminding), writing.now());
            TRY(move_schedule(writing, kept, expected));
        }
        writing.note({"write.reminders", person, "document", {}, {}, {}});
        return {};
    });
}

Result<void> AskDesk::end(trust::Writing& writing, const KeptAsk& ask, Tally& tally) const
{
    if (TRY(is_retired(writing, ask.instrument))) {
        TRY(end_ask(writing, ask.person, ask.id, AskState::Withdrawn));
        return {};
    }
    if (!TRY(end_ask(writing, ask.person, ask.id, AskState::Missed)))
        return {};
    ++tally.missed;
    const auto person = TRY(writing.rows(person_now, {rows::Value{ask.person}}));
    if (person.empty() || person.front()[0].text() != "active")
        return {};
    // Whoever was heard in the meantime is not silent, nor whoever was not asked: counting begins again there.
    auto heard = person.front()[1].null() ? from_stored(0) : person.front()[1].instant();
    if (const auto pause = TRY(last_pause(writing, ask.person)))
        heard = std::max(heard, std::min(pause->until, writing.now()));
    int in_a_row = 0;
    for (const auto& each : TRY(asks_of(writing, ask.person, 64))) {
        if (each.state == AskState::Answered || each.asked_at < heard)
            break;
        in_a_row += each.state == AskState::Missed ? 1 : 0;
    }
    std::vector<std::pair<Urgency, int>> found;
    const auto now = writing.now();
    for (const auto& each : TRY(found_since(writing, ask.person, now - hours{24 * 90})))
        found.emplace_back(each.urgency, static_cast<int>((now - each.at) / hours{24}));
    const auto* rule = rule_for(asking_.asks, in_a_row, found);
    if (rule == nullptr)
        return {};
    care::Heard silence;
    silence.person = ask.person;
    silence.about = "silence";
    silence.about_id = ask.id;
    silence.id = FindingId{id_of_named(to_text(ask.id) + "missed")};
    silence.finding.urgency = rule->urgency;
    silence.finding.why = rule->why;
    silence.finding.versions["asking"] = asking_.asks.version;
    Evidence evidence;
    evidence.text = std::to_string(in_a_row) + " unanswered in a row, the last asked at " + to_rfc3339(ask.asked_at);
    evidence.rule = "asking." + rule->id;
    evidence.source = rule->source;
    silence.finding.evidence.push_back(std::move(evidence));
    const auto state = TRY(care::read_person_state(writing, ask.person));
    // Nothing is said to the person: they are not there.
    TRY(listening_.follow(writing, silence, state, care::Help{}));
    ++tally.findings;
    return {};
}

Result<void> AskDesk::ask(const Actor& system, const DueSchedule& due, Tally& tally) const
{
    Tally counted;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        counted = {};
        const auto now = writing.now();
        auto kept = TRY(read_schedule(writing, due.person, due.schedule));
        if (!kept || !kept->next_at || *kept->next_at > now)
            return {}; // another node was faster
        const auto expected = kept->next_at;
        const auto person = TRY(writing.rows(person_now, {rows::Value{due.person}}));
        const bool active = !person.empty() && person.front()[0].text() == "active";
        const auto reminding = TRY(read_reminding(writing, due.person));
        const auto schedule = in_zone(kept->plan.schedule, reminding);
        const auto how = how_often(TRY(read_course(writing, due.person)),
                                   TRY(read_lately(writing, due.person, now - hours{24 * asking_.asks.burden.quiet_days})),
                                   kept->plan.bounds, asking_.asks.burden, now);
        kept->rhythm = how.rhythm;
        // From the moment that was due, unless that is long ago: what went by while the service was away is not asked late.
        kept->next_at = next_due(schedule, *expected, how.step);
        if (kept->next_at && *kept->next_at <= now)
            kept->next_at = next_due(schedule, now);
        const auto pause = TRY(running_pause(writing, due.person));
        if (pause && active && kept->plan.schedule.anchor)
            wait_for_end_of(*pause, *kept);
        const bool retired = TRY(is_retired(writing, kept->plan.instrument));
        if (retired)
            kept->next_at = std::nullopt;
        if (!kept->next_at) {
            kept->running = false;
            kept->over_at = now;
        }
        if (!TRY(move_schedule(writing, *kept, expected)))
            return {};
        const auto ends_at = *expected + waits(kept->plan.instrument);
        if (!active || retired || ends_at <= now || pause) {
            ++counted.passed;
            return {};
        }
        // One at a time of each form: the one before has had its time.
        for (const auto& before : TRY(open_asks(writing, due.person)))
            if (before.instrument == kept->plan.instrument)
                TRY(end(writing, before, counted));
        KeptAsk ask;
        ask.id = AskId::at(now);
        ask.person = due.person;
        ask.schedule = due.schedule;
        ask.instrument = kept->plan.instrument;
        ask.asked_at = now;
        ask.ends_at = ends_at;
        if (const auto at = after_quiet(quiet_, schedule.zone, now);
            at < ends_at && TRY(is_reminded(writing, due.person, reminding)))
            ask.remind_at = at;
        TRY(insert_ask(writing, ask));
        ++counted.asked;
        writing.note({"ask.person", due.person, "ask", ask.id, {}, {}});
        return {};
    }));
    tally.asked += counted.asked;
    tally.passed += counted.passed;
    tally.missed += counted.missed;
    tally.findings += counted.findings;
    return {};
}

Result<AskDesk::Tally> AskDesk::round(const Actor& system) const
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    Tally tally;
    for (int batch = 0; batch < most_batches; ++batch) {
        std::vector<DueSchedule> due;
        std::vector<DueAsk> ended;
        TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
            due = TRY(due_schedules(reading));
            ended = TRY(ended_asks(reading));
            return {};
        }));
        for (const auto& each : ended) {
            Tally counted;
            TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
                counted = {};
                const auto ask = TRY(read_ask(writing, each.person, each.ask));
                return ask ? end(writing, *ask, counted) : Result<void>{};
            }));
            tally.missed += counted.missed;
            tally.findings += counted.findings;
        }
        for (const auto& each : due)
            TRY(ask(system, each, tally));
        if (due.empty() && ended.empty())
            break;
    }
    return tally;
}

} // namespace handrail::monitoring
