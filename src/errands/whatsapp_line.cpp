#include "errands/whatsapp_line.h"

#include "base/fields.h"
#include "care/documents.h"

namespace handrail::errands {

namespace {

constexpr std::string_view kind = "whatsapp";
constexpr std::int64_t version = 1;

constexpr rows::Statement select_line{
    "whatsapp_line.read",
    "SELECT sealed_body FROM document WHERE organisation = $1 AND person = $2 AND kind = 'whatsapp' AND version = 1"};
constexpr rows::Statement upsert_line{
    "whatsapp_line.save",
    "INSERT INTO document (organisation, person, kind, version, sealed_body, written_at, written_by) "
    "VALUES ($1, $2, 'whatsapp', 1, $3, $4, NULL) ON CONFLICT (organisation, person, kind, version) DO UPDATE SET "
    "sealed_body = excluded.sealed_body, written_at = excluded.written_at"};

} // namespace

trust::ContactDesk::Contact contact_by_id(const std::string& phone_number_id, const channels::WhatsappUser& user)
{
    return {whatsapp_user_field, phone_number_id + "/" + user.user_id};
}

trust::ContactDesk::Contact contact_by_number(const std::string& phone_number_id, const channels::WhatsappUser& user)
{
    return {whatsapp_number_field, phone_number_id + "/" + user.number};
}

Result<std::optional<WhatsappLine>> read_line(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(reading.rows(select_line, {rows::Value{person}}));
    if (found.empty())
        return std::optional<WhatsappLine>{};
    const auto words = TRY(reading.open(person, care::document_place(kind, version), found.front()[0].blob()));
    const auto body = TRY(Fields::decoded(words.reveal()));
    WhatsappLine line;
    line.user = {body.text("user_id"), body.text("number")};
    line.last_inbound = from_stored(body.number("last_inbound"));
    if (body.has("stopped_at"))
        line.stopped_at = from_stored(body.number("stopped_at"));
    line.may_write_first = body.number("may_write_first") != 0;
    line.greeted = body.number("greeted") != 0;
    line.age_asked = body.number("age_asked") != 0;
    line.reading_asked = body.number("reading_asked") != 0;
    line.voice_asked = body.text("voice_asked");
    if (body.has("sent_through"))
        line.sent_through = TRY(MessageId::from(body.text("sent_through")));
    if (body.has("reminded_at"))
        line.reminded_at = from_stored(body.number("reminded_at"));
    if (body.has("joined_at"))
        line.joined_at = from_stored(body.number("joined_at"));
    if (body.has("left_at"))
        line.left_at = from_stored(body.number("left_at"));
    if (body.has("written_here"))
        line.written_here = TRY(MessageId::from(body.text("written_here")));
    line.held = body.texts("held");
    line.asks = body.texts("ask");
    if (body.has("undelivered_at"))
        line.undelivered_at = from_stored(body.number("undelivered_at"));
    return std::optional{line};
}

Result<void> save_line(trust::Writing& writing, PersonId person, const WhatsappLine& line)
{
    Fields body{{"user_id", line.user.user_id}, {"number", line.user.number}};
    body.add("last_inbound", to_stored(line.last_inbound));
    if (line.stopped_at)
        body.add("stopped_at", to_stored(*line.stopped_at));
    body.add("may_write_first", line.may_write_first ? 1 : 0);
    body.add("greeted", line.greeted ? 1 : 0);
    body.add("age_asked", line.age_asked ? 1 : 0);
    body.add("reading_asked", line.reading_asked ? 1 : 0);
    body.add("voice_asked", line.voice_asked);
    if (!line.sent_through.empty())
        body.add("sent_through", line.sent_through.text());
    if (line.reminded_at)
        body.add("reminded_at", to_stored(*line.reminded_at));
    if (line.joined_at)
        body.add("joined_at", to_stored(*line.joined_at));
    if (line.left_at)
        body.add("left_at", to_stored(*line.left_at));
    if (!line.written_here.empty())
        body.add("written_here", line.written_here.text());
    for (const auto& job : line.held)
        body.add("held", job);
    for (const auto& ask : line.asks)
        body.add("ask", ask);
    if (line.undelivered_at)
        body.add("undelivered_at", to_stored(*line.undelivered_at));
    const auto sealed = TRY(writing.seal(person, care::document_place(kind, version), Confidential{body.encoded()}));
    TRY(writing.change(upsert_line, {person, sealed, writing.now()}));
    return {};
}

} // namespace handrail::errands
