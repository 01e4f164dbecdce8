#pragma once

#include <string>

namespace handrail {

/// One request that must be done once, however often it is sent: its Idempotency-Key. It travels with the Actor, and
/// trust::Record::write writes it down in the transaction of the request's first change: either both are kept or
/// neither is.
struct Claim {
    enum class State {
        Open,  ///< nothing was changed yet, and nobody else is known to have come first
        Held,  ///< this request's own: it was written down with its first change
        Taken, ///< an earlier sending of the same request has it: this one changes nothing
    };
    std::string key_hash;     ///< of the caller's key; the key itself never stands in the store
    std::string request_hash; ///< of what was asked for under it
    State state = State::Open;
};

} // namespace handrail
