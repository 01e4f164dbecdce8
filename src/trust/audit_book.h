#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"

namespace handrail::trust {

/// One line of the audit record, as people read it.
struct AuditLine {
    Instant at;
    AccountId account; ///< empty: the service itself
    std::string who;   ///< display name of a member of staff; "" for people, erased accounts and the service
    Role role = Role::System;
    std::string deed;  ///< "read.message"
    std::string about; ///< table
    RawId about_id;
    std::optional<PersonId> person;
    bool of_list = false; ///< the person stood in a list that was shown
    std::string reason;
    std::int64_t lane = 0;
    std::int64_t sequence = 0;
};

/// The audit record as a page: "who looked" for the person, the whole for the administrator.
class AuditBook {
public:
    explicit AuditBook(Record& record) : record_(record) {}
    static constexpr int list_days = 90;

    /// Who looked at the actor's own record, newest first. The person's own doings are left out. Lists in
    /// which they stood are searched for the last list_days days.
    Result<std::vector<AuditLine>> who_looked(const Actor& person, std::optional<Instant> before, int limit) const;

    struct Filter {
        std::optional<Instant> before;
        std::optional<AccountId> account;
        std::string deed; ///< all when empty
        int limit = 100;
    };
    /// For the administrator and the lead, newest first. Reasons are shown, people are opaque ids.
    Result<std::vector<AuditLine>> page(const Actor& staff, const Filter& filter) const;

private:
    Record& record_;
};

} // namespace handrail::trust
