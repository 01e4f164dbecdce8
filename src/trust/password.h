#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/confidential.h"
#include "base/result.h"

namespace handrail::trust {

/// What one Argon2id costs. Tests and --demo fixtures may take `cheap`.
struct PasswordCost {
    unsigned long long operations = 2;
    std::size_t memory = 64UL << 20; ///< bytes
    static PasswordCost cheap() { return {1, 8192}; }
};

/// At least 8 characters for people and 12 for staff, at most 1,024 bytes, not one of the commonest, not the
/// login. Any characters, spaces too; pasting is fine. Nothing expires (NIST SP 800-63B).
Result<void> check_password_rules(const Confidential& password, std::string_view login, bool staff);

/// Argon2id, at most two at once in the whole process. TooMuch when too many wait.
Result<std::string> hash_password(const Confidential& password, const PasswordCost& cost);
/// With "" as `hash` (no such account, no password) it does the same work and gives false.
Result<bool> password_matches(const std::string& hash, const Confidential& password, const PasswordCost& cost);

} // namespace handrail::trust
