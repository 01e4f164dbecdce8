#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace handrail::language {

/// Reads server-sent events out of pieces that are cut anywhere: in a character, in a line end, between CR and LF.
/// Comments, ids and retry lines are passed over.
class SseReader {
public:
    struct Event {
        std::string name; ///< of the "event:" line; empty: none
        std::string data; ///< "data:" lines, joined with line breaks
    };
    /// @param largest  bytes of one event; more is TooMuch
    explicit SseReader(std::size_t largest = 4u << 20) : largest_(largest) {}

    /// Gives every event that is whole by now to `take`; stops early when that gives false.
    /// @return false when it was stopped
    Result<bool> feed(std::string_view bytes, const std::function<bool(Event)>& take);
    /// The answer has ended: a last event whose blank line is missing counts when its line is whole JSON, which is its
    /// reader's to know; here it is given as it stands.
    bool finish(const std::function<bool(Event)>& take);
    /// Whether anything of the form of an event or a comment was read: else what comes may be no stream at all.
    bool seen() const { return seen_; }

private:
    bool line(std::string_view text, const std::function<bool(Event)>& take);
    std::size_t largest_;
    std::string line_;
    bool after_cr_ = false;
    bool at_start_ = true; ///< a byte order mark may stand there
    Event event_;
    bool has_data_ = false;
    bool seen_ = false;
};

} // namespace handrail::language
