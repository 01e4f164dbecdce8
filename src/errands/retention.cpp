#include "errands/retention.h"

#include "care/on_call_notes.h"
#include "monitoring/answer_rows.h"
#include "support/human_wait.h"

namespace handrail::errands {

namespace {

constexpr int people_looked_at = 200;
constexpr int most_transactions = 20;
constexpr int most_rows = 500; ///< of one kind in one transaction

constexpr rows::Statement select_page{
    "retention.page", "SELECT person FROM person WHERE organisation = $1 AND person > $2 ORDER BY person LIMIT $3"};
constexpr rows::Statement select_open_alert{
    "retention.open_alert",
    "SELECT alert FROM alert WHERE organisation = $1 AND person = $2 AND state <> 'closed' LIMIT 1"};

// People who have something older than $4 and no open alert.
constexpr rows::Statement select_old{
    "retention.old",
    "SELECT p.person FROM person p WHERE p.organisation = $1 AND p.person > $2 AND p.person <= $3 "
    "AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.organisation = p.organisation AND a.person = p.person "
    "AND a.state <> 'closed') "
    "AND (EXISTS (SELECT 1 FROM message m WHERE m.organisation = p.organisation AND m.person = p.person AND m.at < $4) "
    "OR EXISTS (SELECT 1 FROM answer w WHERE w.organisation = p.organisation AND w.person = p.person AND w.at < $4) "
    "OR EXISTS (SELECT 1 FROM daily_summary y WHERE y.organisation = p.organisation AND y.person = p.person "
    "AND y.on_day * 86400000000 < $4) "
    "OR EXISTS (SELECT 1 FROM import_batch b WHERE b.organisation = p.organisation AND b.person = p.person "
    "AND b.made_at < $4) "
    "OR EXISTS (SELECT 1 FROM finding f WHERE f.organisation = p.organisation AND f.person = p.person AND f.at < $4 "
    "AND length(f.sealed_body) > 0) "
    "OR EXISTS (SELECT 1 FROM alert a WHERE a.organisation = p.organisation AND a.person = p.person "
    "AND a.closed_at < $4 AND length(a.sealed_body) > 0) "
    "OR EXISTS (SELECT 1 FROM conversation c WHERE c.organisation = p.organisation AND c.person = p.person "
    "AND c.changed_at < $4) "
    "OR EXISTS (SELECT 1 FROM first_assessment i WHERE i.organisation = p.organisation AND i.person = p.person "
    "AND i.changed_at < $4) "
    "OR EXISTS (SELECT 1 FROM list_entry l WHERE l.organisation = p.organisation AND l.person = p.person "
    "AND l.looked_at < $4) "
    "OR EXISTS (SELECT 1 FROM quiet_rule q WHERE q.organisation = p.organisation AND q.person = p.person AND q.ends_at < $4) "
    "OR EXISTS (SELECT 1 FROM ask k WHERE k.organisation = p.organisation AND k.person = p.person AND k.over_at < $4) "
    "OR EXISTS (SELECT 1 FROM informant_answer g WHERE g.organisation = p.organisation AND g.person = p.person AND g.at < $4) "
    "OR EXISTS (SELECT 1 FROM informant_ask h WHERE h.organisation = p.organisation AND h.person = p.person "
    "AND h.over_at < $4) "
    "OR EXISTS (SELECT 1 FROM informant j WHERE j.organisation = p.organisation AND j.person = p.person AND j.over_at < $4) "
    "OR EXISTS (SELECT 1 FROM supporter_link u WHERE u.organisation = p.organisation AND u.person = p.person "
    "AND u.ends_at < $4) "
    "OR EXISTS (SELECT 1 FROM schedule s WHERE s.organisation = p.organisation AND s.person = p.person AND s.over_at < $4) "
    "OR EXISTS (SELECT 1 FROM document d WHERE d.organisation = p.organisation AND d.person = p.person "
    "AND d.written_at < $4 AND (d.kind IN ('staff_note', 'sent_words', 'course_event', 'course_review') "
    "OR d.version < (SELECT MAX(v.version) FROM document v "
    "WHERE v.organisation = d.organisation AND v.person = d.person AND v.kind = d.kind))))"};

// Conversations that are temporary and over: of people whose latest answer to "record" is not a yes that still holds.
// One in whose time an alert stood is only closed.
constexpr rows::Statement select_temporary{
    "retention.temporary",
    "SELECT c.person, c.conversation FROM conversation c "
    "WHERE c.organisation = $1 AND c.person > $2 AND c.person <= $3 AND (c.state = 'closed' OR c.changed_at < $4) "
    "AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.organisation = c.organisation AND a.person = c.person "
    "AND a.state <> 'closed') "
    "AND COALESCE((SELECT CASE WHEN k.granted = 1 AND (k.until IS NULL OR k.until > $5) THEN 1 ELSE 0 END "
    "FROM consent k WHERE k.organisation = c.organisation AND k.person = c.person AND k.purpose = 'record' "
    "ORDER BY k.version DESC LIMIT 1), 0) = 0 "
    "AND (c.state <> 'closed' OR (NOT EXISTS (SELECT 1 FROM alert a WHERE a.organisation = c.organisation "
    "AND a.person = c.person AND a.raised_at <= c.changed_at AND a.closed_at > c.started_at) "
    "AND (EXISTS (SELECT 1 FROM message m WHERE m.organisation = c.organisation AND m.conversation = c.conversation "
    "AND m.at >= COALESCE((SELECT CASE WHEN k.granted = 1 THEN k.until ELSE k.at END FROM consent k "
    "WHERE k.organisation = c.organisation AND k.person = c.person AND k.purpose = 'record' "
    "ORDER BY k.version DESC LIMIT 1), 0)) "
    "OR NOT EXISTS (SELECT 1 FROM message m WHERE m.organisation = c.organisation "
    "AND m.conversation = c.conversation))))"};

constexpr rows::Statement delete_messages{
    "retention.messages",
    "DELETE FROM message WHERE organisation = $1 AND person = $2 AND at < $3 AND message IN "
    "(SELECT message FROM message WHERE organisation = $1 AND person = $2 AND at < $3 ORDER BY at LIMIT $4)"};
constexpr rows::Statement delete_answers{
    "retention.answers",
    "DELETE FROM answer WHERE organisation = $1 AND person = $2 AND answer IN "
    "(SELECT answer FROM answer WHERE organisation = $1 AND person = $2 AND at < $3 ORDER BY at LIMIT $4)"};
constexpr rows::Statement delete_days{
    "retention.daily_summaries",
    "DELETE FROM daily_summary WHERE organisation = $1 AND person = $2 AND on_day * 86400000000 < $3"};
// What it brought is as old as it says itself, and goes by that.
constexpr rows::Statement delete_imports{
    "retention.imports", "DELETE FROM import_batch WHERE organisation = $1 AND person = $2 AND made_at < $3"};
constexpr rows::Statement delete_asks{
    "retention.asks", "DELETE FROM ask WHERE organisation = $1 AND person = $2 AND over_at < $3"};
constexpr rows::Statement delete_first_assessment{
    "retention.first_assessment", "DELETE FROM first_assessment WHERE organisation = $1 AND person = $2 AND changed_at < $3"};
// What nobody has looked at stays on the list, though its words are gone.
constexpr rows::Statement delete_looked_at{
    "retention.list_entries", "DELETE FROM list_entry WHERE organisation = $1 AND person = $2 AND looked_at < $3"};
constexpr rows::Statement delete_quiet_rules{
    "retention.quiet_rules", "DELETE FROM quiet_rule WHERE organisation = $1 AND person = $2 AND ends_at < $3"};
constexpr rows::Statement delete_schedules{
    "retention.schedules", "DELETE FROM schedule WHERE organisation = $1 AND person = $2 AND over_at < $3"};
constexpr rows::Statement delete_informant_answers{
    "retention.informant_answers", "DELETE FROM informant_answer WHERE organisation = $1 AND person = $2 AND at < $3"};
constexpr rows::Statement delete_informant_asks{
    "retention.informant_asks", "DELETE FROM informant_ask WHERE organisation = $1 AND person = $2 AND over_at < $3"};
constexpr rows::Statement delete_supporter_links{
    "retention.supporter_links", "DELETE FROM supporter_link WHERE organisation = $1 AND person = $2 AND ends_at < $3"};
constexpr rows::Statement delete_informants{
    "retention.informants", "DELETE FROM informant WHERE organisation = $1 AND person = $2 AND over_at < $3"};
constexpr rows::Statement empty_findings{
    "retention.findings",
    "UPDATE finding SET sealed_body = $2 WHERE organisation = $1 AND finding IN (SELECT finding FROM finding WHERE "
    "organisation = $1 AND person = $3 AND at < $4 AND length(sealed_body) > 0 ORDER BY at LIMIT $5)"};
constexpr rows::Statement empty_steps{
    "retention.alert_steps",
    "UPDATE alert_step SET sealed_body = $2 WHERE organisation = $1 AND alert IN (SELECT alert FROM alert WHERE "
    "organisation = $1 AND person = $3 AND closed_at < $4) AND length(sealed_body) > 0"};
constexpr rows::Statement empty_alerts{
    "retention.alerts", "UPDATE alert SET sealed_body = $2 WHERE organisation = $1 AND person = $3 AND closed_at < $4 "
                        "AND length(sealed_body) > 0"};
// Who was told of an alert goes with its words.
constexpr rows::Statement delete_deliveries{
    "retention.deliveries",
    "DELETE FROM delivery WHERE organisation = $1 AND alert IN (SELECT alert FROM alert WHERE "
    "organisation = $1 AND person = $2 AND closed_at < $3)"};
constexpr rows::Statement select_told_page{
    "retention.told_page", "SELECT d.delivery FROM alert a JOIN delivery d ON d.organisation = a.organisation AND "
                           "d.alert = a.alert WHERE a.organisation = $1 AND a.person = $2 AND a.raised_at < $3 LIMIT 1"};
constexpr rows::Statement delete_told_pages{
    "retention.told_pages", "DELETE FROM delivery WHERE organisation = $1 AND alert IN (SELECT alert FROM alert WHERE "
                            "organisation = $1 AND person = $2 AND raised_at < $3)"};
constexpr rows::Statement delete_conversations{
    "retention.conversations",
    "DELETE FROM conversation WHERE organisation = $1 AND person = $2 AND changed_at < $3 AND NOT EXISTS (SELECT 1 "
    "FROM "
    "message m WHERE m.organisation = conversation.organisation AND m.conversation = conversation.conversation)"};
constexpr rows::Statement delete_documents{
    "retention.documents",
    "DELETE FROM document WHERE organisation = $1 AND person = $2 AND written_at < $3 AND "
    "(kind IN ('staff_note', 'sent_words', 'course_event', 'course_review') OR "
    "version < (SELECT MAX(v.version) FROM document v WHERE v.organisation = document.organisation AND "
    "v.person = document.person AND v.kind = document.kind))"};

// A reply that is kept for a request sent again quotes what was said.
constexpr rows::Statement delete_replies{
    "retention.replies", "DELETE FROM idempotency WHERE organisation = $1 AND at >= $2 AND at < $3 AND account IN "
                         "(SELECT account FROM account WHERE organisation = $1 AND person = $4)"};

constexpr rows::Statement select_conversation{"retention.conversation",
                                              "SELECT person, state, started_at, changed_at FROM conversation "
                                              "WHERE organisation = $1 AND conversation = $2"};
constexpr rows::Statement close{"retention.close",
                                "UPDATE conversation SET state = 'closed', held_by = NULL WHERE organisation = $1 AND "
                                "conversation = $2"};
constexpr rows::Statement select_alert_in_its_time{
    "retention.alert_in_its_time",
    "SELECT alert FROM alert WHERE organisation = $1 AND person = $2 AND raised_at <= $3 "
    "AND closed_at > $4 LIMIT 1"};
constexpr rows::Statement empty_findings_about{
    "retention.findings_about",
    "UPDATE finding SET sealed_body = $2 WHERE organisation = $1 AND person = $3 AND about_id IN (SELECT message FROM "
    "message WHERE organisation = $1 AND conversation = $4 AND at >= $5) AND length(sealed_body) > 0"};
constexpr rows::Statement delete_sent{
    "retention.sent_words", "DELETE FROM document WHERE organisation = $1 AND person = $2 AND kind = 'sent_words' AND "
                            "written_at >= $3 AND written_at <= $4"};
constexpr rows::Statement delete_messages_of{
    "retention.messages_of", "DELETE FROM message WHERE organisation = $1 AND conversation = $2 AND message IN (SELECT "
                             "message FROM message WHERE "
                             "organisation = $1 AND conversation = $2 AND at >= $3 ORDER BY at LIMIT $4)"};
constexpr rows::Statement delete_conversation{
    "retention.delete_conversation",
    "DELETE FROM conversation WHERE organisation = $1 AND conversation = $2 AND NOT EXISTS (SELECT 1 FROM message m "
    "WHERE m.organisation = conversation.organisation AND m.conversation = conversation.conversation)"};

Result<bool> has_open_alert(trust::Reading& reading, PersonId person)
{
    return !TRY(reading.rows(select_open_alert, {rows::Value{person}})).empty();
}

} // namespace

Result<Retention::Slice> Retention::slice(const Actor& system, PersonId after) const
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    Slice slice;
    Instant before;
    PersonId last;
    std::vector<PersonId> old;
    std::vector<std::pair<PersonId, ConversationId>> temporary;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        old.clear();
        temporary.clear();
        const auto days = TRY(service_.read(reading)).retention_days;
        before = reading.now() - std::chrono::hours{24} * days;
        const auto page = TRY(reading.rows(select_page, {after, people_looked_at}));
        if (page.empty())
            return {};
        last = page.back()[0].id<PersonId>();
        if (page.size() == people_looked_at)
            slice.next = last;
        for (const auto& row : TRY(reading.rows(select_old, {after, last, before})))
            old.push_back(row[0].id<PersonId>());
        for (const auto& row : TRY(reading.rows(select_temporary, {after, last, reading.now() - quiet, reading.now()})))
            temporary.emplace_back(row[0].id<PersonId>(), row[1].id<ConversationId>());
        return {};
    }));

    if (after.empty()) {
        const auto pages = remove_told_pages(system);
        if (pages.ok())
            slice.removed += *pages;
        else
            slice.problem = pages.error();
        if (const auto notes = care::OnCallNotes{record_}.forget_old(system); notes.ok())
            slice.removed += *notes;
        else
            slice.problem = notes.error();
    }
    int transactions = 0;
    // Until nothing of it is left, or the slice has taken long enough: then it begins again where it began.
    const auto all_of = [&](const auto& remove) {
        for (;;) {
            if (transactions >= most_transactions) {
                if (slice.removed > 0)
                    slice.next = after;
                return;
            }
            ++transactions;
            const Result<std::int64_t> removed = remove();
            if (!removed.ok())
                slice.problem = removed.error();
            if (!removed.ok() || *removed == 0)
                return;
            slice.removed += *removed;
        }
    };
    for (const auto& [person, conversation] : temporary)
        all_of([&, who = person, which = conversation] { return remove_temporary(system, who, which); });
    for (const auto& person : old)
        all_of([&] { return remove_old(system, person, before); });
    return slice;
}

