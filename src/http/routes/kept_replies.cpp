#include "http/routes/kept_replies.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/fields.h"

namespace handrail::http::routes {

namespace {

constexpr std::chrono::hours kept_for{48};

constexpr rows::Statement select_one{
    "idempotency.read", "SELECT request_hash, sealed_reply FROM idempotency "
                        "WHERE organisation = $1 AND account = $2 AND key_hash = $3"};
constexpr rows::Statement insert{
    "idempotency.insert", "INSERT INTO idempotency (organisation, account, key_hash, request_hash, at, sealed_reply) "
                          "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"};
constexpr rows::Statement remove_old{"idempotency.clear", "DELETE FROM idempotency WHERE organisation = $1 AND at < $2"};

/// The caller's key never stands in the store: a key may hold anything.
rows::Blob hash_of(std::string_view key) { return {hash_of_random(key)}; }

trust::Place place_of(const Actor& actor, const rows::Blob& key)
{
    RawId row = actor.account();
    for (std::size_t i = 0; i < row.bytes.size(); ++i)
        row.bytes[i] = static_cast<std::uint8_t>(row.bytes[i] ^ static_cast<unsigned char>(key.bytes[i]));
    return {"idempotency", "reply", row};
}

} // namespace

Result<std::optional<IdempotencyKeeper::Kept>> KeptReplies::lookup(const Actor& actor, std::string_view key)
{
    std::optional<Kept> kept;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        const auto hash = hash_of(key);
        const auto found = TRY(reading.rows(select_one, {actor.account(), hash}));
        if (found.empty())
            return {};
        const auto words = TRY(reading.open(place_of(actor, hash), found.front()[1].blob()));
        const auto reply = TRY(Fields::decoded(words.reveal()));
        Kept one;
        one.request_hash = found.front()[0].blob().bytes;
        one.response.status = static_cast<int>(reply.number("status"));
        one.response.type = reply.text("type");
        one.response.body = reply.text("body");
        kept = std::move(one);
        return {};
    }));
    return kept;
}

Result<void> KeptReplies::keep(const Actor& actor, std::string_view key, std::string_view request_hash,
                               const Response& response)
{
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto hash = hash_of(key);
        Fields reply{{"type", response.type}, {"body", response.content()}};
        reply.add("status", response.status);
        const auto sealed = TRY(writing.seal(place_of(actor, hash), Confidential{reply.encoded()}));
        TRY(writing.change(insert, {actor.account(), hash, rows::Blob{std::string(request_hash)}, writing.now(),
                                    sealed}));
        return {};
    });
}

Result<std::int64_t> clear_kept_replies(trust::Record& record, const Actor& system)
{
    std::int64_t cleared = 0;
    TRY(record.write(system, [&](trust::Writing& writing) -> Result<void> {
        cleared = TRY(writing.change(remove_old, {rows::Value{writing.now() - kept_for}}));
        return {};
    }));
    return cleared;
}

} // namespace handrail::http::routes
