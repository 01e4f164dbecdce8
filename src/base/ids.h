#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace handrail {

/// Sixteen bytes that name a row. Written as 26 characters of Crockford's base 32, lower case.
struct RawId {
    std::array<std::uint8_t, 16> bytes{};
    auto operator<=>(const RawId&) const = default;
    bool empty() const { return *this == RawId{}; }
};

/// Wholly random: for people, accounts and organisations, whose id must say nothing, not even when they came.
RawId random_id();
/// 48 bits of milliseconds, 16 of the microseconds within, then 64 random bits: for rows that are read in time order.
RawId timed_id(Instant at);
std::string to_text(const RawId& id);
Result<RawId> raw_id_from(std::string_view text);

template <class Noun>
struct Id : RawId {
    Id() = default;
    explicit Id(const RawId& raw) : RawId(raw) {}
    auto operator<=>(const Id&) const = default;
    std::string text() const { return to_text(*this); }
    static Id random() { return Id{random_id()}; }
    static Id at(Instant instant) { return Id{timed_id(instant)}; }
    static Result<Id> from(std::string_view text)
    {
        auto raw = raw_id_from(text);
        if (!raw)
            return raw.error();
        return Id{*raw};
    }
};

using OrganisationId = Id<struct OrganisationNoun>;
using PersonId = Id<struct PersonNoun>;
using AccountId = Id<struct AccountNoun>;
using TeamId = Id<struct TeamNoun>;
using ConversationId = Id<struct ConversationNoun>;
using MessageId = Id<struct MessageNoun>;
using AnswerId = Id<struct AnswerNoun>; ///< a check-in or a filled-in questionnaire
using FindingId = Id<struct FindingNoun>;
using AlertId = Id<struct AlertNoun>;
using QuietRuleId = Id<struct QuietRuleNoun>;
using SessionId = Id<struct SessionNoun>;
using InvitationId = Id<struct InvitationNoun>;

} // namespace handrail

template <class Noun>
struct std::hash<handrail::Id<Noun>> {
    std::size_t operator()(const handrail::Id<Noun>& id) const noexcept
    {
        std::size_t out;
        std::memcpy(&out, id.bytes.data() + 8, sizeof out);
        return out;
    }
};
