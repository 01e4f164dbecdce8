#pragma once

#include <string>

#include "base/result.h"
#include "domain/actor.h"
#include "trust/record.h"

namespace handrail::trust {

/// Where an alert reaches a member of staff at work, sealed with their account. Nothing else is ever sent there.
struct StaffContact {
    std::string mail;  ///< "maeve@example.org"; empty: none is known
    std::string phone; ///< "+353871234567", for a receiver that sends texts
    bool active = false; ///< the account may sign in
    bool takes_texts = true; ///< false: the gateway for texts said that this number takes none any more
};

/// NotFound for people. Administrator, the account itself, and System.
Result<StaffContact> staff_contact(Reading& reading, AccountId account);
Result<StaffContact> staff_contact(Record& record, const Actor& actor, AccountId account);
/// Both are given anew; empty takes one away. Invalid names the field ("work_mail", "work_phone").
Result<void> change_staff_contact(Record& record, const Actor& actor, AccountId account, const StaffContact& contact);
/// No texts to this number any more, until it, or another, is set anew. System only.
Result<void> end_texts(Record& record, const Actor& system, AccountId account, const std::string& phone);

} // namespace handrail::trust
