#include "errands/own_record.h"

#include <set>

#include <boost/json.hpp>

#include "care/alert_rows.h"
#include "care/documents.h"
#include "care/findings.h"
#include "care/quiet_rules.h"
#include "care/supporter_links.h"
#include "errands/person_card.h"
#include "monitoring/answer_rows.h"
#include "monitoring/ask_desk.h"
#include "monitoring/course_notes.h"
#include "monitoring/daily_import.h"
#include "monitoring/daily_rows.h"
#include "monitoring/design_desk.h"
#include "monitoring/first_assessment_rows.h"
#include "monitoring/informant_rows.h"
#include "monitoring/treatment_desk.h"
#include "support/message.h"
#include "support/sent_words.h"
#include "support/spoken.h"
#include "trust/actor_desk.h"
#include "trust/push_devices.h"

namespace handrail::errands {

namespace {

namespace json = boost::json;

constexpr int all = 1'000'000;

constexpr rows::Statement team_members{
    "own_record.team", "SELECT m.account FROM team_member m JOIN person p ON p.organisation = m.organisation AND "
                       "p.team = m.team WHERE m.organisation = $1 AND p.person = $2"};
constexpr rows::Statement alerts_of{
    "own_record.alerts",
    "SELECT alert FROM alert WHERE organisation = $1 AND person = $2 ORDER BY raised_at"};

json::array texts(const std::vector<std::string>& list)
{
    json::array out;
    for (const auto& text : list)
        out.push_back(json::string(text));
    return out;
}

json::array contacts(const std::vector<care::Contact>& list)
{
    json::array out;
    for (const auto& each : list)
        out.push_back({{"name", each.name}, {"phone", each.phone}});
    return out;
}

/// What a supporter was let see, until when, and whether they looked.
json::object link_of(const care::SupporterLink& link)
{
    json::array shares;
    for (const auto& [part, name] : care::plan_parts)
        if (link.shares.contains(part))
            shares.push_back(json::string(name));
    json::object out{{"shares", std::move(shares)},
                     {"called", link.called},
                     {"language", link.language},
                     {"agreed_at", to_rfc3339(link.made_at)},
                     {"agreed_to", link.wording},
                     {"ends_at", to_rfc3339(link.ends_at)},
                     {"opened", link.opened},
                     {"last_opened_at", link.opened_at ? json::value(to_rfc3339(*link.opened_at)) : json::value()}};
    if (link.understood)
        out["understood"] = {{"at", to_rfc3339(link.understood->at)}, {"note", link.understood->text}};
    return out;
}

json::object asked_and_said(const monitoring::CheckInDesign& design, const monitoring::KeptAnswer& answer,
                            const std::string& language)
{
    json::array said;
    for (const auto& [question, words] : monitoring::told(design, answer.body, language))
        said.push_back({{"question", question}, {"answer", words}});
    return {{"title", in_language(design.title, design.language_for(language))}, {"said", std::move(said)}};
}

/// What one answered at the start, in the words of that day, and what whoever read it noted.
Result<json::value> first_assessment_of(trust::Reading& reading, PersonId person)
{
    const auto kept = TRY(monitoring::read_assessment(reading, person));
    if (!kept)
        return json::value();
    const auto line = [](const monitoring::AnsweredQuestion& each) {
        return json::object{{"question", each.asked}, {"answer", each.said}};
    };
    json::array answers;
    for (const auto& each : kept->answered)
        answers.push_back(line(each));
    json::array before;
    for (const auto& each : kept->before) {
        auto one = line(each.answered);
        one["changed_at"] = to_rfc3339(each.at);
        before.push_back(std::move(one));
    }
    const auto at = [](std::optional<Instant> instant) { return instant ? json::value(to_rfc3339(*instant)) : json::value(); };
    return json::value(json::object{{"begun_at", to_rfc3339(kept->begun_at)},
                                    {"sent_at", at(kept->sent_at)},
                                    {"read_at", at(kept->read_at)},
                                    {"answers", std::move(answers)},
                                    {"answered_before", std::move(before)},
                                    {"note", kept->note}});
}

/// What one is asked and when, what became of it, and where reminders go.
Result<json::object> asking_of(trust::Reading& reading, PersonId person)
{
    json::array schedules;
    for (const auto& each : TRY(monitoring::schedules_of(reading, person, all))) {
        json::array times;
        for (const auto& time : each.plan.schedule.times) {
            std::string days;
            for (const bool day : time.days)
                days += day ? '1' : '0';
            times.push_back({{"days_from_monday", days}, {"from_minute", time.from}, {"to_minute", time.to}});
        }
        schedules.push_back({{"form", each.plan.instrument},
                             {"time_zone", each.plan.schedule.zone},
                             {"times", std::move(times)},
                             {"since", to_rfc3339(each.made_at)},
                             {"running", each.running},
                             {"rhythm", std::string(monitoring::name(each.rhythm))}});
    }
    json::array asks;
    for (const auto& each : TRY(monitoring::asks_of(reading, person, all)))
        asks.push_back({{"form", each.instrument},
                        {"at", to_rfc3339(each.asked_at)},
                        {"state", std::string(monitoring::name(each.state))}});
    const auto reminding = TRY(monitoring::read_reminding(reading, person));
    json::array devices;
    for (const auto& each : TRY(trust::push_devices(reading, trust::push_owner(reading.actor()))))
        devices.push_back({{"since", to_rfc3339(each.made_at)}, {"address", each.endpoint}});
    json::object out{{"schedules", std::move(schedules)},
                     {"asks", std::move(asks)},
                     {"letters_to", reminding.mail},
                     {"texts_to", reminding.phone},
                     {"by_whatsapp", reminding.whatsapp},
                     {"notifications_on", std::move(devices)},
                     {"time_zone", reminding.time_zone}};
    if (const auto pause = TRY(monitoring::last_pause(reading, person)))
        out["paused"] = {{"since", to_rfc3339(pause->since)},
                         {"until", to_rfc3339(pause->until)},
                         {"by", pause->own ? "person" : "staff"},
                         {"reason", pause->reason}};
    return out;
}

/// Whom they let be asked, in everything that they wrote about it themselves, what was noted for them to read, and when answers
/// came. What somebody close wrote is theirs: it is not among it, and the team shows it to whoever asks.
Result<json::array> informants_in(trust::Reading& reading, PersonId person)
{
    const auto answered = TRY(monitoring::informant_answer_times(reading, person, all));
    json::array out;
    for (const auto& each : TRY(monitoring::informants_of(reading, person))) {
        json::array times;
        for (const auto& one : answered)
            if (one.informant == each.id)
                times.push_back(json::string(to_rfc3339(one.at)));
        json::object one{{"relation", each.relation},
                         {"called", each.called},
                         {"address", each.mail},
                         {"language", each.language},
                         {"agreed_at", to_rfc3339(each.named_at)},
                         {"agreed_to", each.wording},
                         {"ended_at", each.over_at ? json::value(to_rfc3339(*each.over_at)) : json::value()},
                         {"answered_at", std::move(times)}};
        if (each.understood)
            one["understood"] = {{"at", to_rfc3339(each.understood->at)}, {"note", each.understood->text}};
        out.push_back(std::move(one));
    }
    return out;
}

constexpr const char* by_somebody_close = "Written by somebody close. The team has the words.";

/// The sentence and the words that led to a finding; of somebody close neither.
json::object finding_of(const care::KeptFinding& finding)
{
    const bool theirs = finding.about == "informant";
    json::array evidence;
    if (!theirs)
        for (const auto& each : finding.finding.evidence)
            evidence.push_back({{"text", each.text}, {"rule", each.rule}, {"source", each.source}});
    json::object out{{"at", to_rfc3339(finding.at)},
                     {"about", finding.about},
                     {"urgency", std::string(name(finding.finding.urgency))},
                     {"why", theirs ? by_somebody_close : finding.finding.why},
                     {"evidence", std::move(evidence)},
                     {"judged", finding.judged}};
    if (const auto& looked = finding.looked) {
        json::object one{{"at", to_rfc3339(looked->at)}, {"how", std::string(care::name(looked->how))}};
        if (!theirs) // a note on what somebody else wrote may give their words away
            one["words"] = looked->words;
        out["looked_at"] = std::move(one);
    }
    return out;
}

/// What somebody of the team wrote down as known until a day, and what therefore was not put on their list. Of what somebody close
/// wrote without the reason: it may give their words away.
Result<json::array> quiet_rules_in(trust::Reading& reading, PersonId person)
{
    json::array out;
    for (const auto& each : TRY(care::quiet_rules_of(reading, person))) {
        const bool theirs = each.rules.front().starts_with("informant:");
        json::object one{{"at", to_rfc3339(each.made_at)},
                         {"until", to_rfc3339(each.ends_at)},
                         {"taken_back_at", each.over_at ? json::value(to_rfc3339(*each.over_at)) : json::value()},
                         {"rules", texts(each.rules)}};
        if (!theirs)
            one["because"] = each.because;
        out.push_back(std::move(one));
    }
    return out;
}

} // namespace

Result<OwnRecord::Readers> OwnRecord::readers(const Actor& actor) const
{
    Readers readers;
    AccountId clinician;
    std::vector<AccountId> members;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        readers = {};
        const auto person = *actor.person();
        readers.staff_reading = TRY(consents_.granted(reading, person, "staff_reading"));
        const auto head = TRY(read_head(reading, person));
        clinician = head.clinician;
        members.clear();
        for (const auto& row : TRY(reading.rows(team_members, {rows::Value{person}})))
            members.push_back(row[0].id<AccountId>());
        reading.note({"read.readers", person, "person", person, {}, {}});
        return {};
    }));
    // Who works here is the service's to say: a person may not look staff up themselves.
    const auto system = trust::ActorDesk::system(actor.organisation());
    for (const auto& member : members) {
        const auto account = accounts_.staff(system, member);
        if (account.ok() && !account->suspended)
            readers.people.push_back({account->display_name, account->role,
                                      member == clinician ? "Your clinician" : "On your care team"});
    }
    return readers;
}

