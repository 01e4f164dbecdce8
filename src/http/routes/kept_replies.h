#pragma once

#include "http/idempotency.h"
#include "trust/record.h"

namespace handrail::http::routes {

/// Replies kept under the caller's Idempotency-Key, sealed with the organisation's key, for 48 hours. A row without a
/// reply is a claim, which trust::Record::write put there.
class KeptReplies final : public IdempotencyKeeper {
public:
    explicit KeptReplies(trust::Record& record) : record_(record) {}
    Result<std::optional<Kept>> lookup(const Actor& actor, std::string_view key) override;
    std::shared_ptr<Claim> claim(const Actor& actor, std::string_view key, std::string_view request_hash) override;
    Result<void> keep(const Actor& actor, std::string_view key, std::string_view request_hash,
                      const Response& response) override;

private:
    trust::Record& record_;
};

/// Those older than 48 hours go.
Result<std::int64_t> clear_kept_replies(trust::Record& record, const Actor& system);

} // namespace handrail::http::routes
