#include "http/routes/kept_replies.h"

#include "base/fields.h"
#include "trust/once.h"

namespace handrail::http::routes {

namespace {

constexpr std::chrono::hours kept_for{48};

constexpr rows::Statement select_one{
    "idempotency.read", "SELECT request_hash, sealed_reply FROM idempotency "
                        "WHERE organisation = $1 AND account = $2 AND key_hash = $3"};
// The claim stands there already when the request changed anything; a reply that was kept stays.
constexpr rows::Statement fill_in{
    "idempotency.fill_in", "INSERT INTO idempotency (organisation, account, key_hash, request_hash, at, sealed_reply) "
                           "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organisation, account, key_hash) DO UPDATE "
                           "SET sealed_reply = excluded.sealed_reply WHERE length(idempotency.sealed_reply) = 0"};
constexpr rows::Statement remove_old{"idempotency.clear", "DELETE FROM idempotency WHERE organisation = $1 AND at < $2"};

trust::Once once_of(const Actor& actor, std::string_view key)
{
    return trust::once(actor, "reply", key);
}

} // namespace

Result<std::optional<IdempotencyKeeper::Kept>> KeptReplies::lookup(const Actor& actor, std::string_view key)
{
    std::optional<Kept> kept;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        kept.reset();
        const auto once = once_of(actor, key);
        const auto found = TRY(reading.rows(select_one, {actor.account(), once.key}));
        if (found.empty())
            return {};
        Kept one{found.front()[0].blob().bytes, {}};
        if (const auto& sealed = found.front()[1].blob(); !sealed.bytes.empty()) {
            const auto words = TRY(reading.open(once.place, sealed));
            const auto reply = TRY(Fields::decoded(words.reveal()));
            auto& response = one.response.emplace();
            response.status = static_cast<int>(reply.number("status"));
            response.type = reply.text("type");
            response.body = reply.text("body");
        }
        kept = std::move(one);
        return {};
    }));
    return kept;
}

std::shared_ptr<Claim> KeptReplies::claim(const Actor& actor, std::string_view key, std::string_view request_hash)
{
    return std::make_shared<Claim>(Claim{once_of(actor, key).key.bytes, std::string(request_hash), {}});
}

Result<void> KeptReplies::keep(const Actor& actor, std::string_view key, std::string_view request_hash,
                               const Response& response)
{
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto once = once_of(actor, key);
        Fields reply{{"type", response.type}, {"body", response.content()}};
        reply.add("status", response.status);
        const auto sealed = TRY(writing.seal(once.place, Confidential{reply.encoded()}));
        TRY(writing.change(fill_in,
                           {actor.account(), once.key, rows::Blob{std::string(request_hash)}, writing.now(), sealed}));
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
