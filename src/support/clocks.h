#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "domain/reliance_protocol.h"

namespace handrail::support {

/// How much a person wrote on one of their days, by the service's own clock.
struct DayOfUse {
    std::int64_t day = 0; ///< days since 1970, local
    Duration spent{};
    Duration at_night{};
    std::uint32_t hours = 0; ///< bit by local hour in which something was written
    int only_you = 0;        ///< times they said that there is only the chat
    int cancelled = 0;       ///< times they said that a plan with people fell away for it

    bool operator==(const DayOfUse&) const = default;
};

/// The clocks of one person. They belong to the person and not to a conversation: whoever closes one, comes back on
/// another device or by another channel is still in the same sitting.
struct Clocks {
    Instant began_at{};     ///< of this sitting
    Instant written_at{};   ///< of the last message
    Instant rested_at{};    ///< when a break was last suggested in this sitting
    Instant paused_until{}; ///< the longest sitting was reached; zero: no
    bool owes_rest = false; ///< a break is to be suggested, and danger came first
    std::int64_t named_on = -1; ///< local day on which reliance was last spoken of; -1: never
    std::vector<DayOfUse> days; ///< oldest first, the last four weeks

    bool operator==(const Clocks&) const = default;
};

/// The local day and the minute of it.
struct LocalTime {
    std::int64_t day = 0;
    int minute = 0;
    std::string text() const; ///< "22:10"
};
LocalTime local_time(Instant at, std::chrono::minutes offset);

/// A message arrived: the sitting goes on or begins anew, and the time since the one before counts as spent. A clock that
/// jumped back counts nothing.
void arrive(Clocks& clocks, Instant now, std::chrono::minutes offset, const RelianceProtocol& protocol);
/// Today's count; arrive() came first.
DayOfUse& today(Clocks& clocks);

/// What is known of how much a person leans on the chat, over the protocol's window. Not shown to staff and counted in no
/// measure of the service: it only makes the chat point to people.
struct Leaning {
    int hours = 0;     ///< whole
    int nights = 0;
    int all_day = 0;   ///< days with writing from morning to night
    int only_you = 0;
    int cancelled = 0;
    int of(std::string_view mark) const;
};
Leaning leaning(const Clocks& clocks, const RelianceProtocol& protocol);

std::string clocks_text(const Clocks& clocks);
/// Fresh ones for a text that is none: a clock that cannot be read starts anew, and nobody is locked out by it.
Clocks clocks_from(std::string_view text);

} // namespace handrail::support
