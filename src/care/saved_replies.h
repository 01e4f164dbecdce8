#pragma once

#include <string>
#include <vector>

#include "trust/setting_desk.h"

namespace handrail::care {

/// Words that a service keeps ready for its staff. A human chooses one, changes it and sends it as their own; nothing
/// sends it by itself. `{name}` in it stands for what the person is called.
struct SavedReply {
    std::string language; ///< BCP 47 primary subtag
    std::string title;    ///< by which it is found
    std::string text;
    bool operator==(const SavedReply&) const = default;
};

struct SavedReplies {
    std::vector<SavedReply> items;
    std::int64_t version = 0; ///< counts changes; a save with an older one is a conflict
};

/// Stands in the service's settings, sealed with the organisation's key.
class SavedReplyDesk {
public:
    explicit SavedReplyDesk(trust::Record& record) : record_(record), settings_(record) {}

    Result<SavedReplies> read(const Actor& staff) const;
    /// All of them at once, by a lead or an administrator.
    Result<SavedReplies> save(const Actor& actor, const SavedReplies& replies) const;

private:
    trust::Record& record_;
    trust::SettingDesk settings_;
};

} // namespace handrail::care
