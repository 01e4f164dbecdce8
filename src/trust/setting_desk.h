#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"

namespace handrail::trust {

/// What a service has set up, one text a name (JSON to those who use it), sealed with the organisation's key.
class SettingDesk {
public:
    explicit SettingDesk(Record& record) : record_(record) {}

    /// None when it was never set. Staff and System; what the public may see is the caller's choice.
    Result<std::optional<std::string>> get(const Actor& actor, std::string_view name) const;
    /// Inside any transaction: what is told to people (who reads, and when) is made from settings too.
    Result<std::optional<std::string>> get(Reading& reading, std::string_view name) const;
    /// Administrator or System; audited by name. Announces "setting" with the name.
    Result<void> put(const Actor& actor, std::string_view name, const std::string& text) const;
    /// Inside any transaction: who may change which part of a setting is its owner's to know (staff sign texts).
    Result<void> put(Writing& writing, std::string_view name, const std::string& text) const;

private:
    Record& record_;
};

} // namespace handrail::trust
