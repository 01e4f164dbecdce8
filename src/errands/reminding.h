#pragma once

#include <algorithm>
#include <chrono>
#include <string>

#include "base/clock.h"

/// What reminders of the person and letters to somebody close have in common.
namespace handrail::errands {

/// What a round of sending came to.
struct Reminded {
    int sent = 0;
    int not_needed = 0;
    int put_off = 0;
    int given_up = 0;
    std::string problem; ///< what did not work last; names nobody
};

/// How a try went.
struct ReminderAnswer {
    enum class Kind {
        Taken,
        Again,
        Otherwise, ///< this way is closed to this person now: at once by another one, if there is one
        Refused,   ///< until somebody puts something right: by another way, else again
        Nobody,    ///< no answer: the others of the round need not try
    } kind = Kind::Nobody;
    std::string problem;
};

/// How long to wait after so many tries: 1, 2, 4 … 60 minutes.
inline Duration reminder_pause(int tries)
{
    using std::chrono::minutes;
    return std::min<Duration>(minutes{1LL << std::clamp(tries - 1, 0, 6)}, minutes{60});
}

} // namespace handrail::errands