Result<std::string> OwnRecord::everything(const Actor& actor) const
{
    json::object out;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        out.clear();
        const auto person = *actor.person();
        const auto head = TRY(read_head(reading, person));
        out["made_at"] = to_rfc3339(reading.now());
        out["person"] = {{"id", person.text()},          {"name", head.name},
                         {"age_band", head.age_band},    {"country", head.country},
                         {"language", head.language},    {"since", to_rfc3339(head.since)}};
        json::array consents;
        for (const auto& consent : TRY(consents_.current(reading, person)))
            consents.push_back({{"purpose", consent.purpose},
                                {"granted", consent.granted},
                                {"at", consent.at ? json::value(to_rfc3339(*consent.at)) : json::value()}});
        out["consents"] = std::move(consents);
        json::array messages;
        auto kept = TRY(support::messages_of_person(reading, person, std::nullopt, all));
        for (auto message = kept.rbegin(); message != kept.rend(); ++message)
            messages.push_back({{"at", to_rfc3339(message->at)},
                                {"author", std::string(support::name(message->author))},
                                {"text", message->text},
                                {"from_voice_note", support::from_voice_note(*message)},
                                {"by_model", message->by_model},
                                {"urgency", std::string(name(message->urgency))}});
        out["messages"] = std::move(messages);
        json::array answers;
        monitoring::DesignsRead designs(reading);
        for (const auto& answer : TRY(monitoring::answers_of(reading, person, {}, std::nullopt, std::nullopt, all))) {
            json::array fields;
            for (const auto& [field, text] : answer.body.all()) {
                const auto inner = Fields::decoded(text);
                if (inner.ok() && !inner->all().empty()) {
                    json::object one;
                    for (const auto& [name, value] : inner->all())
                        one[name] = value;
                    fields.push_back({{"field", field}, {"value", std::move(one)}});
                } else {
                    fields.push_back({{"field", field}, {"value", text}});
                }
            }
            json::object one{{"at", to_rfc3339(answer.at)},
                             {"kind", answer.kind},
                             {"instrument", answer.instrument},
                             {"version", answer.version},
                             {"answers", std::move(fields)}};
            // A number means nothing without the question: what the service asked goes along, in the words of that version.
            if (const auto* shown = TRY(designs.of(answer.instrument, answer.version)))
                one["asked"] = asked_and_said(shown->design, answer, head.language);
            answers.push_back(std::move(one));
        }
        out["answers"] = std::move(answers);
        if (auto first = TRY(first_assessment_of(reading, person)); !first.is_null())
            out["first_assessment"] = std::move(first);
        json::array days;
        for (const auto& day : TRY(monitoring::days_of(reading, person, {}))) {
            json::object values;
            for (const auto& [measure, value] : day.values)
                values[measure] = value;
            days.push_back({{"day", monitoring::day_text(day.day)},
                            {"source", day.source},
                            {"received_at", to_rfc3339(day.received_at)},
                            {"values", std::move(values)}});
        }
        out["daily_summaries"] = std::move(days);
        out["asking"] = TRY(asking_of(reading, person));
        out["somebody_close"] = TRY(informants_in(reading, person));
        if (const auto treatment = TRY(monitoring::read_course(reading, person)).treatment())
            out["treatment"] = {{"started_on", to_rfc3339(Instant{treatment->started_on}).substr(0, 10)},
                                {"psychological", treatment->psychological},
                                {"medication", treatment->medication}};
        json::array known;
        for (const auto& note : TRY(monitoring::read_known_and_planned(reading, person)))
            known.push_back({{"at", to_rfc3339(note.at)}, {"instrument", note.instrument}, {"text", note.text}});
        out["known_and_planned"] = std::move(known);
        json::array events;
        for (const auto& event : TRY(monitoring::read_course_events(reading, person)))
            events.push_back({{"on", to_rfc3339(Instant{event.on}).substr(0, 10)},
                              {"kind", std::string(monitoring::name(event.kind))},
                              {"took_place", !event.missed},
                              {"text", event.text}});
        out["course_events"] = std::move(events);
        json::array reviews;
        for (const auto& review : TRY(monitoring::read_course_reviews(reading, person, all))) {
            json::array steps;
            for (const auto& step : review.steps)
                steps.push_back({{"step", step.text}, {"found", std::string(monitoring::name(step.found))}, {"note", step.note}});
            reviews.push_back({{"at", to_rfc3339(review.at)}, {"steps", std::move(steps)}, {"plan", review.plan}});
        }
        out["course_reviews"] = std::move(reviews);
        json::array findings;
        std::set<FindingId> by_others;
        std::set<std::string> whys; // of which a step of an alert may be one
        for (const auto& finding : TRY(care::findings_of(reading, person, std::nullopt, all))) {
            if (finding.about == "informant") {
                by_others.insert(finding.id);
                whys.insert(finding.finding.why);
            }
            findings.push_back(finding_of(finding));
        }
        out["findings"] = std::move(findings);
        out["known_until"] = TRY(quiet_rules_in(reading, person));
        json::array alerts;
        for (const auto& row : TRY(reading.rows(alerts_of, {rows::Value{person}}))) {
            const auto alert = TRY(care::read_alert(reading, row[0].id<AlertId>(), true));
            json::array path;
            for (const auto& step : alert.path) {
                json::object one{{"at", to_rfc3339(step.at)},
                                 {"what", step.kind},
                                 {"words", whys.contains(step.text) ? by_somebody_close : step.text}};
                if (!step.named.empty())
                    one["done"] = step.named;
                json::array asked;
                for (const auto& each : step.answers)
                    asked.push_back({{"question", each.text}, {"answer", each.answer}});
                if (!asked.empty())
                    one["asked"] = std::move(asked);
                path.push_back(std::move(one));
            }
            alerts.push_back({{"raised_at", to_rfc3339(alert.raised_at)},
                              {"urgency", std::string(name(alert.urgency))},
                              {"reason", by_others.contains(alert.finding) ? by_somebody_close : alert.reason},
                              {"told", alert.told_text},
                              {"path", std::move(path)}});
        }
        out["alerts"] = std::move(alerts);
        const auto plan = TRY(care::read_safety_plan(reading, person));
        out["safety_plan"] = {{"warning_signs", texts(plan.warning_signs)}, {"coping", texts(plan.coping)},
                              {"distraction", contacts(plan.distraction)},  {"people", contacts(plan.people)},
                              {"professionals", contacts(plan.professionals)},
                              {"safer_place", texts(plan.safer_place)}};
        json::array remembered;
        for (const auto& item : TRY(care::read_memory(reading, person)))
            remembered.push_back({{"kind", std::string(care::name(item.kind))}, {"text", item.text}, {"at", to_rfc3339(item.at)}});
        out["memory"] = std::move(remembered);
        json::array runs;
        for (const auto& run : TRY(care::read_exercise_runs(reading, person))) {
            json::array written;
            for (const auto& line : run.lines)
                written.push_back({{"asks", line.asks}, {"text", line.text}});
            runs.push_back({{"exercise", run.exercise},
                            {"title", run.title},
                            {"at", to_rfc3339(run.at)},
                            {"lines", std::move(written)},
                            {"rating", run.rating},
                            {"feeling", run.feeling},
                            {"strength", run.strength},
                            {"part_of_day", run.part_of_day}});
        }
        out["exercise_runs"] = std::move(runs);
        const auto contact = TRY(care::read_safe_contact(reading, person));
        out["safe_contact"] = {{"phone", contact.phone},     {"email", contact.email},
                               {"times", contact.times},     {"address", contact.address},
                               {"voicemail_ok", contact.voicemail_ok}, {"text_ok", contact.text_ok},
                               {"medicines", contact.medicines}};
        if (const auto& call = contact.emergency_contact)
            out["emergency_contact"] = {{"name", call->name},
                                        {"relation", call->relation},
                                        {"phone", call->phone},
                                        {"may_call", call->may_call}};
        json::array supporters;
        const auto links = TRY(care::supporter_links_of(reading, person));
        for (const auto& each : TRY(care::read_supporters(reading, person))) {
            json::object one{{"name", each.name}, {"relation", each.relation}};
            for (const auto& link : links)
                if (link.supporter == each.id)
                    one["link"] = link_of(link);
            supporters.push_back(std::move(one));
        }
        out["supporters"] = std::move(supporters);
        json::array notes;
        for (const auto& note : TRY(care::read_notes(reading, person, from_stored(INT64_MAX), all)))
            notes.push_back({{"at", to_rfc3339(note.at)}, {"text", note.text}});
        out["staff_notes"] = std::move(notes);
        json::array sent;
        for (const auto& each : TRY(support::sent_words(reading, person, from_stored(INT64_MAX), all)))
            sent.push_back({{"at", to_rfc3339(each.at)},
                            {"to", each.to},
                            {"address", each.address},
                            {"model", each.model},
                            {"words", each.words}});
        out["sent_to_language_models"] = std::move(sent);
        reading.note({"download.record", person, "person", person, {}, {}});
        return {};
    }));
    return json::serialize(out);
}

} // namespace handrail::errands