Result<std::int64_t> Retention::remove_told_pages(const Actor& system) const
{
    // Read first: there are few of them, and an hour with none costs no commit.
    bool some = false;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        some = !TRY(reading.rows(select_told_page, {PersonId{}, reading.now() - pages_told})).empty();
        return {};
    }));
    std::int64_t removed = 0;
    if (some)
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            removed = TRY(writing.change(delete_told_pages, {PersonId{}, writing.now() - pages_told}));
            writing.note({"remove.told_pages", std::nullopt, "delivery", {}, {}, {}});
            return {};
        }));
    return removed;
}

Result<std::int64_t> Retention::remove_old(const Actor& system, PersonId person, Instant before) const
{
    std::int64_t removed = 0;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        removed = 0;
        if (TRY(has_open_alert(writing, person)))
            return {};
        const rows::Blob nothing;
        removed += TRY(writing.change(delete_messages, {person, before, most_rows}));
        if (const auto answers = TRY(writing.change(delete_answers, {person, before, most_rows})); answers > 0) {
            auto course = TRY(monitoring::read_course(writing, person));
            course.forget_before(before);
            TRY(monitoring::write_course(writing, person, course));
            removed += answers;
        }
        removed += TRY(writing.change(delete_days, {person, before}));
        removed += TRY(writing.change(delete_imports, {person, before}));
        removed += TRY(writing.change(delete_asks, {person, before}));
        removed += TRY(writing.change(delete_schedules, {person, before}));
        removed += TRY(writing.change(delete_informant_answers, {person, before}));
        removed += TRY(writing.change(delete_informant_asks, {person, before}));
        removed += TRY(writing.change(delete_informants, {person, before}));
        removed += TRY(writing.change(delete_supporter_links, {person, before}));
        removed += TRY(writing.change(delete_first_assessment, {person, before}));
        removed += TRY(writing.change(delete_looked_at, {person, before}));
        removed += TRY(writing.change(delete_quiet_rules, {person, before}));
        removed += TRY(writing.change(empty_findings, {nothing, person, before, most_rows}));
        TRY(writing.change(empty_steps, {nothing, person, before}));
        TRY(writing.change(delete_deliveries, {person, before}));
        removed += TRY(writing.change(empty_alerts, {nothing, person, before}));
        TRY(writing.change(delete_replies, {from_stored(0), before, person}));
        removed += TRY(writing.change(delete_conversations, {person, before}));
        removed += TRY(writing.change(delete_documents, {person, before}));
        if (removed > 0)
            writing.note({"remove.old_words", person, "person", person, {}, {}});
        return {};
    }));
    return removed;
}

