#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/finding.h"
#include "gateway/key_desk.h"
#include "language/transport.h"

namespace handrail::gateway {

/// What the owner of an app is told of a user in danger: whose, how soon, which danger, and when. No words, no name of ours.
struct ToldEvent {
    RawId id; ///< the same at every try: the receiver counts by it
    std::string key;
    std::string reference; ///< the app's own name for its user; empty: it gave none
    Urgency urgency = Urgency::Unknown;
    Category category = Category::None;
    Instant at{};
};
std::string event_body(const ToldEvent& event);

/// Puts an event among what goes out, within the change that keeps its finding.
Result<void> put_event(trust::Writing& writing, PersonId person, const ToldEvent& event);

/// How telling the owner of a key's app goes.
struct Telling {
    std::optional<Instant> told_at;       ///< the last that was taken
    std::optional<Instant> failing_since; ///< empty: nothing fails
    std::string problem;
    std::int64_t given_up = 0;
};

/// Sends what waits to the addresses of the keys, signed as the pager's calls are: tried again with longer and longer pauses,
/// given up a day after it happened. Nodes share the work: a try moves the next one on before it begins.
class EventPost {
public:
    EventPost(trust::Record& record, const KeyDesk& keys, const language::Transport& web)
        : record_(record), keys_(keys), web_(web)
    {
    }

    struct Sent {
        int taken = 0;
        int given_up = 0;
        std::string problem; ///< empty: nothing failed. Names neither a user nor an address
    };
    /// Sends what is due now. @param stopping ends a call that is on its way
    Result<Sent> send_due(const Actor& system, const std::function<bool()>& stopping) const;
    /// By the id of the key; of those that were ever tried.
    static Result<std::map<std::string, Telling>> read(trust::Reading& reading);

private:
    trust::Record& record_;
    const KeyDesk& keys_;
    const language::Transport& web_;
};

} // namespace handrail::gateway
