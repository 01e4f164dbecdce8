#include "errands/whatsapp_jobs.h"

#include "channels/whatsapp_window.h"

namespace handrail::errands {

namespace {

constexpr std::chrono::minutes claimed_for{2};
constexpr std::chrono::seconds turn_of{90};

constexpr rows::Statement insert_event{
    "whatsapp_event.keep", "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
                           "VALUES ($1, $2, 'whatsapp_event', $3, 0, NULL, $4)"};
constexpr rows::Statement select_events{
    "whatsapp_event.next", "SELECT job, sealed_body FROM job WHERE organisation = $1 AND due_at <= $2 "
                           "AND kind = 'whatsapp_event' ORDER BY due_at, job LIMIT 50"};
constexpr rows::Statement remove{"whatsapp.drop", "DELETE FROM job WHERE organisation = $1 AND job = $2"};

constexpr rows::Statement put_off{"whatsapp_event.put_off",
                                  "UPDATE job SET due_at = $2 WHERE organisation = $1 AND job = $3"};
constexpr rows::Statement bring_back{
    "whatsapp_event.bring_back", "UPDATE job SET due_at = $2 WHERE organisation = $1 AND due_at > $2 AND due_at <= $3 "
                                 "AND kind = 'whatsapp_event'"};
constexpr rows::Statement insert_out{
    "whatsapp_out.put", "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
                        "VALUES ($1, $2, 'whatsapp_out', $3, 0, NULL, $4)"};
constexpr rows::Statement select_out{
    "whatsapp_out.due", "SELECT job, tries, sealed_body FROM job WHERE organisation = $1 AND due_at <= $2 "
                        "AND kind = 'whatsapp_out' AND (claimed_until IS NULL OR claimed_until <= $2) "
                        "ORDER BY due_at, job LIMIT 50"};
constexpr rows::Statement select_due_at{"whatsapp_out.due_at",
                                        "SELECT due_at FROM job WHERE organisation = $1 AND job = $2"};
constexpr rows::Statement claim_out{
    "whatsapp_out.claim", "UPDATE job SET claimed_until = $2, tries = tries + 1 WHERE organisation = $1 AND job = $3 "
                          "AND (claimed_until IS NULL OR claimed_until <= $4)"};
constexpr rows::Statement update_out{
    "whatsapp_out.change", "UPDATE job SET kind = $2, due_at = $3, tries = $4, claimed_until = NULL, sealed_body = $5 "
                           "WHERE organisation = $1 AND job = $6"};
constexpr rows::Statement release_out{
    "whatsapp_out.release", "UPDATE job SET kind = 'whatsapp_out', due_at = $2, tries = 0, claimed_until = NULL "
                            "WHERE organisation = $1 AND job = $3 AND kind = 'whatsapp_held'"};
constexpr rows::Statement select_held{
    "whatsapp_out.held_too_long", "SELECT job, tries, sealed_body FROM job WHERE organisation = $1 AND due_at <= $2 "
                                  "AND kind = 'whatsapp_held' ORDER BY due_at LIMIT 50"};

constexpr rows::Statement select_seen{"whatsapp_seen.read",
                                      "SELECT sealed_body FROM job WHERE organisation = $1 AND job = $2"};
constexpr rows::Statement upsert_seen{
    "whatsapp_seen.keep",
    "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
    "VALUES ($1, $2, $3, $4, 0, NULL, $5) ON CONFLICT (organisation, job) DO UPDATE SET "
    "sealed_body = excluded.sealed_body"};
constexpr rows::Statement remove_seen{
    "whatsapp_seen.clear", "DELETE FROM job WHERE organisation = $1 AND due_at <= $2 AND kind IN ('whatsapp_seen', "
                           "'whatsapp_sent', 'link_code', 'link_try')"};
// The holder stands where other jobs have their time: no query of theirs looks at this kind.
constexpr rows::Statement take{
    "whatsapp.take_turn",
    "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
    "VALUES ($1, $2, 'whatsapp_turn', $3, 0, $4, $5) ON CONFLICT (organisation, job) DO UPDATE SET "
    "due_at = excluded.due_at, claimed_until = excluded.claimed_until "
    "WHERE job.claimed_until <= $6 OR job.due_at = excluded.due_at"};

trust::Place place_of(const RawId& id) { return {"job", "body", id}; }

Result<rows::Blob> sealed(trust::Writing& writing, const RawId& id, const Fields& body)
{
    return writing.seal(place_of(id), Confidential{body.encoded()});
}

Fields encoded(const ToSend& one)
{
    Fields body{{"person", one.person.text()}, {"conversation", one.conversation.text()}, {"text", one.text}};
    if (!one.message.empty())
        body.add("message", one.message.text());
    body.add("ask_age", one.ask_age ? 1 : 0);
    body.add("ask_reading", one.ask_reading ? 1 : 0);
    body.add("always", one.always ? 1 : 0);
    if (!one.to.user_id.empty() || !one.to.number.empty())
        body.add("to_user_id", one.to.user_id).add("to_number", one.to.number);
    body.add("part", one.part);
    body.add("staff_told", one.staff_told ? 1 : 0);
    body.add("since", to_stored(one.since));
    return body;
}

Result<std::vector<ToSend>> to_send_in(trust::Reading& reading, const rows::Rows& found)
{
    std::vector<ToSend> all;
    for (const auto& row : found) {
        ToSend one;
        one.id = row[0].id<WhatsappJobId>();
        one.tries = static_cast<int>(row[1].number());
        const auto words = TRY(reading.open(place_of(one.id), row[2].blob()));
        const auto body = TRY(Fields::decoded(words.reveal()));
        one.person = TRY(PersonId::from(body.text("person")));
        one.conversation = TRY(ConversationId::from(body.text("conversation")));
        if (body.has("message"))
            one.message = TRY(MessageId::from(body.text("message")));
        one.text = body.text("text");
        one.ask_age = body.number("ask_age") != 0;
        one.ask_reading = body.number("ask_reading") != 0;
        one.always = body.number("always") != 0;
        one.to = {body.text("to_user_id"), body.text("to_number")};
        one.part = body.number("part");
        one.staff_told = body.number("staff_told") != 0;
        one.since = from_stored(body.number("since"));
        all.push_back(std::move(one));
    }
    return all;
}

Result<void> change_out(trust::Writing& writing, const ToSend& one, std::string_view kind, Instant due_at)
{
    TRY(writing.change(update_out, {kind, due_at, one.tries, TRY(sealed(writing, one.id, encoded(one))), one.id}));
    return {};
}

} // namespace

Result<void> keep_delivery(trust::Writing& writing, const std::string& body)
{
    const auto id = WhatsappJobId::at(writing.now());
    TRY(writing.change(insert_event, {id, writing.now(), TRY(sealed(writing, id, Fields{{"body", body}}))}));
    return {};
}

Result<std::vector<KeptDelivery>> kept_deliveries(trust::Reading& reading)
{
    std::vector<KeptDelivery> all;
    for (const auto& row : TRY(reading.rows(select_events, {rows::Value{reading.now()}}))) {
        const auto id = row[0].id<WhatsappJobId>();
        const auto words = TRY(reading.open(place_of(id), row[1].blob()));
        all.push_back({id, TRY(Fields::decoded(words.reveal())).text("body")});
    }
    return all;
}

Result<void> drop_job(trust::Writing& writing, WhatsappJobId id)
{
    TRY(writing.change(remove, {rows::Value{id}}));
    return {};
}

Result<void> put_off_delivery(trust::Writing& writing, WhatsappJobId id, Instant until)
{
    TRY(writing.change(put_off, {until, id}));
    return {};
}

Result<void> bring_back_deliveries(trust::Writing& writing, Instant left_until)
{
    TRY(writing.change(bring_back, {writing.now(), left_until}));
    return {};
}

Result<void> put_to_send(trust::Writing& writing, const ToSend& one, Instant due_at)
{
    TRY(writing.change(insert_out, {one.id, due_at, TRY(sealed(writing, one.id, encoded(one)))}));
    return {};
}

Result<std::vector<ToSend>> due_to_send(trust::Reading& reading)
{
    return to_send_in(reading, TRY(reading.rows(select_out, {rows::Value{reading.now()}})));
}

Result<bool> claim_to_send(trust::Writing& writing, WhatsappJobId id)
{
    const auto now = writing.now();
    return TRY(writing.change(claim_out, {now + claimed_for, id, now})) == 1;
}

Result<std::optional<Instant>> due_of(trust::Reading& reading, WhatsappJobId id)
{
    const auto found = TRY(reading.rows(select_due_at, {rows::Value{id}}));
    return found.empty() ? std::optional<Instant>{} : std::optional{found.front()[0].instant()};
}

Result<void> postpone(trust::Writing& writing, const ToSend& one, Instant due_at)
{
    return change_out(writing, one, "whatsapp_out", due_at);
}

Result<void> hold(trust::Writing& writing, const ToSend& one, Instant until)
{
    return change_out(writing, one, "whatsapp_held", until);
}

Result<void> release(trust::Writing& writing, WhatsappJobId id)
{
    TRY(writing.change(release_out, {writing.now(), id}));
    return {};
}

Result<std::vector<ToSend>> held_too_long(trust::Reading& reading)
{
    return to_send_in(reading, TRY(reading.rows(select_held, {rows::Value{reading.now()}})));
}

Result<bool> seen(trust::Reading& reading, const RawId& hash)
{
    return !TRY(reading.rows(select_seen, {rows::Value{hash}})).empty();
}

Result<void> remember_seen(trust::Writing& writing, const RawId& hash)
{
    TRY(writing.change(upsert_seen, {hash, "whatsapp_seen", writing.now() + channels::whatsapp_remembered,
                                     TRY(sealed(writing, hash, {}))}));
    return {};
}

Result<std::optional<SentMessage>> sent_message(trust::Reading& reading, const RawId& hash)
{
    const auto found = TRY(reading.rows(select_seen, {rows::Value{hash}}));
    if (found.empty())
        return std::optional<SentMessage>{};
    const auto words = TRY(reading.open(place_of(hash), found.front()[0].blob()));
    const auto body = TRY(Fields::decoded(words.reveal()));
    SentMessage sent;
    sent.person = TRY(PersonId::from(body.text("person")));
    sent.conversation = TRY(ConversationId::from(body.text("conversation")));
    if (body.has("message"))
        sent.message = TRY(MessageId::from(body.text("message")));
    if (body.has("ask"))
        sent.ask = TRY(monitoring::AskId::from(body.text("ask")));
    sent.state = body.number("state");
    return std::optional{sent};
}

Result<void> remember_sent_message(trust::Writing& writing, const RawId& hash, const SentMessage& sent)
{
    Fields body{{"person", sent.person.text()}, {"conversation", sent.conversation.text()}};
    if (!sent.message.empty())
        body.add("message", sent.message.text());
    if (!sent.ask.empty())
        body.add("ask", sent.ask.text());
    body.add("state", sent.state);
    TRY(writing.change(upsert_seen, {hash, "whatsapp_sent", writing.now() + channels::whatsapp_remembered,
                                     TRY(sealed(writing, hash, body))}));
    return {};
}

Result<std::int64_t> clear_old(trust::Writing& writing)
{
    return writing.change(remove_seen, {rows::Value{writing.now()}});
}

Result<bool> take_turn(trust::Writing& writing, std::string_view side, std::int64_t holder)
{
    ensure(side.size() == 16, "the name of a side is its row's id");
    RawId id;
    for (std::size_t i = 0; i < id.bytes.size(); ++i)
        id.bytes[i] = static_cast<std::uint8_t>(side[i]);
    const auto now = writing.now();
    return TRY(writing.change(take, {id, holder, now + turn_of, TRY(sealed(writing, id, {})), now})) == 1;
}

} // namespace handrail::errands
