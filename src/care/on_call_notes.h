#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/ids.h"
#include "trust/setting_desk.h"

namespace handrail::care {

using OnCallNoteId = Id<struct OnCallNoteNoun>;

/// A few words from whoever goes off call to whoever comes on: about the service and the night, not about a person. What is
/// about somebody belongs on their page, where they can read it and where it goes with them.
struct OnCallNote {
    OnCallNoteId id; ///< sorts like the instant at which it was written
    TeamId team;
    AccountId by;
    Instant at, until; ///< gone at `until`
    std::string text;
};

/// Stand in the service's settings, sealed with the organisation's key, and are gone after three days. Clinicians read and
/// write those of their teams, leads of all; an administrator none.
class OnCallNotes {
public:
    static constexpr std::chrono::hours kept{72};
    static constexpr std::size_t longest = 1000; ///< characters
    static constexpr std::size_t most = 100;     ///< of all teams at a time

    explicit OnCallNotes(trust::Record& record) : record_(record), settings_(record) {}

    /// The newest first.
    Result<std::vector<OnCallNote>> read(const Actor& actor) const;
    Result<OnCallNote> leave(const Actor& actor, TeamId team, const std::string& text) const;
    /// By whoever wrote it, or a lead.
    Result<void> take_back(const Actor& actor, OnCallNoteId id) const;
    /// Those whose time is over; how many went. System only. An hour with none costs no commit.
    Result<std::int64_t> forget_old(const Actor& system) const;

private:
    trust::Record& record_;
    trust::SettingDesk settings_;
};

} // namespace handrail::care
