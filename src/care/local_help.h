#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.h"
#include "trust/setting_desk.h"

namespace handrail::care {

/// Help near by that a service knows and no public list names: a practice, a group, somewhere to drop in. Never a crisis line: those
/// stand in content/crisis_lines.json and are accepted one by one.
struct LocalHelp {
    std::string name;
    std::string kind; ///< one of kinds_of_local_help
    std::string what; ///< what it is for, in the service's own words; may be empty
    std::string cost; ///< free, some, paid; empty: not known
    std::string hours; ///< as domain/opening_hours.h reads them; may be empty
    std::vector<std::string> languages; ///< BCP 47 primary subtags
    std::string country;   ///< ISO 3166, two letters
    std::string place;     ///< the address, in words; may be empty
    std::string town;      ///< by which somebody says what is near them; may be empty
    struct At {
        double latitude = 0;
        double longitude = 0;
    };
    std::optional<At> at; ///< where it is, when the administrator gave it
    std::string phone;
    std::string web; ///< https
    std::string checked_on; ///< calendar day
    AccountId checked_by;   ///< who said so: set when it is saved
};
const std::vector<std::string_view>& kinds_of_local_help();

struct LocalHelps {
    std::vector<LocalHelp> items;
    std::int64_t version = 0; ///< counts changes; a save with an older one is a conflict
};

/// Stands in the service's settings, sealed with the organisation's key.
class LocalHelpDesk {
public:
    explicit LocalHelpDesk(trust::Record& record) : record_(record), settings_(record) {}

    Result<LocalHelps> read(const Actor& actor) const;
    /// All of them at once, by an administrator. What was changed is checked anew, in their name. Invalid names the field.
    Result<LocalHelps> save(const Actor& administrator, const LocalHelps& helps) const;

private:
    trust::Record& record_;
    trust::SettingDesk settings_;
};

} // namespace handrail::care
