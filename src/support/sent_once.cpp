#include "support/sent_once.h"

#include "base/fields.h"

namespace handrail::support {

namespace {

constexpr rows::Statement select_sent{
    "message.sent", "SELECT sealed_reply FROM idempotency WHERE organisation = $1 AND account = $2 AND key_hash = $3"};
constexpr rows::Statement insert_sent{
    "message.sent_insert", "INSERT INTO idempotency (organisation, account, key_hash, request_hash, at, sealed_reply) "
                           "VALUES ($1, $2, $3, $4, $5, $6)"};

} // namespace

trust::Once sent_once(const Actor& actor, const std::string& client_id)
{
    return trust::once(actor, "message", "message " + client_id);
}

Result<std::optional<std::pair<ConversationId, MessageId>>> sent_before(trust::Reading& reading,
                                                                        const trust::Once& once)
{
    const auto found = TRY(reading.rows(select_sent, {reading.actor().account(), once.key}));
    if (found.empty())
        return std::optional<std::pair<ConversationId, MessageId>>{};
    const auto words = TRY(reading.open(once.place, found.front()[0].blob()));
    const auto body = TRY(Fields::decoded(words.reveal()));
    return std::optional{std::pair{TRY(ConversationId::from(body.text("conversation"))),
                                   TRY(MessageId::from(body.text("message")))}};
}

Result<void> remember_sent(trust::Writing& writing, const trust::Once& once, ConversationId conversation,
                           MessageId message)
{
    const Fields body{{"conversation", conversation.text()}, {"message", message.text()}};
    const auto sealed = TRY(writing.seal(once.place, Confidential{body.encoded()}));
    TRY(writing.change(insert_sent, {writing.actor().account(), once.key, rows::Blob{message.text()}, writing.now(),
                                     sealed}));
    return {};
}

} // namespace handrail::support