Result<std::int64_t> Retention::remove_temporary(const Actor& system, PersonId person,
                                                 ConversationId conversation) const
{
    std::int64_t removed = 0;
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        removed = 0;
        const auto found = TRY(writing.rows(select_conversation, {rows::Value{conversation}}));
        if (found.empty() || TRY(has_open_alert(writing, person)))
            return {};
        const auto& row = found.front();
        const Instant started = row[2].instant();
        const Instant changed = row[3].instant();
        const bool closed = row[1].text() == "closed";
        if (!closed && changed >= writing.now() - quiet)
            return {}; // they wrote again
        Instant since = from_stored(0);
        for (const auto& consent : TRY(consents_.current(writing, person))) {
            if (consent.purpose != "record")
                continue;
            if (consent.granted)
                return {}; // they agreed in the meantime
            // What they wrote while they agreed stays until it is old or erased.
            since = consent.until.value_or(consent.at.value_or(since));
        }
        if (!closed) {
            TRY(writing.change(close, {rows::Value{conversation}}));
            TRY(support::drop_timer(writing, conversation));
            writing.announce("conversation", conversation.text() + " " + person.text());
            ++removed;
        }
        if (TRY(writing.rows(select_alert_in_its_time, {person, changed, started})).empty()) {
            TRY(writing.change(empty_findings_about, {rows::Blob{}, person, conversation, since}));
            // The reply is kept a moment after the message.
            TRY(writing.change(delete_replies, {since, changed + std::chrono::minutes{1}, person}));
            removed += TRY(writing.change(delete_sent, {person, std::max(since, started), changed + std::chrono::minutes{1}}));
            removed += TRY(writing.change(delete_messages_of, {conversation, since, most_rows}));
            removed += TRY(writing.change(delete_conversation, {rows::Value{conversation}}));
        }
        if (removed > 0)
            writing.note({"remove.conversation", person, "conversation", conversation, {}, {}});
        return {};
    }));
    return removed;
}

} // namespace handrail::errands
